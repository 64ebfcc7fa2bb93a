"""What a picture of a system permission dialog tells of the app.

The lines round the dialog, and nothing where it is black.
"""

import cv2
import pytest

from harness.events import DialogKind, DialogShown, Instant, Source
from harness.replay.dialog_texts import text_events
from tests.vision.painted_pages import painted

BOX = (120, 900, 840, 600)


def page(pen):
    pen.rect(0, 0, pen.width, pen.height, colour="#FFF0F2F5")
    pen.text("相机权限用于扫描商品条码", 60, 60, size=46)
    pen.text("不允许", 540, 1100, size=46, align="center")
    pen.text("附近门店", 540, 1700, size=46, align="center")


def shown(kind=DialogKind.PERMISSION, screenshot="screens/1.png"):
    return DialogShown(
        at=Instant(0, 5.0), source=Source.TREE, dialog=kind, owner="x", text="", permission_group=None, box=BOX, screenshot=screenshot
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "screens").mkdir()
    return tmp_path


def test_the_lines_round_a_permission_dialog_are_told_and_not_its_own(folder):
    cv2.imwrite(str(folder / "screens/1.png"), painted(page))
    (event,) = text_events(folder, [shown(), shown(DialogKind.RATIONALE), shown(screenshot=None)])
    assert event.text == "相机权限用于扫描商品条码\n附近门店"
    assert (event.at, event.screenshot) == (Instant(0, 5.0), "screens/1.png")


def test_a_black_page_round_the_dialog_was_not_read(folder):
    frame = painted(page)
    frame[118:900] = frame[1500:2280] = 0
    cv2.imwrite(str(folder / "screens/1.png"), frame)
    assert text_events(folder, [shown()]) == []
