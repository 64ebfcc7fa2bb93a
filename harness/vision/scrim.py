"""The scrim fit: did this screen change because something was laid over a dimmed copy of it?

Android draws a dialog, a sheet or a full-screen card over a *scrim*: one colour C at one opacity a over everything
behind (``WindowManager.LayoutParams.dimAmount``, 0.6 in the platform's ``Theme``: frameworks/base
core/res/res/values/themes.xml, ``backgroundDimAmount``). So each pixel outside the card obeys ``new = (1-a)*old +
a*C``. The fit looks for that line in the joint histogram of grey levels before and after, and then asks whether the old
edges are still there, scaled by ``1-a``: an unrelated page may give a line by chance, but never the old page's edges.

Status and navigation bars are windows of their own that a dialog does not dim, so both strips are left out.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.vision.luma_thumbnails import Box, Frame, Plane, Thumbnail

ALPHA_LEAST, ALPHA_MOST = 0.08, 0.95
"""Opacities of a scrim [PROJECT]: sheets over video pages darken as little as .1."""
TEXTURE_LEAST = 0.33
"""Share of the old edges that must persist; chance gives under 0.3 (301 unrelated screen changes: 1 to 4 above)."""

INLIERS_LEAST = 0.2
INLIERS_WITHOUT_EDGES = 0.25
"""A page with almost no edges is judged by the share of pixels on the line alone."""

DIMMED_LEAST = 0.05
"""Share of pixels that must lie on the line and have changed: a black page fits any black scrim."""

EDGE_LEVELS = 12
"""A step of the old plane, in grey levels over two pixels, that counts as an edge."""

CARD_SOLID, CARD_MOST = 0.6, 0.8
"""Without edges: least share of the card's box that is off the line, and the most of the screen it may take."""

EDGES_LEAST = 60
"""Fewer old edge pixels than this outside the card say nothing."""

LINE_TOLERANCE = 3
"""Grey levels a pixel may lie off the line: rounding plus video or JPEG noise."""

NEAR = 11
"""Side in pixels of the plane about a pixel over which noise is told from a card: 15 dp."""

LEVEL_CAP = 0.02
"""The most, as a share of all pixels, that one old grey level may speak for a line."""

SAME_SLOPE = 0.08
"""Lines whose slopes differ by less are one line."""

ANCHORS = 16
"""Old grey levels, at most one per eighth of the scale's 8-level bins, from which lines are proposed."""


@dataclass(frozen=True, slots=True)
class ScrimFit:
    """A fitted scrim.

    ``alpha`` opacity 0..1; ``colour`` (R, G, B) of the scrim; ``texture`` share of old edges outside ``box`` that
    persist (None: too few edges to tell); ``box`` of the thing that is not scrim, in full-resolution pixels (None:
    nothing but scrim, such as a loading veil); ``appeared`` False when the scrim went away between the two frames;
    ``solid`` share of the box that is not scrim.
    """

    alpha: float
    colour: tuple[int, int, int]
    texture: float | None
    box: Box | None
    appeared: bool = True
    solid: float = 0.0


def fit_views(old: Thumbnail, new: Thumbnail) -> ScrimFit | None:
    """Fit a scrim that came (or, tried second, went) between stable frames of equal size; None if there is none."""
    rows = min(old.height, new.height)
    if old.width != new.width or old.stride != new.stride or max(old.height, new.height) > 1.2 * rows:
        return None
    appeared = _fit(old, new)
    if appeared is not None:
        return appeared
    gone = _fit(new, old)
    return None if gone is None else replace(gone, appeared=False)


def _fit(old: Thumbnail, new: Thumbnail) -> ScrimFit | None:
    """Fit a scrim that appears from ``old`` to ``new``: the first of the likely lines that the old edges confirm."""
    rows = slice(new.top, min(old.bottom, new.bottom))
    lines = _lines(old.v[rows], new.v[rows])
    old, new = old.smooth, new.smooth  # a mean of pixels obeys the same line, and noise hides it less
    for slope, intercept in lines:
        fitted = _fit_line(old, new, slope, intercept)
        if fitted is not None:
            return fitted
    return None


def _fit_line(old: Thumbnail, new: Thumbnail, slope: float, intercept: float) -> ScrimFit | None:
    rows = min(old.height, new.height)
    top, bottom = new.top, min(old.bottom, new.bottom)
    before, after = old.v[top:bottom], new.v[top:bottom]
    alpha = 1.0 - slope
    if not ALPHA_LEAST <= alpha <= ALPHA_MOST:
        return None
    on_line = _on_line(before, after, slope, intercept)
    dimmed = on_line & (cv2.absdiff(before, after) > 2 * LINE_TOLERANCE)
    if np.count_nonzero(dimmed) < DIMMED_LEAST * dimmed.size:
        return None
    colour = _scrim_colour(old.colour[top:bottom], new.colour[top:bottom], dimmed, alpha)
    on_line = on_scrim(old.colour[top:bottom], new.colour[top:bottom], alpha, colour)
    share = float(np.count_nonzero(on_line)) / on_line.size
    if share < INLIERS_LEAST:
        return None
    box = largest(mostly(~on_line))
    texture = _texture(before, after, slope, box)
    accepted = _is_plain_card(on_line, box, share) if texture is None else texture > TEXTURE_LEAST
    if not accepted:
        return None
    full, solid = None, 0.0
    if box is not None:
        x, y, w, h = box
        solid = 1 - float(np.mean(on_line[y : y + h, x : x + w]))
        if y + h >= bottom - top - 1:
            h += _rows_below(old.v[bottom:rows, x : x + w], new.v[bottom:rows, x : x + w], slope, intercept)
        full = new.full_box(x, y + top, w, h)
    kept = None if texture is None else round(texture, 3)
    return ScrimFit(round(alpha, 3), colour, kept, full, solid=round(solid, 3))


def _lines(before: Plane, after: Plane) -> list[tuple[float, float]]:
    """Give slope and intercept of the two distinct lines through the joint histogram that hold the most pixels.

    Two, because a large plain card draws a flat line of its own: whatever was there before, now it is the card's
    colour.
    """
    pair = [np.ascontiguousarray(before), np.ascontiguousarray(after)]
    cells = cv2.calcHist(pair, [0, 1], None, [256, 256], [0, 256, 0, 256]).astype(np.intp)
    points = _peaks(cells)
    left, right = np.triu_indices(len(points), 1)
    run = points[right, 0] - points[left, 0]
    wide = np.abs(run) >= 24
    left, right, run = left[wide], right[wide], run[wide]
    if run.size == 0:
        return []
    slopes = (points[right, 1] - points[left, 1]) / run
    intercepts = points[left, 1] - slopes * points[left, 0]
    # The scrim's colour, intercept / alpha, must be a colour.
    colour_like = (
        (slopes >= 1 - ALPHA_MOST - 0.02) & (slopes <= 1 - ALPHA_LEAST + 0.02) & (intercepts > -6) & (intercepts < 255 * (1 - slopes) + 6)
    )
    slopes, intercepts = slopes[colour_like], intercepts[colour_like]
    if slopes.size == 0:
        return []
    held = _held(cells, slopes, intercepts)
    best = int(np.argmax(held))
    chosen = [best]
    others = np.where(np.abs(slopes - slopes[best]) > SAME_SLOPE, held, 0)
    second = int(np.argmax(others))
    if others[second] > 0.3 * held[best]:
        chosen.append(second)
    return [_refine(cells, float(slopes[index]), float(intercepts[index])) for index in chosen]


def _peaks(cells: NDArray[np.intp]) -> NDArray[np.float64]:
    """Give points (old, new) to lay lines through: for each common old level its two commonest new ones; and black."""
    mass = cells.sum(axis=1)
    levels = mass.reshape(32, 8).argmax(axis=1) + np.arange(32) * 8
    common = levels[mass[levels] > 0.0005 * mass.sum()]
    common = common[np.argsort(mass[common])[::-1][:ANCHORS]]
    rows = cells[common]
    highest = rows.argmax(axis=1)
    apart = np.abs(np.arange(256)[None, :] - highest[:, None]) > LINE_TOLERANCE
    runner_up = np.where(apart, rows, 0).argmax(axis=1)
    pairs = np.concatenate([np.stack([common, highest], 1), np.stack([common, runner_up], 1), [[0, 0]]])
    return np.asarray(pairs, dtype=np.float64)


def _held(cells: NDArray[np.intp], slopes: NDArray[np.float64], intercepts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count the pixels within the tolerance of each line.

    One old level counts no more than :data:`LEVEL_CAP` of all, so that a plain background does not choose the line
    alone.
    """
    levels = np.arange(256)
    running = np.zeros((256, 257), dtype=np.intp)
    np.cumsum(cells, axis=1, out=running[:, 1:])
    centre = np.rint(slopes[:, None] * levels + intercepts[:, None]).astype(np.intp)
    low = np.clip(centre - LINE_TOLERANCE, 0, 256)
    high = np.clip(centre + LINE_TOLERANCE + 1, 0, 256)
    counts = running[levels, high] - running[levels, low]
    return np.asarray(np.minimum(counts, LEVEL_CAP * cells.sum()).sum(axis=1), dtype=np.float64)


def _refine(cells: NDArray[np.intp], slope: float, intercept: float) -> tuple[float, float]:
    """Least squares over the cells near the line, each old level weighted by the root of its mass."""
    levels = np.arange(256, dtype=np.float64)
    near = np.rint(slope * levels + intercept)[:, None] + np.arange(-LINE_TOLERANCE - 1, LINE_TOLERANCE + 2)
    inside = (near >= 0) & (near < 256)
    counts = np.where(inside, cells[levels.astype(np.intp)[:, None], np.clip(near, 0, 255).astype(np.intp)], 0)
    mass = counts.sum(axis=1)
    seen = mass > 0
    if np.count_nonzero(seen) < 2:
        return slope, intercept
    means = (counts * near).sum(axis=1)[seen] / mass[seen]
    weight = np.sqrt(np.sqrt(mass[seen]))
    fitted = np.polyfit(levels[seen], means, 1, w=weight)
    if fitted[1] < 0:  # no scrim is darker than black
        old = weight * levels[seen]
        return float(old @ (weight * means) / (old @ old)), 0.0
    return float(fitted[0]), float(fitted[1])


def _on_line(before: Plane, after: Plane, slope: float, intercept: float) -> NDArray[np.bool_]:
    table = np.clip(np.rint(np.arange(256) * slope + intercept), 0, 255).astype(np.uint8)
    off = cv2.absdiff(np.asarray(cv2.LUT(before, table)), after)
    return np.asarray(off <= LINE_TOLERANCE)


def on_scrim(before: Frame, after: Frame, alpha: float, colour: tuple[int, int, int]) -> NDArray[np.bool_]:
    """The same in all three channels: a card may have by chance the V of the dimmed page, hardly its colour."""
    blended = np.arange(256)[:, None] * (1 - alpha) + alpha * np.array(colour[::-1])
    table = np.clip(np.rint(blended), 0, 255).astype(np.uint8).reshape(1, 256, 3)
    blue, green, red = cv2.split(cv2.absdiff(np.asarray(cv2.LUT(before, table)), after))
    return np.asarray(cv2.max(cv2.max(blue, green), red) <= LINE_TOLERANCE + 1)


def _rows_below(before: Plane, after: Plane, slope: float, intercept: float) -> int:
    """Count the rows of the navigation strip that a sheet covers too: what was there is gone, and not dimmed."""
    if before.size == 0:
        return 0
    as_it_was = cv2.absdiff(before, after) <= LINE_TOLERANCE
    dim = _on_line(before, after, slope, intercept) & ~as_it_was
    if np.mean(dim) > 0.5:
        return 0
    other = np.flatnonzero(np.mean(as_it_was | dim, axis=1) < 0.97)
    return int(other[-1]) + 1 if other.size else 0


def mostly(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """What is set about most pixels of a mask, as 1: noise is not, and the words on a card are with it."""
    near = cv2.blur(mask.astype(np.uint8) * 255, (NEAR, NEAR))
    return np.asarray(cv2.threshold(near, 127, 1, cv2.THRESH_BINARY)[1], np.uint8)


def largest(mask: NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """Box (x, y, w, h) of the largest connected part of a mask, in its pixels; None where all are specks."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4, ltype=cv2.CV_16U)
    if count < 2:
        return None
    best = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    x, y, w, h, area = (int(n) for n in stats[best])
    return None if area < 0.01 * mask.size else (x, y, w, h)


def _is_plain_card(on_line: NDArray[np.bool_], box: tuple[int, int, int, int] | None, share: float) -> bool:
    """Without old edges to go by: is what is off the line one solid card of moderate size?"""
    if box is None or share <= INLIERS_WITHOUT_EDGES:
        return False
    x, y, w, h = box
    off = on_line[y : y + h, x : x + w].size - np.count_nonzero(on_line[y : y + h, x : x + w])
    solid = off > CARD_SOLID * w * h and off > 0.9 * (1 - share) * on_line.size
    return bool(solid and w * h < CARD_MOST * on_line.size)


def _texture(before: Plane, after: Plane, slope: float, box: tuple[int, int, int, int] | None) -> float | None:
    """Share of the old edges outside the box whose step in the new plane is the old one scaled by the slope."""
    outside = np.ones(before.shape, dtype=bool)
    if box is not None:
        x, y, w, h = box
        outside[y : y + h, x : x + w] = False
    total, kept = 0, 0
    for axis in (0, 1):
        old_step, new_step = _step(before, axis), _step(after, axis)
        # A step that the scrim shrinks to nothing would be "kept" by any flat page, one that it hardly changes by the
        # page as it was.
        steep = np.abs(old_step) > max(EDGE_LEVELS, 3 / slope, 3 / (1 - slope))
        edges = steep & (outside[2:] if axis == 0 else outside[:, 2:])
        wanted = slope * old_step[edges]
        got = new_step[edges]
        slack = np.maximum(2.0, np.abs(wanted) * min(0.25, 0.6 * (1 / slope - 1)))
        total += wanted.size
        kept += int(np.count_nonzero((np.abs(got - wanted) <= slack) & (np.sign(got) == np.sign(wanted))))
    return None if total < EDGES_LEAST else kept / total


def _step(plane: Plane, axis: int) -> NDArray[np.int16]:
    wide = plane.astype(np.int16)
    return wide[2:] - wide[:-2] if axis == 0 else wide[:, 2:] - wide[:, :-2]


def _scrim_colour(old: Frame, new: Frame, dimmed: NDArray[np.bool_], alpha: float) -> tuple[int, int, int]:
    """Median over some thousand dimmed pixels of ``(new - (1-a)*old) / a``, as (R, G, B)."""
    places = np.flatnonzero(dimmed)
    some = places[:: max(1, len(places) // 4000)]
    blended = (new.reshape(-1, 3)[some] - (1 - alpha) * old.reshape(-1, 3)[some]) / alpha
    blue, green, red = (int(n) for n in np.clip(np.rint(np.median(blended, axis=0)), 0, 255))
    return red, green, blue
