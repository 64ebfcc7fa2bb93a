"""Lines of the raw files of a run folder by their numbers, each file read once however many are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events import Ref
from harness.recording.run_folder import inside

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LINE_LIMIT = 600  # characters of a raw line that a page shows
_CHUNK = 1 << 16  # bytes of a line that are read at once: a view tree is one line of the journal


def read_lines(folder: Path, wanted: Iterable[Ref]) -> dict[Ref, str]:
    """The beginnings of the lines that are wanted; what a file has not is absent, and so is a file that is gone."""
    numbers: dict[str, set[int]] = {}
    for path, number in wanted:
        numbers.setdefault(path, set()).add(number)
    found: dict[Ref, str] = {}
    for path in sorted(numbers):
        file = inside(folder, path)
        if file.is_file():
            found |= _of(file, path, numbers[path])
    return found


def _of(file: Path, path: str, numbers: set[int]) -> dict[Ref, str]:
    found: dict[Ref, str] = {}
    last = max(numbers)
    with file.open("rb") as raw:
        number, begins = 0, True
        while number <= last and (part := raw.readline(_CHUNK)):
            number += begins
            if begins and number in numbers:
                found[Ref(path, number)] = part.decode("utf-8", "replace").rstrip("\r\n")[:LINE_LIMIT]
            begins = part.endswith(b"\n")
    return found
