"""The Python environment of the suites: their own libraries and pytest, apart from the project's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "peers"
_REQUIREMENTS = Path(__file__).with_name("requirements.txt")


class EnvironmentProblem(Exception):
    """The environment cannot be made; the text says why."""


def python() -> Path:
    """Return the interpreter of the environment, made or renewed first where the requirements are others."""
    folder = FOLDER / "venv"
    stamp = folder / "requirements.txt"
    wanted = _REQUIREMENTS.read_text(encoding="utf-8")
    interpreter = folder / "bin" / "python"
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted):
        print("peers: installing what the suites need ...", file=sys.stderr, flush=True)
        _run(sys.executable, "-m", "venv", "--clear", str(folder))
        pip = (str(interpreter), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input")
        _run(*pip, "install", "-r", str(_REQUIREMENTS))
        stamp.write_text(wanted, encoding="utf-8")
    return interpreter


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise EnvironmentProblem(f"{' '.join(command[:4])} failed: {said[-1]}")
