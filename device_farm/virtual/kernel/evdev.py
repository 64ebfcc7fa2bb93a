"""The kernel's input devices: what a person's finger and the keys on the edge report, read by ``getevent``.

Touches that ``input`` or uiautomator send are made above the kernel, so they are not here
(InputManager.injectInputEvent). The panel speaks multi-touch protocol B of Linux, in the units of the emulator's own (0
to 32767 both ways).
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from harness.language import _

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

PANEL, KEYS = "/dev/input/event2", "/dev/input/event0"
NAMES = {KEYS: "gpio-keys", PANEL: "virtio_input_multi_touch_1"}
UNITS = 32767
KEY_CODES = {"back": 0x9E, "home": 0x66, "power": 0x74, "volume_down": 0x72, "volume_up": 0x73}  # input-event-codes.h
TAP_SECONDS = 0.08
MOVE_SECONDS = 0.3
_STEPS = 10
_EV_SYN, _EV_KEY, _EV_ABS = 0, 1, 3
_SLOT, _X, _Y, _TRACKING_ID, _BTN_TOUCH = 0x2F, 0x35, 0x36, 0x39, 0x14A
_MAX_WAITING = 10_000


@dataclass(frozen=True, slots=True)
class InputEvent:
    """One struct input_event; ``at`` is CLOCK_MONOTONIC in seconds."""

    device: str
    at: float
    kind: int
    code: int
    value: int


class KernelInput:
    """A finger on the glass and the keys on the edge."""

    def __init__(self, device: VirtualDevice) -> None:
        self._device = device
        self._readers: list[asyncio.Queue[InputEvent]] = []
        self._touches = 0

    def open(self) -> asyncio.Queue[InputEvent]:
        """Read events from now on."""
        queue: asyncio.Queue[InputEvent] = asyncio.Queue(_MAX_WAITING)
        self._readers.append(queue)
        return queue

    def close(self, queue: asyncio.Queue[InputEvent]) -> None:
        self._readers.remove(queue)

    def touch(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A finger down at ``start`` now and up at ``end`` soon after, in pixels; ValueError off the screen."""
        screen, clock = self._device.screen, self._device.clock
        for x, y in (start, end):
            if not (math.isfinite(x) and math.isfinite(y) and 0 <= x < screen.width and 0 <= y < screen.height):
                place = f"{x:g},{y:g}"
                raise ValueError(_("{place} is off the screen of {width}x{height}", place=place, width=screen.width, height=screen.height))
        self._touches += 1
        self._send(PANEL, (_EV_ABS, _TRACKING_ID, self._touches), (_EV_KEY, _BTN_TOUCH, 1), *self._at(*start))
        screen.finger_down(*start)
        if start == end:
            clock.call_later(TAP_SECONDS, partial(self._lift, end))
            return
        for step in range(1, _STEPS + 1):
            x, y = (a + (b - a) * step / _STEPS for a, b in zip(start, end, strict=True))
            clock.call_later(MOVE_SECONDS * step / _STEPS, partial(self._send, PANEL, *self._at(x, y)))
        clock.call_later(MOVE_SECONDS, partial(self._lift, end))

    def _lift(self, end: tuple[float, float]) -> None:
        self._send(PANEL, (_EV_ABS, _TRACKING_ID, -1), (_EV_KEY, _BTN_TOUCH, 0))
        self._device.screen.finger_up(*end)

    def press(self, key: str) -> None:
        """A key on the edge; raises ValueError for one there is not."""
        if key not in KEY_CODES:
            raise ValueError(_("a key is one of {keys}", keys=", ".join(KEY_CODES)))
        self._send(KEYS, (_EV_KEY, KEY_CODES[key], 1))
        self._send(KEYS, (_EV_KEY, KEY_CODES[key], 0))
        self._device.screen.key(key)

    def _at(self, x: float, y: float) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """The panel's units do not turn with the screen: a point of a turned screen is turned back."""
        screen = self._device.screen
        across, down = x / screen.width, y / screen.height
        turned = ((across, down), (1 - down, across), (1 - across, 1 - down), (down, 1 - across))
        across, down = turned[self._device.system.display.rotation]
        return (_EV_ABS, _X, int(across * (UNITS + 1))), (_EV_ABS, _Y, int(down * (UNITS + 1)))

    def _send(self, device: str, *events: tuple[int, int, int]) -> None:
        at = self._device.clock.uptime
        for queue in self._readers:
            for kind, code, value in (*events, (_EV_SYN, 0, 0)):
                if not queue.full():  # evdev drops what a slow reader leaves, and says SYN_DROPPED
                    queue.put_nowait(InputEvent(device, at, kind, code, value))
