"""``dumpsys activity exit-info [PACKAGE]`` (Android 11+): why processes ended.

Source: frameworks/base/core/java/android/app/ApplicationExitInfo.java, dump, called by am/AppExitInfoTracker.java.
Android 11 to 12L print one ``key=value`` a line, later versions group them in three lines, and some makers break them
elsewhere, print a decimal comma or a description of several lines: so a record is one stream of ``key=value``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from harness.parsers.dump_sections import Unread, blocks, section, until_repeated

# ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)
_HEADING = re.compile(r"ACTIVITY MANAGER PROCESS EXIT INFO")
#   package: com.demo
#         ApplicationExitInfo #0:
_MARK = re.compile(r"^ *(?:package: (\S+)|ApplicationExitInfo #\d+:)[ \t]*$", re.M)
#           timestamp=2026-10-01 19:21:57.535
_ONCE = re.compile(r" *timestamp=")
# timestamp=2026-10-01 19:21:57.535 pid=3421 realUid=10196 packageUid=10196 definingUid=10196 user=0
_KEY = re.compile(r"(?:^|\s)(timestamp|pid|realUid|user|process|reason|subreason|status|importance|pss)=")
# description=crash state=empty trace=null
_TAIL = re.compile(r"(.*)\sstate=", re.S)
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRecord:
    """One death. ``wall_text`` is local time of the device as printed; ``wall`` is seconds since 1970 UTC or None.

    ``subreason`` is 0 where it is not printed (Android 11).
    """

    wall: float | None
    wall_text: str
    pid: int
    uid: int
    user: int
    package: str
    process: str
    reason: int
    subreason: int
    status: int
    importance: int
    description: str


def parse_exit_info(text: str, *, utc_offset: float | None = None) -> list[ExitRecord]:
    """All records, newest first within a package; one that is cut is left out.

    The dump prints no zone: without ``utc_offset``, the device's own in seconds (``date +%z``), ``wall`` is None.
    Raises FormatError for another text.
    """
    records = exit_records(text.replace("\r\n", "\n").split("\n"), utc_offset=utc_offset)
    return [record for record in records if isinstance(record, ExitRecord)]


def exit_records(lines: Iterable[str], *, utc_offset: float | None = None) -> Iterator[ExitRecord | Unread]:
    """Yield the records one by one; one that is cut is Unread."""
    package = ""
    for mark, body in blocks(section(lines, "dumpsys activity exit-info", _HEADING, service="activity"), _MARK):
        if mark[1]:
            package = mark[1]
        else:
            yield _record("\n".join(until_repeated(body, _ONCE)), package, utc_offset) or Unread(mark[0])


def _record(body: str, package: str, utc_offset: float | None) -> ExitRecord | None:
    head, separator, tail = body.partition("description=")
    keys = list(_KEY.finditer(head))
    values: dict[str, str] = {}
    for key, stop in zip(keys, _ends(keys, head), strict=True):
        values.setdefault(key[1], head[key.end() : stop].strip())
    end = _TAIL.match(tail)
    if not separator or end is None or not values.keys() >= {"timestamp", "pid", "reason", "process"}:
        return None
    numbers = {}
    for name in ("pid", "realUid", "user", "reason", "subreason", "status", "importance"):
        match = _NUMBER.match(values.get(name, "0"))
        if match is None:
            return None
        numbers[name] = int(match[0])
    description = end[1].strip()
    return ExitRecord(
        wall=None if utc_offset is None else _seconds(values["timestamp"], utc_offset),
        wall_text=values["timestamp"],
        pid=numbers["pid"],
        uid=numbers["realUid"],
        user=numbers["user"],
        package=package,
        process=values["process"],
        reason=numbers["reason"],
        subreason=numbers["subreason"],
        status=numbers["status"],
        importance=numbers["importance"],
        description="" if description == "null" else description,
    )


def _ends(marks: list[re.Match[str]], text: str) -> list[int]:
    """Where what follows each mark ends: at the next one, or with the text."""
    return [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]


def _seconds(wall: str, utc_offset: float) -> float | None:
    zone = timezone(timedelta(seconds=utc_offset))
    try:
        return datetime.strptime(wall, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=zone).timestamp()
    except (ValueError, OverflowError):
        return None
