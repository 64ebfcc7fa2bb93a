"""The body of ``apprights parse``: one file in one format -> JSON-ready objects, the last one a summary.

Each object is ``{"kind": ..., ...}``. Facts of a log also say ``line`` (1-based), ``wall`` (as printed) and ``time``
(seconds since 1970 UTC, null where the log has no year or zone: then ``missing`` in the summary names what it lacks).
Nothing is merged: a fact that the log tells twice is two objects. Files are read as a stream, so that neither their
size nor the length of a line matters to memory; a bugreport may stay in its zip.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from harness.errors import FormatError, why
from harness.events import Event, Instant, Source
from harness.language import _
from harness.parsers.dump_formats import ALIASES, READINGS, Item, read_dump
from harness.parsers.dump_sections import Dump
from harness.parsers.encoding import text_decoder
from harness.parsers.event_tags import EventTags
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import MAX_LINE, LogcatReader, LogLine

__all__ = ["FORMATS", "Item", "parse_file"]

_CHUNK = 256 * 1024  # bytes
_MOST_CHUNKS = 256  # of one line
_MOST_TAGS = 4 * 1024 * 1024  # bytes; the event-log-tags of a phone have 60 kB
_NO_TIME = Instant(-1, 0.0)
_LONG_LINE = 4 * 1024 * 1024  # characters; a view hierarchy is one line

FORMATS: dict[str, str] = {
    "logcat": "adb logcat -v epoch|threadtime|time|brief, any modifiers, or the text or zip of a bugreport",
    **{name: reading.printed_by for name, reading in READINGS.items()},
}
"""Format names and what prints them."""


def parse_file(format_name: str, path: Path, *, tags: Path | None = None) -> Iterator[Item]:
    """Yield what ``path`` holds, then ``{"kind": "summary", "lines": ..., "section": ..., "unknown": ...}``.

    ``lines`` are those of the file, ``section`` those of the part that the format is about; dumps say ``records`` too.

    ``tags`` is a device's own event-log-tags, for logcat only. Raises FormatError for a file that cannot be read or is
    in another format; what was yielded until then stands.
    """
    name = format_name.strip().lower().replace(" ", "-").replace("_", "-")
    name = ALIASES.get(name, name)
    if name not in FORMATS:
        raise FormatError(_("no format '{name}'; there are {formats}", name=format_name[:80], formats=", ".join(FORMATS)))
    try:
        with _opened(path) as file:
            yield from _logcat(file, path.name, tags) if name == "logcat" else _reading(name, file)
    except OSError as error:
        raise FormatError(_("{path}: cannot be read: {reason}", path=error.filename or path, reason=why(error))) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise FormatError(_("{name} is a damaged zip archive", name=path.name)) from error


def _logcat(file: IO[bytes], name: str, tags: Path | None) -> Iterator[Item]:
    reader = LogcatReader()
    interpreter = Interpreter(Source.MAIN, path=name, tags=_tags(tags) if tags else None, every_tag=True)
    while chunk := file.read(_CHUNK):
        for line in reader.feed(chunk):
            for event in interpreter.feed(line, _instant(line)):
                yield _fact(event)
    for line in reader.finish():
        for event in interpreter.feed(line, _instant(line)):
            yield _fact(event)
    for event in interpreter.finish():
        yield _fact(event)
    if reader.layout is None:
        raise FormatError(_("not logcat: no line is a line of a log") if reader.lines else _("not logcat: the text is empty"))
    yield {
        "kind": "summary",
        "lines": reader.lines,
        "section": reader.lines - reader.skipped,
        "unknown": reader.unknown + interpreter.unknown,
        "layout": reader.layout,
        "missing": reader.missing,
    }


def _instant(line: LogLine) -> Instant:
    """A file alone knows no uptime: the wall clock takes its place, and boot -1 says that there is none."""
    return _NO_TIME if line.wall is None else Instant(0, line.wall)


def _fact(event: Event) -> Item:
    place: Item = {
        "kind": event.kind,
        "line": event.ref.line if event.ref else None,
        "wall": event.wall,
        "time": event.at.uptime if event.at.boot >= 0 else None,
    }
    return place | event.details()


def _reading(name: str, file: IO[bytes]) -> Iterator[Item]:
    lines = _Lines(file, _LONG_LINE if name == "hierarchy" else MAX_LINE)
    dump = Dump(lines)
    records = unknown = 0
    for item in read_dump(name, dump):
        if item is None:
            unknown += 1
        else:
            records += 1
            yield item
    yield {"kind": "summary", "lines": lines.count, "section": dump.taken or lines.count, "records": records, "unknown": unknown}


def mostly_unread(summary: Item) -> bool:
    """Whether more than a fifth of what should be understood is not: of the lines of a log, of the records of a dump.

    What else is in the file does not count, nor how many lines a record has.
    """
    whole = summary["section"] if "records" not in summary else summary["records"] + summary["unknown"]
    return bool(summary["unknown"] * 5 > max(whole, 1))


class _Lines:
    """The lines of a file, without their ends; what a line has beyond ``longest`` characters is dropped.

    Iteration raises FormatError at a line so long that the file is no text at all.
    """

    def __init__(self, file: IO[bytes], longest: int) -> None:
        self.count = 0
        self._file = file
        self._longest = longest

    def __iter__(self) -> Iterator[str]:
        first = self._file.read(_CHUNK)
        decoder = text_decoder(first)
        rest, chunk, chunks = "", first, 0
        while chunk:
            parts = (rest + decoder.decode(chunk)).split("\n")
            rest = parts.pop()[: self._longest]
            chunks = 0 if parts else chunks + 1
            if chunks > _MOST_CHUNKS:
                size = _MOST_CHUNKS * _CHUNK // 2**20
                raise FormatError(_("line {line} is longer than {size} MB: this is no text", line=self.count + 1, size=size))
            self.count += len(parts)
            yield from (part[: self._longest].rstrip("\r") for part in parts)
            chunk = self._file.read(_CHUNK)
        if rest := rest + decoder.decode(b"", final=True):
            self.count += 1
            yield rest.rstrip("\r")


def _tags(path: Path) -> EventTags:
    with path.open("rb") as file:
        data = file.read(_MOST_TAGS)
    return EventTags.from_text(text_decoder(data).decode(data, final=True))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, or of the text in the zip of a bugreport."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            file.seek(0)
            yield file
            return
        with zipfile.ZipFile(file) as archive, _report(archive, path.name) as report:
            yield report


def _report(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """The text of a bugreport: ``main_entry.txt`` names it (frameworks/native/cmds/dumpstate/dumpstate.cpp)."""
    names = archive.namelist()
    if "main_entry.txt" in names:
        with archive.open("main_entry.txt") as entry:
            main = entry.read(1000).decode("utf-8", "replace").strip()
    else:
        main = next((name for name in names if name.startswith("bugreport") and name.endswith(".txt")), "")
    if main not in names:
        raise FormatError(_("{name} is a zip archive without the text of a bugreport", name=name))
    if archive.getinfo(main).flag_bits & 1:
        raise FormatError(_("{name} is a zip archive with a password", name=name))
    return archive.open(main)
