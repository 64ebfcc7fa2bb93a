"""What of an app's own views is a window that asks for a permission, and what is a page that says what it needs."""

from collections.abc import Callable
from typing import Any

import pytest

from device_farm.virtual import Activity, App, Button, Column, Frame, Image, Row, Scroll, Text
from device_farm.virtual.screen.hierarchy_dump import shell_dump
from harness.dialogs.matcher import find_dialog
from harness.events import DialogKind
from harness.parsers.hierarchy import parse_hierarchy

PACKAGE = "com.example.modals"
TOLD = "相机权限用于放大您眼前的文字"


def page() -> Any:
    """A function's page: its purpose, its button, and an arrow back."""
    return Column(Image("#9E9E9E", id="iv_back", width=96, height=96), Scroll(Text("放大镜"), Text(TOLD), Button("下一步", id="start")))


def screen() -> Any:
    """The same words, and nothing else to press."""
    return Column(Text("放大镜"), Text(TOLD), Button("下一步", id="start"))


def imitation() -> Any:
    """The answers of Android's own dialog, on a card over a dark page."""
    card = Column(Text("要允许“放大镜”访问您的位置吗？"), Button("允许", id="yes"), Button("不允许", id="no"), background="#FFFFFF")
    return Column(card, background="#99000000", gravity="center")


def answers_of_a_person() -> Any:
    """A card with an answer of the app's own, that names a group but is about no permission."""
    card = Column(Text("发现您的位置附近有优惠"), Button("去看看", id="yes"), Button("不了", id="no"), background="#FFFFFF")
    return Column(card, background="#99000000", gravity="center")


def answers_in_other_words() -> Any:
    """Captions that no list has, on a card about a permission."""
    told = Text("我们需要使用相机权限，用于放大您眼前的文字")
    card = Column(told, Button("允许使用", id="yes"), Button("暂不使用", id="no"), background="#FFFFFF")
    return Column(card, background="#99000000", gravity="center")


def answers_in_a_bar() -> Any:
    """A dialog whose answers stand in a bar of their own, one of them in words that no list has."""
    told = Text("开启通讯录权限,看看哪些好友也在用")
    card = Column(told, Row(Button("不了,谢谢", id="no"), Button("开启", id="yes")), background="#FFFFFF")
    return Column(card, background="#99000000", gravity="center")


def a_page_with_such_words() -> Any:
    """A list of functions whose captions begin like answers, beside a line about a permission."""
    return Column(Text("权限使用说明"), Button("打开手电筒", id="torch"), Button("去放大", id="zoom"), Button("使用帮助", id="help"))


def lessons() -> Any:
    """A page with functions of its own at the top, and nothing below."""
    return Column(Text("学车宝典"), Button("科目一", id="one"), Button("科目四", id="four"))


def card_on_a_scrim() -> Any:
    """A card that covers no word of the page, in a layer that takes every touch: only the settings are left."""
    card = Column(Text("请开启位置权限"), Button("去设置", id="set"), background="#FFFFFF")
    return Frame(lessons(), Column(card, background="#99000000", gravity="center", clickable=True))


def row_in_the_page() -> Any:
    """The same words in the flow of a page that is clicked as a whole: the page can be used."""
    row = Column(Text("请开启位置权限"), Button("去设置", id="set"), background="#FFFFFF")
    return Column(row, Button("科目一", id="one"), Button("科目四", id="four"), clickable=True)


def bar_that_floats() -> Any:
    """The same words in one row that floats over a text of the page, in a layer that takes no touch.

    The page can be used.
    """
    bar = Row(Text("请开启位置权限"), Text("去设置", id="set"), background="#FFFFFF")
    return Frame(Column(lessons(), Text("更多科目")), Column(bar, gravity="bottom"))


def bar_on_a_scrim() -> Any:
    """The same row in a layer that takes every touch."""
    bar = Row(Text("请开启位置权限"), Text("去设置", id="set"), background="#FFFFFF")
    return Frame(Column(lessons(), Text("更多科目")), Column(bar, background="#99000000", gravity="bottom", clickable=True))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (page, None),
        (screen, DialogKind.RATIONALE),
        (imitation, DialogKind.RATIONALE),
        (answers_of_a_person, DialogKind.OTHER),
        (answers_in_other_words, DialogKind.RATIONALE),
        (answers_in_a_bar, DialogKind.RATIONALE),
        (a_page_with_such_words, None),
        (card_on_a_scrim, DialogKind.SETTINGS_GUIDE),
        (row_in_the_page, None),
        (bar_that_floats, None),
        (bar_on_a_scrim, DialogKind.SETTINGS_GUIDE),
    ],
)
def test_what_asks_is_told_from_what_explains(phone: Callable[..., Any], content: Callable[[], Any], kind: DialogKind | None) -> None:
    class Magnifier(App):
        package, label = PACKAGE, "放大镜"

        class Main(Activity):
            launcher = True

            def on_create(self) -> None:
                self.show(content())

    made = phone(Magnifier)
    made.launch(PACKAGE)
    root = made.device.screen.active_root()
    found = find_dialog(parse_hierarchy(shell_dump(root, sdk=33)), PACKAGE, ["com.android.permissioncontroller"])
    assert (None if found is None else found.kind) is kind
