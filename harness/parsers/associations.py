"""``dumpsys activity associations`` after ``am track-associations``: which process bound or queried which component.

Source: frameworks/base/services/core/java/com/android/server/am/ActivityManagerService.java, dumpAssociationsLocked;
the same in 11, 12L and 15. Starts of services, broadcasts and activities are not tracked by Android.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import Record, Unread, blocks, seconds, section, uid_or_none, until_repeated
from harness.parsers.log_fields import component_name, user_or_none

# ACTIVITY MANAGER ASSOCIATIONS (dumpsys activity associations)
_HEADING = re.compile(r"ACTIVITY MANAGER ASSOCIATIONS \(")
#   com.b:push/u0a201 <- com.a/u0a188
_PAIR = re.compile(r"  ([^/\s]+)/(\w+) <- ([^/\s]+)/(\w+)\s*$")
#     via com.b/.PushService
_VIA = re.compile(r"    via (\S+)\s*$")
#     +5s12ms (3 times)   TOP=+2s1ms SVC=+3s11ms*
_TIMES = re.compile(r"    (\+?[\dhmsd]+) \((\d+) times\)")
#     Currently active: +1s2ms
_ACTIVE = re.compile(r"    Currently active: (\S+)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Association(Record):
    """``source_process`` used ``component`` of ``process``, ``count`` times for ``seconds`` in all."""

    kind: ClassVar[str] = "association"
    process: str
    uid: int | None
    user: int | None
    component: str
    source_process: str
    source_uid: int | None
    source_user: int | None
    count: int
    seconds: float | None
    active: bool


def associations(lines: Iterable[str]) -> Iterator[Association | Unread]:
    """Read the dump; raises FormatError for another text."""
    for head, body in blocks(section(lines, "dumpsys activity associations", _HEADING, service="activity"), _PAIR):
        body = until_repeated(body, _VIA)
        via = next((match for line in body if (match := _VIA.match(line))), None)
        times = next((match for line in body if (match := _TIMES.match(line))), None)
        component = component_name(via[1]) if via else None
        if component is None or times is None:
            yield Unread(head[0])
            continue
        uid, source_uid = uid_or_none(head[2]), uid_or_none(head[4])
        yield Association(
            process=head[1],
            uid=uid,
            user=user_or_none(uid),
            component=component,
            source_process=head[3],
            source_uid=source_uid,
            source_user=user_or_none(source_uid),
            count=int(times[2]),
            seconds=seconds(times[1]),
            active=any(_ACTIVE.match(line) for line in body),
        )
