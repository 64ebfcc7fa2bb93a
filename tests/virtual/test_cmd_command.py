import pytest

from device_farm.virtual.framework.records.notification_record import Posting
from tests.virtual.shell_calls import CAMERA, new_device, run


def test_idle_lets_device_time_pass_at_once() -> None:
    device = new_device()
    fired = []
    device.clock.call_later(3600, lambda: fired.append(device.clock.uptime))
    before = device.clock.uptime
    answer = run(device, "cmd apprights idle 7200")
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert 7200 <= device.clock.uptime - before < 7210
    assert fired == [pytest.approx(before + 3600, abs=5)]


@pytest.mark.parametrize("word", ["-1", "nan", "inf", "1e30", "soon"])
def test_idle_refuses_what_is_no_time(word: str) -> None:
    device = new_device()
    before = device.clock.uptime
    assert run(device, f"cmd apprights idle {word}").code == 255
    assert device.clock.uptime - before < 5


def test_set_time_moves_the_wall_clock_only() -> None:
    device = new_device()
    uptime = device.clock.uptime
    assert run(device, "cmd alarm set-time 1900000000000").code == 0
    assert device.clock.wall == pytest.approx(1_900_000_000, abs=1)
    assert device.clock.uptime == uptime


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("set-time tomorrow", 'java.lang.NumberFormatException: For input string: "tomorrow"\n'),
        ("set-time", 'java.lang.IllegalArgumentException: Argument expected after "set-time"\n'),
        ("set-timezone", 'java.lang.IllegalArgumentException: Argument expected after "set-timezone"\n'),
    ],
)
def test_the_alarm_service_says_what_was_thrown_on_standard_output(line: str, said: str) -> None:
    answer = run(new_device(), f"cmd alarm {line}")
    assert (answer.code, answer.out, answer.err) == (255, said, "")


def test_a_rom_may_refuse_shell_the_clock() -> None:
    device = new_device()
    before = device.clock.wall
    device.faults.active.add("clock-refused")
    for line, permission in (("set-time 1900000000000", "SET_TIME"), ("set-timezone Asia/Tokyo", "SET_TIME_ZONE")):
        answer = run(device, f"cmd alarm {line}")
        assert answer.code == 255
        assert answer.out.startswith("java.lang.SecurityException: set")
        assert answer.out.endswith(f"has android.permission.{permission}.\n")
    assert device.clock.wall - before < 5
    assert device.properties["persist.sys.timezone"] == "Asia/Shanghai"


def test_each_boot_has_an_id_of_its_own() -> None:
    device = new_device()
    path = "/proc/sys/kernel/random/boot_id"
    first = device.files.read(path)
    assert device.files.read(path) == first
    device.system.reboot()
    assert len(device.files.read(path)) == len(first) == 37
    assert device.files.read(path) != first


def test_services_by_name() -> None:
    device = new_device()
    assert "  package\n" in run(device, "cmd -l").out
    missing = run(device, "cmd nonsense do")
    assert (missing.code, missing.err) == (20, "cmd: Can't find service: nonsense\n")
    assert run(device, "cmd wifi status").code == 127
    assert run(device, "cmd activity get-current-user").out == "0\n"


def test_input_methods() -> None:
    device = new_device()
    latin = "com.android.inputmethod.latin/.LatinIME"
    assert run(device, "ime list -s -a").out == f"{latin}\n"
    assert run(device, "ime enable com.example/.Nope").code == 255
    assert run(device, f"ime set {latin}").out == f"Input method {latin} selected for user #0\n"
    assert run(device, f"ime disable {latin}").out == f"Input method {latin}: now disabled for user #0\n"
    assert run(device, "ime list -s").out == ""
    assert run(device, f"ime enable {latin}").out == f"Input method {latin}: now enabled for user #0\n"


def test_input_methods_in_full() -> None:
    """Line by line what a real phone prints of one."""
    device = new_device()
    out = run(device, "ime list -a").out
    latin = "com.android.inputmethod.latin"
    assert out.startswith(f"{latin}/.LatinIME:\n  mId={latin}/.LatinIME mSettingsActivityName=null mIsVrOnly=false ")
    assert f"    ServiceInfo:\n      name={latin}.LatinIME\n      packageName={latin}\n" in out


def test_notifications_and_who_may_read_them() -> None:
    device = new_device()
    assert run(device, "cmd notification list").out == ""
    shop = device.system.packages["com.example.shop"]
    device.system.notifications.post_system(shop, Posting("到货", "三双"))
    assert run(device, "cmd notification list").out == f"0|com.example.shop|1|null|{shop.uid}\n"
    for command, expected in (("allow", "a.b/.C:d.e/.F"), ("disallow", "")):
        for component in ("a.b/.C", "d.e/.F"):
            assert run(device, f"cmd notification {command}_listener {component}").code == 0
        assert run(device, "settings get secure enabled_notification_listeners").out == f"{expected}\n"
    assert run(device, "cmd notification allow_listener a.b").code == 255
    assert run(device, "cmd notification post tag text").err == "virtual: not modelled: cmd notification post tag text\n"


def test_svc_switches_show_in_the_settings() -> None:
    device = new_device()
    assert run(device, "svc wifi disable").code == 0
    assert run(device, "settings get global wifi_on").out == "0\n"
    run(device, "svc power stayon true")
    assert run(device, "settings get global stay_on_while_plugged_in").out == "15\n"
    assert run(device, "svc usb getFunctions").code == 127


def test_content_reads_the_settings() -> None:
    device = new_device()
    run(device, "settings put global my_key 5")
    answer = run(device, """content query --uri content://settings/global --where "name='my_key'" """)
    assert answer.out == "Row: 0 _id=1, name=my_key, value=5, is_preserved_in_restore=0\n"
    assert run(device, "content query --uri content://sms/inbox").code == 127


@pytest.mark.parametrize(("android", "refused"), [("11", True), ("13", False)])
def test_shell_neither_sees_nor_deletes_the_downloads_of_apps(android: str, refused: bool) -> None:
    device = new_device(android=android)
    shop = device.system.packages["com.example.shop"]
    device.system.downloads.enqueue(shop, "https://a.example/x", "x", "x.bin", 1000)
    for word in ("query", "delete"):
        mine = run(device, f"content {word} --uri content://downloads/my_downloads")
        assert mine.code == 0
        assert ("requires android.permission.INTERNET" in mine.err) == refused
        everything = run(device, f"content {word} --uri content://downloads/all_downloads/1")
        assert "requires android.permission.ACCESS_ALL_DOWNLOADS" in everything.err
    assert len(device.system.downloads.records) == 1
    assert run(device, "pm clear com.android.providers.downloads").out == "Success\n"
    assert device.system.downloads.records == []


def test_app_ops_follow_the_permission_and_what_was_set() -> None:
    device = new_device()
    assert run(device, "appops get com.example.shop CAMERA").out == ("Uid mode: CAMERA: ignore\nNo operations.\nDefault mode: allow\n")
    run(device, f"pm grant com.example.shop {CAMERA}")
    assert "Uid mode: CAMERA: foreground\n" in run(device, "appops get com.example.shop").out
    assert run(device, "appops set com.example.shop SYSTEM_ALERT_WINDOW deny").out == ""
    assert run(device, "cmd appops get com.example.shop SYSTEM_ALERT_WINDOW").out == "SYSTEM_ALERT_WINDOW: deny\n"
    assert run(device, "appops reset com.example.shop").out == "Reset all modes for: user 0, package com.example.shop\n"
    assert "No operations." in run(device, "appops get com.example.shop SYSTEM_ALERT_WINDOW").out
    assert run(device, "appops get com.example.nothing").err == "Error: No UID for com.example.nothing in user 0\n"
    assert run(device, "appops set com.example.shop NONSENSE deny").err == "Error: Unknown operation string: NONSENSE\n"
    assert run(device, "appops set com.example.shop CAMERA loudly").err == "Error: Mode loudly is not valid\n"
