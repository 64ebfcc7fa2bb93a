"""The body of ``apprights parse``: one file in one format -> JSON-ready objects, the last one a summary.

Each object is ``{"kind": ..., ...}``. Facts of a log also say ``line`` (1-based), ``wall`` (as printed) and ``time``
(seconds since 1970 UTC, null where the log has no year or zone: then ``missing`` in the summary names what it lacks).
Nothing is merged: a fact that the log tells twice is two objects.
"""

from __future__ import annotations

import codecs
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from harness.errors import FormatError
from harness.events import Event, Instant, Source
from harness.parsers.activities import resumed_record
from harness.parsers.event_tags import EventTags
from harness.parsers.exit_info import parse_exit_info
from harness.parsers.getprop import properties
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.parsers.interpret import Interpreter
from harness.parsers.logcat import LogcatReader, LogLine
from harness.parsers.package import package_records
from harness.parsers.packages_list import listed_packages
from harness.parsers.processes import known_processes, ps_processes
from harness.parsers.windows import window_dump

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Item = dict[str, Any]

_CHUNK = 256 * 1024  # bytes
_MOST_DUMP = 64 * 1024 * 1024  # bytes; the largest real dump seen has 1 MB
_NO_TIME = Instant(-1, 0.0)


def parse_file(format_name: str, path: Path, *, tags: Path | None = None) -> Iterator[Item]:
    """Yield what ``path`` holds, then ``{"kind": "summary", "lines": ..., "unknown": ...}``.

    ``tags`` is a device's own event-log-tags, for logcat only. Raises FormatError for a file that cannot be read or is
    in another format; what was yielded until then stands.
    """
    try:
        if format_name == "logcat":
            yield from _logcat(path, EventTags.from_text(_text(tags)) if tags else None)
        elif read := _READINGS.get(format_name):
            text = _text(path)
            yield from read(text)
            yield {"kind": "summary", "lines": text.count("\n") + (not text.endswith("\n")), "unknown": 0}
        else:
            raise FormatError(f"no format {format_name!r}; there are {', '.join(FORMATS)}")
    except OSError as error:
        raise FormatError(f"cannot read {error.filename or path}: {error.strerror}") from None


def _logcat(path: Path, tags: EventTags | None) -> Iterator[Item]:
    reader, interpreter = LogcatReader(), Interpreter(Source.MAIN, path=path.name, tags=tags, every_tag=True)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            for line in reader.feed(chunk):
                for event in interpreter.feed(line, _instant(line)):
                    yield _fact(event)
    for line in reader.finish():
        for event in interpreter.feed(line, _instant(line)):
            yield _fact(event)
    for event in interpreter.finish():
        yield _fact(event)
    yield {
        "kind": "summary",
        "lines": reader.lines,
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


def _text(path: Path) -> str:
    """A dump as text: UTF-16 by its byte order mark, else UTF-8."""
    with path.open("rb") as file:
        data = file.read(_MOST_DUMP + 1)
    if len(data) > _MOST_DUMP:
        raise FormatError(f"{path.name} is larger than {_MOST_DUMP // 2**20} MB, which no dump is")
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if utf16 else "utf-8-sig", errors="replace")


def _exits(text: str) -> Iterator[Item]:
    for record in parse_exit_info(text):
        yield {"kind": "exit_recorded", **asdict(record)}


def _packages(text: str) -> Iterator[Item]:
    for record in package_records(text):
        yield {"kind": "package", **asdict(record)}


def _listed_packages(text: str) -> Iterator[Item]:
    for package in listed_packages(text):
        yield {"kind": "listed_package", **asdict(package)}


def _activities(text: str) -> Iterator[Item]:
    if resumed := resumed_record(text):
        yield {"kind": "resumed_activity", **asdict(resumed)}


def _processes(text: str) -> Iterator[Item]:
    for process in known_processes(text):
        yield {"kind": "process", **asdict(process)}


def _ps(text: str) -> Iterator[Item]:
    for process in ps_processes(text):
        yield {"kind": "process", **asdict(process)}


def _windows(text: str) -> Iterator[Item]:
    dump = window_dump(text)
    for window in dump.windows:
        yield {"kind": "window", **asdict(window), "dims_behind": window.dims_behind}
    yield {"kind": "focus", "title": dump.focus}


def _hierarchy(text: str) -> Iterator[Item]:
    """Nodes in document order, each with its depth: nested objects could be too deep for whoever reads them."""
    waiting: list[tuple[int, Node]] = [(0, root) for root in reversed(parse_hierarchy(text))]
    own = [field.name for field in fields(Node) if field.name != "children"]
    while waiting:
        depth, node = waiting.pop()
        yield {"kind": "node", "depth": depth, **{name: getattr(node, name) for name in own}}
        waiting.extend((depth + 1, child) for child in reversed(node.children))


def _properties(text: str) -> Iterator[Item]:
    for name, value in properties(text).items():
        yield {"kind": "property", "name": name, "value": value}


_READINGS: dict[str, Callable[[str], Iterator[Item]]] = {
    "exit-info": _exits,
    "package": _packages,
    "packages": _listed_packages,
    "activities": _activities,
    "processes": _processes,
    "ps": _ps,
    "windows": _windows,
    "hierarchy": _hierarchy,
    "getprop": _properties,
}

FORMATS: dict[str, str] = {
    "logcat": "adb logcat -v epoch|threadtime|time|brief, any modifiers, or the text of a bugreport",
    "exit-info": "dumpsys activity exit-info",
    "package": "dumpsys package",
    "packages": "pm list packages, with or without -U -i -f",
    "activities": "dumpsys activity activities, or the focus in dumpsys window",
    "processes": "dumpsys activity processes",
    "ps": "ps -A",
    "windows": "dumpsys window windows",
    "hierarchy": "uiautomator dump (XML)",
    "getprop": "getprop",
}
"""Format names and what prints them."""
