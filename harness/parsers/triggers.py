"""Lines of other services that tell what was set going or refused -> events.

- ``AlarmManager``: frameworks/base/apex/jobscheduler/service/java/com/android/server/alarm/AlarmManagerService.java
  (services/core before 11), deliverAlarmsLocked; printed by makers' builds that turn its debug output on.
- ``AlarmManagerService`` and, in Android 13 and later, ``SystemClockTime``: services/core/jni/
  com_android_server_AlarmManagerService.cpp, written just before the clock is set.
- ``BroadcastQueue``: services/core/java/com/android/server/am/BroadcastQueue.java (15: BroadcastSkipPolicy.java).
- ``LauncherAppsService``: services/core/java/com/android/server/pm/LauncherAppsService.java, onPackageAdded (14 and
  later).
- MIUI and HyperOS put ``MIUILOG-`` in front of what their guard of starts refuses; ColorOS has OplusAppStartupManager,
  Huawei AppStart; see rom_refusals for the lines that name a component.
"""

import re
from collections.abc import Callable, Mapping

from harness import events
from harness.parsers.log_fields import CLASS, Stamp, Unreadable, component_name, intent_fields, matched, number, user_of, user_or_none
from harness.parsers.logcat import LogLine
from harness.parsers.rom_refusals import read_huawei, read_miui_service, read_oplus_start

MIUI = "MIUILOG-"

# sending alarm Alarm{aa90550 type 3 when 509142332 PendingIntent{1749923: PendingIntentRecord{9600e20 android broad...
# sending alarm Alarm{1fbf6ba type 3 when 146355 com.x} *walarm*:com.x/.Receiver
# sending alarm Alarm{1fbf6ba type 2 origWhen 146355 whenElapsed 146355 com.x}                                12+
_ALARM = re.compile(
    r"sending alarm Alarm\{\w+ type (\d+) (?:when|origWhen) -?\d+(?: whenElapsed -?\d+)? "
    r"(?:PendingIntent\{\w+: PendingIntentRecord\{\w+ )?([\w.]+)[ }]"
)
# },repeatInterval = 0,listenerTag =time_tick                    the end of that line on a Huawei
_ALARM_TAG = re.compile(r"\*w?alarm\*:[^\s},]+|(?<=listenerTag =)(?!null)\S+")
# sending alarm Alarm{1fbf6ba type 0 origWhen 1 whenElapsed 2 com.x} uid 10437                   ColorOS
# ... com.x} uid 10437 whenElapsed 2 ... action com.x.TICK component null tag null flags 0x9 procName com.x
_ALARM_UID = re.compile(r"\} uid (\d+)(?: whenElapsed |\s*$)")
_ALARM_SET = re.compile(r" action (?:null|(\S+)) component (?:null|ComponentInfo\{(\S+)\}) tag (?:null|(.*?)) flags 0x")
# Setting time of day to sec=1790827207
_TIME_SET = re.compile(r"Setting time of day to sec=(\d{1,12})\s*$")
# Background execution not allowed: receiving Intent { act=android.intent.action.X flg=0x10 } to com.x/.Receiver
_NOT_RECEIVED = re.compile(rf"Background execution not allowed: receiving Intent \{{(.*)\}} to ([\w.]+/{CLASS})\s*$")
# Unable to launch app com.x/10371 for broadcast Intent { act=x }: process is not permitted to auto start       MIUI
# Unable to launch app com.x/10371 for service Intent { cmp=com.x/.Push }: process is bad                       AOSP
_AUTO_START = re.compile("auto ?start")  # one word in MIUI 8
_NOT_LAUNCHED = re.compile(r"Unable to launch app ([\w.]+)(?:/(\d+))? for (\w+) (?:Intent \{(.*)\}|[^:]*): ?(.*)$")
# onPackageAdded: triggering onPackageAdded for user=UserHandle{0}, packageName=com.habittracker.habitv8.debug
_PACKAGE_ADDED = re.compile(r"onPackageAdded: triggering onPackageAdded for user=UserHandle\{(\d+)\}, packageName=([\w.]+)\s*$")
# MIUILOG-AutoStart, BindService Reject userId= 0 caller= com.a callee= com.b classname=com.b.Push action=null wakeType=8  # noqa: W505
_MIUI_REJECT = re.compile(
    r"MIUILOG-AutoStart, (\S+) Reject userId= ?(\d+) caller= ?(\S*) callee= ?([\w.]+) classname= ?(\S*)"
    r"(?: action= ?(\S*) wakeType= ?-?\d+)?\s*$"
)
_MIUI_REFUSES = ("MIUILOG- Permission Denied Activity", "MIUILOG- Reject ")
_MIUI_BEGIN = "MIUILOG-AutoStart, "
_MIUI_KINDS = {"BindService": "service", "Service/Provider/Broadcast": "process"}
# MIUILOG- Permission Denied Activity : Intent { act=android.intent.action.VIEW cmp=com.b/.Main } pkg : com.a uid : 10123  # noqa: W505
# MIUILOG- Permission Denied Activity KeyguardLocked: Intent { cmp=com.b/.Main } pkg : com.a uid : 10123
_MIUI_ACTIVITY = re.compile(r"MIUILOG- Permission Denied Activity(?: | KeyguardLocked): Intent \{(.*)\} pkg : (\S+) uid : (\d+)")
# MIUILOG- Reject RestartService packageName :com.x uid : 10123
_MIUI_RESTART = re.compile(r"MIUILOG- Reject RestartService packageName ?: ?([\w.]+)(?: uid ?: ?(\d+))?")
# prevent restart service, pkgName = com.x                                                          ColorOS
_OPLUS = re.compile(r"prevent (?:re)?start (service|activity|broadcast|provider), pkgName = ([\w.]+)")


def read_alarm(line: LogLine, stamp: Stamp) -> events.Event | None:
    """The alarm of a package goes off."""
    if not line.message.startswith("sending alarm "):
        return None
    match = matched(_ALARM, line)
    tag, uid_text = _ALARM_TAG.search(line.message, match.end() - 1), _ALARM_UID.search(line.message, match.end() - 1)
    uid = number(uid_text[1]) if uid_text and (line.whole or uid_text[0].endswith(" whenElapsed ")) else None
    named = _ALARM_SET.search(line.message, match.end() - 1)
    return events.AlarmFired(
        **stamp,
        user=user_or_none(uid),
        package=match[2],
        alarm_type=number(match[1]),
        tag=tag[0] if tag else next(filter(None, named.groups()), None) if named else None,
        uid=uid,
    )


def read_clock(line: LogLine, stamp: Stamp) -> events.Event | None:
    """The clock is about to be set; how far it moves is known where the line's own time is."""
    if not line.message.startswith("Setting time of day"):
        return None
    match = matched(_TIME_SET, line, uncut=True)
    to = float(match[1])
    return events.ClockChanged(**stamp, seconds=None if line.wall is None else round(to - line.wall, 3), to=to)


def read_broadcast_queue(line: LogLine, stamp: Stamp) -> events.Event | None:
    """A receiver was not started."""
    if line.message.startswith("Unable to launch app "):
        return read_not_launched(line, stamp)
    if not line.message.startswith("Background execution not allowed: "):
        return None
    match = _NOT_RECEIVED.match(line.message)
    if match is None or not line.whole or "Background execution not allowed" in match[1]:
        raise Unreadable(line.message)
    intent = intent_fields(match[1])
    package = match[2].partition("/")[0]
    return events.StartRefused(**stamp, what="broadcast", by="android", package=package, component=match[2], action=intent.get("act"))


def read_not_launched(line: LogLine, stamp: Stamp) -> events.Event:
    """A process was not started for a component; MIUI says so for what its owner did not let start by itself."""
    match = matched(_NOT_LAUNCHED, line)
    intent = intent_fields(match[4] or "")
    return events.StartRefused(
        **stamp,
        user=user_of(number(match[2])) if match[2] else None,
        what=match[3],
        by="rom" if _AUTO_START.search(match[5]) else "android",
        package=match[1],
        component=component_name(intent.get("cmp")),
        action=intent.get("act"),
    )


def read_package_added(line: LogLine, stamp: Stamp) -> events.Event | None:
    """A launcher is told of a new package; the line comes once for each that listens."""
    if not line.message.startswith("onPackageAdded: triggering "):
        return None
    match = matched(_PACKAGE_ADDED, line, uncut=True)
    return events.PackageAdded(**stamp, user=number(match[1]), package=match[2])


def read_miui(line: LogLine, stamp: Stamp) -> events.Event | None:
    """What MIUI and HyperOS refused; MIUILOG- lines that say no such thing are of no interest."""
    if line.message.startswith(_MIUI_BEGIN) and " Reject " in line.message:
        rejected = matched(_MIUI_REJECT, line)
        name = rejected[5]
        return events.StartRefused(
            **stamp,
            user=number(rejected[2]),
            what=_MIUI_KINDS.get(rejected[1], "process"),
            by="rom",
            package=rejected[4],
            component=f"{rejected[4]}/{name}" if name and name != "null" else None,
            action=None if rejected[6] in (None, "", "null") else rejected[6],
            caller=rejected[3] or None,
        )
    if match := _MIUI_ACTIVITY.match(line.message):
        return _activity_refused(match, stamp)
    if match := _MIUI_RESTART.match(line.message):
        user = user_of(number(match[2])) if match[2] else None
        return events.StartRefused(**stamp, user=user, what="service", by="rom", package=match[1])
    refused = read_miui_service(line, stamp)
    if refused is None and line.message.startswith(_MIUI_REFUSES):
        raise Unreadable(line.message)
    return refused


def _activity_refused(match: re.Match[str], stamp: Stamp) -> events.Event:
    intent, uid = intent_fields(match[1]), number(match[3])
    component = component_name(intent.get("cmp"))
    return events.StartRefused(
        **stamp,
        user=user_of(uid),
        what="activity",
        by="rom",
        package=component.partition("/")[0] if component else None,
        component=component,
        action=intent.get("act"),
        caller=match[2],
        caller_uid=uid,
    )


def read_oplus(line: LogLine, stamp: Stamp) -> events.Event | None:
    """Read the starts that ColorOS refused."""
    match = _OPLUS.match(line.message)
    if match is None:
        refused = read_oplus_start(line, stamp)
        if refused is None and line.message.startswith(("prevent start ", "prevent restart ")):
            raise Unreadable(line.message)
        return refused
    return events.StartRefused(**stamp, what=match[1], by="rom", package=match[2])


READERS: Mapping[str, Callable[[LogLine, Stamp], events.Event | None]] = {
    "AlarmManager": read_alarm,
    "AlarmManagerService": read_clock,
    "SystemClockTime": read_clock,
    "BroadcastQueue": read_broadcast_queue,
    "BroadcastQueueInjector": read_broadcast_queue,
    "BroadcastQueueImpl": read_broadcast_queue,
    "BroadcastQueueModernStubImpl": read_broadcast_queue,
    "LauncherAppsService": read_package_added,
    "OplusAppStartupManager": read_oplus,
    "AppStart": read_huawei,
}
"""Reader of each tag."""
