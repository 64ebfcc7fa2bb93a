"""Where a touch lands: the topmost window that takes it, and the view in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from device_farm.virtual.screen.windows import takes_all, touchable
from device_farm.virtual.widgets import ListView, Scroll

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.model import Rect, Window
    from device_farm.virtual.screen.layout import Placed
    from device_farm.virtual.screen.windows import Pane


@dataclass(frozen=True, slots=True)
class Hit:
    """``window`` gets the touch. ``outside`` is True beside a modal window; ``target`` is the view to click, if any."""

    window: Window
    outside: bool
    target: Placed | None
    touched: Placed | None  # the topmost view under the finger, clickable or not


def contains(rect: Rect, x: float, y: float) -> bool:
    """Whether the pixel is in the rectangle."""
    return rect.left <= x < rect.right and rect.top <= y < rect.bottom


def find(panes: list[Pane], x: float, y: float) -> Hit | None:
    """Who gets a touch at ``x``, ``y``. ``panes`` are the windows bottom to top; None where there is no window."""
    for pane in reversed(panes):
        window = pane.window
        if not touchable(window):
            continue
        if contains(pane.frame, x, y):
            target = _topmost(pane.root, x, y, clickable=True)
            return Hit(window, False, target, target or _topmost(pane.root, x, y, clickable=False))
        if takes_all(window):
            return Hit(window, True, None, None)
    return None


def scroll_at(panes: list[Pane], x: float, y: float) -> tuple[Window, Placed] | None:
    """The innermost Scroll under the point, in the window that gets the touch."""
    hit = find(panes, x, y)
    if hit is None or hit.outside:
        return None
    root = next(pane.root for pane in panes if pane.window is hit.window)
    found: Placed | None = None
    stack = [root]
    while stack:
        placed = stack.pop()
        if not contains(placed.clip, x, y):
            continue
        if isinstance(placed.widget, Scroll):
            found = placed
        stack += placed.children
    return (hit.window, found) if found is not None else None


def _topmost(placed: Placed, x: float, y: float, *, clickable: bool) -> Placed | None:
    """The view drawn last under the point; with ``clickable`` those that are not let the touch through.

    A list takes the touch that nothing in its row takes and clicks the row, clickable or not
    (AbsListView.onTouchEvent).
    """
    if not contains(placed.clip, x, y):
        return None
    for child in reversed(placed.children):
        found = _topmost(child, x, y, clickable=clickable)
        if found is not None:
            return found
        if clickable and isinstance(placed.widget, ListView) and contains(child.clip, x, y):
            return child
    return placed if placed.widget.clickable or not clickable else None
