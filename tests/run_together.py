"""What a phone of a test says to the script of ``harness.device.protocol.run_together``."""

import re
import shlex
from collections.abc import Callable

from harness.device.protocol import ShellResult


def together(script: str, answer: Callable[[list[str]], str]) -> ShellResult:
    """``answer`` takes the words of each command of the script."""
    asked = re.findall(r"(.*?); code=\$\?; echo; echo (\S+) \$code(?:; )?", script, re.DOTALL)
    return ShellResult("".join(f"{answer(shlex.split(one))}\n{mark} 0\n" for one, mark in asked), "", 0)
