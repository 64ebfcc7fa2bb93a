"""Pages that an app paints on a canvas, as frames of the virtual screen: known words at known places."""

from collections.abc import Callable

import numpy as np

from device_farm.virtual.vocabulary.pen import Pen
from device_farm.virtual.vocabulary.widgets import Canvas
from harness.vision.luma_thumbnails import Frame
from tests.virtual.screen_stand_in import StandInDevice, app_window, bars


def painted(draw: Callable[[Pen], None]) -> Frame:
    """A B, G, R frame of 1080x2400: what ``draw`` paints, between the system bars."""
    canvas = Canvas(draw)
    canvas.record(1080, 2100)
    device = StandInDevice()
    device.system.windows = [app_window(canvas), *bars()]
    return np.ascontiguousarray(np.asarray(device.screen.image().convert("RGB"))[:, :, ::-1])


def shop(pen: Pen) -> None:
    """A shop's page: a title, five rows of goods, two buttons, three tabs."""
    pen.rect(0, 0, pen.width, pen.height, colour="#FFF0F2F5")
    pen.text("小店", 60, 60, size=64)
    for row in range(5):
        pen.rect(40, 220 + row * 220, 1040, 400 + row * 220, colour="#FFE2E6EC", radius=16)
        pen.text(f"今日推荐第{row + 1}款水果 满三十元包邮到家", 80, 285 + row * 220, size=42, colour="#FF333333")
    for left, text in ((100, "附近门店"), (580, "扫一扫")):
        pen.rect(left, 1440, left + 400, 1560, colour="#FF1677FF", radius=60)
        pen.text(text, left + 200, 1475, size=46, colour="#FFFFFFFF", align="center")
    for middle, text in ((180, "首页"), (540, "消息"), (900, "我的")):
        pen.text(text, middle, pen.height - 70, size=40, colour="#FF555555", align="center")


def card(
    pen: Pen,
    texts: tuple[str, ...] = ("需要相机权限", "用于扫描商品条码,", "请在设置中开启"),
    buttons: tuple[str, str] = ("取消", "去设置"),
    *,
    dim: bool = True,
    top: int = 760,
) -> None:
    """The shop's page with a card over it: lines of text, two buttons, a scrim or none."""
    shop(pen)
    if dim:
        pen.rect(0, 0, pen.width, pen.height, colour="#99000000")
    pen.rect(120, top, 960, top + 580, colour="#FFFFFFFF", radius=32)
    for number, text in enumerate(texts):
        pen.text(text, 540, top + 70 + number * 90, size=46, colour="#FF222222", align="center")
    pen.text(buttons[0], 330, top + 470, size=46, colour="#FF666666", align="center")
    pen.rect(540, top + 430, 920, top + 550, colour="#FF1677FF", radius=60)
    pen.text(buttons[1], 730, top + 465, size=46, colour="#FFFFFFFF", align="center")
