"""Jumps from one app to another, told with what the user did before; and icons that apps pin to the home screen."""

from collections.abc import Callable
from typing import Any

import pytest

from device_farm.virtual import Activity, App, Column, Text

from .conftest import Phone

PACKAGE, OTHER = "com.example.jumper", "com.example.other"


class Other(App):
    package, label = OTHER, "别家"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("别家首页"))


class Jumper(App):
    package, label = PACKAGE, "跳转"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Column(Text("广告", id="ad")))

        def on_click(self, id: str) -> None:
            if id == "pin":
                self.request_pin_shortcut("快捷", id="quick", target="Page")
            elif id == "own":
                self.start_activity("Page")
            elif id == "later":
                self.post_delayed(self.leave, 5)
            else:
                self.leave()

        def on_fling(self, id: str, x1: int, y1: int, x2: int, y2: int) -> None:
            self.leave()

        def leave(self) -> None:
            self.start_activity(f"{OTHER}/.Main")

    class Page(Activity):
        def on_create(self) -> None:
            self.show(Text("快捷页"))


@pytest.fixture
def jumper(phone: Callable[..., Phone]) -> Phone:
    made = phone(Other, Jumper)
    made.launch(PACKAGE)
    return made


def jumps(device: Phone) -> list[tuple[Any, ...]]:
    return [(entry["package"], entry["by"], entry["cause"]) for entry in device.truth("jump")]


def test_a_touch_leads_away(jumper: Phone) -> None:
    jumper.tap("ad")
    assert jumps(jumper) == [(OTHER, PACKAGE, "touch")]


def test_a_swipe_leads_away(jumper: Phone) -> None:
    jumper.device.screen.swipe(540, 1500, 540, 900)
    jumper.wait(1)
    assert jumps(jumper) == [(OTHER, PACKAGE, "swipe")]


def test_nothing_at_all_leads_away(jumper: Phone) -> None:
    jumper.tap("later")
    jumper.wait(10)
    assert jumps(jumper) == [(OTHER, PACKAGE, "none")]


def test_an_own_page_and_the_users_own_way_are_no_jumps(jumper: Phone) -> None:
    jumper.tap("own")
    jumper.system.go_home()
    jumper.wait(1)
    jumper.tap(OTHER)
    assert jumper.front == OTHER
    assert jumps(jumper) == []


def test_a_shortcut_is_asked_about_pinned_and_opens_its_page(jumper: Phone) -> None:
    jumper.tap("pin")
    assert jumper.front == "com.android.launcher3"
    assert {"添加到主屏幕", "快捷", "取消"} <= set(jumper.texts())
    jumper.tap("add")
    jumper.system.go_home()
    jumper.wait(1)
    assert {"跳转", "别家", "快捷"} <= set(jumper.texts())
    jumper.tap(f"{PACKAGE}/quick")
    assert "快捷页" in jumper.texts()
    assert [entry["label"] for entry in jumper.truth("shortcut_pinned")] == ["快捷"]
    jumper.system.package_manager.uninstall(PACKAGE)
    jumper.system.go_home()
    jumper.wait(1)
    assert "快捷" not in jumper.texts()


def test_no_pins_nothing(jumper: Phone) -> None:
    jumper.tap("pin")
    jumper.tap("cancel")
    assert jumper.system.shortcuts.pinned == []
    assert jumper.front == PACKAGE
