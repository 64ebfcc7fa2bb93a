"""``dumpsys window windows`` (or ``dumpsys window``): windows from top to bottom and the one in focus.

Source: frameworks/base/services/core/java/com/android/server/wm/WindowState.java, dump and toString, and
frameworks/base/core/java/android/view/WindowManager.java, LayoutParams.toString, which prints numbers in 8: TYPE_ and
FLAG_, and of graphics/java/android/graphics/PixelFormat.java. How dark a window dims what is behind it (``dimAmount``)
is not printed; that it dims is, as the flag DIM_BEHIND. vivo adds the package and the type:
``Window{com.vivo.upslide:5ea724f u0 side_dock_gesture_bar type=2024 }``.

All windows that were added are there, also those of stopped activities, which have no surface and keep their last frame
(RootWindowContainer.java, dumpWindowsNoHeader; WindowContainer.java, forAllWindows; android-8.1 to 16). One that was
never laid out, or that its app made GONE before, has an empty frame.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.parsers.dump_sections import section

_TYPES = {
    1: "BASE_APPLICATION", 2: "APPLICATION", 3: "APPLICATION_STARTING", 4: "DRAWN_APPLICATION",
    1000: "APPLICATION_PANEL", 1001: "APPLICATION_MEDIA", 1002: "APPLICATION_SUB_PANEL", 1003: "APPLICATION_ATTACHED_DIALOG",
    1004: "APPLICATION_MEDIA_OVERLAY", 1005: "APPLICATION_ABOVE_SUB_PANEL",
    2000: "STATUS_BAR", 2001: "SEARCH_BAR", 2002: "PHONE", 2003: "SYSTEM_ALERT", 2004: "KEYGUARD", 2005: "TOAST",
    2006: "SYSTEM_OVERLAY", 2007: "PRIORITY_PHONE", 2008: "SYSTEM_DIALOG", 2009: "KEYGUARD_DIALOG", 2010: "SYSTEM_ERROR",
    2011: "INPUT_METHOD", 2012: "INPUT_METHOD_DIALOG", 2013: "WALLPAPER", 2014: "STATUS_BAR_PANEL",
    2015: "SECURE_SYSTEM_OVERLAY", 2016: "DRAG", 2017: "STATUS_BAR_SUB_PANEL", 2018: "POINTER", 2019: "NAVIGATION_BAR",
    2020: "VOLUME_OVERLAY", 2021: "BOOT_PROGRESS", 2022: "INPUT_CONSUMER", 2024: "NAVIGATION_BAR_PANEL",
    2026: "DISPLAY_OVERLAY", 2027: "MAGNIFICATION_OVERLAY", 2030: "PRIVATE_PRESENTATION", 2031: "VOICE_INTERACTION",
    2032: "ACCESSIBILITY_OVERLAY", 2033: "VOICE_INTERACTION_STARTING", 2034: "DOCK_DIVIDER", 2035: "QS_DIALOG",
    2036: "SCREENSHOT", 2037: "PRESENTATION", 2038: "APPLICATION_OVERLAY",
}  # fmt: skip
_FLAG_BITS = (  # from the lowest bit on
    "ALLOW_LOCK_WHILE_SCREEN_ON", "DIM_BEHIND", "BLUR_BEHIND", "NOT_FOCUSABLE", "NOT_TOUCHABLE", "NOT_TOUCH_MODAL",
    "TOUCHABLE_WHEN_WAKING", "KEEP_SCREEN_ON", "LAYOUT_IN_SCREEN", "LAYOUT_NO_LIMITS", "FULLSCREEN", "FORCE_NOT_FULLSCREEN",
    "DITHER", "SECURE", "SCALED", "IGNORE_CHEEK_PRESSES", "LAYOUT_INSET_DECOR", "ALT_FOCUSABLE_IM", "WATCH_OUTSIDE_TOUCH",
    "SHOW_WHEN_LOCKED", "SHOW_WALLPAPER", "TURN_SCREEN_ON", "DISMISS_KEYGUARD", "SPLIT_TOUCH", "HARDWARE_ACCELERATED",
    "LAYOUT_IN_OVERSCAN", "TRANSLUCENT_STATUS", "TRANSLUCENT_NAVIGATION", "LOCAL_FOCUS_MODE", "SLIPPERY",
    "LAYOUT_ATTACHED_IN_DECOR", "DRAWS_SYSTEM_BAR_BACKGROUNDS",
)  # fmt: skip
_PIXELS = {"-3": "TRANSLUCENT", "-2": "TRANSPARENT", "-1": "OPAQUE"}


def type_name(printed: str) -> str:
    """``APPLICATION_OVERLAY`` of ``2038``; what is a word, or a number we do not know, stays."""
    return _TYPES.get(int(printed), printed) if printed.isdigit() else printed


def flag_names(number: int) -> tuple[str, ...]:
    """The flags whose bits are set in ``fl=#...``."""
    return tuple(name for bit, name in enumerate(_FLAG_BITS) if number >> bit & 1)


def pixel_name(printed: str) -> str:
    """``TRANSLUCENT`` of ``-3``."""
    return _PIXELS.get(printed, printed)


# WINDOW MANAGER WINDOWS (dumpsys window windows), or any line by which a part of that dump can be told
_HEADING = re.compile(r"\ufeff?WINDOW MANAGER |  Window #\d+ Window\{| *mCurrentFocus=|\ufeff? *mFocusedApp=")
#   Window #0 Window{1400390 u0 NavigationBar0}:
_WINDOW = re.compile(r"  Window #\d+ Window\{\S+ u(\d+) (.*?)(?: type=\d+ ?)?\}:?[ \t]*$")
#     mOwnerUid=10087 mShowToOwnerOnly=false package=com.android.systemui appop=NONE
_OWNER = re.compile(r"mOwnerUid=(\d+).*? package=(\S+)")
# ... ty=STATUS_BAR fmt=TRANSLUCENT
# mAttrs=WM.LayoutParams{(0,0)(fillxfill) sim=#20 ty=1 fl=#81810100 fmt=-3 wanim=0x10302f4}                        8
_TYPE = re.compile(r"mAttrs=(?:WM\.LayoutParams)?\{.{0,2000}?\bty=([^\s}]+)", re.S)
#       fl=NOT_FOCUSABLE NOT_TOUCHABLE LAYOUT_IN_SCREEN HARDWARE_ACCELERATED
_FLAGS = re.compile(r"\bfl=(?:#([0-9a-f]{1,8})|([A-Z0-9_ ]*))")
# mAttrs={(0,0)(1x1) ... but fill and wrap where the window leaves its size to its parent or to what is in it
_WANTED = re.compile(r"mAttrs=(?:WM\.LayoutParams)?\{\(-?\d+,-?\d+\)\((\d+)x(\d+)\)")
#     mFrame=[0,1794][1080,1920] last=...          12+: frame=[0,0][1080,2400] last=...
_FRAME = re.compile(r"\b(?:mFrame|frame)=\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]")
# mAttrs={(0,0)(fillxfill) sim={adjust=pan} ty=BASE_APPLICATION fmt=TRANSLUCENT
_FORMAT = re.compile(r"mAttrs=(?:WM\.LayoutParams)?\{.{0,2000}?\bfmt=([^\s}]+)", re.S)
#     isOnScreen=true isVisible=true
_VISIBLE = re.compile(r"\bisVisible=(true|false)")
#   mCurrentFocus=Window{62aba15 u0 com.android.launcher3/com.android.launcher3.Launcher}
_FOCUS = re.compile(r"mCurrentFocus=(?:null|Window\{(\S+) u(\d+) (.*?)(?: type=\d+ ?)?\})")

OVER = "windows-over"
"""The name of the reading that is made to see whether a window lies over the app's page."""
_LAST_ANR = "WINDOW MANAGER LAST ANR"  # the windows as they were then (WindowManagerService.java, saveANRStateLocked)
_MOST_BODY = 500  # lines of one window


@dataclass(frozen=True, slots=True)
class Window:
    """One window. ``bounds`` is left, top, right, bottom in pixels; None, like ``visible``, where it is not printed.

    ``wanted`` is the width and height that its app gave it in pixels; None where it did not.
    """

    user: int
    title: str
    uid: int | None
    package: str | None
    type: str | None
    flags: tuple[str, ...]
    bounds: tuple[int, int, int, int] | None
    visible: bool | None
    translucent: bool
    wanted: tuple[int, int] | None = None

    @property
    def component(self) -> str | None:
        """The activity whose window it is, which names it; None for any other window."""
        return self.title if "/" in self.title else None

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height: of its frame, else as wanted; None for one never laid out that left its size open."""
        left, top, right, bottom = self.bounds or (0, 0, 0, 0)
        return (right - left, bottom - top) if right > left and bottom > top else self.wanted

    @property
    def dims_behind(self) -> bool:
        """Whether the system darkens what is behind it."""
        return "DIM_BEHIND" in self.flags


@dataclass(frozen=True, slots=True)
class Focus:
    """The window in focus and the user it belongs to; None when nothing has it or the dump does not say."""

    user: int | None
    title: str | None


@dataclass(frozen=True, slots=True)
class WindowDump:
    """All windows, top first, and the title of the one in focus; None when nothing has it or the dump does not say."""

    windows: tuple[Window, ...]
    focus: str | None


def window_dump(text: str) -> WindowDump:
    """Read a dump; raises FormatError for another text."""
    windows: list[Window] = []
    focus = None
    for found in read_windows(text.replace("\r\n", "\n").split("\n")):
        if isinstance(found, Window):
            windows.append(found)
        else:
            focus = found.title
    return WindowDump(tuple(windows), focus)


def front_page(windows: Iterable[Window], package: str) -> Window | None:
    """The topmost window of the app's activities that is on the screen, as far as the dump tells."""
    own = (window for window in windows if window.package == package and window.component)
    return next((window for window in own if window.visible is not False), None)


def lies_over(text: str, package: str) -> bool:
    """Whether another window of the app is seen behind the one in front; raises FormatError for another text."""
    own = [window for window in window_dump(text).windows if window.package == package and window.component]
    shown = [window for window in own if window.visible]
    return len(shown) > 1 and shown[0].translucent


def read_windows(lines: Iterable[str]) -> Iterator[Window | Focus]:
    """Yield windows from top to bottom, then the focus as the dump first tells it.

    Raises FormatError for another text.
    """
    focus: re.Match[str] | None = None
    head: re.Match[str] | None = None
    body: list[str] = []
    past = False
    for line in section(lines, "dumpsys window", _HEADING, service="window"):
        if line.startswith("WINDOW MANAGER "):
            past = line.startswith(_LAST_ANR)
        if past:
            continue
        focus = focus or _FOCUS.search(line)
        found = _WINDOW.match(line)
        if head and (found or (line.strip() and not line.startswith("    "))):
            yield _window(head, "\n".join(body))
            head = None
        if found:
            head, body = found, []
        elif head and len(body) < _MOST_BODY:
            body.append(line)
    if head:
        yield _window(head, "\n".join(body))
    yield Focus(int(focus[2]) if focus and focus[2] else None, focus[3] if focus else None)


def _window(head: re.Match[str], body: str) -> Window:
    owner, kind, flags = _OWNER.search(body), _TYPE.search(body), _FLAGS.search(body)
    frame, visible, pixels = _FRAME.search(body), _VISIBLE.search(body), _FORMAT.search(body)
    wanted = _WANTED.search(body)
    return Window(
        user=int(head[1]),
        title=head[2],
        uid=int(owner[1]) if owner else None,
        package=owner[2] if owner else None,
        type=type_name(kind[1]) if kind else None,
        flags=() if flags is None else flag_names(int(flags[1], 16)) if flags[1] else tuple(flags[2].split()),
        bounds=(int(frame[1]), int(frame[2]), int(frame[3]), int(frame[4])) if frame else None,
        visible=visible[1] == "true" if visible else None,
        translucent=pixels is not None and pixel_name(pixels[1]) in ("TRANSLUCENT", "TRANSPARENT"),
        wanted=(int(wanted[1]), int(wanted[2])) if wanted else None,
    )
