"""The report of a run, made when somebody asks for it and kept for the next who does.

It is made by a process of its own: reading a run needs OpenCV and hundreds of megabytes, and the run may be hostile.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock, Semaphore

from device_farm.artifacts.artifact_store import ArtifactError, Artifacts, bring_back
from device_farm.morning.unit_report import report_of
from device_farm.store.models import Artifact
from device_farm.web.evidence_files import LARGEST

AT_ONCE = 2
LIMIT_SECONDS = 180
MOST_KEPT = 40


class NoReport(Exception):
    """The report cannot be made; the reason is for the log, not for a page."""


class Reports:
    """Reports that were made, in a folder that goes with the server."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="apprights-reports-")
        self._free = Semaphore(AT_ONCE)
        self._lock = Lock()

    def close(self) -> None:
        """Delete what was kept."""
        self._folder.cleanup()

    def of(self, run: Path, name: str, language: str) -> bytes:
        """The page of a run; ``name`` is ours and tells what it is of. Raises NoReport.

        One that was written when the run was judged stands beside it; it has both languages.
        """
        with suppress(OSError):
            if (written := report_of(run)).stat().st_size <= LARGEST:
                return written.read_bytes()
        return self._kept(name, language, lambda kept: _make(run, kept, language))

    def of_stored(self, artifacts: Artifacts, files: Iterable[Artifact], name: str, language: str) -> bytes:
        """The page of a run whose files lie in the artifact store: it is brought here for as long as that takes."""

        def make(kept: Path) -> None:
            with tempfile.TemporaryDirectory(dir=self._folder.name) as place:
                try:
                    bring_back(artifacts, files, folder := Path(place) / name)
                except ArtifactError as error:
                    raise NoReport(str(error)) from error
                _make(folder, kept, language)

        return self._kept(name, language, make)

    def _kept(self, name: str, language: str, make: Callable[[Path], None]) -> bytes:
        """A report that was made before, or is made now; two at once at most."""
        kept = Path(self._folder.name) / f"{name}-{language}.html"
        if not kept.is_file():
            with self._free:
                if not kept.is_file():
                    make(kept)
                    self._forget_old()
        try:
            return kept.read_bytes()
        except OSError as error:
            raise NoReport(str(error)) from error

    def _forget_old(self) -> None:
        with self._lock:
            files = sorted(Path(self._folder.name).glob("*.html"), key=lambda file: file.stat().st_mtime)
            for file in files[:-MOST_KEPT]:
                file.unlink(missing_ok=True)


def _make(run: Path, kept: Path, language: str) -> None:
    """Exit code 1 means that the run was altered: the report is there and says so."""
    command = [sys.executable, "-P", "-m", "harness.cli", "--lang", language, "report", str(run), "--output", str(kept), "--force"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LIMIT_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoReport(str(error)) from error
    if not kept.is_file():
        raise NoReport(done.stderr.decode(errors="replace")[-500:])
