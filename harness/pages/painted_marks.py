"""The small mark 广告 in the corner of a painted card, which is not read at the size at which a page is."""

from collections.abc import Iterator, Sequence

from harness.events.box import Box, area, contains
from harness.pages.advert_words import is_mark
from harness.vision.luma_thumbnails import Frame
from harness.vision.ocr import TextLine, read_text
from harness.vision.text_controls import PaintedControl

LEAST, MOST = 0.04, 0.5
"""Shares of the page that the face of a card takes at least and at most [PROJECT]: buttons are smaller."""
MOST_FACES, CORNER, TALLEST = 3, 1 / 3, 0.8
"""Faces of a page that are looked at, the part of one that is its corner, and how much of a corner its mark is high at
most [PROJECT]."""


def painted_marks(frame: Frame, region: Box, lines: Sequence[TextLine], controls: Sequence[PaintedControl]) -> tuple[TextLine, ...]:
    """The marks in the corners of the large faces of a page that have none yet."""
    faces = dict.fromkeys(control.box for control in controls if LEAST <= area(control.box) / max(area(region), 1) <= MOST)
    bare = [face for face in faces if not any(is_mark(line.text, painted=True) and contains(face, line.centre) for line in lines)]
    return tuple(mark for face in bare[:MOST_FACES] if (mark := next(_in_corners(frame, face), None)) is not None)


def _in_corners(frame: Frame, face: Box) -> Iterator[TextLine]:
    x, y, width, height = face
    wide, high = int(width * CORNER), int(height * CORNER)
    for left, top in ((x + width - wide, y + height - high), (x + width - wide, y), (x, y), (x, y + height - high)):
        for line in read_text(frame[max(0, top) : top + high, max(0, left) : left + wide].copy()):
            if is_mark(line.text, painted=True) and line.box[3] <= TALLEST * high:
                across, down, *size = line.box
                yield TextLine(line.text, (max(0, left) + across, max(0, top) + down, size[0], size[1]), line.confidence)
