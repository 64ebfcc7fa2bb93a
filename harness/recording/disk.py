"""Files of a run folder: paths that stay within it, and bytes that are on the disk when we say so."""

import errno
import os
import re
import threading
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePosixPath

from harness.errors import EvidenceError
from harness.language import _
from harness.operating_system import renamed
from harness.recording.run_format import not_written

_UNFIT = re.compile(r'[\\:<>"|?*\x00-\x1f]')  # not allowed in a file name on one system or another
_LEFT = re.compile(r"\..+\.\d+\.\d+")
_CANNOT = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}  # what file systems say that have no such thing


def inside(folder: Path, relative: str) -> Path:
    """``folder / relative``; raises EvidenceError when that is not a plain path within ``folder``."""
    parts = PurePosixPath(relative).parts
    if not parts or parts[0] == "/" or ".." in parts or _UNFIT.search(relative):
        raise EvidenceError(_("'{relative}' is not a path within a run folder", relative=relative[:200]))
    path = folder.joinpath(*parts)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise EvidenceError(_("'{relative}' leads out of the run folder", relative=relative[:200]))
    return path


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and flush it: after a power cut it is there.

    Raises EvidenceError when the disk is full or the place not writable.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write files of one folder, each whole, and none where there is no room for all; they appear in their order.

    Raises EvidenceError when the disk is full or the place not writable.
    """
    begun: dict[Path, Path] = {}
    path = next(iter(files))
    try:
        for path, data in files.items():
            begun[path] = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
            with begun[path].open("wb") as file:
                file.write(data)
                file.flush()
                flush(file.fileno())
        for path, temporary in begun.items():
            renamed(partial(temporary.replace, path))
        flush_folder(path.parent)
    except OSError as error:
        for temporary in begun.values():
            with suppress(OSError):
                temporary.unlink()
        raise not_written(path, error) from error


def is_left_over(name: str) -> bool:
    """Whether a file is what ``write_atomic`` had begun when its process was killed."""
    return _LEFT.fullmatch(name) is not None


def flush(number: int) -> None:
    """Have the system put what was written to an open file on the disk; raises OSError when the disk refuses."""
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder; where a folder cannot be opened, as on Windows, the system does so by itself."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            flush(number)
        finally:
            os.close(number)
