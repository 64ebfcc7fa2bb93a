"""mobly (PyPI): its AndroidDevice, which uses the adb program."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from mobly import logger
from mobly.controllers import android_device
from mobly.controllers.android_device_lib import adb

KEYBOARD = "com.github.uiautomator"


@pytest.fixture(scope="module")
def device(serial: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[android_device.AndroidDevice]:
    logger.setup_test_logger(str(tmp_path_factory.mktemp("mobly")))
    made = android_device.create([serial])[0]
    yield made
    android_device.destroy([made])
    logging.getLogger().handlers.clear()


def test_what_it_knows_of_the_device(device: android_device.AndroidDevice) -> None:
    assert device.is_boot_completed()
    assert not device.is_rootable
    assert not device.is_emulator
    assert device.build_info["build_version_sdk"].isdecimal()
    assert device.model
    assert device.adb.current_user_id == 0


def test_shell(device: android_device.AndroidDevice) -> None:
    assert device.adb.shell("echo 你好").decode() == "你好\n"
    assert device.adb.has_shell_command("pm")
    assert not device.adb.has_shell_command("nonsense")
    with pytest.raises(adb.AdbError) as refused:
        device.adb.shell("exit 3")
    assert refused.value.ret_code == 3


def test_push_and_pull(device: android_device.AndroidDevice, tmp_path: Path) -> None:
    sent, got = tmp_path / "sent.bin", tmp_path / "got.bin"
    sent.write_bytes(bytes(range(256)) * 4000)
    device.adb.push([str(sent), "/data/local/tmp/mobly.bin"])
    device.adb.pull(["/data/local/tmp/mobly.bin", str(got)])
    assert got.read_bytes() == sent.read_bytes()


def test_install_and_uninstall(device: android_device.AndroidDevice, apk: Path) -> None:
    device.adb.install(["-r", "-t", str(apk)])
    assert KEYBOARD in device.adb.shell("pm list packages").decode()
    device.adb.uninstall(KEYBOARD)
    assert KEYBOARD not in device.adb.shell("pm list packages").decode()


def test_instrument(device: android_device.AndroidDevice) -> None:
    with pytest.raises(adb.AdbError) as refused:
        device.adb.instrument("com.example.none", runner="runner")
    assert b"INSTRUMENTATION_FAILED: com.example.none/runner" in refused.value.stderr
    assert b"Unable to find instrumentation info" in refused.value.stdout


def test_forward(device: android_device.AndroidDevice) -> None:
    port = int(device.adb.forward(["tcp:0", "localabstract:nobody"]))
    assert f"tcp:{port} localabstract:nobody" in device.adb.forward(["--list"]).decode()
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.settimeout(10)
        assert connection.recv(1) == b""  # nobody listens there: the connection is closed
    device.adb.forward(["--remove", f"tcp:{port}"])


def test_logcat_service(device: android_device.AndroidDevice) -> None:
    device.adb.shell("log -t MOBLY 'a line for the service'")
    device.services.logcat.stop()
    with open(device.services.logcat.adb_logcat_file_path, encoding="utf-8") as log:
        assert "a line for the service" in log.read()


def test_screenshot(device: android_device.AndroidDevice, tmp_path: Path) -> None:
    with open(device.take_screenshot(str(tmp_path)), "rb") as picture:
        assert picture.read(8) == b"\x89PNG\r\n\x1a\n"


def test_bug_report(device: android_device.AndroidDevice, tmp_path: Path) -> None:
    reports = device.take_bug_report("peers", destination=str(tmp_path))
    with open(reports, "rb") as report:
        assert report.read(2) == b"PK"


def test_reboot(device: android_device.AndroidDevice) -> None:
    device.reboot()
    assert device.is_boot_completed()
