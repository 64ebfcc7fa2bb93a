"""What phones of a farm suffer from: an empty battery, heat, a full disk, one serial number for all, lost debugging."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from device_farm.virtual import control_port
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from tests.apk_builder import build_apk
from tests.virtual.adb_calls import DEADLINE, AdbServer, Connected
from tests.virtual.usb_bus import UsbBus

Make = Callable[..., Connected]

HOUR = 3600.0
MB = 1 << 20


def ctl(connected: Connected, *words: str) -> list[dict[str, Any]]:
    return list(control_port.ask(connected.serial, list(words)))


def pass_time(connected: Connected, seconds: float) -> None:
    connected.server.call(lambda: connected.device.clock.skip(seconds))


def battery(connected: Connected) -> dict[str, str]:
    """The rows of ``dumpsys battery``."""
    _code, out, _err = connected.shell("dumpsys battery")
    return dict(re.findall(r"^  ([A-Za-z ]+): (.*)$", out, re.MULTILINE))


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def phone(virtual_device: Make) -> Connected:
    return virtual_device()


# the battery
def test_a_battery_that_nobody_asked_for_stays_full_and_cool(phone: Connected) -> None:
    before = battery(phone)
    pass_time(phone, 20 * HOUR)
    assert battery(phone) == before
    assert (before["level"], before["temperature"], before["status"]) == ("100", "262", "5")
    assert ctl(phone, "battery") == [{"percent": 100.0, "celsius": 26.2, "charging": False, "works": False, "off": False}]


def test_it_drains_faster_with_the_screen_lit_and_warms(phone: Connected) -> None:
    ctl(phone, "fault", "battery-drains", "90")
    assert (battery(phone)["level"], battery(phone)["status"], battery(phone)["USB powered"]) == ("90", "3", "true")
    cold = int(battery(phone)["temperature"])
    pass_time(phone, HOUR)
    lit = battery(phone)
    assert 75 <= int(lit["level"]) <= 80
    assert int(lit["temperature"]) > cold + 50
    assert int(lit["voltage"]) < 4400
    phone.shell("input keyevent KEYCODE_SLEEP")
    pass_time(phone, HOUR)
    dark = battery(phone)
    assert int(lit["level"]) - int(dark["level"]) <= 2
    assert int(dark["temperature"]) < int(lit["temperature"]) - 50
    ctl(phone, "fault", "battery-drains", "off")
    pass_time(phone, HOUR)
    assert (battery(phone)["level"], battery(phone)["status"]) == ("100", "5")


def test_each_percent_is_told_in_the_log_and_low_to_the_apps(phone: Connected) -> None:
    ctl(phone, "fault", "battery-drains", "17")
    pass_time(phone, HOUR / 3)
    _code, events, _err = phone.shell("logcat -b events -d -s battery_level")
    levels = [int(level) for level in re.findall(r"battery_level: \[(\d+),\d+,\d+\]", events)]
    assert levels == [17, 16, 15, 14, 13]
    actions = {intent.action for intent in phone.device.system.broadcasts.sticky.values()}
    assert "android.intent.action.BATTERY_CHANGED" in actions
    assert phone.device.system.broadcasts.sticky["android.intent.action.BATTERY_CHANGED"].extras["level"] == 13


def test_what_a_tester_sets_hides_the_battery_until_it_is_reset(phone: Connected) -> None:
    ctl(phone, "battery", "55")
    phone.shell("dumpsys battery set level 33")
    pass_time(phone, HOUR / 4)
    assert battery(phone)["level"] == "33"
    phone.shell("dumpsys battery reset")
    assert 60 <= int(battery(phone)["level"]) <= 70


def test_an_empty_phone_goes_off_and_boots_once_it_is_fed(phone: Connected) -> None:
    ctl(phone, "fault", "battery-drains", "2")
    boot = phone.shell("cat /proc/sys/kernel/random/boot_id")[1]
    pass_time(phone, HOUR)
    assert ctl(phone, "battery")[0]["off"] is True
    assert ctl(phone, "usb") == [{"power": True, "seen": False, "adb": False}]
    until(lambda: b"offline" in phone.adb.run("devices").stdout)
    ctl(phone, "fault", "battery-drains", "off")
    phone.run("wait-for-device")
    assert phone.shell("cat /proc/sys/kernel/random/boot_id")[1] != boot
    assert ctl(phone, "battery")[0]["off"] is False


def test_a_port_that_is_switched_off_takes_the_phone_away_and_lets_it_drain(phone: Connected) -> None:
    ctl(phone, "battery", "50")
    assert ctl(phone, "usb", "off") == [{"power": False, "seen": False, "adb": False}]
    until(lambda: b"offline" in phone.adb.run("devices").stdout)
    pass_time(phone, HOUR)
    assert ctl(phone, "battery")[0]["percent"] < 45
    assert ctl(phone, "usb", "on") == [{"power": True, "seen": True, "adb": True}]
    phone.run("wait-for-device")
    assert battery(phone)["status"] == "2"


@pytest.mark.parametrize("words", [["battery", "101"], ["battery", "full"], ["battery", "5", "500"], ["usb", "perhaps"]])
def test_nonsense_is_refused_in_one_line(phone: Connected, words: list[str]) -> None:
    with pytest.raises(control_port.ControlError, match=r"battery takes PERCENT|a port is 'on' or 'off'"):
        ctl(phone, *words)


def test_heat_is_told_by_the_battery_the_thermal_service_and_sysfs(phone: Connected) -> None:
    ctl(phone, "fault", "hot", "46.5")
    assert battery(phone)["temperature"] == "465"
    _code, out, _err = phone.shell("dumpsys thermalservice")
    assert "Thermal Status: 3\n" in out
    assert "\tTemperature{mValue=46.5, mType=2, mName=battery, mStatus=3}\n" in out
    assert phone.shell("cat /sys/class/power_supply/battery/temp")[1] == "465\n"
    ctl(phone, "fault", "hot", "52")
    assert battery(phone)["health"] == "3"
    ctl(phone, "fault", "hot", "off")
    pass_time(phone, 2 * HOUR)
    assert "Thermal Status: 0\n" in phone.shell("dumpsys thermalservice")[1]
    assert phone.shell("ls /sys/class/power_supply")[1] == "battery\n"


def test_there_is_no_thermal_service_before_10(virtual_device: Make) -> None:
    old = virtual_device(Spec(android="9"))
    assert old.shell("dumpsys thermalservice")[2] == "Can't find service: thermalservice\n"
    assert "thermalservice" not in old.shell("dumpsys -l")[1]


# the disk
def test_a_small_disk_warns_and_takes_no_app(phone: Connected, tmp_path: Any) -> None:
    apk = tmp_path / "a.apk"
    apk.write_bytes(build_apk())
    ctl(phone, "fault", "small-disk", "300")
    _code, out, _err = phone.shell("df -k /data")
    assert abs(int(out.splitlines()[1].split()[3]) - 300 * 1024) < 1024
    done = phone.run("install", str(apk), check=False)
    assert b"Failure [INSTALL_FAILED_INSUFFICIENT_STORAGE: Failed to override installation location]" in done.stdout + done.stderr
    _code, events, _err = phone.shell("logcat -b events -d -s storage_state")
    assert re.search(r"storage_state: \[41217664-9172-527a-b3d5-edabb50a7d69,0,1,\d+,\d+\]", events)
    assert "android.intent.action.DEVICE_STORAGE_LOW" in phone.device.system.broadcasts.sticky
    assert "存储空间不足" in phone.shell("dumpsys notification --noredact")[1]
    assert phone.shell("head -c 1000000 /dev/zero > /data/local/tmp/a")[0] == 0  # there is room for files
    ctl(phone, "fault", "small-disk", "off")
    assert "android.intent.action.DEVICE_STORAGE_LOW" not in phone.device.system.broadcasts.sticky
    assert b"Success" in phone.run("install", str(apk)).stdout


def test_what_is_left_can_be_filled_up(phone: Connected) -> None:
    ctl(phone, "fault", "small-disk", "1.5")
    code, _out, err = phone.shell("head -c 2000000 /dev/zero > /data/local/tmp/a")
    assert code != 0
    assert "No space left on device" in err
    pass_time(phone, 61)
    assert "android.intent.action.DEVICE_STORAGE_FULL" in phone.device.system.broadcasts.sticky


# one serial number for all, and debugging that is lost
def test_several_phones_may_tell_one_serial_number(virtual_device: Make) -> None:
    twins = [virtual_device(Spec(serial="0123456789ABCDEF")) for _ in range(2)]
    assert {twin.shell("getprop ro.serialno")[1] for twin in twins} == {"0123456789ABCDEF\n"}
    assert len({twin.serial for twin in twins}) == 2


def test_on_a_usb_bus_adb_cannot_tell_them_apart_by_serial(virtual_device: Make) -> None:
    one, two, other = (virtual_device(Spec(serial=serial)) for serial in ("SAME", "SAME", "OTHER"))
    with UsbBus(one.adb.port, {one.serial: "SAME", two.serial: "SAME", other.serial: "OTHER"}) as bus:
        adb = AdbServer(bus.port, {**one.adb.environment, "ANDROID_ADB_SERVER_PORT": str(bus.port)})
        rows = re.findall(r"(?m)^(SAME|OTHER) +device usb:(\S+) .*transport_id:(\d+)$", adb.run("devices", "-l").stdout.decode())
        assert [(serial, place) for serial, place, _id in sorted(rows)] == [("OTHER", "1-3"), ("SAME", "1-1"), ("SAME", "1-2")]
        refused = adb.run("shell", "getprop", "ro.serialno", serial="SAME", check=False)
        assert b"more than one device with serial SAME" in refused.stderr
        assert adb.run("shell", "getprop", "ro.serialno", serial="OTHER").stdout == b"OTHER\n"
        assert adb.run("-t", rows[0][2], "shell", "echo", "a").stdout == b"a\n"
        assert b"not found" in adb.run("shell", "true", serial="NONE", check=False).stderr


@pytest.mark.parametrize("revoke", [False, True])
def test_debugging_that_was_switched_off_and_on_again(phone: Connected, revoke: bool) -> None:
    ctl(phone, "fault", "debugging-off", *(["revoke"] if revoke else []))
    until(lambda: b"offline" in phone.adb.run("devices").stdout)
    assert ctl(phone, "usb") == [{"power": True, "seen": True, "adb": False}]  # a cable that is pulled is not seen
    ctl(phone, "fault", "debugging-off", "off")
    if revoke:
        until(lambda: phone.serial.encode() + b"\tunauthorized" in phone.adb.run("devices").stdout)
        ctl(phone, "fault", "unauthorized", "off")
    phone.run("wait-for-device")
    assert phone.shell("settings get global adb_enabled")[1] == "1\n"


def test_an_app_or_a_tester_may_switch_it_off_by_the_setting(phone: Connected) -> None:
    phone.run("shell", "settings put global adb_enabled 0", check=False)
    until(lambda: b"offline" in phone.adb.run("devices").stdout)
    assert ctl(phone, "usb")[0]["adb"] is False
    ctl(phone, "fault", "debugging-off", "off")
    phone.run("wait-for-device")


def test_a_reboot_does_not_put_the_cable_back(phone: Connected) -> None:
    ctl(phone, "fault", "device-lost")
    ctl(phone, "fault", "reboot", "0")
    assert phone.server.call(lambda: phone.server.daemons[0].away) > 1e9
    ctl(phone, "fault", "device-lost", "off")
    phone.run("wait-for-device")


# now and then
def flaky(seed: str, serial: str, hours: float) -> list[tuple[float, str]]:
    """What a flaky phone does in so many hours, and when."""
    with devices_in_thread([lambda: VirtualDevice(Spec(serial=serial))]) as thread:
        list(control_port.ask(thread.addresses[0], ["fault", "flaky", seed, "600"]))
        began = thread.call(lambda: thread.devices[0].clock.uptime)
        thread.call(lambda: thread.devices[0].clock.skip(hours * HOUR))
        return [
            (round(entry["uptime"] - began, 1), entry["kind"])
            for entry in thread.call(lambda: list(thread.devices[0].truth))
            if entry["what"] == "flaky"
        ]


def test_a_flaky_phone_fails_by_its_seed() -> None:
    first = flaky("7", "A", 6)
    assert 15 <= len(first) <= 70
    assert {kind for _at, kind in first} == {"session-dies", "away", "slow", "adbd-restarts"}
    assert [kind for _at, kind in flaky("7", "A", 6)] == [kind for _at, kind in first]
    assert flaky("8", "A", 6) != first
    assert flaky("7", "B", 6) != first


def test_it_goes_on_after_a_reboot_and_ends_when_told(phone: Connected) -> None:
    ctl(phone, "fault", "flaky", "3", "30")
    pass_time(phone, 300)
    ctl(phone, "fault", "reboot", "0")
    phone.run("wait-for-device")
    reboot = max(index for index, entry in enumerate(phone.device.truth) if entry["what"] == "reboot")
    pass_time(phone, 600)
    assert [entry for entry in phone.device.truth[reboot:] if entry["what"] == "flaky"]
    ctl(phone, "fault", "flaky", "off")
    count = len(phone.device.truth)
    pass_time(phone, 3600)
    assert [entry for entry in phone.device.truth[count:] if entry["what"] == "flaky"] == []
    assert "slow" not in phone.device.faults.active
    phone.run("wait-for-device")
