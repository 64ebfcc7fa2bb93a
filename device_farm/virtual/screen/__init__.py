"""The screen of the device: the picture that it shows, and touches on it.

``layout`` places widgets, ``windows`` stacks them, ``render`` draws them, ``nodes`` and ``hierarchy`` describe them,
``hit`` finds what a finger meets. ``Screen`` puts these together and remembers a frame until something changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PIL.Image import Image

from device_farm.virtual.framework.records.system_records import Window, WindowKind
from device_farm.virtual.kernel.device_clock import time_of_day
from device_farm.virtual.screen import hit, key_codes, view_scrolling
from device_farm.virtual.screen.accessibility_nodes import Node, window_node
from device_farm.virtual.screen.dialogs import Clock, status_bar_height
from device_farm.virtual.screen.frames import FRAMES, Frame
from device_farm.virtual.screen.hierarchy_dump import server_dump
from device_farm.virtual.screen.renderer import render
from device_farm.virtual.screen.view_layout import Placed, placed_all
from device_farm.virtual.screen.window_panes import Pane, pane, readable, stacked, visible
from device_farm.virtual.vocabulary.widgets import Canvas, EditText, RadioButton, Scroll, Switch, Text, Widget

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

TOUCH_SLOP = 21  # pixels; a finger that moves less has not moved (ViewConfiguration: 8 dp)
LONG_PRESS_SECONDS = 0.4  # ViewConfiguration.DEFAULT_LONG_PRESS_TIMEOUT
MAX_FIELD = 10_000  # characters that a field takes

Signature = tuple[object, ...]
_NUMBERS = itertools.count()  # of the screens of this process


class Screen:
    """The display of one device: pictures of it, its tree, and touches. Coordinates are pixels from the top left."""

    def __init__(self, device: VirtualDevice) -> None:
        self._device = device
        self.on = True  # the display is lit; ``key`` switches it
        self.on_toggled: Callable[[bool], None] = lambda on: None  # told of each press that may have switched it
        self._laid_out: dict[int, tuple[Signature, Pane]] = {}
        self._number = next(_NUMBERS)
        self._tree: tuple[Signature, list[Node]] | None = None
        self.finger: tuple[tuple[float, float], float] | None = None  # where and at which uptime a finger is down
        self._toast: str | None = None
        self._toasts_seen: set[int] = set()
        self._toasts = 0  # how many were shown
        self._clocks: dict[int, tuple[str, int]] = {}  # the status bar that has the time, and which
        self._looked: Signature = ()  # what there was to be seen when an accessibility service last read the tree

    @property
    def width(self) -> int:
        """Pixels from left to right, as the phone is held now."""
        return self._device.system.display.width

    @property
    def height(self) -> int:
        """Pixels from top to bottom, as the phone is held now."""
        return self._device.system.display.height

    def signature(self) -> Signature:
        """Something that is equal as long as the screen shows the same."""
        windows = self._windows()
        self._set_clock(windows)
        contents = ((w.token, w.revision, w.dim, w.secure, id(w.root), w.frame) for w in windows)
        return (self._is_pictured(), self._device.system.display, *contents)

    def _is_pictured(self) -> bool:
        """Whether a capture shows anything: not of a screen that is off, nor where the ROM gives black ones."""
        return self.on and "screencap" not in self._device.faults.lacks

    def note_look(self) -> None:
        """An accessibility service reads the tree now: changes count from here."""
        self._looked = self._visible()

    def changed(self, *, windows_only: bool = False) -> bool:
        """Whether something is to be seen that was not at the last look; with ``windows_only`` a window or toast."""
        now = self._visible()
        return now[:2] != self._looked[:2] if windows_only else now != self._looked

    def _visible(self) -> Signature:
        """Return what a look finds: the toasts there were, the windows but those of toasts, the rest."""
        windows = [window for window in self._windows() if window.kind is not WindowKind.TOAST]
        self._set_clock(windows)
        focused = self._device.system.focused_window()
        shown = tuple(w.token for w in windows)
        contents = tuple((w.revision, w.dim, w.secure, id(w.root), w.frame) for w in windows)
        return (self._toasts, shown, contents, self.on, self._device.system.display, None if focused is None else focused.token)

    def panes(self) -> list[Pane]:
        """The windows with their places, bottom to top."""
        windows = self._windows()
        self._set_clock(windows)
        found = [self._pane(window) for window in windows]
        tokens = {window.token for window in windows}
        self._laid_out = {token: kept for token, kept in self._laid_out.items() if token in tokens}
        return found

    def frame(self) -> Frame:
        """Return the picture of the screen, drawn anew only where it is another."""
        signature = self.signature()
        frame = FRAMES.get(self._number, signature)
        if frame is None:
            panes = visible(self.panes()) if self._is_pictured() else []
            drawn = render(panes, self.width, self.height)
            if not self._is_pictured():
                drawn.paste((0, 0, 0), (0, 0, self.width, self.height))
            frame = Frame(drawn)
            FRAMES.put(self._number, signature, frame)
        return frame

    def image(self) -> Image:
        """The screen as an RGB picture; do not draw on it."""
        return self.frame().image

    def raw(self) -> bytes:
        """The pixels as RGBA, row by row, without a header."""
        return self.frame().raw()

    def png(self) -> bytes:
        return self.frame().png()

    def tree(self) -> list[Node]:
        """The root node of each window that accessibility services get, bottom to top."""
        signature = self.signature()
        if self._tree is None or self._tree[0] != signature:
            panes = readable(self.panes(), self.width, self.height) if self.on else []
            self._tree = (signature, [window_node(item) for item in panes])
        return self._tree[1]

    def hierarchy_xml(self) -> str:
        """The tree as the uiautomator2 server prints it."""
        rotation = self._device.system.display.rotation
        return server_dump(self.tree(), sdk=self._device.rom.sdk, compressed=False, depth=50, rotation=rotation)

    def active_root(self) -> Node | None:
        """The root node of the window that has the focus; None without one."""
        focused = self._device.system.focused_window()
        roots = self.tree()
        for root in roots:
            if root.window is focused:
                return root
        return None

    def last_toast(self) -> str | None:
        """Text of the toast shown last, also when it is gone; None if it was forgotten."""
        self._windows()
        return self._toast

    def toast_shown(self, text: str) -> None:
        """The framework shows a toast: remember its text for accessibility services."""
        self._toast = text[:MAX_FIELD]
        self._toasts += 1

    def forget_toast(self) -> None:
        self._windows()
        self._toast = None

    def placed(self, window: Window) -> Iterator[Placed]:
        """The views of a window with their places."""
        return placed_all(self._pane(window).root)

    def draw_canvases(self, window: Window) -> None:
        """Let the app draw each Canvas of its window at its size, on its main thread; raises what that does."""
        for placed in self.placed(window):
            if isinstance(placed.widget, Canvas):
                bounds = placed.bounds
                placed.widget.record(bounds.right - bounds.left, bounds.bottom - bounds.top)

    # touches and keys

    def tap(self, x: float, y: float, *, held: bool = False) -> None:
        """A finger down and up at a point; outside the screen there is none. ``held`` is one that stays."""
        on_screen = 0 <= x < self.width and 0 <= y < self.height
        met = hit.find(visible(self.panes()), x, y) if self.on and on_screen else None
        if met is None:
            return
        handler, widget = met.window.handler, None if met.touched is None else met.touched.widget
        if handler is None:
            if met.window.kind is WindowKind.NAVIGATION_BAR and widget is not None:
                self._navigate(widget.id)
            return
        if met.outside:
            handler.outside()
            return
        handler.touch("" if widget is None else widget.id, int(x), int(y))
        if held and met.held is not None and met.held.widget.style.enabled and (gestures := met.window.gestures) is not None:
            gestures.long_click(met.held.widget.id, met.held.widget)
        elif met.target is not None:
            self._click(met.window, met.target.widget, (x, y))

    def long_press(self, x: float, y: float) -> None:
        """A finger that stays: a click where no view listens for long clicks (View.onTouchEvent)."""
        self.tap(x, y, held=True)

    def finger_down(self, x: float, y: float) -> None:
        """The first event of a touch that comes event by event (MotionEvent.ACTION_DOWN)."""
        self.finger = (x, y), self._device.clock.uptime

    def finger_up(self, x: float, y: float) -> None:
        """Its last (ACTION_UP): all between have made it a tap, a long press or a swipe."""
        if self.finger is None:
            return
        (x1, y1), since = self.finger
        self.finger = None
        if max(abs(x - x1), abs(y - y1)) >= TOUCH_SLOP:
            self.swipe(x1, y1, x, y)
        elif self._device.clock.uptime - since >= LONG_PRESS_SECONDS:
            self.long_press(x, y)
        else:
            self.tap(x, y)

    def swipe(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A finger that moves: moves what lies under its start, else tells the app; one that hardly moves is a tap."""
        if abs(x2 - x1) < TOUCH_SLOP and abs(y2 - y1) < TOUCH_SLOP:
            self.tap(x1, y1)
            return
        if not self.on:
            return
        shade, keyguard = self._device.system.shade, self._device.system.keyguard
        if keyguard.window is not None:
            if y2 < y1 - TOUCH_SLOP:
                keyguard.dismiss()
            return
        if y1 < status_bar_height(self._device.system.display) and y2 > y1:
            shade.expand()
            return
        window, path = hit.way_down(visible(self.panes()), x1, y1)
        if (moved := view_scrolling.swipe(path, (x1, y1), (x2, y2))) is not None:
            self._moved(window, moved)
            return
        if abs(x2 - x1) > abs(y2 - y1) and shade.swiped(x1, y1):
            return
        if shade.window is not None and y2 < y1:
            shade.collapse()
        elif (met := hit.find(visible(self.panes()), x1, y1)) is not None:
            self._device.system.recents.swiped(met.window, x1, y2 - y1)
            if met.window.gestures is not None and not met.outside:
                touched = "" if met.touched is None else met.touched.widget.id
                met.window.gestures.fling(touched, (int(x1), int(y1)), (int(x2), int(y2)))

    def scroll_by(self, window: Window, scroll: Placed, pixels: int) -> bool:
        """Move the content of a Scroll up by ``pixels``; False where it is at its end."""
        window.revision += (moved := view_scrolling.scroll(scroll, pixels))
        return moved

    def turn_page(self, window: Window, placed: Placed, pages: int) -> bool:
        """Turn a pager; False at its end, or where there is none."""
        pager = view_scrolling.turn(placed.widget, pages)
        if pager is not None:
            self._moved(window, pager)
        return pager is not None

    def _moved(self, window: Window, widget: Widget) -> None:
        window.revision += 1
        if not isinstance(widget, Scroll) and window.gestures is not None:
            window.gestures.moved(widget)

    def type_text(self, text: str) -> bool:
        """Append to the field that has the focus; False without one."""
        if self._device.system.keyguard.window is not None:
            for digit in filter(str.isdigit, text):
                self._device.system.keyguard.typed(digit)
            return True
        return any(self._set_field(window, field, field.text + text) for window, field in self._focused_fields())

    def set_text(self, window: Window, widget: Widget, text: str) -> bool:
        """Replace the content of a field; False for what is no field."""
        return isinstance(widget, EditText) and self._set_field(window, widget, text)

    def clear_text(self) -> bool:
        """Empty the field that has the focus; False without one."""
        return any(self._set_field(window, field, "") for window, field in self._focused_fields())

    def key(self, key: str | int) -> bool:
        """Press a key by name (``home``, ``KEYCODE_HOME``) or code; False for one that is not known."""
        code = key_codes.key_code(key)
        if code is None:
            return False
        if code in (key_codes.POWER, key_codes.SLEEP, key_codes.WAKEUP):
            self.on = code == key_codes.WAKEUP or (code == key_codes.POWER and not self.on)
            self.on_toggled(self.on)
        elif not self.on:
            return True
        elif self._device.system.keyguard.window is not None:
            self._key_on_keyguard(code)
        elif code == key_codes.HOME:
            self._device.system.go_home()
        elif code == key_codes.APP_SWITCH:
            self._device.system.recents.show()
        elif code == key_codes.BACK:
            self._device.system.press_back()
        elif code == key_codes.DEL:
            for window, field in self._focused_fields():
                self._set_field(window, field, field.text[:-1])
        elif code == key_codes.CLEAR:
            self.clear_text()
        return True

    def _key_on_keyguard(self, code: int) -> None:
        """The menu key is as good as a swipe, digits and enter answer the PIN; nothing else gets through."""
        keyguard = self._device.system.keyguard
        if code == key_codes.MENU:
            keyguard.dismiss()
        elif code in (key_codes.ENTER, key_codes.DEL) or key_codes.ZERO <= code <= key_codes.ZERO + 9:
            keyguard.typed({key_codes.ENTER: "⏎", key_codes.DEL: "⌫"}.get(code, str(code - key_codes.ZERO)))

    # the rest is its own

    def _windows(self) -> list[Window]:
        windows = stacked(self._device.system.windows)
        toasts = [window for window in windows if window.kind is WindowKind.TOAST]
        for window in toasts:
            if window.token not in self._toasts_seen:
                self.toast_shown("".join(w.text for w in window.root.walk() if isinstance(w, Text)))
        self._toasts_seen = {window.token for window in toasts}
        return windows

    def _pane(self, window: Window) -> Pane:
        display = self._device.system.display
        signature = (window.revision, id(window.root), window.frame, window.gravity, display)
        kept = self._laid_out.get(window.token)
        if kept is None or kept[0] != signature:
            kept = (signature, pane(window, display))
            self._laid_out[window.token] = kept
        return kept[1]

    def _set_clock(self, windows: list[Window]) -> None:
        """Write the time into the status bar, where it is another minute."""
        now = time_of_day(self._device, self._device.clock.wall)
        for window in windows:
            if window.kind is WindowKind.STATUS_BAR and self._clocks.get(window.token) != (now, window.revision):
                for widget in window.root.walk():
                    if isinstance(widget, Clock) and widget.text != now:
                        widget.text = now
                        window.revision += 1
                self._clocks = {window.token: (now, window.revision)}

    def _click(self, window: Window, widget: Widget, at: tuple[float, float]) -> None:
        handler = window.handler
        if handler is None or not widget.style.enabled:
            return
        if (moved := view_scrolling.click(widget, hit.way_down(visible(self.panes()), *at)[1])) is not None:
            self._moved(window, moved)
            return
        if isinstance(widget, Switch):
            widget.checked = not widget.checked
            window.revision += 1
            handler.switch(widget.id, widget.checked)
        elif isinstance(widget, EditText):
            for _window, other in self._fields():
                other.focused = other is widget
            window.revision += 1
            self._device.system.soft_input.show(window)
        else:
            if isinstance(widget, RadioButton):
                view_scrolling.check(window.root, widget)
                window.revision += 1
            handler.click(widget.id, widget)

    def _navigate(self, id: str) -> None:
        if id == "back":
            self._device.system.press_back()
        elif id == "home":
            self._device.system.go_home()
        elif id == "recent_apps":
            self._device.system.recents.show()

    def _fields(self) -> Iterator[tuple[Window, EditText]]:
        for item in readable(self.panes(), self.width, self.height):
            for widget in item.window.root.walk():
                if isinstance(widget, EditText):
                    yield item.window, widget

    def _focused_fields(self) -> list[tuple[Window, EditText]]:
        """The field with the focus in the topmost window that has one."""
        return [(window, field) for window, field in self._fields() if field.focused][-1:]

    def _set_field(self, window: Window, field: EditText, text: str) -> bool:
        field.text = text[:MAX_FIELD]
        window.revision += 1
        if window.handler is not None:
            window.handler.text(field.id, field.text)
        return True
