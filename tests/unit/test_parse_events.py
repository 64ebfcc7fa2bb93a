from typing import Any

import pytest

from harness import events as ev
from harness.events import Event, Instant, Ref, Source
from harness.parsers import event_readers
from harness.parsers.event_tags import EventTags
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader, LogLine

AT = Instant(1, 70.5)
HEAD = "01-08 15:30:13.573  1000   929   981 I "


def lines_of(text: str) -> list[LogLine]:
    reader = LogcatReader()
    return [*reader.feed(text.encode()), *reader.finish()]


def interpret(text: str, **options: Any) -> tuple[list[Event], int]:
    """Events of a text, and how many of its lines could not be understood."""
    interpreter = Interpreter(Source.SYSTEM, **options)
    found = [event for line in lines_of(text) for event in interpreter.feed(line, AT)]
    return found + interpreter.finish(), interpreter.unknown


def said(tag: str, message: str, *, head: str = HEAD) -> tuple[str, dict[str, object]]:
    """Kind and fields of the one event of a line, but for its user, which has tests of its own."""
    (event,), unknown = interpret(f"{head}{tag}: {message}\n")
    assert unknown == 0
    fields = event.details()
    fields.pop("user", None)
    return event.kind, fields


def not_understood(tag: str, message: str, *, head: str = HEAD) -> bool:
    found, unknown = interpret(f"{head}{tag}: {message}\n")
    return not found and unknown == 1


def irrelevant(tag: str, message: str) -> bool:
    return interpret(f"{HEAD}{tag}: {message}\n") == ([], 0)


# --- the events buffer: names of 8 to 10 and of 11+, real lines from captures ----------------------------------------


@pytest.mark.parametrize(
    ("tag", "body", "kind", "fields"),
    [
        ("am_proc_start", "[0,23134,10032,com.android.chrome,broadcast,com.android.chrome/org.chromium.Precache]", "process_started",
         {"pid": 23134, "uid": 10032, "process": "com.android.chrome", "package": "com.android.chrome", "hosting_type": "broadcast",
         "component": "com.android.chrome/org.chromium.Precache", "caller": None}),
        ("am_proc_start", "[10,3663,1010032,android.process.acore,content provider,{com.android.providers.contacts/com.x.P}]",
         "process_started", {"pid": 3663, "uid": 1010032, "process": "android.process.acore", "package": "com.android.providers.contacts",
         "hosting_type": "content provider", "component": "com.android.providers.contacts/com.x.P", "caller": None}),
        ("am_proc_start", "[0,4,10032,com.x:push,added application,com.x]", "process_started",
         {"pid": 4, "uid": 10032, "process": "com.x:push", "package": "com.x", "hosting_type": "added application", "component": None,
         "caller": None}),
        ("am_proc_bound", "[0,3663,com.x]", "process_bound", {"pid": 3663, "process": "com.x"}),
        ("am_proc_died", "[0,2288,com.x,985,20]", "process_died", {"pid": 2288, "process": "com.x", "adj": 985}),
        ("am_proc_died", "[0,2288,com.x]", "process_died", {"pid": 2288, "process": "com.x", "adj": None}),
        ("am_proc_died", "[0,2288,com.x,985,20,Samsung,7]", "process_died", {"pid": 2288, "process": "com.x", "adj": 985}),
        ("am_kill", "[0,2617,com.android.dialer,985,empty #17]", "process_killed",
         {"pid": 2617, "process": "com.android.dialer", "reason": "empty #17", "adj": 985}),
        ("am_kill", "[0,5838,com.x,0,stop com.x due to from pid 5908,131460]", "process_killed",
         {"pid": 5838, "process": "com.x", "reason": "stop com.x due to from pid 5908", "adj": 0}),
        ("am_kill", "[0,5838,com.x,0,Input dispatching timed out (a, b, 5)]", "process_killed",
         {"pid": 5838, "process": "com.x", "reason": "Input dispatching timed out (a, b, 5)", "adj": 0}),
        ("am_kill", "[0,5838,com.x,0,a, [b] c,131460]", "process_killed",
         {"pid": 5838, "process": "com.x", "reason": "a, [b] c", "adj": 0}),
        ("am_freeze", "[2288,com.x,1]", "process_frozen", {"pid": 2288, "process": "com.x", "frozen": True}),
        ("am_unfreeze", "[2288,com.x]", "process_frozen", {"pid": 2288, "process": "com.x", "frozen": False}),
        ("am_crash", "[5094,0,com.android.camera2,819706949,java.lang.IndexOutOfBoundsException,length=1, index=1,A.java,176,0]", "crashed",
         {"pid": 5094, "process": "com.android.camera2", "exception": "java.lang.IndexOutOfBoundsException", "message": "length=1, index=1",
         "frames": ()}),
        ("am_crash", "[3503,0,com.android.settings,952647237,java.lang.NullPointerException,NULL,BackStackRecord.java,780]", "crashed",
         {"pid": 3503, "process": "com.android.settings", "exception": "java.lang.NullPointerException", "message": "", "frames": ()}),
        ("am_anr", "[0,123,com.android.systemui,1,Input dispatching timed out (x, y)]", "anr",
         {"pid": 123, "process": "com.android.systemui", "reason": "Input dispatching timed out (x, y)"}),
        ("killinfo", "[2617,10089,985,900,20000,3,1,2,3]", "low_memory_killed", {"pid": 2617, "process": "", "reason": "kill reason 3"}),
        ("am_create_activity", "[0,227001158,86,com.x/.Main,android.intent.action.MAIN,NULL,NULL,270532608]", "activity_created",
         {"component": "com.x/.Main", "token": 227001158, "task": 86, "action": "android.intent.action.MAIN"}),
        ("wm_create_activity", "[0,227001158,86,com.x/.Main,NULL,NULL,NULL,0,com.caller]", "activity_created",
         {"component": "com.x/.Main", "token": 227001158, "task": 86, "action": None}),
        ("am_resume_activity", "[0,122130381,33,com.x/.Main]", "activity_resumed",
         {"component": "com.x/.Main", "token": 122130381, "task": 33}),
        ("wm_set_resumed_activity", "[0,com.x/.New,resumeTopActivity - onActivityStateChanged]", "activity_resumed",
         {"component": "com.x/.New", "token": None, "task": None}),
        ("wm_pause_activity", "[0,210771564,com.x/.A,userLeaving=false,finish]", "activity_paused",
         {"component": "com.x/.A", "token": 210771564, "reason": "finish"}),
        ("am_pause_activity", "[0,210771564,com.x/.A]", "activity_paused", {"component": "com.x/.A", "token": 210771564, "reason": ""}),
        ("wm_stop_activity", "[0,21,com.x/.A]", "activity_stopped", {"component": "com.x/.A", "token": 21}),
        ("am_finish_activity", "[0,256052167,36,com.x/.Main,app-request]", "activity_finished",
         {"component": "com.x/.Main", "token": 256052167, "task": 36, "reason": "app-request"}),
        ("wm_destroy_activity", "[0,256052167,36,com.x/.Main,finish-imm:idle]", "activity_destroyed",
         {"component": "com.x/.Main", "token": 256052167, "task": 36, "reason": "finish-imm:idle"}),
        ("wm_task_to_front", "[0,15,0]", "task_to_front", {"task": 15}),
        ("am_create_service", "[0,169838171,.PushService,10123,4321]", "service_created",
         {"service": ".PushService", "uid": 10123, "pid": 4321}),
    ],
)  # fmt: skip
def test_events_buffer(tag: str, body: str, kind: str, fields: dict[str, object]) -> None:
    assert said(tag, body) == (kind, fields)


def test_event_knows_its_time_its_wall_clock_and_its_place() -> None:
    (event,), _ = interpret(f"\n{HEAD}am_proc_bound: [0,3663,com.x]\n", path="raw/events.txt")
    assert (event.at, event.source, event.wall) == (AT, Source.SYSTEM, "01-08 15:30:13.573")
    assert event.ref == Ref("raw/events.txt", 2)


def test_native_crash_does_not_blame_the_pid_of_system_server() -> None:
    kind, fields = said("am_crash", "[929,0,com.x,8,Native crash,Segmentation fault,unknown,0]")
    assert (kind, fields["pid"], fields["process"]) == ("crashed", 0, "com.x")


@pytest.mark.parametrize(
    ("tag", "body"),
    [
        ("am_kill", "[0,26"),
        ("am_kill", "[0,2617,com.android.dialer,985,emp"),
        ("am_kill", "0,2617,com.android.dialer,985,empty]"),
        ("am_kill", "[0,2617,com.an01-08 15:30:13.617  1000   929  3157 I am_kill : [0,2288,com.x,985,20]"),
        ("am_proc_died", "[0,22[0,2288,com.x,985,20]"),
        ("am_proc_bound", "[0]"),
        ("wm_finish_activity", "[0,1,2,NULL,x]"),
        ("am_proc_start", "[0,3663,1000,com.x,service,{com.x/com.x.Key]"),
    ],
)
def test_damaged_body_is_counted_not_guessed(tag: str, body: str) -> None:
    assert not_understood(tag, body)


def test_fact_of_the_system_is_not_believed_from_an_app() -> None:
    app = "01-08 15:30:13.573 10123   929   981 I "
    assert not_understood("am_kill ", "[0,2617,com.x,985,empty]", head=app)
    assert not_understood("Zygote  ", "Process 2745 exited due to signal 9 (Killed)", head=app)
    assert not_understood("ActivityManager", "Killing 2745:com.x/u0a90 (adj 985): empty #17", head=app)


def test_device_table_beats_ours() -> None:
    """A maker that puts a field in between."""
    text = "# tags\n30023 am_kill (User|1|5),(Zone|1),(PID|1|5),(Process Name|3),(OomAdj|1|5),(Reason|3)\n"
    line = f"{HEAD}am_kill : [0,7,2617,com.x,985,empty, now]\n"
    (event,), _ = interpret(line, tags=EventTags.from_text(text))
    assert isinstance(event, ev.ProcessKilled)
    assert (event.pid, event.reason) == (2617, "empty, now")


def test_device_table_with_other_names_is_not_used() -> None:
    tags = EventTags.from_text("30023 am_kill (a|1),(b|1)\n30011 am_proc_died\nnonsense\n")
    (event,), _ = interpret(f"{HEAD}am_kill : [0,2617,com.x,985,empty]\n", tags=tags)
    assert isinstance(event, ev.ProcessKilled)
    assert event.pid == 2617


# --- ActivityManager and ActivityTaskManager -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "fields"),
    [
        ("Start proc 3663:com.android.keychain/1000 for service {com.android.keychain/com.android.keychain.S}",
         (3663, 1000, "com.android.keychain", "com.android.keychain", "service", None)),
        ("Start proc 13003:com.tencent.mobileqq:qzone/u0a111 for service com.tencent.mobileqq/cooperation.S",
         (13003, 10111, "com.tencent.mobileqq:qzone", "com.tencent.mobileqq", "service", None)),
        ("Start proc 7115:com.b/u10a252 for content provider {com.b/com.b.P} caller=com.a",
         (7115, 1010252, "com.b", "com.b", "content provider", "com.a")),
        ("Start proc 22175:com.android.settings:remote/1000 for broadcast {com.android.settings/.R} caller=null",
         (22175, 1000, "com.android.settings:remote", "com.android.settings", "broadcast", None)),
        ("Start proc 9:com.w:sandboxed_process0:org.S:0/u0i12 [com.w.Zygote] for  {com.w/org.S}",
         (9, 99012, "com.w:sandboxed_process0:org.S:0", "com.w", "", None)),
        ("Start proc 25638:com.x/u0a196 for activelaunch com.x/.MainActivity", (25638, 10196, "com.x", "com.x", "activelaunch", None)),
        ("Start proc 5:com.x/u0a1 for restart com.x", (5, 10001, "com.x", "com.x", "restart", None)),
        # ProcessList.java: neither the kind nor the name need be there; an editor may take the last blank away
        ("Start proc 8212:WebViewLoader-armeabi-v7a/1037 [android.webkit.WebViewFactory$RelroFileCreator] for ",
         (8212, 1037, "WebViewLoader-armeabi-v7a", "WebViewLoader-armeabi-v7a", "", None)),
        ("Start proc 8213:com.x/u0a1 for", (8213, 10001, "com.x", "com.x", "", None)),
        ("Start proc 9:com.w:sandboxed_process0:org.S0:0/u0a162i27 for  {com.w/org.S0:0}",
         (9, 99027, "com.w:sandboxed_process0:org.S0:0", "com.w", "", None)),
        ("Start proc 9:com.w:zygote0:org.S0:0/u10a162i-8990 for  {com.w/org.S0:0}",
         (9, 1090010, "com.w:zygote0:org.S0:0", "com.w", "", None)),
    ],
)  # fmt: skip
def test_start_proc(message: str, fields: tuple[object, ...]) -> None:
    kind, found = said("ActivityManager", message)
    assert kind == "process_started"
    names = ("pid", "uid", "process", "package", "hosting_type", "caller")
    assert tuple(found[name] for name in names) == fields


@pytest.mark.parametrize(
    ("message", "fields"),
    [
        ("START u0 {act=android.intent.action.MAIN flg=0x14000000 cmp=com.x/.Main (has extras)} from uid 10111",
         ("com.x/.Main", "android.intent.action.MAIN", 10111, None, None, None)),
        ("START u0 {cmp=com.x/l.\u06e2\u06ec} from uid 10057", ("com.x/l.\u06e2\u06ec", None, 10057, None, None, None)),  # obfuscated
        ("START u0 {cmp=com.x/.Main} from uid 10057 on display 0", ("com.x/.Main", None, 10057, None, None, None)),
        ("START u0 {cmp=com.x/.Main} from uid 10057 pid 1 on display 0", ("com.x/.Main", None, 10057, None, None, None)),
        ("START u0 {cmp=com.x/.Main mCallingUid=10057} from uid 10057 and from pid 3863", ("com.x/.Main", None, 10057, None, None, None)),
        ("START u0 {flg=0x10000000 xflg=0x5 cmp=com.x/.A} with LAUNCH_MULTIPLE from uid 2000 (BAL_ALLOW_PERMISSION) result code=0",
         ("com.x/.A", None, 2000, None, None, 0)),
        (
            "START u0 {act=android.intent.action.VIEW dat=https://a/... cmp=com.x/.A} with LAUNCH_SINGLE_TASK from uid "
            "10587 (it.f0x.playground) (BAL_ALLOW_VISIBLE_WINDOW) result code=102",
            ("com.x/.A", "android.intent.action.VIEW", 10587, "https://a/...", "it.f0x.playground", 102),
        ),
        ("START u0 {cmp=com.x/.A} with LAUNCH_MULTIPLE from uid 10587 (realCallingUid=1000) result code=0",
         ("com.x/.A", None, 10587, None, None, 0)),
    ],
)  # fmt: skip
def test_start_of_an_activity(message: str, fields: tuple[object, ...]) -> None:
    kind, found = said("ActivityTaskManager", message)
    assert kind == "activity_started"
    assert tuple(found[name] for name in ("component", "action", "from_uid", "data", "caller", "result")) == fields


def test_start_with_an_action_that_plays_a_start_names_the_uid_that_the_system_printed() -> None:
    _, found = said("ActivityTaskManager", "START u0 {act=a} from uid 10001 (com.y) cmp=com.x/.Z} from uid 10111")
    assert (found["from_uid"], found["caller"]) == (10111, None)


def test_start_with_the_stack_of_who_asked() -> None:
    start = (
        "START u0 {{cmp=com.x/.Main}} with LAUNCH_SINGLE_TASK from uid 1000 from pid -1 callingPackage {} callers:{}  "
        "(BAL_X (a granted)) result code=0"
    )
    system = " com.android.server.am.PendingIntentRecord.sendInner:530 com.android.server.am.A$$Lambda3.run:0"
    for package, stack, caller, by_stack in (
        ("null", system, "android", True),
        ("com.y", system, "com.y", False),
        ("null", "", None, False),
        ("null", f"{system} com.evil.A.b:1", None, False),
    ):
        _, found = said("ActivityTaskManager", start.format(package, stack))
        assert (found["caller"], found["by_stack"]) == (caller, by_stack)


def test_start_whose_end_was_cut_names_no_uid() -> None:
    """The stream broke off: 1005 may have been the beginning of 10057."""
    assert interpret(f"{HEAD}ActivityTaskManager: START u0 {{cmp=com.x/.Main}} from uid 1005")[1] == 1
    assert not_understood("ActivityTaskManager", "START u0 {act=android.intent.action.MAIN cmp=com.x/.Main} from")


@pytest.mark.parametrize(
    ("message", "kind", "fields"),
    [
        ("Killing 2745:com.android.contacts/u0a90 (adj 985): empty #17", "process_killed",
         {"pid": 2745, "process": "com.android.contacts", "reason": "empty #17", "adj": 985}),
        (  # Motorola
            "Killing 2746:com.x:push/u0a275 (adj 935, setSvc -10000): empty #31",
            "process_killed",
            {"pid": 2746, "process": "com.x:push", "reason": "empty #31", "adj": 935},
        ),
        ("Killing 2747:com.w:sandboxed_process0:org.S0:0/u0a162i-8990 (adj 905): isolated not needed", "process_killed",
         {"pid": 2747, "process": "com.w:sandboxed_process0:org.S0:0", "reason": "isolated not needed", "adj": 905}),
        ("freezing 9043 com.x", "process_frozen", {"pid": 9043, "process": "com.x", "frozen": True}),
        ("froze 9043 com.x", "process_frozen", {"pid": 9043, "process": "com.x", "frozen": True}),
        ("freezing 9043 com.x, reason = oom_cached", "process_frozen", {"pid": 9043, "process": "com.x", "frozen": True}),
        ("freezing 9043 com.x, reason = moto_freezer, adj=915", "process_frozen", {"pid": 9043, "process": "com.x", "frozen": True}),
        ("sync unfroze 9043 com.x:push", "process_frozen", {"pid": 9043, "process": "com.x:push", "frozen": False}),
        ("sync unfroze 9043 com.x for 6", "process_frozen", {"pid": 9043, "process": "com.x", "frozen": False}),
        ("Process com.qualcomm.ltebc_vzw (pid 3238) has died: fore SVC ", "process_died",
         {"pid": 3238, "process": "com.qualcomm.ltebc_vzw", "adj": None}),
        ("Process com.tencent.mobileqq:qzone (pid 12236) has died", "process_died",
         {"pid": 12236, "process": "com.tencent.mobileqq:qzone", "adj": None}),
        ("Force stopping com.x appid=10479 user=0: from pid 14233", "force_stopped", {"package": "com.x", "reason": "from pid 14233"}),
        ("moveTaskToBack: Task{7ea9d7d #22 type=standard I=com.skip.finance/.MainActivity}", "task_moved_to_back",
         {"task": 22, "component": "com.skip.finance/.MainActivity"}),
        ("moveTaskToBack: TaskRecord{1c5a9d3 #22 A=com.skip.finance U=0 StackId=1 sz=1}", "task_moved_to_back",
         {"task": 22, "component": None}),
    ],
)  # fmt: skip
def test_other_lines_of_activity_manager(message: str, kind: str, fields: dict[str, object]) -> None:
    assert said("ActivityManager", message) == (kind, fields)


@pytest.mark.parametrize(
    "message",
    [
        "Force stopping u0: reason", "Process com.x failed to attach", "Slow operation: 51ms", "Killed nothing",
        "Setting hidden API exemption", "freezing 12 processes of com.x",
    ],
)  # fmt: skip
def test_lines_known_to_be_irrelevant(message: str) -> None:
    assert irrelevant("ActivityManager", message)


@pytest.mark.parametrize(
    "message",
    [
        "Start proc 3663:com.android.keychain/10",
        "Start proc 3663:com.android.keychain/1000 for service {com.android.keychain/com.andr",
        "Killing 2745:com.android.contacts/u0a90 (ad",
        "Process com.qualcomm.lte01-08 15:30:13.5  1000   929   981 I ActivityManager: Process com.x (pid 5) has died",
        "Force stopping com.x appid=104",
        "moveTaskToBack: Task{7ea9d7d #2",
        "freezing 9043 com.x, whatever a maker may add",
    ],
)
def test_cut_lines_of_activity_manager_are_counted(message: str) -> None:
    assert not_understood("ActivityManager", message)


ANR = """\
01-08 15:30:13.573  1000   929   981 E ActivityManager: ANR in com.x (com.x/.Main)
01-08 15:30:13.573  1000   929   981 E ActivityManager: PID: 4321
01-08 15:30:13.573  1000   929   981 E ActivityManager: Reason: Input dispatching timed out (a, b)
01-08 15:30:13.573  1000   929   981 E ActivityManager: Load: 0.0 / 0.0 / 0.0
"""


def test_anr_of_three_lines() -> None:
    (event,), unknown = interpret(ANR)
    assert isinstance(event, ev.Anr)
    assert (event.pid, event.process, event.reason) == (4321, "com.x", "Input dispatching timed out (a, b)")
    assert unknown == 0


def test_anr_that_lost_a_line_is_not_joined_with_another() -> None:
    other = ANR.replace("13.573", "19.111").replace("com.x", "com.y").replace("4321", "8765")
    first, second = ANR.splitlines()[:1], other.splitlines()[1:]
    assert interpret("\n".join([*first, *second]) + "\n") == ([], 1)


# --- runtime, zygote, low-memory killer, permission controller, gaps -------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "message", "kind", "fields"),
    [
        ("Zygote  ", "Process 3238 exited cleanly (0)", "process_exited", {"pid": 3238, "status": 0, "signal": None}),
        ("Zygote  ", "Process 2745 exited due to signal 9 (Killed); core dumped", "process_exited",
         {"pid": 2745, "status": None, "signal": 9}),
        ("Zygote  ", "Process 2745 exited due to signal (11)", "process_exited", {"pid": 2745, "status": None, "signal": 11}),
        ("lcomm.ltebc_vz", "System.exit called, status: 1", "runtime_exited", {"pid": 929, "status": 1}),
        ("AndroidRuntime", "VM exiting with result code 0, cleanup skipped.", "runtime_exited", {"pid": 929, "status": 0}),
        ("lowmemorykiller", "Kill 'com.tak.uastoollite' (18657), oom_adj 0, free 21672kB", "low_memory_killed",
         {"pid": 18657, "process": "com.tak.uastoollite", "reason": "oom_adj 0, free 21672kB"}),
        ("lowmemorykiller", "Kill 'com.x' (18657), uid 10123, oom_score_adj 900 to free 5kB rss, 0kB swap; reason: low watermark hit",
         "low_memory_killed", {"pid": 18657, "process": "com.x", "reason": "low watermark hit"}),
        ("GrantPermissionsViewModel", "Permission grant result requestId=-12 callingUid=10196 callingPackage=com.demo "
         "permission=android.permission.CAMERA isImplicit=false result=6 isPermissionRationaleShown=false", "permission_result",
         {"package": "com.demo", "permission": "android.permission.CAMERA", "result": 6}),
        ("GrantPermissionsActivity", "Permission grant result requestId=7 callingUid=10196 callingPackage=com.demo "
         "permission=android.permission.CAMERA isImplicit=true result=13", "permission_result",
         {"package": "com.demo", "permission": "android.permission.CAMERA", "result": 13}),
        ("chatty  ", "uid=1001(radio) com.android.phone expire 2 lines", "log_gap",
         {"reason": "logd dropped: uid=1001(radio) com.android.phone expire 2 lines",
         "reason_zh": "logd 丢弃了日志：uid=1001(radio) com.android.phone expire 2 lines"}),
        ("liblog  ", "5", "log_gap", {"reason": "a writer dropped 5 entries", "reason_zh": "写入方丢弃了 5 条日志"}),
    ],
)  # fmt: skip
def test_other_tags(tag: str, message: str, kind: str, fields: dict[str, object]) -> None:
    assert said(tag, message) == (kind, fields)


def test_identical_lines_that_logd_folds_are_no_gap_and_nothing_resumed_is_no_event() -> None:
    assert irrelevant("chatty  ", "uid=1000 system_server identical 12 lines")
    assert irrelevant("wm_set_resumed_activity", "[-1,NULL,onActivityStateChanged]")


def test_broken_stream_is_a_gap() -> None:
    found, _ = interpret(f"{HEAD}x: y\nlogcat: Unexpected EOF!\n")
    assert [event.details() for event in found] == [{"reason": "logcat: Unexpected EOF!", "reason_zh": ""}]


def test_app_that_plays_permission_controller_is_not_believed() -> None:
    message = (
        "Permission grant result requestId=7 callingUid=10196 callingPackage=com.demo "
        "permission=android.permission.CAMERA isImplicit=true result=13"
    )
    assert not_understood("GrantPermissionsActivity", message, head=HEAD.replace(" 1000", "10196"))


def test_native_crash_of_libc() -> None:
    head = "08-06 23:36:48.433 12283 12308 F "
    message = "Fatal signal 11 (SIGSEGV), code 1 (SEGV_MAPERR), fault addr 0x7 in tid 12308 (Render), pid 12283 (com.x)"
    kind, fields = said("libc    ", message, head=head)
    assert (kind, fields["pid"], fields["process"], fields["exception"]) == ("crashed", 12283, "com.x", "SIGSEGV")
    assert not_understood("libc    ", message.replace("pid 12283", "pid 999"), head=head)


CRASH = """\
08-06 23:37:07.808 {pid} {pid} E AndroidRuntime: FATAL EXCEPTION: main
08-06 23:37:07.808 {pid} {pid} E AndroidRuntime: Process: {process}, PID: {pid}
08-06 23:37:07.808 {pid} {pid} E AndroidRuntime: java.lang.IllegalStateException: 需要位置权限
08-06 23:37:07.808 {pid} {pid} E AndroidRuntime: second line of the message
08-06 23:37:07.808 {pid} {pid} E AndroidRuntime: \tat {process}.Main.onCreate(Main.java:7)
08-06 23:37:07.808 {pid} {pid} E AndroidRuntime: \tat android.app.Activity.performCreate(Activity.java:8000)
08-06 23:37:07.808 {pid} {pid} E AndroidRuntime: Caused by: java.lang.SecurityException: no
08-06 23:37:07.808 {pid} {pid} E AndroidRuntime: \t... 12 more
"""


def crash(pid: int, process: str) -> list[str]:
    return CRASH.format(pid=pid, process=process).splitlines()


def test_fatal_exception_of_several_lines() -> None:
    (event,), unknown = interpret("\n".join(crash(100, "com.a")) + "\n", path="raw/crash.txt")
    assert isinstance(event, ev.Crashed)
    assert (event.pid, event.process) == (100, "com.a")
    assert (event.exception, event.message) == ("java.lang.IllegalStateException", "需要位置权限\nsecond line of the message")
    assert event.frames == (
        "com.a.Main.onCreate(Main.java:7)",
        "android.app.Activity.performCreate(Activity.java:8000)",
        "Caused by: java.lang.SecurityException: no",
    )
    assert event.ref == Ref("raw/crash.txt", 1)
    assert unknown == 0


def test_two_crashes_with_their_lines_mixed_stay_apart() -> None:
    mixed = [line for pair in zip(crash(100, "com.a"), crash(200, "com.b"), strict=True) for line in pair]
    found, unknown = interpret("\n".join(mixed) + "\n")
    assert {(event.pid, event.process, event.frames[0]) for event in found if isinstance(event, ev.Crashed)} == {
        (100, "com.a", "com.a.Main.onCreate(Main.java:7)"),
        (200, "com.b", "com.b.Main.onCreate(Main.java:7)"),
    }
    assert unknown == 0


def test_crash_is_told_when_its_thread_goes_on_or_many_lines_have_passed() -> None:
    for following in (
        ["08-06 23:37:07.809   100   100 I Process : Sending signal."],
        ["08-06 23:37:07.809   777   777 I Other   : x"] * 250,
    ):
        interpreter = Interpreter(Source.CRASH)
        lines = lines_of("\n".join([*crash(100, "com.a"), *following]) + "\n")
        assert [e.kind for line in lines for e in interpreter.feed(line, AT)] == ["crashed"]
        assert interpreter.finish() == []


def test_crash_of_the_system_process() -> None:
    head = "08-06 23:37:07.808  1000   929   940 E "
    found, _ = interpret(
        f"{head}AndroidRuntime: *** FATAL EXCEPTION IN SYSTEM PROCESS: android.fg\n{head}AndroidRuntime: java.lang.NullPointerException\n"
    )
    assert [(e.pid, e.process, e.exception) for e in found if isinstance(e, ev.Crashed)] == [
        (929, "system_server", "java.lang.NullPointerException")
    ]


def test_many_open_crashes_are_bounded() -> None:
    interpreter = Interpreter(Source.CRASH)
    text = "\n".join("\n".join(crash(1000 + pid, f"com.a{pid}")[:3]) for pid in range(100)) + "\n"
    told = [event for line in lines_of(text) for event in interpreter.feed(line, AT)]
    assert len(told) == 68
    assert len(told) + len(interpreter.finish()) == 100


def test_every_tag_that_is_read_has_its_fields() -> None:
    assert set(event_readers.READERS) <= EventTags.default().tags
