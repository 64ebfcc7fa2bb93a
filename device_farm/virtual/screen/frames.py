"""The pictures of screens that are worth keeping: the last few of all devices of the process, in each form asked for.

A frame of 1080 x 2400 is 10 MB as a picture and 10 MB more as bytes. A device that is asked again while its screen
shows the same gets it at once; fifty devices do not keep fifty of them.
"""

import io
import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

KEPT = 4  # frames in memory, 21 MB each when a form of bytes was asked for too


class Frame:
    """One picture of a screen; ``raw``, ``png`` and ``bgr`` are made when they are first asked for."""

    def __init__(self, image: Image) -> None:
        """Keep an RGB picture; nobody draws on it any more."""
        self.image = image
        self._raw: bytes | None = None
        self._png: bytes | None = None
        self._bgr: NDArray[np.uint8] | None = None

    def raw(self) -> bytes:
        """The pixels as RGBA, row by row, without a header."""
        if self._raw is None:
            self._raw = self.image.convert("RGBA").tobytes()
        return self._raw

    def png(self) -> bytes:
        if self._png is None:
            buffer = io.BytesIO()
            self.image.save(buffer, "PNG", compress_level=1)
            self._png = buffer.getvalue()
        return self._png

    def bgr(self) -> NDArray[np.uint8]:
        """The pixels as a (height, width, 3) array that nobody can write into, the same one while the frame is kept."""
        if self._bgr is None:
            pixels = np.frombuffer(self.image.tobytes("raw", "BGR"), np.uint8)
            self._bgr = pixels.reshape(self.image.height, self.image.width, 3)
        return self._bgr


class Frames:
    """The frames that were used last, by who shows them; devices of several threads share them."""

    def __init__(self, limit: int = KEPT) -> None:
        self._limit = limit
        self._kept: OrderedDict[int, tuple[object, Frame]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, owner: int, signature: object) -> Frame | None:
        """The frame of an owner if it still is the one of ``signature``."""
        with self._lock:
            kept = self._kept.get(owner)
            if kept is None or kept[0] != signature:
                return None
            self._kept.move_to_end(owner)
            return kept[1]

    def put(self, owner: int, signature: object, frame: Frame) -> None:
        """Keep the newest frame of an owner, and forget the one that was not used for longest."""
        with self._lock:
            self._kept[owner] = (signature, frame)
            self._kept.move_to_end(owner)
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)


FRAMES = Frames()
