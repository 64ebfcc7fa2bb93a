"""The controls of a pop-up that pixels can show: the cross that closes it, the filled button that it wants pressed.

Both are looked for only on a confirmed pop-up. Shapes, not templates of particular icons: there are too many of them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from harness.vision.planes import SHORT_SIDE, brightest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from harness.vision.planes import Box, Frame, Plane, View
    from harness.vision.proposals import PlaneBox

CROSS_SIDE = 24
"""Side in pixels to which a glyph is scaled before it is compared with a cross."""

CROSS_LIKENESS = 0.7
"""Least likeness to a cross; letters, rings and blobs stay under 0.5."""

CROSS_LEVELS = (13, 22, 34, 50, 90, 150)
"""Grey levels by which a cross may stand out; several, because page text behind a ring joins it at the low ones."""

GLYPH_LEAST, GLYPH_MOST = 0.018, 0.075
"""Side of a cross over the screen's shorter side: 6 to 27 dp on a 360 dp screen."""

BUTTON_FLAT = 12
"""A button's face changes by less than this between neighbouring pixels, gradient fills included."""

FACE_CONTRAST = 8
"""Least distance of a face from the card's colour in one channel: Material's tonal buttons have about 20."""

BUTTON_LEAST, BUTTON_MOST = 0.06, 0.2
"""Height of a button over the screen's shorter side: 22 to 72 dp."""


def find_close(frame: Frame, box: Box) -> Box | None:
    """Find the cross in the card's upper corners, just outside them or below the card; None when there is none."""
    stride = max(1, round(min(frame.shape[:2]) / (2 * SHORT_SIDE)))
    for left, top, right, bottom in _cross_zones(frame, box):
        zone = frame[top:bottom:stride, left:right:stride]
        if min(zone.shape[:2]) < 12:
            continue
        short = min(frame.shape[:2]) / stride
        found = _cross(brightest(np.ascontiguousarray(zone)), short)
        if found is not None:
            x, y, w, h = found
            return left + x * stride, top + y * stride, w * stride, h * stride
    return None


def _cross_zones(frame: Frame, box: Box) -> Iterator[tuple[int, int, int, int]]:
    """Yield (left, top, right, bottom) of the places where designers put a cross, likeliest first."""
    height, width = frame.shape[:2]
    x, y, w, h = box
    reach = round(0.16 * width)
    middle = x + w // 2
    for left, top, right, bottom in (
        (x + w - reach, y - reach, x + w + reach // 2, y + reach),
        (middle - reach, y + h, middle + reach, y + h + round(1.7 * reach)),
        (x - reach // 2, y - reach, x + reach, y + reach),
    ):
        yield max(0, left), max(0, top), min(width, right), min(height, bottom)


def _cross(v: Plane, short: float) -> Box | None:
    best, best_likeness = None, CROSS_LIKENESS
    size = 2 * round(0.02 * short) + 5
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (size, size))
    for operation in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT):
        lines = cv2.morphologyEx(v, operation, kernel)
        for level in CROSS_LEVELS:
            count, labels, boxes, _ = cv2.connectedComponentsWithStats((lines > level).astype(np.uint8), connectivity=8)
            stats = np.asarray(boxes, dtype=np.int64)
            for index in range(1, count):
                x, y, w, h, _ = (int(n) for n in stats[index])
                if not (GLYPH_LEAST * short <= min(w, h) and max(w, h) <= min(GLYPH_MOST * short, 1.3 * min(w, h))):
                    continue
                likeness = _cross_likeness(labels[y : y + h, x : x + w] == index)
                if likeness > best_likeness and not _has_neighbour(stats, index):
                    best, best_likeness = (x, y, w, h), likeness
    return best


def _cross_likeness(glyph: NDArray[np.bool_]) -> float:
    """Least cover of the four arms minus greatest fill of the four gaps between them: 1 for a thin upright cross."""
    scaled = cv2.resize(glyph.astype(np.uint8) * 255, (CROSS_SIDE, CROSS_SIDE), interpolation=cv2.INTER_AREA) > 100
    arms, gaps = _cross_parts()
    pixels = scaled.ravel().astype(np.float32)
    # An arm is covered where each step along it meets the glyph within the arm's width.
    covered = (arms @ pixels > 0).reshape(4, -1)
    cover = int(covered.sum(axis=1).min()) / covered.shape[1]
    filled = int((gaps @ pixels).max()) / int(gaps[0].sum())
    return cover - filled


@cache
def _cross_parts() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Masks, one a row: the four arms' steps, as squares along the diagonals, and the four gaps between the arms."""
    rows, columns = np.indices((CROSS_SIDE, CROSS_SIDE))
    arm = [(abs(rows - at) <= 1) & (abs(columns - at) <= 1) for at in range(1, CROSS_SIDE // 2, 2)]
    gap = (rows < CROSS_SIDE * 0.3) & (abs(columns - CROSS_SIDE / 2 + 0.5) < CROSS_SIDE * 0.15)
    arms = [np.rot90(step, turn) for turn in range(4) for step in arm]
    gaps = [np.rot90(gap, turn) for turn in range(4)]
    return np.stack(arms).reshape(len(arms), -1).astype(np.float32), np.stack(gaps).reshape(4, -1).astype(np.float32)


def _has_neighbour(stats: NDArray[np.int64], index: int) -> bool:
    """Tell whether another glyph of about the same height stands close by on the line: then this is a letter."""
    x, y, w, h, _ = stats[index]
    left, top, width, height, _ = stats[1:].T
    apart = np.maximum(left - (x + w), x - (left + width))
    level = np.minimum(top + height, y + h) - np.maximum(top, y)
    close = (apart >= 0) & (apart < 0.9 * w) & (level > 0.5 * h) & (height > 0.5 * h) & (height < 1.8 * h)
    return bool(close.any())


def find_confirm(screen: View, box: PlaneBox) -> PlaneBox | None:
    """Find the most striking filled button in a card's lower part, all in pixels of the plane; None when there is none.

    Text-only buttons have no face and none of them is the main one. Among equally striking faces the right one in a row
    and the upper one in a stack is meant, as in Android's own dialogs.
    """
    x, y, w, h = box
    top = y + h // 4
    area = screen.colour[top : y + h, x : x + w]
    if min(area.shape[:2]) < 8:
        return None
    card = np.median(np.concatenate([area[:, 2], area[:, -3]]), axis=0)
    best, most = None, (0, 0, 0)
    for face, colour in _faces(area, min(screen.v.shape)):
        contrast = float(np.abs(colour - card).max())
        rank = (round((contrast + float(np.ptp(colour))) / 24), -face[1] // 8, face[0])
        if contrast >= FACE_CONTRAST and (best is None or rank > most):
            best, most = face, rank
    return None if best is None else (x + best[0], top + best[1], best[2], best[3])


def _faces(area: Frame, short: int) -> Iterator[tuple[PlaneBox, NDArray[np.float64]]]:
    """Yield flat, button-shaped regions of a picture, each with its median colour."""
    steep = cv2.morphologyEx(area, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    flat = (brightest(steep) < BUTTON_FLAT).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(flat, connectivity=4)
    for index in range(1, count):
        x, y, w, h, filled = (int(n) for n in stats[index])
        if not (BUTTON_LEAST * short <= h + 2 <= BUTTON_MOST * short and w >= 2 * h and w > 0.2 * area.shape[1]):
            continue
        # The caption takes its part of a face; text lines and patches of a photo fill less.
        if filled < 0.4 * w * h or x == 0 or x + w == area.shape[1]:
            continue
        part = np.s_[y : y + h, x : x + w]
        colour = np.median(area[part][labels[part] == index], axis=0)
        # The gradient ate one pixel on each side.
        yield (x - 1, y - 1, w + 2, h + 2), np.asarray(colour, dtype=np.float64)
