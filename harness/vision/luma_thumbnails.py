"""Small brightness planes cut from screen frames.

A *frame* is a ``(height, width, 3)`` ``uint8`` array in OpenCV's B, G, R order. A *plane* is a ``(h, w)`` ``uint8``
array of ``V = max(R, G, B)`` on every ``stride``-th pixel. V, not luminance, because a saturated red promotion card is
dark in luminance (95 of 255) and bright in V. Every n-th pixel, not an area average, because averaging blurs away the
text peaks that tell how bright the page can get under a scrim, and because it costs a tenth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Frame: TypeAlias = NDArray[np.uint8]
"""``(height, width, 3)``, ``uint8``, B, G, R."""

Plane: TypeAlias = NDArray[np.uint8]
"""``(h, w)``, ``uint8``, V on every ``stride``-th pixel."""

Box: TypeAlias = tuple[int, int, int, int]
"""``(x, y, width, height)`` in pixels of the full-resolution frame."""

SHORT_SIDE = 270
"""The shorter side of a plane in pixels; 1080x2400 gives stride 4."""

STATUS_SHARE = 0.045
"""Height of the status bar over the height of the screen: a window of its own that a dialog does not dim."""

NAVIGATION_SHARE = 0.08
"""The same for the navigation bar (three buttons; a gesture bar is smaller)."""

LETTERBOX_LEVEL = 6
"""A row no brighter than this in any pixel may be letterbox; JPEG lifts true black to about 3."""

CHANGED_LEVELS = 12
CHANGED_SHARE = 0.002
"""A frame changed when more than this share of its plane moved by more levels than that: a clock digit is less."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A frame made small: the quarter picture, its V plane, and how to get back to full-resolution pixels."""

    colour: Frame
    v: Plane
    stride: int

    @property
    def height(self) -> int:
        """Rows of the plane that show the screen (letterbox rows below are cut off)."""
        return int(self.v.shape[0])

    @property
    def width(self) -> int:
        """Columns of the plane."""
        return int(self.v.shape[1])

    @property
    def top(self) -> int:
        """First row below the status bar."""
        return round(self.height * STATUS_SHARE)

    @property
    def bottom(self) -> int:
        """First row of the navigation bar."""
        return self.height - round(self.height * NAVIGATION_SHARE)

    @property
    def smooth(self) -> Thumbnail:
        """The same with the mean of three by three pixels at each: noise of JPEG and film falls to a third."""
        colour = np.asarray(cv2.blur(self.colour, (3, 3)), np.uint8)
        return replace(self, colour=colour, v=brightest(colour))

    def full_box(self, x: int, y: int, w: int, h: int) -> Box:
        """Give a box of the plane in pixels of the frame."""
        return x * self.stride, y * self.stride, w * self.stride, h * self.stride


def view(frame: Frame) -> Thumbnail:
    """Make the quarter view of a frame. Raises ValueError when it is not a ``(h, w, 3)`` ``uint8`` array."""
    _require_frame(frame)
    stride = max(1, round(min(frame.shape[:2]) / SHORT_SIDE))
    colour = thinned(frame, stride)
    v = brightest(colour)
    rows = _screen_rows(v)
    return Thumbnail(colour[:rows], v[:rows], stride)


def thinned(frame: Frame, stride: int) -> Frame:
    """Every n-th pixel of every n-th whole row of n, as an array of its own. A third of the time that numpy takes."""
    high, wide = frame.shape[0] // stride, frame.shape[1] // stride
    if stride == 1 or not (high and wide):
        return np.ascontiguousarray(frame[::stride, ::stride])
    part = frame[: high * stride, : wide * stride]
    return np.asarray(cv2.resize(part, (wide, high), interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def changed(old: Plane, new: Plane) -> bool:
    """Tell whether two planes differ by more than a clock digit or a blinking cursor."""
    if old.shape != new.shape:
        return True
    moved = cv2.absdiff(old, new) > CHANGED_LEVELS
    return bool(np.count_nonzero(moved) > CHANGED_SHARE * moved.size)


def _require_frame(frame: NDArray[Any]) -> None:
    if frame.dtype != np.uint8 or frame.ndim != 3 or frame.shape[2] != 3 or min(frame.shape[:2]) < 16:
        raise ValueError(f"a frame is a (height, width, 3) uint8 array, not {frame.dtype} {frame.shape}")


def brightest(colour: NDArray[Any]) -> Plane:
    """V of each pixel: the largest of its three channels. A quarter of the time that numpy takes over the last axis."""
    blue, green, red = cv2.split(colour)
    return np.asarray(cv2.max(cv2.max(blue, green), red), dtype=np.uint8)


def _screen_rows(v: Plane) -> int:
    """Count the rows above the black band that some recorders append below a shorter screen."""
    lit = np.flatnonzero(v.max(axis=1) > LETTERBOX_LEVEL)
    rows = int(v.shape[0])
    if lit.size == 0:
        return rows
    last = int(lit[-1]) + 1
    # A thin dark band is a navigation bar or the page itself; more than half of the screen is a dark page.
    return last if 0.04 * rows < rows - last < 0.5 * rows else rows
