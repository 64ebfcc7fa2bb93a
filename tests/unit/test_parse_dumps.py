"""Dumps: what each version prints becomes records, and the real ones give as many as a plain count finds."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from harness.errors import FormatError
from harness.parsers.dump_formats import READINGS, Item
from tests.captures import capture
from tests.dump_texts import ASSOCIATIONS, BROADCASTS, DOWNLOADS, INSTALLS, SERVICES, START_INFO, read

PIXEL = "dumpsys/pixel_sailfish_android10_"


def only(name: str, text: str, kind: str | None = None) -> Item:
    found, unknown = read(name, text)
    (item,) = [item for item in found if kind in (None, item["kind"])]
    assert unknown == 0
    return item


def some(item: Item, **expected: Any) -> None:
    assert {name: item[name] for name in expected} == expected


# --- real dumps against a plain count of their lines ------------------------------------------------------------------


def begins(*words: str) -> Callable[[str], bool]:
    return lambda line: line.lstrip().startswith(words)


COUNTED: list[tuple[str, str, dict[str, Callable[[str], bool]]]] = [
    ("lru", "activity_lru", {"lru_process": begins("#")}),
    ("services", "activity_services", {"service": begins("* ServiceRecord{"), "service_started": begins("startRequested=true")}),
    ("broadcasts", "activity_broadcasts", {"broadcast_sent": begins("caller="), "broadcast_past": begins("enq=")}),
    ("providers", "activity_providers", {"provider": begins("* ContentProviderRecord{")}),
    ("appops", "appops", {"app_op_noted": begins("Access: ", "Reject: ")}),
    ("jobs", "jobscheduler", {"job": lambda line: line.startswith("  JOB #"),
     "job_started": lambda line: " START: #" in line or " START-P: #" in line,
     "job_stopped": lambda line: " STOP: #" in line or " STOP-P: #" in line}),
    ("alarms", "alarm", {"alarm": lambda line: " #" in line and ": Alarm{" in line, "alarm_fired": lambda line: " alarms, last " in line}),
    ("usage-stats", "usagestats", {"usage_event": begins('time="')}),
    ("notifications", "notification", {"notification": begins("NotificationRecord(")}),
    ("processes", "activity_processes", {"process": begins("*APP* UID", "*PERS* UID")}),
    ("activities", "activity_activities", {"activity": begins("* Hist #")}),
    ("package", "package", {"package": lambda line: line.startswith("  Package [")}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "kinds"), COUNTED, ids=lambda value: value if isinstance(value, str) else "")
def test_records_of_a_real_dump_equal_a_plain_count(name: str, path: str, kinds: dict[str, Callable[[str], bool]]) -> None:
    text = capture(f"{PIXEL}{path}.txt").read_text(encoding="utf-8")
    if name == "package":  # what the system image has is repeated after the packages
        text = text.partition("\nHidden system packages:")[0]
    found, unknown = read(name, text)
    counted = {kind: sum(map(test, text.splitlines())) for kind, test in kinds.items()}
    told = Counter(item["kind"] for item in found)
    assert {kind: told[kind] for kind in kinds} == counted
    assert unknown == 0
    assert all(counted.values())


def test_connections_of_real_providers_and_services() -> None:
    text = capture(f"{PIXEL}activity_providers.txt").read_text(encoding="utf-8")
    found, _ = read("providers", text)
    assert sum(len(item["clients"]) for item in found) == sum(map(begins("-> "), text.splitlines()))
    text = capture(f"{PIXEL}activity_services.txt").read_text(encoding="utf-8")
    found, _ = read("services", text)
    clients = sum(len(item["clients"]) for item in found if item["kind"] == "service")
    assert clients == sum(map(begins("* Client AppBindRecord{"), text.splitlines()))


def test_receivers_of_real_broadcasts() -> None:
    text = capture(f"{PIXEL}activity_broadcasts.txt").read_text(encoding="utf-8")
    found, _ = read("broadcasts", text)
    words = ("Deliver ", "Skipped ", "Pending ", "Timeout ")
    assert sum(len(item.get("receivers", ())) for item in found) == sum(map(begins(*words), text.splitlines()))


@pytest.mark.parametrize("name", READINGS)
def test_every_record_names_its_user(name: str) -> None:
    """Where Android prints a uid or a user; a picture, properties, alarms that wait and summaries have none."""
    paths = {path: names for names, path, _ in COUNTED}
    for path in (path for path, of in paths.items() if of == name):
        found, _ = read(name, capture(f"{PIXEL}{path}.txt").read_text(encoding="utf-8"))
        users = [item for item in found if not {"user", "users"} & item.keys() and item["kind"] != "broadcast_past"]
        assert users == []


# --- what other versions print ----------------------------------------------------------------------------------------


def test_lru_of_12_has_capabilities() -> None:
    text = (
        "ACTIVITY MANAGER LRU PROCESSES (dumpsys activity lru)\n  Activities:\n"
        "    #12: fg     TOP  LCM 1878:com.x/u10a82 act:activities|recents\n    # 3: cch+ 5 CEM  ---N 42:com.y:p/u0i3\n"
    )
    (first, second), unknown = read("lru", text)
    some(first, pid=1878, process="com.x", user=10, adj="fg", state="TOP", activities=("activities", "recents"))
    some(second, pid=42, process="com.y:p", uid=99003, adj="cch+5", state="CEM")
    assert unknown == 0


def test_service_says_who_started_and_who_binds_it() -> None:
    (service, started, other), unknown = read("services", SERVICES)
    some(service, user=0, component="com.b/.Push", pid=1804, uid=10201, caller="com.a", caller_uid=10188, action="go")
    assert (service["started_seconds"], other["started_seconds"]) == (60.0, None)
    assert service["clients"] == ({"pid": 929, "process": "com.c", "uid": 10077, "user": 0},)
    some(started, kind="service_started", component="com.b/.Push", caller="com.a", start_id=2, process="com.b:push")
    some(other, user=10, component="com.d/.Other", pid=None, start_requested=False, clients=())
    assert unknown == 0


def test_broadcast_of_14_and_later() -> None:
    (sent, added, wake), unknown = read("broadcasts", BROADCASTS)
    some(sent, user=10, action="android.intent.action.PACKAGE_ADDED", caller="android", pid=1234, uid=1000)
    some(sent["receivers"][0], state="delivered", pid=1497, process="com.ui", uid=10087)
    some(sent["receivers"][1], state="skipped", component="com.x/com.x.Receiver")
    assert sent["receivers"][1]["reason"].startswith("skipped by policy")
    some(added, kind="package_added", package="com.new", user=10, wall="2026-10-01 12:00:00.001")
    some(wake, action="com.a.WAKE", component="com.b/.Wake", caller="com.a", process="com.a", uid=10188)
    some(wake["receivers"][0], state="delivered", component="com.b/com.b.Wake")
    assert unknown == 0


def test_associations() -> None:
    (first, second), unknown = read("associations", ASSOCIATIONS)
    some(first, process="com.b:push", uid=10201, user=0, component="com.b/.PushService", count=3, seconds=5.012)
    some(first, source_process="com.a", source_uid=1010188, source_user=10, active=True)
    some(second, component="com.c/.Provider", active=False)
    assert unknown == 0
    assert read("associations", ASSOCIATIONS.splitlines()[0] + "\n  (nothing)\n") == ([], 0)


def test_start_info() -> None:
    (boot, job), unknown = read("start-info", START_INFO)
    some(boot, pid=3421, uid=10196, user=0, process="com.demo:push", reason="BOOT_COMPLETE", was_force_stopped=True)
    some(boot, action="android.intent.action.BOOT_COMPLETED", component="com.demo/.Boot", launched_ns=1_000_000)
    some(job, pid=0, user=10, reason="JOB", start_component="SERVICE", action=None, launched_ns=None)
    assert unknown == 0


def test_app_ops_of_8_and_of_cmd_appops() -> None:
    text = (
        "Current AppOps Service state:\n  Uid 1000:\n      COARSE_LOCATION: mode=1\n    Package com.android.phone:\n"
        "      READ_CONTACTS: mode=0; time=+1h2m3s4ms ago; rejectTime=+5s0ms ago; duration=+22ms\n  Uid u10a7:\n"
        "    Package com.x:\n      CAMERA: mode=2\n"
    )
    (uid_mode, contacts, access, reject, camera), unknown = read("appops", text)
    some(uid_mode, kind="app_op", uid=1000, package=None, op="COARSE_LOCATION", mode="ignore")
    some(contacts, package="com.android.phone", op="READ_CONTACTS", mode="allow")
    some(access, kind="app_op_noted", access="access", ago=3723.004, state=None, package="com.android.phone")
    some(reject, access="reject", ago=5.0)
    some(camera, user=10, package="com.x", mode="deny")
    assert unknown == 0
    (uid_mode, autostart, noted, unknown_op), unknown = read(
        "appops", "Uid mode: CAMERA: foreground\nMIUIOP(10008): ignore; rejectTime=+3m0s0ms ago\nUnknown(10022): mode=5\n"
    )
    some(uid_mode, op="CAMERA", mode="foreground")
    some(autostart, op="MIUIOP(10008)", code=10008, mode="ignore")
    some(noted, kind="app_op_noted", op="MIUIOP(10008)", code=10008, access="reject", ago=180.0)
    some(unknown_op, code=10022, mode="ask")
    assert unknown == 0
    assert read("appops", "No operations.\nDefault mode: allow\n") == ([], 0)


def test_cmd_appops_of_later_versions_tells_each_access() -> None:
    text = (
        "Uid mode: COARSE_LOCATION: foreground\nPOST_NOTIFICATION: allow\n  null=[\n    Access: [top-s] 2026-09-26 13:00:00.000 "
        "(-1m0s0ms)\n  ]\nCAMERA: allow (running)\n"
    )
    (uid_mode, post, access, camera), unknown = read("appops", text)
    some(uid_mode, op="COARSE_LOCATION", mode="foreground")
    some(post, op="POST_NOTIFICATION", mode="allow")
    some(access, kind="app_op_noted", op="POST_NOTIFICATION", state="top", ago=60.0, attribution=None)
    some(camera, op="CAMERA", mode="allow")
    assert unknown == 0


def test_app_ops_of_11_and_the_discrete_accesses_of_12() -> None:
    text = (
        "Current AppOps Service state:\n  Uid u0a123:\n    state=bg\n    Package com.x:\n      CAMERA (allow / switch CAMERA=allow):\n"
        "        null=[\n          Access: [bg-s] 2026-10-01 12:00:00.000 (-5s12ms) duration=+1s0ms proxy[uid=1000, pkg=com.p, "
        "attributionTag=null]\n          Reject: [top-tpd]2026-10-01 12:00:01.000 (-4s0ms)\n        ]\n        scan=[\n"
        "          Access: [fgsvc-s] 2026-10-01 12:00:02.000 (-3s0ms)\n        ]\n\nDiscrete accesses:\n  Largest chain id: 0\n"
        "  Uid: 10123\n    Package: com.x\n      RECORD_AUDIO\n        Attribution: voice\n"
        "          Access [fg-s] at 2026-07-24 09:10:00.000 for 60000 milliseconds \n"
    )
    (_, access, reject, scan, discrete), unknown = read("appops", text)
    some(access, state="bg", flag="s", wall="2026-10-01 12:00:00.000", ago=5.012, seconds=1.0, proxy_package="com.p")
    some(reject, access="reject", state="top", flag="tpd", attribution=None)
    some(scan, state="fgsvc", attribution="scan", op="CAMERA")
    some(discrete, uid=10123, op="RECORD_AUDIO", attribution="voice", state="fg", seconds=60.0)
    assert unknown == 0


@pytest.mark.parametrize(
    ("name", "component", "package", "tag"),
    [
        ("#a trace#tag#@work@com.x/.Job", "com.x/.Job", "com.x", None),
        ("DownloadManager:com.android.providers.downloads", None, "com.android.providers.downloads",
         "DownloadManager:com.android.providers.downloads"),
    ],
)  # fmt: skip
def test_the_name_of_a_job(name: str, component: str | None, package: str, tag: str | None) -> None:
    job = only("jobs", f"Registered 1 jobs:\n  JOB work:u0a434/4: 658d0c1 {name}\n    Source: uid=u0a434 user=0 pkg=com.x\n")
    some(job, component=component, package=package, tag=tag)


@pytest.mark.parametrize("unique", ["#work.jobs:u0a434/4726", "work.jobs:u0a434/4726", "{work.jobs} #u0a434/4726", "#u0a434/4726"])
def test_jobs_of_14_have_a_namespace(unique: str) -> None:
    text = (
        f"Registered 1 jobs:\n  JOB {unique}: 658d0c1 "
        "@androidx.work.systemjobscheduler@com.x/androidx.work.impl.background.systemjob.SystemJobService\n"
        "    Source: uid=u0a434 user=0 pkg=com.x\n    JobInfo:\n      PERIODIC: interval=+15m0s0ms flex=+5m0s0ms\n"
        "      PERSISTED\n\n  Job history:\n     -1m2s3ms START-P: #u10a434/4726 @androidx.work.systemjobscheduler@com.x/.Job\n"
        "     -1m1s0ms    STOP: #u10a434/4726 com.x/.Job app called jobFinished\n"
    )
    (job, started, stopped), unknown = read("jobs", text)
    some(job, uid=10434, user=0, job_id=4726, package="com.x", source_package="com.x", periodic=True, persisted=True)
    some(started, kind="job_started", user=10, job_id=4726, component="com.x/.Job", periodic=True, seconds=-62.003)
    some(stopped, kind="job_stopped", component="com.x/.Job", reason="app called jobFinished")
    assert unknown == 0


@pytest.mark.parametrize(
    ("said", "user"),
    [
        ("type 0 origWhen 1578517200000 whenElapsed 23426355 com.x", None),
        ("type 0 origType 1 origWhen 1578517200000 flags 1 windowLength 0 whenElapsed 23426355 com.x", None),  # makers' pairs
        # OriginOS
        (
            "uId=99910039 creatorUid=99910039 packageName=com.x operation=PendingIntent{b9f826a: PendingIntentRecord{5126b0b com.x "
            "broadcastIntent}} type 0 origWhen 1578517200000 flags 9 tag=*walarm*:com.x/.AlarmReceiver procName=com.x sourcePackage=com.x",
            999,
        ),
    ],
)
def test_alarms_of_12(said: str, user: int | None) -> None:
    text = (
        "Current Alarm Manager state:\n  Pending alarms:\n"
        f"    RTC_WAKEUP #1: Alarm{{9b76855 {said}}}\n"
        "      tag=*walarm*:com.x/.AlarmReceiver\n"
        "      type=RTC_WAKEUP origWhen=2026-10-02 22:00:00.000 window=0 exactAllowReason=policy_permission repeatInterval=900000 "
        "count=0 flags=0x9\n      operation=PendingIntent{b9f826a: PendingIntentRecord{5126b0b com.x broadcastIntent}}\n"
        "  Alarm Stats:\n  u10a39:com.x +75ms running, 1 wakeups:\n    +75ms 1 wakes 4 alarms, last -1m52s320ms:\n"
        "      *walarm*:com.x/.AlarmReceiver\n"
    )
    (alarm, fired), unknown = read("alarms", text)
    some(alarm, user=user, package="com.x", alarm_type="RTC_WAKEUP", tag="*walarm*:com.x/.AlarmReceiver", repeat_ms=900_000)
    some(alarm, when="2026-10-02 22:00:00.000", operation="broadcastIntent")
    some(fired, uid=1010039, user=10, package="com.x", count=4, wakeups=1, seconds=-112.32)
    assert unknown == 0


def test_usage_events_of_two_users_and_of_8() -> None:
    text = (
        'user=0 \n  Last 24 hour events (timeRange="x" )\n    time="2026-10-01 12:00:00" type=MOVE_TO_FOREGROUND package=com.x '
        'class=com.x.Main flags=0x0 \nuser=999 \n  Last 24 hour events (timeRange="x" )\n    time="2026-10-01 12:00:01" '
        "type=STANDBY_BUCKET_CHANGED package=com.x standbyBucket=40 reason=t-30 flags=0x0 \n"
    )
    (front, bucket), unknown = read("usage-stats", text)
    some(front, user=0, type="MOVE_TO_FOREGROUND", package="com.x", class_name="com.x.Main", wall="2026-10-01 12:00:00")
    some(bucket, user=999, type="STANDBY_BUCKET_CHANGED", standby_bucket=40, reason="t-30")
    assert unknown == 0


def test_notification_of_11() -> None:
    text = (
        "Current Notification Manager state:\n  Notification List:\n    NotificationRecord(0x0e: pkg=com.x user=UserHandle{10} id=1 "
        "tag=a:b importance=3 key=10|com.x|1|a:b|1010123: Notification(channel=promo shortcut=null contentView=null flags=0x10 "
        "color=0x0 vis=PRIVATE))\n"
    )
    some(only("notifications", text), user=10, uid=1010123, package="com.x", tag="a:b", channel="promo", flags="0x10")


@pytest.mark.parametrize("behind", ["|0|com.x|g:Aggregate_SilentSection", "|ranker bbbc=0", " bbbc=2", "appImportanceLocked=true"])
def test_what_stands_behind_the_key_of_a_notification(behind: str) -> None:
    text = (
        "Current Notification Manager state:\n    NotificationRecord(0x0e: pkg=com.x user=UserHandle{0} id=1 tag=0|com.x|g:7 "
        f"importance=2 key=0|com.x|1|0|com.x|g:7|10123{behind}: Notification(channel=a shortcut=null flags=0x10))\n"
    )
    some(only("notifications", text), uid=10123, tag="0|com.x|g:7", key="0|com.x|1|0|com.x|g:7|10123", channel="a")


def test_digits_of_another_locale() -> None:
    """String.format uses the digits of the device's language; Android prints this line so."""
    text = (
        "Current Notification Manager state:\n    NotificationRecord(0x0e: pkg=com.x user=UserHandle{0} id=\u0661\u0662 tag=null "
        "importance=\u0663 key=0|com.x|12|null|10123: Notification(channel=a pri=0))\n"
    )
    some(only("notifications", text), id=12, importance=3, uid=10123)


def test_download_names_the_app_that_asked_for_it() -> None:
    some(
        only("downloads", DOWNLOADS),
        kind="download_enqueued",
        id=12,
        uid=1010123,
        user=10,
        package="com.x",
        uri="https://x.example/a.apk",
        mime_type="application/vnd.android.package-archive",
        title="小店 更新",
        status=192,
    )


def test_title_of_a_download_cannot_name_another_app() -> None:
    forged = DOWNLOADS.replace("title=小店 更新", "title=x uid=10001 notificationpackage=com.innocent")
    some(only("downloads", forged), uid=None, package=None)


def test_install_session_names_the_package_that_was_written() -> None:
    written = INSTALLS.replace("appPackageName=com.new", "appPackageName=null").replace(
        "mFinalStatus=0", "mFinalStatus=0 mAppPackageName=com.late"
    )
    some(only("package", written), package="com.late")


def cut(text: str, indent: str) -> str:
    """What IndentingPrintWriter does to a piece that is longer than a line."""
    room = 120 - len(indent)
    return "".join(f"{indent}{line[at : at + room]}\n" for line in text.split("\n") for at in range(0, len(line) or 1, room))


ASKED = "mode=1 installFlags=0x2 installLocation=0 installReason=4 installScenario=0 sizeBytes=-1 appPackageName=com.shop.of.books "
ASKED_MORE = "appIcon=false appLabel=Books mFinalStatus=7 originatingUri=null originatingUid=-1 referrerUri=null abiOverride=null "
ENDED = "mCommitted=true mSealed=true mFinalStatus=1 mFinalMessage=Session installed mParentSessionId=-1 mSessionApplied=false "


def test_ended_session_of_14_is_put_together() -> None:
    """What the installer asked for is one text there, which Android cuts in the middle of a word."""
    text = "Historical install sessions:\n  Session 5:\n    userId=0 mOriginalInstallerUid=10100 installerPackageName=com.a \n"
    asked = cut(ASKED + ASKED_MORE + "installerPackageName=com.b ", "    ")
    assert "com.shop.of.books" not in asked
    some(
        only("package", f"{text}{asked}    {ENDED}\n  \n"),
        package="com.shop.of.books",
        installer="com.a",
        final_status=1,
        final_message="Session installed",
    )


def test_ended_session_of_13_is_one_text() -> None:
    """All of it is cut there, and an indent of its own is in the text; a line may be cut before a blank."""
    who = "    userId=0 mOriginalInstallerUid=10100 mOriginalInstallerPackageName=com.a installerPackageName=com.a "
    whole = f"Session 5:\n{who}installInitiatingPackageName=null \n    {ASKED}{ASKED_MORE}\n    {ENDED}"
    text = "Historical install sessions:\n" + cut(whole, "  ")
    before_blank = who + f"x={'y' * (118 - len(who) - 2)} mInstallerUid=10100 \n    {ASKED}{ASKED_MORE}\n    {ENDED}"
    for each in (text, "Historical install sessions:\n" + cut(f"Session 5:\n{before_blank}", "  ")):
        some(only("package", each), package="com.shop.of.books", installer="com.a", committed=True, final_status=1)


def test_sessions_since_13_begin_with_the_name_of_their_list() -> None:
    text = (
        "Active install sessions:\n  Active Session 5:\n    userId=0 mOriginalInstallerUid=10100 installerPackageName=com.a \n"
        "    appPackageName=com.new \n    mCommitted=false mSealed=false mFinalStatus=0 mFinalMessage=null \n  \n  \n"
        "Orphaned install sessions:\n  Orphaned Child Session 6:\n    userId=0 appPackageName=com.orphan \n  \n  \n"
        "Finalized install sessions:\n  Finalized Session 7:\n    userId=0 appPackageName=null \n"
        "    mCommitted=true mFinalStatus=0 mFinalMessage=null mParentSessionId=-1 mSessionApplied=true \n  \n"
        "    Finalized Child Session 8:\n      userId=0 appPackageName=com.part \n"
        "      mCommitted=true mFinalStatus=0 mParentSessionId=7 mSessionApplied=false \n    \n  \n"
        "Historical install sessions:\n  \nLegacy install sessions:\n  {}\n"
    )
    found, unknown = read("package", text)
    assert unknown == 0
    assert [(each["session_id"], each["state"], each["package"], each["applied"]) for each in found] == [
        (5, "active", "com.new", False),
        (6, "orphaned", "com.orphan", False),
        (7, "finalized", None, True),
        (8, "finalized", "com.part", True),
    ]


def test_long_address_of_a_download_is_put_together() -> None:
    address = f"https://x.example/{'long/' * 60}a.apk?one=1"
    text = f"Downloads updated in last hour:\n  Download #12:\n    _id=12 \n{cut(f'uri={address} ', '    ')}    status=192 uid=10123 \n"
    some(only("downloads", text), uri=address, status=192, uid=10123)


def test_install_session_says_who_installs_what() -> None:
    some(
        only("package", INSTALLS),
        kind="install_session",
        session_id=1234567,
        state="active",
        user=10,
        installer="com.a",
        installer_uid=1010123,
        initiating_package="com.a",
        originating_package=None,
        package="com.new",
        committed=True,
        final_status=0,
    )


def test_permission_flags_of_each_user() -> None:
    text = (
        "Packages:\n  Package [com.x] (612fb0a):\n    userId=10123\n"
        "    User 0: ceDataInode=1 installed=true stopped=false\n      runtime permissions:\n"
        "        android.permission.CAMERA: granted=false, flags=[ USER_SET|USER_FIXED]\n"
        "    User 10: ceDataInode=2 installed=true stopped=true\n      runtime permissions:\n"
        "        android.permission.CAMERA: granted=true, flags=[ ONE_TIME]\n"
    )
    found, _ = read("permission-flags", text)
    assert [(item["user"], item["granted"], item["flags"]) for item in found] == [
        (0, False, ("USER_SET", "USER_FIXED")),
        (10, True, ("ONE_TIME",)),
    ]


def test_activity_says_who_launched_it() -> None:
    text = (
        "ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)\n      * Hist #0: ActivityRecord{74 u10 com.b/.Main t33}\n"
        "          packageName=com.b processName=com.b:ui\n          launchedFromUid=1010188 launchedFromPackage=com.a userId=10\n"
        "          state=RESUMED stopped=false\n    mResumedActivity: ActivityRecord{74 u10 com.b/.Main t33}\n"
    )
    (activity, resumed), unknown = read("activities", text)
    some(activity, kind="activity", user=10, component="com.b/.Main", process="com.b:ui", task=33, state="RESUMED")
    some(activity, launched_from_uid=1010188, launched_from_package="com.a")
    some(resumed, kind="resumed_activity", user=10, component="com.b/.Main")
    assert unknown == 0


def test_dump_among_those_of_other_services() -> None:
    text = (
        "========================================================\n== dumpstate: 2026-10-01 12:00:00\n"
        "------ DUMPSYS (/system/bin/dumpsys) ------\nDUMP OF SERVICE activity:\n" + SERVICES + ASSOCIATIONS + BROADCASTS + "DUMP OF "
        "SERVICE HIGH meminfo:\n  * ServiceRecord{1 u0 com.fake/.S}\n    packageName=com.fake\n"
    )
    assert len(read("services", text)[0]) == 3
    assert len(read("associations", text)[0]) == 2
    assert len(read("broadcasts", text)[0]) == 3
    with pytest.raises(FormatError, match="not dumpsys alarm"):
        read("alarms", text)
