"""``getevent``: what a person's finger does, as the kernel reports it.

Touches sent by ``input`` or uiautomator are not in it.

Source: AOSP system/core, toolbox/getevent.c (numbers without ``-l``); the protocols: Linux, multi-touch-protocol.rst. A
panel reports in its own units; they are scaled to the screen by the ranges that ``getevent -p`` prints.
"""

import re
from dataclasses import dataclass

# add device 3: /dev/input/event2
_DEVICE = re.compile(r"add device \d+: (/dev/input/event\d+)\s*$")
#                 0035  : value 0, min 0, max 1079, fuzz 0, flat 0, resolution 0
_AXIS = re.compile(r"\b(0035|0036)\S*\s+: value -?\d+, min (-?\d+), max (-?\d+)")
# [   12345.678901] /dev/input/event2: 0003 0035 000001f4
_EVENT = re.compile(r"\[\s*(\d+)\.(\d{6})\] (/dev/input/event\d+): ([0-9a-f]{4}) ([0-9a-f]{4}) ([0-9a-f]{8})\s*$")
SYN, KEY, ABS = 0x00, 0x01, 0x03
REPORT, MT_REPORT = 0x00, 0x02
X, Y, TRACKING_ID, SLOT, BTN_TOUCH = 0x35, 0x36, 0x39, 0x2F, 0x14A
KEYS = {0x9E: "back", 0xAC: "home", 0x66: "home", 0x8B: "menu", 0x74: "power", 0x72: "volume_down", 0x73: "volume_up"}
"""Key codes of linux/input-event-codes.h as Android's generic key layout (Generic.kl) maps them."""


@dataclass(frozen=True, slots=True)
class TouchPanel:
    """A touch panel and the least and greatest value of its axes."""

    device: str
    x: tuple[int, int]
    y: tuple[int, int]

    def scaled(self, x: int, y: int, width: int, height: int, rotation: int) -> tuple[int, int]:
        """TouchPanel units to pixels of a screen of ``width`` x ``height``, turned by ``rotation`` quarters.

        Surface.ROTATION_90 is 1.
        """
        across = (x - self.x[0]) / max(1, self.x[1] - self.x[0] + 1)
        down = (y - self.y[0]) / max(1, self.y[1] - self.y[0] + 1)
        turned = ((across, down), (down, 1 - across), (1 - across, 1 - down), (1 - down, across))[rotation % 4]
        return int(turned[0] * width), int(turned[1] * height)


@dataclass(frozen=True, slots=True)
class Touch:
    """A finger from down to up, in panel units; ``seconds`` on the kernel's monotonic clock."""

    device: str
    start: tuple[int, int]
    end: tuple[int, int]
    down: float
    up: float


@dataclass(frozen=True, slots=True)
class KeyDown:
    """A key of the phone's edge was pressed."""

    key: str
    at: float


def panels(text: str) -> list[TouchPanel]:
    """The touch panels in the output of ``getevent -p``: the devices with both multi-touch axes."""
    found: list[TouchPanel] = []
    device, axes = "", dict[str, tuple[int, int]]()
    for line in text.splitlines():
        if match := _DEVICE.search(line):
            device, axes = match[1], {}
        elif device and (axis := _AXIS.search(line)):
            axes[axis[1]] = int(axis[2]), int(axis[3])
            if len(axes) == 2:
                found.append(TouchPanel(device, axes["0035"], axes["0036"]))
    return found


class TouchReader:
    """Lines of ``getevent -t`` to touches and keys; only the first finger of a gesture is followed."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._at = (0, 0)
        self._start: tuple[tuple[int, int], float] | None = None
        self._slot = 0
        self._down = self._empty = False
        self._typed_b = False  # the panel numbers its fingers (protocol B)

    def feed(self, line: str) -> Touch | KeyDown | None:
        """What a line completes, None for most; a line that is none of getevent's is passed over."""
        match = _EVENT.match(line)
        if match is None:
            return None
        at = int(match[1]) + int(match[2]) / 1e6
        kind, code, value = int(match[4], 16), int(match[5], 16), int(match[6], 16)
        if kind == KEY and code in KEYS:
            return KeyDown(KEYS[code], at) if value == 1 else None
        if match[3] != self._device:
            return None
        if kind == KEY and code == BTN_TOUCH and not self._typed_b:
            self._down = value == 1
        elif kind == ABS:
            self._axis(code, value)
        elif kind == SYN and code == MT_REPORT:
            self._down, self._empty = not self._empty, True
        elif kind == SYN and code == REPORT:
            return self._report(at)
        return None

    def _axis(self, code: int, value: int) -> None:
        if code == SLOT:
            self._slot, self._typed_b = value, True
        elif self._slot:
            return  # another finger
        elif code == TRACKING_ID:
            self._typed_b, self._down = True, value != 0xFFFFFFFF
        elif code == X:
            self._at, self._empty = (value, self._at[1]), False
        elif code == Y:
            self._at, self._empty = (self._at[0], value), False

    def _report(self, at: float) -> Touch | None:
        self._empty = True
        if self._down and self._start is None:
            self._start = self._at, at
        elif not self._down and self._start is not None:
            (start, since), self._start = self._start, None
            return Touch(self._device, start, self._at, since, at)
        return None
