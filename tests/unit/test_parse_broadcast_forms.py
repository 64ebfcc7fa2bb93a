"""Each form in which a version of Android prints broadcasts, and older forms, typed from their printing code."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dump_texts import read

HEAD = "ACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)\n"
ACTIONS = st.from_regex(r"[a-z]{1,5}(\.[A-Za-z_]{1,8}){1,4}", fullmatch=True)
UIDS = st.integers(-1, 1_099_999)
VERSIONS = ("8.1", "9", "13", "14", "16", "16.2")


def to_string(version: str, action: str | None, user: int) -> str:
    """BroadcastRecord.toString: since 14 the user stands behind, later flags, and the intent where no action is."""
    if int(version.split(".")[0]) < 14:
        return f"BroadcastRecord{{5eee6c4 u{user} {action or 'null'}}}"
    return f"BroadcastRecord{{5eee6c4 {action or 'Intent { flg=0x10 cmp=com.x/.Wake }'}/u{user}{'/0x481' if version == '16.2' else ''}}}"


def whole(version: str, action: str | None, user: int, uid: int, real: int) -> str:
    """BroadcastRecord.dump."""
    second = "2026-10-01 12:00:01" + ("" if version == "8.1" else ".001")
    took = {"8.1": "", "9": "+21ms ", "13": "+21ms "}.get(version, "scheduled +1ms terminal +2ms ")
    word = "Deliver" if int(version.split(".")[0]) < 14 else "DELIVERED"
    act = "" if action is None else f"act={action} "
    return (
        f"    {to_string(version, action, user)} to user {user}\n"
        f"    Intent {{ {act}flg=0x10 cmp=com.x/.Wake (has extras) }}\n      extras: Bundle[{{STRIPPED=1}}]\n"
        f"    caller=com.a 71:com.a/u0a188 pid=71 uid={uid}{f' realCallingUid={real}' if version.startswith('16') else ''}\n"
        f"    enqueueClockTime={second} dispatchClockTime={second}\n"
        "    dispatchTime=-49s297ms (+1ms since enq) finishTime=-49s294ms (+3ms since disp)\n"
        f"    {word} {took}#0: (manifest)\n      priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false\n"
        "      ActivityInfo:\n        name=com.x.Wake\n        packageName=com.x\n"
    )


def in_short(version: str, number: int, action: str, user: int) -> str:
    """As a plain dumpsys activity prints it."""
    return f"  #{number}: {to_string(version, action, user)}\n    act={action} flg=0x10 (has extras)\n    extras: Bundle[{{STRIPPED=1}}]\n"


def summary(number: int, action: str) -> str:
    return (
        f"  #{number}: act={action} dat=package:com.new flg=0x10 (has extras)\n    +1ms dispatch +2ms finish\n"
        "    enq=2026-10-01 12:00:01 disp=2026-10-01 12:00:02.000 fin=2026-10-01 12:00:03.000\n    extras: Bundle[{STRIPPED=1}]\n"
    )


def told(text: str) -> list[dict[str, Any]]:
    found, unknown = read("broadcasts", HEAD + text)
    assert unknown == 0, text
    return found


@given(version=st.sampled_from(VERSIONS), action=st.none() | ACTIONS, user=st.integers(-1, 12), uid=UIDS, real=UIDS)
def test_whole_records(version: str, action: str | None, user: int, uid: int, real: int) -> None:
    head = "  Historical broadcasts [foreground]:\n  Historical Broadcast foreground #0:\n"
    (sent,) = told(head + whole(version, action, user, uid, real))
    assert (sent["action"], sent["component"], sent["user"]) == (action, "com.x/.Wake", user if user >= 0 else None)
    assert (sent["caller"], sent["process"], sent["pid"], sent["uid"]) == ("com.a", "com.a", 71, uid)
    assert sent["real_uid"] == (real if version == "16" and real >= 0 else None)
    assert sent["wall"].startswith("2026-10-01 12:00:01")
    assert [(item["state"], item["component"]) for item in sent["receivers"]] == [("delivered", "com.x/com.x.Wake")]


@given(version=st.sampled_from(VERSIONS), actions=st.lists(ACTIONS, min_size=1, max_size=4), user=st.integers(-1, 12))
def test_records_of_a_plain_dumpsys_activity(version: str, actions: list[str], user: int) -> None:
    """Neither sender nor time nor receivers: what is there is told, and nothing of the summary goes with it."""
    text = "  Historical broadcasts [foreground]:\n"
    text += "".join(in_short(version, number, action, user) for number, action in enumerate(actions))
    text += "\n  Historical broadcasts summary [foreground]:\n" + summary(1, "com.late.ACTION") + "  ...\n"
    *sent, past = told(text)
    assert [(item["kind"], item["action"], item["user"]) for item in sent] == [
        ("broadcast_sent", action, user if user >= 0 else None) for action in actions
    ]
    keys = ("wall", "caller", "process", "pid", "uid", "real_uid", "data", "receivers")
    assert {tuple(item[key] for key in keys) for item in sent} == {(None,) * 7 + ((),)}
    assert (past["kind"], past["action"], past["data"]) == ("broadcast_past", "com.late.ACTION", "package:com.new")
    assert [past[key] for key in ("wall", "dispatched", "finished")] == [
        "2026-10-01 12:00:01",
        "2026-10-01 12:00:02.000",
        "2026-10-01 12:00:03.000",
    ]


def test_an_action_may_be_missing_in_short_too() -> None:
    text = "  Historical broadcasts [modern]:\n  #0: BroadcastRecord{5ee Intent { cmp=com.x/.Wake }/u0}\n    cmp=com.x/.Wake\n"
    (sent,) = told(text)
    assert (sent["action"], sent["component"], sent["user"]) == (None, "com.x/.Wake", 0)


def test_what_waits_in_the_queues_of_14_and_later() -> None:
    """BroadcastHistory.dumpBroadcastList, which begins its lines without a blank."""
    text = "  Frozen broadcasts:\n    <empty>\n  Pending broadcasts:\n"
    text += "".join(f"Pending  broadcast #{number}:\n{whole('16', f'a.B{number}', 0, 1000, -1)}" for number in (1, 0))
    assert [item["action"] for item in told(text)] == ["a.B1", "a.B0"]


def test_a_lost_sender_takes_only_itself() -> None:
    text = whole("13", "a.B", 0, 10188, -1)
    lines = text.splitlines(keepends=True)
    lost = "".join(line for line in lines if "caller=" not in line)
    (sent,) = told(lost)
    assert (sent["action"], sent["caller"], sent["pid"], sent["receivers"]) == ("a.B", None, None, ())
    found, unknown = read("broadcasts", HEAD + "".join(line for line in lines if "caller=" not in line and "enqueue" not in line))
    assert (found, unknown) == ([], 1)


@pytest.mark.parametrize("lost", ["    enq=", "    +1ms"])
def test_an_entry_of_the_summary_without_its_times_is_unread(lost: str) -> None:
    text = "".join(line for line in summary(0, "a.B").splitlines(keepends=True) if not line.startswith(lost))
    found, unknown = read("broadcasts", f"{HEAD}  Historical broadcasts summary [foreground]:\n{text}")
    assert (len(found), unknown) == ((0, 1) if "enq" in lost else (1, 0))


FLAGS = st.lists(st.sampled_from(["USER_SET", "USER_FIXED", "POLICY_FIXED", "SYSTEM_FIXED", "GRANTED_BY_DEFAULT"]), unique=True)
PACKAGES = st.from_regex(r"[a-z]{2,6}(\.[A-Za-z_]{1,6}){1,3}", fullmatch=True)
TAGS = st.none() | st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda tag: not {":", "|", "="} & set(tag) and tag != "null"
)


def told_of(name: str, text: str) -> list[dict[str, Any]]:
    found, unknown = read(name, text)
    assert unknown == 0, text
    return found


@given(flags=FLAGS, old=st.booleans())
def test_flags_of_a_permission(flags: list[str], old: bool) -> None:
    """Settings.java permissionFlagsToString: up to 9 a blank behind each flag, since 10 a bar between two."""
    inside = "".join(f"{flag} " for flag in flags) if old else "|".join(flags)
    text = (
        "Packages:\n  Package [com.x] (612fb0a):\n    userId=10123\n"
        "    User 0: ceDataInode=1 installed=true suspended=true suspendingPackage=com.a dialogMessage=bitte warten"
        " stopped=false notLaunched=false enabled=0\n      runtime permissions:\n"
        f"        android.permission.CAMERA: granted=false{f', flags=[ {inside}]' if flags else ''}\n"
    )
    (permission,) = told_of("permission-flags", text)
    assert permission["flags"] == tuple(flags)
    (package,) = told_of("package", text)
    assert package["users"][0]["stopped"] is False


@pytest.mark.parametrize(
    ("android", "locked", "shape", "flags"),
    [
        ("8.1", "", "pri=0", "0x62"),
        ("9", "appImportanceLocked=false", "pri=0", "0x62"),
        ("10", "appImportanceLocked=true", "pri=-1", "0x62"),
        ("11", "", "shortcut=null", "0x62"),
        ("16", "", "shortcut=null", "ONGOING_EVENT|NO_CLEAR"),
        ("16", "", "shortcut=null", "0"),
    ],
)
@given(package=PACKAGES, tag=TAGS, number=st.integers(-(2**31), 2**31 - 1), user=st.integers(-1, 12), uid=st.integers(1000, 1_099_999))
def test_notifications(
    android: str, locked: str, shape: str, flags: str, package: str, tag: str | None, number: int, user: int, uid: int
) -> None:
    """NotificationRecord.java toString and Notification.java toString."""
    key = f"{user}|{package}|{number}|{'null' if tag is None else tag}|{uid}"
    text = (
        "Current Notification Manager state:\n  Notification List:\n"
        f"    NotificationRecord(0x050dfd8a: pkg={package} user=UserHandle{{{user}}} id={number} tag={'null' if tag is None else tag}"
        f" importance=2 key={key}{locked}: Notification(channel=c1 {shape} contentView=null vibrate=null sound=null tick defaults=0x0"
        f" flags={flags} color=0x00000000 category=service actions=1 vis=PRIVATE))\n      uid={uid} userId={user}\n"
    )
    (shown,) = told_of("notifications", text)
    expected = {"package": package, "id": number, "tag": tag, "key": key, "uid": uid, "user": user if user >= 0 else None}
    assert {name: shown[name] for name in expected} == expected, android
    assert (shown["channel"], shown["flags"], shown["importance"]) == ("c1", flags, 2)


@pytest.mark.parametrize("time", ["2023/11/25 07:55", "11/25/2023, 7:55 AM", "2023年11月25日 上午7:55"])
def test_use_of_apps_in_8(time: str) -> None:
    """UserUsageStatsService.java of 8: in the statistics of each interval, with times as the language writes them."""
    event = f'      time="{time}" type=MOVE_TO_FOREGROUND package=com.x class=com.x.Main flags=0x0 \n'
    text = (
        f'user=0 \n  In-memory daily stats\n  timeRange="{time} – {time}" \n    packages\n'
        f'      package=com.x totalTime="00:12" lastTime="{time}" \n\n    ChooserCounts\n      package=com.x \n    configurations\n'
        f'      config=zh-rCN totalTime="23:19" lastTime="{time}" count=1 \n    events\n{event}'
        f"  In-memory weekly stats\n    events\nuser=10 \n  In-memory daily stats\n    events\n{event}"
    )
    first, second = told_of("usage-stats", text)
    assert (first["wall"], first["type"], first["package"], first["class_name"]) == (time, "MOVE_TO_FOREGROUND", "com.x", "com.x.Main")
    assert (first["user"], second["user"]) == (0, 10)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("type=STANDBY_BUCKET_CHANGED package=com.x standbyBucket=10 reason=u-mb flags=0x0 ", {"standby_bucket": 10, "reason": "u-mb"}),
        ("type=NOTIFICATION_INTERRUPTION package=com.x channelId=my channel flags=0x0 ", {"package": "com.x"}),
        ("type=ACTIVITY_STOPPED package=com.x class=com.x.Main instanceId=-5 taskRootPackage=com.a flags=0x0 ", {"instance_id": -5}),
        ("type=USER_INTERACTION package=com.x PersistableBundle[{a=b}]flags=0x0 ", {"type": "USER_INTERACTION"}),
        ("type=UNKNOWN_TYPE_32 package=com.x flags=0x0 ", {"type": "UNKNOWN_TYPE_32"}),
        ("type=DEVICE_SHUTDOWN package=android flags=0x0 ", {"package": "android"}),
    ],
)
def test_events_of_9_to_16(end: str, expected: dict[str, Any]) -> None:
    text = f'user=0 \n  Last 24 hour events (timeRange="1/7/2020, 3:32 PM – 1/8/2020, 3:32 PM" )\n    time="2020-01-08 15:29:44" {end}\n'
    (event,) = told_of("usage-stats", text)
    assert expected.items() <= event.items()
