"""Screen identity: pairs of pages that must be the same screen, and pairs that must not."""

from __future__ import annotations

import pytest

from harness.pages.identity import describe
from harness.parsers.hierarchy import Node

APP = "com.example.shop"


def view(kind, *children, text="", id="", box=(0, 0, 1080, 200), **more) -> Node:
    name = "androidx.recyclerview.widget.RecyclerView" if kind == "RecyclerView" else f"android.widget.{kind}"
    x, y, width, height = box
    clickable = more.pop("clickable", kind == "Button")
    return Node(
        text=text, class_name=name, package=APP, resource_id=f"{APP}:id/{id}" if id else "", children=children,
        bounds=(x, y, x + width, y + height), clickable=clickable, pressable=clickable, **more,
    )  # fmt: skip


def page(*children: Node) -> tuple[Node, ...]:
    return (view("FrameLayout", view("LinearLayout", *children, box=(0, 0, 1080, 2400)), box=(0, 0, 1080, 2400)),)


def at(y: int) -> tuple[int, int, int, int]:
    return (0, y, 1080, 100)


def title(text: str) -> Node:
    return view("TextView", text=text, box=at(100))


def row(number: int, text: str) -> Node:
    return view("LinearLayout", view("TextView", text=text, id="name"), id="item", clickable=True, box=at(600 + 100 * number))


HOME = page(title("首页"), view("TextView", text="今日 26 度", box=at(900)), view("Button", text="扫一扫", id="scan", box=at(300)))
KEYBOARD = Node(class_name="android.widget.FrameLayout", package="com.android.inputmethod.latin", bounds=(0, 1600, 1080, 2400))

SAME = {
    "a text further down": (
        HOME,
        page(title("首页"), view("TextView", text="昨日有雨，出门带伞", box=at(900)), HOME[0].children[0].children[2]),
    ),
    "a badge on it": (HOME, page(*HOME[0].children[0].children, view("TextView", text="99+", id="unread", box=at(350)))),
    "an advert above": (
        HOME,
        page(view("FrameLayout", view("TextView", text="广告"), view("ImageView"), box=at(200)), *HOME[0].children[0].children),
    ),
    "the keyboard": (HOME, (*HOME, KEYBOARD)),
    "a count in the title": (page(title("购物车(3)")), page(title("购物车(12)"))),
    "a countdown on a button": (
        page(title("验证"), view("Button", text="59秒后重发", id="again")),
        page(title("验证"), view("Button", text="7秒后重发", id="again")),
    ),
    "more rows of a list": (
        page(title("订单"), view("RecyclerView", *[row(n, f"订单{n}") for n in range(3)], scrollable=True)),
        page(title("订单"), view("RecyclerView", *[row(n, f"商品{n}") for n in range(9)], scrollable=True)),
    ),
    "rows of two kinds": (
        page(title("订单"), view("RecyclerView", row(0, "甲"), row(1, "乙"))),
        page(title("订单"), view("RecyclerView", row(0, "甲"), view("TextView", text="昨天"), row(1, "乙"))),
    ),
    "rows without a list class": (
        page(title("新闻"), view("ScrollView", view("LinearLayout", *[row(n, "头条") for n in range(4)]))),
        page(title("新闻"), view("ScrollView", view("LinearLayout", *[row(n, "别的头条") for n in range(7)]))),
    ),
    "what was typed": (
        page(title("登录"), view("EditText", text="手机号", id="phone")),
        page(title("登录"), view("EditText", text="00000000000", id="phone")),
    ),
    "a switch that was turned": (
        page(title("设置"), view("Switch", text="推荐", checkable=True, checked=True)),
        page(title("设置"), view("Switch", text="推荐", checkable=True, checked=False)),
    ),
    "numbers in ids": (
        page(title("新闻"), *[view("TextView", text="甲", id=f"row{n}", box=at(400 + 100 * n), clickable=True) for n in range(4)]),
        page(title("新闻"), *[view("TextView", text="乙", id=f"row{n}", box=at(400 + 100 * n), clickable=True) for n in range(10, 15)]),
    ),
}  # fmt: skip

DIFFERENT = {
    "another title": (page(title("设置"), row(0, "甲")), page(title("帮助"), row(0, "甲"))),
    "another button": (
        page(title("结果"), view("Button", text="重试", id="go")),
        page(title("结果"), view("Button", text="去登录", id="go")),
    ),
    "another selected tab": (
        page(view("LinearLayout", view("TextView", text="全部", selected=True), view("TextView", text="待付款")), title("订单")),
        page(view("LinearLayout", view("TextView", text="全部"), view("TextView", text="待付款", selected=True)), title("订单")),
    ),
    "another field": (
        page(title("登录"), view("EditText", id="phone")),
        page(title("登录"), view("EditText", id="phone"), view("EditText", id="password")),
    ),
    "a dialog over it": (HOME, (*HOME, view("FrameLayout", view("TextView", text="红包"), box=(100, 900, 880, 600)))),
    "a list instead of a message": (
        page(title("消息"), view("TextView", text="暂无消息", id="empty")),
        page(title("消息"), view("RecyclerView", id="all")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_the_same_screen(name):
    first, second = (describe(roots, APP) for roots in SAME[name])
    assert first is not None
    assert second is not None
    assert first.screen == second.screen


@pytest.mark.parametrize("name", DIFFERENT)
def test_another_screen(name):
    first, second = (describe(roots, APP) for roots in DIFFERENT[name])
    assert first is not None
    assert second is not None
    assert first.screen != second.screen


def test_pages_made_by_the_same_code_share_their_skeleton():
    first, second = (describe(roots, APP) for roots in DIFFERENT["another title"])
    assert first is not None
    assert second is not None
    assert first.skeleton == second.skeleton


def test_a_page_that_the_app_draws_itself_is_bare():
    drawn = describe(page(view("View")), APP)
    assert drawn is not None
    assert drawn.bare
    home = describe(HOME, APP)
    assert home is not None
    assert not home.bare


def test_nothing_is_no_page():
    assert describe((), APP) is None


def test_the_hint_of_a_field_is_no_content_and_promises_nothing() -> None:
    field = view("EditText", text="搜索附近门店", box=at(300), clickable=True)
    seen = describe(page(title("微信号登录"), field, view("Button", text="登录", box=at(500))), APP)
    assert seen is not None
    assert (seen.text, seen.promises, seen.fields) == ("微信号登录\n登录", (), 1)
    button = describe(page(title("首页"), view("Button", text="搜索附近门店", box=at(300))), APP)
    assert button is not None
    assert button.promises == ("LOCATION",)
