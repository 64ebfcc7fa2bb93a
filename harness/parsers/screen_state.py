"""The screen awake or asleep, locked or open: ``dumpsys power`` and ``dumpsys window policy``."""

import re
from dataclasses import dataclass

_WAKEFULNESS = re.compile(r"^\s*mWakefulness=(\w+)", re.M)  # "  mWakefulness=Awake", PowerManagerService.java dumpInternal
_SHOWING = re.compile(r"^\s*(?:showing|mIsShowing)=(true|false)", re.M)  # "      showing=true", KeyguardServiceDelegate.java dump
_SECURE = re.compile(r"^\s*secure=(true|false)", re.M)  # "      secure=true", the same


@dataclass(frozen=True, slots=True)
class ScreenState:
    """What a phone tells of its screen; None where it does not tell."""

    awake: bool | None = None
    locked: bool | None = None
    secure: bool | None = None
    """Whether it takes a PIN, a pattern or a face to unlock it."""


def parse_screen_state(power: str, policy: str) -> ScreenState:
    """The state by the two dumps; Dreaming and Dozing show no app either."""
    wakefulness = _WAKEFULNESS.search(power)
    showing, secure = ({word == "true" for word in pattern.findall(policy)} for pattern in (_SHOWING, _SECURE))
    return ScreenState(
        awake=wakefulness[1] == "Awake" if wakefulness else None,
        locked=True in showing if showing else None,
        secure=True in secure if secure else None,
    )
