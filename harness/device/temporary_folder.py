"""A folder for temporary files that goes away with its process, or at the next start where that was killed."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from harness.device.file_lock import FileLock

_HELD = "in-use"


class TemporaryFolder:
    """A new folder of ours, with a file in it that is held as long as this process lives."""

    def __init__(self, prefix: str) -> None:
        """Make the folder, and sweep those of this prefix whose process is gone."""
        for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            _sweep(path)
        self._held: FileLock | None = None
        while self._held is None:
            self.path = Path(tempfile.mkdtemp(prefix=prefix))
            with suppress(FileNotFoundError):  # swept by another process before the file in it was held
                self._held = FileLock.take(self.path / _HELD)

    def remove(self) -> None:
        """Take the folder away; harmless when that was done."""
        if self._held is not None:
            self._held.release()
            self._held = None
        shutil.rmtree(self.path, ignore_errors=True)


def _sweep(path: Path) -> None:
    """Take a folder away that is ours and nobody holds; one without our file is not for us to judge."""
    if path.is_symlink() or not (path / _HELD).is_file() or not _is_own(path):
        return
    with suppress(OSError):
        held = FileLock.take(path / _HELD)
        if held is not None:
            held.release()
            shutil.rmtree(path, ignore_errors=True)


def _is_own(path: Path) -> bool:
    """Whether the folder belongs to this user; Windows gives each user a temporary folder of their own."""
    user = getattr(os, "getuid", None)
    with suppress(OSError):
        return user is None or path.stat().st_uid == user()
    return False
