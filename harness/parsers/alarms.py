"""``dumpsys alarm``: alarms that wait, and how often those of each package went off.

Source: frameworks/base/apex/jobscheduler/service/java/com/android/server/alarm, AlarmManagerService.java and Alarm.java
(services/core/java/com/android/server/AlarmManagerService.java before 12). 12 and later write ``origWhen`` for ``when``
in the first line of an alarm and the name of its type for a number. ``Alarm Stats:`` counts since boot.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from harness.parsers.dump_sections import Record, Unread, int_or_none, seconds, section, uid_or_none, until_repeated
from harness.parsers.log_fields import user_or_none

# Current Alarm Manager state:
_HEADING = re.compile(r" *Current Alarm Manager state:|  Alarm Stats:")
#     ELAPSED #0: Alarm{1fbf6ba type 3 when 146355 android}                                                       to 11
#     RTC_WAKEUP #1: Alarm{9b76855 type 0 origWhen 1578517200000 whenElapsed 23426355 com.x}                      12 on
#     ELAPSED #1: Alarm{b11fd4c type 3 origType 2 origWhen 5 whenElapsed 5 com.x}            One UI; vivo has more pairs
#     RTC #2: Alarm{ae766b6 uId=1000 creatorUid=1000 packageName=com.x operation=null type 1 ... sourcePackage=com.x}
#                                                                         OriginOS; the lines below are Android's own
_ALARM = re.compile(
    r" +(?P<type>RTC|RTC_WAKEUP|ELAPSED|ELAPSED_WAKEUP|ELAPSED_REALTIME|ELAPSED_REALTIME_WAKEUP) #\d+: Alarm\{\w+ "
    r"(?:type \d+(?: \w+ -?\d+)+ (?P<package>\S+)"
    r"|uId=(?P<uid>\d+) creatorUid=\d+ packageName=(?P<named>\S+) .*)\}\s*$"
)
#       tag=*walarm*:com.x/.Receiver
#       tag=*alarm*:A listener's name             any words: Alarm.java, makeTag
_TAG = re.compile(r" +tag=(\S.*)$")
#       type=0 expectedWhenElapsed=+6h28m10s536ms ... when=2020-01-08 22:00:00.000        12: origWhen=
_WHEN = re.compile(r"\b(?:when|origWhen)=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+|[+-]?[\dhmsd]+)")
#       window=+4h30m0s0ms repeatInterval=21600000 count=0 flags=0x0
_REPEAT = re.compile(r"\brepeatInterval=(\d+)")
#       operation=PendingIntent{be2c486: PendingIntentRecord{d3b3083 android broadcastIntent}}
_OPERATION = re.compile(r" +operation=PendingIntent\{\w+: PendingIntentRecord\{\w+ \S+ (\w+)")
#   u0a39:com.android.providers.calendar +75ms running, 1 wakeups:
_OWNER = re.compile(r" +(?:\*ACTIVE\* )?(\w+):(\S+) [+-]?[\dhmsd]+ running, (\d+) wakeups:\s*$")
#     +75ms 1 wakes 1 alarms, last -1m52s320ms:           -- is never
_FIRED = re.compile(r" +(?:\*ACTIVE\* )?[+-]?[\dhmsd]+ (\d+) wakes (\d+) alarms, last ([+-]?[\dhmsd]+|--):\s*$")
#       *walarm*:com.android.providers.calendar.intent.CalendarProvider2        null: neither action nor class
_FIRED_TAG = re.compile(r" {6,}(\S.*?)\s*$")
#   Alarm Stats:
_STATS = re.compile(r" +Alarm Stats:\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm(Record):
    """An alarm that waits. ``when`` is a local time or a duration from the dump on, as printed.

    ``user`` is None but on OriginOS: Android prints no uid here. ``operation`` is what the alarm does (broadcastIntent,
    startService ...), None for a listener in a living process. ``alarm_clock`` is what the user sees (setAlarmClock).
    """

    kind: ClassVar[str] = "alarm"
    user: int | None
    package: str
    alarm_type: str
    tag: str | None
    when: str | None
    repeat_ms: int
    operation: str | None
    alarm_clock: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FiredAlarm(Record):
    """An alarm of a package went off ``count`` times since boot, ``seconds`` before the dump for the last time."""

    kind: ClassVar[str] = "alarm_fired"
    uid: int | None
    user: int | None
    package: str
    tag: str
    count: int
    wakeups: int
    seconds: float | None


def alarms(lines: Iterable[str]) -> Iterator[Alarm | FiredAlarm | Unread]:
    """Read the dump; raises FormatError for another text."""
    head: re.Match[str] | None = None
    body: list[str] = []
    stats = _Stats()
    in_stats = False
    for line in section(lines, "dumpsys alarm", _HEADING, service="alarm"):
        in_stats = in_stats or _STATS.match(line) is not None
        if in_stats:
            yield from stats.feed(line)
            continue
        if head and (_ALARM.match(line) or not line.startswith("      ")):
            yield _alarm(head, body)
            head = None
        if match := _ALARM.match(line):
            head, body = match, []
        elif " Alarm{" in line and "#" in line.partition(" Alarm{")[0]:
            yield Unread(line)
        elif head:
            body.append(line)
    if head:
        yield _alarm(head, body)
    yield from stats.finish()


def _alarm(head: re.Match[str], body: list[str]) -> Alarm:
    body = until_repeated(body, _TAG)
    text = "\n".join(body)
    tag = next((match[1].rstrip() for line in body if (match := _TAG.match(line))), None)
    operation = next((match[1] for line in body if (match := _OPERATION.match(line))), None)
    when, repeat = _WHEN.search(text), _REPEAT.search(text)
    return Alarm(
        user=user_or_none(int_or_none(head["uid"])),
        package=head["package"] or head["named"],
        alarm_type=head["type"],
        tag=tag,
        when=when[1] if when else None,
        repeat_ms=int(repeat[1]) if repeat else 0,
        operation=operation,
        alarm_clock=any(line.strip() == "Alarm clock:" for line in body),
    )


class _Stats:
    """``Alarm Stats:`` has a line for each package, and under it two lines for each of its alarms.

    The wakeups of the alarms add up to those of the package; where they do not, a line was lost, perhaps the one of the
    next package, and none of them is believed.
    """

    def __init__(self) -> None:
        self._owner: re.Match[str] | None = None
        self._fired: re.Match[str] | None = None
        self._waiting: list[FiredAlarm] = []

    def feed(self, line: str) -> Iterator[FiredAlarm | Unread]:
        fired, self._fired = self._fired, None
        if owner := _OWNER.match(line):
            yield from self.finish()
            self._owner = owner
        elif match := _FIRED.match(line):
            self._fired = match
            if self._owner is None:
                yield Unread(line)
        elif fired and self._owner and (tag := _FIRED_TAG.match(line)):
            self._waiting.append(_fired_alarm(self._owner, fired, tag[1]))
        elif "alarm*:" in line:
            yield Unread(line)
        elif line.strip() and not line.startswith("    "):
            yield from self.finish()

    def finish(self) -> Iterator[FiredAlarm | Unread]:
        """Yield the alarms of the package that is now complete."""
        if self._owner and sum(alarm.wakeups for alarm in self._waiting) == int(self._owner[3]):
            yield from self._waiting
        else:
            yield from (Unread(alarm.tag) for alarm in self._waiting)
        self._owner, self._waiting = None, []


def _fired_alarm(owner: re.Match[str], fired: re.Match[str], tag: str) -> FiredAlarm:
    uid = uid_or_none(owner[1])
    return FiredAlarm(
        uid=uid, user=user_or_none(uid), package=owner[2], tag=tag, count=int(fired[2]), wakeups=int(fired[1]), seconds=seconds(fired[3])
    )
