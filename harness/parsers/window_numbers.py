"""The numbers of window attributes that Android 8 prints, as the words of 9 and later.

Source: frameworks/base/core/java/android/view/WindowManager.java, LayoutParams (TYPE_..., FLAG_...), and
graphics/java/android/graphics/PixelFormat.java.
"""

from __future__ import annotations

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
_FLAGS = (  # from the lowest bit on
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
    return tuple(name for bit, name in enumerate(_FLAGS) if number >> bit & 1)


def pixel_name(printed: str) -> str:
    """``TRANSLUCENT`` of ``-3``."""
    return _PIXELS.get(printed, printed)
