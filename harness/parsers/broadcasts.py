"""``dumpsys activity broadcasts [history]``: who sent what to whom.

Source: frameworks/base/services/core/java/com/android/server/am/BroadcastRecord.java, dump, called by
BroadcastQueue.java (14 and later: BroadcastQueueModernImpl.java). Up to 13 a receiver's line begins with Pending,
Deliver, Skipped or Timeout and a duration; from 14 on with PENDING, DELIVERED, SKIPPED, TIMEOUT, SCHEDULED, FAILURE or
DEFERRED and two durations, and a ``reason:`` may follow. Times are local time of the device, without zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from harness.parsers.dump import Record, Unread, blocks, section, text_or_none, uid_or_none, until_repeated
from harness.parsers.reading import component_name, intent_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# ACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)
_HEADING = re.compile(r"ACTIVITY MANAGER BROADCAST STATE \(")
#     BroadcastRecord{5eee6c4 u-1 android.intent.action.TIME_TICK} to user -1                              to 13
#     BroadcastRecord{5eee6c4 android.intent.action.TIME_TICK/u-1} to user -1                            14 and later
_RECORD = re.compile(r" +BroadcastRecord\{\w+ (?:u-?\d+ )?(.*?)(?:/u-?\d+)?\} to user (-?\d+)\s*$")
#     Intent { act=android.intent.action.TIME_TICK flg=0x50200010 (has extras) }
_INTENT = re.compile(r" +Intent \{ (.*) \}\s*$")
#     caller=android 929:system/1000 pid=929 uid=1000
_CALLER = re.compile(r" +caller=(\S+) (?:null|\d+:([^/\s]+)/\w+(?:i-\d+)?) pid=(-?\d+) uid=(-?\d+)\s*$")
#     enqueueClockTime=2020-01-08 15:31:00.001 dispatchClockTime=2020-01-08 15:31:00.002
_ENQUEUED = re.compile(r" +enqueueClockTime=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)")
#     Deliver +21ms #0: (manifest)
#     SKIPPED scheduled +1ms terminal +2ms (0) #3: BroadcastFilter{feea4ff 10087/u0 ReceiverList{55bd41e 1497 com.x/10087/u0 r...  # noqa: W505
_RECEIVER = re.compile(r" +(Pending|Deliver|Skipped|Timeout|\?{7}|[A-Z]{5,}) .*?#(\d+): (.*)$")
# BroadcastFilter{feea4ff 10087/u0 ReceiverList{55bd41e 1497 com.android.systemui/10087/u0 remote:317e059}}
_FILTER = re.compile(r"BroadcastFilter\{.*?ReceiverList\{\w+ (\d+) ([^/\s]+)/(\w+)/")
#         name=com.android.phone.otasp.OtaspSimStateReceiver
#         packageName=com.android.phone
_ACTIVITY_INFO = re.compile(r" +(name|packageName)=(\S+)\s*$")
_STATES = {"pending": "pending", "deliver": "delivered", "skipped": "skipped", "timeout": "timeout", "???????": "unknown"}
#     queue: "Historical Broadcast foreground #0:", "Active ordered broadcast #1:"
_QUEUE = re.compile(r" +(Historical|Active|Pending|Deferred)\b.*?[Bb]roadcasts? ?(\w*)")
_ADDED = "android.intent.action.PACKAGE_ADDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """One receiver: declared in a manifest (``component``) or registered by a living process (``pid``, ``process``)."""

    state: str
    component: str | None = None
    pid: int | None = None
    process: str | None = None
    uid: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBroadcast(Record):
    """One broadcast. ``user`` None means all; ``wall`` is when it was sent, local time of the device without zone."""

    kind: ClassVar[str] = "broadcast_sent"
    wall: str | None
    user: int | None
    action: str
    data: str | None
    component: str | None
    caller: str | None
    process: str | None
    pid: int
    uid: int
    receivers: tuple[Receiver, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPackage(Record):
    """A package that was installed, told by the broadcast of it."""

    kind: ClassVar[str] = "package_added"
    wall: str | None
    user: int | None
    package: str


def broadcasts(lines: Iterable[str]) -> Iterator[SentBroadcast | AddedPackage | Unread]:
    """Read active and historical broadcasts, as printed; raises FormatError for another text."""
    dump = section(lines, "dumpsys activity broadcasts", _HEADING, service="activity")
    for head, body in blocks(dump, _RECORD):
        sent = _broadcast(head[1], int(head[2]), body)
        if sent is None:
            yield Unread(head[0])
            continue
        yield sent
        if sent.action == _ADDED and sent.data and sent.data.startswith("package:"):
            yield AddedPackage(wall=sent.wall, user=sent.user, package=sent.data.removeprefix("package:"))


def _broadcast(action: str, user: int, body: list[str]) -> SentBroadcast | None:
    """None for a record that was cut: its caller is missing, or its intent is another's."""
    intent: dict[str, str] = {}
    caller: re.Match[str] | None = None
    wall = None
    rest: list[str] = []
    body = until_repeated(until_repeated(body, _INTENT), _CALLER)
    for place, line in enumerate(body):
        if printed := _INTENT.match(line):
            intent = intent or intent_fields(printed[1])
        elif match := _CALLER.match(line):
            caller = match
        elif enqueued := _ENQUEUED.match(line):
            wall = enqueued[1]
        elif _RECEIVER.match(line):
            rest = body[place:]
            break
        elif _QUEUE.match(line):
            break
    if caller is None or ("act" in intent and action not in ("null", intent["act"])):
        return None
    return SentBroadcast(
        wall=wall,
        user=user if user >= 0 else None,
        action=intent.get("act", action),
        data=intent.get("dat"),
        component=component_name(intent.get("cmp")),
        caller=text_or_none(caller[1]),
        process=caller[2],
        pid=int(caller[3]),
        uid=int(caller[4]),
        receivers=tuple(_receivers(rest)),
    )


def _receivers(body: list[str]) -> Iterator[Receiver]:
    for head, lines in blocks(body, _RECEIVER):
        state = _STATES.get(head[1].lower(), head[1].lower())
        reason = next((line.strip()[8:] for line in lines if line.strip().startswith("reason: ")), None)
        if registered := _FILTER.match(head[3]):
            yield Receiver(
                state=state,
                pid=int(registered[1]),
                process=registered[2],
                uid=uid_or_none(registered[3]),
                reason=reason,
            )
        else:
            info = {match[1]: match[2] for line in lines if (match := _ACTIVITY_INFO.match(line))}
            named = "packageName" in info and "name" in info
            yield Receiver(state=state, component=f"{info['packageName']}/{info['name']}" if named else None, reason=reason)
