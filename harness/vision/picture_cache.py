"""A cache of what was worked out of a picture.

A page is looked at many times, by the live session and by each replay of its run. Only what is a function of the pixels
may be remembered, and never the pixels themselves: a frame takes 8 MB, what it says some hundred bytes.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from harness.vision.luma_thumbnails import SHORT_SIDE, Frame

T = TypeVar("T")


def picture_digest(frame: Frame) -> bytes:
    """SHA-256 over the shape and the pixels of a frame: the same for the same picture only."""
    hashed = hashlib.sha256(repr(frame.shape).encode())
    hashed.update(np.ascontiguousarray(frame).data)
    return hashed.digest()


class PictureCache(Generic[T]):
    """Answers by their keys; of more than ``most`` the one that was not asked for the longest is forgotten.

    Any thread may ask.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, T] = OrderedDict()

    def recall(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What is known under ``key``, worked out where nothing is."""
        known = self._known.pop(key, None)
        if known is None:
            known = work_out()
        self._known[key] = known
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return known


class Latest(Generic[T]):
    """The last answer, given again as long as the same frames are asked about: a screen at rest costs next to nothing.

    Every fourth row of a frame of a phone is kept and compared, a quarter of its pixels: those, and no others, decide
    whether there is a pop-up. Nothing that can be seen is lower than four rows. Any thread may ask.
    """

    def __init__(self) -> None:
        self._last: tuple[tuple[NDArray[np.uint8], ...], T] | None = None

    def recall(self, frames: tuple[Frame, ...], work_out: Callable[[], T]) -> T:
        """The last answer if it was about such frames, a new one otherwise."""
        rows = tuple(_some_rows(frame) for frame in frames)
        last = self._last
        if last is not None and len(last[0]) == len(rows) and all(map(_alike, last[0], rows)):
            return last[1]
        answer = work_out()
        self._last = tuple(np.array(part) for part in rows), answer
        return answer


def _some_rows(frame: Frame) -> NDArray[np.uint8]:
    stride = max(1, round(min(frame.shape[:2]) / SHORT_SIDE)) if frame.ndim == 3 else 1
    return frame[::stride]


def _alike(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    """Whether two arrays are equal; eight pixels' channels at a time, where their rows are contiguous."""
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if one.size and one.ndim == 3 and one[0].flags.c_contiguous and other[0].flags.c_contiguous:
        flat = [each.reshape(len(each), -1) if each.flags.c_contiguous else _flat(each) for each in (one, other)]
        whole = flat[0].shape[1] // 8 * 8
        words = [each[:, :whole].view(np.uint64) for each in flat]
        return bool((words[0] == words[1]).all() and (flat[0][:, whole:] == flat[1][:, whole:]).all())
    return bool(np.array_equal(one, other))


def _flat(rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Rows of pixels as rows of levels, without a copy: reshape would make one of every n-th row."""
    width = rows.shape[1] * rows.shape[2]
    return np.lib.stride_tricks.as_strided(rows, (len(rows), width), (rows.strides[0], 1), writeable=False)
