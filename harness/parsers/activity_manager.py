"""Text lines of the tags ActivityManager and ActivityTaskManager -> events.

Both come from system_server; Android 10 moved START and moveTaskToBack to the second tag. Only lines that begin with
one of the words of ``READERS`` are read, all others are irrelevant. Sources, all in frameworks/base/services/core/java/
com/android/server: am/ProcessList.java (Start proc), am/ActivityManagerService.java (has died, Force stopping),
am/ProcessRecord.java (Killing), am/CachedAppOptimizer.java (freezing, unfroze), am/ActiveServices.java (Background
start, Scheduling restart), wm/ActivityStarter.java (START), wm/Task.java (moveTaskToBack).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from harness import events
from harness.parsers import triggers
from harness.parsers.log_fields import (
    CLASS,
    Stamp,
    Unreadable,
    component_name,
    formatted_uid,
    intent_fields,
    matched,
    needed_component,
    number,
    package_of,
    process_name,
    user_of,
)
from harness.parsers.logcat import LogLine

# Start proc 3663:com.android.keychain/1000 for service {com.android.keychain/com.android.keychain.KeyChainService}
# Start proc 7115:com.b/u0a252 for service {com.b/com.b.MyService} caller=com.a            MIUI and HyperOS only
# Start proc 8211:com.x:sandboxed_process0:org.x.Sandboxed0:0/u0a162i27 for  {com.x/org.x.Sandboxed0:0}   no kind
# Start proc 8212:WebViewLoader-armeabi-v7a/1037 [android.webkit.WebViewFactory$RelroFileCreator] for        and no name
_START_PROC = re.compile(r"Start proc (\d+):([^/]+)/(\S+)(?: \[[^\]]*\])? for ?(.*?)(?: caller=(\S+))?\s*$")
# The hosting types of HostingRecord.java that hold a blank; every other type ends at the first one.
_HOSTING = re.compile(r"(content provider|added application|link fail|\S*)(?: (.*))?$")
# Killing 2745:com.android.contacts/u0a90 (adj 985): empty #17
# Killing 2745:com.x/u0a275 (adj 935, setSvc -10000): empty #31                                   Motorola
_KILLING = re.compile(r"Killing (\d+):([^/]+)/(\S+) \(adj (-?\d+)(?:, \w+ -?\d+)*\): ?(.*)$")
# Process com.qualcomm.ltebc_vzw (pid 3238) has died: fore SVC        (8: nothing after "died")
_HAS_DIED = re.compile(r"Process (\S+) \(pid (\d+)\) has died\b")
# Force stopping com.threenative.game appid=10479 user=0: from pid 14233
_FORCE_STOPPING = re.compile(r"Force stopping (\S+) appid=-?\d+ user=(-?\d+): ?(.*)$")
# START u0 {act=android.intent.action.MAIN cmp=com.x/.Main} from uid 10057 on display 0                      8
# START u0 {xflg=0x5 cmp=com.x/.Main} with LAUNCH_MULTIPLE from uid 2000 (BAL_ALLOW_PERMISSION) result code=0     15
# START u0 {cmp=com.x/.Main} with LAUNCH_SINGLE_TASK from uid 10162 from pid 2449 callingPackage com.miui.home
#   (sr=144651739) (BAL_ALLOW_VISIBLE_WINDOW) result code=0                                      HyperOS, one line
# START u0 {cmp=com.x/.Main mCallingUid=10069} from uid 10069 and from pid 3863                          ColorOS 11
# START u0 {cmp=com.x/.Main} with LAUNCH_SINGLE_TASK from uid 0 from pid 0 callingPackage null callers:
#   com.android.server.wm.RootWindowContainer.lambda$startHome$11:1607 com.android.server.wm.A$$Lambda50.apply:0
#   (BAL_ALLOW_ALLOWLISTED_UID) result code=2                                       MIUI and HyperOS of 2025, one line
# START u0 {cmp=com.x/.Main} with LAUNCH_MULTIPLE from uid 2000 (BAL_ALLOW_PERMISSION (a.PERMISSION granted))    ColorOS
_START = re.compile(
    r"START u(?P<user>\d+) \{(?P<intent>.*)\}(?P<mode> with \S+)? from uid (?P<uid>-?\d+)"
    r"(?P<more>(?:,? +(?:\((?:[^()]|\([^()]*\))*\)|(?:(?:and )?from )?pid -?\d+|on display \d+|callingPackage[ =:]+\S+"
    r"|callers:(?P<stack>(?: [\w.$]+:-?\d+)*)|(?!result code)\w+[=:] ?\S+))*)"
    r"(?: result code=(?P<result>-?\d+))?\s*$",
    re.S,
)
# (it.f0x.playground)                         HyperOS: callingPackage com.miui.home
_CALLING_PACKAGE = re.compile(r" (?:\(|callingPackage[ =:]+)(\w+(?:\.\w+)+)(?:[,)\s]|$)")
_SYSTEM_CODE = "com.android.server."
# moveTaskToBack: Task{7ea9d7d #22 type=standard I=com.skip.finance/.MainActivity}                12+
# moveTaskToBack: TaskRecord{1c5a9d3 #22 A=com.skip.finance U=0 StackId=1 sz=1}                    8 to 10
_TO_BACK = re.compile(r"moveTaskToBack: \w+\{\w+ #(\d+)\b(.*)\}")
_ROOT_ACTIVITY = re.compile(rf" I=([\w.]+/{CLASS})")
# U=0
_TASK_USER = re.compile(r" U=(\d+)")
# Displayed com.x/.Main: +1s265ms            15: "Displayed com.x/.Main for user 0: +265ms"
# Displayed com.x/.Main for user 0: +1s199ms COLD                                     16, of MediaTek
_DISPLAYED = re.compile(
    rf"Displayed ([\w.]+/{CLASS})(?: for user (\d+))?: \+((?:\d+[dhms]+)+)(?: \(total .*\))?(?: (?:COLD|WARM|HOT|RELAUNCH))?\s*$"
)
# 1s265ms
_TIME_PART = re.compile(r"(\d+)(d|h|ms|m|s)")
_MS = {"d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
# freezing 9043 com.samsung.android.cameraxservice                                      CachedAppOptimizer.java
# freezing 9043 com.x, reason = oom_cached                                              makers' builds
# freezing 9043 com.x, reason = moto_freezer, adj=915                                   Motorola
# sync unfroze 9043 com.x for 6                                       14 and later: why (UNFREEZE_REASON_...)
# froze 9043 com.x                                                    11 and 12, of builds that are debugged
_FREEZING = re.compile(r"(freezing|froze|sync unfroze|unfroze) (\d+) ([^\s,]+)(?: for -?\w+|(?:, \w+ ?[=:] ?[^\s,]+)*)\s*$")
_BEGINS_SO = re.compile(r"(?:freezing|froze|sync unfroze|unfroze) \d+ [^\s,]+(?:$|,| for )")
# Background started FGS: Allowed [callingPackage: com.x; callingUid: 10123; uidState: TOP; intent: Intent { cmp=com.x/.S }  # noqa: W505
_STARTED_FGS = re.compile(
    r"Background started FGS: (Allowed|Disallowed) \[callingPackage: (\S+?); callingUid: (-?\d+);(?:.*?; intent: Intent \{(.*?)\})?"
)
# Background start not allowed: service Intent { cmp=com.x/.S } to com.x/.S from pid=1 uid=10123 pkg=com.a          8.x
# Background start not allowed: service Intent { cmp=com.x/.S } to com.x/.S from pid=1 uid=10123 pkg=com.a startFg?=false  # noqa: W505
_NOT_STARTED = re.compile(
    rf"Background start not allowed: service Intent \{{(.*)\}} to ([\w.]+/{CLASS}(?::\S+)?) from pid=-?\d+ uid=(-?\d+) pkg=(\S+)"
    r"( startFg\?=|\s*$)"
)
# Scheduling restart of crashed service com.x/.Push in 1000ms                     to 11
# Rescheduling restart of crashed service com.x/.Push in 69890ms for mem-pressure-event           12 and later
_RESTART = re.compile(r"(?:S|Res)cheduling restart of crashed service (\S+) in (\d+)ms(?: for |\s*$)")
# Sending non-protected broadcast com.x.ACTION from system 929:system/1000 pkg android
_BROADCAST = re.compile(r"Sending non-protected broadcast (\S+) from system (?:(\d+):([^/\s]+)/(\w+)|uid (\w+)) pkg (\S+)\s*$")


def _process_started(line: LogLine, stamp: Stamp) -> events.Event:
    match = _START_PROC.match(line.message)
    hosting = _HOSTING.match(match[4]) if match else None
    if match is None or hosting is None or not (line.whole or line.message.endswith("}")):
        raise Unreadable(line.message)
    process, component, uid = process_name(match[2]), component_name(hosting[2]), formatted_uid(match[3])
    return events.ProcessStarted(
        **stamp,
        user=user_of(uid),
        pid=number(match[1]),
        uid=uid,
        process=process,
        package=package_of(process, component),
        hosting_type="" if hosting[1] == "null" else hosting[1],
        component=component,
        caller=None if match[5] == "null" else match[5],
    )


def _process_killed(line: LogLine, stamp: Stamp) -> events.Event:
    match = matched(_KILLING, line)
    return events.ProcessKilled(
        **stamp,
        user=user_of(formatted_uid(match[3])),
        pid=number(match[1]),
        process=process_name(match[2]),
        reason=match[5],
        adj=number(match[4]),
    )


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
    user = number(match[2])
    return events.ForceStopped(**stamp, user=user if user >= 0 else None, package=match[1], reason=match[3])


def _activity_started(line: LogLine, stamp: Stamp) -> events.Event:
    """In 8 to 12L the line ends with the uid: if the line itself was cut, its uid may be too, and is not believed.

    14 and later print the launch mode and always the result: without it the line was cut.
    """
    match = _START.match(line.message)
    if match is None or (not line.whole and match.end("uid") == len(line.message)):
        raise Unreadable(line.message)
    if (match["mode"] and not match["result"]) or ": START u" in match["intent"]:
        raise Unreadable(line.message)
    intent = intent_fields(match["intent"])
    return events.ActivityStarted(
        **stamp,
        user=number(match["user"]),
        component=component_name(intent.get("cmp")),
        action=intent.get("act"),
        from_uid=number(match["uid"]),
        data=intent.get("dat"),
        **_caller(match),
        result=number(match["result"]) if match["result"] else None,
    )


def _caller(start: re.Match[str]) -> dict[str, Any]:
    """The package that is printed; where none is, the system if the printed stack is all its own code."""
    if printed := _CALLING_PACKAGE.search(start["more"]):
        return {"caller": printed[1]}
    frames = (start["stack"] or "").split()
    return {"caller": "android", "by_stack": True} if frames and all(frame.startswith(_SYSTEM_CODE) for frame in frames) else {}


def _task_moved_to_back(line: LogLine, stamp: Stamp) -> events.Event:
    match = matched(_TO_BACK, line)
    root, user = _ROOT_ACTIVITY.search(match[2]), _TASK_USER.search(match[2])
    return events.TaskMovedToBack(
        **stamp, user=number(user[1]) if user else None, task=number(match[1]), component=root[1] if root else None
    )


def _displayed(line: LogLine, stamp: Stamp) -> events.Event:
    match = matched(_DISPLAYED, line, uncut=True)
    parts = _TIME_PART.findall(match[3])
    return events.ActivityDisplayed(
        **stamp,
        user=number(match[2]) if match[2] else None,
        component=match[1],
        milliseconds=sum(int(count) * _MS[unit] for count, unit in parts),
    )


def _frozen(line: LogLine, stamp: Stamp) -> events.Event | None:
    """Other lines begin with these words too: only a pid and a name are a fact."""
    match = _FREEZING.match(line.message)
    if match is None or not line.whole:
        if _BEGINS_SO.match(line.message):
            raise Unreadable(line.message)
        return None
    return events.ProcessFrozen(**stamp, pid=number(match[2]), process=process_name(match[3]), frozen=match[1] in ("freezing", "froze"))


def _background_service(line: LogLine, stamp: Stamp) -> events.Event:
    match = _NOT_STARTED.match(line.message)
    if match and "Background start not" not in match[1] and (line.whole or match[5].strip()):
        intent, uid, component = intent_fields(match[1]), number(match[3]), match[2]
        return _refused(stamp, "service", component, uid, caller=match[4], action=intent.get("act"))
    match = matched(_STARTED_FGS, line)
    intent, uid, caller = intent_fields(match[4] or ""), number(match[3]), match[2]
    component = component_name(intent.get("cmp"))
    if match[1] == "Disallowed":
        return _refused(stamp, "service", component, uid, caller=caller, action=intent.get("act"))
    return events.ServiceStarted(**stamp, user=user_of(uid), component=component, caller=caller, caller_uid=uid)


def _background_start(line: LogLine, stamp: Stamp) -> events.Event | None:
    if not line.message.startswith(("Background started FGS: ", "Background start not allowed: service ")):
        return None
    return _background_service(line, stamp)


def _restart_scheduled(line: LogLine, stamp: Stamp) -> events.Event:
    """The text beside ``am_schedule_service_restart``, which tells the user too."""
    match = matched(_RESTART, line)
    return events.ServiceRestartScheduled(**stamp, component=needed_component(match[1]), delay_ms=number(match[2]))


def _refused(
    stamp: Stamp, what: str, component: str | None, uid: int, *, caller: str | None = None, action: str | None = None
) -> events.StartRefused:
    return events.StartRefused(
        **stamp,
        user=user_of(uid),
        what=what,
        by="android",
        package=component.partition("/")[0] if component else None,
        component=component,
        action=action,
        caller=caller,
        caller_uid=uid,
    )


def _broadcast_sent(line: LogLine, stamp: Stamp) -> events.Event:
    match = matched(_BROADCAST, line)
    action, pid, process, process_uid, uid_text, package = match.groups()
    uid = formatted_uid(process_uid or uid_text)
    return events.BroadcastSent(
        **stamp,
        user=user_of(uid),
        action=action,
        caller=None if package == "null" else package,
        process=process,
        pid=number(pid) if pid else None,
        uid=uid,
    )


READERS: Mapping[str, Callable[[LogLine, Stamp], events.Event | None]] = {
    "Start proc ": _process_started,
    "Killing ": _process_killed,
    "Process ": _process_died,
    "Force stopping ": _force_stopped,
    "START u": _activity_started,
    "moveTaskToBack: ": _task_moved_to_back,
    "Displayed ": _displayed,
    "freezing ": _frozen,
    "froze ": _frozen,
    "sync unfroze ": _frozen,
    "unfroze ": _frozen,
    "Background start": _background_start,
    "Scheduling restart of crashed service ": _restart_scheduled,
    "Rescheduling restart of crashed service ": _restart_scheduled,
    "Unable to launch app ": triggers.read_not_launched,
    "Sending non-protected broadcast ": _broadcast_sent,
}
"""Reader of each line by its first words."""

_BY_FIRST_WORD = {words.partition(" ")[0]: (words, reader) for words, reader in READERS.items()}


def read(line: LogLine, stamp: Stamp) -> events.Event | None:
    """Read a line of one of the two tags; None if it is none of ours; raises Unreadable."""
    found = _BY_FIRST_WORD.get(line.message.partition(" ")[0])
    if found is None or not line.message.startswith(found[0]):
        return None
    return found[1](line, stamp)
