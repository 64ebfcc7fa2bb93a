"""The first person's way: ``prove``, then ``doctor --pack``, then the page of phones, by the real commands over adb."""

import json
import zipfile
from pathlib import Path

import pytest

from device_farm.proof.proof_apps import PROOF_APPS
from harness.custody.phone_pack_reading import read_pack
from harness.device.adb import connect
from harness.device.virtual_devices import virtual_devices
from harness.errors import FormatError
from harness.restore.ledger import ledgers
from tests.plugin.conftest import APPS, apprights_here
from tools.phones_page import given, page

OWNERS = {"secure android_id": "a1b2c3d4e5f60718", "global device_name": "张三的手机", "secure bluetooth_name": "zhang_san_13"}
OWN_APP, OWN_LABEL, OWN_FILE = "com.example.linjia.shops", "邻家", APPS / "exit_by_finish.py"


def test_what_a_phone_gives_is_its_proof_and_nothing_of_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))
    with virtual_devices(apps=[OWN_FILE]) as devices:
        (serial,), where = devices.serials, ("--adb-port", devices.port, "--runs", "runs")
        with connect(serial, port=devices.port) as phone:
            for key, value in OWNERS.items():
                phone.shell(["settings", "put", *key.split(), value])
            hardware = phone.shell(["getprop", "ro.serialno"]).stdout.strip()
        proved = apprights_here("prove", "--serial", serial, *where, "--json", folder=tmp_path)
        packed = apprights_here("doctor", "--serial", serial, *where, "--pack", "phone.zip", "--yes", "--json", folder=tmp_path)
        with connect(serial, port=devices.port) as phone:
            left = phone.shell(["pm", "list", "packages", "-3"]).stdout.split()
    assert proved.code == 0, proved.err
    assert [one for one in json.loads(packed.out)["checks"] if one["check"].startswith("ability-") and not one["ok"]] == []
    assert left == [f"package:{OWN_APP}"]
    assert ledgers() == []
    with zipfile.ZipFile(tmp_path / "phone.zip") as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    listed = {line.split(",")[0] for line in packed.err.splitlines() if line.endswith("bytes")}
    assert listed == set(files)
    for told in (*OWNERS.values(), serial, hardware, OWN_APP, OWN_LABEL):
        forms = {told.encode(), json.dumps(told)[1:-1].encode()}
        assert [name for name, data in files.items() if any(form in data for form in forms)] == [], told
    assert {name.split("/")[1].split("-")[0] for name in files if "/" in name} <= {app.name for app in PROOF_APPS}
    pack = read_pack(tmp_path / "phone.zip")
    assert pack.rows is not None
    assert all(row.got in (row.expected, None) for row in pack.rows)
    assert all(pack.abilities.values())
    assert len([name for name in files if name.startswith("dialogs/")]) > 5
    assert f"## {pack.name}" in page("zh", [pack])
    with pytest.raises(FormatError, match="virtual"):
        given(tmp_path)
