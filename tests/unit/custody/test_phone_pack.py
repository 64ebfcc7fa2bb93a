"""A phone's pack has nothing of its owner, whatever the phone says; read back, nothing in it is trusted."""

import json
import zipfile
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from harness.custody.owner_words import owner_words
from harness.custody.phone_pack import ABILITIES, PACK, PROOF, PROPERTIES, packed_files, phone_of, read_proved, write_pack
from harness.custody.phone_pack_reading import read_pack
from harness.errors import HarnessError
from harness.recording import steps
from harness.recording.journal import JOURNAL, Journal
from harness.recording.run_folder import RunFolder
from tests.forged_runs import write_run
from tests.run_together import together

EXITS, GRANTER = "org.apprights.proof.exits", "com.lbe.security.miui"
OWNERS = {
    "serial": "9f8e7d6c", "android id": "a1b2c3d4e5f60718", "name": "张三的手机", "account": "zhang_san", "mail": "li.si@example.com",
    "network": "张三家 5G & Co", "app": "com.tencent.mm", "app of another user": "com.secret.bank.app", "IMEI": "860123456789012",
    "MEID": "A0000012345678", "number": "13812345678", "number as written": "+86 138 1234 5678", "MAC": "a4:50:46:11:22:33",
    "IP": "192.168.31.7", "advertising id": "0f8fad5b-d9cb-469f-a165-70867728950e",
}  # fmt: skip
ALL = " | ".join(OWNERS.values())
PROPERTIES_TOLD = {
    "ro.product.brand": "Xiaomi",
    "ro.product.model": f"2211133C {OWNERS['serial']}",
    "ro.build.version.release": "14",
    "ro.build.fingerprint": "Xiaomi/fuxi/fuxi:14/UKQ1.230804.001/V816.0.5.0.UMCCNXM:user/release-keys",
    "ro.build.display.id": ALL,
    "ro.build.id": "UKQ1.230804.001",
    "ro.build.version.incremental": "V816.0.5.0.UMCCNXM",
    "ro.mi.os.version.name": "OS1.0",
    "ro.serialno": OWNERS["serial"],
    "ro.product.imei": OWNERS["IMEI"],
    "persist.radio.number": OWNERS["number"],
    "gsm.operator.alpha": "中国移动",
}
PACKAGES = {"-3": f"package:{OWNERS['app']}\npackage:{EXITS}\n", "-s": f"package:{GRANTER}\npackage:com.miui.home\n"}


class Phone:
    """A phone that tells all about its owner."""

    serial = OWNERS["serial"]

    def shell(self, command, *, timeout=30.0):
        answers = {
            "android_id": OWNERS["android id"],
            "device_name": OWNERS["name"],
            "bluetooth_name": "null",
            "dumpsys account": f"Accounts: 1\n  Account {{name={OWNERS['account']}, type=com.xiaomi}}",
            "dumpsys wifi": f'mWifiInfo SSID: "{OWNERS["network"]}", BSSID: {OWNERS["MAC"]}',
            **{f"packages {kind}": told for kind, told in PACKAGES.items()},
        }
        return together(command, lambda words: next((told for key, told in answers.items() if key in " ".join(words)), ""))


def node(text, place, package=GRANTER, name="", inside=""):
    told = text.replace("&", "&amp;")
    at = "[{},{}][{},{}]".format(*place)
    return (
        f'<node text="{told}" content-desc="{told}" resource-id="{name and f"{package}:id/{name}"}" class="android.widget.Button"'
        f' package="{package}" clickable="true" enabled="true" visible-to-user="true" bounds="{at}">{inside}</node>'
    )


def screen(label):
    """A permission dialog, a notification over its upper part that the dump has first, a silent window over its end."""
    ask = node(f"允许“{label}”拍照吗 {ALL}", (10, 60, 90, 80), name="permission_message")
    card = node("", (10, 50, 90, 110), name="dialog_root_view", inside=ask + node("拒绝", (10, 90, 90, 110), name="permission_deny_button"))
    page = node("", (0, 0, 100, 200), package=EXITS)
    over = node(f"新消息 {ALL}", (0, 0, 100, 60), package="com.android.systemui")
    later = node("", (0, 105, 100, 200), package="com.tencent.mm")
    return f"<hierarchy>{over}{page}{node('', (0, 0, 100, 200), inside=card)}{later}</hierarchy>"


@pytest.fixture
def run(tmp_path):
    """A run folder of a proof app on that phone."""
    folder = RunFolder.create(tmp_path / "runs", package=EXITS, serial="S", started=datetime(2026, 12, 1, tzinfo=UTC))
    write_run(folder, {"format": 3, "app": {"package": EXITS, "uid": 10_101, "label": "试验一", "grant_packages": [GRANTER]}})
    picture = folder.save_screen(np.full((200, 100, 3), 200, np.uint8))
    (folder.path / JOURNAL).unlink(missing_ok=True)
    journal = Journal(folder.path / JOURNAL)
    journal.write(steps.Tree(xml=screen("试验一"), screenshot=picture))
    journal.write(steps.Tree(xml=screen("招商银行"), screenshot=picture))
    journal.write(steps.Reading(name="flags", command=f"dumpsys package {EXITS}", text=f"Packages:\n  {EXITS} {ALL}", code=0))
    journal.write(steps.Reading(name="app-ops", command=f"dumpsys appops --package {OWNERS['app']}", text="Uid", code=0))
    journal.write(steps.Reading(name="notification", command="dumpsys notification --noredact", text=ALL, code=0))
    journal.close()
    return folder.path


@pytest.fixture
def files(run):
    rows = [{"id": "left", "expected": True, "got": False}, {"id": "refused", "expected": True, "got": None}]
    proved = {"full": False, "apps": [{"app": "exits", "problem": ALL, "run": str(run), "seconds": 11.0, "rows": rows}]}
    abilities = [{"ability": "touch", "ok": True, "state": "works"}, {"ability": "film", "ok": False, "state": f"refused: {ALL}"}]
    return packed_files(PROPERTIES_TOLD, abilities, proved, owner_words(Phone(), PROPERTIES_TOLD))


@pytest.mark.parametrize("what", OWNERS)
def test_nothing_of_the_owner_is_in_it(files, what):
    assert [name for name, data in files.items() if OWNERS[what].encode() in data or json.dumps(OWNERS[what])[1:-1].encode() in data] == []


def test_what_is_in_it_is_of_the_proof_alone(files):
    assert sorted(files) == sorted(
        [PACK, PROPERTIES, ABILITIES, PROOF, "dialogs/exits-1.xml", "dialogs/exits-1.png", "dumps/exits-flags.txt"]
    )
    assert EXITS in files["dumps/exits-flags.txt"].decode()
    tree = files["dialogs/exits-1.xml"].decode()
    assert "拒绝" in tree
    assert "试验一" in tree
    assert "systemui" not in tree
    given = json.loads(files[PROPERTIES])
    versions = ("ro.build.fingerprint", "ro.build.id", "ro.build.version.incremental", "ro.mi.os.version.name")
    assert [given[name] for name in versions] == [PROPERTIES_TOLD[name] for name in versions]
    assert not {"ro.serialno", "ro.product.imei", "persist.radio.number", "gsm.operator.alpha"} & given.keys()


def test_a_picture_shows_the_dialog_alone_and_not_what_lies_over_it(files):
    picture = cv2.imdecode(np.frombuffer(files["dialogs/exits-1.png"], np.uint8), cv2.IMREAD_COLOR)
    kept = np.argwhere((picture > 0).all(axis=2))
    assert (kept.min(axis=0).tolist(), kept.max(axis=0).tolist()) == ([60, 10], [104, 89])


def test_it_is_read_back(files, tmp_path):
    write_pack(files, tmp_path / "p.zip")
    phone = read_pack(tmp_path / "p.zip")
    assert (phone.rom, phone.device["android"], dict(phone.abilities)) == ("hyperos", "14", {"touch": True, "film": False})
    assert [(row.id, row.got) for row in phone.rows] == [("left", False), ("refused", None)]
    assert list(phone.dialogs) == ["dialogs/exits-1.xml"]


def said(act, *words):
    with pytest.raises(HarnessError) as raised:
        act(*words)
    line = str(raised.value)
    assert "\n" not in line
    return line


BAD = {
    PACK: (b"[" * 100_000, b"{}", b"\xff", b'{"format": 9, "device": {}}', b'{"format": 1, "device": {"brand": 1}}'),
    PROPERTIES: (b"[]", b'{"a": {}}'),
    ABILITIES: (b"7", b'[{"ok": true}]'),
    PROOF: (b"[]", b'{"apps": 1}', b'{"apps": [{"app": "x", "rows": [{"id": "a", "expected": [], "got": null}]}]}'),
    "dialogs/exits-1.xml": (b"<!DOCTYPE x [<!ENTITY a 'b'>]><hierarchy/>", b"no tree"),
}


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, every in BAD.items() for data in every])
def test_a_bad_file_in_it_is_one_line(files, tmp_path, name, data):
    write_pack(files | {name: data}, tmp_path / "p.zip")
    assert said(read_pack, tmp_path / "p.zip")


def test_another_zip_is_one_line(files, tmp_path):
    path = tmp_path / "p.zip"
    assert "cannot be read" in said(read_pack, path)
    path.write_bytes(b"no zip")
    assert "no zip" in said(read_pack, path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(PACK, b"0" * (1 << 24))
    assert "compressed" in said(read_pack, path)
    with zipfile.ZipFile(path, "w") as outside:
        outside.writestr("../x", b"")
    assert "no path within a folder" in said(read_pack, path)
    write_pack(files | {f"dumps/{number}.txt": b"" for number in range(500)}, path)
    assert "holds more" in said(read_pack, path)
    with path.open("wb") as file:
        file.truncate(65 << 20)
    assert "larger than" in said(read_pack, path)
    write_pack(files, path)
    path.write_bytes(path.read_bytes().replace(b"Xiaomi", b"Xjaomi", 1))
    assert "was changed" in said(read_pack, path)


def test_the_result_of_prove_must_be_of_this_phone(tmp_path):
    path, device = tmp_path / "prove.json", phone_of(PROPERTIES_TOLD)
    assert read_proved(path, device) is None
    path.write_text(json.dumps({"device": device, "full": False, "apps": []}))
    assert read_proved(path, device) == {"full": False, "apps": []}
    assert "another phone" in said(read_proved, path, device | {"model": "x"})
    for bad in ("", "[" * 100_000, "[]", '{"device": {}, "full": 1, "apps": [1]}'):
        path.write_text(bad)
        assert "run it again" in said(read_proved, path, device)
