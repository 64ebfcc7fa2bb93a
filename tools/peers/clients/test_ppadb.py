"""pure-python-adb (PyPI): a client of the adb server in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ppadb.client import Client

if TYPE_CHECKING:
    from pathlib import Path

    from ppadb.device import Device

KEYBOARD, SYSTEMUI = "com.github.uiautomator", "com.android.systemui"


@pytest.fixture
def device(serial: str) -> Device:
    return Client().device(serial)


def test_devices(serial: str) -> None:
    assert Client().version() >= 40
    assert [found.serial for found in Client().devices(state="device")] == [serial]


def test_shell(device: Device) -> None:
    assert device.shell("echo 你好") == "你好\n"
    seen: list[str] = []
    device.shell("seq 3", handler=lambda connection: seen.append(connection.read_all().decode()))
    assert seen == ["1\n2\n3\n"]


def test_screen(device: Device) -> None:
    assert bytes(device.screencap()).startswith(b"\x89PNG\r\n\x1a\n")
    assert tuple(device.wm_size()) == (1080, 2400)
    assert device.wm_density() == 420 // 160
    device.input_tap(540, 1200)
    device.input_swipe(540, 2000, 540, 700, 300)
    device.input_keyevent("KEYCODE_HOME")
    assert device.get_top_activity().package


def test_install_and_uninstall(device: Device, apk: Path) -> None:
    assert device.install(str(apk), reinstall=True, test=True)
    assert device.is_installed(KEYBOARD)
    assert device.get_package_version_name(KEYBOARD)
    assert device.uninstall(KEYBOARD)
    assert not device.is_installed(KEYBOARD)


def test_push_and_pull(device: Device, tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(bytes(range(256)) * 400)
    device.push(str(tmp_path / "sent"), "/data/local/tmp/ppadb.bin")
    device.pull("/data/local/tmp/ppadb.bin", str(tmp_path / "got"))
    assert (tmp_path / "got").read_bytes() == (tmp_path / "sent").read_bytes()


def test_forward(device: Device) -> None:
    device.forward("tcp:61234", "localabstract:nobody")
    assert device.list_forward() == {"tcp:61234": "localabstract:nobody"}
    device.killforward_all()
    assert device.list_forward() == {}


def test_what_it_knows_of_the_device(device: Device) -> None:
    assert device.get_properties()["ro.build.version.sdk"].isdecimal()
    assert "android.hardware.touchscreen" in device.list_features()
    assert SYSTEMUI in device.list_packages()
    assert device.get_battery_level() > 0
    device.wait_boot_complete(timeout=10)


def test_processors_and_memory(device: Device) -> None:
    assert device.cpu_times().total() > 0
    assert 0 <= device.cpu_percent(interval=0.2) <= 100
    assert device.cpu_count() == 8
    pid = device.get_pid(SYSTEMUI)
    assert device.get_pid_cpu(pid).name == "(ndroid.systemui)"
    assert list(device.get_all_thread_cpu(pid)) == [pid]
    memory = device.get_meminfo(SYSTEMUI)
    assert memory.pss > memory.private_dirty > 0
