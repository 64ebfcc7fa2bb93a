"""``farm devices`` and ``farm quarantine``, through adb and on the store of a desk."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from device_farm.phones import phone_inventory
from device_farm.phones.health import examine
from device_farm.phones.phone_transitions import may_take
from device_farm.store import FILE
from device_farm.store.database import open_store
from device_farm.store.models import Device
from device_farm.virtual import control_port
from harness.device.adb import AdbDevice
from harness.device.virtual_devices import Connected, virtual_devices
from tests.plugin.conftest import apprights_here
from tests.plugin.test_phones import until_adb_says


@pytest.fixture(scope="module")
def two() -> Iterator[Connected]:
    with virtual_devices(rom="miui", count=2) as phones:
        yield phones


def devices(two: Connected, folder: Path, *words: object) -> dict[str, dict[str, Any]]:
    told = apprights_here("farm", "devices", "--json", *words, "--adb-port", two.port, folder=folder)
    assert told.code == 0, told.err
    return {row["phone"]: row for row in json.loads(told.out)["devices"]}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    open_store(tmp_path / FILE).close()
    return tmp_path


def test_what_adb_shows_needs_no_store(two: Connected, tmp_path: Path) -> None:
    rows = devices(two, tmp_path)
    assert set(rows) == set(two.serials)
    assert {(row["state"], row["android"], row["rom"], row["battery"]) for row in rows.values()} == {("idle", "13", "miui", 100)}
    table = apprights_here("farm", "devices", "--adb-port", two.port, folder=tmp_path)
    assert all(serial in table.out for serial in two.serials)
    assert table.out.count("idle") == 2


def test_a_look_is_recorded_and_lost_trust_is_told(two: Connected, desk: Path) -> None:
    assert devices(two, desk, "--out", desk) == {}
    assert {row["state"] for row in devices(two, desk, "--out", desk, "--look").values()} == {"idle"}
    good, bad = two.serials
    list(control_port.ask(bad, ["fault", "unauthorized"]))
    until_adb_says(two, bad, "unauthorized")
    try:
        rows = devices(two, desk, "--out", desk, "--look")
    finally:
        list(control_port.ask(bad, ["fault", "unauthorized", "off"]))
        until_adb_says(two, bad, "device")
    assert (rows[good]["state"], rows[bad]["state"]) == ("idle", "unauthorized")
    assert "allow USB debugging" in rows[bad]["advice"]["en"]
    assert rows[bad]["model"], "what is known of it stays"


def test_a_person_takes_a_phone_out_and_lets_it_go(two: Connected, desk: Path) -> None:
    devices(two, desk, "--out", desk, "--look")
    phone = two.serials[0]
    out = apprights_here("farm", "quarantine", phone, "--out", desk, "--reason", "屏幕碎了", folder=desk)
    assert (out.code, "is quarantined until it is released" in out.err) == (0, True)
    row = devices(two, desk, "--out", desk, "--look")[phone]
    assert (row["state"], row["held"], row["reason"]["zh"]) == ("quarantined", True, "屏幕碎了")
    assert apprights_here("farm", "quarantine", phone, "--out", desk, "--release", folder=desk).code == 0
    assert devices(two, desk, "--out", desk)[phone]["state"] == "trial"
    store = open_store(desk / FILE)
    with store.begin() as session:
        assert may_take(session, session.query(Device).filter_by(address=phone).one().id)
    store.close()


def test_a_phone_that_nobody_knows_is_refused(two: Connected, desk: Path) -> None:
    told = apprights_here("farm", "quarantine", "S9", "--out", desk, folder=desk)
    assert (told.code, "no phone S9 is known" in told.err) == (2, True)


def test_look_and_examine_over_adb(two: Connected) -> None:
    seen = phone_inventory.look(two.port, "desk")
    assert [(one.ready, one.labels["serial"]) for one in seen] == [(True, serial) for serial in sorted(two.serials)]
    with AdbDevice(two.serials[0], port=two.port) as device:
        assert examine(device).ok
