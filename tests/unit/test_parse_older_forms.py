"""What Android 8 and 9 print otherwise than their successors: flags of permissions, notifications, use of apps."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dump_texts import read

FLAGS = st.lists(st.sampled_from(["USER_SET", "USER_FIXED", "POLICY_FIXED", "SYSTEM_FIXED", "GRANTED_BY_DEFAULT"]), unique=True)
PACKAGES = st.from_regex(r"[a-z]{2,6}(\.[A-Za-z_]{1,6}){1,3}", fullmatch=True)
TAGS = st.none() | st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda tag: not {":", "|", "="} & set(tag) and tag != "null"
)


def told(name: str, text: str) -> list[dict[str, Any]]:
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
    (permission,) = told("permission-flags", text)
    assert permission["flags"] == tuple(flags)
    (package,) = told("package", text)
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
    (shown,) = told("notifications", text)
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
    first, second = told("usage-stats", text)
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
    (event,) = told("usage-stats", text)
    assert expected.items() <= event.items()
