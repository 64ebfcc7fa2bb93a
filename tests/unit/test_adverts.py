"""Adverts and windows over the page: each kind where it is one, its controls, and what it tells of its app."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from harness.dialogs.matcher import find_dialog
from harness.dialogs.painted import PAINTED
from harness.events import AdvertKind, ControlRole
from harness.pages.adverts import Advert, control_of, find_adverts
from harness.pages.look import Look
from harness.pages.picture_reader import PictureReading
from harness.parsers.hierarchy import Node
from tests.unit.test_pages_identity import APP, HOME, at, page, row, title, view

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL = (0, 0, 1080, 2400)
BODY = HOME[0].children[0]


def text(words: str, box: tuple[int, int, int, int], **more: object) -> Node:
    return view("TextView", text=words, box=box, **more)


def button(words: str, box: tuple[int, int, int, int], **more: object) -> Node:
    return view("Button", text=words, box=box, **more)


def image(box: tuple[int, int, int, int], id: str = "", **more: object) -> Node:
    return view("ImageView", id=id, box=box, **more)


def paint(words: str, box: tuple[int, int, int, int], *, pressed: bool = False) -> Node:
    x, y, width, height = box
    bounds = (x, y, x + width, y + height)
    return Node(text=words, class_name=PAINTED, package=APP, bounds=bounds, clickable=pressed, pressable=pressed)


def look(roots: Sequence[Node]) -> Look:
    return Look(tuple(roots), find_dialog(roots, APP, ()))


def adverts(roots: Sequence[Node], **more: object) -> tuple[Advert, ...]:
    return find_adverts(look(roots), APP, density=3.0, **more)


def over(*children: Node) -> tuple[Node, ...]:
    """A layer of the page's own window that darkens the page, with something on it."""
    return (view("FrameLayout", BODY, view("FrameLayout", *children, box=FULL, clickable=True), box=FULL),)


def dialog(*children: Node) -> tuple[Node, ...]:
    """A window of its own over the page."""
    return (*HOME, view("FrameLayout", *children, box=(100, 800, 880, 700)))


def splash(*children: Node) -> tuple[Node, ...]:
    return (view("FrameLayout", image(FULL, clickable=True), *children, box=FULL),)


def feed(*cards: Node, ident: str = "feed") -> tuple[Node, ...]:
    rows = [row(number, f"头条{number}") for number in range(4)]
    return page(title("首页"), view("RecyclerView", *rows, *cards, id=ident, box=(0, 500, 1080, 1700), scrollable=True))


def card(words: str, caption: str, *, mark: str = "广告", y: int = 1200, ident: str = "", **more: object) -> Node:
    mark_view = [text(mark, (340, y + 100, 80, 40))] if mark else []
    inside = (image((20, y, 300, 180)), text(words, (340, y + 10, 500, 60)), *mark_view, button(caption, (800, y + 100, 240, 80)))
    return view("LinearLayout", *inside, id=ident, box=(0, y, 1080, 220), clickable=True, **more)


SKIP = text("跳过 5", (860, 100, 180, 90), clickable=True)
CROSS = image((500, 1650, 90, 90), "iv_close", clickable=True)
OFFER = view(
    "FrameLayout",
    image((150, 700, 780, 600), clickable=True),
    text("星河农场", (200, 1320, 680, 80)),
    button("立即下载", (200, 1420, 680, 120)),
    text("广告", (160, 1540, 80, 40)),
    box=(140, 690, 800, 900),
)
RENEWAL = text("首月¥6，次月起按¥25/月自动续费", at(300))
WEB = "android.webkit.WebView"


def web(*children: Node) -> tuple[Node, ...]:
    whole = view("FrameLayout", *children, box=FULL)
    inner = Node(class_name=WEB, package=APP, bounds=(0, 0, 1080, 2400), children=whole.children)
    return (view("FrameLayout", inner, box=FULL),)


FOUND = {
    "a splash": (splash(SKIP, text("广告", (40, 2300, 100, 50))), AdvertKind.SPLASH),
    "a splash of an SDK": (splash(text("跳过", (900, 100, 120, 70), id="tt_splash_skip_btn", clickable=True)), AdvertKind.SPLASH),
    "a splash with a countdown alone": (
        splash(text("4s", (950, 100, 80, 60)), button("立即体验", (200, 1900, 680, 120))),
        AdvertKind.SPLASH,
    ),
    "a splash that shakes": (splash(SKIP, text("摇一摇 或点击跳转至第三方应用", (200, 1900, 680, 80))), AdvertKind.SPLASH),
    "a card over a scrim": (over(OFFER, CROSS), AdvertKind.INTERSTITIAL),
    "a picture alone with a cross": (over(image((150, 600, 780, 1000), clickable=True), CROSS), AdvertKind.INTERSTITIAL),
    "a full screen over the page": (
        over(image(FULL, clickable=True), text("广告", (40, 2300, 90, 50)), image((960, 80, 80, 80), "close", clickable=True)),
        AdvertKind.INTERSTITIAL,
    ),
    "a window that leads out": (
        dialog(text("周年庆开幕", (150, 900, 700, 80)), button("去看看", (200, 1300, 600, 100))),
        AdvertKind.INTERSTITIAL,
    ),
    "a game that is to begin": (
        dialog(text("现在开始游戏？", (150, 900, 700, 80)), button("开始游戏", (200, 1300, 600, 100))),
        AdvertKind.INTERSTITIAL,
    ),
    "a card in a list": (feed(card("蓝鲸省钱", "查看详情")), AdvertKind.FEED_CARD),
    "a card that only loads": (feed(card("蓝鲸省钱", "立即下载", mark="")), AdvertKind.FEED_CARD),
    "a card of an SDK": (feed(card("蓝鲸省钱", "去看看", mark="", ident="ksad_container")), AdvertKind.FEED_CARD),
    "a bare 下载 beside what it is": (feed(card("蓝鲸省钱App", "下载", mark="")), AdvertKind.FEED_CARD),
    "a strip at the foot": (page(title("首页"), text("正文", at(400)), card("蓝鲸省钱", "安装", y=2150)), AdvertKind.BANNER),
    "a strip that opens the app": (
        page(
            title("文章"),
            text("正文", at(400)),
            view(
                "LinearLayout",
                image((20, 2210, 90, 90)),
                text("在App中阅读体验更佳", (130, 2220, 600, 60)),
                button("打开App", (800, 2210, 240, 80)),
                box=(0, 2200, 1080, 110),
            ),
        ),
        AdvertKind.BANNER,
    ),
    "a ball with a cross": (
        (
            view(
                "FrameLayout",
                BODY,
                view(
                    "FrameLayout",
                    image((900, 1500, 160, 160), clickable=True),
                    image((1030, 1480, 50, 50), "close", clickable=True),
                    box=(890, 1470, 190, 200),
                ),
                box=FULL,
            ),
        ),
        AdvertKind.FLOATING,
    ),
    "a ball by its id": (
        (view("FrameLayout", BODY, image((900, 1500, 160, 160), "iv_float_ball", clickable=True), box=FULL),),
        AdvertKind.FLOATING,
    ),
    "a packet": (dialog(text("恭喜获得现金红包", (150, 900, 700, 80)), button("拆", (400, 1300, 240, 200))), AdvertKind.RED_PACKET),
    "a packet in the page": (page(title("首页"), text("红包雨来袭", at(400)), button("立即领取", at(520))), AdvertKind.RED_PACKET),
    "a film for a reward": (
        (
            view(
                "FrameLayout",
                view("VideoView", box=FULL),
                text("观看 15s 可获得金币奖励", (300, 80, 480, 60)),
                image((960, 80, 80, 80), "close", clickable=True),
                box=FULL,
            ),
        ),
        AdvertKind.INCENTIVE_VIDEO,
    ),
    "a page of the web": (
        web(
            image((60, 200, 200, 200)),
            text("蓝鲸省钱App", (300, 220, 600, 80)),
            text("好用", (300, 320, 600, 60)),
            button("立即下载", (60, 1900, 960, 120)),
        ),
        AdvertKind.WEB_PAGE,
    ),
    "two ways to load": (
        page(title("应用详情"), text("蓝鲸省钱", at(300)), button("高速下载", at(800)), button("普通下载", at(920))),
        AdvertKind.STORE_PAGE,
    ),
    "a store's page": (
        page(
            title("详情"),
            text("蓝鲸省钱", at(300)),
            text("开发者：蓝鲸科技", at(420)),
            text("版本 3.2.1", at(540)),
            button("下载APP", at(900)),
        ),
        AdvertKind.STORE_PAGE,
    ),
    "a wall in an article": (
        page(title("文章"), text("正文一", at(300)), text("剩余 60% 内容需下载App后查看", at(1400)), button("打开App阅读全文", at(1520))),
        AdvertKind.WALL,
    ),
    "a wall as a window": (
        dialog(text("下载App查看完整内容", (150, 900, 700, 80)), button("立即下载", (200, 1300, 600, 100))),
        AdvertKind.WALL,
    ),
    "a subscription": (page(title("会员"), RENEWAL, button("立即开通", at(700))), AdvertKind.SUBSCRIPTION),
    "a subscription as a window": (
        dialog(text("连续包月 ¥19", (150, 900, 700, 80)), button("确认协议并支付", (200, 1300, 600, 100))),
        AdvertKind.SUBSCRIPTION,
    ),
    "a notice": (dialog(text("公告：今晚维护", (150, 900, 700, 80)), button("我知道了", (200, 1300, 600, 100))), AdvertKind.WINDOW),
    "an update": (dialog(text("发现新版本 8.1", (150, 900, 700, 80)), button("立即更新", (200, 1300, 600, 100))), AdvertKind.WINDOW),
    "a window without a way out": (dialog(text("新人礼", (150, 900, 700, 80)), image((150, 1000, 300, 300))), AdvertKind.WINDOW),
    "English": (feed(card("Blue Whale", "Install", mark="Sponsored")), AdvertKind.FEED_CARD),
}


@pytest.mark.parametrize("name", FOUND)
def test_each_kind_is_told(name: str) -> None:
    roots, kind = FOUND[name]
    (found,) = adverts(roots)
    assert found.kind is kind


def only(roots: Sequence[Node], **more: object) -> Advert:
    (found,) = adverts(roots, **more)
    return found


def roles(advert: Advert) -> dict[ControlRole, str]:
    return {control.role: control.text for control in advert.controls}


def test_the_controls_of_a_card() -> None:
    found = only(over(OFFER, CROSS))
    assert roles(found) == {ControlRole.LOAD: "立即下载", ControlRole.CLOSE: "", ControlRole.PICTURE: "", ControlRole.TITLE: "星河农场"}
    close = control_of(found, ControlRole.SKIP, ControlRole.CLOSE)
    assert close is not None
    assert (close.box, close.dp, close.source, close.contrast) == ((500, 1650, 90, 90), 30.0, "tree", None)
    assert control_of(found, ControlRole.PAUSE) is None


def test_the_touch_area_is_that_of_what_takes_the_press() -> None:
    small = image((990, 120, 36, 36), "iv_close")
    held = view("FrameLayout", small, box=(950, 80, 120, 120), clickable=True)
    within, alone = (only(over(OFFER, cross)) for cross in (held, small))
    assert [control_of(found, ControlRole.CLOSE).dp for found in (within, alone)] == [40.0, 12.0]  # type: ignore[union-attr]


def test_of_several_the_control_with_the_largest_touch_area_is_given() -> None:
    tiny = image((900, 700, 30, 30), "close", clickable=True)
    found = control_of(only(over(OFFER, tiny, CROSS)), ControlRole.CLOSE)
    assert found is not None
    assert found.box == CROSS.box


@pytest.mark.parametrize(
    ("cross", "role"),
    [
        (image((820, 700, 80, 80), "iv_close", clickable=True), ControlRole.CLOSE),
        (image((820, 700, 80, 80), "ad_dislike"), ControlRole.CLOSE),
        (view("ImageView", box=(820, 700, 80, 80), description="关闭按钮", clickable=True), ControlRole.CLOSE),
        (text("×", (820, 700, 80, 80), clickable=True), ControlRole.CLOSE),
        (text("关闭", (820, 700, 120, 80)), ControlRole.CLOSE),
        (view("View", box=(830, 700, 70, 70), clickable=True), ControlRole.CLOSE),  # wordless, in the corner
        (view("View", box=(505, 1620, 70, 70), clickable=True), ControlRole.CLOSE),  # wordless, below the card
        (text("跳过", (820, 700, 120, 80), clickable=True), ControlRole.SKIP),
        (text("残忍拒绝", (400, 1500, 280, 60), clickable=True), ControlRole.CANCEL),
    ],
)
def test_ways_out(cross: Node, role: ControlRole) -> None:
    assert control_of(only(over(OFFER, cross)), role) is not None


@pytest.mark.parametrize(
    "mark",
    [
        image((830, 700, 70, 70), "iv_volume", clickable=True),
        image((830, 700, 70, 70), "ad_logo", clickable=True),
        view("View", box=(400, 1000, 70, 70), clickable=True),  # in the middle of the picture
        view("View", box=(700, 700, 230, 70), clickable=True),  # a strip, no square
        view("View", box=(830, 700, 70, 70)),  # takes no press
    ],
)
def test_what_stands_in_a_corner_and_closes_nothing(mark: Node) -> None:
    assert control_of(only(over(OFFER, mark)), ControlRole.CLOSE, ControlRole.SKIP, ControlRole.CANCEL) is None


def _frame(cross: tuple[int, int] | None) -> np.ndarray:
    frame = np.full((2400, 1080, 3), 90, np.uint8)
    frame[690:1590, 140:940] = 250
    if cross is not None:
        x, y = cross
        for step in range(44):
            for thick in range(7):
                frame[y + step, x + step + thick] = 20
                frame[y + step, x + 50 - step - thick] = 20
    return frame


def test_pixels_tell_a_cross_that_no_tree_has() -> None:
    found = control_of(only(over(OFFER), frame=_frame((860, 720))), ControlRole.CLOSE)
    assert found is not None
    assert found.source == "pixels"
    assert found.contrast is not None
    assert found.contrast > 3
    assert control_of(only(over(OFFER), frame=_frame(None)), ControlRole.CLOSE) is None


def test_pixels_refuse_a_wordless_view_that_shows_no_cross() -> None:
    wordless = view("View", box=(830, 700, 90, 90), clickable=True)
    assert control_of(only(over(OFFER, wordless), frame=_frame(None)), ControlRole.CLOSE) is None
    assert control_of(only(over(OFFER, wordless), frame=_frame((850, 720))), ControlRole.CLOSE) is not None


def test_a_pale_control_has_little_contrast() -> None:
    frame = _frame(None)
    frame[1440:1520, 300:700] = 235
    pale = control_of(only(over(OFFER, CROSS), frame=frame), ControlRole.LOAD)
    assert pale is not None
    assert pale.contrast is not None
    assert pale.contrast < 1.5


def test_the_one_button_of_a_notice_closes_it() -> None:
    found = only(dialog(text("公告：今晚维护", (150, 900, 700, 80)), button("我知道了", (200, 1300, 600, 100))))
    assert roles(found)[ControlRole.CLOSE] == "我知道了"


def test_a_fast_way_is_one_only_beside_a_plain_one() -> None:
    both = only(page(title("应用详情"), text("蓝鲸省钱", at(300)), button("高速下载", at(800)), button("普通下载", at(920))))
    assert roles(both).keys() >= {ControlRole.FAST_LOAD, ControlRole.LOAD}
    alone = only(feed(card("蓝鲸省钱", "安全下载")))
    assert ControlRole.FAST_LOAD not in roles(alone)
    assert roles(alone)[ControlRole.LOAD] == "安全下载"


@pytest.mark.parametrize("ticked", [True, False])
def test_a_tick_with_its_sentence(*, ticked: bool) -> None:
    box = view("CheckBox", id="cb", checkable=True, checked=ticked, clickable=True, box=(40, 500, 60, 60))
    found = only(page(title("会员"), RENEWAL, box, text("同意自动续费协议", (120, 500, 600, 60)), button("立即开通", at(700))))
    tick = control_of(found, ControlRole.TICK)
    assert tick is not None
    assert (tick.text, tick.ticked) == ("同意自动续费协议", ticked)


def test_a_running_download_can_be_paused_and_goes_on() -> None:
    def shown(caption: str) -> Advert:
        return only(feed(card("蓝鲸省钱", caption)))

    assert roles(shown("暂停"))[ControlRole.PAUSE] == "暂停"
    assert roles(shown("继续下载"))[ControlRole.RESUME] == "继续下载"


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (button("立即下载 蓝鲸省钱", (0, 2150, 1080, 220), id="ad_bar"), True),
        (
            view(
                "LinearLayout",
                image((20, 2160, 90, 90)),
                text("下载APP", (300, 2180, 400, 80)),
                box=(0, 2150, 1080, 220),
                clickable=True,
                id="ad_bar",
            ),
            True,
        ),
        (card("蓝鲸省钱", "立即下载", y=2150), False),
        (
            view(
                "LinearLayout",
                image((20, 2160, 90, 90)),
                text("去看看", (300, 2180, 400, 80)),
                box=(0, 2150, 1080, 220),
                clickable=True,
                id="ad_bar",
            ),
            False,
        ),
    ],
)
def test_a_card_that_is_one_button_as_a_whole(part: Node, *, whole: bool) -> None:
    assert only(page(title("首页"), text("正文", at(400)), part)).whole_card is whole


def test_what_is_told_of_the_app() -> None:
    line = text("应用名称：蓝鲸省钱 | 版本号：1.2.0 | 开发者：蓝鲸科技有限公司 | 权限详情 | 隐私政策 | 功能介绍", (340, 1280, 500, 60))
    inside = (
        image((20, 1200, 300, 180)),
        text("最高领88元", (340, 1210, 500, 60)),
        text("广告", (340, 1350, 80, 40)),
        line,
        button("立即下载", (800, 1300, 240, 80)),
    )
    found = only(feed(view("LinearLayout", *inside, box=(0, 1200, 1080, 220), clickable=True)))
    assert dict(found.told) == {
        "name": "蓝鲸省钱",
        "developer": "蓝鲸科技有限公司",
        "version": "1.2.0",
        "permissions": "权限详情",
        "privacy": "隐私政策",
        "function": "功能介绍",
    }
    assert found.title == "最高领88元"


def test_values_in_views_of_their_own() -> None:
    roots = page(
        title("详情"), text("应用名称", at(300)), text("蓝鲸省钱", at(400)), text("开发者", at(500)), text("蓝鲸科技", at(600)),
        text("版本号：", at(700)), text("3.2.1", at(800)), button("下载APP", at(1000)),
    )  # fmt: skip
    assert dict(only(roots).told) == {"name": "蓝鲸省钱", "developer": "蓝鲸科技", "version": "3.2.1"}


@pytest.mark.parametrize(
    ("line", "name"),
    [("《蓝鲸省钱》新人专享", "蓝鲸省钱"), ("领88元新人红包！", None), ("立即下载领奖", None), ("阅读《隐私政策》", None)],
)
def test_a_slogan_names_no_app(line: str, name: str | None) -> None:
    assert dict(only(feed(card(line, "立即下载"))).told).get("name") == name


def test_a_name_beside_an_icon_is_one() -> None:
    inside = (
        image((20, 1210, 150, 150)),
        text("蓝鲸省钱", (200, 1220, 500, 60)),
        text("广告", (200, 1300, 80, 40)),
        button("下载", (800, 1240, 240, 80)),
    )
    assert dict(only(feed(view("LinearLayout", *inside, box=(0, 1200, 1080, 200)))).told) == {"name": "蓝鲸省钱"}


def test_whose_advert_it_is() -> None:
    assert only(FOUND["a splash of an SDK"][0]).sdk == "穿山甲"
    assert only(feed(card("蓝鲸省钱", "立即下载", mark="腾讯广告"))).sdk == "优量汇"
    assert only(FOUND["a splash"][0]).sdk == ""


def test_a_countdown_is_told() -> None:
    assert only(FOUND["a splash"][0]).countdown == 5
    assert only(FOUND["a film for a reward"][0]).countdown == 15
    assert only(FOUND["a card over a scrim"][0]).countdown is None


def test_a_painted_advert_is_told_by_what_was_read() -> None:
    lines = (
        paint("广告", (40, 2300, 90, 50)),
        paint("跳过 5", (880, 100, 150, 60), pressed=True),
        paint("立即下载", (200, 1900, 680, 120), pressed=True),
    )
    surface = Node(class_name="android.view.SurfaceView", package=APP, bounds=(0, 0, 1080, 2400))
    found = only((view("FrameLayout", surface, *lines, box=FULL),))
    assert (found.kind, found.countdown) == (AdvertKind.SPLASH, 5)
    assert {control.role: control.source for control in found.controls if control.role is not ControlRole.PICTURE} == {
        ControlRole.SKIP: "pixels",
        ControlRole.LOAD: "pixels",
    }


def test_a_painted_page_of_the_web_offers_an_app() -> None:
    lines = (
        paint("蓝鲸省钱App", (300, 220, 600, 80)),
        paint("省钱好帮手", (300, 320, 600, 60)),
        paint("立即下载", (60, 1900, 960, 120), pressed=True),
    )
    silent = Node(class_name=WEB, package=APP, bounds=(0, 0, 1080, 2400))
    found = only((view("FrameLayout", silent, *lines, box=FULL),))
    assert found.kind is AdvertKind.WEB_PAGE
    assert roles(found)[ControlRole.LOAD] == "立即下载"
    assert control_of(found, ControlRole.PICTURE) is not None


def test_a_painted_page_that_lures() -> None:
    bar = view("View", box=(0, 2274, 1080, 126))
    lines = (
        paint("山海之间第6集", (328, 236, 420, 72), pressed=True),
        paint("已暂停 03:12", (338, 676, 408, 60)),
        paint("继续播放", (290, 1118, 500, 160)),
    )
    surface = Node(class_name="android.view.View", package=APP, bounds=(0, 0, 1080, 2400))
    found = only((view("FrameLayout", surface, bar, *lines, box=FULL),))
    assert (found.kind, roles(found)[ControlRole.ACT]) == (AdvertKind.FEED_CARD, "继续播放")


def test_a_painted_line_with_its_mark_is_a_strip() -> None:
    lines = (
        paint("诗云日签", (42, 140, 200, 60)),
        paint("竹外桃花三两枝", (200, 700, 600, 90)),
        paint("广告云锦丝巾上新", (342, 1792, 392, 66)),
    )
    surface = Node(class_name="android.view.View", package=APP, bounds=(0, 0, 1080, 2400))
    assert only((view("FrameLayout", surface, *lines, box=FULL),)).box == (342, 1792, 392, 66)


LINES_ABOUT = {
    "青梧剑歌 1.4.0 · 苏州青梧网络": {"name": "青梧剑歌", "developer": "苏州青梧网络", "version": "1.4.0"},
    "广告 顺路拼车 2.1 · 顺路科技": {"name": "顺路拼车", "developer": "顺路科技", "version": "2.1"},
    "橙果浏览器 V9.1 | 深圳橙果科技有限公司 | 38MB": {"name": "橙果浏览器", "developer": "深圳橙果科技有限公司", "version": "9.1"},
    "版本 3.6 · 天气 · 22 MB": {"version": "3.6"},
    "用时 90 分钟 · 中等难度": {},
    "第 3.5 章 · 42 页": {},
    "无损 · 24 MB": {},
    "山河故人 · 新月文化": {},
}


@pytest.mark.parametrize("line", LINES_ABOUT)
def test_a_line_about_an_app(line: str) -> None:
    inside = (
        image((20, 1210, 900, 300)),
        text(line, (20, 1520, 900, 60)),
        text("广告", (200, 1600, 80, 40)),
        button("查看", (800, 1600, 240, 80)),
    )
    assert dict(only(feed(view("LinearLayout", *inside, box=(0, 1200, 1080, 500)))).told) == LINES_ABOUT[line]


def test_a_name_and_a_version_above_their_line() -> None:
    lines = (text("海棠应用市场", at(139)), text("竹简文档 4.2", at(237)), text("南京竹简软件 · 办公 · 350 MB", at(335)))
    before, after = (only(page(*lines, button(caption, at(433)), text("简介", at(601)))) for caption in ("下载", "暂停"))
    assert dict(before.told) == dict(after.told) == {"name": "竹简文档", "developer": "南京竹简软件", "version": "4.2"}
    assert before.slot == after.slot


def test_a_painted_card_that_asks_nothing() -> None:
    lines = (
        paint("首页", (40, 140, 120, 60)),
        paint("星河农场", (200, 1320, 300, 60)),
        paint("立即下载", (200, 1420, 680, 120), pressed=True),
    )
    surface = Node(class_name="android.view.SurfaceView", package=APP, bounds=(0, 0, 1080, 2400))
    roots = (view("FrameLayout", surface, *lines, box=FULL),)
    painted = PictureReading(FULL, roots, card=(140, 690, 800, 900), cross=(880, 640, 60, 60))
    (found,) = find_adverts(Look(roots, None, painted), APP, density=3.0)
    assert (found.slot, found.kind, found.box) == ("interstitial-card", AdvertKind.INTERSTITIAL, (140, 690, 800, 900))
    assert roles(found).keys() == {ControlRole.LOAD, ControlRole.CLOSE, ControlRole.PICTURE, ControlRole.TITLE}
    assert "首页" not in found.words


SHEET = view(
    "LinearLayout",
    image((60, 1300, 960, 400)),
    text("会员日", (60, 1720, 500, 80)),
    button("去看看", (60, 1850, 960, 120)),
    image((960, 1210, 80, 80), "close", clickable=True),
    box=(0, 1200, 1080, 900),
)
LINES = view("LinearLayout", *[text(f"正文{number}", at(300 + 120 * number)) for number in range(15)], box=FULL)


def test_a_card_without_a_scrim_over_texts_of_the_page() -> None:
    found = only((view("FrameLayout", LINES, SHEET, box=FULL),))
    assert (found.kind, found.box) == (AdvertKind.INTERSTITIAL, SHEET.box)
    assert adverts((view("FrameLayout", LINES, replace(SHEET, children=SHEET.children[1:2]), box=FULL),)) == ()


def test_a_full_screen_of_an_sdk_without_words_on_its_cross() -> None:
    parts = (
        text("广告", (40, 2300, 90, 50)),
        view("WebView", box=(0, 300, 1080, 1500)),
        text("蓝鲸省钱", (200, 1850, 500, 80)),
        text("查看详情", (200, 2000, 680, 110), clickable=True),
        view("ImageView", box=(970, 90, 70, 70), clickable=True),
    )
    found = only((view("FrameLayout", *parts, box=FULL),))
    assert found.kind is AdvertKind.INTERSTITIAL
    assert control_of(found, ControlRole.CLOSE) is not None


def test_two_adverts_of_one_page() -> None:
    roots = feed(card("蓝鲸省钱", "立即下载"), card("星河农场", "去看看", y=1500))
    first, second = adverts(roots)
    assert second.slot == f"{first.slot}-2"
    assert (first.title, second.title) == ("蓝鲸省钱", "星河农场")
