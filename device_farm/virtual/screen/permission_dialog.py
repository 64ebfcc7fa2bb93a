"""The runtime permission dialog as widgets, in the look of the device's ROM.

What differs between versions and ROMs is data: ``[dialog.style]`` (place, sizes, colours; lengths are pixels of a 420
dpi screen 1080 wide) and ``[dialog.tree]`` (the ids of the views that hold the others). The window is a
BASE_APPLICATION of the permission controller; ``window_place`` tells its gravity and how dark it makes what is behind
it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from device_farm.virtual.roms import Rom
from device_farm.virtual.screen.dialogs import NAVIGATION_BAR_HEIGHT, NONE
from device_farm.virtual.vocabulary.widgets import (
    FILL,
    WRAP,
    Button,
    Checkbox,
    Column,
    Edges,
    Image,
    RadioButton,
    Row,
    Scroll,
    Style,
    Switch,
    Text,
    Widget,
)

Answer = tuple[str, str, str]
"""One button: role, id without package, text."""

TICK = "dont_ask_checkbox"  # the role of the box 不再询问
ACCURACY = {"precise": "map_fine", "approximate": "map_coarse"}  # roles that are choices, and their pictures


def window_place(rom: Rom) -> tuple[str, float]:
    """Gravity of the dialog's window (center, bottom), and the dim amount behind it (0 to 1)."""
    style = rom.dialog.style
    return style["gravity"], style["dim"]


def permission_dialog(
    rom: Rom,
    language: str,
    *,
    message: str,
    buttons: list[Answer],
    detail: str | None = None,
    switches: Sequence[str] = (),
    dont_ask: bool = False,
) -> Widget:
    """Return the content of GrantPermissionsActivity: icon, message, and the buttons in the order given.

    A click comes with the button's id. Up to 9 one of the buttons is the box 不再询问; ``dont_ask`` is whether it is
    ticked, and then nothing can be allowed (packages/apps/PackageInstaller
    handheld/GrantPermissionsViewHandlerImpl.java, 9). ``switches`` are parts of what is asked for that a ROM lets the
    user keep out; all are on at first. The tree is that of packages/modules/ Permission
    PermissionController/res/layout/grant_permissions.xml (11 and later) where the ROM's data names no other.
    """
    style, tree = rom.dialog.style, rom.dialog.tree
    choices = [answer for answer in buttons if answer[0] in ACCURACY]
    answers = [answer for answer in buttons if answer[0] not in (*ACCURACY, TICK)]
    content = _description(style, tree, message, detail)
    content += [_switch(style, text) for text in switches]
    content += [_tick(id, text, dont_ask) for role, id, text in buttons if role == TICK]
    parts: list[Widget] = [
        Column(*content, id=tree["content"], style=Style(width=FILL, padding=_edges(style["padding"]))),
        *([_location_accuracy(style, choices)] if choices else []),
        _button_area(style, tree, answers, dont_ask),
    ]
    bottom = style["margin_bottom"] + NAVIGATION_BAR_HEIGHT if style["gravity"] == "bottom" else 0
    card = Style(width=style["width"], height=WRAP, background=style["background"], radius=style["radius"], margin=(0, 0, 0, bottom))
    holders: Sequence[str] = tree["holders"]
    if not holders:
        return Column(*parts, style=card)
    inner: Widget = Column(*parts, id=holders[-1] or None, style=Style(width=FILL))
    for id in reversed(holders[:-1]):
        inner = Column(inner, id=id or None, style=Style(width=FILL))
    return Scroll(inner, id=tree["scroll"], style=card)


def _description(style: Mapping[str, Any], tree: Mapping[str, Any], message: str, detail: str | None) -> list[Widget]:
    """The icon of the group, the question, and what the version adds below it."""
    title = Text(
        message,
        id="permission_message",
        style=Style(
            width=FILL, margin=(0, 42, 0, 0), text_size=style["title_size"], text_colour=style["ink"], align="center", clickable=False
        ),
    )
    head: list[Widget] = [title]
    if style["icon_size"]:
        icon = Style(glyph=permission_glyph(message), text_colour=style["icon_colour"], side="center", clickable=False)
        head.insert(0, Image("", id=tree["icon"], width=style["icon_size"], height=style["icon_size"], style=icon))
    found: list[Widget] = [Column(*head, id=tree["description"], style=Style(padding=NONE))]
    if detail:
        small = Style(width=FILL, margin=(0, 32, 0, 0), text_size=37, text_colour=style["ink"], align="center", clickable=False)
        found.append(Text(detail, id="detail_message", style=small))
    return found


def _location_accuracy(style: Mapping[str, Any], choices: list[Answer]) -> Row:
    """The two maps of 12 and later between which the user chooses; precise is chosen at first."""
    look = Style(margin=NONE, weight=1, height=336, padding=(0, 252, 0, 0), text_size=37, text_colour=style["ink"], background="#00FFFFFF")
    radios = [RadioButton(text, id=id, checked=role == "precise", style=replace(look, glyph=ACCURACY[role])) for role, id, text in choices]
    group = Row(*radios, id="permission_location_accuracy_radio_group")
    left, _, right, bottom = style["padding"]
    return Row(group, id="permission_location_accuracy", style=Style(padding=(left, 0, right, bottom)))


def _tick(id: str, text: str, ticked: bool) -> Checkbox:
    return Checkbox(text, id=id, checked=ticked, style=Style(width=FILL, margin=(0, 42, 0, 0), text_size=37))


def _switch(style: Mapping[str, Any], text: str) -> Row:
    """One part of what is asked for, as MIUI has it for storage (captures screens/cn/340.jpg: 164 to the next)."""
    label = Text(text, style=Style(weight=1, margin=NONE, text_size=style["button_text_size"], text_colour=style["ink"], clickable=False))
    return Row(label, Switch("", checked=True), gravity="center", style=Style(width=FILL, height=164, padding=(23, 0, 0, 0)))


def _button_area(style: Mapping[str, Any], tree: Mapping[str, Any], answers: list[Answer], dont_ask: bool) -> Widget:
    """The buttons: below each other, or beside each other where the ROM puts as many in a row."""
    in_row = len(answers) <= style["row_of"]
    last = len(answers) - 1
    buttons = [
        _button(style, answer, first=n == 0, last=n == last, in_row=in_row, enabled=not (dont_ask and answer[0] == "allow"))
        for n, answer in enumerate(answers)
    ]
    ids: Sequence[str] = tree["buttons"]
    root, area = Row if in_row else Column, Style(width=FILL, padding=_edges(style["button_area"]))
    if len(ids) < 2:
        return root(*buttons, id=(ids[0] or None) if ids else None, style=area)
    return Column(root(*buttons, id=ids[1], style=Style(width=FILL)), id=ids[0] or None, style=area)


def _button(style: Mapping[str, Any], answer: Answer, *, first: bool, last: bool, in_row: bool, enabled: bool) -> Button:
    role, id, text = answer
    primary = role in style["primary"]
    end, between, gap = style["button_end_radius"], style["button_radius"], style["button_gap"]
    top, bottom = (end if first or in_row else between), (end if last or in_row else between)
    return Button(
        text,
        id=id,
        style=Style(
            width=None if in_row else FILL,
            weight=1 if in_row else 0,
            height=style["button_height"],
            margin=NONE if last else (0, 0, gap, 0) if in_row else (0, 0, 0, gap),
            background=style["primary_background" if primary else "button_background"],
            radius=(top, top, bottom, bottom),
            text_size=style["button_text_size"],
            text_colour=style["primary_ink" if primary else "button_ink"],
            bold=style["button_bold"],
            enabled=enabled,
        ),
    )


def _edges(values: Sequence[int]) -> Edges:
    left, top, right, bottom = values
    return left, top, right, bottom


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
