"""A film of the screen: a picture whenever it shows another, each with the device's own time.

A timer of the device's clock looks at the screen, so time that is skipped is filmed as it passes, without waiting.
"""

from __future__ import annotations

import asyncio
import struct
from typing import TYPE_CHECKING

import cv2
import numpy as np

from device_farm.virtual.screen.h264 import Encoder, annex_b
from device_farm.virtual.screen.mp4 import Sample, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from device_farm.virtual.kernel.device_clock import DeviceClock, Timer
    from device_farm.virtual.screen import Screen, Signature

_FRAME_SECONDS = 1 / 30  # how often the screen is looked at
_FRAMES = 200  # after so many pictures it is looked at half as often: drawing one that nobody else wanted takes 30 ms
_MOST_LAG = 0.5  # host seconds after which a device that is behind its host draws no more, as an encoder drops pictures
_MOST_BYTES = 256 << 20  # of one film, in the memory of the host
_NEW_VERSION = 2


class ScreenRecording:
    """Frames of the screen from now until ``end`` (uptime) or ``stop``; ``news`` is set when there is more of it."""

    def __init__(self, screen: Screen, clock: DeviceClock, size: tuple[int, int], end: float) -> None:
        """Take the first picture and go on by timers."""
        self._screen, self._clock, self._end = screen, clock, end
        self._encoder = Encoder(*size)
        self._units: list[tuple[bytes, bool]] = []
        self._times: list[float] = []  # uptime of each picture
        self._size = self._streamed = 0
        self._shown: Signature | None = None
        self._timer: Timer | None = None
        self.over = False
        self.news = asyncio.Event()
        self._look()

    @property
    def told(self) -> tuple[int, float]:
        """How many pictures there are, and the uptime at which it ended or will end."""
        return len(self._units), self._end

    def stop(self) -> None:
        """Take no more pictures."""
        if not self.over:
            self.over, self._end = True, min(self._end, self._clock.uptime)
        if self._timer is not None:
            self._timer.cancel()
        self.news.set()

    def _look(self) -> None:
        if self._clock.uptime >= self._end or self._size >= _MOST_BYTES:
            self.stop()
            return
        if self._clock.lag < _MOST_LAG and (signature := self._screen.signature()) != self._shown:
            self._shown = signature
            unit, key = self._encoder.encode(self._picture())
            self._units.append((unit, key))
            self._times.append(self._clock.uptime)
            self._size += len(unit)
            self.news.set()
        pause = _FRAME_SECONDS * 2 ** (len(self._units) // _FRAMES)
        self._timer = self._clock.call_later(min(pause, self._end - self._clock.uptime), self._look)

    def _picture(self) -> NDArray[np.uint8]:
        """Return the picture, centred in the film's where its shape is another (the display was turned)."""
        picture, size = np.asarray(self._screen.image()), (self._encoder.width, self._encoder.height)
        height, width = picture.shape[:2]
        if (width, height) == size:
            return picture
        scale = min(size[0] / width, size[1] / height)
        wide, high = max(1, round(width * scale)), max(1, round(height * scale))
        left, top = (size[0] - wide) // 2, (size[1] - high) // 2
        whole = np.zeros((size[1], size[0], 3), np.uint8)
        whole[top : top + high, left : left + wide] = cv2.resize(picture, (wide, high), interpolation=cv2.INTER_LINEAR)
        return whole

    def stream(self) -> bytes:
        """Return the frames since the last call as a bare stream (Annex B)."""
        units = [unit for unit, _ in self._units[self._streamed :]]
        head = [] if self._streamed or not units else [self._encoder.sps, self._encoder.pps]
        self._streamed = len(self._units)
        return annex_b(*head, *units)

    def mp4(self, frame_times: Sequence[str], wall_offset: float) -> bytes:
        """The whole file; with tracks that repeat the times of its pictures since boot, old or new."""
        seconds = [after - before for before, after in zip(self._times, [*self._times[1:], self._end], strict=True)]
        samples = [Sample(unit, shown, key) for (unit, key), shown in zip(self._units, seconds, strict=True)]
        notes = [_TRACKS[name](self._times, wall_offset) for name in frame_times]
        return write(self._encoder.width, self._encoder.height, self._encoder.sps, self._encoder.pps, samples, notes)


def _old_times(times: Sequence[float], wall_offset: float) -> bytes:
    """Microseconds since boot (writeWinscopeMetadataLegacy)."""
    return struct.pack(f"<16sI{len(times)}Q", b"#VV1NSC0PET1ME!#", len(times), *(round(time * 1e6) for time in times))


def _new_times(times: Sequence[float], wall_offset: float) -> bytes:
    """Nanoseconds since boot, after what is to be added for Unix time (writeWinscopeMetadata)."""
    head = (b"#VV1NSC0PET1ME2#", _NEW_VERSION, round(wall_offset * 1e9), len(times))
    return struct.pack(f"<16sIqI{len(times)}Q", *head, *(round(time * 1e9) for time in times))


_TRACKS = {"old": _old_times, "new": _new_times}
