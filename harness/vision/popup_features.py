"""The features of a box of one frame: the input of the pop-up score.

Each feature answers a question a person would ask: is the card even and sharp-edged, is it in the middle, is everything
outside it dim, does the page go on behind it, are the status icons brighter than the page can get?
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.vision.integral_images import LAYOUT, Sums, lay_out, sums
from harness.vision.luma_thumbnails import Thumbnail
from harness.vision.proposals import STEP_LEVELS, PlaneBox

LOOKS = (
    "width",  # of the box over the screen's
    "height",
    "middle_x",  # distance of the centres, shares of the screen
    "middle_y",
    "margin_below",
    "touches_bottom",
    "inside_mode",  # commonest level inside, 0..1
    "inside_mode_share",
    "inside_p10",
    "inside_p90",
    "rim_spread",  # how uneven the card is just inside its edge
    "outside_p02",
    "outside_p50",
    "outside_p90",
    "outside_p97",  # the cap: how bright the page gets
    "outside_p995",
    "outside_mode_share",
    "mode_over_cap",
    "p90_over_cap",
    "outside_brighter",  # share of the page brighter than the card's commonest level
    "status_over_cap",
    "step_left",  # share of the side where V steps by the card's edge
    "step_right",
    "step_top",
    "step_bottom",
    "step_worst",
    "step_size",  # median step over the whole edge
    "step_even",  # share of the edge whose step has the sign of the median
    "margins_alike",  # left and right margin beside the card look the same
    "page_steps",  # how steep the page's own edges get (99.5th percentile)
    "page_busy",  # share of edge pixels outside
    "card_busy",
    "lit_share",  # share of the page above two thirds of the card's level
    "page_colour",  # saturation of the page
)
FEATURES = (*LOOKS, *LAYOUT)
COUNT = len(FEATURES)


@dataclass(frozen=True, slots=True)
class FrameNumbers:
    """What is computed once a frame and used for every box.

    Histograms cover the rows that a dialog would dim, and count every second pixel of every second row.
    """

    v: NDArray[np.int16]
    level: NDArray[np.uint8]
    steep: NDArray[np.uint8]
    saturation: NDArray[np.uint8]
    rows: slice
    v_counts: NDArray[np.int64]
    steep_counts: NDArray[np.int64]
    saturation_counts: NDArray[np.int64]
    status_peak: float
    layout: Sums


def frame_numbers(screen: Thumbnail) -> FrameNumbers:
    """Prepare a frame: its steps, its saturation and their histograms between the system bars."""
    across = cv2.absdiff(screen.v[:, 2:], screen.v[:, :-2])
    down = cv2.absdiff(screen.v[2:], screen.v[:-2])
    steep = np.zeros(screen.v.shape, np.uint8)
    steep[1:-1, 1:-1] = cv2.max(np.ascontiguousarray(across[1:-1]), np.ascontiguousarray(down[:, 1:-1]))
    blue, green, red = cv2.split(screen.colour)
    saturation = np.asarray(screen.v - cv2.min(cv2.min(blue, green), red), dtype=np.uint8)
    rows = slice(screen.top // 2, screen.bottom // 2)
    level, steps, colour = (np.ascontiguousarray(plane[::2, ::2]) for plane in (screen.v, steep, saturation))
    status = _percentiles(_counts(screen.v[: max(1, screen.top)]), (99.5,))[0]
    layout = sums(screen, steep, saturation)
    counts = _counts(level[rows]), _counts(steps[rows]), _counts(colour[rows])
    return FrameNumbers(layout.plane, level, steps, colour, rows, *counts, status, layout)


def describe(numbers: FrameNumbers, boxes: list[PlaneBox]) -> NDArray[np.float64]:
    """Give the features of each box, a row each, in the order of :data:`FEATURES`, all about 0..1."""
    if not boxes:
        return np.zeros((0, COUNT))
    return np.hstack([np.array([_look(numbers, box) for box in boxes]), lay_out(numbers.layout, boxes)])


def _look(numbers: FrameNumbers, box: PlaneBox) -> tuple[float, ...]:
    x, y, w, h = box
    height, width = numbers.v.shape
    region = np.s_[y // 2 : (y + h) // 2, x // 2 : (x + w) // 2]
    inside = _counts(numbers.level[region])
    rows = slice(max(numbers.rows.start, y // 2 - 1), min(numbers.rows.stop, (y + h) // 2 + 2))
    around = np.s_[rows, max(0, x // 2 - 1) : (x + w) // 2 + 2]
    page = _without(numbers.v_counts, numbers.level[around])
    page_steps = _without(numbers.steep_counts, numbers.steep[around])
    page_colour = _without(numbers.saturation_counts, numbers.saturation[around])
    mode, mode_share = _mode(inside)
    _, page_mode_share = _mode(page)
    p02, p50, p90, p97, p995 = _percentiles(page, (2, 50, 90, 97, 99.5))
    in10, in90 = _percentiles(inside, (10, 90))
    sides = edge_steps(numbers.v, box)
    edge = np.concatenate(sides)
    size = float(np.median(edge))
    shares = [float(np.mean(np.sign(size) * side >= STEP_LEVELS)) if side.size else 0.0 for side in sides]
    return (
        w / width,
        h / height,
        abs(x + w / 2 - width / 2) / width,
        (y + h / 2) / height - 0.5,
        (height - y - h) / height,
        float(y + h >= 0.91 * height),
        mode / 255,
        mode_share,
        in10 / 255,
        in90 / 255,
        _rim_spread(numbers.v[y : y + h, x : x + w]) / 64,
        p02 / 255,
        p50 / 255,
        p90 / 255,
        p97 / 255,
        p995 / 255,
        page_mode_share,
        (mode - p97) / 255,
        (in90 - p97) / 255,
        _share_above(page, mode + 6),
        (numbers.status_peak - p97) / 255,
        *shares,
        min(share for share, side in zip(shares, sides, strict=True) if side.size),
        size / 255,
        float(np.mean(np.sign(edge) == np.sign(size))),
        _margins_alike(numbers.v, box),
        _percentiles(page_steps, (99.5,))[0] / 255,
        _share_above(page_steps, 16),
        _share_above(_counts(numbers.steep[region]), 16),
        _share_above(page, 0.67 * max(mode, 1)),
        float(page_colour @ np.arange(256)) / max(1, int(page_colour.sum())) / 255,
    )


def _counts(levels: NDArray[np.uint8]) -> NDArray[np.int64]:
    counted = cv2.calcHist([np.ascontiguousarray(levels)], [0], None, [256], [0, 256])
    return np.asarray(counted, dtype=np.int64).ravel()


def _without(counts: NDArray[np.int64], part: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Histogram of the page outside a box; of the whole page when the box leaves almost nothing."""
    rest = counts - _counts(part)
    return rest if rest.sum() > 0.02 * counts.sum() else counts


def _percentiles(counts: NDArray[np.int64], shares: tuple[float, ...]) -> tuple[float, ...]:
    running = np.cumsum(counts)
    wanted = np.asarray(shares) / 100 * running[-1]
    return tuple(float(level) for level in np.searchsorted(running, wanted))


def _share_above(counts: NDArray[np.int64], level: float) -> float:
    return float(counts[int(level) + 1 :].sum()) / max(1, int(counts.sum()))


def _mode(counts: NDArray[np.int64]) -> tuple[float, float]:
    """Commonest level in bins of four, and its share with the neighbouring bins."""
    bins = counts.reshape(64, 4).sum(axis=1)
    best = int(np.argmax(bins))
    share = bins[max(0, best - 1) : best + 2].sum() / max(1, int(bins.sum()))
    return best * 4 + 2.0, float(share)


def edge_steps(v: NDArray[np.int16], box: PlaneBox) -> tuple[NDArray[np.int16], ...]:
    """Give V three pixels inside minus three pixels outside along left, right, top, bottom; empty at the screen's edge.

    The corners, an eighth of each side, are left out: they may be round.
    """
    x, y, w, h = box
    height, width = v.shape
    rows = slice(y + max(1, h // 8), y + h - max(1, h // 8))
    columns = slice(x + max(1, w // 8), x + w - max(1, w // 8))
    none = v[0, :0]
    left = v[rows, x + 2] - v[rows, x - 3] if x >= 3 else none
    right = v[rows, x + w - 3] - v[rows, x + w + 2] if x + w + 2 < width else none
    top = v[y + 2, columns] - v[y - 3, columns] if y >= 3 else none
    bottom = v[y + h - 3, columns] - v[y + h + 2, columns] if y + h + 2 < height else none
    return left, right, top, bottom


def _rim_spread(inside: NDArray[np.int16]) -> float:
    """Mean distance from the median along a frame three pixels inside the card, without the corners."""
    h, w = inside.shape
    a, b = max(1, h // 8), max(1, w // 8)
    rim = np.concatenate([inside[a:-a, 2], inside[a:-a, -3], inside[2, b:-b], inside[-3, b:-b]])
    return float(np.mean(np.abs(rim - np.median(rim))))


def _margins_alike(v: NDArray[np.int16], box: PlaneBox) -> float:
    """Share of rows beside the card where the left and right margins have the same level (the page shows through)."""
    x, y, w, h = box
    if x < 4 or x + w > v.shape[1] - 4:
        return -1.0
    left, right = v[y : y + h, x // 2], v[y : y + h, (x + w + v.shape[1]) // 2]
    return float(np.mean(np.abs(left - right) < 8))
