"""The lock screen: none by default; set, it comes with the lit display and goes by a swipe, a command or its PIN."""

from collections.abc import Callable
from typing import ClassVar

import pytest

from device_farm.virtual import Activity, App, Receiver, Text
from device_farm.virtual.framework.dumps.window import policy
from device_farm.virtual.framework.records.system_records import Intent

from .conftest import Phone

PACKAGE = "com.example.locked"


class Locked(App):
    package = PACKAGE
    heard: ClassVar[list[str]] = []

    class Present(Receiver):
        dynamic = True

        def on_receive(self, intent: Intent) -> None:
            self.app.heard.append(str(intent.action).rpartition(".")[2])

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("页面"))
            self.register_receiver("Present", "android.intent.action.USER_PRESENT")


@pytest.fixture
def locked(phone: Callable[..., Phone]) -> Phone:
    made = phone(Locked)
    made.launch(PACKAGE)
    return made


def off_and_on(device: Phone) -> None:
    for _ in range(2):
        device.device.screen.key("power")
        device.wait(2)


def heard(device: Phone) -> list[str]:
    found: list[str] = device.app(PACKAGE).heard
    return found


def test_without_a_lock_the_user_is_there_at_once(locked: Phone) -> None:
    off_and_on(locked)
    assert heard(locked) == ["USER_PRESENT"]
    assert "页面" in locked.texts()


@pytest.mark.parametrize("act", ["swipe", "menu", "command"])
def test_a_lock_without_a_pin_is_swiped_away(locked: Phone, act: str) -> None:
    locked.system.keyguard.enabled = True
    off_and_on(locked)
    assert heard(locked) == []
    assert "向上滑动即可解锁" in locked.texts()
    assert "showing=true" in policy(locked.device)
    locked.device.screen.key("home")
    locked.system.press_back()
    assert locked.system.keyguard.window is not None
    if act == "swipe":
        locked.device.screen.swipe(540, 1800, 540, 600)
    elif act == "menu":
        locked.device.screen.key("menu")
    else:
        locked.system.keyguard.dismiss()
    locked.wait(1)
    assert heard(locked) == ["USER_PRESENT"]
    assert "页面" in locked.texts()


def test_a_pin_has_to_be_right(locked: Phone) -> None:
    locked.system.keyguard.enabled, locked.system.keyguard.pin = True, "2580"
    off_and_on(locked)
    locked.device.screen.swipe(540, 1800, 540, 600)
    assert "请输入 PIN 码" in locked.texts()
    locked.device.screen.type_text("1111")
    locked.device.screen.key("enter")
    assert locked.system.keyguard.window is not None
    locked.device.screen.type_text("25")
    for digit in "80":
        node = next(n for r in locked.device.screen.tree() for n in r.walk() if n.text == digit)
        locked.device.screen.tap((node.bounds.left + node.bounds.right) / 2, (node.bounds.top + node.bounds.bottom) / 2)
    locked.device.screen.key("enter")
    locked.wait(1)
    assert locked.system.keyguard.window is None
    assert heard(locked) == ["USER_PRESENT"]
