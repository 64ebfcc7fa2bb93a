"""A lock for one coordinator a folder: two of them would give one phone two apps."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from device_farm.morning.deadlines import clock
from harness.device.file_lock import FileLock
from harness.errors import DeviceBusy, HarnessError, why
from harness.language import _

LOCK = "farm.lock"
_LIMIT = 400


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Hold a folder for the block; it is made. Raises DeviceBusy, with who it is, where another process has it."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = FileLock.take(out / LOCK)
        if file is None:
            raise DeviceBusy(
                _("{folder} is in use ({holder}): wait until it ends, or give another --out", folder=out, holder=holder(out) or "?")
            )
        file.write(f"{os.getpid()} {_now()} {' '.join([Path(sys.argv[0]).name, *sys.argv[1:]])[:_LIMIT]}")
    except OSError as error:
        raise HarnessError(_("{path}: cannot be written: {reason}", path=error.filename or out, reason=why(error))) from error
    try:
        yield
    finally:
        file.release()


def holder(out: Path) -> str:
    """Return who works in a folder now, and since when; empty where nobody does."""
    path = out / LOCK
    if not path.exists():
        return ""
    try:
        file = FileLock.take(path)
    except OSError:
        return ""
    if file is not None:
        file.release()
        return ""
    try:
        told = " ".join(path.read_bytes()[:_LIMIT].decode("utf-8", "replace").split())
    except OSError:
        return "?"
    pid, since, command = (*told.split(" ", 2), "", "")[:3]
    try:
        moment = clock(datetime.fromisoformat(since))
    except ValueError:  # of an older version, or torn
        return told or "?"
    return _("process {pid} since {time} in Beijing: {command}", pid=pid, time=moment, command=command)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
