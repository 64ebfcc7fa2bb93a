"""The controls of a pop-up or a full-screen advert in pixels: those that close it and those it wants pressed.

Each control has its role, its size in dp and its contrast, because a way out that is small or hardly to be seen is no
way out. Words are not read here: `apprights popup --ocr` adds them.
"""

from dataclasses import dataclass
from enum import StrEnum

from harness.events.box import area, intersection
from harness.vision.buttons import find_buttons, main_button
from harness.vision.card_controls import find_close
from harness.vision.contrast import contrast_of
from harness.vision.fullscreen import corner_chip
from harness.vision.luma_thumbnails import Box, Frame

__all__ = ["Control", "ControlRole", "contrast_of", "dp_of", "find_controls"]


SCREEN_DP = 360
"""How many dp wide a phone is taken to be where its density is not known; most phones are 360 to 412."""


LONG = 1.4
"""A chip in a corner that is so many times as wide as high holds words: skip; a rounder one is a ring or a disc."""


class ControlRole(StrEnum):
    """What a control does: as its shape and its place say, or its caption where it was read."""

    CLOSE = "close"
    SKIP = "skip"
    CONFIRM = "confirm"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Control:
    """One control; its box in pixels of the frame.

    ``text`` is None where no words were read. ``source`` is ``pixels`` or ``ocr``. ``dp`` is the shorter side of what
    is seen of it, ``contrast`` the WCAG ratio of that to its surround: the area that takes the press may be larger.
    """

    role: ControlRole
    box: Box
    text: str | None
    source: str
    dp: float
    contrast: float | None


def find_controls(frame: Frame, box: Box | None, *, density: float | None = None) -> tuple[Control, ...]:
    """The controls of the pop-up in ``box``, or of the whole screen for None: first what closes, then what confirms.

    ``density`` is how many pixels a dp has. Raises ValueError when the array is not a ``(h, w, 3)`` ``uint8`` frame.
    """
    high, wide = frame.shape[:2]
    card = (0, 0, wide, high) if box is None else _within(box, wide, high)
    if card is None:
        return ()
    found: list[Control] = []
    close = find_close(frame, card)
    if close is not None:
        found.append(_control(ControlRole.CLOSE, close, frame, density))
    elif box is None and (chip := corner_chip(frame)) is not None:
        role = ControlRole.SKIP if chip[2] > LONG * chip[3] else ControlRole.CLOSE
        found.append(_control(role, chip, frame, density))
    faces = find_buttons(frame, card)
    main = main_button(faces, words=True)
    for face in sorted(faces, key=lambda face: face is not main):
        role = ControlRole.CONFIRM if face is main else ControlRole.CANCEL
        found.append(_control(role, face.box, frame, density))
    return tuple(found)


def dp_of(box: Box, frame: Frame, density: float | None = None) -> float:
    """The shorter side of a box in dp; without a density the screen's shorter side is taken to have 360."""
    per_dp = density or min(frame.shape[:2]) / SCREEN_DP
    return round(min(box[2], box[3]) / per_dp, 1)


def _control(role: ControlRole, box: Box, frame: Frame, density: float | None) -> Control:
    return Control(role, box, None, "pixels", dp_of(box, frame, density), contrast_of(frame, box))


def _within(box: Box, wide: int, high: int) -> Box | None:
    """The part of a box that lies on the screen; None where nothing does."""
    seen = intersection(box, (0, 0, wide, high))
    return seen if area(seen) else None
