"""A full-screen advert by its look: no scrim and no card, but a chip or a ring in a corner and a button low down.

What stands in a corner is looked for as a rectangle that differs from what is round it on all four sides by the same
sign: a half transparent chip does so over any picture, a thing in the picture hardly does. With where a page has its
edges and colours these are the measures of a forest of their own.
"""

from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.vision.card_controls import cross_in
from harness.vision.integral_images import STEEP, Integral
from harness.vision.luma_thumbnails import Box, Frame, Thumbnail, view
from harness.vision.popup_features import FrameNumbers
from harness.vision.proposals import PlaneBox

CORNERS = ("upper_right", "upper_left", "lower_right")
CHIP_DP = (18, 23, 28, 34, 42)
CHIP_SHAPES = (1.0, 1.7, 2.4, 3.2, 4.2)
"""Heights of chips and rings in dp, and how many times as wide they are."""

BUTTON_DP = (40, 48, 58)
BUTTON_WIDTHS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Heights of a button low on the page in dp, and its widths over the screen's."""

STANDS_OUT, CHIP_INK = 0.06, 0.04
"""How far a chip stands out from what is round it on its least side, of 1, and the least share of its pixels that are
words."""

GRID = (4, 8)
CHIP = ("stands_out", "shape", "high", "from_side", "from_end", "ink", "spread")
BUTTON = ("stands_out", "wide", "at", "spread", "colour")
WHOLE = (
    *(f"{corner}_{name}" for corner in CORNERS for name in CHIP),
    *(f"button_{name}" for name in BUTTON),
    *(f"busy_{row}{column}" for row, column in product(range(GRID[1]), range(GRID[0]))),
    *(f"colour_{row}{column}" for row, column in product(range(GRID[1]), range(GRID[0]))),
    *(f"spread_{row}" for row in range(GRID[1])),
    "flat",  # share of pixels whose neighbours are the same
    "steep",
    "status_left",  # how busy the two ends of the status bar are
    "status_right",
    "cross_right",
    "cross_left",
    "screen_shape",
)


def corner_chip(frame: Frame) -> Box | None:
    """The chip or ring that stands out most in a corner of the screen, in pixels of the frame; None where none does."""
    screen = view(frame)
    plane = screen.v.astype(np.int16)
    image = np.asarray(cv2.integral(screen.v, sdepth=cv2.CV_32S), np.int32)
    high, wide = screen.v.shape
    best, most = None, STANDS_OUT
    for corner in CORNERS:
        score, (x, y, w, h) = _chip(image, corner, high, wide, min(high, wide) / 360)
        ink = float(np.mean(np.abs(np.diff(plane[y : y + h, x : x + w], axis=1)) > STEEP))
        if score > most and ink > CHIP_INK:
            best, most = screen.full_box(x, y, w, h), score
    return best


def whole(screen: Thumbnail, numbers: FrameNumbers) -> NDArray[np.float64]:
    """Measure a frame, in the order of :data:`WHOLE`."""
    sums = numbers.layout
    high, wide = screen.v.shape
    dp = min(high, wide) / 360
    values: list[float] = []
    for corner in CORNERS:
        score, box = _chip(sums.v, corner, high, wide, dp)
        x, y, w, h = box
        inside = np.s_[y : y + h, x : x + w]
        side = (x + w / 2) / wide if corner == "upper_left" else 1 - (x + w / 2) / wide
        end = 1 - (y + h / 2) / high if corner == "lower_right" else (y + h / 2) / high
        steep = float(np.mean(np.abs(np.diff(sums.plane[inside], axis=1)) > STEEP))
        values += [score, w / h / 4, h / dp / 48, side, end, steep, float(sums.plane[inside].std()) / 64]
    score, button = _button(sums.v, high, wide, dp)
    x, y, w, h = button
    inside = np.s_[y : y + h, x : x + w]
    colour = float(numbers.saturation[y // 2 : (y + h) // 2 + 1, x // 2 : (x + w) // 2 + 1].mean()) / 255
    values += [score, w / wide, (y + h / 2) / high, float(sums.plane[inside].std()) / 64, colour]
    small = (GRID[0], GRID[1])
    values += _cells(sums.steep, small).tolist()
    values += (_cells(sums.colour, small) / 255).tolist()
    mean, squares = _cells(sums.v, (1, GRID[1])), _cells(sums.squares, (1, GRID[1]))
    values += (np.sqrt(np.maximum(0.0, squares - mean * mean)) / 64).tolist()
    strip = sums.plane[: max(2, screen.top)]
    ends = [float(np.mean(np.abs(np.diff(part, axis=1)) > STEEP)) for part in (strip[:, : wide // 3], strip[:, -wide // 3 :])]
    counts = numbers.steep_counts
    total = max(1, int(counts.sum()))
    values += [float(counts[:3].sum()) / total, float(counts[STEEP:].sum()) / total, *ends]
    values += [float(cross_in(screen.colour, zone) is not None) for zone in _cross_corners(screen.colour)]
    values.append(wide / high)
    return np.asarray(values, dtype=np.float64)


def _cross_corners(frame: Frame) -> list[Box]:
    high, wide = frame.shape[:2]
    short = min(high, wide)
    w, h = round(0.17 * short), round(0.26 * short)
    return [(wide - w, 0, w, h), (0, 0, w, h)]


def _cells(image: Integral, grid: tuple[int, int]) -> NDArray[np.float64]:
    """The means over the cells of a grid, row by row."""
    high, wide = image.shape[0] - 1, image.shape[1] - 1
    across = np.arange(grid[0] + 1) * wide // grid[0]
    down = np.arange(grid[1] + 1) * high // grid[1]
    at = image[np.ix_(down, across)]
    totals = at[1:, 1:] - at[:-1, 1:] - at[1:, :-1] + at[:-1, :-1]
    return np.asarray((totals / (np.diff(down)[:, None] * np.diff(across)[None, :])).ravel())


def _chip(image: Integral, corner: str, high: int, wide: int, dp: float) -> tuple[float, PlaneBox]:
    """The rectangle of a chip's size that stands out most in a corner of the screen."""
    reach = round(0.38 * wide), round(110 * dp)
    found: list[NDArray[np.intp]] = []
    for tall, shape in product(CHIP_DP, CHIP_SHAPES):
        h, w = round(tall * dp), round(tall * shape * dp)
        if w >= reach[0] - 6 or h >= reach[1] - 6:
            continue
        xs = np.arange(3, reach[0] - w, 2)
        xs = xs if corner == "upper_left" else wide - w - xs
        ys = np.arange(3, reach[1] - h, 2)
        ys = ys if corner.startswith("upper") else high - h - ys - round(12 * dp)
        places = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        found.append(np.hstack([places, np.full((len(places), 2), (w, h))]))
    return _best(image, np.concatenate(found))


def _button(image: Integral, high: int, wide: int, dp: float) -> tuple[float, PlaneBox]:
    """The wide rectangle in the middle of the lower half that stands out most."""
    found = []
    for tall, share in product(BUTTON_DP, BUTTON_WIDTHS):
        h, w = round(tall * dp), round(share * wide)
        ys = np.arange(high // 2, high - h - 4, 2)
        found.append(np.stack([np.full_like(ys, (wide - w) // 2), ys, np.full_like(ys, w), np.full_like(ys, h)], axis=1))
    return _best(image, np.concatenate(found))


def _best(image: Integral, places: NDArray[np.intp]) -> tuple[float, PlaneBox]:
    """The place whose four sides differ from what is outside by one sign, and by how much the least of them does."""
    x, y, w, h = places.T
    a, b = h // 2, h // 4
    outer_inner = [
        ((x + a, y - 3, x + w - a, y - 1), (x + a, y + 1, x + w - a, y + 3)),
        ((x + a, y + h + 1, x + w - a, y + h + 3), (x + a, y + h - 3, x + w - a, y + h - 1)),
        ((x - 3, y + b, x - 1, y + h - b), (x + 1, y + b, x + 3, y + h - b)),
        ((x + w + 1, y + b, x + w + 3, y + h - b), (x + w - 3, y + b, x + w - 1, y + h - b)),
    ]
    apart = np.stack([_mean(image, inner) - _mean(image, outer) for outer, inner in outer_inner])
    standing = np.maximum(apart.min(axis=0), (-apart).min(axis=0)) / 255
    at = int(np.argmax(standing))
    return float(standing[at]), (int(x[at]), int(y[at]), int(w[at]), int(h[at]))


def _mean(image: Integral, edges: tuple[NDArray[np.intp], ...]) -> NDArray[np.float64]:
    left, top, right, low = edges
    high, wide = image.shape[0] - 1, image.shape[1] - 1
    left, right = np.minimum(np.maximum(left, 0), wide - 1), np.minimum(np.maximum(right, left + 1), wide)
    top, low = np.minimum(np.maximum(top, 0), high - 1), np.minimum(np.maximum(low, top + 1), high)
    total = image[low, right] - image[top, right] - image[low, left] + image[top, left]
    return np.asarray(total / ((right - left) * (low - top)))
