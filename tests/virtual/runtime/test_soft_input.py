"""The keyboard: a tap on a field shows it, keys type, Back hides it first, and it goes with its window."""

import re
from collections.abc import Callable

import pytest

from device_farm.virtual import Activity, App, Button, Column, EditText, Text
from device_farm.virtual.framework.dumps.hardware import input_method
from device_farm.virtual.framework.dumps.window import windows as dump_windows

from .conftest import Phone

PACKAGE = "com.example.form"


class Form(App):
    package, label = PACKAGE, "表单"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.field = EditText(hint="姓名", id="name")
            self.show(Column(Text("表单"), self.field, Button("确定", id="ok")))

        def on_click(self, id: str) -> None:
            self.show_dialog("标题", "正文", "好")


@pytest.fixture
def form(phone: Callable[..., Phone]) -> Phone:
    made = phone(Form)
    made.launch(PACKAGE)
    return made


def focus(device: Phone) -> None:
    node = next(n for root in device.device.screen.tree() for n in root.walk() if n.resource_id.endswith("/name"))
    left, top, right, bottom = node.bounds
    device.device.screen.tap((left + right) / 2, (top + bottom) / 2)
    device.wait(0.5)


def shown(device: Phone) -> bool:
    return "mInputShown=true" in input_method(device.device)


def test_a_tap_on_a_field_shows_it_and_keys_type(form: Phone) -> None:
    assert not shown(form)
    focus(form)
    assert shown(form)
    window = form.system.soft_input.window
    assert (window.package, window.frame) == ("com.android.inputmethod.latin", (0, 1526, 1080, 2274))
    form.device.screen.tap(54, 1600)
    form.device.screen.tap(162, 1600)
    form.device.screen.tap(1000, 2000)
    assert form.system.resumed.python_object.field.text == "q"
    assert form.device.screen.image().getpixel((54, 1560)) == (255, 255, 255)


def test_the_dump_names_its_window(form: Phone) -> None:
    assert "mInputMethodWindow=null" in dump_windows(form.device)
    focus(form)
    text = dump_windows(form.device)
    assert re.search(r"mInputMethodWindow=Window\{[0-9a-f]+ u0 InputMethod\}", text)
    assert "ty=INPUT_METHOD" in text
    assert "com.example.form" in str(form.system.focused_window())


def test_back_hides_it_before_the_app_hears_of_it(form: Phone) -> None:
    focus(form)
    form.system.press_back()
    form.wait(1)
    assert (shown(form), form.front) == (False, PACKAGE)
    form.system.press_back()
    form.wait(1)
    assert form.front == "com.android.launcher3"


@pytest.mark.parametrize("act", ["home", "dialog", "turn", "shade"])
def test_it_goes_with_the_window_it_writes_into(form: Phone, act: str) -> None:
    focus(form)
    if act == "home":
        form.system.go_home()
    elif act == "dialog":
        form.tap("ok")
    elif act == "turn":
        form.system.display_rotation.freeze(1)
    else:
        form.system.shade.expand()
    form.wait(1)
    assert not shown(form)
    assert not [window for window in form.system.windows if window.kind == "INPUT_METHOD"]


@pytest.mark.parametrize("method", ["", "com.github.uiautomator/.AdbKeyboard"])
def test_a_keyboard_without_keys_shows_none(form: Phone, method: str) -> None:
    form.device.settings["secure"]["default_input_method"] = method
    focus(form)
    assert not shown(form)
