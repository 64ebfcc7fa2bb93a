"""What a ROM's guard refused or froze: one event each, with what the line tells of component and caller."""

import pytest

from harness.events import Instant, Source
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader
from tests.unit.test_parse_triggers import REFUSED, told


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("OplusAppStartupManager: prevent start com.x, cmp ComponentInfo{com.x/com.x.Rows} by contentprovider com.a "
         "callingUid 10102, scenePriority = 0",
         {"user": None, "what": "provider", "package": "com.x", "component": "com.x/com.x.Rows", "caller": "com.a", "caller_uid": 10102}),
        ("OplusAppStartupManager: prevent start com.x, cmp ComponentInfo{com.x/com.x.Rows} by contentprovider android "
         "callingUid 1000, scenePriority = 0",
         {"user": None, "what": "provider", "package": "com.x", "component": "com.x/com.x.Rows", "caller_uid": 1000}),
        ("OplusAppStartupManager: prevent start com.x, cmp ComponentInfo{com.x/com.x.Wake}",
         {"user": None, "what": "process", "package": "com.x", "component": "com.x/com.x.Wake"}),
        ("AppStart: req:b,alw:0[F],call:1000,null,act:android.intent.action.BOOT_COMPLETED {.x.shop#10102,.y#10103}",
         {"user": 0, "what": "broadcast", "package": "com.x.shop", "action": "android.intent.action.BOOT_COMPLETED", "caller_uid": 1000}),
        ("AppStart: req:D,alw:0[F],call:10103,com.a:push,act:null {cn.x#10102}",
         {"user": 0, "what": "service", "package": "cn.x", "caller": "com.a", "caller_uid": 10103}),
        ("AppStart: req:R,alw:0[F],flg:00-1-1-1,proc:10102,com.x:push,call:1000,null act:null,cmp:com.x/.Keeper",
         {"user": 0, "what": "service", "package": "com.x", "component": "com.x/.Keeper", "caller_uid": 1000}),
        ("VivoAmsImpl: ==/==>: com.x/10102 for jobservice callerPackage android Intent { act=go cmp=com.x/.Work }: XXXX",
         {"user": 0, "what": "service", "package": "com.x", "component": "com.x/.Work", "action": "go"}),
        ("VivoAmsImpl: ==/==>: com.x/10102 for app isolation service callerPackage com.a Intent { cmp=com.x/.Work (has extras) }: XXXX",
         {"user": 0, "what": "service", "package": "com.x", "component": "com.x/.Work", "caller": "com.a"}),
        ("VivoBroadcastQueueImpl: ==/==> com.x/1010102 for broadcast Intent { act=android.intent.action.BOOT_COMPLETED flg=0x10 }: XXXX",
         {"user": 10, "what": "broadcast", "package": "com.x", "action": "android.intent.action.BOOT_COMPLETED"}),
        ("VivoAmsImpl: ==/==> com.x/10102 for provider com.x.rows: user 0: XXXX", {"user": 0, "what": "provider", "package": "com.x"}),
        ("VivoFirewall: ==/==> com.a/10101 for background activity act=go cmp=com.x/.Page: user 0: XXXX",
         {"user": 0, "what": "activity", "package": "com.x", "component": "com.x/.Page", "action": "go"} |
         {"caller": "com.a", "caller_uid": 10101}),
        ("VivoAmsImpl: ==/==> com.x/10102 for instrument com.x.Test: callingPkg com.a: XXXX",
         {"user": 0, "what": "process", "package": "com.x"}),
        ("AutoStartManagerService: MIUILOG- Reject service :Intent { cmp=com.x/.Work } userId : 0 uid : 10102",
         {"user": 0, "what": "service", "package": "com.x", "component": "com.x/.Work"}),
    ],
)  # fmt: skip
def test_a_refused_start(line: str, fields: dict[str, object]) -> None:
    assert told(line) == ([("start_refused", REFUSED | {"by": "rom"} | fields)], 0)


def test_a_start_that_huawei_allows_is_no_refusal() -> None:
    assert told("AppStart: req:A,alw:3[U],flg:00000,proc:10102,com.x,call:10009,com.a act:null,cmp:com.x/.Main") == ([], 0)


@pytest.mark.parametrize("cut", ["req:b,alw:0[F],call:10", "req:b,alw:0[F],call:1000,null,act:null {.x#10", "req:"])
def test_a_cut_line_of_huawei_counts_as_unknown(cut: str) -> None:
    assert told(f"AppStart: {cut}") == ([], 1)


def test_what_vivo_asks_its_user_is_not_refused_and_a_cut_line_counts_as_unknown() -> None:
    line = "VivoFirewall: ==/==> com.a/10101 for foreground ask activity act=go cmp=com.x/.Page: user 0: XXXX"
    assert told(line) == ([], 0)
    assert told(line[:-4]) == ([], 1)


def test_other_lines_of_the_same_tags_are_passed_over() -> None:
    assert told("AppStart: policyInit finished, cost=12") == ([], 0)
    assert told("OplusAppStartupManager: handleStrictModeChange true") == ([], 0)


@pytest.mark.parametrize(
    ("line", "uid", "package", "pids", "frozen", "reason"),
    [
        ("OplusHansManager : freeze uid: 10375 com.x pids: [16491, 25511] scene: |StrictMode-3|LcdOn", 10375, "com.x", (16491, 25511),
         True, ""),
        ("OplusHansManager: unfreeze uid: 10375 com.x pids: [1] reason: Packet scene: LcdOn", 10375, "com.x", (1,), False, "Packet"),
        ("ColorHansManager: freeze uid: 10313 package: com.x reason: F-direct scene: LcdOnScene", 10313, "com.x", (), True, "F-direct"),
        ("GreezeManager: FZ uid = 10336 reason =new process success !", 10336, "", (), True, "new process"),
        ("GreezeManager: THAW uid = 10336 pid = [ 4470 ] reason : Activity Start caller : 1", 10336, "", (4470,), False,
         "Activity Start"),
        ("GreezeManager: THAW uid = 10507 pid = [17392] reason : enable:28-thawAll caller : 1000", 10507, "", (17392,), False,
         "enable:28-thawAll"),
        ("FreecessController: FZ : com.x(10351) [9361, 18005] reason: Bg [cached:X", 10351, "com.x", (9361, 18005), True, "Bg"),
        ("FreecessController: UFZ : com.x(10126) [15804] reason: broadcast-a.b.C", 10126, "com.x", (15804,), False, "broadcast-a.b.C"),
        ("FreecessController: UFZ : com.x reason: activity", None, "com.x", (), False, "activity"),
    ],
)  # fmt: skip
def test_the_freezer_of_a_rom(line: str, uid: int | None, package: str, pids: tuple[int, ...], frozen: bool, reason: str) -> None:
    user = None if uid is None else 0
    keys = {"user": user, "uid": uid, "package": package, "pids": pids, "frozen": frozen, "reason": reason}
    assert told(line) == ([("app_frozen", keys)], 0)


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("OplusHansManager: freeze uid: 10375 com.x pids: [164", 1),
        ("OplusHansManager: unfreeze uid: 10375 com.x", 1),
        ("OplusHansManager: uid=10375, pkg=com.x enter SM", 0),
        ("ColorHansManager: freeze failed uid: 10441 package: com.x reason: S-Bg", 0),
        ("GreezeManager: FZ uid = 10336 reas", 1),
        ("GreezeManager: Uid 10336 was show on screen, skip it", 0),
        ("FreecessController: FZ : com.x(10351) [9361, 180", 1),
        ("FreecessController: BG freezed, skip OLAF unfreeze for (com.x, 10113)", 0),
    ],
)
def test_a_line_of_the_freezer_that_is_cut_or_another(line: str, unknown: int) -> None:
    assert told(line) == ([], unknown)


def test_a_freeze_that_an_app_wrote_is_not_believed() -> None:
    reader, interpreter = LogcatReader(), Interpreter(Source.SYSTEM)
    line = "1790827200.000000 10375 929 981 I OplusHansManager: freeze uid: 10376 com.y pids: [1, 2] scene: LcdOn\n"
    assert [event for found in reader.feed(line.encode()) for event in interpreter.feed(found, Instant(0, 0.0))] == []
    assert interpreter.unknown == 1
