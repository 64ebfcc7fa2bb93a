"""A reboot: apps hear of it only once the user's storage is open, and adb must come back after it."""

from types import SimpleNamespace
from typing import cast

import pytest

from harness.device.network_address import lost_by_reboot
from harness.device.protocol import Device
from harness.errors import ScenarioError
from harness.session.reboot import wait_for_unlock
from harness.session.session import Session


def session(*states: str) -> tuple[Session, list[float]]:
    """A session whose phone tells these states one after another, then the last for good; and the seconds it idled."""
    told, idled = list(states), list[float]()

    def shell(command: list[str]) -> SimpleNamespace:
        assert command == ["am", "get-started-user-state", "0"]
        return SimpleNamespace(stdout=(told.pop(0) if len(told) > 1 else told[0]) + "\n")

    device = SimpleNamespace(serial="phone", shell=shell)
    made = SimpleNamespace(device=device, app=SimpleNamespace(user=0), idle=idled.append)
    return cast("Session", made), idled


@pytest.mark.parametrize("last", ["RUNNING_UNLOCKED", "Unknown command: get-started-user-state"])
def test_it_is_waited_for(last: str) -> None:
    opened, idled = session("RUNNING_LOCKED", "RUNNING_UNLOCKING", last)
    wait_for_unlock(opened)
    assert idled == [1.0, 1.0]


def test_a_phone_that_stays_locked_is_named_with_what_to_do() -> None:
    locked, _ = session("RUNNING_LOCKED")
    with pytest.raises(ScenarioError, match=r"phone is locked after its reboot \(RUNNING_LOCKED\).*take the screen lock off"):
        wait_for_unlock(locked)


@pytest.mark.parametrize(
    ("serial", "port", "lost"),
    [
        ("R58M123ABC", "", False),
        ("127.0.0.1:6520", "", False),
        ("192.168.1.20:5555", "", True),
        ("192.168.1.20:41233", "0", True),
        ("10.0.3.2:5555", "5555", False),
    ],
)
def test_adb_over_the_network_is_lost_unless_the_phone_always_listens(serial: str, port: str, lost: bool) -> None:
    device = SimpleNamespace(serial=serial, shell=lambda command: SimpleNamespace(stdout=f"{port}\n"))
    assert lost_by_reboot(cast("Device", device)) is lost
