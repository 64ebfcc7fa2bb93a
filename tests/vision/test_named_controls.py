"""Controls with words: what a caption says of a control, and when words make an advert of a screen."""

import numpy as np
import pytest

from harness.commands.find_popups import _unless_no
from harness.dialogs.named_controls import advert_in_words, named
from harness.dialogs.refusal import says_no
from harness.events import ControlRole as AdvertRole
from harness.pages.advert_words import role_of
from harness.vision.ocr import TextLine
from harness.vision.popup_controls import Control, ControlRole

SCREEN = (0, 0, 1080, 2400)
FRAME = np.full((2400, 1080, 3), 255, np.uint8)


def line(text, x, y, w=160, h=50):
    return TextLine(text, (x, y, w, h), 0.9)


def control(role, box):
    return Control(role, box, None, "pixels", 40.0, 4.0)


def roles(controls):
    return {each.text: (str(each.role), each.source) for each in controls}


def test_captions_say_which_of_two_faces_agrees():
    faces = [control(ControlRole.CONFIRM, (600, 1400, 300, 120)), control(ControlRole.CANCEL, (180, 1400, 300, 120))]
    lines = [line("取消", 680, 1430), line("同意并继续", 230, 1430)]
    found = named(faces, lines, FRAME, (120, 800, 840, 760), None)
    assert roles(found) == {"取消": ("cancel", "pixels"), "同意并继续": ("confirm", "pixels")}


def test_a_caption_without_a_face_is_a_control_of_its_own():
    found = named([], [line("关闭", 500, 1900, 80)], FRAME, None, None)
    assert roles(found) == {"关闭": ("close", "ocr")}
    assert found[0].dp > 10


def test_words_beside_the_card_are_none_of_its_controls():
    assert named([], [line("确定", 500, 2000)], FRAME, (120, 800, 840, 760), None) == ()


@pytest.mark.parametrize(
    ("texts", "score", "answer"),
    [
        (["跳过 3"], 0.0, True),
        (["跳过", "广告"], 0.0, True),
        (["跳过"], 0.3, True),
        (["跳过"], 0.0, False),
        (["Skip"], 0.0, False),
        (["设置", "广告"], 0.9, False),
    ],
    ids=["countdown", "mark", "look", "introduction", "introduction in English", "no way out"],
)
def test_when_words_make_an_advert(texts, score, answer):
    lines = [line(texts[0], 880, 120), *(line(text, 40, 2200) for text in texts[1:])]
    assert advert_in_words(lines, SCREEN, score) is answer


REFUSALS = ["禁止", "限制", "拒绝", "取消", "不允许", "暂不使用", "Restrict", "Decline", "Cancel", "Don’t allow", "Reject", "Not now"]


@pytest.mark.parametrize("text", REFUSALS)
def test_a_refusal_is_never_the_control_that_agrees_however_it_looks(text):
    striking = control(ControlRole.CONFIRM, (600, 1400, 300, 120))
    found = named([striking], [line(text, 640, 1430, 220)], FRAME, (120, 800, 840, 760), None)
    assert roles(found) == {text: ("cancel", "pixels")}
    assert says_no(text)
    assert role_of(text) is not AdvertRole.CONFIRM


@pytest.mark.parametrize("text", REFUSALS)
def test_nor_where_no_words_were_asked_for(text, monkeypatch):
    monkeypatch.setattr("harness.commands.find_popups.read_text", lambda frame: (line(text, 20, 20),))
    assert _unless_no(control(ControlRole.CONFIRM, (600, 1400, 300, 120)), FRAME).role is ControlRole.CANCEL


@pytest.mark.parametrize("text", ["允许", "同意", "确定", "继续", "我知道了", "Allow", "Agree", "OK", "Continue", "Got it"])
def test_a_yes_is_no_refusal(text):
    assert not says_no(text)
