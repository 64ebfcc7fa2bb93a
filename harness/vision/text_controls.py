"""The controls of a page of which only pixels are known: lines of text that look like controls."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.events.box import centre, contains
from harness.vision.areas import ground, halved
from harness.vision.frame_checks import page_rows
from harness.vision.luma_thumbnails import Box, Frame
from harness.vision.ocr import TextLine, read_text

LONGEST_LABEL = 24
"""Width of the longest caption, a Chinese character counting two: a button says what it does in a few words
[PROJECT]."""

FACE_HIGH, FACE_WIDE = 6.0, 0.97
"""A face is at most so many lines high and takes at most so much of the page's width."""

CENTRED = 0.03
"""How far a caption that stands alone may be from the page's middle, as a share of its width."""

TAB_SHARE = 0.14
"""A row of short words in the lowest part of the page is its tab bar."""


@dataclass(frozen=True, slots=True)
class PaintedControl:
    """A control in pixels: its caption, and its box (x, y, width, height)."""

    text: str
    box: Box

    @property
    def centre(self) -> tuple[int, int]:
        """Where to tap."""
        return centre(self.box)


def page_controls(frame: Frame, lines: Sequence[TextLine] | None = None) -> list[PaintedControl]:
    """Controls of a page in reading order; ``lines`` are its text where it was read already. Raises FormatError.

    A caption is short and stands on a face of its own, or alone in the middle of the page, or in a row with others:
    tabs, a grid of icons, two text buttons. Text on the bare page that starts at its edge is what the page says.
    """
    top, bottom = page_rows(frame.shape[0])
    read = read_text(frame) if lines is None else lines
    inside = [line for line in read if top <= line.centre[1] < bottom]
    found: list[PaintedControl] = []
    half = halved(frame)
    for line in inside:
        if not _short(line.text):
            continue
        if (face := face_of(half, line.box)) is not None:
            found.append(PaintedControl(line.text, face))
        elif _alone_in_the_middle(line, inside, frame) or _in_a_row(line, inside, bottom):
            found.append(PaintedControl(line.text, line.box))
    return found


def _short(text: str) -> bool:
    return 0 < sum(1 + (not character.isascii()) for character in text) <= LONGEST_LABEL and any(c.isalnum() or c in "×✕+" for c in text)


def face_of(half: Frame, words: Box) -> Box | None:
    """The face of a button round its words, in the ``halved`` frame; None where it is not told from its ground."""
    _, _, width, height = face = ground(half, words)
    _, _, wide, high = words
    # A face that is hardly larger than its words is the gap between two letters, or a field of a photo.
    large = height >= 1.1 * high and 0.8 * wide <= width <= FACE_WIDE * 2 * half.shape[1] and height <= FACE_HIGH * high
    return face if large and contains(face, centre(words)) else None


def _alone_in_the_middle(line: TextLine, lines: Sequence[TextLine], frame: Frame) -> bool:
    """Whether a caption is centred with a free line's height above and below.

    The lines of a centred paragraph are closer.
    """
    x, y, width, height = line.box
    if abs(x + width / 2 - frame.shape[1] / 2) > CENTRED * frame.shape[1]:
        return False
    return all(other is line or other.box[1] >= y + 1.8 * height or other.box[1] + other.box[3] <= y - 0.8 * height for other in lines)


def _in_a_row(line: TextLine, lines: Sequence[TextLine], bottom: int) -> bool:
    """Whether a caption has neighbours of its own height on its row.

    Two in the tab bar, one elsewhere if far enough apart.
    """
    x, _, width, height = line.box
    row = [
        other
        for other in lines
        if other is not line
        and abs(other.centre[1] - line.centre[1]) < height / 2
        and abs(other.box[3] - height) < 0.35 * height
        and _short(other.text)
    ]
    if line.centre[1] > (1 - TAB_SHARE) * bottom and len(row) >= 2:
        return True
    apart = [max(other.box[0] - (x + width), x - (other.box[0] + other.box[2])) for other in row]
    return len(row) >= 1 and min(apart) > 1.5 * height
