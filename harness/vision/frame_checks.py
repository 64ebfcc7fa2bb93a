"""Questions about a whole picture that cost next to nothing: is it black, did it move, is it the page seen before?"""

import cv2
import numpy as np

from harness.vision.luma_thumbnails import NAVIGATION_SHARE, STATUS_SHARE, Box, Frame, Plane

SAME_PICTURE = 5
"""Two pictures whose hashes are at most so many bits apart show the same page: docs/vision.md has what was measured."""

BLACK_LEVEL = 2
"""A pixel no brighter than this in any channel is black; a protected window is exactly 0 where it is not scaled."""

BARS_MOST = 0.1
"""No system bar takes more of the picture's height than this."""

MOVED_LEVELS, MOVED_PIXELS = 24, 12
"""A picture moved when so many pixels of its quarter view changed by more levels: two letters do, a text cursor does
not."""


def page_rows(height: int) -> tuple[int, int]:
    """The first row below the status bar and the first of the navigation bar, in a picture of so many rows."""
    return round(height * STATUS_SHARE), height - round(height * NAVIGATION_SHARE)


def all_black(frame: Frame, region: Box) -> bool:
    """Whether a window's place (x, y, width, height) is black well between the system bars.

    FLAG_SECURE, or nothing drawn yet.

    SurfaceFlinger leaves the layers of a secure window black in a picture of the screen. The bars are other windows,
    and higher than usual beside a camera hole.
    """
    height = frame.shape[0]
    top, bottom = round(BARS_MOST * height), height - round(BARS_MOST * height)
    x, y, wide, high = region
    part = frame[max(y, top) : min(y + high, bottom), max(x, 0) : max(x, 0) + wide]
    return part.size > 0 and int(part.max()) <= BLACK_LEVEL


def moved(old: Plane, new: Plane) -> bool:
    """Whether something that could be text changed between the system bars, whose clock is not the page's.

    Both are quarter planes of V, as :func:`harness.vision.luma_thumbnails.view` makes them.
    """
    if old.shape != new.shape:
        return True
    top, bottom = page_rows(old.shape[0])
    return int(np.count_nonzero(cv2.absdiff(old[top:bottom], new[top:bottom]) > MOVED_LEVELS)) >= MOVED_PIXELS


def picture_hash(frame: Frame) -> int:
    """Give a 64-bit difference hash (dHash): it forgives noise and other texts in the same layout.

    The picture between the system bars is shrunk to 9x8 grey cells; each bit tells whether a cell is brighter than the
    one to its left.
    """
    top, bottom = page_rows(frame.shape[0])
    stride = max(1, min(frame.shape[:2]) // 270)  # an average over every pixel costs ten times as much
    grey = cv2.cvtColor(np.ascontiguousarray(frame[top:bottom:stride, ::stride]), cv2.COLOR_BGR2GRAY)
    cells = np.asarray(cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA), dtype=np.int16)
    brighter = cells[:, 1:] - cells[:, :-1] >= 2  # on a flat page a step of one level is noise
    return int.from_bytes(np.packbits(brighter.ravel()).tobytes(), "big")


def hamming(one: int, other: int) -> int:
    """Return in how many bits two hashes differ, 0 to 64."""
    return (one ^ other).bit_count()
