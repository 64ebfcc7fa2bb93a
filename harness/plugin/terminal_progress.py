"""Print the progress of a check on the terminal while pytest captures output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from harness.language import said

if TYPE_CHECKING:
    import pytest


def teller(config: pytest.Config) -> Callable[[str], None]:
    """What tells one line: by pytest's reporter, or a worker of pytest-xdist by standard error; not with -q."""
    from harness.console import printable  # it brings rich along

    capture: Any = config.pluginmanager.get_plugin("capturemanager")
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    worker = worker_of(config)

    def tell(text: str) -> None:
        if config.get_verbosity() < 0:
            return
        line = printable(said(text))
        with capture.global_and_fixture_disabled() if capture is not None else nullcontext():
            if worker:  # it has a reporter too, which writes where nobody looks
                sys.stderr.write(f"[{worker}] {line}\n")
                sys.stderr.flush()
            elif reporter is not None:
                reporter.write_line(line, light=True)

    return tell


def worker_of(config: pytest.Config) -> str:
    """The name of this worker of pytest-xdist, empty where pytest runs alone."""
    known: Any = getattr(config, "workerinput", None)
    return str(known["workerid"]) if known is not None else ""
