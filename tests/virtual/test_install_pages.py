"""``--unattended``: each ROM's page before an installation of ours is answered, and no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from device_farm.proof.proof_apps import apk
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.control_port import ask
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.errors import ScenarioError
from harness.language import Text as Said
from harness.session.install_pages import PASSWORD, install

pytestmark = pytest.mark.usefixtures("slow_time")

CLEAN = "org.apprights.proof.clean"
FILE = apk(CLEAN)
SECRET = "hunter-2"  # the phone's account


@contextmanager
def asking(rom: str, android: str) -> Iterator[tuple[InProcessDevice, VirtualDevice]]:
    """A phone of this ROM that asks before adb installs."""
    with devices_in_thread([partial(VirtualDevice, Spec(rom=rom, android=android))]) as thread, InProcessDevice(thread) as device:
        assert "error" not in str(list(ask(device.serial, ["option", "usb_install_confirm", "on"])))
        yield device, thread.daemons[0].device


def installed(device: InProcessDevice) -> bool:
    return f"package:{CLEAN}" in device.shell(["pm", "list", "packages", CLEAN]).stdout.split()


def told(found: list[Said]) -> str:
    return "\n".join(map(str, found))


@pytest.mark.parametrize(
    ("rom", "android", "button"),
    [
        ("miui", "13", "继续安装"),
        ("hyperos", "16", "继续安装"),
        ("coloros", "15", "继续安装"),
        ("originos", "16", "确定"),
        ("harmony", "12", "继续安装"),
    ],
)
def test_the_page_of_each_rom_is_answered(rom: str, android: str, button: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, SECRET)
    hidden: list[str] = []
    with asking(rom, android) as (device, _phone):
        found = install(device, FILE, tmp_path, lambda text: None, hidden.append)
        assert installed(device)
    assert button in told(found)
    assert SECRET not in told(found)
    assert hidden == ([SECRET] if rom == "originos" else [])
    assert list(tmp_path.iterdir()) == []


def test_without_a_password_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD, raising=False)
    with asking("originos", "16") as (device, phone):
        with pytest.raises(ScenarioError, match=PASSWORD):
            install(device, FILE, tmp_path, print)
        assert asked(phone) == 0


def asked(phone: VirtualDevice) -> int:
    return len([entry for entry in phone.truth if entry["what"] == "adb_install_asked"])


def test_a_dark_screen_is_lit_and_a_locked_one_is_refused_at_once(tmp_path: Path) -> None:
    with asking("miui", "13") as (device, phone):
        list(ask(device.serial, ["fault", "screen-off"]))
        assert "继续安装" in told(install(device, FILE, tmp_path, lambda text: None))
        device.shell(["locksettings", "set-pin", "1234"])
        list(ask(device.serial, ["fault", "screen-off"]))
        with pytest.raises(ScenarioError, match="locked"):
            install(device, FILE, tmp_path, lambda text: None)
        assert asked(phone) == 1


def test_over_an_app_that_is_there_miui_does_not_ask(tmp_path: Path) -> None:
    with asking("miui", "13") as (device, phone):
        assert len(install(device, FILE, tmp_path, lambda text: None)) == 1
        assert install(device, FILE, tmp_path, lambda text: None) == []
        assert asked(phone) == 1
