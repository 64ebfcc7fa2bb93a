"""The system's own windows as widgets: permission dialog, AlertDialog, toast, status bar, navigation bar.

The framework puts each into a ``model.Window``:

======================  ==================================================================================
``permission_dialog``   BASE_APPLICATION of the permission controller, gravity "center", dim 0.6, modal
``app_dialog``          APPLICATION of the app, gravity "center", dim 0.6, modal
``toast``               TOAST, gravity "bottom"
``status_bar``          STATUS_BAR of com.android.systemui, gravity "top"
``navigation_bar``      NAVIGATION_BAR of com.android.systemui, gravity "bottom"
======================  ==================================================================================

A window without a frame is as large as its root. Lengths are of a 420 dpi screen 1080 pixels wide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.widgets import FILL, WRAP, Box, Button, Column, Image, RadioButton, Row, Scroll, Style, Text

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import Display
    from device_farm.virtual.roms import Rom
    from device_farm.virtual.widgets import Widget

STATUS_BAR_HEIGHT = 118  # pixels; a Pixel with 1080x2400 and a camera hole
STATUS_BAR_HEIGHT_LANDSCAPE = 63  # 24 dp (core/res/res/values/dimens.xml status_bar_height_landscape)
NAVIGATION_BAR_HEIGHT = 126  # pixels; 48 dp, three buttons

CARD = "#F1F0F7"  # surface of the permission dialog in the system's light theme
ACTION = "#D9E2FF"  # its buttons
INK = "#1B1B1F"
ACCENT = "#435E91"
GREY_INK = "#46464F"
NONE = (0, 0, 0, 0)
ACCURACY = {"precise": "map_fine", "approximate": "map_coarse"}  # roles that are choices, and their pictures


def permission_dialog(
    rom: Rom, language: str, *, message: str, buttons: list[tuple[str, str, str]], detail: str | None = None
) -> Widget:
    """Return the content of GrantPermissionsActivity: icon, message, and one button below the other.

    ``buttons`` are (role, id without package, text) from the top; a click comes with that id. The tree is that of
    packages/modules/Permission PermissionController/res/layout/grant_permissions.xml (11 and later); older versions
    have neither ``grant_singleton`` nor ``grant_dialog`` (platform_packages_apps_packageinstaller, Android 10).
    """
    choices = [(role, id, text) for role, id, text in buttons if role in ACCURACY]
    stacked = [button for button in buttons if button[0] not in ACCURACY]
    last = len(stacked) - 1
    filled = rom.sdk >= 31  # 12 and later; flat buttons before
    actions = [
        _permission_button(id, text, first=n == 0, last=n == last, filled=filled)
        for n, (_role, id, text) in enumerate(stacked)
    ]
    title = Text(
        message,
        id="permission_message",
        style=Style(width=FILL, margin=(0, 42, 0, 0), text_size=53, text_colour=INK, align="center", clickable=False),
    )
    icon = Image(
        "",
        id="permission_icon",
        width=63,
        height=63,
        style=Style(glyph=permission_glyph(message), text_colour=ACCENT, side="center", clickable=False),
    )
    description: list[Widget] = [Column(icon, title, style=Style(padding=(0, 0, 0, 0)))]
    if detail:
        small = Style(
            width=FILL, margin=(0, 32, 0, 0), text_size=37, text_colour=GREY_INK, align="center", clickable=False
        )
        description.append(Text(detail, id="detail_message", style=small))
    if choices:
        description.append(_location_accuracy(choices))
    content = Column(*description, id="content_container", style=Style(width=FILL, padding=(63, 63, 63, 47)))
    button_column = Column(*actions, style=Style(width=FILL, padding=(47, 16, 47, 63)))
    card = Style(width=954, height=WRAP, background=CARD, radius=73)
    if rom.sdk < 30:
        return Column(content, button_column, style=card)
    dialog = Column(content, button_column, id="grant_dialog", style=Style(width=FILL))
    singleton = Column(dialog, id="grant_singleton", style=Style(width=FILL))
    return Scroll(singleton, style=card)


def _location_accuracy(choices: list[tuple[str, str, str]]) -> Row:
    """The two maps of 12 and later between which the user chooses; precise is chosen at first."""
    radios = [
        RadioButton(
            text,
            id=id,
            checked=role == "precise",
            style=Style(
                margin=NONE,
                weight=1,
                height=336,
                padding=(0, 252, 0, 0),
                text_size=37,
                text_colour=INK,
                background="#00FFFFFF",
                glyph=ACCURACY[role],
            ),
        )
        for role, id, text in choices
    ]
    group = Row(*radios, id="permission_location_accuracy_radio_group")
    return Row(group, id="permission_location_accuracy", style=Style(margin=(0, 42, 0, 0)))


def _permission_button(id: str, text: str, *, first: bool, last: bool, filled: bool) -> Button:
    top, bottom = (32 if first else 11), (32 if last else 11)
    return Button(
        text,
        id=id,
        style=Style(
            width=FILL,
            height=147,
            margin=(0, 0, 0, 0 if last else 5),
            background=ACTION if filled else CARD,
            radius=(top, top, bottom, bottom),
            text_size=37,
            text_colour=INK if filled else ACCENT,
            bold=True,
        ),
    )


_GLYPHS = (
    ("location", ("位置", "location")),
    ("camera", ("照片和录制视频", "拍摄", "take pictures", "record video")),
    ("microphone", ("录音", "录制音频", "record audio")),
    ("contacts", ("通讯录", "联系人", "contacts")),
    ("phone", ("电话", "phone", "calls")),
    ("calendar", ("日历", "calendar")),
    ("message", ("短信", "SMS")),
    ("bell", ("通知", "notifications")),
    ("image", ("照片", "媒体", "图片", "视频", "音乐", "photos", "media", "music")),
    ("sensor", ("身体", "健身", "传感", "sensor", "physical activity")),
    ("nearby", ("附近", "nearby")),
)


def permission_glyph(message: str) -> str:
    """The icon of the permission group that ``message`` speaks of; a padlock for an unknown one."""
    folded = message.casefold()
    for glyph, words in _GLYPHS:
        if any(word.casefold() in folded for word in words):
            return glyph
    return "lock"


def app_dialog(title: str, message: str, buttons: tuple[str, ...]) -> Widget:
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
        *parts,
        id="parentPanel",
        style=Style(width=912, height=WRAP, background="#FFFFFF", radius=42, resource_package="android"),
    )


def _button_bar(buttons: tuple[str, ...]) -> Row:
    named = {"button1": buttons[0]}
    if len(buttons) > 1:
        named["button2"] = buttons[-1]
    if len(buttons) > 2:
        named["button3"] = buttons[1]
    flat = {
        id: Button(
            text,
            id=id,
            style=Style(
                width=WRAP,
                height=126,
                padding=(42, 0, 42, 0),
                margin=NONE,
                background="#00FFFFFF",
                text_size=37,
                text_colour=ACCENT,
                bold=True,
                resource_package="android",
            ),
        )
        for id, text in named.items()
    }
    row: list[Widget] = [flat["button3"]] if "button3" in flat else []
    row.append(Box(style=Style(width=0, height=1, weight=1, class_name="android.widget.Space")))
    row += [flat[id] for id in ("button2", "button1") if id in flat]
    return Row(
        *row,
        id="buttonPanel",
        gravity="center",
        style=Style(width=FILL, padding=(32, 21, 32, 21), resource_package="android"),
    )


def toast(text: str) -> Widget:
    """Return a text toast: a light pill above the navigation bar (SystemUI res/layout/text_toast.xml, 12 and later)."""
    label = Text(
        text,
        id="message",
        style=Style(text_size=37, text_colour=INK, margin=NONE, clickable=False, resource_package="android"),
    )
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


def status_bar(display: Display) -> Widget:
    """Return the status bar: clock at the left, signal, Wi-Fi and battery at the right (SystemUI status_bar.xml)."""
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
        return Column(
            *ordered, id="nav_buttons", style=Style(width=NAVIGATION_BAR_HEIGHT, height=FILL, background="#FFFAFAFA")
        )
    return Row(
        *ordered,
        id="nav_buttons",
        gravity="center",
        style=Style(width=FILL, height=NAVIGATION_BAR_HEIGHT, background="#FFFAFAFA"),
    )
