"""Places windows over each other, and finds those that the user can see, touch and read."""

from collections.abc import Iterable
from dataclasses import dataclass

from device_farm.virtual.framework.records.system_records import Display, Rect, Window, WindowKind
from device_farm.virtual.recorded.views import RecordedScreen
from device_farm.virtual.screen.dialogs import NAVIGATION_BAR_HEIGHT, status_bar_height
from device_farm.virtual.screen.view_layout import Placed, empty, intersect, place_root, wanted_size

# Order of window types, lowest first (WindowManagerPolicy.getWindowLayerFromTypeLw, services/core .../policy)
LAYERS = {
    WindowKind.BASE_APPLICATION: 2,
    WindowKind.APPLICATION: 2,
    WindowKind.TOAST: 7,
    WindowKind.APPLICATION_OVERLAY: 12,
    WindowKind.INPUT_METHOD: 13,
    WindowKind.STATUS_BAR: 15,
    WindowKind.NOTIFICATION_SHADE: 17,
    WindowKind.KEYGUARD_DIALOG: 19,
    WindowKind.NAVIGATION_BAR: 24,
}


@dataclass(frozen=True, slots=True)
class Pane:
    """A window with its place: ``frame`` all of it, ``content`` what is left between the bars, ``root`` its widgets."""

    window: Window
    frame: Rect
    content: Rect
    root: Placed

    @property
    def opaque(self) -> bool:
        """Whether nothing can be seen through it."""
        placed_by_size = self.window.gravity not in ("fill", "none")  # floating: its root draws its own shape
        return self.window.kind is WindowKind.BASE_APPLICATION and not (self.window.translucent or placed_by_size)


def stacked(windows: Iterable[Window]) -> list[Window]:
    """The windows from the lowest to the topmost; those of the same layer in the order given."""
    return sorted(windows, key=lambda window: LAYERS[window.kind])


def between_bars(display: Display) -> Rect:
    """Return what the bars leave of the screen: the navigation bar is at a side in landscape."""
    width, height, rotation = display
    top = status_bar_height(display)
    if rotation % 2 == 0:
        return Rect(0, top, width, height - NAVIGATION_BAR_HEIGHT)
    left = NAVIGATION_BAR_HEIGHT if rotation == 3 else 0
    return Rect(left, top, left + width - NAVIGATION_BAR_HEIGHT, height)


def pane(window: Window, display: Display) -> Pane:
    """Lay out one window on the screen as it is held now."""
    screen, between = Rect(0, 0, display.width, display.height), between_bars(display)
    if window.frame is not None:
        return Pane(window, window.frame, window.frame, place_root(window.root, window.frame))
    if window.gravity == "fill":
        bounded = window.kind in (WindowKind.BASE_APPLICATION, WindowKind.APPLICATION) and not isinstance(window.root, RecordedScreen)
        content = between if bounded else screen
        return Pane(window, screen, content, place_root(window.root, content))
    frame = _content_sized(window, between if window.gravity == "center" else screen)
    return Pane(window, frame, frame, place_root(window.root, frame))


def frame_of(window: Window, display: Display) -> Rect:
    """Where a window lies; what is in it is laid out only where that makes its size."""
    if window.frame is None and window.gravity == "fill":
        return Rect(0, 0, display.width, display.height)
    return window.frame or pane(window, display).frame


def _content_sized(window: Window, area: Rect) -> Rect:
    """Frame of a window as large as its root, in the middle of ``area`` or at one of its edges."""
    w, h, (left, top, right, bottom) = wanted_size(window.root, area.right - area.left, area.bottom - area.top)
    beside = area.right - area.left - left - right - w
    x = area.left + left + {"left": 0, "right": beside}.get(window.gravity, beside // 2)
    spare = area.bottom - area.top - top - bottom - h
    y = area.top + top + {"top": 0, "bottom": spare}.get(window.gravity, spare // 2)
    return Rect(x, y, x + w, y + h)


def visible(panes: list[Pane]) -> list[Pane]:
    """Return the panes that are seen: from the topmost opaque full-screen activity upwards, and all others."""
    lowest = 0
    for n, item in enumerate(panes):
        if item.opaque and item.window.frame is None and item.window.gravity == "fill":
            lowest = n
    return panes[lowest:]


def touchable(window: Window) -> bool:
    """Toasts let touches through (FLAG_NOT_TOUCHABLE in Toast.java)."""
    return window.kind is not WindowKind.TOAST


def readable(panes: list[Pane], width: int, height: int) -> list[Pane]:
    """The windows that accessibility services get, bottom to top.

    From the top down, a window counts while some of the screen is not yet taken by the touchable regions above it; a
    modal window takes the whole screen (buildWindowInfoListLocked, services/core .../wm/AccessibilityController.java).
    So the activity under a dialog is not in the list, and toasts never are.
    """
    free = [Rect(0, 0, width, height)]
    found: list[Pane] = []
    for item in reversed(panes):
        if not touchable(item.window):
            continue
        if all(empty(intersect(part, item.frame)) for part in free):
            continue
        found.append(item)
        taken = Rect(0, 0, width, height) if takes_all(item.window) else item.frame
        free = [piece for part in free for piece in _without(part, taken)]
    return found[::-1]


def takes_all(window: Window) -> bool:
    """Activities and modal windows get every touch of the screen that no window above them takes."""
    return window.modal or window.kind is WindowKind.BASE_APPLICATION


def _without(part: Rect, taken: Rect) -> list[Rect]:
    """Return what is left of ``part`` without ``taken``, as rectangles."""
    common = intersect(part, taken)
    if empty(common):
        return [part]
    pieces = [
        Rect(part.left, part.top, part.right, common.top),
        Rect(part.left, common.bottom, part.right, part.bottom),
        Rect(part.left, common.top, common.left, common.bottom),
        Rect(common.right, common.top, part.right, common.bottom),
    ]
    return [piece for piece in pieces if not empty(piece)]
