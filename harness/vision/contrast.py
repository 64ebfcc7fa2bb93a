"""The contrast of a mark against its surround, as the ratio of WCAG 2 (1 to 21).

A control is easy to overlook because it is small or because it hardly differs from its surround. The ratio is that of
relative luminances, so it says the same whatever the hue, and it is the measure that accessibility rules count in.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.vision.luma_thumbnails import Box, Frame

MARK_LEAST = 0.01
"""Least share of a box's pixels that a mark covers: the strokes of a thin cross cover some ten times as much."""

SIDE_SHARE = 0.8
"""Share of a side of the box from which what covers it is another surround [PROJECT]: a stroke's end covers less."""

SMOOTHED = np.ones((5, 5), np.uint8)
"""Two pixels round another surround, over which its edge is smoothed."""

INK_GAP = 2
"""Rows without ink that may lie within one line of words [PROJECT]: between lines there are more."""

MARK_LEVELS = 6
"""A pixel is no part of a mark when it is nearer to the surround, in the channel that differs most: noise of JPEG."""


def _linear_levels() -> NDArray[np.float64]:
    """Linear light of each level of an sRGB channel, as WCAG 2 defines it."""
    level = np.arange(256) / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)


LINEAR = _linear_levels()


def contrast_of(frame: Frame, box: Box) -> float | None:
    """Contrast of the mark in a box to its surround; 1.0 where nothing differs from it, None for a box off the frame.

    The surround is the commonest colour on the box's rim; what covers a whole side of it is another surround, beside
    which the mark lies, and no part of it. Only the pixels that differ most are the mark: the edges of strokes are
    smoothed, and their mean would tell a thin mark from a thick one.
    """
    high, wide = frame.shape[:2]
    x, y, w, h = box
    left, top, right, bottom = max(0, x - 2), max(0, y - 2), min(wide, x + w + 2), min(high, y + h + 2)
    if right - left < 4 or bottom - top < 4:
        return None
    area = frame[top:bottom, left:right]
    rims = ((area[:2], y >= 2), (area[-2:], y + h + 2 <= high), (area[:, :2], x >= 2), (area[:, -2:], x + w + 2 <= wide))
    sides = [rim.reshape(-1, 3) for rim, inside in rims if inside]  # at the screen's edge the mark itself would be its surround
    if not sides:
        return None
    ground = np.median(np.concatenate(sides), axis=0)
    apart = _apart(area, ground)
    for side in sides:
        other = np.median(side, axis=0)
        apart_from_ground = np.abs(other - ground).max() >= MARK_LEVELS
        if apart_from_ground and np.mean(_apart(side, other) < MARK_LEVELS) >= SIDE_SHARE:
            beside = (_apart(area, other) < MARK_LEVELS).reshape(area.shape[:2]).astype(np.uint8)
            apart[cv2.dilate(beside, SMOOTHED).ravel() > 0] = 0
    return max(_of_mark(area, apart, ground), _on_plate(area[2:-2, 2:-2], ground))


def _on_plate(area: NDArray[np.uint8], ground: NDArray[np.float64]) -> float:
    """Contrast of the mark to the plate that it lies on, which may go on beyond the box; 1.0 without one."""
    rim = np.concatenate([side.reshape(-1, 3) for side in (area[:2], area[-2:], area[:, :2], area[:, -2:])])
    plate = np.median(rim, axis=0)
    plain = np.mean(_apart(rim, plate) < MARK_LEVELS) >= SIDE_SHARE
    return _of_mark(area, _apart(area, plate), plate) if plain and np.abs(plate - ground).max() >= MARK_LEVELS else 1.0


def _of_mark(area: NDArray[np.uint8], apart: NDArray[np.int16], ground: NDArray[np.float64]) -> float:
    """Contrast of the pixels that differ most from the ground; 1.0 where none does."""
    furthest = np.percentile(apart, 100 * (1 - MARK_LEAST))
    if furthest < MARK_LEVELS:
        return 1.0
    mark = np.median(area.reshape(-1, 3)[apart >= 0.8 * furthest], axis=0)
    return round(contrast(mark, ground), 2)


def ink_height(frame: Frame, box: Box) -> int | None:
    """Height in pixels of the words in a box: of the tallest run of rows with ink; None where no ink is in it.

    The box of a text is padded, by a view tree as by whoever reads a picture, and holds as many lines as it says. Ink
    is what is at least half as far from the ground, the median colour of the box, as its furthest pixels.
    """
    x, y, w, h = box
    area = frame[max(0, y) : max(0, y + h), max(0, x) : max(0, x + w)]
    if min(area.shape[:2]) < 4:
        return None
    apart = _apart(area, np.median(area.reshape(-1, 3), axis=0))
    furthest = np.percentile(apart, 100 * (1 - MARK_LEAST))
    if furthest < MARK_LEVELS:
        return None
    inked = np.flatnonzero((apart.reshape(area.shape[:2]) >= furthest / 2).any(axis=1))
    runs = np.split(inked, np.flatnonzero(np.diff(inked) > INK_GAP + 1) + 1)
    return max(int(run[-1] - run[0] + 1) for run in runs)


def _apart(area: NDArray[np.uint8], colour: NDArray[np.float64]) -> NDArray[np.int16]:
    """By how many levels each pixel is apart from a colour, in the channel that differs most."""
    apart: NDArray[np.int16] = np.abs(area.reshape(-1, 3).astype(np.int16) - colour.astype(np.int16)).max(axis=1)
    return apart


def contrast(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """The ratio of two colours, each (B, G, R) of 0 to 255."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: NDArray[np.float64]) -> float:
    """Relative luminance of a (B, G, R) colour, 0 to 1."""
    blue, green, red = LINEAR[np.clip(np.rint(colour), 0, 255).astype(np.intp)]
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)
