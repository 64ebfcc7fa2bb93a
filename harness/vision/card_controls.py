"""The cross that closes a pop-up: in the card's corners, outside them or below it, bare, on a disc or in a ring.

It is looked for only on a confirmed pop-up. Shapes, not templates of particular icons: there are too many of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.vision.luma_thumbnails import SHORT_SIDE, Box, Frame, Plane, brightest, thinned

CROSS_SIDE = 24
"""Side in pixels to which a glyph is scaled before it is compared with a cross."""

CROSS_LIKENESS = 0.7
"""Least likeness to a cross; letters, rings and blobs stay under 0.5."""

STROKE = 0.015
"""Half of the widest stroke of a cross over the screen's shorter side: 5 dp."""

GLYPH_LEVELS = 50
"""Grey levels by which a glyph stands out; its arms find what is fainter or joined with the page behind it. Chosen on
drawn cards, as what follows."""

GLYPH_LEAST, GLYPH_MOST = 0.018, 0.075
"""Side of a cross over the screen's shorter side: 6 to 27 dp on a 360 dp screen."""

ARM_LEAST, ARM_MOST = 0.0075, 0.034
"""How far the arms of a cross reach to each side, over the screen's shorter side: 3 to 12 dp."""

ARMS_ALIKE = 0.12
"""Arms are as long as each other but for this share of them and two pixels; a fourth may run into a ring or fray."""

ARMS_STAND_OUT = 13
"""Grey levels by which each pixel of the arms stands out from what is between them."""

GLYPHS_STAND_OUT = 21
"""Where no shortest arms do by so many, no glyph is looked for: the least of 100 drawn ones had 25."""

LOW_SHARE = 0.12
"""How far below its upper edge the cross of a card or page as high as the screen stands at most [PROJECT]: a page keeps
the phone's bar free, and a cut-out."""

SPOTS = 6
"""How many places of one picture are looked at more closely."""


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
    low = y + max(reach, round(LOW_SHARE * h))
    middle = x + w // 2
    for left, top, right, bottom in (
        (x + w - reach, y - reach, x + w + reach // 2, low),
        (middle - reach, y + h - reach // 2, middle + reach, y + h + round(1.7 * reach)),
        (x - reach // 2, y - reach, x + reach, low),
    ):
        left, top = max(0, left), max(0, top)
        yield left, top, min(width, right) - left, min(height, bottom) - top


@dataclass(frozen=True, slots=True)
class _Shade:
    """A plane whose crosses are light, broadened by a pixel and with a rim, and how much each pixel may stand out."""

    plane: Plane
    broad: Plane
    standing: Plane


def _cross(v: Plane, short: float) -> Box | None:
    """The cross of a plane: a glyph that stands alone, else one that touches something."""
    least, most = round(ARM_LEAST * short), round(ARM_MOST * short)
    shades = [_shade(plane, least, most) for plane in (v, np.asarray(cv2.bitwise_not(v), np.uint8))]
    stand_out = max(int(shade.standing.max()) for shade in shades) >= GLYPHS_STAND_OUT
    return (_lone_cross(v, short) if stand_out else None) or _crossing(shades, least, most)


def _shade(plane: Plane, least: int, most: int) -> _Shade:
    """Prepare a plane: no arms stand out further than the shortest ones do from the darkest pixel of each side.

    Nine pixels in ten thousand are left to be looked at, and none in half of the places: a tenth of the time.
    """
    (high, across), rim = plane.shape, 2 * most + 2
    broad = cv2.copyMakeBorder(cv2.dilate(plane, np.ones((3, 3), np.uint8)), rim, rim, rim, rim, cv2.BORDER_REPLICATE)

    arms, first = plane.copy(), _inner(least)
    for x, y in (step for reach in range(1, least + 1) for step in _round(reach, 1)):
        cv2.min(arms, broad[rim + y : rim + y + high, rim + x : rim + x + across], arms)
    line = np.ones((1, most - first + 1), np.uint8)
    row = cv2.erode(broad[rim : rim + high], line, anchor=(0, 0))
    column = cv2.erode(broad[:, rim : rim + across], line.T, anchor=(0, 0))
    gaps = cv2.max(row[:, rim + first : rim + first + across], row[:, rim - most : rim - most + across])
    for y in (first, -most):
        cv2.max(gaps, column[rim + y : rim + y + high], gaps)
    return _Shade(plane, np.asarray(broad, np.uint8), np.asarray(cv2.subtract(arms, gaps), np.uint8))


def _inner(reach: Any) -> Any:
    """How far out the sides of a cross with arms of this reach are looked at besides: nearer ones its strokes fill."""
    return (3 * reach + 3) // 4


def _lone_cross(v: Plane, short: float) -> Box | None:
    """The glyph that is most like a cross."""
    best, best_likeness = None, CROSS_LIKENESS
    kernel = np.ones((2 * round(STROKE * short) + 3,) * 2, np.uint8)
    for operation in (cv2.MORPH_TOPHAT, cv2.MORPH_BLACKHAT):
        lines = np.asarray(cv2.morphologyEx(v, operation, kernel), dtype=np.uint8)
        for box, glyph in _glyphs(lines, short):
            likeness = _cross_likeness(glyph)
            if likeness > best_likeness:
                best, best_likeness = box, likeness
    return best


def _crossing(shades: list[_Shade], least: int, most: int) -> Box | None:
    """Where four equal arms meet on even gaps, whatever they touch: a ring, a disc, the page behind them."""
    best, most_apart, rim = None, ARMS_STAND_OUT - 1, 2 * most + 2
    for shade in shades:
        rows, columns = np.nonzero(shade.standing > most_apart)
        if not rows.size:
            continue
        apart = _apart(shade, rows, columns, least, most)
        for _ in range(SPOTS):
            at = int(apart.argmax())
            if apart[at] <= most_apart:
                break
            x, y, far = int(columns[at]), int(rows[at]), int(apart[at])
            apart[(abs(rows - y) <= 4) & (abs(columns - x) <= 4)] = 0
            arm = _arm(shade.broad, x + rim, y + rim, least, most)
            if arm:
                best, most_apart = (x - arm, y - arm, 2 * arm + 1, 2 * arm + 1), far
    return best


def _apart(shade: _Shade, rows: NDArray[np.intp], columns: NDArray[np.intp], least: int, most: int) -> NDArray[np.intp]:
    """By how much the arms about each of these pixels stand out from what is between them, at the best reach."""
    rim, reaches, outer = 2 * most + 2, np.arange(1, most + 1), np.arange(least, most + 1)
    middle = shade.plane[rows, columns][:, None]
    down, right = (rows + rim)[:, None], (columns + rim)[:, None]
    corners, sides = (np.stack([shade.broad[down + y * reaches, right + x * reaches] for x, y in _round(1, to)]) for to in (1, 0))
    arms = np.minimum.accumulate(np.hstack([middle, corners.min(axis=0)]), axis=1).astype(np.intp)
    gaps = np.hstack([middle, sides.max(axis=0)])
    return np.asarray((arms[:, outer] - np.maximum(gaps[:, outer], gaps[:, _inner(outer)])).max(axis=1))


def _round(reach: int, corner: int) -> tuple[tuple[int, int], ...]:
    """Four steps from a middle: to the corners of a square, or to its sides."""
    return tuple((reach * x, reach * y) for x, y in ((1, corner), (-1, -corner), (-corner, 1), (corner, -1)))


def _arm(plane: Plane, x: int, y: int, least: int, most: int) -> int:
    """How far the arms of a cross about a middle reach; 0 where they are not alike, or belong to a letter of a line."""
    steps = np.arange(1, most + 3)
    arms, gaps = (np.stack([plane[y + dy * steps, x + dx * steps] for dx, dy in _round(1, to)]) for to in (1, 0))
    level = (np.median(gaps[:, least - 1 : 2 * least]) + np.median(arms[:, :least])) / 2
    lengths = sorted(int(np.argmin(arm)) if not arm.all() else most + 3 for arm in arms >= level)
    short, _, long = min(lengths[:3], lengths[1:], key=lambda three: three[2] - three[0])
    if long - short > 2 + ARMS_ALIKE * short or lengths[0] < least + 2 or long > most + 1:
        return 0
    arm = short - 1
    near, off, aside = arm + 3, 2 * arm + 2, arm * 3 // 2
    left, right = (plane[y - aside : y + aside + 1, at] > level for at in (slice(x - near, x - off, -1), slice(x + near, x + off)))
    above, below = (level < plane[at, x - aside : x + aside + 1].T for at in (slice(y - near, y - off, -1), slice(y + near, y + off)))
    beside = [_is_ink(part) for part in (left, right, above, below)]
    return 0 if any(beside[:2]) and not all(beside) else arm


def _is_ink(part: NDArray[np.bool_]) -> bool:
    """Whether something lies beside a cross that is no straight edge; ``part`` goes outwards along its second axis."""
    third = len(part) // 3
    return bool(part[third:-third].any() and not part[:, -1].all())


def _glyphs(lines: NDArray[np.uint8], short: float) -> Iterator[tuple[Box, NDArray[np.bool_]]]:
    """Yield about square glyphs of a cross's size that stand alone."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(cv2.threshold(lines, GLYPH_LEVELS, 1, cv2.THRESH_BINARY)[1], connectivity=8)
    stats = np.asarray(boxes, dtype=np.int64)
    least = GLYPH_LEAST * short
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    fits = (np.minimum(wide, high) >= least) & (np.maximum(wide, high) <= np.minimum(GLYPH_MOST * short, 1.3 * np.minimum(wide, high)))
    fitting = np.flatnonzero(fits[1:count]) + 1
    if not fitting.size:
        return
    for index, letter in zip(fitting, _have_neighbours(stats, fitting), strict=True):
        if not letter:
            x, y, w, h, _ = (int(n) for n in stats[index])
            yield (x, y, w, h), labels[y : y + h, x : x + w] == index


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
