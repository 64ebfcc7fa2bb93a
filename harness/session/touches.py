"""Touches: what a person does to the phone while we watch, read from the kernel with ``getevent``.

What comes is on disk first (raw/touches.txt). A touch gets the host's time at which its last line came, some
milliseconds late.
"""

import re
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from harness.device.protocol import ByteStream, Device
from harness.errors import DeviceLost, HarnessError, why
from harness.language import _
from harness.parsers.getevent import KeyDown, Touch, TouchPanel, TouchReader, panels

RAW = "raw/touches.txt"
_SIZE = re.compile(r"(?:Physical|Override) size: (\d+)x(\d+)")  # cmd/wm: WindowManagerShellCommand.java, runDisplaySize
_ROTATION = re.compile(r"(?:mCurrentRotation|mRotation|mDisplayRotation)=(?:ROTATION_)?(\d+)")
_DEGREES = {"90": 1, "180": 2, "270": 3}
_MOST = 10_000  # touches that wait to be read: nobody makes so many between two looks
_CLOSE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Gesture:
    """A finger from down to up in screen pixels, or a ``key``.

    ``host`` is the host's monotonic time of its beginning.
    """

    host: float
    start: tuple[int, int] = (0, 0)
    end: tuple[int, int] = (0, 0)
    key: str = ""

    @property
    def moved(self) -> bool:
        """Whether it is a swipe; a finger that means to stay moves by some pixels."""
        return max(abs(a - b) for a, b in zip(self.start, self.end, strict=True)) > 24


class Touches:
    """Reads a person's touches from ``with`` to its end; ``taken`` gives those since the last question."""

    def __init__(self, device: Device, folder: Path) -> None:
        self._device, self._path = device, folder / RAW
        self._found: deque[Gesture] = deque(maxlen=_MOST)
        self._stream: ByteStream | None = None
        self._thread: threading.Thread | None = None
        self._panel: TouchPanel | None = None
        self._size = (0, 0)
        self.problem = ""

    def __enter__(self) -> Self:
        """Begin; a phone whose touch panel shell may not read leaves ``problem``."""
        found = panels(self._device.shell(["getevent", "-p"]).stdout)
        sizes = _SIZE.findall(self._device.shell(["wm", "size"]).stdout)
        if not found or not sizes:
            self.problem = _("this phone does not let shell read its touch panel: touches of a person are not on record")
            return self
        self._panel = found[0]
        self._size = int(sizes[-1][0]), int(sizes[-1][1])
        self._stream = self._device.stream(["getevent", "-t"], terminal=True)
        self._thread = threading.Thread(target=self._read, args=(self._stream, found[0]), daemon=True, name="touches")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        if self._stream is not None and self._thread is not None:
            self._stream.close()
            self._thread.join(_CLOSE_SECONDS)

    def taken(self) -> list[Gesture]:
        """What was done since the last question, in order, in pixels of the screen as it is turned now."""
        touches = [self._found.popleft() for _ in range(len(self._found))]
        if not any(not touch.key for touch in touches) or self._panel is None:
            return touches
        rotation = self._rotation()
        width, height = self._size if rotation % 2 == 0 else self._size[::-1]
        panel = self._panel

        def pixels(point: tuple[int, int]) -> tuple[int, int]:
            return panel.scaled(*point, width, height, rotation)

        return [t if t.key else Gesture(t.host, pixels(t.start), pixels(t.end)) for t in touches]

    def _rotation(self) -> int:
        """Quarters by which the screen is turned (dumpsys window displays, DisplayContent and DisplayRotation)."""
        match = _ROTATION.search(self._device.shell(["dumpsys", "window", "displays"]).stdout)
        return _DEGREES.get(match[1], int(match[1]) % 4) if match else 0

    def _read(self, stream: ByteStream, panel: TouchPanel) -> None:
        reader, rest = TouchReader(panel.device), b""
        try:
            with self._path.open("ab") as file:
                while data := stream.read():
                    file.write(data)
                    file.flush()
                    now = time.monotonic()
                    *lines, rest = (rest + data).split(b"\n")
                    for line in lines:
                        self._keep(reader.feed(line.decode("utf-8", "replace")), now)
                    rest = rest[-4096:]
        except (DeviceLost, HarnessError) as error:
            self.problem = _("touches of a person are not on record any more: {error}", error=error)
        except OSError as error:
            self.problem = _("touches of a person cannot be written: {reason}", reason=why(error))

    def _keep(self, found: Touch | KeyDown | None, now: float) -> None:
        if isinstance(found, Touch):
            self._found.append(Gesture(now - (found.up - found.down), found.start, found.end))
        elif found is not None:
            self._found.append(Gesture(now, key=found.key))
