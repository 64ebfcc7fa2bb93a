"""Where touches land, and which windows accessibility services see."""

import pytest

from device_farm.virtual.framework.records.system_records import Rect, Window, WindowKind
from device_farm.virtual.screen.dialogs import app_dialog, toast
from device_farm.virtual.screen.renderer import home_screen
from device_farm.virtual.vocabulary.widgets import Button, Canvas, Checkbox, Column, EditText, Frame, Scroll, Switch, Text, WebView
from tests.virtual.screen_stand_in import DENY, Heard, StandInDevice, app_window, bars, dialog_window


@pytest.fixture
def device() -> StandInDevice:
    device = StandInDevice()
    device.system.windows = [app_window(Column(Text("小店"), Button("附近门店", id="nearby"))), *bars()]
    return device


def heard(device: StandInDevice, index: int = 0) -> list[tuple[object, ...]]:
    handler = device.system.windows[index].handler
    assert isinstance(handler, Heard)
    return handler.calls


def packages(device: StandInDevice) -> list[str]:
    return [root.package for root in device.screen.tree()]


def middle(device: StandInDevice, text: str) -> tuple[int, int]:
    node = next(n for root in device.screen.tree() for n in root.walk() if n.text == text)
    return (node.bounds.left + node.bounds.right) // 2, (node.bounds.top + node.bounds.bottom) // 2


def test_a_tap_is_a_touch_and_then_a_click(device: StandInDevice) -> None:
    x, y = middle(device, "附近门店")
    device.screen.tap(x, y)
    assert heard(device) == [("touch", "nearby", x, y), ("click", "nearby")]


def test_a_tap_on_nothing_is_only_a_touch(device: StandInDevice) -> None:
    device.screen.tap(540, 1500)
    assert heard(device) == [("touch", "", 540, 1500)]


def test_a_modal_window_swallows_taps_beside_it(device: StandInDevice) -> None:
    device.system.windows.insert(1, dialog_window(device))
    device.screen.tap(540, 300)  # where the app's button is
    assert heard(device, 0) == []
    assert heard(device, 1) == [("outside",)]
    device.screen.tap(*middle(device, "不允许"))
    assert heard(device, 1)[-1] == ("click", DENY)


def test_the_windows_under_a_modal_one_are_not_read_but_the_bars_are(device: StandInDevice) -> None:
    assert packages(device) == ["com.example.shop", "com.android.systemui", "com.android.systemui"]
    device.system.windows.insert(1, dialog_window(device))
    assert packages(device)[0] == "com.android.permissioncontroller"
    assert "com.example.shop" not in packages(device)
    assert len(packages(device)) == 3


def test_the_tree_of_the_permission_dialog_has_aosps_ids(device: StandInDevice) -> None:
    device.system.windows.insert(1, dialog_window(device))
    ids = [n.resource_id.partition(":id/")[2] for n in device.screen.tree()[0].walk() if n.resource_id]
    assert ids == [
        "content", "grant_singleton", "grant_dialog", "content_container", "permission_icon", "permission_message",
        "permission_allow_foreground_only_button", "permission_allow_one_time_button", DENY,
    ]  # fmt: skip


def test_a_toast_lets_touches_through_and_is_not_read(device: StandInDevice) -> None:
    everywhere = Rect(0, 0, 1080, 2400)
    window = Window("Toast", "com.example.shop", 1, WindowKind.TOAST, toast("t" * 40), None, frame=everywhere)
    device.system.windows.append(window)
    device.screen.tap(*middle(device, "附近门店"))
    assert heard(device)[-1] == ("click", "nearby")
    assert len(packages(device)) == 3


def test_an_overlay_takes_what_lies_in_its_frame_only(device: StandInDevice) -> None:
    frame = Rect(0, 1000, 1080, 1400)
    overlay = app_window(Button("悬浮", id="over"), kind=WindowKind.APPLICATION_OVERLAY, frame=frame)
    device.system.windows.append(overlay)
    device.screen.tap(540, 1200)
    device.screen.tap(*middle(device, "附近门店"))
    assert heard(device)[-1] == ("click", "nearby")
    assert isinstance(overlay.handler, Heard)
    assert overlay.handler.calls[-1] == ("click", "over")
    assert len(packages(device)) == 4


def test_a_later_layer_takes_the_click_and_an_unclickable_one_lets_it_through(device: StandInDevice) -> None:
    page = Column(Button("下面", id="below", style=Button("x").style))
    device.system.windows[0].root = Frame(page, Column(background="#99000000"), Column(Button("上面", id="above")))
    device.screen.tap(540, 200)
    assert heard(device)[-1] == ("click", "above")
    device.system.windows[0].root = Frame(page, Column(background="#99000000"))
    device.system.windows[0].revision += 1
    device.screen.tap(540, 200)
    assert heard(device)[-1] == ("click", "below")


def test_switches_and_checkboxes_turn_over(device: StandInDevice) -> None:
    switch, box = Switch("通知", id="s"), Checkbox("同意", id="c", checked=True)
    device.system.windows[0].root = Column(switch, box)
    device.screen.tap(*middle(device, "通知"))
    device.screen.tap(*middle(device, "同意"))
    assert (switch.checked, box.checked) == (True, False)
    assert [c for c in heard(device) if c[0] == "switch"] == [("switch", "s", True), ("switch", "c", False)]
    checked = {n.text: n.checked for root in device.screen.tree() for n in root.walk() if n.checkable}
    assert checked == {"通知": True, "同意": False}


def test_typing_goes_to_the_field_that_was_tapped(device: StandInDevice) -> None:
    phone = EditText("电话", id="phone")
    device.system.windows[0].root = Column(EditText("姓名", id="name"), phone)
    assert device.screen.type_text("x") is False
    device.screen.tap(*middle(device, "电话"))
    assert device.screen.type_text("138") is True
    device.screen.key("KEYCODE_DEL")
    assert heard(device)[-1] == ("text", "phone", "13")
    assert phone.text == "13"
    device.screen.type_text("9" * 1_000_000)
    assert len(phone.text) == 10_000


def test_a_canvas_is_one_view_and_hears_where_it_is_touched(device: StandInDevice) -> None:
    device.system.windows[0].root = Canvas(lambda pen: pen.text("立即领取", 9, 9), id="ad")
    device.screen.tap(500, 1000)
    assert heard(device) == [("touch", "ad", 500, 1000), ("click", "ad")]
    assert not any(n.text == "立即领取" for root in device.screen.tree() for n in root.walk())


def test_web_content_is_in_the_tree_unless_it_is_not_accessible(device: StandInDevice) -> None:
    device.system.windows[0].root = WebView(Text("领红包", id="t"), Button("关闭", id="close"))
    nodes = [n for n in device.screen.tree()[0].walk() if n.class_name == "android.webkit.WebView"]
    assert len(nodes) == 2  # the view and the document in it
    assert [n.resource_id for n in nodes[1].children] == ["t", "close"]  # HTML ids have no package
    close = middle(device, "关闭")
    device.system.windows[0].root = WebView(Text("领红包"), Button("关闭", id="close"), accessible=False)
    assert not any(n.text for n in device.screen.tree()[0].walk())
    device.screen.tap(*close)
    assert heard(device)[-1] == ("click", "close")


def test_a_swipe_scrolls_and_a_short_one_is_a_tap(device: StandInDevice) -> None:
    scroll = Scroll(*[Button(f"第{n}行", id=f"r{n}") for n in range(40)])
    device.system.windows[0].root = Column(scroll)
    device.screen.swipe(540, 1800, 540, 800)
    assert scroll.offset == 1000
    device.screen.swipe(540, 800, 540, 2200)
    assert scroll.offset == 0
    device.screen.swipe(540, 200, 545, 205)
    assert heard(device)[-1] == ("click", "r0")


def test_the_navigation_bar_works_without_a_handler(device: StandInDevice) -> None:
    for id in ("back", "home", "recent_apps"):
        node = next(n for r in device.screen.tree() for n in r.walk() if n.resource_id.endswith(f"/{id}"))
        device.screen.tap(node.bounds.left + 9, node.bounds.top + 9)
    assert device.system.keys == ["back", "home", "recents"]


def test_a_dark_display_takes_no_touches_and_shows_no_tree(device: StandInDevice) -> None:
    place = middle(device, "附近门店")
    device.screen.key(26)
    device.screen.tap(*place)
    assert heard(device) == []
    assert device.screen.tree() == []
    device.screen.key("26")
    device.screen.tap(*place)
    assert heard(device)[-1] == ("click", "nearby")


@pytest.mark.parametrize("key", ["", "nonsense", "KEYCODE_", "-1", "9" * 400])
def test_unknown_keys_are_refused(device: StandInDevice, key: str) -> None:
    assert device.screen.key(key) is False


def test_a_touch_outside_the_screen_reaches_nobody(device: StandInDevice) -> None:
    device.screen.tap(-5, 99_999)
    assert heard(device) == []


def test_an_icon_of_the_home_screen_gives_its_id(device: StandInDevice) -> None:
    device.system.windows[0].root = home_screen([("小店", "com.example.shop"), ("地图", "com.example.map")])
    device.screen.tap(*middle(device, "地图"))
    assert heard(device)[-1] == ("click", "com.example.map")


def test_hidden_children_keep_their_index(device: StandInDevice) -> None:
    root = app_dialog("", "m", ("好",))
    device.system.windows[0].root = Scroll(*[Text(f"第{n}行") for n in range(60)], root)
    rows = [n for n in device.screen.tree()[0].walk() if n.text.startswith("第")]
    assert [n.index for n in rows] == list(range(60))
    assert rows[0].visible
    assert not rows[-1].visible
