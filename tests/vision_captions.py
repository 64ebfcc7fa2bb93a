"""The captions of buttons on the real pop-ups of the captures, labelled by eye: what reading them is measured by."""

import csv
from collections.abc import Iterator
from pathlib import Path

from harness.vision.luma_thumbnails import Box, Frame
from harness.vision.ocr import read_text

CAPTIONS = {
    "316": "拒绝 确定", "322": "不同意并退出 同意", "330": "取消", "332": "我知道了", "334": "取消 确定",
    "338": "拒绝 始终允许 仅在使用中允许", "340": "拒绝 始终允许 仅在使用中允许", "348": "立即抢购", "366": "确定 取消",
    "376": "一键登录", "388": "¥188确认协议并支付", "394": "立即参与", "414": "开心收下", "432": "取消 去设置", "444": "立即提现",
    "448": "知道了", "450": "不同意 同意并继续", "452": "取消", "454": "取消 完成", "458": "分享 用系统浏览器打开 刷新 复制链接 取消",
    "464": "開", "466": "去兑换", "468": "知道了",
}  # fmt: skip
"""Number of a screen in screens/cn -> its captions; every pop-up with a labelled box, none left out."""


def boxes(labels: Path) -> Iterator[tuple[str, Path, Box]]:
    """(number, picture, box of the pop-up) of each labelled screen."""
    with labels.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            number = line["path"].removeprefix("cn/").removesuffix(".jpg")
            if number in CAPTIONS:
                x, y, width, height = (round(float(line[side])) for side in "xywh")
                yield number, labels.parent / line["path"], (x, y, width, height)


def unread(number: str, frame: Frame, box: Box) -> list[str]:
    """The captions of a pop-up that are no line of its text, spaces and the two yen signs aside."""
    read = {line.text.replace(" ", "").replace("￥", "¥") for line in read_text(frame, box)}
    return [caption for caption in CAPTIONS[number].split() if caption not in read]
