"""Finds where a touch lands: the topmost window that takes it, and the view in it."""

from dataclasses import dataclass

from device_farm.virtual.framework.records.system_records import Rect, Window
from device_farm.virtual.screen.view_layout import Placed
from device_farm.virtual.screen.window_panes import Pane, takes_all, touchable
from device_farm.virtual.vocabulary.containers import BottomSheet, DrawerLayout, HorizontalScrollView, ViewPager2
from device_farm.virtual.vocabulary.widgets import ListView, Scroll


@dataclass(frozen=True, slots=True)
class Hit:
    """``window`` gets the touch. ``outside`` is True beside a modal window; ``target`` is the view to click, if any."""

    window: Window
    outside: bool
    target: Placed | None
    touched: Placed | None  # the topmost view under the finger, clickable or not
    held: Placed | None = None  # the view of which a finger that stays is a long click


def contains(rect: Rect, x: float, y: float) -> bool:
    return rect.left <= x < rect.right and rect.top <= y < rect.bottom


def find(panes: list[Pane], x: float, y: float) -> Hit | None:
    """Find the view under a touch at ``x``, ``y`` in windows bottom to top; None where there is no window."""
    for pane in reversed(panes):
        window = pane.window
        if not touchable(window):
            continue
        if contains(pane.frame, x, y):
            return _hit(window, pane.root, x, y)
        if takes_all(window):
            return Hit(window, True, None, None)
    return None


def _hit(window: Window, root: Placed, x: float, y: float) -> Hit:
    path = _taking(root, x, y, moving=False)
    if not path:
        return Hit(window, False, None, _topmost(root, x, y))
    taker = path[-1]
    rows = path[-2].widget if len(path) > 1 else None
    row = isinstance(rows, ListView)
    target = taker if row or taker.widget.clickable else None
    held = taker if taker.widget.long_clickable or (isinstance(rows, ListView) and rows.long_clickable) else None
    return Hit(window, False, target, taker, held)


def way_down(panes: list[Pane], x: float, y: float) -> tuple[Window, list[Placed]]:
    """The views that a finger which moves from the point concerns, outermost first, in the window that gets it."""
    hit = find(panes, x, y)
    if hit is None or hit.outside:
        return (panes[-1].window if hit is None else hit.window), []
    root = next(pane.root for pane in panes if pane.window is hit.window)
    return hit.window, _taking(root, x, y, moving=True)


def _taking(placed: Placed, x: float, y: float, *, moving: bool) -> list[Placed]:
    """From ``placed`` down to the topmost view that takes the touch; empty where all let it through.

    A list takes the touch that nothing in its row takes and clicks the row, clickable or not
    (AbsListView.onTouchEvent); a drawer and a bottom sheet let none through. With ``moving`` what scrolls takes it too.
    """
    widget = placed.widget
    if not contains(placed.clip, x, y):
        return []
    for child in reversed(placed.children):
        found = _taking(child, x, y, moving=moving)
        if found:
            return [placed, *found]
        closed = isinstance(child.widget, BottomSheet) or (isinstance(widget, DrawerLayout) and child.widget is widget.drawer)
        if contains(child.clip, x, y) and (closed or isinstance(widget, ListView)):
            return [placed, child]
    scrolls = moving and isinstance(widget, (Scroll, HorizontalScrollView, ViewPager2, DrawerLayout))
    return [placed] if widget.clickable or widget.long_clickable or scrolls else []


def _topmost(placed: Placed, x: float, y: float) -> Placed | None:
    """The view drawn last under the point, whether it takes the touch or not."""
    if not contains(placed.clip, x, y):
        return None
    for child in reversed(placed.children):
        found = _topmost(child, x, y)
        if found is not None:
            return found
    return placed
