"""Controls found in pixels with the words that stand on them: a caption says more about a control than its looks.

A filled face labelled 取消 refuses, words alone labelled 同意 agree. And a skip control in a corner makes an advert of
a screen that has no card, when the mark of adverts stands beside it or a countdown in it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from harness.dialogs.captions import captions, label, pieces
from harness.dialogs.consent_screen import agrees
from harness.dialogs.dialog_words import plain, words
from harness.dialogs.refusal import says_no
from harness.dialogs.skip_button import find_skip, is_skip
from harness.events.box import Box, centre, contains
from harness.vision.areas import ground, halved
from harness.vision.luma_thumbnails import Frame
from harness.vision.ocr import TextLine
from harness.vision.popup_controls import Control, ControlRole, contrast_of, dp_of

CROSSES = frozenset("×✕✖xX")
FACE_HIGH, FACE_WIDE = 5.0, 0.97
"""A face is at most so many lines high, and takes at most so much of the screen's width [PROJECT]."""

LIKELY = 0.1
"""An advert's skip without its mark or a countdown counts where the look of the screen is not against it [PROJECT]."""

_COUNTS = re.compile(r"\d")


def named(found: Sequence[Control], lines: Sequence[TextLine], frame: Frame, box: Box | None, density: float | None) -> tuple[Control, ...]:
    """The controls with their captions, and those that only words tell; ``box`` is the pop-up, None for the screen."""
    high, wide = frame.shape[:2]
    area = box or (0, 0, wide, high)
    captioned = [(text, at) for line in lines if contains(area, centre(line.box)) for text, at in pieces(line)]
    controls: list[Control] = []
    for control in found:
        inside = [text for text, at in captioned if contains(control.box, centre(at))]
        text = " ".join(inside) or None
        said = None if text is None else _role(text)
        controls.append(replace(control, text=text, role=said or control.role))
    half = halved(frame)
    for text, at in captioned:
        role = _role(text)
        if role is None or any(contains(control.box, centre(at)) for control in controls):
            continue
        face = ground(half, at)
        if not (face[3] <= FACE_HIGH * at[3] and face[2] <= FACE_WIDE * wide):
            face = at
        controls.append(Control(role, face, text, "ocr", dp_of(face, frame, density), contrast_of(frame, at)))
    order = (ControlRole.CLOSE, ControlRole.SKIP, ControlRole.CONFIRM, ControlRole.CANCEL)
    return tuple(sorted(controls, key=lambda control: order.index(control.role)))


def advert_in_words(lines: Sequence[TextLine], window: Box, score: float) -> bool:
    """Whether words make an advert of a screen: a skip in a corner, and a countdown, an advert's mark or its look.

    An app's own introduction may be skipped too; it counts nothing down and is not marked as an advert.
    """
    skip = find_skip(lines, window)
    if skip is None:
        return False
    marked = any(plain(line.text) in words()["skip"]["marks"] for line in lines)
    return marked or bool(_COUNTS.search(skip.text)) or any(word in skip.text for word in words()["skip"]["advert"]) or score >= LIKELY


def _role(text: str) -> ControlRole | None:
    """What a caption says that its control does; None for a caption that is none of these."""
    name = label(text)
    if text.strip() in CROSSES or name in words()["own"]["close_descriptions"][:2]:
        return ControlRole.CLOSE
    if is_skip(text):
        return ControlRole.SKIP
    if says_no(text):
        return ControlRole.CANCEL
    if name in captions() or agrees(name):
        return ControlRole.CONFIRM
    return None
