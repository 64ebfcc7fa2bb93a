"""Region proposals: boxes of one frame that are worth scoring as a pop-up, from three independent cues.

A. bright regions: the card is brighter than the dimmed page at some threshold of V;
B. mirrored edges: a centred card has a left and a right edge at equal distances from the screen's middle, light or
   dark;
C. full-width edges: the upper edge of a bottom sheet.

All boxes are in pixels of the plane.
"""

from collections.abc import Iterable
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.events.box import overlap
from harness.vision.luma_thumbnails import Plane, Thumbnail

PlaneBox: TypeAlias = tuple[int, int, int, int]
"""``(x, y, width, height)`` in pixels of the plane."""

THRESHOLDS = (50, 72, 95, 115, 135, 160, 185, 210, 238)
STEP_LEVELS = 5
"""A card's edge moves V by at least this: Material's dark dialog on a dimmed dark page moves it by about 10."""

LEAST_WIDTH, LEAST_WIDTH_LYING, LEAST_HEIGHT, MOST_HEIGHT = 0.42, 0.3, 0.05, 0.93
"""Shares of the screen a pop-up spans, the second where it lies. Narrower things are menus, tooltips and spinners."""

SAME_IOU = 0.92

REGION_LEAST, ALIKE = 0.03, 0.004
"""Least share of the screen that a bright region takes, and by how much two thresholds differ that are worth both."""


def propose(screen: Thumbnail) -> list[PlaneBox]:
    """Give up to about thirty distinct boxes of plausible size."""
    found: list[PlaneBox] = []
    floor = _navigation_top(screen)
    for box in (*_bright(screen), *_mirrored(screen), *_sheets(screen, floor)):
        fitted = _snapped(box, screen.width, floor)
        if _plausible(fitted, screen) and all(overlap(fitted, other) < SAME_IOU for other in found):
            found.append(fitted)
    return found


def _plausible(box: PlaneBox, screen: Thumbnail) -> bool:
    _, _, w, h = box
    return w >= least_width(screen) and LEAST_HEIGHT <= h / screen.height <= MOST_HEIGHT


def least_width(screen: Thumbnail) -> float:
    """The least width of a pop-up in pixels of the plane."""
    return screen.width * (LEAST_WIDTH if screen.width <= screen.height else LEAST_WIDTH_LYING)


def _snapped(box: PlaneBox, width: int, floor: int) -> PlaneBox:
    """Close gaps of a pixel or two to the sides of the screen; end what spans it all above the navigation bar."""
    x, y, w, h = box
    right = width if x + w >= width - 2 else x + w
    left = 0 if x <= 2 else x
    if left == 0 and right == width and y < floor < y + h:
        h = floor - y
    return left, y, right - left, h


def _bright(screen: Thumbnail) -> Iterable[PlaneBox]:
    """Yield the boxes of bright regions, looked for on every second pixel: their sides are set right afterwards."""
    half = np.ascontiguousarray(screen.v[::2, ::2])
    half[: screen.top // 4] = 0
    kernel = np.ones((2, 2), np.uint8)
    seen: set[PlaneBox] = set()
    above = np.cumsum(cv2.calcHist([half], [0], None, [256], [0, 256])[::-1])[::-1] / half.size
    shares = [float(above[threshold + 1]) for threshold in THRESHOLDS]
    for threshold, share, brighter in zip(THRESHOLDS, shares, [*shares[1:], 0.0], strict=True):
        if share <= REGION_LEAST or share - brighter < ALIKE:  # none is so large, or the next one sees the same
            continue
        mask = cv2.threshold(half, threshold, 1, cv2.THRESH_BINARY)[1]
        # Opening cuts the bridges that glyphs and hairlines build between the card and things outside it; of an even
        # kernel the second half has the other anchor, or what is left moves.
        opened = cv2.dilate(cv2.erode(mask, kernel), kernel, anchor=(0, 0))
        count, _, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4, ltype=cv2.CV_16U)
        order = np.argsort(stats[1:count, cv2.CC_STAT_AREA])[::-1][:3] + 1
        for index in order:
            x, y, w, h, filled = (int(n) for n in stats[index])
            box = (2 * x, 2 * y, min(2 * w, screen.width - 2 * x), min(2 * h, screen.height - 2 * y))
            if filled > REGION_LEAST * half.size and filled > 0.35 * w * h and box not in seen:
                seen.add(box)
                yield box


def _mirrored(screen: Thumbnail) -> Iterable[PlaneBox]:
    """Yield boxes between a vertical edge and its mirror image, for the four strongest columns."""
    plane = screen.v.astype(np.int16)
    step = plane[:, 2:] - plane[:, :-2]
    half = screen.width // 2 - 2
    left = step[:, :half]
    right = -step[:, ::-1][:, :half]
    strong = (np.minimum(np.abs(left), np.abs(right)) >= STEP_LEVELS) & (np.sign(left) == np.sign(right))
    strong[: screen.top] = False
    # A card may be off the middle by a pixel: accept the neighbouring column on the right side.
    joined = cv2.morphologyEx(strong.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 1), np.uint8))
    counts = joined.sum(axis=0, dtype=np.int64)
    counts[int(screen.width - least_width(screen)) // 2 :] = 0
    for _ in range(4):
        column = int(np.argmax(counts))
        if counts[column] < LEAST_HEIGHT * screen.height:
            return
        counts[max(0, column - 3) : column + 4] = 0
        runs = _runs(joined[:, column] > 0)[:2]
        first = min(start for start, _ in runs)
        last = max(start + length for start, length in runs)
        x = column + 1
        # The page behind may be as dark as the card somewhere: try the two longest runs joined as well.
        for top, bottom in {(first, last), *((start, start + length) for start, length in runs)}:
            yield _grown(screen.v, (x, top, screen.width - 2 * x, bottom - top))


def _grown(v: Plane, box: PlaneBox) -> PlaneBox:
    """Lengthen a box found by its straight sides over the rounded corners."""
    x, y, w, h = box
    middle = slice(x + w // 3, x + 2 * w // 3)
    reach = 10
    top, bottom = y, y + h
    above = _edges(v[max(0, y - reach) : y + 1, middle])
    if above.size:
        top = max(0, y - reach) + int(above[0]) + 1
    below = _edges(v[y + h - 2 : min(len(v) - 1, y + h + reach), middle])
    if below.size:
        bottom = y + h - 2 + int(below[-1]) + 2
    return x, top, w, bottom - top


def _edges(rows: Plane) -> NDArray[np.intp]:
    """At which rows most of the next one differs from it: the straight edge of a card."""
    if len(rows) < 2:
        return np.zeros(0, np.intp)
    return np.flatnonzero(np.mean(cv2.absdiff(rows[1:], rows[:-1]) >= STEP_LEVELS, axis=1) > 0.7)


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs (start, length) of true flags, longest first."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    runs = [(int(start), int(end - start)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return sorted(runs, key=lambda run: -run[1])


def _sheets(screen: Thumbnail, floor: int) -> Iterable[PlaneBox]:
    """Yield full-width boxes from a strong horizontal edge down to the navigation bar, or to the bottom without one."""
    plane = screen.v.astype(np.int16)
    step = plane[2:] - plane[:-2]
    share = np.mean(step >= STEP_LEVELS, axis=1)
    share[: int(0.12 * screen.height)] = 0
    for _ in range(4):
        row = int(np.argmax(share))
        if share[row] < 0.6:
            return
        share[max(0, row - 4) : row + 5] = 0
        if floor > row + 2:
            yield 0, row + 1, screen.width, floor - row - 1


def _navigation_top(screen: Thumbnail) -> int:
    """First row of a navigation bar drawn as a plain band, or the plane's height when there is none."""
    first = screen.height - round(0.09 * screen.height)
    plane = screen.v[first:].astype(np.int16)
    share = np.mean(np.abs(plane[1:] - plane[:-1]) >= STEP_LEVELS, axis=1)
    row = int(np.argmax(share)) if share.size else 0
    return first + row + 1 if share.size and share[row] > 0.8 else screen.height
