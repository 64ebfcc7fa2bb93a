"""The APK of an app file has the classes of its libraries and what their builds leave in it."""

from pathlib import Path

from device_farm.virtual import App, Sdk, Service
from device_farm.virtual.framework.packages.app_apk import base_apk
from device_farm.virtual.framework.packages.app_manifest import build_package
from harness.apk import read_apk
from harness.apk.code import read_code
from harness.sdks import load_sdks
from harness.sdks.sdk_detection import inventory


class Shop(App):
    package, label = "com.example.shop", "小店"

    class Push(Sdk):
        package = "com.igexin.sdk"

        class PushService(Service):
            pass

    class Work(Sdk):
        package, version, artifact = "androidx.work", "2.7.1", "work-runtime"


def test_its_sdks_and_versions_are_read_from_the_package(tmp_path: Path) -> None:
    path = tmp_path / "shop.apk"
    path.write_bytes(base_apk(build_package(Shop, 10100, 0.0)))
    table = load_sdks()
    code = read_code(path, table.version_files)
    assert code.superclasses["com.igexin.sdk.PushService"] == "android.app.Service"
    found = inventory(read_apk(path), code, table)
    assert {sdk.sdk: sdk.version for sdk in found.sdks} == {"getui": None, "workmanager": "2.7.1"}
    assert found.not_seen == ()
