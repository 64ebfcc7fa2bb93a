"""A phone is looked at before and after each unit; each thing that is not well is named, and nothing else is."""

import time

import pytest

from device_farm.execution.fault_attribution import Blame, fault_result
from device_farm.phones.health import DRIFT_SECONDS, examine
from device_farm.phones.install_failures import install_end
from device_farm.units.unit import End
from device_farm.virtual.device_server import ServerThread
from device_farm.virtual.faults.switching import switch
from harness.errors import CommandFailed
from harness.parsers.battery import Battery, parse_battery
from harness.parsers.thermal import parse_thermal_status
from tests.captures import capture
from tests.farm.phones.conftest import Answering

NAMES = ["adb", "screen", "space", "temperature", "battery", "clock", "uiautomator2", "log"]
HOT = """\
Current Battery Service state:
  AC powered: false
  USB powered: false
  Wireless powered: false
  status: 3
  level: 12
  scale: 100
  temperature: 468
"""
THERMAL = """\
IsStatusOverride: false
ThermalEventListeners:
	callbacks: 1
Thermal Status: {status}
Cached temperatures:
	Temperature{{mValue=37.2, mType=3, mName=skin, mStatus={status}}}
HAL Ready: true
"""
DISK = """\
Filesystem      1K-blocks     Used Available Use% Mounted on
/dev/block/dm-5  52428800 52000000    {free} 100% /data
"""


def failed(phone: Answering) -> dict[str, str]:
    health = examine(phone)
    assert health.ok == (not health.failed)
    return {check.name: str(check.reason) for check in health.failed}


def test_a_phone_that_is_well_is_looked_at_in_all_respects(phone: Answering) -> None:
    health = examine(phone)
    assert health.ok
    assert [check.name for check in health.checks] == NAMES
    assert not health.reason


def test_a_look_takes_about_a_second_at_most(phone: Answering) -> None:
    examine(phone)
    begun = time.process_time()
    examine(phone)
    assert time.process_time() - begun < 2.0


def test_a_dark_screen_is_lit_and_an_open_lock_slid_away(phone: Answering) -> None:
    phone.shell("locksettings set-disabled false; input keyevent KEYCODE_SLEEP")
    assert failed(phone) == {}


def test_a_lock_with_a_secret_is_told(phone: Answering) -> None:
    phone.shell("locksettings set-disabled false; locksettings set-pin 1234; input keyevent KEYCODE_SLEEP")
    assert "locked with a secret" in failed(phone)["screen"]


def test_heat_and_an_empty_battery_are_told(phone: Answering) -> None:
    phone.said["dumpsys battery"] = HOT
    told = failed(phone)
    assert told["temperature"] == "its battery has 46.8 °C"
    assert told["battery"] == "its battery has 12 %"
    assert set(told) == {"temperature", "battery"}


@pytest.mark.parametrize(("status", "hot"), [(0, False), (2, False), (3, True), (6, True)])
def test_a_phone_that_holds_itself_back_is_hot(phone: Answering, status: int, hot: bool) -> None:
    phone.said["dumpsys thermalservice"] = THERMAL.format(status=status)
    assert ("temperature" in failed(phone)) is hot


@pytest.mark.parametrize(("free", "full"), [(600_000, False), (400_000, True), (0, True)])
def test_little_room_is_told_where_android_itself_calls_it_little(phone: Answering, free: int, full: bool) -> None:
    phone.said["df -k /data"] = DISK.format(free=free)
    assert ("space" in failed(phone)) is full


def test_the_clock_is_that_of_the_host_but_on_a_virtual_phone(phone: Answering) -> None:
    phone.said["date +%s"] = str(round(time.time() + 3600))
    assert failed(phone) == {}
    phone.said["getprop ro.apprights.virtual"] = ""
    assert abs(int(failed(phone)["clock"].split()[3]) - 3600) <= 2
    phone.said["date +%s"] = str(round(time.time() + DRIFT_SECONDS / 2))
    assert failed(phone) == {}


def test_a_phone_that_still_starts_is_told(phone: Answering) -> None:
    phone.said["getprop sys.boot_completed"] = "0"
    assert failed(phone) == {"adb": "is still starting"}


def test_a_silent_log_is_told(phone: Answering) -> None:
    phone.said["logcat -b events -d -t 500"] = "--------- beginning of events"
    assert list(failed(phone)) == ["log"]


def test_a_phone_that_is_gone_is_asked_nothing_more(phone: Answering, thread: ServerThread) -> None:
    thread.loop.call_soon_threadsafe(switch, thread.daemons[0], "unauthorized", [])
    health = examine(phone)
    assert [check.name for check in health.checks] == ["adb"]
    assert "allow USB debugging" in str(health.reason)


def test_the_battery_of_a_real_phone() -> None:
    text = capture("dumpsys/pixel_sailfish_android10_battery.txt").read_text()
    assert parse_battery(text) == Battery(level=100, celsius=26.2, powered=("USB",))
    assert parse_battery(HOT) == Battery(level=12, celsius=46.8)
    assert parse_battery("Can't find service: battery") == Battery()
    assert parse_battery("  level: 50\n  scale: 200\n").level == 25


def test_the_thermal_status() -> None:
    assert parse_thermal_status(THERMAL.format(status=4)) == 4
    assert parse_thermal_status("Can't find service: thermalservice") is None


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("INSTALL_FAILED_INVALID_APK", End.APP_FAULT),
        ("INSTALL_PARSE_FAILED_NO_CERTIFICATES", End.APP_FAULT),
        ("INSTALL_PARSE_FAILED_NOT_APK", End.APP_FAULT),
        ("INSTALL_FAILED_OLDER_SDK", End.TOO_OLD),
        ("INSTALL_FAILED_NEWER_SDK", End.TOO_NEW),
        ("INSTALL_FAILED_DEPRECATED_SDK_VERSION", End.TOO_NEW),
        ("INSTALL_FAILED_NO_MATCHING_ABIS", End.OTHER_ABI),
        ("INSTALL_FAILED_INSUFFICIENT_STORAGE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_UPDATE_INCOMPATIBLE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_VERSION_DOWNGRADE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_USER_RESTRICTED", End.DEVICE_FAULT),
        ("INSTALL_FAILED_VERIFICATION_FAILURE", End.DEVICE_FAULT),
        ("INSTALL_FAILED_INTERNAL_ERROR", End.DEVICE_FAULT),
        ("INSTALL_PARSE_FAILED_ONLY_COREAPP_ALLOWED", End.DEVICE_FAULT),
        ("INSTALL_FAILED_UNKNOWN_SOURCES_FOR_MDM", End.DEVICE_FAULT),
    ],
)
def test_a_refused_installation_is_the_apps_or_the_phones_by_its_code(code: str, end: End) -> None:
    assert install_end(f"Failure [{code}: because]") is end
    assert fault_result(CommandFailed("install a.apk", 1, f"{code}: because"), Blame.OPENING, -1).end is end


def test_an_installation_without_a_code_is_the_phones() -> None:
    assert install_end("the device gave no reason") is None
    assert fault_result(CommandFailed("install a.apk", 1, "the device gave no reason"), Blame.OPENING, -1).end is End.DEVICE_FAULT
