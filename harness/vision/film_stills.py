"""The still pictures of a film, and from when to when each was up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from harness.vision.frame_checks import MOVED_LEVELS, SAME_PICTURE, hamming, page_rows, picture_hash
from harness.vision.luma_thumbnails import Frame, Plane

STILL_SECONDS = 0.2
"""A picture that was up for less is one of a transition [PROJECT]: Android's own fades take 0.15 to 0.3 s in many
pictures, and nobody reads what is up for less."""
RESTLESS_SECONDS = 1.0
"""Of a screen that never stands still a picture is taken so often [PROJECT]."""
COLUMNS, ROWS = 16, 32
"""The page is compared in so many fields, each some 22 dp wide and high on a phone."""
CHANGED_FIELDS = 4
"""Pictures differ when so many fields changed [PROJECT]: a line of text or a floating ball is more, a digit that counts
down or a text cursor is less."""
CHANGED_PIXELS = 0.04
"""Of a field that changed [PROJECT]: a Chinese character of a headline is more."""
_CELL = 8  # pixels of a field's side in the small picture that is compared


@dataclass(frozen=True, slots=True)
class FilmStill:
    """A picture that was up from ``first`` to ``last``, in the seconds of the film.

    ``again``: it was up before. ``still``: it did not change meanwhile, else it is one of many.
    """

    first: float
    last: float
    frame: Frame
    again: bool
    still: bool


@dataclass(frozen=True, slots=True)
class _Small:
    """What of a picture is compared."""

    hash: int
    page: Plane

    def same(self, other: _Small) -> bool:
        if hamming(self.hash, other.hash) > SAME_PICTURE:
            return False
        changed = (cv2.absdiff(self.page, other.page) > MOVED_LEVELS).reshape(ROWS, _CELL, COLUMNS, _CELL)
        return int(np.count_nonzero(changed.mean(axis=(1, 3)) >= CHANGED_PIXELS)) < CHANGED_FIELDS


def film_stills(frames: Iterable[tuple[float, Frame]], end: float) -> Iterator[FilmStill]:
    """Yield each picture that was up, in order, from (seconds, picture) until ``end``, the last picture's end.

    Holds three pictures at a time, and of each that was up a small one to know it again.
    """
    known: list[_Small] = []
    first: float | None = None
    for time, frame in frames:
        small = _small(frame)
        if first is None:
            first, moving, kept, kept_small = time, time, frame, small
        elif not small.same(kept_small):
            if time - first >= STILL_SECONDS or not known:  # the first picture is what was there before
                yield _told(first, time, kept, kept_small, known, still=True)
                moving = time
            elif time - moving >= RESTLESS_SECONDS:
                yield _told(moving, time, kept, kept_small, known, still=False)
                moving = time
            first, kept, kept_small = time, frame, small
    if first is not None:
        yield _told(first, max(end, first), kept, kept_small, known, still=True)


def _told(first: float, last: float, frame: Frame, small: _Small, known: list[_Small], *, still: bool) -> FilmStill:
    again = any(small.same(other) for other in known)
    if not again:
        known.append(small)
    return FilmStill(first, last, frame, again, still)


def _small(frame: Frame) -> _Small:
    """Between the system bars, whose clock is not the page's."""
    width = COLUMNS * _CELL
    whole = cv2.resize(frame, (width, max(8, round(width * frame.shape[0] / frame.shape[1]))), interpolation=cv2.INTER_AREA)
    top, bottom = page_rows(whole.shape[0])
    page = cv2.resize(whole[top:bottom], (width, ROWS * _CELL), interpolation=cv2.INTER_AREA)
    return _Small(picture_hash(np.asarray(whole, np.uint8)), np.asarray(page.max(axis=2), np.uint8))
