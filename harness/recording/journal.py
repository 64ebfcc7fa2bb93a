"""raw/session.jsonl: what the session did and read, one JSON object a line, written before anything is made of it.

Each line is flushed to the disk before what it tells of is done: not even a power cut hides an act. It costs a third of
a millisecond on an SSD, so what was only seen is flushed with the next line that is no such: nothing was done between.
Where a block never came to the disk, file systems leave zeros, which no line of ours has: there the journal ends.
"""

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from harness.device.file_lock import hold
from harness.errors import EvidenceError, FormatError, why
from harness.events.base import Step
from harness.language import _
from harness.recording.disk import flush
from harness.recording.old_journal import translate
from harness.recording.run_format import FORMAT, LISTED, RUN, STEPS, format_of, not_written
from harness.recording.step_codec import from_json, to_json
from harness.recording.steps import NAMES, KeptReading, Probe, Reading, ToastShown, Tree

JOURNAL = "raw/session.jsonl"
TEXT_LIMIT = 4 * 1024 * 1024  # characters of one text, e.g. a view tree
HIDDEN = "***"
SEEN = (Probe, Reading, KeptReading, ToastShown, Tree)
"""Steps that tell of no act: a power cut may take those after the last act, a killed process none."""
_LAST_HOST = 2.0**53  # seconds; more is no time, and infinite is none
LINE_LIMIT = 64 * 1024 * 1024  # bytes of one line that is read back


class Journal:
    """The one writer of a session's journal. Any thread may write."""

    def __init__(self, path: Path) -> None:
        """Create ``path``; raises EvidenceError when it exists already or cannot be written."""
        self._path, self._lines, self._lock = path, 0, threading.Lock()
        self._secrets: set[str] = set()
        self._failure: EvidenceError | None = None
        try:
            self._file = path.open("xb", buffering=0)
            with suppress(OSError):  # where the disk knows no locks, nobody is held up
                hold(self._file.fileno(), wait=False)
        except OSError as error:
            raise EvidenceError(_("{path} cannot be created: {reason}", path=path, reason=why(error))) from error

    def write(self, step: Step, *, host: float | None = None, durable: bool = True) -> int:
        """Write one line and return its number, from 1; ``durable`` against a power cut, or with the next that is.

        ``host`` is the host time of the step in monotonic seconds, by default now. Texts longer than TEXT_LIMIT are cut
        and named in ``cut``. Raises EvidenceError with the cause when it cannot be written.
        """
        now = time.monotonic() if host is None else host
        data = to_json(step)
        if self._secrets:
            data = {name: self._without_secrets(value) for name, value in data.items()}
        cut = sorted(name for name, value in data.items() if isinstance(value, str) and len(value) > TEXT_LIMIT)
        record = {"host": round(now, 6), "step": NAMES[type(step)], **data, **{name: data[name][:TEXT_LIMIT] for name in cut}}
        if cut:
            record["cut"] = cut
        # A lone surrogate becomes its own JSON escape; newlines in texts are escaped by JSON, so a line is a record.
        text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        with self._lock:
            self._append(text.encode("utf-8", "backslashreplace") + b"\n", durable=durable and not isinstance(step, SEEN))
            self._lines += 1
            return self._lines

    def hide(self, secret: str) -> None:
        """Write ``***`` from now on wherever this text would stand: a view tree shows what was typed into a field."""
        for written in (secret, escape(secret, {'"': "&quot;"})):
            self._secrets.add(written)

    def _without_secrets(self, value: Any) -> Any:
        if isinstance(value, str) and not isinstance(value, StrEnum):  # our own words give nothing away
            for secret in self._secrets:
                value = value.replace(secret, HIDDEN)
        return value

    def close(self) -> None:
        with self._lock:
            self._file.close()

    def _append(self, line: bytes, *, durable: bool) -> None:
        if self._failure is not None:
            raise self._failure
        if self._file.closed:
            raise EvidenceError(_("{path} cannot be written: the run is over", path=self._path))
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
            if durable:
                flush(self._file.fileno())
        except OSError as error:
            self._file.close()  # a line after half a line would make both unreadable
            self._failure = not_written(self._path, error)  # whoever writes next is told the cause too
            raise self._failure from error


def is_recorded_still(path: Path) -> bool:
    """Whether a process has the journal open for writing; one that was killed has not."""
    try:
        with path.open("r+b") as file:
            hold(file.fileno(), wait=False)
    except (BlockingIOError, PermissionError) as error:
        return isinstance(error, BlockingIOError) or os.access(path, os.W_OK)
    except OSError:
        return False
    return False


class Entry(NamedTuple):
    """One line that was read back: its number from 1, the host time of its step in monotonic seconds, the step."""

    number: int
    host: float
    step: Step


class JournalReader:
    """Reads a journal on from where it stopped: what is being written meanwhile is read the next time."""

    def __init__(self, path: Path) -> None:
        self._path, self._offset, self._number = path, 0, 0
        self.form = FORMAT
        """The format of the run folder, once something was read."""

    def shrunk(self) -> bool:
        """Whether the file is shorter than what was read of it: it is another one now."""
        return not self._path.exists() or self._path.stat().st_size < self._offset

    def read(self) -> Iterator[Entry]:
        """Yield every whole line that came since; a last line that was cut off in mid-write stays for the next time.

        The run.json of its run folder tells its format; without one it is today's. Raises FormatError, with the place,
        for anything else that is not a journal.
        """
        path, form = self._path, format_of(self._path.parent.parent)
        self.form = form
        if form >= LISTED and not path.exists() and (path.parent.parent / RUN).exists():
            return  # the run was broken off before its first line
        try:
            with path.open("rb") as file:
                file.seek(self._offset)
                while line := file.readline(LINE_LIMIT):
                    record = _record(line)
                    if record is None:
                        if b"\0" not in line and file.readline(1):
                            raise FormatError(_("{path}:{number} is not a line of a session journal", path=path, number=self._number + 1))
                        return
                    self._number += 1
                    self._offset += len(line)
                    yield entry(record, self._number, path, form)
        except OSError as error:
            raise FormatError(_("{path} cannot be read: {reason}", path=path, reason=why(error))) from error


def read_journal(path: Path) -> Iterator[Entry]:
    """Yield the lines of a whole journal; see JournalReader."""
    return JournalReader(path).read()


def entry(record: dict[str, Any], number: int, path: Path, form: int = FORMAT) -> Entry:
    """The step of a whole line of a journal of this format; raises FormatError, with the place, where it is none."""
    data = {name: value for name, value in record.items() if name not in ("host", "step", "cut")}
    try:
        name, data = translate(record["step"], data) if form < STEPS else (record["step"], data)
        return Entry(number, float(record["host"]), from_json(name, data))
    except FormatError as error:
        raise FormatError(_("{path}:{number}: {error}; verify the run", path=path, number=number, error=error)) from None


def _record(line: bytes) -> dict[str, Any] | None:
    """The record of a whole line, None if it is none."""
    if not line.endswith(b"\n"):
        return None
    try:
        record = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or not isinstance(record.get("step"), str):
        return None
    host = record.get("host")
    return record if isinstance(host, int | float) and not isinstance(host, bool) and abs(host) < _LAST_HOST else None


def _refuse(constant: str) -> None:
    raise ValueError(constant)
