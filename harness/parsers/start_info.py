"""``dumpsys activity start-info [PACKAGE]`` (Android 15 and later): why processes were started.

Source: frameworks/base/core/java/android/app/ApplicationStartInfo.java, dump, called by services/core/java/com/android/
server/am/AppStartInfoTracker.java. A reason may hold a blank (``START ACTIVITY``). Some ROMs keep records of starts
that never got a process (pid 0).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import Record, Unread, blocks, section, until_repeated
from harness.parsers.log_fields import intent_fields

# ACTIVITY MANAGER LRU PROCESSES (dumpsys activity start-info)              the words are a slip of Android
_HEADING = re.compile(r"ACTIVITY MANAGER .*\(dumpsys activity start-info\)")
#       ApplicationStartInfo #0:
_RECORD = re.compile(r" +ApplicationStartInfo #(\d+):\s*$")
#  pid=3421 realUid=10196 packageUid=10196 definingUid=10196 user=0
_IDS = re.compile(r" *(?:monotonicCreationTimeMs=\d+ )?pid=(-?\d+) realUid=(-?\d+) packageUid=(-?\d+) .*\buser=(\d+)\s*$")
#  package=com.demo process=com.demo:push startupState=2 reason=BOOT COMPLETE startType=COLD launchMode=0 wasForceStopped=false  # noqa: W505
_WHAT = re.compile(
    r" *package=(\S+) process=(\S+) startupState=(-?\d+) reason=(.*?) startType=(\w*) launchMode=(-?\d+) "
    r"wasForceStopped=(true|false)(?: startComponent=(.*?))?\s*$"
)
#  intent=Intent { act=android.intent.action.BOOT_COMPLETED cmp=com.demo/.Boot }
_INTENT = re.compile(r" *intent=Intent \{ (.*) \}\s*$")
#  timestamps: 0=123456789 2=123456999
_TIMES = re.compile(r" *timestamps: ((?:\d+=\d+ ?)+)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecord(Record):
    """One start. ``reason`` is Android's word with underscores: BOOT_COMPLETE, PUSH, JOB, START_ACTIVITY ...

    ``startup_state``: 0 started, 1 error, 2 first frame drawn. ``launched_ns`` is when it was asked for, in nanoseconds
    since boot (timestamp 0); None where it is not printed.
    """

    kind: ClassVar[str] = "start_recorded"
    pid: int
    uid: int
    user: int
    package: str
    process: str
    reason: str
    start_type: str
    startup_state: int
    was_force_stopped: bool
    start_component: str | None
    action: str | None
    component: str | None
    launched_ns: int | None


def start_records(lines: Iterable[str]) -> Iterator[StartRecord | Unread]:
    """All records, newest first within a package; one that is cut is Unread. Raises FormatError for another text."""
    for head, body in blocks(section(lines, "dumpsys activity start-info", _HEADING, service="activity"), _RECORD):
        yield _record(until_repeated(until_repeated(body, _IDS), _WHAT)) or Unread(head[0])


def _record(body: list[str]) -> StartRecord | None:
    ids = next((match for line in body if (match := _IDS.match(line))), None)
    what = next((match for line in body if (match := _WHAT.match(line))), None)
    if ids is None or what is None:
        return None
    intent = next((intent_fields(match[1]) for line in body if (match := _INTENT.match(line))), {})
    times = next((match[1] for line in body if (match := _TIMES.match(line))), "")
    stamps = dict(pair.split("=") for pair in times.split())
    return StartRecord(
        pid=int(ids[1]),
        uid=int(ids[2]),
        user=int(ids[4]),
        package=what[1],
        process=what[2],
        reason=what[4].replace(" ", "_"),
        start_type=what[5],
        startup_state=int(what[3]),
        was_force_stopped=what[7] == "true",
        start_component=what[8],
        action=intent.get("act"),
        component=intent.get("cmp"),
        launched_ns=int(stamps["0"]) if "0" in stamps else None,
    )
