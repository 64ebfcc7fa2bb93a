"""The area of one colour that a line of text stands on: the face of a button, a card, or the page itself."""

import cv2
import numpy as np

from harness.events.box import area
from harness.vision.luma_thumbnails import Box, Frame

EVEN_LEVELS = 3
"""Neighbouring pixels of one area differ by at most so many levels in each channel: gradients pass, a smoothed edge of
8 does not."""


def halved(frame: Frame) -> Frame:
    """Return every second pixel of every second row.

    This is made once for all the lines of a frame, because it costs more than what follows.
    """
    return np.ascontiguousarray(frame[::2, ::2])


def ground(half: Frame, line: Box) -> Box:
    """The box (x, y, width, height) of the area of even colour around a line of text, both in pixels of the frame.

    It is filled from the middle of the line's left and right ends, in the ``halved`` frame; letters do not stop it.
    """
    x, y, width, height = line
    ends = ((x - 6, y + height // 2), (x + width + 6, y + height // 2))
    return max((region for at in ends if (region := even_region(half, at))), key=area, default=line)


def even_region(half: Frame, at: tuple[int, int]) -> Box | None:
    """The box of the area of even colour round a point, both in pixels of the frame; None beside the frame."""
    high, wide = half.shape[:2]
    x, y = at[0] // 2, at[1] // 2
    if not (0 <= x < wide and 0 <= y < high):
        return None
    mask = np.zeros((high + 2, wide + 2), np.uint8)
    flags = 4 | (1 << 8) | cv2.FLOODFILL_MASK_ONLY
    _, _, _, box = cv2.floodFill(half, mask, (x, y), (0, 0, 0), (EVEN_LEVELS,) * 3, (EVEN_LEVELS,) * 3, flags)
    return int(box[0]) * 2, int(box[1]) * 2, int(box[2]) * 2, int(box[3]) * 2
