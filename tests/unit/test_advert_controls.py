"""The controls of adverts: which there are, how large, how well to be seen, and what only looks like one."""

import numpy as np
import pytest

from harness.events import ControlRole
from harness.pages.adverts import Advert
from harness.parsers.hierarchy import Node
from tests.advert_controls import control_of
from tests.unit.test_adverts import CROSS, OFFER, RENEWAL, button, card, dialog, feed, image, only, over, roles, text
from tests.unit.test_pages_identity import at, page, title, view


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


def test_the_lines_of_a_sale_are_told_with_their_size() -> None:
    small = text("次月起¥25/月自动续费", (40, 900, 600, 30))
    found = only(page(title("会员"), text("首月¥1", (40, 300, 600, 120)), button("立即开通", at(700)), small))
    assert {control.text: control.box[3] for control in found.controls if "¥" in control.text} == {
        "首月¥1": 120,
        "次月起¥25/月自动续费": 30,
    }


def test_a_running_download_can_be_paused_and_goes_on() -> None:
    def shown(caption: str) -> Advert:
        return only(feed(card("蓝鲸省钱", caption)))

    assert roles(shown("暂停"))[ControlRole.PAUSE] == "暂停"
    assert roles(shown("继续下载"))[ControlRole.RESUME] == "继续下载"


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (button("立即下载 蓝鲸省钱", (0, 2150, 1080, 220), id="ad_bar"), True),
        (view("LinearLayout", image((20, 2160, 90, 90)), text("下载APP", (300, 2180, 400, 80)), box=(0, 2150, 1080, 220), clickable=True,
         id="ad_bar"), True),
        (card("蓝鲸省钱", "立即下载", y=2150), False),
        (view("LinearLayout", text("广告", (20, 1600, 400, 60)), text("下载 出行地图", (20, 1680, 400, 60)), box=(0, 1590, 1080, 180),
         clickable=True, id="card"), True),
        (card("点击卡片下载", "蓝鲸省钱", y=2150), True),
        (view("LinearLayout", image((20, 2160, 90, 90)), text("去看看", (300, 2180, 400, 80)), box=(0, 2150, 1080, 220), clickable=True,
         id="ad_bar"), False),
        (view("LinearLayout", text("广告", (20, 1800, 100, 60)), view("LinearLayout", image((20, 1870, 1040, 240)),
         text("下载 蓝鲸省钱", (20, 2120, 1040, 80)), box=(0, 1860, 1080, 350), clickable=True), box=(0, 1790, 1080, 430),
         id="ad_bar"), True),
        (view("LinearLayout", text("广告", (20, 1800, 100, 60)), image((20, 1870, 1040, 240)),
         view("LinearLayout", text("下载 蓝鲸省钱", (20, 2120, 1040, 80)), box=(0, 2115, 1080, 90), clickable=True),
         box=(0, 1790, 1080, 430), id="ad_bar"), False),
    ],
)  # fmt: skip
def test_a_card_that_is_one_button_as_a_whole(part: Node, *, whole: bool) -> None:
    assert only(page(title("首页"), text("正文", at(400)), part)).whole_card is whole
