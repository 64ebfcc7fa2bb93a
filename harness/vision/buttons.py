"""Buttons that pixels can show: flat faces with a caption, outlined ones, cells between rules, words in a row.

What looks like a button is a face with straight sides, of a button's height, with a caption about its middle. A flat
patch of a picture has neither; a row of a list has its words at its start.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from harness.vision.contrast import contrast
from harness.vision.planes import brightest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from harness.vision.planes import Box, Frame

SIDE = 540
"""Shorter side of the screen in pixels while buttons are looked for: two of them a dp."""

FLAT_LEVELS = (12, 6)
"""A face changes by less than this between neighbouring pixels: gradient fills pass the first, and the second tells a
tonal face from the card below it."""

INK_LEVELS = 24
"""Words step by at least so many levels from what they stand on."""

BUTTON_LEAST, BUTTON_MOST = 0.06, 0.2
"""Height of a button over the screen's shorter side: 22 to 72 dp."""

FILLED_CONTRAST = 8
"""Least distance, in levels of one channel, of a filled face from the card: Material's tonal buttons have about 20."""

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
        """Its centre."""
        return self.box[0] + self.box[2] / 2, self.box[1] + self.box[3] / 2


def find_buttons(frame: Frame, card: Box) -> tuple[Face, ...]:
    """The buttons in a card, from above, each row from the left."""
    short = min(frame.shape[:2])
    stride = max(1, round(short / SIDE))
    x, y, w, h = card
    area = np.ascontiguousarray(frame[y : y + h : stride, x : x + w : stride])
    if min(area.shape[:2]) < 16:
        return ()
    unit = short / stride
    steep = brightest(cv2.morphologyEx(area, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)))
    ground = np.median(np.concatenate([area[:, 4], area[:, -5]]), axis=0)
    found: list[tuple[Box, Face]] = []
    for level in FLAT_LEVELS:
        for box, colour in _faces(area, steep, level, unit):
            if not any(_meets(box, other) for other, _ in found):
                found.append((box, _face(box, colour, ground)))
    for box, ink in _words(area, steep, unit):
        if not any(_meets(box, other) for other, _ in found):
            found.append((box, Face(box, 0, int(np.ptp(ink)), round(contrast(ink, ground), 2))))
    placed = [_placed(face, x, y, stride) for _, face in found]
    return tuple(sorted(placed, key=lambda face: (face.box[1] // (24 * stride), face.box[0])))


def main_button(faces: tuple[Face, ...], *, words: bool = False) -> Face | None:
    """The one that the card wants pressed: the most striking; the right one of a row, the upper one of a stack.

    Words alone are the main button only beside a grey face, or with ``words`` where there is no face at all: Android's
    own dialogs have them, the yes on the right.
    """
    coloured = [face for face in faces if face.colour >= COLOURED]
    filled = [face for face in faces if face.filled >= FILLED_CONTRAST]
    wanted = [face for face in filled if face in coloured] or (coloured if filled else []) or filled
    if not wanted and words:
        wanted = coloured or list(faces)
    if not wanted:
        return None
    return max(wanted, key=lambda face: ((face.filled + face.colour) // 24, -face.box[1] // 32, face.box[0]))


def _face(box: Box, colour: NDArray[np.float64], ground: NDArray[np.float64]) -> Face:
    filled = int(np.abs(colour - ground).max())
    if filled < FILLED_CONTRAST:
        return Face(box, 0, 0, 1.0)
    return Face(box, filled, int(np.ptp(colour)), round(contrast(colour, ground), 2))


def _placed(face: Face, x: int, y: int, stride: int) -> Face:
    left, top, w, h = face.box
    return Face((x + left * stride, y + top * stride, w * stride, h * stride), face.filled, face.colour, face.contrast)


def _faces(area: Frame, steep: NDArray[np.uint8], level: int, unit: float) -> Iterator[tuple[Box, NDArray[np.float64]]]:
    """Yield flat regions of a button's shape that hold a caption, each with its median colour."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats((steep < level).astype(np.uint8), connectivity=4)
    high, wide = area.shape[:2]
    for index in range(1, count):
        x, y, w, h, size = (int(n) for n in stats[index])
        if not (BUTTON_LEAST * unit <= h + 2 <= BUTTON_MOST * unit and w >= 1.4 * h and w > 0.18 * wide):
            continue
        if size < 0.35 * w * h or y + h / 2 < 0.3 * high:
            continue
        mask = labels[y : y + h, x : x + w] == index
        if not _straight(mask) or not _captioned(steep[y : y + h, x : x + w], mask, level):
            continue
        # The gradient ate one pixel on each side.
        left, top = max(0, x - 1), max(0, y - 1)
        box = (left, top, min(wide, x + w + 1) - left, min(high, y + h + 1) - top)
        yield box, np.asarray(np.median(area[y : y + h, x : x + w][mask], axis=0), dtype=np.float64)


def _straight(mask: NDArray[np.bool_]) -> bool:
    """Whether the middle half of each of a region's four sides is straight."""
    h, w = mask.shape
    rows, columns = mask[h // 4 : h - h // 4], mask[:, w // 4 : w - w // 4]
    ends = rows.argmax(axis=1), rows[:, ::-1].argmax(axis=1), columns.argmax(axis=0), columns[::-1].argmax(axis=0)
    return all(float(np.mean(np.abs(end - np.median(end)) <= 2)) > 0.8 for end in ends)


def _captioned(steep: NDArray[np.uint8], mask: NDArray[np.bool_], level: int) -> bool:
    """Whether words stand about the middle of a face: as much to the left of it as to the right."""
    h, w = mask.shape
    ink = (steep >= max(level, INK_LEVELS)) & ~mask
    ink[: h // 6] = ink[h - h // 6 :] = False
    ink[:, : w // 20] = ink[:, w - w // 20 :] = False
    columns = np.flatnonzero(ink.any(axis=0))
    if columns.size < 0.04 * w or not 0.01 <= float(ink.mean()) <= 0.6:
        return False
    middle = (int(columns[0]) + int(columns[-1])) / 2
    return bool(abs(middle - w / 2) < 0.14 * w)


def _words(area: Frame, steep: NDArray[np.uint8], unit: float) -> Iterator[tuple[Box, NDArray[np.float64]]]:
    """Yield the captions of the lowest row of words, if it looks like a row of buttons, each with its ink's colour."""
    high, wide = area.shape[:2]
    top = max(0, round(high - 0.3 * unit))
    ink = (steep[top:] >= INK_LEVELS).astype(np.uint8)
    ink[:, :4] = ink[:, -4:] = 0
    ink[-4:] = 0
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, round(0.035 * unit)), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined.astype(np.uint8), connectivity=8)
    blobs = [tuple(int(n) for n in stats[index][:4]) for index in range(1, count)]
    lines = [(x, y, w, h) for x, y, w, h in blobs if 0.018 * unit <= h <= 0.07 * unit and w >= 0.5 * h]
    if not lines:
        return
    floor = max(y + h for _, y, _, h in lines)
    row = sorted(line for line in lines if line[1] + line[3] > floor - 0.6 * line[3])
    height = max(h for *_, h in row)
    above = [y + h for x, y, w, h in blobs if (x, y, w, h) not in row and y + h <= floor]
    clear = not above or min(y for _, y, _, _ in row) - max(above) > 0.6 * height
    if not (clear and len(row) <= 3 and all(w < 0.45 * wide for _, _, w, _ in row) and _as_buttons(row, wide)):
        return
    for x, y, w, h in row:
        part = area[top + y : top + y + h, x : x + w].reshape(-1, 3)
        ground = np.median(part, axis=0)
        apart = np.abs(part.astype(np.int16) - ground).max(axis=1)
        yield (x, top + y, w, h), np.asarray(np.median(part[apart >= 0.8 * apart.max()], axis=0), dtype=np.float64)


def _as_buttons(row: list[tuple[int, int, int, int]], wide: int) -> bool:
    """Whether words are placed like buttons: at the right end, or each in the middle of its share of the row."""
    right = row[-1][0] + row[-1][2]
    apart = all(after[0] - (before[0] + before[2]) > 0.8 * before[3] for before, after in pairwise(row))
    middles = [(x + w / 2) / wide for x, _, w, _ in row]
    shared = all(abs(middle - (2 * slot + 1) / (2 * len(row))) < 0.07 for slot, middle in enumerate(middles))
    at_end = right > 0.86 * wide and row[0][0] > 0.2 * wide
    return apart and (shared or at_end)


def _meets(one: Box, other: Box) -> bool:
    w = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    h = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return w > 0 and h > 0
