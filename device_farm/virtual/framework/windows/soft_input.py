"""The keyboard on the screen: when it comes and goes, and what a finger on it types.

After InputMethodManagerService: a tap on a field shows it, Back hides it before the app hears of Back, and it goes with
the window it writes into. It lies over the lower part of the app (adjustPan). Its keys are pixels, as LatinIME's are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.system_records import Rect, Window, WindowHandler, WindowKind
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.screen.dialogs import NAVIGATION_BAR_HEIGHT
from device_farm.virtual.vocabulary.pen import Pen
from device_farm.virtual.vocabulary.widgets import Canvas, Style

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

HEIGHT, HEIGHT_LANDSCAPE = 748, 480  # pixels above the navigation bar: LatinIME's config_default_keyboard_height at 420 dpi
_ROWS = ("qwertyuiop", "asdfghjkl", "⇧zxcvbnm⌫", "⚙, .⏎")
_WIDE = {" ": 5.0, "⇧": 1.5, "⌫": 1.5, "⏎": 1.5, "⚙": 1.5}  # keys of another width than one
_SILENT = ("com.github.uiautomator", "com.android.adbkeyboard", "io.appium.settings")  # keyboards that show no keys


class SoftInput(SystemService):
    """Whether the keyboard is shown, and for which window."""

    def made(self) -> None:
        self._target: Window | None = None
        self.window: Window | None = None

    def rebooted(self) -> None:
        self.forget()

    @property
    def shown(self) -> bool:
        """mInputShown of dumpsys input_method."""
        return self.window is not None

    def show(self, target: Window) -> None:
        """A field of ``target`` was tapped (InputMethodManager.showSoftInput)."""
        package = self._system.device.settings["secure"].get("default_input_method", "").partition("/")[0]
        if not package or package.startswith(_SILENT):
            return
        self._target = target
        if self.window is None:
            self.window = self._make(package)
            self._system.window_manager.refresh()

    def hide(self) -> bool:
        """Take it away; False if it was not there."""
        if self.window is None:
            return False
        self.window = self._target = None
        self._system.window_manager.refresh()
        return True

    def writes_into(self, focused: Window | None) -> bool:
        """Whether it is still of use: it goes with the window it writes into, and when the display is turned."""
        return focused is self._target

    def forget(self) -> None:
        """It is gone with the window it wrote into."""
        self.window = self._target = None

    def _make(self, package: str) -> Window:
        installed = self._system.packages.get(package)
        frame = self._frame()
        root = Canvas(_draw, style=Style(background="#FFE8EAED"))
        root.record(frame.right - frame.left, frame.bottom - frame.top)
        return Window(
            title="InputMethod",
            package=package,
            uid=installed.uid if installed is not None else 10050,
            kind=WindowKind.INPUT_METHOD,
            root=root,
            handler=_KeyboardInput(self._system, frame),
            frame=frame,
            gravity="none",
        )

    def _frame(self) -> Rect:
        width, height, rotation = self._system.display
        if rotation % 2 == 0:
            bottom = height - NAVIGATION_BAR_HEIGHT
            return Rect(0, bottom - HEIGHT, width, bottom)
        left = NAVIGATION_BAR_HEIGHT if rotation == 3 else 0
        return Rect(left, height - HEIGHT_LANDSCAPE, left + width - NAVIGATION_BAR_HEIGHT, height)


def _keys(width: float, height: float) -> list[tuple[str, float, float, float, float]]:
    """Each key with its left, top, right and bottom in a keyboard of that size."""
    placed = []
    row_height = height / len(_ROWS)
    for number, row in enumerate(_ROWS):
        unit = width / 10
        left = (width - sum(_WIDE.get(key, 1.0) for key in row) * unit) / 2
        for key in row:
            right = left + _WIDE.get(key, 1.0) * unit
            placed.append((key, left, number * row_height, right, (number + 1) * row_height))
            left = right
    return placed


def _draw(pen: Pen) -> None:
    for key, left, top, right, bottom in _keys(pen.width, pen.height):
        pen.rect(left + 6, top + 10, right - 6, bottom - 10, colour="#FFFFFFFF", radius=12)
        if key.isascii() and key != " ":
            pen.text(key, (left + right) / 2, (top + bottom) / 2 - 32, size=54, colour="#FF202124", align="center")
        elif key != " ":
            pen.rect((left + right) / 2 - 24, (top + bottom) / 2 - 4, (left + right) / 2 + 24, (top + bottom) / 2 + 4, colour="#FF5F6368")


class _KeyboardInput(WindowHandler):
    """A finger on a key types it into the field that has the focus."""

    def __init__(self, system: System, frame: Rect) -> None:
        self._system, self._frame = system, frame

    def touch(self, id: str, x: int, y: int) -> None:
        left, top, right, bottom = self._frame
        keys = _keys(right - left, bottom - top)
        hit = next((key for key, *edges in keys if edges[0] <= x - left < edges[2] and edges[1] <= y - top < edges[3]), None)
        screen = self._system.device.screen
        if hit == "⌫":
            screen.key("del")
        elif hit == "⏎":
            screen.key("enter")
        elif hit is not None and hit.isascii():
            screen.type_text(hit)
