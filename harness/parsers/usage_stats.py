"""``dumpsys usagestats``: what was in front, when, for each user.

Source: frameworks/base/services/usage/java/com/android/server/usage/UserUsageStatsService.java, printEvent. 8 and 9 say
MOVE_TO_FOREGROUND and MOVE_TO_BACKGROUND for what 10 and later call ACTIVITY_RESUMED and ACTIVITY_PAUSED. Times are
local time of the device in whole seconds, without zone; ``dumpsys usagestats -c`` prints milliseconds since 1970.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import Record, Unread, int_or_none, section

# user=0
_HEADING = re.compile(r" *user=\d+\s*$|  ?Last 24 hour events")
#   Last 24 hour events (timeRange="1/7/2020, 3:32 PM – 1/8/2020, 3:32 PM" )
_EVENTS = re.compile(r"  ?Last 24 hour events")
# user=0
_USER = re.compile(r" *user=(\d+)\s*$")
#     time="2020-01-08 15:29:44" type=ACTIVITY_RESUMED package=com.x class=com.x.Main instanceId=174507713 flags=0x0
_EVENT = re.compile(r' +time=(?:"([^"]*)"|(\d+)) type=(\S+)(?: (.*))?$')
# class=com.x.Main instanceId=174507713 flags=0x0
_PAIR = re.compile(r"\b(\w++)=(\S*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageEvent(Record):
    """One event. ``wall`` is local time without zone, or milliseconds since 1970 where the dump is compact."""

    kind: ClassVar[str] = "usage_event"
    wall: str
    user: int | None
    type: str
    package: str | None
    class_name: str | None
    instance_id: int | None
    task_root_package: str | None
    standby_bucket: int | None
    reason: str | None
    channel: str | None


def usage_events(lines: Iterable[str]) -> Iterator[UsageEvent | Unread]:
    """Read the events of the last 24 hours; raises FormatError for another text."""
    user: int | None = None
    named = False  # whether the line before named the user: only then do the events that begin here belong to it
    for line in section(lines, "dumpsys usagestats", _HEADING, service="usagestats"):
        if found := _USER.match(line):
            user, named = int(found[1]), True
        elif _EVENTS.match(line):
            user, named = user if named else None, False
        elif event := _EVENT.match(line):
            yield _event(user, event)
        elif line.lstrip().startswith("time="):
            yield Unread(line)


def _event(user: int | None, match: re.Match[str]) -> UsageEvent:
    values = dict(_PAIR.findall(match[4] or ""))
    return UsageEvent(
        wall=match[1] or match[2],
        user=user,
        type=match[3],
        package=values.get("package"),
        class_name=values.get("class"),
        instance_id=int_or_none(values.get("instanceId")),
        task_root_package=values.get("taskRootPackage"),
        standby_bucket=int_or_none(values.get("standbyBucket")),
        reason=values.get("reason"),
        channel=values.get("channelId"),
    )
