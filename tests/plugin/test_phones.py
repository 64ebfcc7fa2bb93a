"""``devices``, ``doctor`` and ``restore``: each state of a phone has words, and something to do about it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from device_farm.virtual import control_port
from harness.commands import devices as phone_list
from harness.commands import doctor
from harness.device.adb import PrivateAdbServer, list_devices
from harness.device.protocol import ShellResult
from harness.device.virtual_devices import Connected, virtual_devices
from harness.language import Text
from harness.parsers.screen_state import ScreenState
from harness.restore.ledger import Change, Ledger
from tests.plugin.conftest import DEADLINE, apprights_here


@pytest.fixture(scope="module")
def two() -> Iterator[Connected]:
    with virtual_devices(rom="miui", count=2) as devices:
        yield devices


def until_adb_says(devices: Connected, serial: str, state: str) -> None:
    deadline = time.monotonic() + DEADLINE
    while next(entry.state for entry in list_devices(port=devices.port) if entry.serial == serial) != state:
        assert time.monotonic() < deadline, f"adb does not say {state}"


def test_a_phone_that_does_not_trust_us_and_one_that_does(two: Connected, tmp_path: Path) -> None:
    good, bad = two.serials
    list(control_port.ask(bad, ["fault", "unauthorized"]))
    until_adb_says(two, bad, "unauthorized")
    try:
        told = apprights_here("devices", "--adb-port", two.port, folder=tmp_path)
        found = json.loads(apprights_here("devices", "--json", "--adb-port", two.port, folder=tmp_path).out)["devices"]
        doctors = apprights_here("doctor", "--json", "--adb-port", two.port, folder=tmp_path)
        tried = apprights_here("doctor", "--json", "--serial", bad, "--adb-port", two.port, folder=tmp_path)
        proved = apprights_here("prove", "--serial", bad, "--adb-port", two.port, folder=tmp_path)
    finally:
        list(control_port.ask(bad, ["fault", "unauthorized", "off"]))
        until_adb_says(two, bad, "device")
    assert told.code == 0
    assert "ready" in next(line for line in told.out.splitlines() if good in line)
    assert "allow USB debugging" in next(line for line in told.out.splitlines() if bad in line)
    assert {one["serial"]: one["ready"] for one in found} == {good: True, bad: False}
    assert (doctors.code, tried.code, proved.code) == (1, 1, 2)
    (untried,) = (one["advice"] for one in json.loads(tried.out)["checks"] if one["check"] == "abilities")
    assert "allow USB debugging" in untried
    assert "allow USB debugging" in proved.one_line()
    looked = {one["state"]: one["ok"] for one in json.loads(doctors.out)["checks"] if one["check"] == "phone"}
    assert looked == {"ready": True, "does not trust this computer": False}


def test_a_xiaomi_phone_whose_security_settings_are_off(two: Connected, tmp_path: Path) -> None:
    serial = two.serials[0]
    list(control_port.ask(serial, ["option", "usb_security", "off"]))
    try:
        said = apprights_here("--lang", "zh", "devices", "--adb-port", two.port, folder=tmp_path)
    finally:
        list(control_port.ask(serial, ["option", "usb_security", "on"]))
    assert "USB调试（安全设置）" in next(line for line in said.out.splitlines() if serial in line)


@pytest.mark.parametrize(
    "state", ["unauthorized", "authorizing", "offline", "connecting", "no permissions", "recovery", "sideload", "bootloader", "rescue"]
)
def test_every_state_of_adb_has_words_and_advice_in_both_languages(state: str) -> None:
    for text in phone_list.STATES[state]:
        assert text.translated("zh") != text


class Stub:
    """A phone that answers ``date`` and ``getprop``, and is locked."""

    def __init__(self, serial: str, *, port: int | None = None) -> None:
        self.serial = serial

    def __enter__(self) -> Stub:
        return self

    def __exit__(self, *details: object) -> None:
        return

    def shell(self, command: list[str]) -> ShellResult:
        return ShellResult(str(int(time.time()) - 600) if command[0] == "date" else "", "", 0)


def test_a_locked_phone_and_a_clock_that_is_wrong(monkeypatch: pytest.MonkeyPatch, two: Connected) -> None:
    monkeypatch.setattr(phone_list, "AdbDevice", Stub)
    monkeypatch.setattr(phone_list, "screen_state", lambda device: ScreenState(awake=True, locked=True, secure=True))
    told = {one.check: one for one in doctor._adb(two.port)}
    assert (told["phone"].state, "unlock" in told["phone"].advice) == ("locked", True)
    assert told["phone-clock"].state.startswith("-60")


def test_no_adb_server_and_no_phone(tmp_path: Path) -> None:
    with PrivateAdbServer() as server:
        said = apprights_here("devices", "--adb-port", server.port, folder=tmp_path)
        assert (said.code, "no device" in said.one_line()) == (0, True)
    lines = list(doctor._adb(server.port))
    assert lines[-1].check == "adb-server"
    assert lines[-1].advice


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    good = doctor._writable("runs", Text("x"), tmp_path / "new" / "folder", Text("do this"))
    assert (good.state, good.advice) == (f"may be written: {tmp_path / 'new' / 'folder'}", "")
    bad = doctor._writable("runs", Text("x"), Path("/proc/none"), Text("do this"))
    assert (bad.advice, "cannot be written" in bad.state) == ("do this", True)


def test_restore_does_what_it_can_and_names_the_rest(two: Connected, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))
    here, other = (phone_list.AdbDevice(serial, port=two.port) for serial in two.serials)
    Ledger(here)._write([Change("screen", ("settings", "put", "global", "x", "1"))])
    Ledger(other)._write([Change("screen", ("settings", "put", "global", "x", "1"))])
    away = json.loads(Ledger(other).path.read_text()) | {"serial": "AWAY"}
    Ledger(other).path.write_text(json.dumps(away))
    (tmp_path / "state" / "device-0.json").write_text("[" * 5000)
    said = apprights_here("restore", "--adb-port", two.port, folder=tmp_path)
    assert said.code == 3
    lines = said.err.splitlines()
    assert [
        word for word in ("device-0.json is damaged", "AWAY is not connected", f"{here.serial}: screen") for line in lines if word in line
    ]
    assert len(lines) == 3
    assert here.shell("settings get global x").stdout.strip() == "1"
    assert not Ledger(here).path.exists()
    assert Ledger(other).path.exists()
