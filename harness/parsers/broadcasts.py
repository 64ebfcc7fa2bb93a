"""``dumpsys activity broadcasts [history]``: who sent what to whom.

Source: frameworks/base/services/core/java/com/android/server/am/BroadcastRecord.java, dump and toString, and
BroadcastQueue.java, dumpLocked (14 and later: BroadcastHistory.java), branches of Android 8.1 to 16. Up to 13 a
receiver's line begins with Pending, Deliver, Skipped or Timeout, from 9 on with a duration; from 14 on with PENDING,
DELIVERED, SKIPPED, TIMEOUT, SCHEDULED, FAILURE or DEFERRED and two durations, and a ``reason:`` may follow. 16 tells
after ``uid=`` who really called. A plain ``dumpsys activity`` prints the past ones in two lines, without sender, time
and receivers. What is too old for either stands in a summary, of which the beginning repeats them. Times are local time
of the device, without zone, in 8.1 in whole seconds.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import Record, Unread, blocks, section, text_or_none, uid_or_none, until_repeated
from harness.parsers.log_fields import component_name, intent_fields

# ACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)
_HEADING = re.compile(r"ACTIVITY MANAGER BROADCAST STATE \(")
#     BroadcastRecord{5eee6c4 u-1 android.intent.action.TIME_TICK} to user -1                              to 13
#     BroadcastRecord{5eee6c4 android.intent.action.TIME_TICK/u-1} to user -1       14 and later; 16 of 2026: u-1/0x481
#   #0: BroadcastRecord{5eee6c4 u-1 android.intent.action.TIME_TICK}              of a plain dumpsys activity
#     BroadcastRecord{5eee6c4 Intent { flg=0x10 cmp=com.x/.Wake }/u0} to user 0         14 and later, without action
_RECORD = re.compile(
    r"(?: +| +#\d+: )BroadcastRecord\{\w+ (?:u(?P<old>-?\d+) )?(?P<action>.*?)(?:/u(?P<new>-?\d+)(?:/0x[0-9a-f]+)?)?\}"
    r"(?: to user (?P<user>-?\d+))?\s*$"
)
#     Intent { act=android.intent.action.TIME_TICK flg=0x50200010 (has extras) }
_INTENT = re.compile(r" +Intent \{ (.*) \}\s*$")
#     act=android.intent.action.TIME_TICK flg=0x50200010 (has extras)                of a plain dumpsys activity
_SHORT_INTENT = re.compile(r" {4}((?:act|dat|typ|flg|pkg|cmp)=.*)$")
#   #2: act=android.telephony.action.CARRIER_CONFIG_CHANGED flg=0x15000010 (has extras)           of the summary
_SUMMARY = re.compile(r"  #\d+: ((?:act|dat|typ|flg|pkg|cmp)=.*)$")
#     enq=2020-01-08 15:29:50.490 disp=2020-01-08 15:29:50.492 fin=2020-01-08 15:29:50.554
_SUMMARY_TIMES = re.compile(r"    enq=(\S+ \S+) disp=(\S+ \S+) fin=(\S+ \S+)\s*$")
#     caller=android 929:system/1000 pid=929 uid=1000            16: ... uid=1000 realCallingUid=-1
_CALLER = re.compile(r" +caller=(\S+) (?:null|\d+:([^/\s]+)/\w+(?:i-\d+)?) pid=(-?\d+) uid=(-?\d+)(?: realCallingUid=(-?\d+))?\s*$")
#     enqueueClockTime=2020-01-08 15:31:00.001 dispatchClockTime=2020-01-08 15:31:00.002
_ENQUEUED = re.compile(r" +enqueueClockTime=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) dispatchClockTime=")
#     Deliver +21ms #0: (manifest)                    8.1: Deliver #0: (manifest)
#     SKIPPED scheduled +1ms terminal +2ms (0) #3: BroadcastFilter{feea4ff 10087/u0 ReceiverList{55bd41e 1497 com.x/10087/u0 r...  # noqa: W505
_RECEIVER = re.compile(r" +(Pending|Deliver|Skipped|Timeout|\?{7}|[A-Z]{5,}) .*?#(\d+): (.*)$")
# BroadcastFilter{feea4ff 10087/u0 ReceiverList{55bd41e 1497 com.android.systemui/10087/u0 remote:317e059}}
_FILTER = re.compile(r"BroadcastFilter\{.*?ReceiverList\{\w+ (\d+) ([^/\s]+)/(\w+)/")
#         name=com.android.phone.otasp.OtaspSimStateReceiver
#         packageName=com.android.phone
_ACTIVITY_INFO = re.compile(r" +(name|packageName)=(\S+)\s*$")
#   * ReceiverList{ea30ea 1837 com.android.inputmethod.latin/10103/u0 remote:8ddc0d5}
_REGISTERED = re.compile(r"  \* ReceiverList\{\w+ \d+ [^/\s]+/(\d+)/")
#       Action: "android.intent.action.PACKAGE_ADDED"
_ACTION = re.compile(r' +Action: "(\S+)"\s*$')
_STATES = {"pending": "pending", "deliver": "delivered", "skipped": "skipped", "timeout": "timeout", "???????": "unknown"}
#     queue: "Historical Broadcast foreground #0:", "Active ordered broadcast #1:"
_QUEUE = re.compile(r" +(Historical|Active|Pending|Deferred)\b.*?[Bb]roadcasts? ?(\w*)")
#   Historical broadcasts summary [foreground]:
_SUMMARY_BEGINS = re.compile(r"  Historical broadcasts summary\b")
# what ends the record before: a record, an entry of the summary, the heading of that
_BEGIN = re.compile(f"{_RECORD.pattern}|{_SUMMARY.pattern}|{_SUMMARY_BEGINS.pattern}")
_ADDED = "android.intent.action.PACKAGE_ADDED"


def registered_actions(text: str, uid: int) -> frozenset[str]:
    """The actions for which processes of ``uid`` registered receivers; raises FormatError for another text."""
    found, own = set(), False
    for line in section(text.splitlines(), "dumpsys activity broadcasts", _HEADING, service="activity"):
        if (entry := _REGISTERED.match(line)) or line[:2].strip():
            own = entry is not None and int(entry[1]) == uid
        elif own and (action := _ACTION.match(line)):
            found.add(action[1])
    return frozenset(found)


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
    """One broadcast.

    ``user`` None means all; ``wall`` is when it was sent, local time of the device without zone. Without a sender and
    receivers where the dump has them in short.
    """

    kind: ClassVar[str] = "broadcast_sent"
    wall: str | None
    user: int | None
    action: str | None
    data: str | None
    component: str | None
    caller: str | None
    process: str | None
    pid: int | None
    uid: int | None
    real_uid: int | None
    receivers: tuple[Receiver, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBroadcast(Record):
    """An entry of the summary: what was sent, and when it was sent, given to the first and done with the last."""

    kind: ClassVar[str] = "broadcast_past"
    wall: str
    dispatched: str
    finished: str
    action: str | None
    data: str | None
    component: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPackage(Record):
    """A package that was installed, told by the broadcast of it."""

    kind: ClassVar[str] = "package_added"
    wall: str | None
    user: int | None
    package: str


def broadcasts(lines: Iterable[str]) -> Iterator[SentBroadcast | AddedPackage | PastBroadcast | Unread]:
    """Read active and historical broadcasts, as printed; raises FormatError for another text."""
    dump = section(lines, "dumpsys activity broadcasts", _HEADING, service="activity")
    for head, body in blocks(dump, _BEGIN):
        if _SUMMARY.match(head[0]):
            yield _past(head[0], body)
            continue
        record = _RECORD.match(head[0])
        sent = _broadcast(record, body) if record else None
        if sent is None:
            yield from [Unread(head[0])] if not _SUMMARY_BEGINS.match(head[0]) else []
            continue
        yield sent
        if sent.action == _ADDED and sent.data and sent.data.startswith("package:"):
            yield AddedPackage(wall=sent.wall, user=sent.user, package=sent.data.removeprefix("package:"))


def _past(head: str, body: list[str]) -> PastBroadcast | Unread:
    """An entry of the summary; one that was cut is unread."""
    entry = _SUMMARY.match(head)
    times = next((match for line in until_repeated(body, _SUMMARY_TIMES) if (match := _SUMMARY_TIMES.match(line))), None)
    if entry is None or times is None:
        return Unread(head)
    intent = intent_fields(entry[1])
    action, data, component = intent.get("act"), intent.get("dat"), component_name(intent.get("cmp"))
    return PastBroadcast(wall=times[1], dispatched=times[2], finished=times[3], action=action, data=data, component=component)


def _broadcast(head: re.Match[str], body: list[str]) -> SentBroadcast | None:
    """Return None for a record that was cut: its intent is another's, or neither sender nor time is told."""
    whole = head["user"] is not None
    intent: dict[str, str] = {}
    caller: re.Match[str] | None = None
    wall = None
    rest: list[str] = []
    body = until_repeated(until_repeated(body, _INTENT), _CALLER)
    for place, line in enumerate(body):
        if printed := (_INTENT if whole else _SHORT_INTENT).match(line):
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
    named = None if head["action"] == "null" or head["action"].startswith("Intent {") else head["action"]
    if "act" in intent and named not in (None, intent["act"]):
        return None
    if whole and caller is None and (wall is None or intent.get("act") != named):
        return None
    user = int(head["user"] or head["old"] or head["new"] or -1)
    return SentBroadcast(
        wall=wall,
        user=user if user >= 0 else None,
        action=intent.get("act", named),
        data=intent.get("dat"),
        component=component_name(intent.get("cmp")),
        caller=text_or_none(caller[1]) if caller else None,
        process=caller[2] if caller else None,
        pid=int(caller[3]) if caller else None,
        uid=int(caller[4]) if caller else None,
        real_uid=int(caller[5]) if caller and caller[5] not in (None, "-1") else None,
        receivers=tuple(_receivers(rest)) if caller else (),
    )


def _receivers(body: list[str]) -> Iterator[Receiver]:
    for head, lines in blocks(body, _RECEIVER):
        state = _STATES.get(head[1].lower(), head[1].lower())
        reason = next((line.strip()[8:] for line in lines if line.strip().startswith("reason: ")), None)
        if registered := _FILTER.match(head[3]):
            yield Receiver(state=state, pid=int(registered[1]), process=registered[2], uid=uid_or_none(registered[3]), reason=reason)
        else:
            info = {match[1]: match[2] for line in lines if (match := _ACTIVITY_INFO.match(line))}
            named = "packageName" in info and "name" in info
            yield Receiver(state=state, component=f"{info['packageName']}/{info['name']}" if named else None, reason=reason)
