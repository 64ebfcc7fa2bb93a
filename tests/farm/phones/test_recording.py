"""What was seen of the phones, in the store: new ones, those that came back, and where the others went."""

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from device_farm.phones import inventory_records, phone_transitions
from device_farm.phones.inventory_records import FLAPS, SEARCH, Missing, record, whereabouts
from device_farm.phones.phone_inventory import Seen
from device_farm.phones.phone_transitions import LOOK_AGAIN, may_take
from device_farm.phones.state_names import PhoneState
from device_farm.units.unit import End
from harness.language import Text
from tests.farm.phones.night import Night

NEVER = "203.0.113.1:5555"


def seen(address: str, adb: str = "device", problem: str = "", usb: str = "", host: str = "desk") -> Seen:
    facts = {"adb": adb, "usb": usb, "model": "M7"}
    ready = adb == "device"
    told = Text(problem if ready or problem else adb)
    return Seen(
        host,
        address,
        adb,
        serial=address,
        labels={"android": "13"} if ready else {},
        facts=facts,
        problem=told if problem or not ready else Text(""),
    )


def state(night: Night, phone: int) -> tuple[str, str]:
    row = night.row(phone)
    return row.state, row.reason_en


@pytest.fixture
def usb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Linux's list of the USB, as a test has it."""
    folder = tmp_path / "devices"
    folder.mkdir()
    monkeypatch.setattr(inventory_records, "USB_DEVICES", folder)
    return folder


def plug(usb: Path, name: str, serial: str, *, adb: bool = False) -> None:
    """A phone on the USB, with the interface for files, and that of adb where it offers it."""
    for place, rows in (
        (name, {"serial": serial}),
        (f"{name}:1.0", {"bInterfaceClass": "06", "bInterfaceSubClass": "01", "bInterfaceProtocol": "01"}),
        *([(f"{name}:1.1", {"bInterfaceClass": "ff", "bInterfaceSubClass": "42", "bInterfaceProtocol": "01"})] if adb else []),
    ):
        (usb / place).mkdir()
        for key, value in rows.items():
            (usb / place / key).write_text(value + "\n")


def test_a_new_phone_is_idle_and_known_again(night: Night) -> None:
    ids = record(night.session, [seen("S1"), seen("S2")])
    assert [state(night, phone) for phone in ids.values()] == [("idle", "")] * 2
    assert record(night.session, [seen("S1"), seen("S2")]) == ids
    row = night.row(ids["S1"])
    assert (row.labels, row.facts["model"], row.facts["ready"]) == ({"android": "13"}, "M7", True)
    assert record(night.session, [seen("S1", host="other")], host="other") != ids, "another phone hangs there"


def test_a_phone_that_forgot_this_computer_is_told_from_one_that_is_gone(night: Night) -> None:
    ids = record(night.session, [seen("S1"), seen("S2")])
    record(night.session, [seen("S1", adb="unauthorized", problem="does not trust this computer"), seen("S2")])
    assert state(night, ids["S1"]) == ("unauthorized", "does not trust this computer")
    assert night.row(ids["S1"]).labels == {"android": "13"}, "what is known of it stays"
    assert not may_take(night.session, ids["S1"])
    record(night.session, [seen("S1"), seen("S2")])
    assert state(night, ids["S1"]) == ("idle", "")


def test_withdrawn_debugging_is_told_from_a_cable_and_a_hub(night: Night, usb: Path) -> None:
    places = {"S1": "usb:1-2.1", "S2": "usb:1-2.2", "S3": "usb:1-3.1", "S4": "usb:1-3.2", "S5": "usb:1-4.1"}
    ids = record(night.session, [seen(name, usb=place) for name, place in places.items()])
    plug(usb, "1-2.1", "S1")
    record(night.session, [seen("S5", usb="usb:1-4.1")])
    told = {name: state(night, phone) for name, phone in ids.items()}
    assert told["S1"][0] == "debugging-off"
    assert "USB debugging was switched off" in told["S1"][1]
    assert told["S2"][0] == "offline"
    assert told["S3"] == told["S4"] == ("offline", "is gone with 2 phones of the same hub: the hub or its cable")
    assert told["S5"] == ("idle", "")


def test_a_phone_that_offers_adb_is_not_taken_for_one_that_was_switched_off(night: Night, usb: Path) -> None:
    ids = record(night.session, [seen("S1", usb="usb:1-2.1"), seen("S2", usb="usb:1-3.1")])
    plug(usb, "1-2.1", "S1", adb=True)
    record(night.session, [seen("S2", usb="usb:1-3.1")])
    assert state(night, ids["S1"])[0] == "offline"
    assert "offers adb" in state(night, ids["S1"])[1]


def test_another_phone_in_the_same_socket_is_not_taken_for_it(night: Night, usb: Path) -> None:
    ids = record(night.session, [seen("S1", usb="usb:1-2.1"), seen("S2", usb="usb:1-3.1")])
    plug(usb, "1-2.1", "ANOTHER")
    record(night.session, [seen("S2", usb="usb:1-3.1")])
    assert state(night, ids["S1"])[0] == "offline"


def test_debugging_switched_off_shows_when_the_usb_is_back(night: Night, usb: Path) -> None:
    ids = record(night.session, [seen("S1", usb="usb:1-2.1"), seen("S2", usb="usb:1-3.1")])
    record(night.session, [seen("S2", usb="usb:1-3.1")])
    assert state(night, ids["S1"])[0] == "offline"
    plug(usb, "1-2.1", "S1")
    night.time += SEARCH / 2
    record(night.session, [seen("S2", usb="usb:1-3.1")])
    assert state(night, ids["S1"])[0] == "debugging-off"


def test_without_a_list_of_the_usb_nothing_is_pretended(night: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inventory_records, "USB_DEVICES", tmp_path / "none")
    ids = record(night.session, [seen("S1"), seen("S2")])
    record(night.session, [seen("S2")])
    assert state(night, ids["S1"]) == ("offline", "is gone: its cable, its power or its USB debugging, which adb here does not tell apart")


def test_a_port_that_refuses_is_debugging_switched_off(night: Night) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
        ids = record(night.session, [seen(address), seen("S2")])
        record(night.session, [seen(address, adb="offline"), seen("S2")])
        assert "does not answer adb" in state(night, ids[address])[1]
        record(night.session, [seen("S2")])
        assert "takes connections again" in state(night, ids[address])[1]
    record(night.session, [seen("S2")])
    assert state(night, ids[address])[0] == "debugging-off"


def test_a_phone_that_cannot_be_reached_over_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*words: object, **values: object) -> socket.socket:
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", unreachable)
    [(found, reason)] = whereabouts([Missing(NEVER)], others_here=3)
    assert (found, "over the network" in reason) == (PhoneState.OFFLINE, True)


def test_a_host_whose_adb_server_starts_again_blames_no_phone(night: Night, usb: Path) -> None:
    ids = record(night.session, [seen(f"S{number}", usb=f"usb:1-2.{number}") for number in range(4)])
    elsewhere = record(night.session, [seen("T1", host="other")])
    for number in range(4):
        plug(usb, f"1-2.{number}", f"S{number}")
    record(night.session, [], host="desk")
    for phone in ids.values():
        found, reason = state(night, phone)
        assert found == "offline"
        assert "all 4 phones went at once" in reason
        assert night.row(phone).faults == 0
    assert state(night, elsewhere["T1"]) == ("idle", ""), "another host has nothing to do with it"
    night.time += timedelta(seconds=2)
    record(night.session, [seen(f"S{number}", usb=f"usb:1-2.{number}") for number in range(4)])
    assert all(may_take(night.session, phone) for phone in ids.values())


def test_a_phone_that_comes_and_goes_has_a_bad_cable(night: Night, usb: Path) -> None:
    other = seen("S2", usb="usb:1-3.1")
    ids = record(night.session, [seen("S1", usb="usb:1-2.1"), other])
    for _turn in range(FLAPS):
        assert may_take(night.session, ids["S1"])
        night.time += timedelta(seconds=30)
        record(night.session, [other])
        night.time += timedelta(seconds=30)
        record(night.session, [seen("S1", usb="usb:1-2.1"), other])
    assert state(night, ids["S1"]) == ("quarantined", "went and came 3 times in ten minutes: its cable, its socket or its hub")
    night.time += LOOK_AGAIN
    assert may_take(night.session, ids["S1"]), "and is tried again by itself"
    assert state(night, ids["S2"]) == ("idle", "")


def test_a_phone_that_a_unit_restarts_is_left_to_the_unit(night: Night) -> None:
    ids = record(night.session, [seen("S1"), seen("S2")])
    running = night.begin(ids["S1"])
    record(night.session, [seen("S2")])
    assert phone_transitions.current_state(night.session, ids["S1"]) == (PhoneState.BUSY, running.unit_id)
    assert night.end(running, End.DONE) is PhoneState.IDLE


def test_who_is_out_stays_out_when_it_comes_back(night: Night) -> None:
    ids = record(night.session, [seen("S1"), seen("S2")])
    phone_transitions.quarantine(night.session, ids["S1"], Text("cracked"))
    record(night.session, [seen("S2")])
    record(night.session, [seen("S1"), seen("S2")])
    assert state(night, ids["S1"]) == ("quarantined", "cracked")


def test_a_phone_that_no_check_could_use_is_out_until_that_is_mended(night: Night) -> None:
    ids = record(night.session, [seen("S1", problem="refuses taps")])
    assert state(night, ids["S1"]) == ("quarantined", "refuses taps")
    assert not may_take(night.session, ids["S1"])
    record(night.session, [seen("S1")])
    assert state(night, ids["S1"]) == ("idle", "")
