"""An app's own window that tells what a permission is for asks for it, also without a word for permission."""

from __future__ import annotations

import pytest

from harness.dialogs.matcher import kind_of
from harness.events import DialogKind


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("查找好友 读取通讯录用于查找和你星座相合的好友,不会上传", "下一步"),
        ("获取您的位置,以便推荐附近的门店", "继续"),
        ("Location Quicklist uses your location to remind you of a task when you arrive at a place.", "continue"),
    ],
)
def test_an_explanation(sentence: str, label: str) -> None:
    assert kind_of(sentence, [label]) is DialogKind.RATIONALE


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("点击获取短信验证码,用于登录", "好的"),
        ("读取文件失败,请稍后重试", "确定"),
        ("获取位置失败", "确定"),
        ("在相机里长按可以快速对焦", "知道了"),
        ("Getting your location failed", "ok"),
    ],
)
def test_another_message(sentence: str, label: str) -> None:
    assert kind_of(sentence, [label]) is DialogKind.OTHER
