"""Lines of the raw files of a run folder by their numbers, each file read once however many are wanted."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from harness.events import Ref
from harness.recording.run_folder import inside

LINE_LIMIT = 600  # characters of a raw line that a page shows
_CHUNK = 1 << 16  # bytes of a line that are read at once: a view tree is one line of the journal
_MOST = 1 << 22  # bytes of a line in which words are looked for
_WORD = 12  # characters of them: the line may write what follows in another way


def read_lines(folder: Path, wanted: Iterable[Ref], words: Mapping[Ref, str] | None = None) -> dict[Ref, str]:
    """The lines that are wanted, LINE_LIMIT characters of each: its beginning, or what stands around ``words`` of it.

    What a file has not is absent, and so is a file that is gone.
    """
    numbers: dict[str, dict[int, str]] = {}
    for ref in wanted:
        numbers.setdefault(ref.path, {})[ref.line] = (words or {}).get(ref, "")
    found: dict[Ref, str] = {}
    for path in sorted(numbers):
        file = inside(folder, path)
        if file.is_file():
            found |= _of(file, path, numbers[path])
    return found


def _of(file: Path, path: str, wanted: Mapping[int, str]) -> dict[Ref, str]:
    found: dict[Ref, str] = {}
    last = max(wanted)
    with file.open("rb") as raw:
        number, line = 0, b""
        while number <= last and (part := raw.readline(_CHUNK)):
            number += not line
            line = (line + part)[:_MOST] if wanted.get(number) or not line else line
            if number in wanted:
                found[Ref(path, number)] = around(line.decode("utf-8", "replace").rstrip("\r\n"), wanted[number])
            line = b"" if part.endswith(b"\n") else line or b" "
    return found


def around(line: str, words: str, length: int = LINE_LIMIT) -> str:
    """So many characters of a line: what stands around the first of some words in it, else its beginning."""
    parts = [part for each in words.splitlines() if (part := each.strip()[:_WORD])]
    place = next((found for part in parts if (found := line.find(part)) >= 0), 0)
    start = max(0, min(place - length // 3, len(line) - length))
    end = start + length
    return f"{'…' if start else ''}{line[start:end]}{'…' if words and end < len(line) else ''}"
