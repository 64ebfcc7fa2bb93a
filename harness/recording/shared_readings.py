"""raw/readings.jsonl: what a phone printed for several apps at once, a JSON string a line, kept once for all of them.

Their journals name the line. The file is the same in every run folder of a shared night, as those of the logs are.
"""

import json
import threading
from pathlib import Path

from harness.errors import EvidenceError, FormatError, why
from harness.language import _
from harness.recording.disk import flush
from harness.recording.run_format import not_written
from harness.recording.steps import KeptReading, Reading

READINGS = "readings.jsonl"
LEAST_CHARACTERS = 400
"""A shorter text stands in each journal [PROJECT]: the reference to it takes a quarter of that."""


class KeptReadings:
    """The one writer of the file."""

    def __init__(self, path: Path) -> None:
        """Create ``path``; raises EvidenceError when it exists already or cannot be written."""
        self._path, self._lines, self._lock = path, 0, threading.Lock()
        try:
            self._file = path.open("xb", buffering=0)
        except OSError as error:
            raise EvidenceError(_("{path} cannot be created: {reason}", path=path, reason=why(error))) from error

    def keep(self, text: str) -> int:
        """Write a text to the disk and return its line, from 1; raises EvidenceError when it cannot be written."""
        rest = memoryview(json.dumps(text, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        with self._lock:
            try:
                while rest:
                    rest = rest[self._file.write(rest) :]
                flush(self._file.fileno())
            except (OSError, ValueError) as error:
                self._file.close()  # a line after half a line would move all that follow
                raise not_written(self._path, error if isinstance(error, OSError) else OSError(str(error))) from error
            self._lines += 1
            return self._lines

    def close(self) -> None:
        with self._lock:
            self._file.close()


class ReadReadings:
    """Reads the file back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._starts = [0]

    def reading(self, kept: KeptReading) -> Reading:
        """The reading with its text; raises FormatError where it is not there."""
        return Reading(name=kept.name, command=kept.command, text=self._text(kept.line), code=kept.code)

    def _text(self, line: int) -> str:
        try:
            with self._path.open("rb") as file:
                while len(self._starts) < line:
                    file.seek(self._starts[-1])
                    self._starts.append(self._starts[-1] + len(file.readline()))
                file.seek(self._starts[line - 1])
                found = json.loads(file.readline())
            if isinstance(found, str):
                return found
        except (OSError, ValueError, RecursionError, IndexError):
            pass
        raise FormatError(_("{path}:{number} cannot be read: verify the run", path=self._path, number=line))
