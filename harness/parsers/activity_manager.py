"""Text lines of the tags ActivityManager and ActivityTaskManager -> events.

Both come from system_server; Android 10 moved START and moveTaskToBack to the second tag. Only lines that begin with
one of the words of ``READERS`` are read, all others are irrelevant. Sources, all in frameworks/base/services/core/java/
com/android/server: am/ProcessList.java (Start proc), am/ActivityManagerService.java (has died, Force stopping),
am/ProcessRecord.java (Killing), wm/ActivityStarter.java (START), wm/Task.java (moveTaskToBack).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harness import events
from harness.parsers.reading import (
    Stamp,
    Unreadable,
    component_name,
    formatted_uid,
    number,
    package_of,
    process_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from harness.parsers.logcat import LogLine

# Start proc 3663:com.android.keychain/1000 for service {com.android.keychain/com.android.keychain.KeyChainService}
# Start proc 7115:com.b/u0a252 for service {com.b/com.b.MyService} caller=com.a            MIUI and HyperOS only
_START_PROC = re.compile(r"Start proc (\d+):([^/]+)/(\S+)(?: \[[^\]]*\])? for (.+?)(?: caller=(\S+))?\s*$")
# The hosting types of HostingRecord.java that hold a blank; every other type ends at the first one.
_HOSTING = re.compile(r"(content provider|added application|link fail|\S*)(?: (.*))?$")
# Killing 2745:com.android.contacts/u0a90 (adj 985): empty #17
_KILLING = re.compile(r"Killing (\d+):([^/]+)/\S+ \(adj (-?\d+)\): ?(.*)$")
# Process com.qualcomm.ltebc_vzw (pid 3238) has died: fore SVC        (8: nothing after "died")
_HAS_DIED = re.compile(r"Process (\S+) \(pid (\d+)\) has died\b")
# Force stopping com.threenative.game appid=10479 user=0: from pid 14233
_FORCE_STOPPING = re.compile(r"Force stopping (\S+) appid=-?\d+ user=-?\d+: ?(.*)$")
# START u0 {act=android.intent.action.MAIN cmp=com.x/.Main} from uid 10057 on display 0                      8
# START u0 {xflg=0x5 cmp=com.x/.Main} with LAUNCH_MULTIPLE from uid 2000 (BAL_ALLOW_PERMISSION) result code=0     15
_START = re.compile(
    r"START u\d+ \{(.*)\}(?: with \S+)? from uid (-?\d+)(?: pid \d+)?(?: on display \d+)?((?: \([^()]*\))*)"
    r"(?: result code=(-?\d+))?\s*$",
    re.S,
)
_CALLING_PACKAGE = re.compile(r" \(([\w]+(?:\.\w+)+)\)")
_INTENT_FIELD = re.compile(r"(?:^| )(act|dat|cmp)=(\S+)")
# moveTaskToBack: Task{7ea9d7d #22 type=standard I=com.skip.finance/.MainActivity}                12+
# moveTaskToBack: TaskRecord{1c5a9d3 #22 A=com.skip.finance U=0 StackId=1 sz=1}                    8 to 10
_TO_BACK = re.compile(r"moveTaskToBack: \w+\{\w+ #(\d+)\b(.*)\}")
_ROOT_ACTIVITY = re.compile(r" I=([\w.]+/[\w.$]+)")


def _process_started(line: LogLine, stamp: Stamp) -> events.Event:
    match = _START_PROC.match(line.message)
    hosting = _HOSTING.match(match[4]) if match else None
    if match is None or hosting is None:
        raise Unreadable(line.message)
    process, component = process_name(match[2]), component_name(hosting[2])
    return events.ProcessStarted(
        **stamp,
        pid=number(match[1]),
        uid=formatted_uid(match[3]),
        process=process,
        package=package_of(process, component),
        hosting_type=hosting[1],
        component=component,
        caller=None if match[5] == "null" else match[5],
    )


def _process_killed(line: LogLine, stamp: Stamp) -> events.Event:
    match = _KILLING.match(line.message)
    if match is None:
        raise Unreadable(line.message)
    process = process_name(match[2])
    return events.ProcessKilled(**stamp, pid=number(match[1]), process=process, reason=match[4], adj=number(match[3]))


def _process_died(line: LogLine, stamp: Stamp) -> events.Event | None:
    """The tag also says ``Process ... failed to attach`` and more; only a death is a fact here."""
    match = _HAS_DIED.match(line.message)
    if match is None:
        if " has died" in line.message:
            raise Unreadable(line.message)
        return None
    return events.ProcessDied(**stamp, pid=number(match[2]), process=process_name(match[1]))


def _force_stopped(line: LogLine, stamp: Stamp) -> events.Event | None:
    """``Force stopping u0: REASON`` stops a whole user and names no package."""
    match = _FORCE_STOPPING.match(line.message)
    if match is None:
        if re.match(r"Force stopping u-?\d+: ", line.message):
            return None
        raise Unreadable(line.message)
    return events.ForceStopped(**stamp, package=match[1], reason=match[2])


def _activity_started(line: LogLine, stamp: Stamp) -> events.Event:
    """In 8 to 12L the line ends with the uid: if the line itself was cut, its uid may be too, and is not believed."""
    match = _START.match(line.message)
    if match is None or (not line.whole and match.end(2) == len(line.message)):
        raise Unreadable(line.message)
    intent = dict(reversed(_INTENT_FIELD.findall(match[1])))
    caller = _CALLING_PACKAGE.search(match[3])
    return events.ActivityStarted(
        **stamp,
        component=component_name(intent.get("cmp")),
        action=intent.get("act"),
        from_uid=number(match[2]),
        data=intent.get("dat"),
        caller=caller[1] if caller else None,
        result=number(match[4]) if match[4] else None,
    )


def _task_moved_to_back(line: LogLine, stamp: Stamp) -> events.Event:
    match = _TO_BACK.match(line.message)
    if match is None:
        raise Unreadable(line.message)
    root = _ROOT_ACTIVITY.search(match[2])
    return events.TaskMovedToBack(**stamp, task=number(match[1]), component=root[1] if root else None)


READERS: Mapping[str, Callable[[LogLine, Stamp], events.Event | None]] = {
    "Start proc ": _process_started,
    "Killing ": _process_killed,
    "Process ": _process_died,
    "Force stopping ": _force_stopped,
    "START u": _activity_started,
    "moveTaskToBack: ": _task_moved_to_back,
}
"""Reader of each line by its first words."""

_FIRST_LETTERS = frozenset(words[0] for words in READERS)


def read(line: LogLine, stamp: Stamp) -> events.Event | None:
    """Read a line of one of the two tags; None if it is none of ours; raises Unreadable."""
    message = line.message
    if message[:1] not in _FIRST_LETTERS:
        return None
    for words, reader in READERS.items():
        if message.startswith(words):
            return reader(line, stamp)
    return None
