"""Measures widgets and places them: a small LinearLayout and FrameLayout, in pixels of a 420 dpi screen.

A box takes the width it is given and the height of its children; a child that is empty, scrolls or draws itself takes
the room that is left (layout_weight). Text wraps. A coloured box with children, alone in the middle or at the bottom of
its place, is drawn as a dialog's card or as a bottom sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from device_farm.virtual.framework.records.system_records import Rect
from device_farm.virtual.recorded.views import RecordedField, RecordedView
from device_farm.virtual.screen import fonts
from device_farm.virtual.screen.picture_files import picture_size
from device_farm.virtual.vocabulary.containers import BottomSheet, Filling, HorizontalScrollView
from device_farm.virtual.vocabulary.pen import colour
from device_farm.virtual.vocabulary.widgets import (
    FILL,
    WRAP,
    Box,
    Button,
    Canvas,
    Column,
    Edges,
    EditText,
    Image,
    Row,
    Scroll,
    Switch,
    Text,
    WebView,
    Widget,
)

NONE: Edges = (0, 0, 0, 0)
LEAF_MARGIN: Edges = (42, 21, 42, 21)
CARD_MARGIN: Edges = (84, 84, 84, 84)
CARD_PADDING: Edges = (21, 42, 21, 42)
CORNER = 42
TEXT_SIZE = 42  # 16 sp
TOUCH_HEIGHT = 126  # 48 dp
COLOUR_HEIGHT = 420  # an Image of one colour without a height


@dataclass(slots=True)
class Placed:
    """A widget with its place: ``bounds`` all of it, ``clip`` what is seen of it; ``radius`` by corner, in pixels."""

    widget: Widget
    bounds: Rect
    clip: Rect
    children: list[Placed] = field(default_factory=list)
    lines: tuple[str, ...] = ()
    radius: tuple[int, int, int, int] = (0, 0, 0, 0)


def placed_all(root: Placed) -> Iterator[Placed]:
    """``root`` and all in it, parents first."""
    yield root
    for child in root.children:
        yield from placed_all(child)


def intersect(a: Rect, b: Rect) -> Rect:
    """Return the intersection of both; empty (zero size) where there is none."""
    left, top = max(a.left, b.left), max(a.top, b.top)
    return Rect(left, top, max(left, min(a.right, b.right)), max(top, min(a.bottom, b.bottom)))


def empty(rect: Rect) -> bool:
    """Whether there is no pixel in it."""
    return rect.right <= rect.left or rect.bottom <= rect.top


def text_size(widget: Widget) -> int:
    """Size of the widget's text in pixels."""
    if widget.style.text_size is not None:
        return widget.style.text_size
    return 39 if isinstance(widget, Button) else TEXT_SIZE


def is_card(child: Widget, parent: Widget | None) -> bool:
    """Whether ``child`` is an opaque panel that floats in the middle or at the bottom of ``parent``."""
    return (
        isinstance(child, (Column, Row))
        and bool(child.children)
        and child.background is not None
        and colour(child.background)[3] == 255
        and child.style.margin is None
        and child.style.width is None
        and isinstance(parent, Column)
        and parent.gravity != "top"
    )


class Layout:
    """One pass over one tree; measurements are remembered for the pass."""

    def __init__(self) -> None:
        self._sizes: dict[tuple[int, int, int], tuple[int, int]] = {}

    # what a widget wants

    def measure(self, widget: Widget, parent: Widget | None, width: int, height: int) -> tuple[int, int]:
        """Size without margin of ``widget`` in at most ``width`` x ``height`` pixels."""
        key = (id(widget), width, height)
        if key not in self._sizes:
            style = widget.style
            own_width, own_height = self._own_size(widget, parent, width, height)
            wide = width if style.width == FILL else own_width if style.width in (None, WRAP) else style.width
            tall = height if style.height == FILL else own_height if style.height in (None, WRAP) else style.height
            assert wide is not None
            assert tall is not None
            self._sizes[key] = (max(0, min(wide, width)), max(0, min(tall, height)))
        return self._sizes[key]

    def _own_size(self, widget: Widget, parent: Widget | None, width: int, height: int) -> tuple[int, int]:
        left, top, right, bottom = self.padding(widget, parent)
        if widget.style.width not in (None, FILL, WRAP):
            width = min(width, widget.style.width or 0)
        inner_width, inner_height = max(0, width - left - right), max(0, height - top - bottom)
        if isinstance(widget, HorizontalScrollView):
            inner_width = max(inner_width, widget.content_width)
        if isinstance(widget, Image):
            return self._image_size(widget, width, height)
        if isinstance(widget, Canvas):
            return width, height
        if isinstance(widget, (Scroll, WebView, Column)):
            content = self._stack_size(widget, inner_width, inner_height, isinstance(widget, Scroll))
        elif isinstance(widget, Row):
            content = self._row_size(widget, inner_width, inner_height)
        elif isinstance(widget, Box):
            content = self._layers_size(widget, inner_width, inner_height)
        else:
            content = self._text_size(widget, inner_width)
        natural = isinstance(widget, (Text, EditText, Switch)) or widget.style.width == WRAP
        full = content[0] + left + right if natural else width
        return full, max(content[1] + top + bottom, self._least(widget))

    def _least(self, widget: Widget) -> int:
        return TOUCH_HEIGHT if isinstance(widget, (Button, EditText, Switch)) else 0

    def _text_size(self, widget: Widget, width: int) -> tuple[int, int]:
        size = text_size(widget)
        lines = fonts.wrap(shown_text(widget), size, width - self._mark_width(widget))
        widest = max((fonts.width(line, size) for line in lines), default=0.0)
        return int(widest) + 1 + self._mark_width(widget), len(lines) * fonts.line_height(size)

    def _mark_width(self, widget: Widget) -> int:
        return 150 if isinstance(widget, Switch) else 0

    def _image_size(self, image: Image, width: int, height: int) -> tuple[int, int]:
        natural = picture_size(image.path) if image.path is not None else None
        if natural is None:
            return min(width, image.width or width), image.height or COLOUR_HEIGHT
        scale = min(1.0, width / natural[0], max(height, 1) / natural[1])
        if image.width is not None:
            scale = image.width / natural[0]
        elif image.height is not None:
            scale = image.height / natural[1]
        return image.width or round(natural[0] * scale), image.height or round(natural[1] * scale)

    def _stack_size(self, box: Widget, width: int, height: int, endless: bool) -> tuple[int, int]:
        widest = total = 0
        for child in box.children:
            left, top, right, bottom = self.margin(child, box)
            room = 1_000_000 if endless else max(0, height - total - top - bottom)
            w, h = self.measure(child, box, max(0, width - left - right), room)
            if not endless and self.stretches(child):
                h = 0
            widest = max(widest, w + left + right)
            total += h + top + bottom
        return widest, total

    def _row_size(self, row: Row, width: int, height: int) -> tuple[int, int]:
        widths = self._row_widths(row, width, height)
        total = tallest = 0
        for child, w in zip(row.children, widths, strict=True):
            left, top, right, bottom = self.margin(child, row)
            _, h = self.measure(child, row, w, max(0, height - top - bottom))
            if self.stretches(child) and child.style.height is None:
                h = 0
            total += w + left + right
            tallest = max(tallest, h + top + bottom)
        return total, tallest

    def _layers_size(self, frame: Widget, width: int, height: int) -> tuple[int, int]:
        sizes = [(0, 0)]
        for child in frame.children:
            left, top, right, bottom = self.margin(child, frame)
            w, h = self.measure(child, frame, max(0, width - left - right), max(0, height - top - bottom))
            sizes.append((w + left + right, 0 if self.stretches(child) else h + top + bottom))
        return max(w for w, _ in sizes), max(h for _, h in sizes)

    def _row_widths(self, row: Row, width: int, height: int) -> list[int]:
        """Widths of a row's children: what they want, and the rest to those with a weight."""
        margins = [self.margin(child, row) for child in row.children]
        room = max(0, width - sum(left + right for left, _, right, _ in margins))
        weights = [self._row_weight(child) for child in row.children]
        wanted = [0 if weight else self.measure(child, row, room, height)[0] for child, weight in zip(row.children, weights, strict=True)]
        if sum(wanted) > room:  # too long for one line: all share alike
            weights = [1.0] * len(weights)
            wanted = [0] * len(wanted)
        spare, total = max(0, room - sum(wanted)), sum(weights)
        return [int(spare * weight / total) if weight else want for want, weight in zip(wanted, weights, strict=True)]

    def _row_weight(self, child: Widget) -> float:
        if child.style.weight:
            return child.style.weight
        if child.style.width is not None:
            return 0.0
        return 0.0 if isinstance(child, (Text, Image, Switch)) and not isinstance(child, Button) else 1.0

    def stretches(self, widget: Widget) -> bool:
        """Whether it takes the height that is left: empty boxes, and what scrolls or draws itself."""
        if widget.style.height is not None:
            return False
        if isinstance(widget, (Canvas, Scroll, WebView, Filling)):
            return True
        if isinstance(widget, Row):
            return not widget.children
        if isinstance(widget, Box):
            return not widget.children or any(self.stretches(child) for child in widget.children)
        return False

    # its distances

    def margin(self, widget: Widget, parent: Widget | None) -> Edges:
        """Distance to the neighbours, in pixels."""
        if widget.style.margin is not None:
            return widget.style.margin
        if is_card(widget, parent):
            return CARD_MARGIN if isinstance(parent, Box) and parent.gravity == "center" else NONE
        return LEAF_MARGIN if isinstance(widget, (Text, EditText, Switch)) else NONE

    def padding(self, widget: Widget, parent: Widget | None) -> Edges:
        """Distance from its edges to its content, in pixels."""
        if widget.style.padding is not None:
            return widget.style.padding
        if is_card(widget, parent):
            return CARD_PADDING
        if isinstance(widget, (Button, EditText)):
            return (42, 26, 42, 26)
        return NONE

    # where it lands

    def place(self, widget: Widget, parent: Widget | None, bounds: Rect, clip: Rect) -> Placed:
        """Place ``widget`` at ``bounds`` and its children in it; ``clip`` is what its parent shows."""
        seen = intersect(bounds, clip)
        placed = Placed(widget, bounds, seen, radius=_corners(widget, parent))
        left, top, right, bottom = self.padding(widget, parent)
        inner = Rect(
            bounds.left + left,
            bounds.top + top,
            max(bounds.left + left, bounds.right - right),
            max(bounds.top + top, bounds.bottom - bottom),
        )
        if isinstance(widget, HorizontalScrollView):
            start = inner.left - max(0, min(widget.offset, widget.content_width - (inner.right - inner.left)))
            inner = Rect(start, inner.top, max(inner.right, start + widget.content_width), inner.bottom)
        if isinstance(widget, RecordedView):
            placed.children = [self.place(child, widget, _recorded_bounds(child), seen) for child in widget.children]
        elif isinstance(widget, (Column, Scroll, WebView)):
            placed.children = self._place_column(widget, inner, seen)
        elif isinstance(widget, Row):
            placed.children = self._place_row(widget, inner, seen)
        elif isinstance(widget, Box):
            placed.children = self._place_layers(widget, inner, seen)
        elif not isinstance(widget, (Image, Canvas)):
            limit = inner.right - inner.left - self._mark_width(widget)
            placed.lines = fonts.wrap(shown_text(widget), text_size(widget), limit)
        return placed

    def _place_column(self, box: Widget, inner: Rect, clip: Rect) -> list[Placed]:
        width, height = inner.right - inner.left, inner.bottom - inner.top
        endless = isinstance(box, Scroll)
        margins = [self.margin(child, box) for child in box.children]
        sizes: list[tuple[int, int]] = []
        used = 0
        for child, (left, top, right, bottom) in zip(box.children, margins, strict=True):
            room = 1_000_000 if endless else max(0, height - used - top - bottom)
            w, h = self.measure(child, box, max(0, width - left - right), room)
            if not endless and self.stretches(child):
                h = 0
            sizes.append((w, h))
            used += h + top + bottom
        stretching = [] if endless else [n for n, child in enumerate(box.children) if self.stretches(child)]
        spare = max(0, height - used)
        for n in stretching:
            sizes[n] = (sizes[n][0], spare // len(stretching))
        y = inner.top + (0 if stretching or endless else _offset(box, spare))
        if isinstance(box, Scroll):
            box.offset = max(0, min(box.offset, used - height))
            y -= box.offset
        placed = []
        for child, (w, h), (left, top, right, bottom) in zip(box.children, sizes, margins, strict=True):
            x, w = self._across(child, box, w, inner.left + left, width - left - right)
            placed.append(self.place(child, box, Rect(x, y + top, x + w, y + top + h), clip))
            y += top + h + bottom
        return placed

    def _across(self, child: Widget, box: Widget, want: int, left: int, room: int) -> tuple[int, int]:
        """Left edge and width of a child in a column: text and buttons fill it, pictures stand in the middle."""
        if child.style.width is None and isinstance(child, (Text, EditText, Switch, Box, Scroll, WebView, Canvas)):
            return left, max(0, room)
        centred = child.style.side == "center" or (isinstance(child, Image) and child.style.width is None)
        if centred:
            return left + max(0, room - want) // 2, want
        return (left + max(0, room - want), want) if child.style.side == "end" else (left, want)

    def _place_row(self, row: Row, inner: Rect, clip: Rect) -> list[Placed]:
        height = inner.bottom - inner.top
        widths = self._row_widths(row, inner.right - inner.left, height)
        margins = [self.margin(child, row) for child in row.children]
        x = inner.left
        if not any(self._row_weight(child) for child in row.children) and row.gravity == "center":
            used = sum(widths) + sum(left + right for left, _, right, _ in margins)
            x += max(0, inner.right - inner.left - used) // 2
        placed = []
        for child, w, (left, top, right, bottom) in zip(row.children, widths, margins, strict=True):
            room = max(0, height - top - bottom)
            h = room if self.stretches(child) else self.measure(child, row, w, room)[1]
            spare = max(0, room - h)
            y = inner.top + top + (spare // 2 if isinstance(child, Text) else _offset(row, spare))
            placed.append(self.place(child, row, Rect(x + left, y, x + left + w, y + h), clip))
            x += left + w + right
        return placed

    def _place_layers(self, frame: Box, inner: Rect, clip: Rect) -> list[Placed]:
        placed = []
        for child in frame.children:
            left, top, right, bottom = self.margin(child, frame)
            room_w = max(0, inner.right - inner.left - left - right)
            room_h = max(0, inner.bottom - inner.top - top - bottom)
            w, h = self.measure(child, frame, room_w, room_h)
            if isinstance(child, (Box, Scroll, WebView, Canvas)) and child.style.height is None:
                h = room_h
            x, w = self._across(child, frame, w, inner.left + left, room_w)
            y = inner.top + top + _offset(frame, max(0, room_h - h))
            if isinstance(child, BottomSheet):
                h = room_h if self.stretches(child.inner) or not child.fit_to_contents else self.measure(child, frame, w, room_h)[1]
                y = inner.top + top + child.top(child.state, w, room_h, h)
            placed.append(self.place(child, frame, Rect(x, y, x + w, y + h), clip))
        return placed


def _recorded_bounds(widget: Widget) -> Rect:
    """What is recorded stands where it stood."""
    assert isinstance(widget, (RecordedView, RecordedField))
    return widget.bounds


def _offset(box: Widget, spare: int) -> int:
    gravity = box.gravity if isinstance(box, Box) else "top"
    return {"top": 0, "center": spare // 2, "bottom": spare}[gravity]


def _corners(widget: Widget, parent: Widget | None) -> tuple[int, int, int, int]:
    radius = widget.style.radius
    if not isinstance(radius, int):
        return radius
    if radius == 0 and is_card(widget, parent):
        low = CORNER if isinstance(parent, Box) and parent.gravity == "center" else 0
        return (CORNER, CORNER, low, low)
    if radius == 0 and isinstance(widget, Button) and widget.style.background is None:
        return (26, 26, 26, 26)
    return (radius, radius, radius, radius)


def shown_text(widget: Widget) -> str:
    """Return the text that the widget shows: its own, or the hint of an empty field."""
    if isinstance(widget, EditText):
        return widget.text or widget.hint
    return widget.text if isinstance(widget, (Text, Switch)) else ""


def place_root(root: Widget, area: Rect) -> Placed:
    """Place a window's root so that it fills ``area``."""
    return Layout().place(root, None, area, area)


def wanted_size(root: Widget, width: int, height: int) -> tuple[int, int, Edges]:
    """Width, height and margin that a content-sized window wants on a screen of ``width`` x ``height``."""
    layout = Layout()
    left, top, right, bottom = margin = layout.margin(root, None)
    w, h = layout.measure(root, None, max(0, width - left - right), max(0, height - top - bottom))
    return w, h, margin
