"""raw/session.jsonl: what the session did and read, one JSON object a line, written before anything is made of it."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from harness.errors import EvidenceError, FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT_LIMIT = 4 * 1024 * 1024  # characters of one text, e.g. a view tree
HIDDEN = "***"
LINE_LIMIT = 64 * 1024 * 1024  # bytes of one line that is read back


class Journal:
    """The one writer of a session's journal. Any thread may write."""

    def __init__(self, path: Path) -> None:
        """Create ``path``; raises EvidenceError when it exists already or cannot be written."""
        self._path, self._lines, self._lock = path, 0, threading.Lock()
        self._secrets: set[str] = set()
        try:
            self._file = path.open("xb", buffering=0)
        except OSError as error:
            raise EvidenceError(f"{path} cannot be created: {error.strerror or error}") from error

    def write(self, step: str, /, *, host: float | None = None, **data: Any) -> int:
        """Write one line and return its number, from 1.

        ``host`` is the host time of the step in monotonic seconds, by default now. Texts of ``data`` longer than
        TEXT_LIMIT are cut and named in ``cut``. Raises EvidenceError when the disk is full.
        """
        now = time.monotonic() if host is None else host
        if self._secrets:
            data = self._without_secrets(data)
        cut = sorted(name for name, value in data.items() if isinstance(value, str) and len(value) > TEXT_LIMIT)
        record = {"host": round(now, 6), "step": step, **data, **{name: data[name][:TEXT_LIMIT] for name in cut}}
        if cut:
            record["cut"] = cut
        # A lone surrogate becomes its own JSON escape; newlines in texts are escaped by JSON, so a line is a record.
        text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        with self._lock:
            self._append(text.encode("utf-8", "backslashreplace") + b"\n")
            self._lines += 1
            return self._lines

    def hide(self, secret: str) -> None:
        """Write ``***`` from now on wherever this text would stand: a view tree shows what was typed into a field."""
        for written in (secret, escape(secret, {'"': "&quot;"})):
            self._secrets.add(written)

    def _without_secrets(self, value: Any) -> Any:
        if isinstance(value, str):
            for secret in self._secrets:
                value = value.replace(secret, HIDDEN)
        elif isinstance(value, dict):
            value = {key: self._without_secrets(item) for key, item in value.items()}
        elif isinstance(value, list | tuple):
            value = [self._without_secrets(item) for item in value]
        return value

    def close(self) -> None:
        """End the journal."""
        with self._lock:
            self._file.close()

    def _append(self, line: bytes) -> None:
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except (OSError, ValueError) as error:  # ValueError: closed already
            self._file.close()  # a line after half a line would make both unreadable
            reason = getattr(error, "strerror", None) or error
            raise EvidenceError(f"{self._path} cannot be written: {reason}: make room on the disk") from error


def read_journal(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number, record) of a journal; a last line that was cut off in mid-write is left out.

    Raises FormatError, with the place, for anything else that is not a journal.
    """
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(LINE_LIMIT):
                number += 1
                record = _record(line)
                if record is None:
                    if file.readline(1):
                        raise FormatError(f"{path}:{number} is not a line of a session journal")
                    return
                yield number, record
    except OSError as error:
        raise FormatError(f"{path} cannot be read: {error.strerror or error}") from error


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
    return record if isinstance(host, int | float) and not isinstance(host, bool) else None


def _refuse(constant: str) -> None:
    raise ValueError(constant)
