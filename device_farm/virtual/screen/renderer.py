"""Draws windows as pixels, bottom to top, each over the dimmed rest where it dims what lies behind it."""

import zlib
from functools import lru_cache

from PIL import Image as Pictures
from PIL import ImageChops

from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.recorded.views import RecordedScreen, RecordedView
from device_farm.virtual.screen import fonts
from device_farm.virtual.screen.glyphs import glyph
from device_farm.virtual.screen.paint import Painter, rounded
from device_farm.virtual.screen.picture_files import picture
from device_farm.virtual.screen.view_layout import Placed, empty, placed_all, text_size
from device_farm.virtual.screen.window_panes import Pane
from device_farm.virtual.vocabulary.pen import PenRect, PenText, colour
from device_farm.virtual.vocabulary.widgets import (
    FILL,
    Box,
    Button,
    Canvas,
    Checkbox,
    Column,
    EditText,
    Frame,
    Image,
    RadioButton,
    Row,
    Scroll,
    Style,
    Switch,
    Text,
    WebView,
    Widget,
)

ACCENT = "#1A73E8"
INK = "#202124"
DISABLED_ALPHA = 97  # 0.38 (Material's disabledAlpha)
HINT = "#80868B"
WINDOW_BACKGROUND = "#FFFFFF"
TILES = ("#1A73E8", "#188038", "#D93025", "#E37400", "#9334E6", "#12859B", "#C5221F", "#B06000")  # of app icons


@lru_cache(maxsize=2)
def wallpaper(width: int, height: int) -> Pictures.Image:
    """Paint the wallpaper behind all windows: dusk blue to rose."""
    ramp = Pictures.linear_gradient("L").resize((width, height))
    top, bottom = Pictures.new("RGB", (width, height), "#28406B"), Pictures.new("RGB", (width, height), "#C9A1A7")
    return Pictures.composite(bottom, top, ramp)


def render(panes: list[Pane], width: int, height: int) -> Pictures.Image:
    """Return the screen as an RGB image. ``panes`` are what is visible, bottom to top."""
    panes = _through(panes)
    covered = bool(panes) and panes[0].opaque and panes[0].frame == Rect(0, 0, width, height)
    base = Pictures.new("RGB", (width, height)) if covered else wallpaper(width, height).copy()
    painter = Painter(base)
    for item in panes:
        if item.window.dim > 0:
            painter.dim(item.window.dim)
        if item.window.secure:  # FLAG_SECURE: the capture has black where the window is
            painter.fill(item.frame, "#000000", item.frame)
            continue
        if item.opaque:
            painter.fill(item.frame, WINDOW_BACKGROUND, item.frame)
        _draw(painter, item.root)
    return base


def _through(panes: list[Pane]) -> list[Pane]:
    """Return the panes that still show through all that dims them: below a dozen dialogs everything is black."""
    light = 1.0
    for number in range(len(panes) - 1, -1, -1):
        light *= 1.0 - panes[number].window.dim
        if light * 255 < 0.5:
            return panes[number:]
    return panes


def _draw(painter: Painter, placed: Placed) -> None:
    widget, rect, clip = placed.widget, placed.bounds, placed.clip
    if empty(clip):
        return
    background = _background(widget)
    if background is not None:
        painter.fill(rect, background, clip, placed.radius)
    if isinstance(widget, RecordedScreen):
        _draw_recorded(painter, widget, placed)
        return  # all of it is in the picture
    if isinstance(widget, Image):
        _draw_image(painter, widget, placed)
    elif isinstance(widget, Canvas):
        for stroke in widget.strokes:
            _draw_stroke(painter, stroke, rect, clip)
    elif isinstance(widget, EditText):
        _draw_field(painter, widget, placed)
    elif isinstance(widget, Switch):
        _draw_switch(painter, widget, placed)
    elif isinstance(widget, Text):
        _draw_text(painter, widget, placed)
    for child in placed.children:
        _draw(painter, child)


def _background(widget: Widget) -> str | None:
    if isinstance(widget, Box):
        return widget.background
    if widget.style.background is not None:
        return widget.style.background
    if isinstance(widget, Button):
        return ACCENT
    return WINDOW_BACKGROUND if isinstance(widget, WebView) else None


def _draw_text(painter: Painter, widget: Text, placed: Placed) -> None:
    style = widget.style
    button = isinstance(widget, Button)
    ink = style.text_colour or ("#FFFFFF" if button else INK)
    if not style.enabled:
        ink = f"#{DISABLED_ALPHA:02X}{ink.removeprefix('#')[-6:]}"
    align = style.align or ("center" if button else "start")
    rect = _padded(widget, placed.bounds, (26, 0, 26, 0) if button else (0, 0, 0, 0))
    bold = style.bold or (button and style.background is None)
    if style.glyph:
        _draw_emblem(painter, widget, placed)
    painter.lines(placed.lines, rect, text_size(widget), ink, placed.clip, align=align, bold=bold)


def _draw_emblem(painter: Painter, widget: Text, placed: Placed) -> None:
    """The picture above a text, as large as its top padding allows: a letter tile, or a round map with its ring."""
    bounds, clip = placed.bounds, placed.clip
    size = (widget.style.padding or (0, 0, 0, 0))[1] - 42
    left = (bounds.left + bounds.right - size) // 2
    tile = Rect(left, bounds.top + 16, left + size, bounds.top + 16 + size)
    round_corners = (size // 2, size // 2, size // 2, size // 2)
    if widget.style.glyph == "letter":
        painter.fill(tile, TILES[zlib.crc32(widget.id.encode()) % len(TILES)], clip, round_corners)
        x, y = (tile.left + tile.right) / 2, (tile.top + tile.bottom) / 2
        painter.text(fonts.printable(widget.text)[:1], x, y, size // 2, "#FFFFFF", clip, align="center")
        return
    if isinstance(widget, RadioButton) and widget.checked:
        painter.fill(tile, "#435E91", clip, round_corners)
    inside = Rect(tile.left + 8, tile.top + 8, tile.right - 8, tile.bottom - 8)
    inner = inside.right - inside.left
    disc = rounded(inner, inner, (inner // 2, inner // 2, inner // 2, inner // 2))
    painter.stencil(disc, inside, (201, 214, 238), clip)
    streets = ImageChops.multiply(glyph(widget.style.glyph, inner, inner), disc)
    painter.stencil(streets, inside, (67, 94, 145), clip)


def _padded(widget: Widget, rect: Rect, default: tuple[int, int, int, int]) -> Rect:
    left, top, right, bottom = widget.style.padding or default
    return Rect(rect.left + left, rect.top + top, rect.right - right, rect.bottom - bottom)


def _draw_field(painter: Painter, widget: EditText, placed: Placed) -> None:
    rect = placed.bounds
    line = ACCENT if widget.focused else "#9AA0A6"
    thick = 5 if widget.focused else 3
    painter.fill(rect, line, placed.clip, (16, 16, 16, 16))
    inside = Rect(rect.left + thick, rect.top + thick, rect.right - thick, rect.bottom - thick)
    painter.fill(inside, WINDOW_BACKGROUND, placed.clip, (13, 13, 13, 13))
    text = Rect(rect.left + 42, rect.top, rect.right - 42, rect.bottom)
    ink = INK if widget.text else HINT
    painter.lines(placed.lines, text, text_size(widget), ink, placed.clip, align="start", bold=False)


def _draw_switch(painter: Painter, widget: Switch, placed: Placed) -> None:
    rect, middle = placed.bounds, (placed.bounds.top + placed.bounds.bottom) // 2
    if isinstance(widget, Checkbox):
        box = Rect(rect.left + 8, middle - 27, rect.left + 62, middle + 27)
        painter.fill(box, ACCENT if widget.checked else "#5F6368", placed.clip, (8, 8, 8, 8))
        if widget.checked:
            painter.stencil(glyph("tick", 54, 54), box, (255, 255, 255), placed.clip)
        else:
            inside = Rect(box.left + 6, box.top + 6, box.right - 6, box.bottom - 6)
            painter.fill(inside, WINDOW_BACKGROUND, placed.clip, (4, 4, 4, 4))
        text = Rect(rect.left + 92, rect.top, rect.right, rect.bottom)
    else:
        track = Rect(rect.right - 130, middle - 38, rect.right, middle + 38)
        painter.fill(track, ACCENT if widget.checked else "#DADCE0", placed.clip, (38, 38, 38, 38))
        x = track.right - 66 if widget.checked else track.left + 10
        thumb = "#FFFFFF" if widget.checked else "#80868B"
        painter.fill(Rect(x, middle - 28, x + 56, middle + 28), thumb, placed.clip, (28, 28, 28, 28))
        text = Rect(rect.left, rect.top, rect.right - 150, rect.bottom)
    painter.lines(placed.lines, text, text_size(widget), INK, placed.clip, align="start", bold=False)


def _draw_image(painter: Painter, widget: Image, placed: Placed) -> None:
    rect = placed.bounds
    if widget.style.glyph == WALLPAPER:
        painter.picture(wallpaper(rect.right - rect.left, rect.bottom - rect.top).convert("RGBA"), rect, placed.clip)
    elif widget.style.glyph:
        inside = _padded(widget, rect, (0, 0, 0, 0))
        red, green, blue, alpha = colour(widget.style.text_colour or INK)
        mask = glyph(widget.style.glyph, inside.right - inside.left, inside.bottom - inside.top)
        painter.stencil(mask, inside, (red, green, blue), placed.clip, alpha)
    elif widget.colour is not None:
        painter.fill(rect, widget.colour, placed.clip, placed.radius)
    elif widget.path is not None:
        found = picture(widget.path)
        if found is None:
            painter.fill(rect, "#E8EAED", placed.clip)
        elif not empty(rect):
            painter.picture(found, rect, placed.clip)


def _draw_recorded(painter: Painter, widget: RecordedScreen, placed: Placed) -> None:
    """Draw the picture of the whole screen, as far as the window reaches; without one, the words of the views.

    A picture that is higher than the tree's screen goes on below it: the width is the scale of both.
    """
    found = None if widget.picture is None else picture(widget.picture)
    if found is not None:
        area = painter.area
        width, height = area.right - area.left, area.bottom - area.top
        turned = (found.width > found.height) is not (width > height)
        below = height if turned else round(width * found.height / found.width)
        painter.picture(found, Rect(area.left, area.top, area.right, area.top + below), placed.clip)
        return
    painter.fill(placed.bounds, WINDOW_BACKGROUND, placed.clip)
    for inner in placed_all(placed):
        if isinstance(inner.widget, RecordedView) and inner.widget.view.text and not empty(inner.clip):
            middle = (inner.bounds.top + inner.bounds.bottom) / 2
            painter.text(fonts.printable(inner.widget.view.text)[:200], inner.bounds.left, middle, 36, INK, inner.clip)


def _draw_stroke(painter: Painter, stroke: PenRect | PenText, rect: Rect, clip: Rect) -> None:
    """Draw what the app's own code drew, shifted to the canvas and cut off at its edges."""
    if isinstance(stroke, PenText):
        size = max(6, min(400, round(stroke.size)))
        align = {"left": "start", "center": "center", "right": "end"}[stroke.align]
        middle = rect.top + stroke.y + size * 0.6
        text = fonts.printable(stroke.text)[:500]
        painter.text(text, rect.left + stroke.x, middle, size, stroke.colour, clip, align=align)
        return
    left, right = sorted((round(stroke.left), round(stroke.right)))
    top, bottom = sorted((round(stroke.top), round(stroke.bottom)))
    radius = max(0, min(round(stroke.radius), (right - left) // 2, (bottom - top) // 2))
    place = Rect(rect.left + left, rect.top + top, rect.left + right, rect.top + bottom)
    painter.fill(place, stroke.colour, clip, (radius, radius, radius, radius))


WALLPAPER = "wallpaper"
COLUMNS = 4
TILE_HEIGHT = 330  # pixels, with the label


def home_screen(apps: list[tuple[str, str]]) -> Widget:
    """Icons of ``apps``, each (label, id); a click on one comes with its id."""
    rows: list[Widget] = []
    for start in range(0, len(apps), COLUMNS):
        row: list[Widget] = [_icon(label, id) for label, id in apps[start : start + COLUMNS]]
        row += [Box(style=Style(height=TILE_HEIGHT, weight=1)) for _ in range(COLUMNS - len(row))]
        rows.append(Row(*row))
    behind = Image("", style=Style(width=FILL, height=FILL, glyph=WALLPAPER))
    workspace = Scroll(Column(*rows, style=Style(padding=(32, 126, 32, 32))), id="workspace")
    return Frame(behind, workspace)


def _icon(label: str, id: str) -> Text:
    """A BubbleTextView: the icon above its label."""
    return Text(
        label,
        id=id,
        style=Style(
            margin=(0, 0, 0, 0),
            weight=1,
            height=TILE_HEIGHT,
            padding=(5, 210, 5, 42),
            text_size=34,
            text_colour="#FFFFFF",
            align="center",
            description=label,
            glyph="letter",
        ),
    )
