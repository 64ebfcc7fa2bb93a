"""The area of one colour that a line of text stands on: the face of a button, a card, or the page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
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
    high, wide = half.shape[:2]
    x, y, width, height = (n // 2 for n in line)
    found: list[Box] = []
    for at in ((x - 3, y + height // 2), (x + width + 3, y + height // 2)):
        if 0 <= at[0] < wide and 0 <= at[1] < high:
            mask = np.zeros((high + 2, wide + 2), np.uint8)
            flags = 4 | (1 << 8) | cv2.FLOODFILL_MASK_ONLY
            _, _, _, box = cv2.floodFill(half, mask, at, (0, 0, 0), (EVEN_LEVELS,) * 3, (EVEN_LEVELS,) * 3, flags)
            found.append((int(box[0]) * 2, int(box[1]) * 2, int(box[2]) * 2, int(box[3]) * 2))
    return max(found, key=lambda box: box[2] * box[3]) if found else line
