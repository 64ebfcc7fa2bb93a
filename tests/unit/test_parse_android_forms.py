"""Each form in which a version of Android prints a dump, typed from its printing code, with values of every shape."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import FormatError
from harness.parsers.dump_sections import seconds
from tests.dump_texts import read


def told(name: str, text: str, kind: str, *keys: str) -> list[tuple[Any, ...]]:
    """The values of ``keys`` in each record of ``kind``; nothing may be unread."""
    found, unknown = read(name, text)
    assert unknown == 0, text
    return [tuple(item[key] for key in keys) for item in found if item["kind"] == kind]


# --- values -----------------------------------------------------------------------------------------------------------

UIDS = st.integers(0, 12).flatmap(lambda user: st.integers(1000, 99999).map(lambda app: user * 100000 + app))
PACKAGES = st.from_regex(r"[a-z][a-z0-9_]{0,6}(\.[A-Za-z][A-Za-z0-9_]{0,6}){1,4}", fullmatch=True)
CLASSES = st.from_regex(r"\.?[A-Za-z_][A-Za-z0-9_$]{0,8}(\.[A-Za-z_][A-Za-z0-9_$]{0,8}){0,3}", fullmatch=True)
WALLS = st.builds("{:%Y-%m-%d} {:%H:%M:%S}.{:03d}".format, st.dates(date(2001, 1, 1)), st.times(), st.integers(0, 999))
MILLISECONDS = st.integers(-(10**11), 10**11)
OPS = st.from_regex(r"[A-Z][A-Z0-9_]{2,20}", fullmatch=True)
# An account's name is what its owner typed.
ACCOUNTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=20).filter(
    lambda name: name == name.strip() and ":android" not in name
)


def formatted(uid: int) -> str:
    """UserHandle.formatUid."""
    user, app = divmod(uid, 100000)
    if uid < 10000:
        return str(uid)
    for letters, base in (("i", 99000), ("ai", 90000), ("a", 10000), ("s", 0)):
        if app >= base:
            return f"u{user}{letters}{app - base}"
    raise AssertionError


def duration(milliseconds: int, *, padded: bool = False) -> str:
    """TimeUtils.formatDuration; ``padded`` is how it fills a field of fixed length."""
    if milliseconds == 0:
        return "0"
    text, rest = "", abs(milliseconds)
    for unit, size, places in (("d", 86_400_000, 1), ("h", 3_600_000, 2), ("m", 60_000, 2), ("s", 1000, 2), ("ms", 1, 3)):
        count, rest = divmod(rest, size)
        if text or count or unit == "ms":
            text += f"{count:0{places if text and padded else 1}d}{unit}"
    sign = "-" if milliseconds < 0 else "" if padded else "+"
    return sign + text


# --- app ops ----------------------------------------------------------------------------------------------------------

STATE = "Current AppOps Service state:\n"
STATES_OF_9 = ("pers ", "top  ", "fgsvc", "fg   ", "bg   ", "cch  ")  # AppOpsService.UID_STATE_NAMES


@given(uid=UIDS, package=PACKAGES, op=OPS, time=MILLISECONDS, refused=MILLISECONDS, length=st.integers(-1, 10**9))
def test_app_ops_of_8(uid: int, package: str, op: str, time: int, refused: int, length: int) -> None:
    """One line: time, rejectTime, and "(running)" or a duration (AppOpsService.java of android-8.1)."""
    end = " (running)" if length == -1 else f"; duration={duration(length)}" if length else ""
    times = (f"; time={duration(time)} ago" if time else "") + (f"; rejectTime={duration(refused)} ago" if refused else "")
    text = f"{STATE}  Uid {formatted(uid)}:\n      {op}: mode=1\n    Package {package}:\n      {op}: mode=0{times}{end}\n"
    assert told("appops", text, "app_op", "uid", "package", "mode") == [(uid, None, "ignore"), (uid, package, "allow")]
    expected = [("access", time / 1000, length / 1000 if length > 0 else None)] if time else []
    expected += [("reject", refused / 1000, None)] if refused else []
    assert told("appops", text, "app_op_noted", "access", "ago", "seconds") == expected


@given(
    uid=UIDS,
    package=PACKAGES,
    op=OPS,
    accesses=st.dictionaries(st.sampled_from(STATES_OF_9), st.tuples(WALLS, MILLISECONDS)),
    refusals=st.dictionaries(st.sampled_from(STATES_OF_9), st.tuples(WALLS, MILLISECONDS)),
    length=st.integers(-1, 10**9),
)
def test_app_ops_of_9(uid: int, package: str, op: str, accesses: dict[str, Any], refusals: dict[str, Any], length: int) -> None:
    """A line for each state, the first with the word (AppOpsService.java of android-9, dumpTimesLocked)."""
    lines = [f"  Uid {formatted(uid)}:", "    state=fgsvc", f"    Package {package}:"]
    lines.append(f"      {op} (allow / switch {op}=foreground): ")
    expected = []
    for word, times in (("Access", accesses), ("Reject", refusals)):
        first = f"          {word}: "
        for state, (wall, before) in sorted(times.items(), key=lambda item: STATES_OF_9.index(item[0])):
            lines.append(f"{first}{state} = {wall} ({duration(before)})")
            first = " " * 18
            expected.append((word.lower(), state.strip(), wall, -before / 1000 or 0.0))
    lines += ["          Running start at: +5s0ms"] if length == -1 else [f"          duration={duration(length)}"] if length else []
    text = STATE + "\n".join(lines) + "\n      NEXT (deny): \n"
    assert told("appops", text, "app_op_noted", "access", "state", "wall", "ago") == expected
    lengths = [item for (item,) in told("appops", text, "app_op_noted", "seconds") if item is not None]
    assert lengths == ([length / 1000] if length > 0 and accesses else [])
    assert told("appops", text, "app_op", "op", "mode") == [(op, "allow"), ("NEXT", "deny")]


def test_a_lost_op_of_9_gives_its_accesses_to_nobody() -> None:
    access = "          Access: pers  = 2023-08-23 07:55:30.847 (-2h7m4s785ms)\n"
    text = f"{STATE}  Uid 1000:\n    Package android:\n      WAKE_LOCK (allow): \n{access}{access}"
    found, unknown = read("appops", text)
    assert ([item["op"] for item in found], unknown) == (["WAKE_LOCK", "WAKE_LOCK"], 1)


def test_an_attribution_tag_may_hold_blanks() -> None:
    text = (
        f"{STATE}  Uid u0a1:\n    Package com.x:\n      CAMERA (allow): \n        my tag=[\n"
        "          Access: [top-s] 2023-08-23 07:55:30.847 (-1s0ms) duration=+2s0ms\n        ]\n"
    )
    assert told("appops", text, "app_op_noted", "attribution", "seconds") == [("my tag", 2.0)]


# --- jobs -------------------------------------------------------------------------------------------------------------

NAMESPACES = st.none() | st.from_regex(r"[A-Za-z][A-Za-z0-9_.:-]{0,20}", fullmatch=True)


@given(
    uid=UIDS, number=st.integers(-(2**31), 2**31 - 1), namespace=NAMESPACES, package=PACKAGES, cls=CLASSES, mark=st.integers(0, 2**32 - 1)
)
def test_jobs_of_apps(uid: int, number: int, namespace: str | None, package: str, cls: str, mark: int) -> None:
    """JobStatus.printUniqueId and toShortStringExceptUniqueId; the namespace is of 14 and later."""
    before, inside = ("#", "") if namespace is None else (f"{namespace}:", f"@{namespace}@")
    text = (
        f"Registered 1 jobs:\n  JOB {before}{formatted(uid)}/{number}: {mark:x} {inside}{package}/{cls}\n"
        f"    {formatted(uid)} tag=*job*/{inside}{package}/{cls}\n    Source: uid={formatted(uid)} user=0 pkg={package}\n"
    )
    expected = [(uid, number, f"{package}/{cls}", package, None)]
    assert told("jobs", text, "job", "uid", "job_id", "component", "package", "tag") == expected


@given(
    number=st.integers(0, 2**31 - 1),
    authority=PACKAGES,
    kind=PACKAGES,
    account=st.none() | ACCOUNTS,
    namespace=st.none() | st.just("SyncManager"),
)
def test_sync_jobs(number: int, authority: str, kind: str, account: str | None, namespace: str | None) -> None:
    """The classic keep-alive: the system's job for an app, called authority/type or authority/type/account."""
    name = f"{authority}/{kind}" + ("" if account is None else f"/{account}") + ":android"
    before, inside = ("#", "") if namespace is None else (f"{namespace}:", f"@{namespace}@")
    text = (
        f"Registered 1 jobs:\n  JOB {before}1000/{number}: f538f49 {inside}{name}\n    1000 tag=*job*/{inside}{name}\n"
        "    Source: uid=u0a106 user=0 pkg=com.tencent.edu\n    JobInfo:\n"
        "      Service: android/com.android.server.content.SyncJobService\n      PERIODIC: interval=+1d0h0m0s0ms flex=+5m0s0ms\n"
        f"\n  Job history:\n        -2m00s714ms   START: #u0a106/{number} {inside}{name}\n"
        f"        -2m00s154ms  STOP-P: #u0a106/{number} {inside}{name} app called jobFinished\n"
    )
    service = "android/com.android.server.content.SyncJobService"
    assert told("jobs", text, "job", "component", "package", "source_package", "tag", "periodic") == [
        (service, "android", "com.tencent.edu", name, True)
    ]
    assert told("jobs", text, "job_started", "tag", "uid") == [(inside + name, 10106)]
    assert told("jobs", text, "job_stopped", "tag", "reason") == [(inside + name, "app called jobFinished")]


@given(uid=UIDS, ago=st.integers(-(10**10), 0), package=PACKAGES, cls=CLASSES, periodic=st.booleans())
def test_history_of_jobs(uid: int, ago: int, package: str, cls: str, periodic: bool) -> None:
    label = "START-P" if periodic else "  START"
    text = f"  Job history:\n{duration(ago, padded=True):>19} {label}: #{formatted(uid)}/7 {package}/{cls}\n"
    assert told("jobs", text, "job_started", "uid", "component", "periodic", "seconds") == [(uid, f"{package}/{cls}", periodic, ago / 1000)]


# --- alarms -----------------------------------------------------------------------------------------------------------


@given(
    tag=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), min_size=1).filter(
        lambda text: text == text.strip()
    )
)
def test_the_tag_of_an_alarm_may_be_any_words(tag: str) -> None:
    """A listener's tag is what the app calls it (Alarm.makeTag)."""
    text = (
        "Current Alarm Manager state:\n    RTC_WAKEUP #1: Alarm{9b76855 type 0 origWhen 1578517200000 whenElapsed 23426355 com.x}\n"
        f"      tag=*walarm*:{tag}\n      type=RTC_WAKEUP origWhen=2020-01-08 22:00:00.000 window=0 repeatInterval=0 count=0 flags=0x0\n"
        "  Alarm Stats:\n  *ACTIVE* u0a39:com.x +75ms running, 1 wakeups:\n    *ACTIVE* +75ms 1 wakes 1 alarms, last -1m52s320ms:\n"
        f"      *walarm*:{tag}\n    0 0 wakes 1 alarms, last --:\n      null\n"
    )
    assert told("alarms", text, "alarm", "tag", "when") == [(f"*walarm*:{tag}", "2020-01-08 22:00:00.000")]
    assert told("alarms", text, "alarm_fired", "tag", "seconds") == [(f"*walarm*:{tag}", -112.32), ("null", None)]


# --- processes, services, activities ----------------------------------------------------------------------------------


@given(app=st.integers(10000, 19999), isolated=st.integers(90000, 99999), user=st.integers(0, 11))
def test_an_isolated_process_is_counted_from_99000(app: int, isolated: int, user: int) -> None:
    """ProcessRecord.toShortString: u0a162i27, and u0a162i-8990 of a zygote of an app."""
    name = "com.x:sandboxed_process0:org.x.Sandboxed0:0"
    who = f"4711:{name}/u{user}a{app - 10000}i{isolated - 99000}"
    uid = user * 100000 + isolated
    lru = f"ACTIVITY MANAGER LRU PROCESSES (dumpsys activity lru)\n    #12: vis    BFGS --- {who}\n"
    assert told("lru", lru, "lru_process", "process", "uid") == [(name, uid)]
    full = f"{PROCESSES}  *APP* UID {uid} ProcessRecord{{a6c7d76 {who}}}\n    packageList={{com.x}}\n"
    assert told("processes", full, "process", "pid", "uid", "name", "packages") == [(4711, uid, name, ("com.x",))]
    services = (
        "ACTIVITY MANAGER SERVICES (dumpsys activity services)\n  * ServiceRecord{54107b3 u0 com.x/org.x.Sandboxed0:0}\n"
        f"    packageName=com.x\n    processName={name}\n    app=ProcessRecord{{47b0170 {who}}}\n"
        f"      * Client AppBindRecord{{aba6c0f ProcessRecord{{ce89b75 {who}}}}}\n"
    )
    assert told("services", services, "service", "component", "pid", "uid") == [("com.x/org.x.Sandboxed0:0", 4711, uid)]


PROCESSES = "ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)\n"
RANKED = (
    "\n  Process LRU list (sorted by oom_adj, 3 total, non-act at 1, non-svc at 1):\n"
    "    PERS # 2: sys    F/ /PER  trm: 0 929:system/1000 (fixed)\n"
    "    Proc # 1: vis    F/ /BFGS ----  t: 0 1804:android.ext.services/u0a36 (service)\n"
    "        android.ext.services/.notification.Assistant<=Proc{929:system/1000}\n"
    "    Proc # 0: cch+75 B/ /CEM  trm: 0 2908:com.x:push/u10a45 (cch-empty)\n"
)


def test_plain_dumpsys_activity_lists_processes_by_importance_and_again_by_last_use() -> None:
    expected = [(929, "system", 1000), (1804, "android.ext.services", 10036), (2908, "com.x:push", 1010045)]
    assert told("processes", PROCESSES + RANKED + RANKED, "process", "pid", "name", "uid") == expected


def test_the_list_by_importance_adds_nothing_to_records() -> None:
    record = "  All known processes:\n  *PERS* UID 1000 ProcessRecord{ce89b75 929:system/1000}\n    packageList={android}\n"
    assert told("processes", PROCESSES + record + RANKED, "process", "pid", "packages") == [(929, ("android",))]


def test_plain_dumpsys_activity_has_services_in_short() -> None:
    """ActiveServices.ServiceDumper without dumpAll."""
    text = (
        "ACTIVITY MANAGER SERVICES (dumpsys activity services)\n  User 0 active services:\n"
        "  * ServiceRecord{54107b3 u0 com.b/.Push}\n    app=ProcessRecord{47b0170 1804:com.b:push/u0a201}\n"
        "    created=-1m54s927ms started=true connections=2\n    Connections:\n"
        "      act=com.b.GO -> 929:system/1000\n       -> 77:com.c/u0a77\n\n"
        "  * ServiceRecord{54107b4 u0 com.d/.Idle}\n    app=null\n    created=-1s0ms started=false connections=0\n"
    )
    assert told("services", text, "service", "component", "pid", "start_requested") == [
        ("com.b/.Push", 1804, True),
        ("com.d/.Idle", None, False),
    ]
    assert [client["pid"] for client in told("services", text, "service", "clients")[0][0]] == [929, 77]
    assert told("services", text, "service_started", "component") == [("com.b/.Push",)]


def test_plain_dumpsys_activity_has_activities_without_a_star() -> None:
    """dumpHistoryList without complete: two blanks for the star, then the intent and the process."""
    text = (
        "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\nDisplay #0 (activities from top to bottom):\n"
        "        Hist #0: ActivityRecord{7478fcd u0 com.x/.Main t33}\n          Intent { act=android.intent.action.MAIN cmp=com.x/.Main }\n"
        "          ProcessRecord{22d383 1878:com.x/u0a82}\n\n    mResumedActivity: ActivityRecord{7478fcd u0 com.x/.Main t33}\n"
    )
    assert told("activities", text, "activity", "component", "process", "task") == [("com.x/.Main", "com.x", 33)]
    assert told("activities", text, "resumed_activity", "component") == [("com.x/.Main",)]


def test_the_state_at_the_last_anr_is_not_the_state_now() -> None:
    stale = (
        "      * Hist #0: ActivityRecord{7478fce u0 com.old/.Gone t1}\n    mResumedActivity: ActivityRecord{7478fce u0 com.old/.Gone t1}\n"
    )
    text = (
        f"ACTIVITY MANAGER LAST ANR (dumpsys activity lastanr)\n{stale}"
        "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\n  ResumedActivity: ActivityRecord{7478fcd u0 com.x/.Main t33}\n"
    )
    assert told("activities", text, "activity", "component") == []
    assert told("activities", text, "resumed_activity", "component") == [("com.x/.Main",)]
    windows = "  Window #0 Window{1 u0 com.old/com.old.Gone}:\n  mCurrentFocus=Window{1 u0 com.old/com.old.Gone}\n"
    now = windows.replace("old", "new").replace("Gone", "Main")
    text = f"WINDOW MANAGER LAST ANR (dumpsys window lastanr)\n{windows}\nWINDOW MANAGER WINDOWS (dumpsys window windows)\n{now}"
    assert told("windows", text, "window", "title") == [("com.new/com.new.Main",)]
    assert told("windows", text, "focus", "title") == [("com.new/com.new.Main",)]


# --- windows ----------------------------------------------------------------------------------------------------------


def test_windows_of_8_have_numbers() -> None:
    """WindowManager.LayoutParams.toString of android-8.1."""
    text = (
        "WINDOW MANAGER WINDOWS (dumpsys window windows)\n  Window #0 Window{1400390 u0 com.x/com.x.Main}:\n"
        "    mOwnerUid=10087 mShowToOwnerOnly=false package=com.x appop=SYSTEM_ALERT_WINDOW\n"
        "    mAttrs=WM.LayoutParams{(0,0)(fillxfill) gr=#800033 sim=#20 ty=2038 fl=#81800102 fmt=-3 wanim=0x10302f4}\n"
        "    mFrame=[0,0][1080,1920] last=[0,0][1080,1920]\n    isVisible=true\n"
    )
    assert told("windows", text, "window", "type", "flags", "translucent", "dims_behind") == [
        ("APPLICATION_OVERLAY", ("DIM_BEHIND", "LAYOUT_IN_SCREEN", "SPLIT_TOUCH", "HARDWARE_ACCELERATED", "DRAWS_SYSTEM_BAR_BACKGROUNDS"),
         True, True)
    ]  # fmt: skip


# --- ps ---------------------------------------------------------------------------------------------------------------


def test_a_row_of_a_thread_is_no_process() -> None:
    text = (
        "LABEL                     USER       PID  TID PPID  VSZ RSS WCHAN ADDR S PRI NI RTPRIO SCH PCY     TIME CMD\n"
        "u:r:untrusted_app:s0:c512 u0_a123   4711 4711  600 1234  89 0        0 S  19  0      -   0  ta 00:00:01 com.x\n"
        "u:r:untrusted_app:s0:c512 u0_a123   4711 4720  600 1234  89 0        0 S  19  0      -   0  ta 00:00:01 Signal Catcher\n"
    )
    assert told("ps", text, "process", "pid", "uid", "name") == [(4711, 10123, "com.x")]


def test_the_toolbox_of_7_names_no_column_for_the_state() -> None:
    text = (
        "USER      PID   PPID  VSIZE  RSS   WCHAN              PC  NAME\nu0_a71    2931  600   1632 792   SyS_epoll_ 0000000000 S com.x\n"
    )
    assert told("ps", text, "process", "pid", "uid", "name") == [(2931, 10071, "com.x")]


# --- durations --------------------------------------------------------------------------------------------------------


@given(milliseconds=MILLISECONDS, padded=st.booleans())
def test_durations_of_every_length(milliseconds: int, padded: bool) -> None:
    assert seconds(duration(milliseconds, padded=padded)) == pytest.approx(milliseconds / 1000)


# --- reports ----------------------------------------------------------------------------------------------------------

DURATION = "------ 0.028s was the duration of '{}' ------\n"
REPORT = (
    "========================================================\n== dumpstate: 2020-01-08 15:31:08\n"
    + "Build: x\n" * 30_000
    + "------ SYSTEM PROPERTIES (getprop) ------\n[ro.build.version.sdk]: [29]\n[a.b]: [two\nlines]\n"
    + DURATION.format("SYSTEM PROPERTIES")
    + "------ PROCESSES AND THREADS (ps -A -T -Z -O pri,nice,rtprio,sched,pcy,time) ------\n"
    "LABEL USER PID TID PPID VSZ RSS WCHAN ADDR S PRI NI RTPRIO SCH PCY TIME CMD\n"
    "u:r:x:s0 u0_a123 4711 4711 600 1 2 0 0 S 19 0 - 0 ta 00:00:01 com.x\n" + DURATION.format("PROCESSES AND THREADS")
    + "------ DUMPSYS CRITICAL (/system/bin/dumpsys) ------\n" + "-" * 79 + "\nDUMP OF SERVICE CRITICAL window:\n"
    "WINDOW MANAGER WINDOWS (dumpsys window windows)\n  Window #0 Window{1 u0 com.x/com.x.Main}:\n    mOwnerUid=10123 package=com.x\n\n"
    "  mCurrentFocus=Window{1 u0 com.x/com.x.Main}\n--------- 0.006s was the duration of dumpsys window, ending at: 2020-01-08 15:31:49\n"
    + "-" * 79 + "\nDUMP OF SERVICE CRITICAL activity:\nACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\n"
    "      * Hist #0: ActivityRecord{74 u0 com.x/.Main t33}\n          packageName=com.x processName=com.x\n"
    "  ResumedActivity: ActivityRecord{74 u0 com.x/.Main t33}\n"
    "--------- 0.006s was the duration of dumpsys activity, ending at: 2020-01-08 15:31:49\n"
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("windows", ["window", "focus"]),
        ("activities", ["activity", "resumed_activity"]),
        ("getprop", ["property", "property"]),
        ("ps", ["process"]),
    ],
)
def test_a_section_far_down_in_a_report_is_found(name: str, expected: list[str]) -> None:
    found, unknown = read(name, REPORT)
    assert ([item["kind"] for item in found], unknown) == (expected, 0)


@pytest.mark.parametrize("name", ["windows", "activities", "getprop", "ps", "jobs", "processes"])
def test_a_report_without_the_section_says_so(name: str) -> None:
    report = REPORT.partition("------ SYSTEM")[0] + "------ UPTIME (uptime) ------\n 15:31\n"
    with pytest.raises(FormatError, match="a bugreport without the section"):
        read(name, report)
