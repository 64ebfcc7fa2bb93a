"""The pixels: what is dimmed, what is black, what is cached. Looked at by eye as well."""

import asyncio
import io
import struct

import pytest
from PIL import Image as Pictures
from PIL import ImageChops

from device_farm.virtual.framework.records.system_records import Rect, Window, WindowKind
from device_farm.virtual.screen.dialogs import app_dialog, toast
from device_farm.virtual.screen.glyphs import GLYPHS, glyph
from device_farm.virtual.shell import screencap
from device_farm.virtual.shell.call import Call
from device_farm.virtual.vocabulary.widgets import Canvas, Column, Frame, Image, Scroll, Text
from tests.virtual.device_calls import Collected
from tests.virtual.screen_stand_in import StandInDevice, app_window, bars, dialog_window

RED, BLUE = (229, 57, 53), (21, 101, 192)


@pytest.fixture
def device() -> StandInDevice:
    device = StandInDevice()
    device.system.windows = [app_window(Column(background="#E53935")), *bars()]
    return device


def pixel(device: StandInDevice, x: int, y: int) -> tuple[int, ...]:
    found = device.screen.image().getpixel((x, y))
    assert isinstance(found, tuple)
    return found


def test_an_activity_lies_between_the_bars(device: StandInDevice) -> None:
    assert device.screen.image().size == (1080, 2400)
    assert pixel(device, 540, 117) != RED
    assert pixel(device, 540, 118) == RED
    assert pixel(device, 540, 2273) == RED
    assert pixel(device, 540, 2274) != RED


def test_a_scrim_blends_black_over_what_lies_below_but_not_over_the_bars(device: StandInDevice) -> None:
    bar = pixel(device, 540, 20), pixel(device, 20, 2390)
    device.system.windows.insert(1, dialog_window(device))
    assert pixel(device, 20, 300) == tuple(round(value * 0.4) for value in RED)
    assert (pixel(device, 540, 20), pixel(device, 20, 2390)) == bar


def test_an_apps_own_scrim_blends_by_its_alpha(device: StandInDevice) -> None:
    device.system.windows[0].root = Frame(Column(background="#E53935"), Column(background="#80000000"))
    assert pixel(device, 540, 1000) == pytest.approx([value * 127 / 255 for value in RED], abs=1)


def test_the_card_of_the_permission_dialog_has_round_corners(device: StandInDevice) -> None:
    window = dialog_window(device)
    device.system.windows.insert(1, window)
    frame = next(pane.frame for pane in device.screen.panes() if pane.window is window)
    dimmed = pixel(device, 20, 300)
    assert (frame.left, frame.right) == (63, 1017)
    assert pixel(device, frame.left + 2, frame.top + 2) == dimmed
    assert pixel(device, frame.left + 2, (frame.top + frame.bottom) // 2) == (241, 240, 247)


def test_a_secure_window_is_black_in_captures(device: StandInDevice) -> None:
    device.system.windows[0].secure = True
    assert pixel(device, 540, 1000) == (0, 0, 0)
    assert pixel(device, 540, 20) != (0, 0, 0)


def test_a_translucent_activity_shows_what_lies_below(device: StandInDevice) -> None:
    over = app_window(Column(Image("#1565C0", height=200)), translucent=True)
    device.system.windows.insert(1, over)
    assert pixel(device, 540, 200) == BLUE
    assert pixel(device, 540, 1000) == RED
    over.translucent = False
    over.revision += 1
    assert pixel(device, 540, 1000) == (255, 255, 255)


def test_windows_of_apps_stay_below_the_bars_whatever_their_order(device: StandInDevice) -> None:
    device.system.windows.append(app_window(Column(background="#1565C0"), frame=Rect(0, 0, 1080, 2400)))
    assert pixel(device, 540, 20) == (250, 250, 250)
    assert pixel(device, 540, 1000) == BLUE


def test_a_frame_is_drawn_once_until_something_changes(device: StandInDevice) -> None:
    window = device.system.windows[0]
    window.root = Column(Image("#E53935", height=500))
    first = device.screen.image(), device.screen.raw(), device.screen.png()
    again = device.screen.image(), device.screen.raw(), device.screen.png()
    assert all(one is other for one, other in zip(first, again, strict=True))
    window.revision += 1
    assert device.screen.image() is not first[0]


def test_the_clock_follows_the_devices_wall_clock(device: StandInDevice) -> None:
    def shown() -> list[str]:
        nodes = [node for root in device.screen.tree() for node in root.walk()]
        return [node.text for node in nodes if node.resource_id.endswith("/clock")]

    assert shown() == ["10:00"]
    device.clock.set_wall(device.clock.wall + 3600 * 5 + 60)
    assert shown() == ["15:01"]


def test_a_canvas_draws_inside_its_view_only(device: StandInDevice) -> None:
    device.system.windows[0].root = Column(
        Image("#E53935", height=500), Canvas(lambda pen: pen.rect(-1e6, -1e6, 1e6, 1e6, colour="#1565C0", radius=50))
    )
    device.screen.draw_canvases(device.system.windows[0])
    assert pixel(device, 540, 600) == RED
    assert pixel(device, 540, 700) == BLUE
    assert pixel(device, 540, 100) == (250, 250, 250)


def test_what_an_apps_drawing_raises_comes_out_and_lengths_are_numbers(device: StandInDevice) -> None:
    window = device.system.windows[0]
    window.root = Canvas(lambda pen: pen.rect(0, 0, 1 / 0, 1))
    with pytest.raises(ZeroDivisionError):
        device.screen.draw_canvases(window)
    window.root = Canvas(lambda pen: pen.text("x", float("nan"), 0))
    with pytest.raises(ValueError, match="number of pixels"):
        device.screen.draw_canvases(window)


def test_text_is_drawn_in_its_colour_and_a_markup_label_as_it_is(device: StandInDevice) -> None:
    device.system.windows[0].root = Column(Text('<script>"&\x00\u202e' * 50))
    colours = device.screen.image().crop((0, 118, 1080, 600)).getcolors(100_000)
    assert colours is not None
    assert any(count > 500 and max(value) < 60 for count, value in colours if isinstance(value, tuple))


def test_a_missing_or_broken_picture_is_a_grey_area(device: StandInDevice) -> None:
    device.system.windows[0].root = Column(Image("/nowhere/x.png", height=300))
    assert pixel(device, 540, 200) == (232, 234, 237)


def test_a_toast_is_in_the_middle_above_the_navigation_bar(device: StandInDevice) -> None:
    before = device.screen.image().copy()
    toasted = Window("Toast", "com.example.shop", 1, WindowKind.TOAST, toast("附近暂无门店"), None, gravity="bottom")
    device.system.windows.append(toasted)
    box = ImageChops.difference(before, device.screen.image()).getbbox()
    assert 1900 < box[1] < box[3] < 2274
    assert abs((box[0] + box[2]) / 2 - 540) < 3


def test_every_glyph_draws_something_and_not_everything() -> None:
    for name in GLYPHS:
        low, high = glyph(name, 48, 48).getextrema()
        assert (low, high) == (0, 255), name


class Files:
    def __init__(self) -> None:
        self.written: dict[str, bytes] = {}

    def write(self, path: str, data: bytes, *, uid: int = 0) -> None:
        if path.startswith("/system"):
            raise PermissionError(13, "Permission denied", path)
        self.written[path] = data


def call(device: StandInDevice, command: str, *args: str) -> tuple[int, bytes, bytes]:
    out, err = Collected(), Collected()
    made = Call(device, command, list(args), None, out, err)  # type: ignore[arg-type]
    return asyncio.run(screencap.COMMANDS[command](made)), out.data, err.data


def test_screencap_raw_has_a_header_of_four_words(device: StandInDevice) -> None:
    code, out, _err = call(device, "screencap")
    assert code == 0
    assert struct.unpack("<IIII", out[:16]) == (1080, 2400, 1, 1)
    assert len(out) == 16 + 1080 * 2400 * 4
    at = 16 + (1000 * 1080 + 540) * 4
    assert tuple(out[at : at + 4]) == (*RED, 255)


def test_screencap_gives_a_png_by_option_or_by_name(device: StandInDevice) -> None:
    device.files = Files()
    assert Pictures.open(io.BytesIO(call(device, "screencap", "-p")[1])).size == (1080, 2400)
    assert call(device, "screencap", "/sdcard/a.png") == (0, b"", b"")
    assert device.files.written["/sdcard/a.png"].startswith(b"\x89PNG")


def test_screencap_refuses_what_it_cannot_do(device: StandInDevice) -> None:
    device.files = Files()
    assert call(device, "screencap", "-d", "7")[0] == 1
    assert call(device, "screencap", "-d", str(screencap.DISPLAY_ID), "-p")[0] == 0
    assert b"usage: screencap" in call(device, "screencap", "-x")[2]
    assert b"Permission denied" in call(device, "screencap", "/system/x.png")[2]


def test_uiautomator_dump_prints_what_a_phone_prints(device: StandInDevice) -> None:
    device.files = Files()
    device.system.windows[0].root = Column(Text("小店"), Scroll(Text("a")))
    assert call(device, "uiautomator", "dump", "/sdcard/u.xml") == (0, b"UI hierchary dumped to: /sdcard/u.xml\n", b"")
    text = device.files.written["/sdcard/u.xml"].decode()
    assert text.startswith("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"0\"><node ")
    assert "小店" in text
    assert "com.android.systemui" not in text
    assert call(device, "uiautomator", "dump")[1] == b"UI hierchary dumped to: /sdcard/window_dump.xml\n"


def test_uiautomator_dump_without_a_window_or_with_a_fault(device: StandInDevice) -> None:
    device.files = Files()
    device.faults.active.add("empty-dump")
    call(device, "uiautomator", "dump", "/sdcard/u.xml")
    assert device.files.written["/sdcard/u.xml"].endswith(b'<hierarchy rotation="0" />')
    device.faults.active = {"uiautomation-not-connected"}
    assert b"UiAutomation not connected" in call(device, "uiautomator", "dump")[2]
    device.faults.active = set()
    device.system.windows = bars()
    assert b"ERROR: null root node" in call(device, "uiautomator", "dump")[2]


def test_the_buttons_of_an_alert_dialog_have_androids_ids(device: StandInDevice) -> None:
    root = app_dialog("标题", "内容", ("同意", "稍后", "拒绝"))
    device.system.windows.insert(1, app_window(root, kind=WindowKind.APPLICATION, gravity="center", modal=True))
    ids = {n.text: n.resource_id for r in device.screen.tree() for n in r.walk() if n.text}
    assert ids["同意"] == "android:id/button1"
    assert ids["拒绝"] == "android:id/button2"
    assert ids["稍后"] == "android:id/button3"
    assert ids["标题"] == "android:id/alertTitle"
