"""What a pair of frames tells of a box: is it what came, does the page go on round it, were its edges there before?

What the scrim of a fit explains counts as the page, and without a fit what is as before; the rest came. A card is full
of what came and has none beside it; a page that scrolls has it everywhere; a card of the page had its edges already.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.events.box import overlap
from harness.vision.integral_images import Rectangles
from harness.vision.luma_thumbnails import CHANGED_LEVELS, Frame, Thumbnail, changed, view
from harness.vision.popup_features import COUNT, edge_steps
from harness.vision.proposals import STEP_LEVELS, PlaneBox
from harness.vision.scrim import ScrimFit, fit_views, largest, on_scrim

CAME_LEVELS = (CHANGED_LEVELS, 40)
"""What came without a scrim differs by more; by the second number it does so without its shadow."""

SHADOW = 8
"""Pixels of the plane that a card's shadow takes."""

COMPARED = (
    "alpha",  # of the scrim that came; 0 without one
    "texture",  # share of the old edges that persist under it; -1 where nothing tells
    "solid",
    "like_fit",  # overlap with the box of what came with the scrim
    "like_change",  # overlap with the box of what came at all
    "came_inside",
    "came_outside",
    "came_beside",  # within a shadow's width
    "came_below",
    "edges_before",  # share of the box's edge that was an edge in the earlier frame
)
PAIR_COUNT = COUNT + len(COMPARED)


@dataclass(frozen=True, slots=True)
class Change:
    """What came between an earlier frame and this one: its scrim, where it is, and the boxes that it may have."""

    earlier: Thumbnail
    fit: ScrimFit | None
    came: NDArray[np.bool_]
    boxes: list[PlaneBox]


def look_back(screen: Thumbnail, before: Sequence[Frame]) -> tuple[Change | None, bool]:
    """What came since the newest earlier frame that tells; second: did a scrim go away since the newest of them?

    A frame with a scrim that came tells most, else the newest that differs and has the size of this one.
    """
    newest, gone = None, False
    for age, frame in enumerate(reversed(before)):
        earlier = view(frame)
        if not changed(earlier.v, screen.v):
            continue
        fit = fit_views(earlier, screen)
        if fit is not None and fit.appeared:
            return _change(earlier, screen, fit), False
        gone = gone or (fit is not None and age == 0)
        newest = newest or (earlier if earlier.v.shape == screen.v.shape else None)
    return (None, gone) if newest is None or gone else (_change(newest, screen, None), gone)


def _change(earlier: Thumbnail, screen: Thumbnail, fit: ScrimFit | None) -> Change:
    page = slice(screen.top, screen.bottom)
    if fit is not None:
        came = np.zeros(screen.v.shape, dtype=bool)
        rows = min(earlier.height, screen.height)
        came[:rows] = ~on_scrim(earlier.smooth.colour[:rows], screen.smooth.colour[:rows], fit.alpha, fit.colour)
        boxes = [] if fit.box is None else [_in_plane(fit, screen)]
    else:
        apart = cv2.absdiff(earlier.v, screen.v)
        came = apart > CAME_LEVELS[0]
        found = [largest(_joined(apart[page] > levels)) for levels in CAME_LEVELS]
        boxes = [(box[0], box[1] + screen.top, *box[2:]) for box in found if box is not None]
    return Change(earlier, fit, came, boxes)


def _joined(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """A mask without specks and with its gaps closed: of a card as light as its page only words and edges came."""
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)), np.uint8)


def _in_plane(fit: ScrimFit, screen: Thumbnail) -> PlaneBox:
    x, y, w, h = (round(n / screen.stride) for n in fit.box or (0, 0, 0, 0))
    return x, y, w, h


def compare(change: Change, screen: Thumbnail, boxes: list[PlaneBox]) -> NDArray[np.float64]:
    """Give the measures of :data:`COMPARED`, a row for each box."""
    high, wide = change.came.shape
    x, y, w, h = np.asarray(boxes, dtype=np.intp).T
    right, low = x + w, y + h
    image = np.asarray(cv2.integral(change.came.astype(np.uint8), sdepth=cv2.CV_64F), np.float64)
    none = np.zeros_like(x)
    wider = (x - SHADOW, y - SHADOW, right + SHADOW, low + SHADOW)
    below = (none, low, np.full_like(x, wide), np.full_like(x, round(0.97 * high)))
    whole = (none, none + round(0.045 * high), np.full_like(x, wide), np.full_like(x, round(0.92 * high)))
    parts = Rectangles([(x, y, right, low), wider, below, whole], high, wide)
    inside, around, under, total = parts.mean(image)
    inner, outer, _, page = parts.area
    beside = (around * outer - inside * inner) / np.maximum(1, outer - inner)
    outside = np.maximum(0.0, total * page - around * outer) / np.maximum(0.02 * page, page - outer)
    fit, first = change.fit, change.boxes[0] if change.boxes else None
    alpha, texture, solid = (0.0, -1.0, 0.0) if fit is None else (fit.alpha, -1.0 if fit.texture is None else fit.texture, fit.solid)
    same = np.array([overlap(box, first) if first is not None else 0.0 for box in boxes])
    known = [np.full(len(x), value) for value in (alpha, texture, solid)]
    edges = np.array([_edges_before(change.earlier.v.astype(np.int16), screen.v.astype(np.int16), box) for box in boxes])
    return np.stack([*known, same * (fit is not None), same, inside, outside, beside, under, edges], axis=1)


def _edges_before(old: NDArray[np.int16], new: NDArray[np.int16], box: PlaneBox) -> float:
    if old.shape != new.shape:
        return 0.0
    was, now = (np.concatenate(edge_steps(plane, box)) for plane in (old, new))
    edge = np.abs(now) >= STEP_LEVELS
    kept = edge & (np.sign(was) == np.sign(now)) & (np.abs(was) >= STEP_LEVELS)
    return float(np.count_nonzero(kept)) / max(1, int(np.count_nonzero(edge)))
