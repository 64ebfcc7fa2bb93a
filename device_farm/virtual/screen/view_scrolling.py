"""Moves the views that react by themselves to a finger that moves, or to a touch on a scrim or a tab.

``swipe`` goes the way of Android's touch dispatch: what lies further out may take a sideways movement first (a drawer),
the innermost scroller a movement up or down, unless the sheet around it is not yet at its full height.
"""

from device_farm.virtual.screen.accessibility_nodes import overflow
from device_farm.virtual.screen.view_layout import Placed
from device_farm.virtual.vocabulary.containers import (
    COLLAPSED,
    DP,
    EXPANDED,
    HALF_EXPANDED,
    HIDDEN,
    BottomSheet,
    DrawerLayout,
    HorizontalScrollView,
    Scrim,
    Tab,
    ViewPager2,
)
from device_farm.virtual.vocabulary.widgets import RadioButton, Scroll, Widget

EDGE = round(20 * DP)  # pixels from an edge at which a swipe pulls a drawer (ViewDragHelper.EDGE_SIZE)


def scroll(placed: Placed, pixels: int) -> bool:
    """Move the content of a Scroll up by ``pixels``; False where it is at its end."""
    widget = placed.widget
    if not isinstance(widget, Scroll):
        return False
    offset = max(0, min(overflow(placed), widget.offset + pixels))
    moved, widget.offset = offset != widget.offset, offset
    return moved


def turn(widget: Widget, pages: int) -> ViewPager2 | None:
    """Turn a pager by so many pages; None where there is none."""
    if not isinstance(widget, ViewPager2) or not 0 <= widget.current_item + pages < widget.pages:
        return None
    widget.current_item += pages
    return widget


def swipe(path: list[Placed], start: tuple[float, float], end: tuple[float, float]) -> Widget | None:
    """Move a finger along ``path`` (outermost first); return the widget that moved, None where none does."""
    across, down = end[0] - start[0], end[1] - start[1]
    if abs(across) > abs(down):
        moved = _drawer(path, start[0], across) or _sideways(path, across) or _page(path, -1 if across > 0 else 1)
        if moved is not None:
            return moved
    return _upright(path, down)


def click(widget: Widget, path: list[Placed]) -> Widget | None:
    """Return what a tap on a part of a container moves: the drawer that a scrim closes, the pager of a tab."""
    if isinstance(widget, Scrim):
        layout = next((placed.widget for placed in reversed(path) if isinstance(placed.widget, DrawerLayout)), None)
        if layout is not None:
            layout.close()
        return layout
    if isinstance(widget, Tab):
        widget.pager.current_item = widget.position
        return widget.pager
    return None


def check(root: Widget, chosen: RadioButton) -> None:
    """Check one radio button and uncheck those beside it (RadioGroup)."""
    for box in root.walk():
        if chosen in box.children:
            for other in box.children:
                if isinstance(other, RadioButton):
                    other.checked = other is chosen


def _drawer(path: list[Placed], x: float, across: float) -> Widget | None:
    """Pull a drawer in from its edge, or push an open one back to it."""
    for number, placed in enumerate(path):
        layout = placed.widget
        if not isinstance(layout, DrawerLayout):
            continue
        inwards = (across > 0) == (layout.side == "start")
        on_it = len(path) > number + 1 and path[number + 1].widget is layout.drawer
        from_edge = x - placed.bounds.left if layout.side == "start" else placed.bounds.right - x
        if not layout.is_open and inwards and from_edge < EDGE:
            layout.open()
            return layout
        if layout.is_open and not inwards and on_it:
            layout.close()
            return layout
    return None


def _sideways(path: list[Placed], across: float) -> Widget | None:
    """Move the content of the innermost HorizontalScrollView that is not at its end."""
    for placed in reversed(path):
        widget = placed.widget
        if isinstance(widget, HorizontalScrollView):
            most = max(0, widget.content_width - (placed.bounds.right - placed.bounds.left))
            offset = max(0, min(most, widget.offset - round(across)))
            moved, widget.offset = offset != widget.offset, offset
            if moved:
                return widget
    return None


def _page(path: list[Placed], pages: int) -> Widget | None:
    return next((moved for placed in reversed(path) if (moved := turn(placed.widget, pages)) is not None), None)


def _upright(path: list[Placed], down: float) -> Widget | None:
    """Scroll or drag the innermost of what can be moved up or down."""
    for number in range(len(path) - 1, -1, -1):
        placed = path[number]
        if isinstance(placed.widget, BottomSheet):
            if _drag(placed.widget, path[number - 1], placed, down):
                return placed.widget
        elif isinstance(placed.widget, Scroll):
            around = next((each.widget for each in path[:number] if isinstance(each.widget, BottomSheet)), None)
            rises = isinstance(around, BottomSheet) and around.state != EXPANDED
            if not rises and scroll(placed, round(-down)):
                return placed.widget
    return None


def _drag(sheet: BottomSheet, place: Placed, placed: Placed, down: float) -> bool:
    """Drag a sheet and let go of it: it settles as BottomSheetBehavior's ViewDragHelper.Callback.onViewReleased says.

    Up, it is half expanded next, or expanded from there. Down, it rests at the nearer of half expanded and collapsed,
    and one that was collapsed, or is let go of halfway below that (HIDE_THRESHOLD), is hidden, if it may be.
    """
    width, height = place.bounds.right - place.bounds.left, place.bounds.bottom - place.bounds.top
    wanted = placed.bounds.bottom - placed.bounds.top
    tops = {state: sheet.top(state, width, height, wanted) for state in (EXPANDED, HALF_EXPANDED, COLLAPSED, HIDDEN)}
    before, here, low = sheet.state, tops[sheet.state] + down, tops[COLLAPSED]
    if down < 0:
        half = not sheet.fit_to_contents and here > tops[HALF_EXPANDED]
        sheet.state = HALF_EXPANDED if half else EXPANDED
    elif sheet.hideable and (tops[before] >= low < here or here > (low + tops[HIDDEN]) / 2):
        sheet.state = HIDDEN
    else:
        half = not sheet.fit_to_contents and abs(here - tops[HALF_EXPANDED]) < abs(here - low)
        sheet.state = HALF_EXPANDED if half else COLLAPSED
    return sheet.state != before
