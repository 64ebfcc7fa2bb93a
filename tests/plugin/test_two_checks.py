"""Two commands on one phone: the second is refused before it does anything, and the first is not disturbed."""

from pathlib import Path

import pytest

from harness.device.adb import connect
from harness.device.virtual_devices import virtual_devices
from harness.restore.device_lock import DeviceLock
from harness.restore.ledger import Change, Ledger, ledgers
from tests.plugin.conftest import SHOPS, SHOPS_FILE, apprights_here, finish, python


def test_every_command_about_a_phone_in_use_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))
    with virtual_devices(apps=[SHOPS_FILE]) as devices:
        where = ("--serial", devices.serials[0], "--adb-port", devices.port)
        device = connect(devices.serials[0], port=devices.port)
        lock = DeviceLock.take(device, "com.example.first")
        for words in (["check", SHOPS], ["watch", SHOPS, "--for", "1h"], ["walk", SHOPS], ["profile", SHOPS]):
            said = apprights_here(*words, *where, "--runs", "runs", folder=tmp_path)
            assert said.code == 2, said
            assert "com.example.first" in said.one_line()
        with Ledger(device).kept(Change("night mode", ("settings", "put", "global", "night", "0"))):
            said = apprights_here("restore", *where, folder=tmp_path)
            assert said.code == 2, said
            assert "com.example.first" in said.one_line()
            assert len(ledgers()) == 1
        said = finish(python(["-m", "pytest", "--pyargs", "scenarios", "--app", SHOPS, *where, "--runs", "runs"], tmp_path))
        assert said.code == 4, said
        assert "com.example.first" in said.out + said.err
        assert not (tmp_path / "runs").exists()
        shared = ["-m", "pytest", "-n", "1", "--pyargs", "scenarios", "--app", SHOPS, *where, "--runs", "runs", "--clause", "1"]
        said = finish(python(shared, tmp_path))
        assert said.code == 1, said  # in a worker each item is an error, told by its reason
        assert "com.example.first" in said.out
        assert "INTERNALERROR" not in said.out
        lock.release()
        device.close()
