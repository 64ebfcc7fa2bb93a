import re

import pytest

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.records.logs import LogEntry
from device_farm.virtual.framework.records.notification_record import Notification
from device_farm.virtual.framework.records.system_records import (
    ActivityRecord,
    Component,
    ComponentKind,
    Intent,
    Package,
    ProcessRecord,
    ServiceRecord,
    Task,
)
from device_farm.virtual.roms.sold_pairs import sold_pairs
from tests.virtual.device_calls import boot, captures

PACKAGE = "com.demoapp.activitydemo"
PAIRS = [(pair.rom, pair.android) for pair in sold_pairs()]


class Told:
    """A device with one more app on it, and the log entries since then."""

    def __init__(self, android: str = "13", rom: str = "aosp") -> None:
        self.device: VirtualDevice = boot(android=android, rom=rom)
        self.device.clock.skip(60)
        self.narrator = self.device.narrator
        name = f"{PACKAGE}/.MainActivity"
        self.process = ProcessRecord(13463, 10108, PACKAGE, PACKAGE, "next-top-activity", name, 1.0)
        self.process.parent_pid = 635
        self.component = Component(ComponentKind.ACTIVITY, PACKAGE, f"{PACKAGE}.MainActivity", PACKAGE)
        self.device.system.packages[PACKAGE] = Package(PACKAGE, "Demo", 10108)
        self.task = Task(51, PACKAGE)
        intent = Intent("android.intent.action.MAIN", categories=["android.intent.category.LAUNCHER"], flags=270532608)
        self.activity = ActivityRecord(245284976, self.component, self.task, intent, 10086, "com.android.launcher3")
        self.activity.process = self.process
        self.task.activities.append(self.activity)
        self.device.logs.clear(*self.device.logs.buffers)

    def entries(self, *buffers: str) -> list[LogEntry]:
        chosen = buffers or ("main", "system", "events", "crash")
        found = [entry for name in chosen for entry in self.device.logs.buffers[name]]
        return sorted(found, key=lambda entry: entry.number)

    def texts(self, *buffers: str) -> list[str]:
        return [f"{entry.tag}: {entry.message}" for entry in self.entries(*buffers)]


def test_a_launch_reads_as_on_an_android_13_phone() -> None:
    # 06-12 18:43:39.049  1711  1906 I am_proc_start: [0,13463,10108,com.demoapp.activitydemo,next-top-activity,{...}]
    told = Told()
    told.narrator.task_created(told.task)
    told.narrator.activity_created(told.activity)
    told.narrator.process_started(told.process)
    told.device.clock.skip(0.362)
    told.narrator.activity_resumed(told.activity)
    name = f"{PACKAGE}/.MainActivity"
    events = [text for text in told.texts("events") if not text.startswith(("am_uid", "wm_task_moved"))]
    assert events == [
        "wm_task_created: [51,-1]",
        "wm_create_task: [0,51]",
        f"wm_create_activity: [0,245284976,51,{name},android.intent.action.MAIN,NULL,NULL,270532608]",
        f"am_proc_start: [0,13463,10108,{PACKAGE},next-top-activity,{{{PACKAGE}/{PACKAGE}.MainActivity}}]",
        f"wm_restart_activity: [0,245284976,51,{name}]",
        f"wm_set_resumed_activity: [0,{name},minimalResumeActivityLocked - onActivityStateChanged]",
        f"wm_on_create_called: [245284976,{PACKAGE}.MainActivity,performCreate]",
        f"wm_on_start_called: [245284976,{PACKAGE}.MainActivity,handleStartActivity]",
        f"wm_on_resume_called: [245284976,{PACKAGE}.MainActivity,RESUME_ACTIVITY]",
        f"wm_on_top_resumed_gained_called: [245284976,{PACKAGE}.MainActivity,topStateChangedWhenResumed]",
        f"wm_activity_launch_time: [0,245284976,{name},362]",
    ]
    assert f"ActivityTaskManager: Displayed {name}: +362ms" in told.texts("system")
    assert f"ActivityManager: Start proc 13463:{PACKAGE}/u0a108 for next-top-activity {{{PACKAGE}/{PACKAGE}.MainActivity}}" in told.texts(
        "system"
    )


def test_the_focus_follows_the_window() -> None:
    told = Told()
    resumed = told.device.system.resumed
    assert resumed is not None
    told.narrator.activity_resumed(resumed)
    told.device.clock.skip(1)
    (event,) = [text for text in told.texts("events") if text.startswith("input_focus")]
    name = "com.android.launcher3/com.android.launcher3.uioverrides.QuickstepLauncher"
    why = "reason=Window became focusable. Previous reason: NOT_VISIBLE"
    assert re.fullmatch(rf"input_focus: \[Focus entering [0-9a-f]+ {re.escape(name)} \(server\),{why}\]", event)


def test_the_back_key_reads_as_on_an_android_13_phone() -> None:
    # 1839  3036 I wm_finish_activity: [0,202905386,155,com.demoapp.activitydemo/.SecondActivity,app-request]
    told = Told()
    told.narrator.activity_resumed(told.activity)
    told.device.logs.clear("events")
    told.narrator.activity_finished(told.activity, "app-request")
    told.narrator.activity_paused(told.activity, "finish")
    told.narrator.activity_destroyed(told.activity, "finish-imm:idle")
    name, class_name = f"{PACKAGE}/.MainActivity", f"{PACKAGE}.MainActivity"
    assert told.texts("events") == [
        f"wm_finish_activity: [0,245284976,51,{name},app-request]",
        f"wm_pause_activity: [0,245284976,{name},userLeaving=false,finish]",
        f"wm_on_top_resumed_lost_called: [245284976,{class_name},topStateChangedWhenResumed]",
        f"wm_on_paused_called: [245284976,{class_name},performPause]",
        f"wm_add_to_stopping: [0,245284976,{name},completeFinishing]",
        f"wm_destroy_activity: [0,245284976,51,{name},finish-imm:idle]",
        f"wm_on_stop_called: [245284976,{class_name},LIFECYCLER_STOP_ACTIVITY]",
        f"wm_on_destroy_called: [245284976,{class_name},performDestroy]",
    ]


def test_coming_back_restarts_only_what_was_stopped() -> None:
    told = Told()
    told.narrator.activity_resumed(told.activity)
    told.narrator.activity_paused(told.activity, "pauseBackTasks")
    told.narrator.activity_stopped(told.activity, "makeInvisible")
    told.device.logs.clear("events")
    told.narrator.activity_resumed(told.activity)
    tags = [entry.tag for entry in told.entries("events")]
    assert tags == [
        "wm_set_resumed_activity", "wm_resume_activity", "wm_on_restart_called", "wm_on_start_called", "wm_on_resume_called",
        "wm_on_top_resumed_gained_called",
    ]  # fmt: skip
    told.narrator.activity_paused(told.activity, "resumeTopActivity")
    told.device.logs.clear("events")
    told.narrator.activity_resumed(told.activity)
    assert "wm_on_restart_called" not in [entry.tag for entry in told.entries("events")]


def test_lifecycle_events_are_written_by_the_app_and_the_rest_by_the_system() -> None:
    told = Told()
    told.narrator.activity_resumed(told.activity)
    system = next(p.pid for p in told.device.system.processes.values() if p.name in ("system", "system_server"))
    for entry in told.entries("events"):
        expected = (13463, 10108) if entry.tag.startswith("wm_on_") else (system, 1000)
        assert (entry.pid, entry.uid) == expected, entry.tag


def test_a_dead_app_writes_nothing() -> None:
    told = Told()
    told.narrator.activity_resumed(told.activity)
    told.process.alive = False
    told.device.logs.clear("events", "main")
    told.narrator.activity_finished(told.activity, "proc died without state saved")
    told.narrator.activity_destroyed(told.activity, "appDied")
    assert [entry.tag for entry in told.entries("events")] == ["wm_finish_activity", "wm_destroy_activity"]
    record = f"ActivityRecord{{e9ec070 u0 {PACKAGE}/.MainActivity}} t51}}"
    assert f"ActivityTaskManager: Force removing {record}: app died, no saved state" in told.texts("system")


def test_system_exit_is_told_from_a_kill_by_activity_manager() -> None:
    # 01-08 15:30:25.919 10079  3238  3238 I AndroidRuntime: VM exiting with result code 0, cleanup skipped.
    # 01-08 15:30:25.949  root   636   636 I Zygote  : Process 3238 exited cleanly (0)
    told = Told()
    told.narrator.runtime_exit(told.process, 0)
    told.narrator.process_gone(told.process, status=0, signal=None, by_am=False)
    texts = told.texts()
    assert "pp.activitydemo: System.exit called, status: 0" in texts
    assert "AndroidRuntime: VM exiting with result code 0, cleanup skipped." in texts
    assert "Zygote: Process 13463 exited cleanly (0)" in texts
    assert f"ActivityManager: Process {PACKAGE} (pid 13463) has died: fg  TOP " in texts
    assert f"am_proc_died: [0,13463,{PACKAGE},0,2]" in texts
    assert not [text for text in texts if text.startswith("am_kill")]

    killed = Told()
    killed.process.adj = 905
    killed.narrator.process_killed(killed.process, "kill background")
    killed.narrator.process_gone(killed.process, status=None, signal=9, by_am=True)
    texts = killed.texts()
    assert f"ActivityManager: Killing 13463:{PACKAGE}/u0a108 (adj 905): kill background" in texts
    assert f"am_kill: [0,13463,{PACKAGE},905,kill background]" in texts
    assert "Zygote: Process 13463 exited due to signal 9 (Killed)" in texts
    assert not [text for text in texts if "has died" in text]


def test_a_crash_is_one_entry_of_the_crash_buffer_and_one_event() -> None:
    told = Told()
    told.device.system.tasks.append(told.task)
    frames = ["com.x.Shop.onResult(shop.py:12)"]
    told.narrator.crashed(told.process, "java.lang.IllegalStateException", "no, really", frames)
    (entry,) = told.entries("crash")
    assert (entry.priority, entry.tag, entry.pid, entry.uid) == ("E", "AndroidRuntime", 13463, 10108)
    assert entry.message.split("\n") == [
        "FATAL EXCEPTION: main",
        f"Process: {PACKAGE}, PID: 13463",
        "java.lang.IllegalStateException: no, really",
        "\tat com.x.Shop.onResult(shop.py:12)",
    ]
    assert f"ActivityTaskManager:   Force finishing activity {PACKAGE}/.MainActivity" in told.texts("system")
    (event,) = told.texts("events")
    assert event == f"am_crash: [13463,0,{PACKAGE},550026820,java.lang.IllegalStateException,no, really,shop.py,12]"


def test_a_message_without_end_is_cut_as_the_log_cuts_it() -> None:
    told = Told()
    told.narrator.crashed(told.process, "java.lang.Error", "x" * 1_000_000, [])
    assert max(len(entry.message) for entry in told.entries()) < 5000


def test_what_the_other_services_say() -> None:
    told = Told()
    service = ServiceRecord(0xA1F0B2B, Component(ComponentKind.SERVICE, "com.demo", "com.demo.PushService", "com.demo"), told.process, 1.0)
    told.narrator.service_created(service)
    told.narrator.service_restart_scheduled(service, 1000, "start-requested")
    told.narrator.notification_posted(Notification("com.demo", 1, "t", "x", 0.0), 10123, 4321, update=False)
    told.narrator.force_stopping("com.threenative.game", 10479, "from pid 14233")
    told.narrator.low_memory_kill(told.process)
    texts = told.texts()
    assert "am_create_service: [0,169806635,.PushService,10108,13463]" in texts
    assert "am_schedule_service_restart: [0,com.demo/.PushService,1000]" in texts
    assert any(text.startswith("notification_enqueue: [10123,4321,com.demo,1,NULL,0,Notification(") for text in texts)
    assert "ActivityManager: Force stopping com.threenative.game appid=10479 user=0: from pid 14233" in texts
    assert (
        f"lowmemorykiller: Kill '{PACKAGE}' (13463), uid 10108, oom_score_adj 0 to free 131072kB rss, 0kB swap; "
        "reason: min watermark is breached even after kill" in texts
    )


@pytest.mark.parametrize(
    ("android", "rom", "front", "priority"),
    [
        ("10", "aosp",
         "Background activity start [callingPackage: com.a; callingUid: 10108; isCallingUidForeground: false; isCallingUidP", "W"),
        ("12", "aosp", "Background activity start [callingPackage: com.a; callingUid: 10108; appSwitchAllowed: true; ", "W"),
        ("12", "harmony", "activity start fail: Background activity start [callingPackage: com.a; callingUid: 10108; ", "W"),
        ("15", "aosp", "Background activity launch blocked! [callingPackage: com.a; callingPackageTargetSdk: 34; callingUid: 10108; ", "E"),
    ],
)  # fmt: skip
def test_a_page_from_the_background_is_checked_and_refused(android: str, rom: str, front: str, priority: str) -> None:
    told = Told(android, rom)
    told.process.proc_state = 11
    told.narrator.background_activity_checked(Intent(component=("com.b", "com.b.Page")), 10108, "com.a", told.process)
    told.narrator.background_activity_aborted(10108)
    checked, aborted = told.entries("system")
    before = front.partition("Background")[0]
    assert (checked.priority, checked.tag, checked.message[: len(front)]) == (priority, "ActivityTaskManager", front)
    assert "; intent: Intent { cmp=com.b/.Page }; callerApp: ProcessRecord{" in checked.message
    assert android == "10" or "; callingUidProcState: RECEIVER; " in checked.message
    assert (aborted.priority, aborted.message) == ("E", f"{before}Abort background activity starts from 10108")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Background execution not allowed: receiving Intent { act=x } to a/.B", "BroadcastQueue"),
        ("Background start not allowed: service Intent { cmp=a/.B } to a/.B", "ActivityManager"),
    ],
)
def test_a_refusal_has_the_tag_of_who_refuses(text: str, tag: str) -> None:
    told = Told()
    told.narrator.start_refused(text)
    assert [(entry.priority, entry.tag, entry.message) for entry in told.entries("system")] == [("W", tag, text)]


@pytest.mark.parametrize(
    ("android", "foreground", "why"),
    [("8.1", "", ""), ("9", " startFg?=false", ""), ("13", " startFg?=false", ""), ("14", " startFg?=false", " for 6")],
)
def test_lines_that_grew_with_android(android: str, foreground: str, why: str) -> None:
    """Since 9 ActiveServices.java says for what kind of start, since 14 CachedAppOptimizer.java why it thawed."""
    told = Told(android, "aosp")
    told.narrator.background_start_refused(Intent("a.b"), told.component, 10086, "com.a", None)
    told.narrator.process_unfrozen(told.process)
    refused = f"service Intent {{ act=a.b }} to {PACKAGE}/.MainActivity from pid=-1 uid=10086 pkg=com.a{foreground}"
    texts = told.texts()
    assert f"ActivityManager: Background start not allowed: {refused}" in texts
    assert f"ActivityManager: sync unfroze 13463 {PACKAGE}{why}" in texts


@pytest.mark.parametrize(
    ("android", "rom", "line"),
    [
        ("15", "coloros", "OplusHansManager: freeze uid: 10108 {package} pids: [13463] scene: LcdOn"),
        ("16", "hyperos", "GreezeManager: FZ uid = 10108 reason =tobg success !"),
        ("15", "oneui", "FreecessController: FZ : {package}(10108) [13463] reason: Bg [cached:X"),
    ],
)
def test_the_freezer_of_a_rom_tells_too(android: str, rom: str, line: str) -> None:
    told = Told(android, rom)
    told.narrator.process_frozen(told.process)
    assert told.texts("system") == [f"ActivityManager: freezing 13463 {PACKAGE}", line.format(package=PACKAGE)]


@pytest.mark.parametrize(
    ("rom", "android", "start"),
    [
        ("aosp", "9", "ActivityManager: START u0 {act=a.b cmp=a/.B} from uid 10086"),
        ("aosp", "13", "ActivityTaskManager: START u0 {act=a.b cmp=a/.B} from uid 10086"),
        ("aosp", "15", "ActivityTaskManager: START u0 {act=a.b cmp=a/.B} with LAUNCH_MULTIPLE from uid 10086"
         " (com.android.launcher3) (BAL_ALLOW_VISIBLE_WINDOW) result code=0"),
    ],
)  # fmt: skip
def test_the_start_line_of_each_age(rom: str, android: str, start: str) -> None:
    told = Told(android, rom)
    told.narrator.start_requested(Intent("a.b"), "a/.B", 10086, "com.android.launcher3", 0)
    assert told.texts("system") == [start]


def test_miui_names_the_caller() -> None:
    # Start proc 7115:com.sui.mutiprocessapplication2/u0a252 for service {...} caller=com.sui.mutiprocessapplication1
    told = Told("13", "miui")
    told.process.caller_package = "com.android.shell"
    told.narrator.process_started(told.process)
    assert told.texts("system")[0].endswith("MainActivity} caller=com.android.shell")


def test_android_9_has_no_braces_and_android_10_one_hosting_type() -> None:
    told = Told("9")
    told.narrator.process_started(told.process)
    assert f"am_proc_start: [0,13463,10108,{PACKAGE},activity,{PACKAGE}/.MainActivity]" in told.texts("events")


@pytest.mark.parametrize(("rom", "android"), PAIRS)
def test_every_version_can_tell_everything(rom: str, android: str) -> None:
    told = Told(android, rom)
    narrator, activity, process, task = told.narrator, told.activity, told.process, told.task
    told.device.system.tasks.append(task)
    service = ServiceRecord(1, told.component, process, 1.0)
    narrator.start_requested(activity.intent, activity.component.short, 10086, None, 0)
    narrator.task_created(task)
    narrator.task_to_front(task)
    narrator.activity_created(activity)
    narrator.process_started(process)
    narrator.process_bound(process)
    narrator.activity_resumed(activity)
    narrator.permission_result(PACKAGE, 10108, "android.permission.CAMERA", 6)
    narrator.service_created(service)
    narrator.service_restart_scheduled(service, 1000, "start-requested")
    narrator.service_destroyed(service)
    narrator.notification_posted(Notification(PACKAGE, 1, "t", "x", 0.0), 10108, 13463, update=False)
    narrator.activity_paused(activity, "pauseBackTasks")
    narrator.activity_stopped(activity, "makeInvisible")
    narrator.task_moved_to_back(task)
    narrator.anr(process, "Input dispatching timed out")
    narrator.runtime_exit(process, 1)
    narrator.crashed(process, "java.lang.Error", "", [])
    narrator.low_memory_kill(process)
    narrator.force_stopping(PACKAGE, 10108, "from pid 1")
    narrator.process_killed(process, "remove task")
    narrator.process_gone(process, status=None, signal=9, by_am=True)
    narrator.activity_finished(activity, "force-stop")
    narrator.activity_destroyed(activity, "force-stop")
    narrator.task_removed(task)
    texts = told.texts()
    assert [text for text in texts if "{" in text and re.search(r"\{[a-z_]+\}", text)] == []
    prefix = "wm" if android not in ("8.1", "9", "10") else "am"
    assert [text for text in texts if text.startswith(f"{prefix}_finish_activity: [0,245284976,51,")]
    declared = {line.split()[1] for line in told.device.rom.event_log_tags().splitlines()}
    assert {entry.tag for entry in told.entries("events")} <= declared


def test_the_same_happenings_give_the_same_log() -> None:
    def texts() -> list[str]:
        told = Told()
        told.narrator.process_started(told.process)
        told.narrator.process_bound(told.process)
        told.narrator.activity_resumed(told.activity)
        return told.texts()

    assert texts() == texts()


def kinds(values: str) -> list[bool]:
    """Of each value, whether it is a number."""
    return [value.lstrip("-").isdigit() for value in values.split(",")]


def test_events_have_the_shape_of_the_real_capture() -> None:
    """Each tag that a Pixel with Android 10 wrote and we write too has as many values of the same kinds."""
    path = captures() / "logcat" / "pixel_sailfish_android10_logcat_events.txt"
    real: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        found = re.match(r"\S+ \S+ +\S+ +\d+ +\d+ I (\w+) *: \[(.*)\]$", line)
        if found:
            real.setdefault(found[1], found[2])
    told = Told("10")
    told.narrator.process_started(told.process)
    told.narrator.process_bound(told.process)
    told.narrator.activity_resumed(told.activity)
    told.narrator.activity_paused(told.activity, "pauseBackTasks")
    told.narrator.activity_stopped(told.activity, "makeInvisible")
    told.narrator.activity_resumed(told.activity)
    told.narrator.process_killed(told.process, "empty #17")
    told.narrator.process_gone(told.process, status=None, signal=9, by_am=True)
    compared = set()
    for entry in told.entries("events"):
        if entry.tag in real:
            ours, theirs = kinds(entry.message[1:-1]), kinds(real[entry.tag])
            assert ours == theirs, entry.tag
            compared.add(entry.tag)
    assert compared >= {
        "am_proc_start", "am_proc_bound", "am_kill", "am_proc_died", "am_set_resumed_activity", "am_resume_activity",
        "am_on_restart_called", "am_on_start_called", "am_on_resume_called",
    }  # fmt: skip
