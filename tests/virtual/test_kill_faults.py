"""Faults that kill an app: at once when it is in front, else right after the next denial."""

from pathlib import Path

import pytest

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.records.system_records import ExitReason, Intent
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.spec import Spec

SAMPLE = Path(__file__).resolve().parents[2] / "device_farm" / "virtual" / "apps" / "polite.py"
PACKAGE = "com.example.qingyun.weather"


@pytest.fixture
def device() -> VirtualDevice:
    found = VirtualDevice(Spec(apps=tuple(reversed(load_app_file(SAMPLE)))), DeviceClock(host=lambda: 0.0))
    intent = Intent(component=(PACKAGE, f"{PACKAGE}.Main"), action="android.intent.action.MAIN")
    found.system.start_activity(intent, uid=2000, package="com.android.shell")
    found.clock.skip(2)
    return found


def deny(device: VirtualDevice) -> None:
    window = device.system.focused_window()
    window.handler.click("permission_deny_button", window.root)
    device.clock.skip(2)


@pytest.mark.parametrize(("fault", "reason"), [("low-memory-kill", ExitReason.LOW_MEMORY), ("rom-cleaner-kill", ExitReason.USER_REQUESTED)])
def test_the_next_denial_triggers_an_armed_kill(device: VirtualDevice, fault: str, reason: ExitReason) -> None:
    device.system.kill_by_fault(fault)  # the permission dialog is in front, and that is the system's
    assert device.faults.active == {fault}
    deny(device)
    assert device.faults.active == set()
    assert [record.reason for record in device.system.exits if record.package == PACKAGE] == [reason]


def test_the_app_in_front_is_killed_at_once(device: VirtualDevice) -> None:
    deny(device)
    device.system.kill_by_fault("low-memory-kill")
    assert not device.system.process_list.of_package(PACKAGE)
