"""The cross that closes a pop-up: in the card's corners, outside them or below it, bare, on a disc or in a ring.

It is looked for only on a confirmed pop-up. Shapes, not templates of particular icons: there are too many of them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from harness.vision.luma_thumbnails import SHORT_SIDE, Box, Frame, Plane, brightest, thinned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray


CROSS_SIDE = 24
"""Side in pixels to which a glyph is scaled before it is compared with a cross."""

CROSS_LIKENESS = 0.7
"""Least likeness to a cross; letters, rings and blobs stay under 0.5."""

STROKE = 0.015
"""Half of the widest stroke of a cross over the screen's shorter side: 5 dp."""

CROSS_LEVELS = (13, 30, 70, 140)
"""Grey levels by which a cross may stand out; several, because page text behind a ring joins it at the low ones."""

GLYPH_LEAST, GLYPH_MOST = 0.018, 0.075
"""Side of a cross over the screen's shorter side: 6 to 27 dp on a 360 dp screen."""

RING_MOST, RING_INSIDE = 0.125, 0.38
"""A ring round a cross is at most 45 dp wide; what is nearer to its middle than this share of its width is inside."""


def find_close(frame: Frame, box: Box) -> Box | None:
    """Find the cross in the card's upper corners, just outside them or below the card; None when there is none."""
    return next((found for zone in _cross_zones(frame, box) if (found := cross_in(frame, zone)) is not None), None)


def cross_in(frame: Frame, zone: Box) -> Box | None:
    """The cross in a part of a frame that lies on it; None when there is none."""
    left, top, width, height = zone
    stride = max(1, round(min(frame.shape[:2]) / (2 * SHORT_SIDE)))
    part = thinned(frame[top : top + height, left : left + width], stride)
    if min(part.shape[:2]) < 12:
        return None
    found = _cross(brightest(part), min(frame.shape[:2]) / stride)
    if found is None:
        return None
    x, y, w, h = found
    return left + x * stride, top + y * stride, w * stride, h * stride


def _cross_zones(frame: Frame, box: Box) -> Iterator[Box]:
    """Yield the places (x, y, width, height) where designers put a cross, likeliest first."""
    height, width = frame.shape[:2]
    x, y, w, h = box
    reach = round(0.16 * width)
    middle = x + w // 2
    for left, top, right, bottom in (
        (x + w - reach, y - reach, x + w + reach // 2, y + reach),
        (middle - reach, y + h, middle + reach, y + h + round(1.7 * reach)),
        (x - reach // 2, y - reach, x + reach, y + reach),
    ):
        left, top = max(0, left), max(0, top)
        yield left, top, min(width, right) - left, min(height, bottom) - top


def _cross(v: Plane, short: float) -> Box | None:
    best, best_likeness = None, CROSS_LIKENESS
    size = 2 * round(STROKE * short) + 3
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (size, size))
    for operation in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT):
        lines = np.asarray(cv2.morphologyEx(v, operation, kernel), dtype=np.uint8)
        highest = int(lines.max())
        for level in CROSS_LEVELS:
            if level >= highest:
                break
            for box, glyph in _glyphs(lines, level, short):
                likeness = _cross_likeness(glyph)
                if likeness > best_likeness:
                    best, best_likeness = box, likeness
    return best


def _glyphs(lines: NDArray[np.uint8], level: int, short: float) -> Iterator[tuple[Box, NDArray[np.bool_]]]:
    """Yield about square glyphs of a cross's size that stand alone, and what is in larger ones that may be rings."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(cv2.threshold(lines, level, 1, cv2.THRESH_BINARY)[1], connectivity=8)
    stats = np.asarray(boxes, dtype=np.int64)
    least = GLYPH_LEAST * short
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    fits = (np.minimum(wide, high) >= least) & (np.maximum(wide, high) <= np.minimum(RING_MOST * short, 1.3 * np.minimum(wide, high)))
    fitting = np.flatnonzero(fits[1:count]) + 1
    if not fitting.size:
        return
    for index, letter in zip(fitting, _have_neighbours(stats, fitting), strict=True):
        x, y, w, h, _ = (int(n) for n in stats[index])
        glyph = labels[y : y + h, x : x + w] == index
        if max(w, h) <= GLYPH_MOST * short and not letter:
            yield (x, y, w, h), glyph
        if min(w, h) >= 1.6 * least and _is_round(glyph):
            inside = _within_ring(glyph)
            if inside is not None:
                left, top, part = inside
                if min(part.shape) >= 0.5 * least:
                    yield (x + left, y + top, part.shape[1], part.shape[0]), part


def _is_round(glyph: NDArray[np.bool_]) -> bool:
    """Whether a glyph has a ring about its rim: nearly every ray from its middle meets it there."""
    h, w = glyph.shape
    ends = slice(0, h // 10 + 1), slice(h - h // 10 - 1, h)
    if any(glyph[rows, columns].any() for rows in ends for columns in (slice(0, w // 10 + 1), slice(w - w // 10 - 1, w))):
        return False
    rows, columns = np.indices((h, w))
    away = np.hypot((columns - (w - 1) / 2) / w, (rows - (h - 1) / 2) / h)
    rim = glyph & (away > RING_INSIDE) & (away < 0.53)
    turn = np.arctan2(rows - (h - 1) / 2, columns - (w - 1) / 2)
    met = np.unique(np.floor((turn[rim] + np.pi) * (16 / (2 * np.pi))).astype(np.int64) % 16)
    return len(met) >= 15


def _within_ring(glyph: NDArray[np.bool_]) -> tuple[int, int, NDArray[np.bool_]] | None:
    """Left, top and pixels of what lies in the middle of a ring."""
    h, w = glyph.shape
    rows, columns = np.indices((h, w))
    inner = glyph & (np.hypot((columns - (w - 1) / 2) / w, (rows - (h - 1) / 2) / h) < RING_INSIDE)
    down, along = np.flatnonzero(inner.any(axis=1)), np.flatnonzero(inner.any(axis=0))
    if not down.size or max(len(down), len(along)) > 1.4 * min(len(down), len(along)):
        return None
    return int(along[0]), int(down[0]), inner[down[0] : down[-1] + 1, along[0] : along[-1] + 1]


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


def _have_neighbours(stats: NDArray[np.int64], glyphs: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell of each glyph whether another of about its height stands close by on the line: then it is a letter."""
    x, y, w, h, _ = stats[glyphs].T[:, :, None]
    left, top, width, height, _ = stats[1:].T[:, None, :]
    apart = np.maximum(left - (x + w), x - (left + width))
    level = np.minimum(top + height, y + h) - np.maximum(top, y)
    close = (apart >= 0) & (apart < 0.9 * w) & (level > 0.5 * h) & (height > 0.5 * h) & (height < 1.8 * h)
    return np.asarray(close.any(axis=1))
