"""A file that one process holds at a time. The operating system lets go of it when its holder ends, however it ends."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Self

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a locked byte cannot be read by others: this one is behind all that is written

    def hold(descriptor: int, *, wait: bool) -> None:
        """Hold an open file; raises BlockingIOError or PermissionError where another does and nobody waits."""
        while True:
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:  # LK_LOCK gives up after ten seconds
                if not wait:
                    raise
            else:
                return
else:
    import fcntl

    def hold(descriptor: int, *, wait: bool) -> None:
        """Hold an open file; raises BlockingIOError where another does and nobody waits."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


class FileLock:
    """A file that is held until ``release``; made by ``take``."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path, self._descriptor = path, descriptor

    @classmethod
    def take(cls, path: Path, *, wait: bool = False) -> Self | None:
        """Hold ``path``, which is made where it is not there; None where another holds it and nobody waits.

        Raises OSError where the file cannot be made.
        """
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                hold(descriptor, wait=wait)
            except (BlockingIOError, PermissionError):
                os.close(descriptor)
                return None
            except BaseException:
                os.close(descriptor)
                raise
            if _is_at(descriptor, path):
                return cls(path, descriptor)
            os.close(descriptor)  # whoever held it took the file away meanwhile: there may be a new one

    def write(self, text: str) -> None:
        """Let whoever finds the file held read this."""
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, text.encode())

    def release(self) -> None:
        """Take the file away and let go; harmless when that was done."""
        if self._descriptor < 0:
            return
        with suppress(OSError):  # Windows keeps a file that is open; it holds nobody up
            self.path.unlink()
        os.close(self._descriptor)
        self._descriptor = -1


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is the one that stands at ``path`` now."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False
