"""A page on paper: PDF, printed by a Chromium of this machine that reaches nothing and knows nobody."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from harness.errors import HarnessError
from harness.language import _

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
WHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
"""Where macOS and Windows keep theirs: not on the path."""
SECONDS = 600
QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
FOLDED, OPEN = '<details class="whole">', '<details class="whole" open>'


def program() -> str | None:
    """A Chromium of this machine; None where there is none."""
    named = (found for name in PROGRAMS if (found := shutil.which(name)))
    return next(named, None) or next((path for path in WHERE if Path(path).is_file()), None)


def need_program() -> str:
    """Return a Chromium of this machine; raises HarnessError where there is none.

    It is asked for before a check of minutes begins.
    """
    found = program()
    if found is None:
        raise HarnessError(_("no Chromium, Chrome or Edge on this machine: write the report as .html, and print that in any browser"))
    return found


def browser_version() -> str:
    """What prints here, with its version."""
    done = subprocess.run([need_program(), "--version"], capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL)
    return done.stdout.decode("utf-8", "replace").strip()[:200]


def pdf_of(page: str) -> bytes:
    """A page as it is printed, its folded apps too; raises HarnessError where no browser prints it."""
    browser = need_program()
    with tempfile.TemporaryDirectory(prefix="apprights-", ignore_cleanup_errors=True) as place:
        source, printed = Path(place) / "report.html", Path(place) / "report.pdf"
        source.write_text(page.replace(FOLDED, OPEN), encoding="utf-8")
        command = [browser, *QUIET, *_as_root(), f"--user-data-dir={Path(place) / 'profile'}"]
        _run([*command, f"--print-to-pdf={printed}", source.as_uri()], printed)
        return printed.read_bytes()


def _run(command: list[str], printed: Path) -> None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise HarnessError(_("{program} did not print within {seconds} s", program=command[0], seconds=SECONDS)) from None
    except OSError as error:
        raise HarnessError(_("{program} cannot be started: {reason}", program=command[0], reason=error)) from error
    if not printed.is_file() or not printed.read_bytes().startswith(b"%PDF"):
        last = (done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise HarnessError(_("{program} printed no PDF: {reason}", program=command[0], reason=last[:200]))


def _as_root() -> list[str]:
    """Chromium keeps its sandbox, but for root on Linux, where it refuses to start with one."""
    return ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
