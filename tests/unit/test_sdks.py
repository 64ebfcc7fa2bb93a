"""Which SDK is in an APK, and what proves it."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.apk import read_apk
from harness.apk.code import read_code
from harness.apk.dex import superclasses
from harness.cli import main
from harness.errors import CatalogueError, FormatError
from harness.sdks import Sdk, SdkTable, load_sdks
from harness.sdks.sdk_detection import SdkInventory, inventory
from tests.apk_builder import Node, build_apk, dex, manifest

TABLE = load_sdks()


@pytest.mark.parametrize(
    ("name", "sdk"),
    [
        ("com.igexin.sdk.PushService", "getui"),
        ("com.app/com.igexin.sdk.PushService", "getui"),
        ("com.igexin", "getui"),
        ("com.igexinx.sdk.PushService", None),
        ("com.google.firebase.messaging.FirebaseMessagingService", "fcm"),
        ("com.google.firebase.provider.FirebaseInitProvider", "firebase"),
        ("com.umeng.analytics.MobclickAgent", "umeng-analytics"),
        ("com.umeng.commonsdk.UMConfigure", "umeng-analytics"),
        ("com.app/.PushService", None),
        ("com.app.Main", None),
        ("", None),
    ],
)
def test_longest_match_at_a_dot_wins(name: str, sdk: str | None) -> None:
    found = TABLE.of_class(name)
    assert (found.id if found else None) == sdk


@pytest.mark.parametrize(
    ("name", "sdk", "version"),
    [
        ("libjiagu.so", "jiagu-360", None),
        ("libAMapSDK_MAP_v6_9_4.so", "amap", "6.9.4"),
        ("libshella-4.1.0.30.so", "legu", "4.1.0.30"),
        ("libBaiduMapSDK_base_v7_5_4.so", "baidu-lbs", "7.5.4"),
        ("libnllvm1632808251147706677.so", "msa", "1632808251147706677"),
        ("libc++_shared.so", None, None),
    ],
)
def test_native_library(name: str, sdk: str | None, version: str | None) -> None:
    found = TABLE.of_library(name)
    assert (found[0].id, found[1]) == (sdk, version) if found else sdk is None


def test_every_entry_has_a_proof_a_word_and_a_source() -> None:
    for sdk in TABLE.sdks:
        assert sdk.packages or sdk.libraries
        assert sdk.words
        assert sdk.source
    assert len({sdk.id for sdk in TABLE.sdks}) == len(TABLE.sdks)


def test_two_sdks_cannot_claim_one_package() -> None:
    twins = [Sdk(id=name, name=name, vendor="", kind="push", words=(), source=(), packages=("com.a",)) for name in "xy"]
    with pytest.raises(CatalogueError, match=r"com\.a belongs to x and to y"):
        SdkTable(tuple(twins))


# --- DEX --------------------------------------------------------------------------------------------------------------

CLASSES = {"com.small.Main": "android.app.Activity", "cn.jpush.android.service.JPushMessageReceiver": "java.lang.Object"}


def test_classes_of_a_dex_and_what_they_extend() -> None:
    assert superclasses(dex(CLASSES)) == CLASSES


@given(st.data())
def test_damaged_dex_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(dex(CLASSES))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = superclasses(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    except FormatError:
        return
    assert all(isinstance(name, str) for name in found)


# --- APK --------------------------------------------------------------------------------------------------------------


def apk(folder: Path, *components: tuple[str, str], classes: dict[str, str], **files: bytes) -> Path:
    root = manifest()
    application = next(node for node in root.children if node.tag == "application")
    application.children += [Node(tag, {"android:name": name, "android:exported": False}) for tag, name in components]
    path = folder / "app.apk"
    named = {name.replace("__", "/"): data for name, data in files.items()}
    path.write_bytes(build_apk(root, **{"classes.dex": dex(classes), **named}))
    return path


def found_in(path: Path) -> SdkInventory:
    return inventory(read_apk(path), read_code(path, TABLE.version_files), TABLE)


OWN = {"com.example.small.Main": "android.app.Activity"}


def test_component_class_library_and_subclass_prove_an_sdk(tmp_path: Path) -> None:
    path = apk(
        tmp_path,
        ("service", "com.igexin.sdk.PushService"),
        ("receiver", ".MyReceiver"),
        classes=OWN
        | {
            "com.igexin.sdk.PushService": "android.app.Service",
            "com.example.small.MyReceiver": "com.example.small.BaseReceiver",
            "com.example.small.BaseReceiver": "cn.jpush.android.service.JPushMessageReceiver",
            "androidx.work.Worker": "java.lang.Object",
        },
        **{"lib__arm64-v8a__libAMapSDK_MAP_v6_9_4.so": b"x", "META-INF__androidx.work_work-runtime.version": b"2.7.1\n"},
    )
    found = {sdk.sdk: sdk for sdk in found_in(path).sdks}
    assert found.keys() == {"getui", "jpush", "amap", "workmanager"}
    assert "service com.igexin.sdk.PushService" in found["getui"].evidence
    assert found["jpush"].evidence == ("receiver com.example.small.MyReceiver extends cn.jpush.android.service.JPushMessageReceiver",)
    assert (found["amap"].version, found["amap"].evidence) == ("6.9.4", ("library libAMapSDK_MAP_v6_9_4.so",))
    assert (found["workmanager"].version, found["workmanager"].proofs) == ("2.7.1", 1)


def test_hardened_apk_says_what_could_not_be_seen(tmp_path: Path) -> None:
    shell = {"com.stub.StubApp": "android.app.Application"}
    hardened = apk(tmp_path, ("service", ".Sync"), classes=shell, **{"lib__arm64-v8a__libjiagu.so": b"x"})
    found = found_in(hardened)
    assert [sdk.name for sdk in found.sdks] == ["360 加固"]
    assert found.not_seen[0].startswith("hardened by 360 加固; 2 of 2 declared components have no class in the APK")
    assert found_in(apk(tmp_path, ("service", ".Sync"), classes=shell)).not_seen[0].startswith("hardened, or loaded from")
    assert found_in(apk(tmp_path, ("service", ".Declared"), classes=OWN)).not_seen == ()


def test_dex_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    path = apk(tmp_path, classes=OWN, **{"classes2.dex": b"dex\n035\0garbage"})
    assert found_in(path).not_seen == ("classes2.dex: not a DEX file",)


def test_circle_of_classes_ends(tmp_path: Path) -> None:
    circle = OWN | {"com.example.small.A": "com.example.small.B", "com.example.small.B": "com.example.small.A"}
    assert found_in(apk(tmp_path, ("service", ".A"), classes=circle)).sdks == ()


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["apprights", "apk", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    return int(str(end.value.code or 0)), *capsys.readouterr()


def test_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(apk(tmp_path, ("service", "com.igexin.sdk.PushService"), classes=OWN))
    policy = tmp_path / "policy.txt"
    policy.write_text("隐私政策:个推", encoding="utf-8")
    code, out, _ = run(monkeypatch, capsys, path, "--sdks", "--policy", str(policy), "--json")
    told: dict[str, Any] = json.loads(out)
    assert (code, told["package"], told["not_seen"]) == (0, "com.example.small", [])
    assert [(sdk["sdk"], sdk["vendor"], sdk["in_policy"]) for sdk in told["sdks"]] == [("getui", "每日互动", "有")]
    code, out, _ = run(monkeypatch, capsys, path, "--sdks")
    assert "个推" in out
    assert "未提供" in out
    assert "sdks" not in json.loads(run(monkeypatch, capsys, path, "--json")[1])


def test_policy_that_is_no_text_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(apk(tmp_path, classes=OWN))
    for policy, expected in ((path, 3), (str(tmp_path / "absent"), 2)):
        code, out, told = run(monkeypatch, capsys, path, "--sdks", "--policy", policy)
        assert (code, out, told.count("\n")) == (expected, "", 1)
