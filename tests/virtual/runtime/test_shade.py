"""The notification shade: what it shows, who has the focus meanwhile, and what closes it."""

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from device_farm.virtual import Activity, App, Column, Text
from device_farm.virtual.device import VirtualDevice
from tests.virtual.shell_calls import run

from .conftest import Phone

PACKAGE = "com.example.mail"


class Mail(App):
    package = PACKAGE
    label = "邮件"
    target_sdk = 28

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Column(Text("收件箱")))
            self.notify("新邮件", "来自小王")

    class Later(Activity):
        exported = True

        def on_create(self) -> None:
            self.notify("第二封", "来自小李")


@pytest.fixture
def mail(phone: Callable[..., Phone]) -> Phone:
    """A phone whose mail app has told of one mail and is in front."""
    made = phone(Mail, android="12")
    made.launch(PACKAGE)
    return made


def texts(device: VirtualDevice) -> list[str]:
    root = device.screen.active_root()
    return [] if root is None else [node.text for node in root.walk() if node.text]


def test_it_takes_the_focus_and_leaves_the_activity_resumed(mail: Phone) -> None:
    device = mail.device
    assert run(device, "cmd statusbar expand-notifications").code == 0
    window = device.system.focused_window()
    assert (window.package, window.title) == ("com.android.systemui", "NotificationShade")
    assert texts(device)[-3:] == ["邮件", "新邮件", "来自小王"]
    assert device.system.resumed.component.package == PACKAGE
    assert run(device, "cmd statusbar collapse").code == 0
    assert texts(device) == ["收件箱"]


@pytest.mark.parametrize("close", ["back", "home", "swipe"])
def test_back_home_and_a_swipe_close_it(mail: Phone, close: str) -> None:
    screen = mail.device.screen
    screen.swipe(540, 10, 540, 1500)
    assert "新邮件" in texts(mail.device)
    if close == "swipe":
        screen.swipe(540, 2000, 540, 300)
    else:
        screen.key(close)
    mail.device.clock.skip(1)
    assert "新邮件" not in texts(mail.device)


def test_what_is_posted_while_it_is_open_is_shown_first(mail: Phone) -> None:
    mail.device.system.shade.expand()
    run(mail.device, f"am start -n {PACKAGE}/.Later")
    mail.device.clock.skip(1)
    shown = texts(mail.device)
    assert shown.index("第二封") < shown.index("新邮件")


def test_a_tile_switches_its_setting(mail: Phone) -> None:
    device = mail.device
    device.system.shade.expand()
    root = device.screen.active_root()
    tile = next(node for node in root.walk() if node.text == "互联网")
    assert tile.checked
    device.screen.tap((tile.bounds.left + tile.bounds.right) // 2, (tile.bounds.top + tile.bounds.bottom) // 2)
    assert run(device, "settings get global wifi_on").out == "0\n"


def test_the_service_manager_reaches_it(mail: Phone) -> None:
    answer = run(mail.device, "service call statusbar 1")
    assert (answer.code, answer.out) == (0, "Result: Parcel(00000000    '....')\n")
    assert mail.device.system.shade.window is not None
    run(mail.device, "service call statusbar 2")
    assert mail.device.system.shade.window is None
    assert run(mail.device, "service check statusbar").out == "Service statusbar: found\n"
    assert run(mail.device, "service check nonsense").out == "Service nonsense: not found\n"
    assert run(mail.device, "service call nonsense 1").err == "service: Service nonsense does not exist\n"
    assert run(mail.device, "service call activity 1").code == 127


def test_every_window_is_in_the_dump_of_windows(mail: Phone) -> None:
    mail.device.system.shade.expand()
    out = run(mail.device, "uiautomator dump --windows /dev/tty").out
    windows = ET.fromstring(out[: out.index("UI hierchary")]).findall("./display/window")
    assert [window.get("index") for window in windows] == [str(n) for n in range(len(windows))]
    active = [window for window in windows if window.get("active") == "true"]
    assert [window.get("title") for window in active] == ["NotificationShade"]
    assert active[0].find(".//node[@text='新邮件']") is not None
