"""Buttons that pixels can show: flat faces with a caption, outlined ones, cells between rules, words in a row.

What looks like a button is a face with straight sides, of a button's height, with a caption about its middle. A flat
patch of a picture has neither; a row of a list has its words at its start.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.events.box import overlap
from harness.vision.contrast import contrast
from harness.vision.luma_thumbnails import Box, Frame, brightest, thinned

SIDE = 540
"""Shorter side of the screen in pixels while buttons are looked for: two of them a dp."""

FLAT_LEVELS = (12, 6)
"""A face changes by less than this between neighbouring pixels: gradient fills pass the first, and the second tells a
tonal face from the card below it."""

FRAY = 6
"""How many pixels about a face the noise of JPEG reaches."""

SPECK = 0.012
"""What is lower than this share of the screen's width is noise beside the words: 4 dp."""

HANDLE = 0.04
"""What is lower on the screen than this share of its width is the handle of gesture navigation: 14 dp."""

MOST_ROWS = 3
"""How many answers without a face may stand below each other."""

INK_LEVELS = 24
"""Words step by at least so many levels from what they stand on."""

BUTTON_LEAST, BUTTON_MOST = 0.06, 0.2
"""Height of a button over the screen's shorter side: 22 to 72 dp."""

FILLED_CONTRAST = 8
"""Least distance, in levels of one channel, of a filled face from the card: Material's tonal buttons have about 20."""

SHADE_BITS, RIM = 5, slice(3, 10)
"""Bits of a channel that tell the colours of two faces apart, and the columns at a card's sides that have its own."""

STRONG = 90
"""A face so far from the card is no cancel, whatever its colour: black on white, white on black."""

WORD_GAP = 1.3
"""Words of one caption stand nearer to each other, in heights of its face."""

ALIKE = 0.5
"""Faces that strike the eye at least so much as the most striking one are as much the main button."""

COLOURED = 40
"""Saturation, in levels, from which a face or ink is of a colour: greys of themes tinted by the wallpaper have 20."""


@dataclass(frozen=True, slots=True)
class Face:
    """One button: its box in pixels of the frame, and how it strikes the eye.

    ``filled`` is the distance of its face from the card, 0 for words alone and for outlines; ``colour`` the saturation
    of the face, or of the words where there is no face; ``contrast`` that of face or words to what is round them.
    """

    box: Box
    filled: int
    colour: int
    contrast: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.box[0] + self.box[2] / 2, self.box[1] + self.box[3] / 2


def find_buttons(frame: Frame, card: Box) -> tuple[Face, ...]:
    """The buttons in a card, from above, each row from the left."""
    short = min(frame.shape[:2])
    stride = max(1, round(short / SIDE))
    x, y, w, h = card
    area = thinned(frame[y : y + h, x : x + w], stride)
    if min(area.shape[:2]) < 16:
        return ()
    unit = short / stride
    steep = brightest(cv2.morphologyEx(area, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)))
    ground = _ground(area)
    found: list[tuple[Box, Face]] = []
    for level in FLAT_LEVELS:
        if any(face.filled for _, face in found):
            break
        for box, colour in _faces(area, steep, ground, level, unit):
            if not any(overlap(box, other) > 0 for other, _ in found):
                found.append((box, _face(box, colour, ground)))
    steep[max(0, (frame.shape[0] - y) // stride - round(HANDLE * unit)) :] = 0
    for box, ink in _words(area, steep, unit):
        if not any(overlap(box, other) > 0 for other, _ in found):
            found.append((box, Face(box, 0, int(np.ptp(ink)), round(contrast(ink, ground), 2))))
    placed = [_placed(face, x, y, stride) for _, face in found]
    return tuple(sorted(placed, key=lambda face: (face.box[1] // (24 * stride), face.box[0])))


def _ground(area: Frame) -> NDArray[np.float64]:
    """The colour of the card itself: the commonest one along the sides of its lower part, which has no picture."""
    low = area[area.shape[0] * 2 // 5 :]
    low = np.concatenate([low[:, RIM], low[:, -RIM.stop : -RIM.start]], axis=1).reshape(-1, 3)
    shades = low >> 8 - SHADE_BITS
    shade = shades[:, 0] + (shades[:, 1].astype(np.intp) << SHADE_BITS) + (shades[:, 2].astype(np.intp) << 2 * SHADE_BITS)
    most = np.bincount(shade).argmax()
    return np.asarray(np.median(low[shade == most], axis=0), dtype=np.float64)


def main_button(faces: tuple[Face, ...], *, words: bool = False) -> Face | None:
    """The one that the card wants pressed: the most striking; the right one of a row, the upper one of a stack.

    A grey face with something to its right is the cancel of that row, however plain the other is. Where there is no
    face at all, words are the main button only with ``words``: Android's own dialogs have them, the yes on the right.
    """
    filled = [face for face in faces if face.filled >= FILLED_CONTRAST]
    strong = [face for face in filled if face.colour >= COLOURED or face.filled >= STRONG]
    wanted = strong or filled
    if not strong and filled:
        beside = [face for face in faces if any(_in_row(face, grey) and face.middle[0] > grey.middle[0] for grey in filled)]
        wanted = beside or filled
    elif not filled and words:
        most = max((face.colour for face in faces), default=0)
        wanted = [face for face in faces if most < COLOURED or face.colour >= ALIKE * most]
        if not any(_in_row(one, other) for one, other in combinations(faces, 2)):
            return min(wanted, key=lambda face: face.middle[1], default=None)
    if not wanted:
        return None
    most = max(face.filled + face.colour for face in wanted)
    striking = sorted((face for face in wanted if face.filled + face.colour >= ALIKE * most), key=lambda face: -face.middle[1])
    upper = striking[0]
    for face in striking:  # from the lowest up: what is no answer below another is a picture, or a paper in it
        upper = face if _stacked(face, upper) else upper
    return max((face for face in striking if _in_row(face, upper)), key=lambda face: face.middle[0])


def _stacked(upper: Face, lower: Face) -> bool:
    """Whether one button stands on the other: as wide, as high, and near."""
    gap = lower.box[1] - (upper.box[1] + upper.box[3])
    alike = all(abs(upper.box[at] - lower.box[at]) < share * lower.box[at] for at, share in ((2, 0.1), (3, 0.2)))
    return alike and 0 <= gap < lower.box[3] and abs(upper.middle[0] - lower.middle[0]) < 0.1 * lower.box[2]


def _in_row(one: Face, other: Face) -> bool:
    return abs(one.middle[1] - other.middle[1]) < max(one.box[3], other.box[3]) / 2


def _face(box: Box, colour: NDArray[np.float64], ground: NDArray[np.float64]) -> Face:
    filled = int(np.abs(colour - ground).max())
    if filled < FILLED_CONTRAST:
        return Face(box, 0, 0, 1.0)
    return Face(box, filled, int(np.ptp(colour)), round(contrast(colour, ground), 2))


def _placed(face: Face, x: int, y: int, stride: int) -> Face:
    left, top, w, h = face.box
    return Face((x + left * stride, y + top * stride, w * stride, h * stride), face.filled, face.colour, face.contrast)


def _faces(
    area: Frame, steep: NDArray[np.uint8], ground: NDArray[np.float64], level: int, unit: float
) -> Iterator[tuple[Box, NDArray[np.float64]]]:
    """Yield flat regions of a button's shape that hold a caption, each with its median colour."""
    high, wide = area.shape[:2]
    flat = np.asarray(cv2.threshold(steep, level - 1, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    for (x, y, w, h), mask in _regions(flat, unit):
        size = np.count_nonzero(mask)
        if w < 1.4 * h or w <= 0.18 * wide or size < 0.35 * w * h or y + h / 2 < 0.2 * high:
            continue
        colour = np.asarray(np.median(area[y : y + h, x : x + w][mask], axis=0), dtype=np.float64)
        apart = float(np.abs(colour - ground).max())
        if not (_straight(mask) and _captioned(steep[y : y + h, x : x + w], mask, level)):
            own = _of_colour(area, (x, y, w, h), mask, apart) if apart >= FILLED_CONTRAST else None
            if own is None:
                continue
            (x, y, w, h), mask = own
            if h > BUTTON_MOST * unit or not _straight(mask) or not _captioned(steep[y : y + h, x : x + w], mask, level):
                continue
        # The gradient ate one pixel on each side.
        left, top = max(0, x - 1), max(0, y - 1)
        yield (left, top, min(wide, x + w + 1) - left, min(high, y + h + 1) - top), colour


def _regions(flat: NDArray[np.uint8], unit: float) -> Iterator[tuple[Box, NDArray[np.bool_]]]:
    """Yield connected parts of a button's height, looked for at half the size: no edge of two pixels is lost there."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(flat[::2, ::2]), connectivity=4)
    _, _, across, down, _ = 2 * stats.T
    low, most = BUTTON_LEAST * unit - 2, BUTTON_MOST * unit - 2
    for index in np.flatnonzero((down[1:] >= low - 2) & (down[1:] <= most + 2) & (across[1:] >= down[1:])) + 1:
        x, y, w, h, _ = (int(n) for n in stats[index])
        left, top = max(0, 2 * x - 2), max(0, 2 * y - 2)
        _, parts, boxes, _ = cv2.connectedComponentsWithStats(flat[top : 2 * (y + h) + 2, left : 2 * (x + w) + 2], connectivity=4)
        seen = parts[2 * y - top :: 2, 2 * x - left :: 2][:h, :w]
        part = int(np.bincount(seen[labels[y : y + h, x : x + w] == index]).argmax())
        a, b, w, h, _ = (int(n) for n in boxes[part])
        if low <= h <= most:
            yield (left + a, top + b, w, h), parts[b : b + h, a : a + w] == part


def _of_colour(area: Frame, box: Box, mask: NDArray[np.bool_], apart: float) -> tuple[Box, NDArray[np.bool_]] | None:
    """The face about a flat region by its colour, upper to lower: JPEG and film fray such a region along its edges."""
    x, y, w, h = box
    left, top = max(0, x - w), max(0, y - FRAY)  # a caption may cut the region in two
    part = area[top : y + h + FRAY, left : x + 2 * w].astype(np.int16)
    third = h // 3
    inside = area[y : y + h, x : x + w]
    if not mask[:third].any() or not mask[-third:].any():
        return None
    upper, lower = np.median(inside[:third][mask[:third]], axis=0), np.median(inside[-third:][mask[-third:]], axis=0)
    share = (np.arange(len(part)) - (y - top) - third / 2) / (h - third)
    colours = upper + share[:, None] * (lower - upper)
    alike = np.abs(part - colours[:, None].astype(np.int16)).max(axis=2) < min(max(apart * 0.4, 4), 24)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(alike.astype(np.uint8), connectivity=4)
    seen = labels[y - top : y - top + h, x - left : x - left + w]
    if not seen.any():
        return None
    index = int(np.bincount(seen[seen > 0]).argmax())
    a, b, across, down, _ = (int(n) for n in stats[index])
    return (left + a, top + b, across, down), labels[b : b + down, a : a + across] == index


def _straight(mask: NDArray[np.bool_]) -> bool:
    """Whether the middle of each of a region's sides is straight; its corners may be round, up to a half circle."""
    h, w = mask.shape
    mask = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)) > 0
    rows, columns = mask[h * 3 // 8 : h - h * 3 // 8], mask[:, w // 4 : w - w // 4]
    slack = max(2.0, 0.06 * h)
    ends = rows.argmax(axis=1), rows[:, ::-1].argmax(axis=1), columns.argmax(axis=0), columns[::-1].argmax(axis=0)
    return all(float(np.mean(np.abs(end - np.median(end)) <= slack)) > 0.8 for end in ends)


def _captioned(steep: NDArray[np.uint8], mask: NDArray[np.bool_], level: int) -> bool:
    """Whether words stand about the middle of a face: as much to the left of it as to the right."""
    h, w = mask.shape
    ink = (steep >= max(level, INK_LEVELS)) & ~mask
    ink[: h // 6] = ink[h - h // 6 :] = False
    end = max(w // 20, h // 4)
    ink[:, :end] = ink[:, w - end :] = False
    columns = np.flatnonzero(ink.any(axis=0))
    if columns.size < 0.04 * w or not 0.01 <= float(ink.mean()) <= 0.6:
        return False
    if columns.size and int(np.diff(columns).max(initial=0)) > WORD_GAP * h:
        return False  # the keys of a navigation bar
    middle = (int(columns[0]) + int(columns[-1])) / 2
    return bool(abs(middle - w / 2) < 0.14 * w)


def _words(area: Frame, steep: NDArray[np.uint8], unit: float) -> Iterator[tuple[Box, NDArray[np.float64]]]:
    """Yield the captions of the lowest rows of words that look like rows of buttons, each with its ink's colour.

    More than one row only where each is one caption in the middle: answers below each other.
    """
    high, wide = area.shape[:2]
    top = max(0, round(high - 0.48 * unit))
    half = np.ascontiguousarray(cv2.dilate(steep[top:], np.ones((2, 2), np.uint8), anchor=(0, 0))[::2, ::2])
    ink = cv2.threshold(half, INK_LEVELS - 1, 1, cv2.THRESH_BINARY)[1]
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, round(0.009 * unit)), np.uint8))
    blobs = [tuple(2 * n for n in part[:4]) for part in cv2.connectedComponentsWithStats(joined, connectivity=8)[2][1:].tolist()]
    # What touches the card's edge is the page in its round corners, or a rule between cells; what is narrow is a rim.
    blobs = [(x, y, w, h) for x, y, w, h in blobs if x > 3 and x + w < wide - 3 and top + y + h < high - 3]
    blobs = [(x, y, w, h) for x, y, w, h in blobs if h >= SPECK * unit and w >= 0.5 * h]
    lines = [(x, y, w, h) for x, y, w, h in blobs if 0.018 * unit <= h <= 0.07 * unit]
    below = high - top
    for _ in range(MOST_ROWS):
        row = _lowest(lines, below)
        if not row or len(row) > 3 or not all(w < 0.6 * wide for _, _, w, _ in row) or not _as_buttons(row, wide):
            return
        height, first = max(h for *_, h in row), min(y for _, y, _, _ in row)
        left, right = row[0][0], row[-1][0] + row[-1][2]
        above = [y + h for x, y, w, h in blobs if (x, y, w, h) not in row and y + h <= first + height and x < right and x + w > left]
        if above and first - max(above) <= 0.6 * height:
            return
        for x, y, w, h in row:
            part = area[top + y : top + y + h, x : x + w].reshape(-1, 3)
            ground = np.median(
                area[max(0, top + y - 2) : top + y + 1, x : x + w].reshape(-1, 3), axis=0
            )  # bold ink fills more than half of its box
            apart = np.abs(part.astype(np.int16) - ground).max(axis=1)
            yield (x, top + y, w, h), np.asarray(np.median(part[apart >= 0.8 * apart.max()], axis=0), dtype=np.float64)
        below = first
        lines = [line for line in lines if line[1] + line[3] <= first]
        centred = len(row) == 1 and abs(row[0][0] + row[0][2] / 2 - wide / 2) < 0.05 * wide
        if not centred or first - max((y + h for _, y, _, h in lines), default=0) >= 3 * height:
            return


def _lowest(lines: list[tuple[int, int, int, int]], below: int) -> list[tuple[int, int, int, int]]:
    """The lowest row of words that ends above a line of the picture, from the left."""
    ends = [y + h for _, y, _, h in lines if y + h <= below]
    return sorted(line for line in lines if ends and line[1] + line[3] > max(ends) - 0.6 * line[3])


def _as_buttons(row: list[tuple[int, int, int, int]], wide: int) -> bool:
    """Whether words are placed like buttons: at the right end, or each in the middle of its share of the row."""
    right = row[-1][0] + row[-1][2]
    apart = all(after[0] - (before[0] + before[2]) > 0.4 * before[3] for before, after in pairwise(row))
    middles = [(x + w / 2) / wide for x, _, w, _ in row]
    shared = all(abs(middle - (2 * slot + 1) / (2 * len(row))) < 0.07 for slot, middle in enumerate(middles))
    at_end = right > 0.8 * wide and row[0][0] > 0.2 * wide
    return apart and (shared or at_end)
