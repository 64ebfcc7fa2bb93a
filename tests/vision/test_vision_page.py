"""Questions about a whole picture, and the controls of a painted page."""

from functools import partial

import numpy as np
import pytest

from harness.vision.frame_checks import SAME_PICTURE, all_black, hamming, moved, picture_hash
from harness.vision.luma_thumbnails import view
from harness.vision.text_controls import page_controls
from tests.vision.painted_pages import card, painted, shop


def test_buttons_and_tabs_are_controls_and_paragraphs_are_not():
    found = {control.text: control for control in page_controls(painted(shop))}
    assert set(found) == {"附近门店", "扫一扫", "首页", "消息", "我的"}
    assert found["附近门店"].box == pytest.approx((100, 1558, 400, 120), abs=8)


def test_a_caption_alone_in_the_middle_is_a_control_and_a_centred_paragraph_is_not():
    def draw(pen):
        for number in range(4):
            pen.text("这一段话居中排版,共有四行文字"[: 10 + number], 540, 300 + number * 70, size=44, align="center")
        pen.text("立即体验", 540, 1500, size=48, align="center")

    assert [control.text for control in page_controls(painted(draw))] == ["立即体验"]


def test_the_hash_forgives_another_text_and_tells_another_page():
    one, other = painted(partial(card)), painted(partial(card, texts=("需要位置权限", "用于查找附近的门店", "请在设置中开启")))
    assert hamming(picture_hash(one), picture_hash(other)) <= SAME_PICTURE
    assert hamming(picture_hash(painted(shop)), picture_hash(one)) > SAME_PICTURE
    assert picture_hash(np.full((2400, 1080, 3), 200, np.uint8)) == 0
    assert hamming(0, (1 << 64) - 1) == 64


def test_two_letters_are_a_move_and_the_clock_is_none():
    one = painted(partial(card, texts=("需要相机权限",)))
    other = painted(partial(card, texts=("需要位置权限",)))
    clock = one.copy()
    clock[20:90, 40:200] = 0
    assert moved(view(one).v, view(other).v)
    assert not moved(view(one).v, view(clock).v)
    assert moved(view(one).v, view(one[:1080]).v)


def test_a_protected_window_is_black_between_the_bars():
    frame = painted(shop)
    assert not all_black(frame, (0, 0, 1080, 2400))
    frame[118:2208] = 0
    assert all_black(frame, (0, 0, 1080, 2400))
    assert not all_black(frame, (0, 0, 1080, 0))
