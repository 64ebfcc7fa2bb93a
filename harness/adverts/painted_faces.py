"""A gap beside a painted button, chosen by the pixels: what was read of it is the place of its words alone. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.adverts.touch_points import PROMISING, TouchPoint, buttons, touch_point
from harness.events import AdvertAct, AdvertControl
from harness.events.box import contains, encloses
from harness.vision.areas import even_region, halved
from harness.vision.text_controls import face_of

if TYPE_CHECKING:
    from harness.pages.adverts import Advert
    from harness.vision.luma_thumbnails import Frame
    from harness.vision.ocr import TextLine

PAINTED = "pixels"


def painted_button(advert: Advert) -> AdvertControl | None:
    """The button beside which a gap is touched, where it is painted."""
    button = next((control for control in buttons(advert) if control.role in PROMISING), None)
    return button if button is not None and button.source == PAINTED else None


def gap_beside(advert: Advert, frame: Frame, lines: Sequence[TextLine]) -> TouchPoint | None:
    """The gap right beside the painted button of an advert; ``lines`` are what was read of the frame.

    It lies on the ground of one colour all round the button's face. None where the face is not told from its ground, or
    the ground is a picture: nobody knows there where the button ends.
    """
    half = halved(frame)

    def face(control: AdvertControl) -> AdvertControl | None:
        words = next((line.box for line in lines if line.text == control.text and contains(control.box, line.centre)), control.box)
        found = face_of(half, words)
        return None if found is None else control._replace(box=found)

    if (button := painted_button(advert)) is None or (button := face(button)) is None:
        return None
    faced = (control if control.source != PAINTED else face(control) or control for control in advert.controls)
    point = touch_point(AdvertAct.BESIDE, replace(advert, controls=tuple(faced)), (frame.shape[1], frame.shape[0]))
    ground = even_region(half, point.at) if point is not None else None
    return point if ground is not None and encloses(ground, button.box) else None
