"""What was set going or refused, and the user that each fact belongs to."""

import pytest

from harness.events import Instant, Source
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader

HEAD = "1790827200.000000  1000   929   981 I "


def told(*lines: str, every_tag: bool = False) -> tuple[list[tuple[str, dict[str, object]]], int]:
    reader, interpreter = LogcatReader(), Interpreter(Source.SYSTEM, every_tag=every_tag)
    found = [
        (event.kind, event.details())
        for log_line in reader.feed("".join(f"{HEAD}{line}\n" for line in lines).encode())
        for event in interpreter.feed(log_line, Instant(0, 0.0))
    ]
    return found, interpreter.unknown


REFUSED = {"component": None, "action": None, "caller": None, "caller_uid": None}


@pytest.mark.parametrize(
    ("line", "kind", "fields"),
    [
        (
            "ActivityTaskManager: START u0 {act=android.intent.action.MAIN cat=[android.intent.category.LAUNCHER] flg=0x10200000 "
             "xflg=0x4 cmp=com.bigdrops.app/.MainActivity bnds=[53,25][233,205] (has extras)} with LAUNCH_SINGLE_TASK from uid "
             "10162 from pid 2449 callingPackage com.miui.home (sr=144651739) (BAL_ALLOW_VISIBLE_WINDOW) result code=0",
            "activity_started",
            {"user": 0, "component": "com.bigdrops.app/.MainActivity", "action": "android.intent.action.MAIN", "from_uid": 10162,
             "data": None, "caller": "com.miui.home", "by_stack": False, "result": 0},
        ),
        ("ActivityTaskManager: Displayed com.x/.Main for user 10: +1s265ms", "activity_displayed",
         {"user": 10, "component": "com.x/.Main", "milliseconds": 1265}),
        ("ActivityTaskManager: Displayed com.x/l.\u06e2 for user 10: +1s265ms COLD", "activity_displayed",
         {"user": 10, "component": "com.x/l.\u06e2", "milliseconds": 1265}),
        ("ActivityManager: freezing 9043 com.samsung.android.cameraxservice", "process_frozen",
         {"user": None, "pid": 9043, "process": "com.samsung.android.cameraxservice", "frozen": True}),
        ("am_foreground_service_start: [11,com.x/.Music,1,SYSTEM_ALERT_WINDOW_PERMISSION,34,34,0,0,1,0,0,2]", "service_started",
         {"user": 11, "component": "com.x/.Music", "caller": None, "caller_uid": None, "foreground": True}),
        ("ActivityManager: Background started FGS: Allowed [callingPackage: com.a; callingUid: 10123; uidState: RCVR; "
         "uidBFSL: n/a; intent: Intent { act=go cmp=com.x/.Sync }; code:PUSH_MESSAGING; tempAllowListReason:<null>]", "service_started",
         {"user": 0, "component": "com.x/.Sync", "caller": "com.a", "caller_uid": 10123, "foreground": True}),
        ("ActivityManager: Background started FGS: Disallowed [callingPackage: com.a; callingUid: 1010123; uidState: SVC; "
         "intent: Intent { act=go cmp=com.x/.Sync }; code:DENIED]", "start_refused", REFUSED |
         {"user": 10, "what": "service", "by": "android", "package": "com.x", "component": "com.x/.Sync"} |
         {"action": "go", "caller": "com.a", "caller_uid": 1010123}),
        ("ActivityManager: Background start not allowed: service Intent { act=go cmp=com.x/.Sync } to com.x/.Sync from pid=71 "
         "uid=10123 pkg=com.a startFg?=false", "start_refused", REFUSED |
         {"user": 0, "what": "service", "by": "android", "package": "com.x", "component": "com.x/.Sync"} |
         {"action": "go", "caller": "com.a", "caller_uid": 10123}),
        (  # 8.x, ActiveServices.java of android-8.1
            "ActivityManager: Background start not allowed: service Intent { act=go cmp=com.x/.Sync (has extras) } to com.x/.Sync "
            "from pid=71 uid=10123 pkg=com.a",
            "start_refused",
            REFUSED
            | {"user": 0, "what": "service", "by": "android", "package": "com.x", "component": "com.x/.Sync"}
            | {"action": "go", "caller": "com.a", "caller_uid": 10123},
        ),
        ("BroadcastQueue: Background execution not allowed: receiving Intent { act=android.intent.action.PACKAGE_ADDED "
         "dat=package:com.y flg=0x4000010 } to com.x/.Receiver", "start_refused", REFUSED |
         {"user": None, "what": "broadcast", "by": "android", "package": "com.x", "component": "com.x/.Receiver"} |
         {"action": "android.intent.action.PACKAGE_ADDED"}),
        ("BroadcastQueueInjector: Unable to launch app com.tailscale.ipn/99910371 for broadcast Intent { act=x }: process is not "
         "permitted to auto start", "start_refused", REFUSED |
         {"user": 999, "what": "broadcast", "by": "rom", "package": "com.tailscale.ipn", "action": "x"}),
        ("ActivityManager: Unable to launch app com.x/10371 for service Intent { cmp=com.x/.Push }: process is bad", "start_refused",
         REFUSED | {"user": 0, "what": "service", "by": "android", "package": "com.x", "component": "com.x/.Push"}),
        ("WakePathChecker: MIUILOG-AutoStart, BindService Reject userId= 0 caller= com.a callee= com.b "
         "classname=com.b.Push action=null wakeType=8", "start_refused", REFUSED |
         {"user": 0, "what": "service", "by": "rom", "package": "com.b", "component": "com.b/com.b.Push", "caller": "com.a"}),
        ("ActivityTaskManager: Abort background activity starts from 10445", "start_refused",
         REFUSED | {"user": 0, "what": "activity", "by": "android", "package": None, "caller_uid": 10445}),
        ("OplusAppStartupManager: prevent restart service, pkgName = com.x", "start_refused",
         REFUSED | {"user": None, "what": "service", "by": "rom", "package": "com.x"}),
        ("ActivityManager: Sending non-protected broadcast com.sec.NSD from system 1754:system/1000 pkg android", "broadcast_sent",
         {"user": 0, "action": "com.sec.NSD", "caller": "android", "process": "system", "pid": 1754, "uid": 1000}),
        ("AlarmManager: sending alarm Alarm{aa90550 type 3 when 509142332 PendingIntent{1749923: PendingIntentRecord{9600e20 "
         "com.android.phone broadcastIntent}}},repeatInterval = 0,listenerTag =null", "alarm_fired",
         {"user": None, "package": "com.android.phone", "alarm_type": 3, "tag": None, "uid": None}),
        ("AlarmManager: sending alarm Alarm{1fbf6ba type 2 origWhen 146355 whenElapsed 146355 com.x} *walarm*:com.x/.Wake", "alarm_fired",
         {"user": None, "package": "com.x", "alarm_type": 2, "tag": "*walarm*:com.x/.Wake", "uid": None}),
        ("AlarmManager: sending alarm Alarm{1fbf6ba type 0 origWhen 1 whenElapsed 2 com.x} uid 1010437", "alarm_fired",
         {"user": 10, "package": "com.x", "alarm_type": 0, "tag": None, "uid": 1010437}),
        (  # ColorOS on 15 and 16
            "AlarmManager: sending alarm Alarm{1fbf6ba type 3 origWhen 1 whenElapsed 2 com.x} uid 1010437 whenElapsed 2 windowLength "
            "5 maxWhenElapsed 7 repeatInterval 0 action null component ComponentInfo{com.x/com.x.Wake} tag null flags 0x9 procName x",
            "alarm_fired",
            {"user": 10, "package": "com.x", "alarm_type": 3, "tag": "com.x/com.x.Wake", "uid": 1010437},
        ),
        ("ActivityManager: Scheduling restart of crashed service com.x/.Push in 1000ms", "service_restart_scheduled",
         {"user": None, "component": "com.x/.Push", "delay_ms": 1000}),
        ("ActivityManager: Rescheduling restart of crashed service com.x/.Push in 69890ms for mem-pressure-event",
         "service_restart_scheduled", {"user": None, "component": "com.x/.Push", "delay_ms": 69890}),
        ("BroadcastQueue: Unable to launch app com.x/10371 for broadcast Intent { act=x }: process is not permitted to autostart",
         "start_refused", REFUSED | {"user": 0, "what": "broadcast", "by": "rom", "package": "com.x", "action": "x"}),
        ("ActivityStarterImpl: MIUILOG- Permission Denied Activity KeyguardLocked: Intent { act=go cmp=com.b/.Main } pkg : com.a "
         "uid : 10123", "start_refused", REFUSED |
         {"user": 0, "what": "activity", "by": "rom", "package": "com.b", "component": "com.b/.Main"} |
         {"action": "go", "caller": "com.a", "caller_uid": 10123}),
        ("LauncherAppsService: onPackageAdded: triggering onPackageAdded for user=UserHandle{10}, packageName=com.y", "package_added",
         {"user": 10, "package": "com.y"}),
        ("AlarmManagerService: Setting time of day to sec=1790830800", "clock_changed", {"seconds": 3600.0, "to": 1790830800.0}),
    ],
)  # fmt: skip
def test_line_and_its_event(line: str, kind: str, fields: dict[str, object]) -> None:
    assert told(line) == ([(kind, fields)], 0)


CALLER = "[callingPackage: com.a; callingUid: 10123; appSwitchState: 2; "
TARGETED = CALLER.replace("callingUid", "callingPackageTargetSdk: 36; callingUid")
ASKED = "intent: Intent { act=go cmp=com.b/.Page (has extras) }; callerApp: ProcessRecord{1f 71:com.a/u0a123}; inVisibleTask: false]"
ABORTED = "Abort background activity starts from 10123"


@pytest.mark.parametrize(
    ("check", "before"),
    [  # the last is of 16
        (f"Background activity start {CALLER}isCallingUidForeground: false; {ASKED}", ""),
        (f"Background activity start {CALLER}isCallingUidForeground: false; {ASKED}", "activity start fail: "),
        (f"Background activity launch blocked! {CALLER}callingUidHasAnyVisibleWindow: false; {ASKED}", ""),
        (f"Background activity launch blocked! goo.gle/android-bal {TARGETED}callingPid: 71; {ASKED}", ""),
    ],
)
def test_a_refused_page_is_told_with_what_the_check_before_it_says(check: str, before: str) -> None:
    refused = REFUSED | {"user": 0, "what": "activity", "by": "android", "package": None, "caller_uid": 10123}
    known = {"package": "com.b", "component": "com.b/.Page", "action": "go", "caller": "com.a"}
    checked, aborted = f"ActivityTaskManager: {before}{check}", f"ActivityTaskManager: {before}{ABORTED}"
    assert told(checked) == ([], 0)
    assert told(checked, aborted, aborted) == ([("start_refused", refused | known), ("start_refused", refused)], 0)
    assert told(checked, aborted.replace("10123", "10124")) == ([("start_refused", refused | {"caller_uid": 10124})], 0)


@pytest.mark.parametrize(
    "line",
    [
        "AlarmManager: sending alarm Alarm{aa90550 type 3 wh",
        "SystemClockTime: Setting time of day to sec=",
        "ActivityManager: Background started FGS: Allowed [callingPackage: com.a; calli",
        "ActivityTaskManager: Displayed com.x/.Main for us",
        "ActivityTaskManager: START u0 {cmp=com.x/.Main} from uid 101 09-28 13:47:34.777 I ActivityManager: Killing 1:com.y/u0a1",
        "LauncherAppsService: onPackageAdded: triggering onPackageAdded for user=UserHandle{10}, pack",
        "ActivityTaskManager: Abort background activity starts",
        "ActivityTaskManager: Background activity launch blocked! [callingPack",
        "ActivityManager: Rescheduling restart of crashed service com.x/.Push in 69",
        "ActivityStarterImpl: MIUILOG- Permission Denied Activity : PendingIntent{1f: PendingIntentRecord{2a com.a startActivity}}",
        "AutoStartManagerService: MIUILOG- Reject service by name",
        "OplusAppStartupManager: prevent start of something else",
    ],
)
def test_line_that_is_cut_is_counted(line: str) -> None:
    assert told(line) == ([], 1)


@pytest.mark.parametrize(
    "line",
    [
        "AlarmManager: remove(PendingIntent{19abed0: PendingIntentRecord{a485420 com.tencent.qt.qtl broadcastIntent}",
        "LauncherAppsService: onPackageAdded: Skipping - package filtered for user=UserHandle{0}, packageName=com.x",
        "ActivityManager: Background restart of nothing",
        "ActivityTaskManager: Background activity start for com.a allowed because SYSTEM_ALERT_WINDOW permission is granted.",
    ],
)
def test_line_of_no_interest(line: str) -> None:
    assert told(line) == ([], 0)


@pytest.mark.parametrize(
    ("line", "user"),
    [
        ("am_proc_start: [999,4001,99910077,com.tencent.mm,service,{com.tencent.mm/com.tencent.mm.Push}]", 999),
        ("ActivityManager: Start proc 4001:com.tencent.mm/u999a77 for service {com.tencent.mm/com.tencent.mm.Push}", 999),
        ("am_kill : [10,2617,com.work,985,empty #17]", 10),
        ("ActivityManager: Killing 2745:com.work/u10a90 (adj 985): empty #17", 10),
        ("ActivityManager: Force stopping com.clone appid=10479 user=95: from pid 14233", 95),
        ("wm_create_activity: [150,227001158,86,com.x/.Main,NULL,NULL,NULL,0]", 150),
        ("wm_set_resumed_activity: [11,com.x/.Main,resumeTopActivity]", 11),
        ("ActivityTaskManager: START u10 {cmp=com.x/.Main} from uid 1010123", 10),
    ],
)
def test_clones_profiles_and_second_spaces_are_kept_apart(line: str, user: int) -> None:
    ((_, fields),), unknown = told(line)
    assert (fields["user"], unknown) == (user, 0)


@pytest.mark.parametrize(
    ("line", "tag", "user", "values"),
    [
        ("am_uid_idle: 1010044", "am_uid_idle", 10, {"uid": "1010044"}),
        ("notification_panel_hidden: ", "notification_panel_hidden", None, {}),
        ("sysui_multi_action: [757,1696,758,6]", "sysui_multi_action", None, {"content": "757,1696,758,6"}),
        ("am_on_resume_called: [0,com.x.Launcher,RESUME_ACTIVITY]", "am_on_resume_called", 0,
         {"user": "0", "componentname": "com.x.Launcher", "reason": "RESUME_ACTIVITY"}),
        ("wm_on_resume_called: [32205519,com.x.Launcher,RESUME_ACTIVITY,1]", "wm_on_resume_called", None,
         {"token": "32205519", "componentname": "com.x.Launcher", "reason": "RESUME_ACTIVITY", "time": "1"}),
        ("am_pss: [broken", "am_pss", None, {"body": "[broken"}),
    ],
)  # fmt: skip
def test_tag_without_an_event_of_its_own(line: str, tag: str, user: int | None, values: dict[str, str]) -> None:
    assert told(line, every_tag=True) == ([("tag_logged", {"user": user, "tag": tag, "values": values})], 0)
    assert told(line) == ([], 0)


def test_second_start_of_logcat_is_a_gap_and_doubles_nothing_away() -> None:
    line = f"{HEAD}am_proc_bound: [0,3663,com.x]\n"
    reader, interpreter = LogcatReader(), Interpreter(Source.EVENTS)
    text = f"--------- beginning of events\n{line}--------- beginning of events\n{line}"
    kinds = [event.kind for read in reader.feed(text.encode()) for event in interpreter.feed(read, Instant(0, 0.0))]
    assert kinds == ["process_bound", "log_gap", "process_bound"]
