"""The pixel detector on the virtual device's own pictures: two independent makers must agree."""

import numpy as np
import pytest

from device_farm.virtual.screen.dialogs import app_dialog, toast
from device_farm.virtual.vocabulary.widgets import Button, Column, Text
from harness.vision.popup import PopupKind, find_popup
from tests.virtual.screen_stand_in import StandInDevice, app_window, bars, dialog_window


def frame(*over):
    """A shop's page, something over it, and the system bars, as a B, G, R frame."""
    device = StandInDevice()
    page = Column(Text("小店"), Button("附近门店", id="nearby"), Text("今日推荐：苹果 3 元一斤"))
    device.system.windows = [app_window(page), *over, *bars()]
    return np.ascontiguousarray(np.asarray(device.screen.image().convert("RGB"))[:, :, ::-1])


def own_dialog():
    root = app_dialog("需要权限", "请去设置打开位置权限", ("取消", "去设置"))
    return app_window(root, gravity="center", dim=0.6, modal=True)


@pytest.mark.parametrize("window", [lambda: dialog_window(StandInDevice()), own_dialog], ids=["permission", "own"])
def test_dialogs_are_found_with_high_confidence(window):
    before, after = frame(), frame(window())
    alone, both = find_popup(after), find_popup(after, [before])
    assert alone.confidence > 0.9
    assert both.confidence >= 0.98
    assert both.kind is PopupKind.DIALOG
    assert both.scrim.alpha == pytest.approx(0.6, abs=0.01)
    assert not find_popup(before, [after]).popup


def test_the_page_and_a_toast_are_no_popups():
    page = frame()
    with_toast = frame(app_window(toast("附近暂无门店"), gravity="bottom"))
    assert not find_popup(page).popup
    assert not find_popup(with_toast, [page]).popup
