"""Sums over rectangles from integral images, in boxes and around them, for many boxes at once.

A card without a scrim gives itself away by its layout: words above and answers below, plain sides inside, and outside a
page that it cuts off in the middle of its words and pictures. A card that is a part of the page lies in a plain gutter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.vision.luma_thumbnails import Thumbnail
from harness.vision.proposals import PlaneBox

Integral: TypeAlias = "NDArray[np.int32] | NDArray[np.float64]"
"""Sums over what lies above and left of each pixel: whole numbers cost half, squares do not fit into them."""

STEEP = 16
"""A step of V from which a pixel belongs to an edge."""

STRIP = 6
"""Width of the strips on both sides of a card's edge, in pixels of the plane: 8 dp."""

GRID = (3, 5)
"""Columns and rows into which a box is cut to tell where its words and colours are."""

SIDES = ("left", "right", "top", "bottom")

LAYOUT = (
    *(f"busy_{row}{column}" for row, column in product(range(GRID[1]), range(GRID[0]))),
    *(f"colour_{row}{column}" for row, column in product(range(GRID[1]), range(GRID[0]))),
    *(f"{what}_{side}" for side in SIDES for what in ("busy_out", "busy_in", "spread_out", "spread_in", "apart")),
    "busy_above",
    "busy_below",
    "corners",  # at how many corners the edge of the box is the page: they are round
    "shape",  # width over height of the box
    "screen_shape",
    "holds",  # how many other boxes lie in this one
    "held",  # in how many other boxes this one lies
)


@dataclass(frozen=True, slots=True)
class Sums:
    """Integral images of a frame: of V, of its square, of edge pixels, of saturation; and V itself."""

    v: NDArray[np.int32]
    squares: NDArray[np.float64]
    steep: NDArray[np.int32]
    colour: NDArray[np.int32]
    plane: NDArray[np.int16]


def sums(screen: Thumbnail, steep: NDArray[np.uint8], saturation: NDArray[np.uint8]) -> Sums:
    """Prepare a frame."""
    total, squares = cv2.integral2(screen.v, sdepth=cv2.CV_32S)
    edges, colour = (cv2.integral(plane, sdepth=cv2.CV_32S) for plane in (cv2.threshold(steep, STEEP, 1, cv2.THRESH_BINARY)[1], saturation))
    levels, powers = np.asarray(total, np.int32), np.asarray(squares, np.float64)
    return Sums(levels, powers, np.asarray(edges, np.int32), np.asarray(colour, np.int32), screen.v.astype(np.int16))


def lay_out(prepared: Sums, boxes: list[PlaneBox]) -> NDArray[np.float64]:
    """Give the measures of :data:`LAYOUT`, a row for each box."""
    high, wide = prepared.plane.shape
    x, y, w, h = np.asarray(boxes, dtype=np.intp).T
    right, low = x + w, y + h
    a, b = np.maximum(1, h // 8), np.maximum(1, w // 8)
    across = [x + w * column // GRID[0] for column in range(GRID[0] + 1)]
    down = [y + h * row // GRID[1] for row in range(GRID[1] + 1)]
    cells = [(across[column], down[row], across[column + 1], down[row + 1]) for row, column in product(range(GRID[1]), range(GRID[0]))]
    strips = [
        (x - STRIP, y + a, x - 1, low - a),
        (x + 2, y + a, x + 2 + STRIP, low - a),
        (right + 1, y + a, right + STRIP, low - a),
        (right - 2 - STRIP, y + a, right - 2, low - a),
        (x + b, y - STRIP, right - b, y - 1),
        (x + b, y + 2, right - b, y + 2 + STRIP),
        (x + b, low + 1, right - b, low + STRIP),
        (x + b, low - 2 - STRIP, right - b, low - 2),
    ]
    none, all_of_it = np.zeros_like(x), np.full_like(x, wide)
    rest = [(none, none + round(0.045 * high), all_of_it, y), (none, low, all_of_it, np.full_like(x, round(0.95 * high)))]
    grid = Rectangles(cells, high, wide)
    sides = Rectangles(strips, high, wide)
    level = sides.mean(prepared.v)
    spread = np.sqrt(np.maximum(0.0, sides.mean(prepared.squares) - level * level)) / 64
    busy = sides.mean(prepared.steep)
    rows = [*grid.mean(prepared.steep), *(grid.mean(prepared.colour) / 255)]
    for outer in range(0, 8, 2):
        apart = np.where(sides.area[outer] > 0, level[outer + 1] - level[outer], 0.0) / 255
        rows += [busy[outer], busy[outer + 1], spread[outer], spread[outer + 1], apart]
    rows += [*Rectangles(rest, high, wide).mean(prepared.steep), _round_corners(prepared.plane, x, y, w, h)]
    rows += [w / np.maximum(1, h) / 4, np.full(len(x), wide / high)]
    inside = (x[:, None] <= x + 2) & (y[:, None] <= y + 2) & (right[:, None] >= right - 2) & (low[:, None] >= low - 2)
    rows += [(inside.sum(axis=1) - 1) / 8, (inside.sum(axis=0) - 1) / 8]
    return np.stack(rows, axis=1)


class Rectangles:
    """Rectangles (left, top, right, low), cut at the plane's edges: some for each box, summed all at once."""

    def __init__(self, edges: Sequence[tuple[NDArray[np.intp], ...]], high: int, wide: int) -> None:
        left, top, right, low = (np.maximum(each, 0) for each in np.asarray(edges, dtype=np.intp).transpose(1, 0, 2))
        self._left, self._top = np.minimum(left, wide), np.minimum(top, high)
        self._right, self._low = np.maximum(np.minimum(right, wide), self._left), np.maximum(np.minimum(low, high), self._top)
        self.area = (self._right - self._left) * (self._low - self._top)

    def mean(self, image: Integral) -> NDArray[np.float64]:
        """The mean over each; 0 for those off the plane."""
        upper = image[self._top, self._right] - image[self._top, self._left]
        lower = image[self._low, self._right] - image[self._low, self._left]
        return np.asarray((lower - upper) / np.maximum(1, self.area))


def _round_corners(plane: NDArray[np.int16], *box: NDArray[np.intp]) -> NDArray[np.float64]:
    """The share of a box's corners whose pixel looks like the page outside rather than like the card inside."""
    x, y, w, h = box
    high, wide = plane.shape
    right, low = x + w - 1, y + h - 1
    corners = ((x, y, 1, 1), (right, y, -1, 1), (x, low, 1, -1), (right, low, -1, -1))

    def levels(along: int, across: int) -> NDArray[np.int16]:
        rows = np.array([cy + across * dy for _, cy, _, dy in corners])
        columns = np.array([cx + along * dx for cx, _, dx, _ in corners])
        return np.asarray(plane[np.minimum(np.maximum(rows, 0), high - 1), np.minimum(np.maximum(columns, 0), wide - 1)])

    at, inside, outside = levels(1, 1), levels(16, 3), levels(-3, -3)
    turned = (np.abs(at - outside) < np.abs(at - inside)) & (np.abs(inside - outside) > 6)
    return np.asarray(turned.mean(axis=0))
