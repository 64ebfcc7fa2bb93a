"""Freezes by a ROM's own freezer, in place of Android's -> events.

ColorOS, OxygenOS and realme UI (12 to 16): tag ``OplusHansManager``, from captures; one line names every process of the
app. Android's own lines are read by ``activity_manager``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harness import events
from harness.parsers.log_fields import Stamp, matched, number, process_name, user_of

if TYPE_CHECKING:
    from harness.parsers.logcat import LogLine

_BEGIN = ("freeze uid: ", "unfreeze uid: ")
# freeze uid: 10375 com.x pids: [18616, 22793] scene: LcdOn
# unfreeze uid: 10375 com.x pids: [18616] reason: Broadcast scene: LcdOn
_HANS = re.compile(r"(un)?freeze uid: (\d+) (\S+) pids: ?\[((?:\d+(?:, ?)?)+)\]")


def read_hans(line: LogLine, stamp: Stamp) -> tuple[events.Event, ...] | None:
    """An app was frozen or thawed: one event for each of its processes, whose own names the line does not tell."""
    if not line.message.startswith(_BEGIN):
        return None
    match = matched(_HANS, line)
    user, package = user_of(number(match[2])), process_name(match[3])
    return tuple(
        events.ProcessFrozen(**stamp, user=user, pid=number(pid), process=package, frozen=match[1] is None)
        for pid in match[4].replace(" ", "").strip(",").split(",")
    )
