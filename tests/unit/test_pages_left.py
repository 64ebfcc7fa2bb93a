"""Pages that come up while an installation of ours runs: which are not answered, and how they are told."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from device_farm.proof.proof_apps import apk
from harness.device.protocol import ShellResult, Waited
from harness.errors import CommandFailed, ScenarioError
from harness.session import install_pages
from harness.session.install_pages import install

FILE = apk("org.apprights.proof.clean")
NAME = "org.apprights.proof.clean"
MIUI = "com.miui.securitycenter"
PAGE = f"{MIUI}/com.miui.permcenter.install.AdbInstallActivity"
HOME = "com.miui.home"
ACTIVITIES = """ACTIVITY MANAGER ACTIVITIES (dumpsys activity activities)
  topResumedActivity=ActivityRecord{{1a70f4a u0 {component} t7}}
    * Hist  #0: ActivityRecord{{1a70f4a u0 {component} t7}}
      packageName={package} processName={package}
      launchedFromUid={uid} launchedFromPackage={by} launchedFromFeature=null userId=0
"""


class Phone:
    """A phone of MIUI whose page comes up as soon as an installation begins, and that refuses in the end."""

    serial = "S"

    def __init__(self, component: str = PAGE, says: str = NAME, uid: int = 1000, by: str = "android", **more: Any) -> None:
        self.component, self.says, self.uid, self.by = component, says, uid, by
        self.awake, self.up, self.rom = more.get("awake", "Awake"), more.get("up", False), more.get("rom", "ro.miui.ui.version.name")
        self.taps: list[tuple[int, int]] = []
        self._begun, self._seconds, self._over = threading.Event(), 0, threading.Event()

    def shell(self, command: list[str]) -> ShellResult:
        package = self.component.partition("/")[0]
        said = {
            "getprop": f"[{self.rom}]: [V140]\n",
            "dumpsys power": f"  mWakefulness={'Awake' if not self._begun.is_set() else self.awake}\n",
            "dumpsys window policy": "      showing=false\n      secure=false\n",
            "dumpsys activity activities": ACTIVITIES.format(component=self.component, package=package, uid=self.uid, by=self.by),
        }
        return ShellResult(said[" ".join(command)], "", 0)

    def tree(self) -> str:
        package, texts = (self.component.partition("/")[0], ("USB安装提示", self.says, "继续安装")) if self.up else (HOME, ("天气",))
        nodes = "".join(
            f'<node class="android.widget.Button" package="{package}" text="{text}" clickable="true" bounds="[0,{y}][500,{y + 90}]" />'
            for y, text in enumerate(texts)
        )
        window = f'<node class="android.widget.FrameLayout" package="{package}" bounds="[0,0][1080,2400]">{nodes}</node>'
        return f'<hierarchy rotation="0">{window}</hierarchy>'

    def install(self, apk: Path, *, timeout: float = 300.0) -> None:
        self.up = True
        self._begun.set()
        self._over.wait(120)
        raise CommandFailed(f"install {apk.name}", 1, "INSTALL_FAILED_USER_RESTRICTED")

    def pass_time(self, seconds: float) -> Waited:
        self._begun.wait(120)
        self._seconds += 1
        if self._seconds > 2 * install_pages.PATIENCE:
            self._over.set()
        return Waited(changed=True, uptime=1.0)

    def tap(self, x: int, y: int, *, held: bool = False) -> None:
        self.taps.append((x, y))

    def screenshot(self) -> np.ndarray[Any, Any]:
        return np.zeros((4, 4, 3), np.uint8)


@pytest.fixture(autouse=True)
def together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several commands in one, as the devices that we have do it."""
    monkeypatch.setattr("harness.device.screen_wakeup.run_together", lambda device, commands: [device.shell(one) for one in commands])


@pytest.mark.parametrize(
    ("phone", "why"),
    [
        (Phone(uid=10123, by="com.example.shop"), "an app opened it"),
        (Phone(says="别的应用"), "does not name the app"),
        (Phone(component=f"{MIUI}/.Other"), "not known"),
        (Phone(component="com.example.guard/.Page"), "not known"),
        (Phone(awake="Asleep"), "dark or locked"),
    ],
)
def test_a_page_that_is_not_ours_is_named_photographed_and_left(phone: Phone, why: str, tmp_path: Path) -> None:
    told: list[str] = []
    with pytest.raises(CommandFailed) as failed:
        install(phone, FILE, tmp_path, told.append)  # type: ignore[arg-type]
    assert phone.taps == []
    (picture,) = tmp_path.iterdir()
    (left,) = told
    assert all(part in left for part in (why, phone.component, str(picture)))
    assert str(failed.value).startswith("'install clean.apk' failed with exit code 1: INSTALL_FAILED_USER_RESTRICTED; ")
    assert left in str(failed.value)


def test_a_page_that_stays_is_pressed_a_few_times_and_left(tmp_path: Path) -> None:
    phone = Phone()
    with pytest.raises(CommandFailed, match="it stays"):
        install(phone, FILE, tmp_path, lambda text: None)  # type: ignore[arg-type]
    assert phone.taps == [(250, 47)] * install_pages.MOST_PRESSES  # the button, never the middle of anything else


def test_a_page_that_was_there_before_is_nobody_s(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=f"{MIUI} is up before"):
        install(Phone(up=True), FILE, tmp_path, lambda text: None)  # type: ignore[arg-type]


def test_of_a_rom_that_nobody_knows_it_is_said(tmp_path: Path) -> None:
    told: list[str] = []
    with pytest.raises(CommandFailed):
        install(Phone(rom="ro.example.rom"), FILE, tmp_path, told.append)  # type: ignore[arg-type]
    assert "no page before an installation is known of this ROM (aosp)" in told[0]
