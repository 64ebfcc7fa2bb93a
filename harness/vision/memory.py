"""Memory: what was worked out of a picture before is not worked out again.

A page is looked at many times, by the live session and by each replay of its run. Only what is a function of the pixels
may be remembered, and never the pixels themselves: a frame takes 8 MB, what it says some hundred bytes.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from harness.vision.planes import Frame

T = TypeVar("T")


def picture_digest(frame: Frame) -> bytes:
    """SHA-256 over the shape and the pixels of a frame: the same for the same picture only."""
    hashed = hashlib.sha256(repr(frame.shape).encode())
    hashed.update(np.ascontiguousarray(frame).data)
    return hashed.digest()


class Memory(Generic[T]):
    """Answers by their keys; of more than ``most`` the one that was not asked for the longest is forgotten.

    Any thread may ask.
    """

    def __init__(self, most: int) -> None:
        """Remember nothing yet."""
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
