"""Batteries stay between 30 and 80 % where a hub switches its sockets; a phone that is off is not gone."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from device_farm.phones.charging import OFF_TIME, Hubs, Socket, manage_charging, read_hubs, switch, wanted
from device_farm.phones.inventory_records import record
from device_farm.phones.phone_transitions import may_take
from harness.errors import FormatError, HarnessError
from tests.farm.phones.night import Night
from tests.farm.phones.test_recording import seen

HUBS = Hubs({"S1": Socket("1-2", 1), "10.0.0.7:5555": Socket("1-2", 2)})
NOW = timedelta()


@pytest.mark.parametrize(
    ("level", "on", "power"),
    [
        (100, True, False), (80, True, False), (79, True, True), (79, False, False), (40, False, False), (39, False, True),
        (None, False, True),
    ],
)  # fmt: skip
def test_it_is_charged_up_to_80_and_again_before_it_comes_to_30(level: int | None, on: bool, power: bool) -> None:
    for on_usb in (True, False):
        assert wanted(level, on=on, on_usb=on_usb, needed=False, off_for=NOW) is power


def test_a_phone_on_usb_has_power_while_there_is_work_and_after_some_hours() -> None:
    assert wanted(100, on=True, on_usb=True, needed=True, off_for=NOW)
    assert wanted(100, on=False, on_usb=True, needed=True, off_for=NOW)
    assert not wanted(100, on=False, on_usb=False, needed=True, off_for=NOW)
    assert wanted(80, on=False, on_usb=True, needed=False, off_for=OFF_TIME)


def test_a_phone_whose_socket_is_off_is_not_gone(night: Night) -> None:
    calls: list[tuple[Socket, bool]] = []
    look = [seen("S1", usb="usb:1-2.1"), seen("S2", usb="usb:1-2.2")]
    ids = record(night.session, look)
    night.row(ids["S1"]).facts = night.row(ids["S1"]).facts | {"battery": 95}

    def act(hubs: Hubs, socket: Socket, *, on: bool) -> None:
        calls.append((socket, on))

    assert manage_charging(night.session, "desk", HUBS, needed=False, act=act) == [("S1", False, None)]
    assert manage_charging(night.session, "desk", HUBS, needed=False, act=act) == []
    record(night.session, look[1:])
    assert (night.row(ids["S1"]).state, night.row(ids["S1"]).reason_en) == ("offline", "its socket is switched off, to spare its battery")
    assert manage_charging(night.session, "desk", HUBS, needed=True, act=act) == [("S1", True, None)]
    assert calls == [(Socket("1-2", 1), False), (Socket("1-2", 1), True)]
    record(night.session, look)
    assert may_take(night.session, ids["S1"])


def test_a_hub_that_does_not_switch_is_told_and_tried_again(night: Night) -> None:
    ids = record(night.session, [seen("S1")])
    night.row(ids["S1"]).facts = night.row(ids["S1"]).facts | {"battery": 95}

    def refuses(hubs: Hubs, socket: Socket, *, on: bool) -> None:
        raise HarnessError("no compatible devices detected")

    for _turn in range(2):
        [(phone, on, reason)] = manage_charging(night.session, "desk", HUBS, needed=False, act=refuses)
        assert (phone, on, str(reason)) == ("S1", False, "no compatible devices detected")


def test_the_program_is_run_without_a_shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[object] = []

    def run(command: list[str], **how: object) -> subprocess.CompletedProcess[bytes]:
        ran.extend((command, how.get("shell", False)))
        return subprocess.CompletedProcess(command, command[2] == "x", b"", b"No compatible devices detected!\n")

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "run", run)
        switch(HUBS, Socket("1-2; reboot", 3), on=False)
        assert ran == [["uhubctl", "-l", "1-2; reboot", "-p", "3", "-a", "off"], False]
        with pytest.raises(HarnessError, match="No compatible devices"):
            switch(HUBS, Socket("x", 3), on=True)
    with pytest.raises(HarnessError, match="cannot be run"):
        switch(Hubs({}, str(tmp_path / "none")), Socket("1-2", 3), on=True)


def test_the_file_of_the_sockets(tmp_path: Path) -> None:
    path = tmp_path / "hubs.toml"
    path.write_text('[sockets]\n"S1" = { hub = "1-2", port = 1 }\n"10.0.0.7:5555" = { hub = "1-2", port = 2 }\n')
    assert read_hubs(path) == HUBS


@pytest.mark.parametrize(
    "text",
    [
        "", "sockets = 3", "[sockets]\nS1 = 3", '[sockets]\nS1 = { hub = "-a", port = 1 }', '[sockets]\nS1 = { hub = "1-2", port = 0 }',
        '[sockets]\nS1 = { hub = "1-2", port = 1 }\nS2 = { hub = "1-2", port = 1 }',
        'sokets = 1\n[sockets]\nS1 = { hub = "1-2", port = 1 }', "\x00",
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hubs.toml"
    path.write_text(text)
    with pytest.raises(FormatError, match=r"hubs\.toml"):
        read_hubs(path)
    with pytest.raises(FormatError):
        read_hubs(tmp_path / "none.toml")
