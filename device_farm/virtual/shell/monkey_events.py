"""The random events of monkey.

The same events for the same seed, those of an Android 12 phone with a screen of this size.

Source: development cmds/monkey/src/com/android/commands/monkey/MonkeySourceRandom.java as of Android 8.0 and later
(twelve factors, pointers that wander in single precision), java.util.Random for the numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

TOUCH, MOTION, PINCHZOOM, TRACKBALL, ROTATION, PERMISSION, NAV, MAJORNAV, SYSOPS, APPSWITCH, FLIP, ANYTHING = range(12)
DEFAULTS = (15.0, 10.0, 2.0, 15.0, 0.0, 0.0, 25.0, 15.0, 2.0, 2.0, 1.0, 13.0)  # percent
_NAV_KEYS = (19, 20, 21, 22)  # DPAD_UP, DOWN, LEFT, RIGHT
_MAJOR_NAV_KEYS = (82, 23)  # MENU, DPAD_CENTER
_SYS_KEYS = (3, 4, 5, 6, 24, 25, 164, 91)  # HOME, BACK, CALL, ENDCALL, VOLUME_UP, VOLUME_DOWN, VOLUME_MUTE, MUTE
_NEVER = (26, 6, 223, 276)  # POWER, ENDCALL, SLEEP, SOFT_SLEEP
MAX_KEY_CODE = 288  # KeyEvent.getMaxKeyCode of Android 12: PROFILE_SWITCH
_MULTIPLIER, _MASK = 0x5DEECE66D, (1 << 48) - 1


class JavaRandom:
    """java.util.Random: a linear congruential generator of 48 bits."""

    def __init__(self, seed: int) -> None:
        """Start as ``new Random(seed)``."""
        self._state = (seed ^ _MULTIPLIER) & _MASK

    def _bits(self, count: int) -> int:
        self._state = (self._state * _MULTIPLIER + 0xB) & _MASK
        return self._state >> (48 - count)

    def below(self, bound: int) -> int:
        """``nextInt(bound)``."""
        value = self._bits(31)
        if bound & (bound - 1) == 0:
            return (bound * value) >> 31
        while value - value % bound + bound - 1 >= 1 << 31:
            value = self._bits(31)
        return value % bound

    def single(self) -> np.float32:
        """``nextFloat()``."""
        return np.float32(self._bits(24) / (1 << 24))

    def flag(self) -> bool:
        """``nextBoolean()``."""
        return bool(self._bits(1))


class Kind(StrEnum):
    """The effect of an event."""

    TOUCH = "Touch"
    TRACKBALL = "Trackball"
    KEY = "Key"
    SWITCH = "Switch"
    FLIP = "Flip"
    ROTATION = "Rotation"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``action`` is MotionEvent's or KeyEvent's name; ``points`` are one or two fingers.

    ``value`` depends on the kind: key code, number of the app, whether the keyboard is open, rotation.
    """

    kind: Kind
    action: str = ""
    points: tuple[tuple[np.float32, np.float32], ...] = ()
    value: int = 0
    stays: bool = False  # a rotation that is not given up
    between: bool = False  # not the first or last of a gesture: printed only when asked for twice


class WeightsProblem(Exception):
    """The percentages do not add up; the text is what monkey says."""


def weights(chosen: dict[int, int]) -> list[np.float32]:
    """Percentage of each factor, with those that the user chose (MonkeySourceRandom.adjustEventFactors)."""
    factors = [np.float32(-chosen[n]) if n in chosen else np.float32(value) for n, value in enumerate(DEFAULTS)]
    given = np.float32(-sum(value for value in factors if value <= 0))
    rest = np.float32(sum(value for value in factors if value > 0))
    if given > 100:
        raise WeightsProblem("** Event weights > 100%")
    if rest == 0 and not 99.9 <= given <= 100.1:
        raise WeightsProblem("** Event weights != 100%")
    adjustment = np.float32((np.float32(100) - given) / rest) if rest else np.float32(0)
    return [np.float32(-value) if value <= 0 else np.float32(value * adjustment) for value in factors]


class Source:
    """An endless stream of events."""

    def __init__(self, random: JavaRandom, percentages: list[np.float32], apps: int, width: int, height: int) -> None:
        """``apps``: how many main activities to switch between; the screen is ``width`` x ``height`` pixels."""
        self._random, self._apps = random, apps
        self._width, self._height = width, height
        self._limits: list[np.float32] = []
        total = np.float32(0)
        for value in percentages:
            total = np.float32(total + np.float32(value / np.float32(100)))
            self._limits.append(total)
        self._keyboard_open = False

    def events(self) -> Iterator[Event]:
        """Switch to an app first, then whatever comes."""
        yield self._switch()
        while True:
            yield from self._next()

    def _switch(self) -> Event:
        return Event(Kind.SWITCH, value=self._random.below(self._apps))

    def _next(self) -> Iterator[Event]:
        chosen, limits = self._random.single(), self._limits
        if chosen < limits[PINCHZOOM]:
            kind = next(n for n in (TOUCH, MOTION, PINCHZOOM) if chosen < limits[n])
            return self._pointer(kind)
        if chosen < limits[TRACKBALL]:
            return self._trackball()
        if chosen < limits[ROTATION]:
            return iter([Event(Kind.ROTATION, value=self._random.below(4), stays=self._random.flag())])
        while True:
            if chosen < limits[NAV]:
                key = _NAV_KEYS[self._random.below(len(_NAV_KEYS))]
            elif chosen < limits[MAJORNAV]:
                key = _MAJOR_NAV_KEYS[self._random.below(len(_MAJOR_NAV_KEYS))]
            elif chosen < limits[SYSOPS]:
                key = _SYS_KEYS[self._random.below(len(_SYS_KEYS))]
            elif chosen < limits[APPSWITCH]:
                return iter([self._switch()])
            elif chosen < limits[FLIP]:
                self._keyboard_open = not self._keyboard_open
                return iter([Event(Kind.FLIP, value=int(not self._keyboard_open))])
            else:
                key = 1 + self._random.below(MAX_KEY_CODE - 1)
            if key not in _NEVER:
                return iter([Event(Kind.KEY, "ACTION_DOWN", value=key), Event(Kind.KEY, "ACTION_UP", value=key)])

    def _pointer(self, kind: int) -> Iterator[Event]:
        first, step = self._point(), self._vector()
        yield Event(Kind.TOUCH, "ACTION_DOWN", (first,))
        if kind == MOTION:
            for _ in range(self._random.below(10)):
                first = self._walk(first, step)
                yield Event(Kind.TOUCH, "ACTION_MOVE", (first,), between=True)
        elif kind == PINCHZOOM:
            second, other = self._point(), self._vector()
            first = self._walk(first, step)
            yield Event(Kind.TOUCH, "ACTION_POINTER_DOWN 1", (first, second), between=True)
            for _ in range(self._random.below(10)):
                first, second = self._walk(first, step), self._walk(second, other)
                yield Event(Kind.TOUCH, "ACTION_MOVE", (first, second), between=True)
            first, second = self._walk(first, step), self._walk(second, other)
            yield Event(Kind.TOUCH, "ACTION_POINTER_UP 1", (first, second), between=True)
        yield Event(Kind.TOUCH, "ACTION_UP", (self._walk(first, step),))

    def _trackball(self) -> Iterator[Event]:
        for n in range(10):
            step = (np.float32(self._random.below(10) - 5), np.float32(self._random.below(10) - 5))
            yield Event(Kind.TRACKBALL, "ACTION_MOVE", (step,), between=n > 0)
        if self._random.below(10) == 0:
            still = (np.float32(0), np.float32(0))
            yield Event(Kind.TRACKBALL, "ACTION_DOWN", (still,), between=True)
            yield Event(Kind.TRACKBALL, "ACTION_UP", (still,))

    def _point(self) -> tuple[np.float32, np.float32]:
        return np.float32(self._random.below(self._width)), np.float32(self._random.below(self._height))

    def _vector(self) -> tuple[np.float32, np.float32]:
        half, reach = np.float32(0.5), np.float32(50)
        x = np.float32((self._random.single() - half) * reach)
        return x, np.float32((self._random.single() - half) * reach)

    def _walk(self, point: tuple[np.float32, np.float32], step: tuple[np.float32, np.float32]) -> tuple[np.float32, np.float32]:
        x = np.float32(point[0] + self._random.single() * step[0])
        y = np.float32(point[1] + self._random.single() * step[1])
        return max(min(x, np.float32(self._width)), np.float32(0)), max(min(y, np.float32(self._height)), np.float32(0))


def java_float(value: np.float32) -> str:
    """Float.toString for what lies on a screen or is a percentage."""
    text = np.format_float_positional(value, unique=True, trim="0")
    return text if "." in text else f"{text}.0"
