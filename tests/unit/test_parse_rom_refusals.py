"""What a ROM's guard refused or froze: one event each, with what the line tells of component and caller."""

from __future__ import annotations

import pytest

from harness.events import Instant, Source
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader
from tests.unit.test_parse_triggers import REFUSED, told


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (
            "OplusAppStartupManager: prevent start com.x, cmp ComponentInfo{com.x/com.x.Rows} by contentprovider com.a "
            "callingUid 10102, scenePriority = 0",
            {"user": None, "what": "provider", "package": "com.x", "component": "com.x/com.x.Rows", "caller": "com.a", "caller_uid": 10102},
        ),
        (
            "OplusAppStartupManager: prevent start com.x, cmp ComponentInfo{com.x/com.x.Rows} by contentprovider android "
            "callingUid 1000, scenePriority = 0",
            {"user": None, "what": "provider", "package": "com.x", "component": "com.x/com.x.Rows", "caller_uid": 1000},
        ),
        ("OplusAppStartupManager: prevent start com.x, cmp ComponentInfo{com.x/com.x.Wake}",
         {"user": None, "what": "process", "package": "com.x", "component": "com.x/com.x.Wake"}),
        ("AppStart: req:b,alw:0[F],call:1000,null,act:android.intent.action.BOOT_COMPLETED {.x.shop#10102,.y#10103}",
         {"user": 0, "what": "broadcast", "package": "com.x.shop", "action": "android.intent.action.BOOT_COMPLETED", "caller_uid": 1000}),
        ("AppStart: req:D,alw:0[F],call:10103,com.a:push,act:null {cn.x#10102}",
         {"user": 0, "what": "service", "package": "cn.x", "caller": "com.a", "caller_uid": 10103}),
        ("AppStart: req:R,alw:0[F],flg:00-1-1-1,proc:10102,com.x:push,call:1000,null act:null,cmp:com.x/.Keeper",
         {"user": 0, "what": "service", "package": "com.x", "component": "com.x/.Keeper", "caller_uid": 1000}),
        (
            "VivoAmsImpl: ==/==>: com.x/10102 for jobservice callerPackage android Intent { act=go cmp=com.x/.Work }: XXXX",
            {"user": 0, "what": "service", "package": "com.x", "component": "com.x/.Work", "action": "go"},
        ),
        ("VivoAmsImpl: ==/==>: com.x/10102 for app isolation service callerPackage com.a Intent { cmp=com.x/.Work (has extras) }: XXXX",
         {"user": 0, "what": "service", "package": "com.x", "component": "com.x/.Work", "caller": "com.a"}),
        ("VivoBroadcastQueueImpl: ==/==> com.x/1010102 for broadcast Intent { act=android.intent.action.BOOT_COMPLETED flg=0x10 }: XXXX",
         {"user": 10, "what": "broadcast", "package": "com.x", "action": "android.intent.action.BOOT_COMPLETED"}),
        ("VivoAmsImpl: ==/==> com.x/10102 for provider com.x.rows: user 0: XXXX", {"user": 0, "what": "provider", "package": "com.x"}),
        (
            "VivoFirewall: ==/==> com.a/10101 for background activity act=go cmp=com.x/.Page: user 0: XXXX",
            {"user": 0, "what": "activity", "package": "com.x", "component": "com.x/.Page", "action": "go"}
            | {"caller": "com.a", "caller_uid": 10101},
        ),
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


def frozen(pid: int, package: str, *, is_frozen: bool) -> tuple[str, dict[str, object]]:
    return "process_frozen", {"user": 0, "pid": pid, "process": package, "frozen": is_frozen}


def test_coloros_freezes_every_process_of_an_app() -> None:
    line = "OplusHansManager : freeze uid: 10375 com.x pids: [16491, 25511, 16621] scene: |StrictMode-3|LcdOn"
    assert told(line) == ([frozen(pid, "com.x", is_frozen=True) for pid in (16491, 25511, 16621)], 0)
    line = "OplusHansManager: unfreeze uid: 10375 com.x pids: [16491] reason: Packet scene: LcdOn"
    assert told(line) == ([frozen(16491, "com.x", is_frozen=False)], 0)


@pytest.mark.parametrize(
    ("line", "unknown"),
    [("freeze uid: 10375 com.x pids: [164", 1), ("unfreeze uid: 10375 com.x", 1), ("uid=10375, pkg=com.x enter SM", 0)],
)
def test_a_line_of_the_freezer_that_is_cut_or_another(line: str, unknown: int) -> None:
    assert told(f"OplusHansManager: {line}") == ([], unknown)


def test_a_freeze_that_an_app_wrote_is_not_believed() -> None:
    reader, interpreter = LogcatReader(), Interpreter(Source.SYSTEM)
    line = "1790827200.000000 10375 929 981 I OplusHansManager: freeze uid: 10376 com.y pids: [1, 2] scene: LcdOn\n"
    assert [event for found in reader.feed(line.encode()) for event in interpreter.feed(found, Instant(0, 0.0))] == []
    assert interpreter.unknown == 1
