"""Looking again and again leaves phones alone that are known, and brings those of the network to a new adb server."""

from collections.abc import Sequence

import pytest

from device_farm.phones import phone_inventory
from device_farm.phones.adb_listing import Listed
from device_farm.phones.phone_inventory import ASK_AGAIN, CONNECT_AGAIN, Looking, Seen
from harness.errors import DeviceLost
from harness.language import Text


class Adb:
    """What an adb server lists, what the phones behind it are asked, and the time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: list[Listed] = []
        self.asked: list[str] = []
        self.connected: list[str] = []
        self.problem: dict[str, str] = {}
        self.comes: dict[str, Listed] = {}
        self.time = 1000.0
        monkeypatch.setattr(phone_inventory, "listed", lambda port: list(self.found))
        monkeypatch.setattr(phone_inventory, "again", self.connect)
        monkeypatch.setattr(phone_inventory, "_seen", self.ask)
        monkeypatch.setattr(phone_inventory.time, "monotonic", lambda: self.time)

    def ask(self, one: Listed, address: str, port: int | None, host: str) -> Seen:
        self.asked.append(address)
        return Seen(host, address, one.state, facts={"usb": ""}, problem=Text(self.problem.get(address, "")))

    def connect(self, port: int | None, addresses: Sequence[str]) -> None:
        self.connected += addresses
        self.found += [self.comes[address] for address in addresses if address in self.comes]


@pytest.fixture
def adb(monkeypatch: pytest.MonkeyPatch) -> Adb:
    return Adb(monkeypatch)


def addresses(looking: Looking) -> list[str]:
    return [one.address for one in looking.look()]


def test_a_phone_is_asked_once_and_again_when_it_was_away(adb: Adb) -> None:
    looking = Looking(5037, "desk")
    adb.found = [Listed("S1", "device", "", 1), Listed("S2", "device", "", 2)]
    for _turn in range(3):
        assert addresses(looking) == ["S1", "S2"]
        adb.time += 1000
    assert sorted(adb.asked) == ["S1", "S2"]
    adb.found = [Listed("S1", "device", "", 1), Listed("S2", "device", "", 3)]
    looking.look()
    assert sorted(adb.asked) == ["S1", "S2", "S2"]
    adb.found = [Listed("S1", "offline", "", 1), Listed("S2", "device", "", 3)]
    assert [one.adb for one in looking.look()] == ["offline", "device"]


def test_a_phone_that_cannot_be_used_is_asked_now_and_then(adb: Adb) -> None:
    looking = Looking(5037, "desk")
    adb.found, adb.problem = [Listed("S1", "device", "", 1)], {"S1": "locked"}
    looking.look()
    adb.time += ASK_AGAIN / 2
    assert [str(one.problem) for one in looking.look()] == ["locked"]
    assert adb.asked == ["S1"]
    adb.problem = {}
    adb.time += ASK_AGAIN
    assert [one.ready for one in looking.look()] == [True]


def test_an_old_server_without_numbers_is_asked_each_time(adb: Adb) -> None:
    looking = Looking(5037, "desk")
    adb.found = [Listed("S1", "device")]
    for _turn in range(2):
        looking.look()
    assert adb.asked == ["S1", "S1"]


def test_a_new_server_is_told_of_the_phones_of_the_network(adb: Adb) -> None:
    looking = Looking(5037, "desk")
    adb.found = [Listed("S1", "device", "usb:1-2", 4), Listed("10.0.0.7:5555", "device", "", 5), Listed("10.0.0.8:5555", "device", "", 6)]
    looking.look()
    adb.found = [Listed("S1", "device", "usb:1-2", 1)]
    adb.comes = {"10.0.0.7:5555": Listed("10.0.0.7:5555", "device", "", 2)}
    assert addresses(looking) == ["10.0.0.7:5555", "S1"]
    assert sorted(adb.connected) == ["10.0.0.7:5555", "10.0.0.8:5555"]
    looking.look()
    assert len(adb.connected) == 2, "who did not come is left in peace for a while"
    adb.time += CONNECT_AGAIN
    adb.comes = {"10.0.0.8:5555": Listed("10.0.0.8:5555", "device", "", 3)}
    assert addresses(looking) == ["10.0.0.7:5555", "10.0.0.8:5555", "S1"]
    adb.time += CONNECT_AGAIN
    looking.look()
    assert len(adb.connected) == 3


def test_a_phone_that_somebody_disconnected_stays_away(adb: Adb) -> None:
    looking = Looking(5037, "desk")
    adb.found = [Listed("10.0.0.8:5555", "device", "", 6), Listed("S1", "device", "usb:1-2", 7)]
    looking.look()
    adb.found = adb.found[1:]
    assert addresses(looking) == ["S1"]
    assert adb.connected == []


def test_no_server_is_told(adb: Adb, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(port: int | None) -> Sequence[Listed]:
        raise DeviceLost("no adb server answers")

    monkeypatch.setattr(phone_inventory, "listed", gone)
    with pytest.raises(DeviceLost):
        Looking(5037, "desk").look()
