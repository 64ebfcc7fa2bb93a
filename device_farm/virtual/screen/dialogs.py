"""The system's own windows as widgets: AlertDialog, toast, status bar, navigation bar.

permission_dialog has a file of its own.

The framework puts each into a ``model.Window``:

======================  ==================================================================================
``app_dialog``          APPLICATION of the app, gravity "center", dim 0.6, modal
``sheet_dialog``        APPLICATION of the app, the whole screen, dim 0.6, modal
``toast``               TOAST, gravity "bottom"
``status_bar``          STATUS_BAR of com.android.systemui, gravity "top"
``navigation_bar``      NAVIGATION_BAR of com.android.systemui, gravity "bottom"
======================  ==================================================================================

A window without a frame is as large as its root. Lengths are of a 420 dpi screen 1080 pixels wide.
"""

from device_farm.virtual.framework.records.system_records import Display
from device_farm.virtual.vocabulary.containers import BottomSheet, CoordinatorLayout, Filling
from device_farm.virtual.vocabulary.widgets import FILL, WRAP, Box, Button, Column, Image, Row, Style, Text, Widget

STATUS_BAR_HEIGHT = 118  # pixels; a Pixel with 1080x2400 and a camera hole
STATUS_BAR_HEIGHT_LANDSCAPE = 63  # 24 dp (core/res/res/values/dimens.xml status_bar_height_landscape)
NAVIGATION_BAR_HEIGHT = 126  # pixels; 48 dp, three buttons

TOUCH_OUTSIDE = "touch_outside"
INK = "#1B1B1F"
ACCENT = "#435E91"
GREY_INK = "#46464F"
NONE = (0, 0, 0, 0)


def app_dialog(title: str, message: str, buttons: tuple[str | Button, ...]) -> Widget:
    """Return the content of an AlertDialog (core/res/res/layout/alert_dialog_material.xml).

    A single button is the positive one; of two or more the first is positive, the last negative, one between neutral.
    Clicks come with the ids ``button1`` (positive), ``button2`` (negative), ``button3`` (neutral); the tree prints
    them as ``android:id/button1`` and so on. Neutral stands at the left, then negative and positive (zh and en).
    """
    parts: list[Widget] = []
    if title:
        heading = Style(margin=NONE, text_size=53, text_colour=INK, clickable=False, resource_package="android")
        parts.append(Column(Text(title, id="alertTitle", style=heading), style=Style(padding=(63, 58, 63, 0))))
    if message:
        body = Style(margin=NONE, text_size=42, text_colour=GREY_INK, clickable=False, resource_package="android")
        text = Text(message, id="message", style=body)
        parts.append(Column(text, style=Style(padding=(63, 47 if title else 63, 63, 21))))
    if buttons:
        parts.append(_button_bar(buttons))
    return Column(
        *parts, id="parentPanel", style=Style(width=912, height=WRAP, background="#FFFFFF", radius=42, resource_package="android")
    )


def sheet_dialog(sheet: BottomSheet) -> Widget:
    """Return the content of a BottomSheetDialog (Material's design_bottom_sheet_dialog.xml).

    What is beside the sheet is a view of its own that closes it.
    """
    sheet.id = "design_bottom_sheet"
    sheet.inner.id = sheet.name
    outside = Filling(id=TOUCH_OUTSIDE, clickable=True, style=Style(class_name="android.view.View"))
    return Filling(CoordinatorLayout(outside, sheet, id="coordinator"), id="container")


def label(button: str | Button) -> str:
    """The text of a button of a dialog."""
    return button if isinstance(button, str) else button.text


def _flat_button(place: str, button: str | Button) -> Button:
    """The button of a place; an app's own Button keeps its id, which is the app's and not android:id/button1."""
    own = "" if isinstance(button, str) else button.id
    style = Style(
        width=WRAP,
        height=126,
        padding=(42, 0, 42, 0),
        margin=NONE,
        background="#00FFFFFF",
        text_size=37,
        text_colour=ACCENT,
        bold=True,
        resource_package=None if own else "android",
    )
    return Button(label(button), id=own or place, enabled=isinstance(button, str) or button.enabled, style=style)


def _button_bar(buttons: tuple[str | Button, ...]) -> Row:
    named = {"button1": buttons[0]}
    if len(buttons) > 1:
        named["button2"] = buttons[-1]
    if len(buttons) > 2:
        named["button3"] = buttons[1]
    flat = {place: _flat_button(place, button) for place, button in named.items()}
    row: list[Widget] = [flat["button3"]] if "button3" in flat else []
    row.append(Box(style=Style(width=0, height=1, weight=1, class_name="android.widget.Space")))
    row += [flat[id] for id in ("button2", "button1") if id in flat]
    return Row(*row, id="buttonPanel", gravity="center", style=Style(width=FILL, padding=(32, 21, 32, 21), resource_package="android"))


def toast(text: str) -> Widget:
    """Return a text toast: a light pill above the navigation bar (SystemUI res/layout/text_toast.xml, 12 and later)."""
    label = Text(text, id="message", style=Style(text_size=37, text_colour=INK, margin=NONE, clickable=False, resource_package="android"))
    return Row(
        label,
        gravity="center",
        style=Style(
            width=WRAP,
            height=WRAP,
            padding=(63, 37, 63, 37),
            background="#F2F0F4",
            radius=74,
            margin=(63, 0, 63, NAVIGATION_BAR_HEIGHT + 126),
        ),
    )


class Clock(Text):
    """The status bar's clock; the screen sets its text from the device's wall clock before it draws."""


def status_bar_height(display: Display) -> int:
    """Its height in pixels: less while the phone lies on its long edge."""
    return STATUS_BAR_HEIGHT_LANDSCAPE if display.rotation % 2 else STATUS_BAR_HEIGHT


def status_bar(display: Display, *, recording: bool = False) -> Widget:
    """Return the status bar: clock at the left, signal, Wi-Fi and battery at the right (SystemUI status_bar.xml).

    ``recording`` adds the green dot of the privacy indicator in the corner (12 and later).
    """
    ink = "#FF3C4043"
    clock = Clock("", id="clock", style=Style(text_size=37, text_colour=ink, bold=True, margin=NONE, clickable=False))
    icons = [
        Image(
            "",
            id=id,
            width=width,
            height=42,
            style=Style(glyph=glyph, text_colour=ink, margin=(9, 0, 0, 0), clickable=False, description=description),
        )
        for id, glyph, width, description in (
            ("wifi_signal", "wifi", 50, "WLAN"),
            ("mobile_signal", "signal", 42, ""),
            ("battery", "battery", 30, ""),
        )
    ]
    if recording:
        dot = Style(radius=13, margin=(16, 0, 0, 0), clickable=False, description="使用中的权限")
        icons.append(Image("#FF34A853", id="privacy_dot", width=26, height=26, style=dot))
    space = Box(style=Style(width=0, height=1, weight=1))
    return Row(
        clock,
        space,
        *icons,
        id="status_bar_contents",
        gravity="center",
        style=Style(
            width=FILL,
            height=status_bar_height(display),
            padding={1: (63, 0, 53 + NAVIGATION_BAR_HEIGHT, 0), 3: (63 + NAVIGATION_BAR_HEIGHT, 0, 53, 0)}.get(
                display.rotation, (63, 10, 53, 0)
            ),
            background="#FFFAFAFA",
        ),
    )


def navigation_bar(rotation: int = 0) -> Widget:
    """Return the three-button navigation bar: clicks come with the ids back, home and recent_apps.

    The keys keep their place on the phone: turned left they stand at the right, with Back at the bottom.
    """
    upright = rotation % 2 == 0
    keys = [
        Image(
            "",
            id=id,
            width=210 if upright else NAVIGATION_BAR_HEIGHT,
            height=NAVIGATION_BAR_HEIGHT if upright else 210,
            style=Style(
                glyph=id,
                text_colour="#FF5F6368",
                margin=NONE,
                description=description,
                padding=(79, 37, 79, 37) if upright else (37, 79, 37, 79),
            ),
        )
        for id, description in (("back", "返回"), ("home", "主屏幕"), ("recent_apps", "概览"))
    ]
    if rotation == 1:
        keys.reverse()
    space = Style(width=0, height=1, weight=1) if upright else Style(width=1)
    ordered: list[Widget] = [Box(style=space)]
    for key in keys:
        ordered += [key, Box(style=space)]
    if not upright:
        return Column(*ordered, id="nav_buttons", style=Style(width=NAVIGATION_BAR_HEIGHT, height=FILL, background="#FFFAFAFA"))
    return Row(*ordered, id="nav_buttons", gravity="center", style=Style(width=FILL, height=NAVIGATION_BAR_HEIGHT, background="#FFFAFAFA"))
