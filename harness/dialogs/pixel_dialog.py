"""Lines of text and a pop-up's box -> the dialog that the app painted itself: the same as the view tree would give.

Used only where the tree is silent (:mod:`harness.dialogs.inaccessible_region`). A card counts as a dialog when a scrim
or the look of the frame says so (:mod:`harness.vision.popup`), when it came over a page that is otherwise as it was, or
when the page has nothing else to press. A banner in the flow of the page is none.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import cv2
import numpy as np

from harness.dialogs.captions import captions, label, pieces
from harness.dialogs.consent_screen import agrees, refuses
from harness.dialogs.dialog_buttons import Button
from harness.dialogs.dialog_words import group_in, halves, words
from harness.dialogs.matcher import Dialog, kind_of
from harness.dialogs.refusal import is_no
from harness.events import DialogKind
from harness.events.box import Box, area, contains, overlap
from harness.vision.areas import ground, halved
from harness.vision.frame_checks import page_rows
from harness.vision.luma_thumbnails import Frame, brightest
from harness.vision.ocr import TextLine
from harness.vision.popup import Popup
from harness.vision.text_controls import page_controls

CARD_WIDE, CARD_AREA = 0.5, 0.85
"""A card is at least so wide as a share of the screen, and covers at most so much of it [PROJECT]."""

UNCHANGED = 0.98
"""Least share of the pixels outside a card that are as before when it came over the page."""

SAME_TEXT, SAME_BOX = 0.8, 0.7
"""Two readings of one dialog over a moving page agree at least so much in their text and in their box."""


def dialog_on_card(popup: Popup, lines: Sequence[TextLine], owner: str) -> Dialog | None:
    """The dialog on the card of a pop-up, from the lines that stand on it; None where they ask nothing.

    A consent of which only one answer stands on the card is none: the other one may stand below it.
    """
    if popup.box is None:
        return None
    dialog = _dialog_in(popup.box, lines, owner, popup.close)
    if dialog is not None and dialog.kind is DialogKind.CONSENT and len(dialog.buttons) < 2:
        return None
    return dialog


def find_painted_dialog(frame: Frame, lines: Sequence[TextLine], owner: str, popup: Popup, before: Frame | None = None) -> Dialog | None:
    """The dialog that asks something of the user in a picture of the app's window; ``before`` is the picture before it.

    ``lines`` are those of the part that the tree does not tell, ``popup`` is what the frame's look says. System dialogs
    are never found here.
    """
    if popup.box is not None and (dialog := _dialog_in(popup.box, lines, owner, popup.close)):
        return dialog
    if before is not None and before.shape == frame.shape:
        for card in _cards(frame, lines):
            if _came_over(card, before, frame) and (dialog := _dialog_in(card, lines, owner)):
                return dialog
    return _whole_page(frame, lines, owner)


def alike(one: Dialog, other: Dialog) -> bool:
    """Whether two readings are of the same dialog: over a moving page a letter or a pixel may come out otherwise."""
    if (one.kind, one.owner, one.group) != (other.kind, other.owner, other.group):
        return False
    if [button.role for button in one.buttons] != [button.role for button in other.buttons]:
        return False
    return overlap(one.box, other.box) >= SAME_BOX and SequenceMatcher(None, one.text, other.text).ratio() >= SAME_TEXT


def _dialog_in(card: Box, lines: Sequence[TextLine], owner: str, close: Box | None = None) -> Dialog | None:
    inside = [line for line in lines if contains(card, line.centre)]
    buttons = [*_buttons(inside), *([Button("close", "×", close)] if close else [])]
    sentence = " ".join(line.text for line in inside if not _is_button(line))
    kind = kind_of(sentence, [label(button.text) for button in buttons]) if buttons else None
    if kind is None:
        return None
    if kind is DialogKind.CONSENT:
        return Dialog(kind, owner, sentence, None, card, tuple(_consent_buttons(lines)))
    return Dialog(kind, owner, sentence, group_in(sentence), card, tuple(buttons))


def _whole_page(frame: Frame, lines: Sequence[TextLine], owner: str) -> Dialog | None:
    """Return the page itself as a dialog.

    It is a policy with its answers, or a demand for a permission beside which nothing can be pressed.
    """
    high, wide = frame.shape[:2]
    dialog = _dialog_in((0, 0, wide, high), lines, owner)
    if dialog is None or dialog.kind is DialogKind.OTHER:
        return None
    if dialog.kind is DialogKind.CONSENT:
        return dialog
    pressed = {button.text for button in dialog.buttons}
    others = [control for control in page_controls(frame, lines) if control.text not in pressed]
    return None if others else dialog


def _cards(frame: Frame, lines: Sequence[TextLine]) -> Iterator[Box]:
    """Areas of one colour below lines that are no button, smallest first: what may be a card without a scrim."""
    high, wide = frame.shape[:2]
    half = halved(frame)
    found = {ground(half, line.box) for line in lines if not _is_button(line)}
    for box in sorted(found, key=lambda box: (area(box), box)):
        if box[2] >= CARD_WIDE * wide and area(box) <= CARD_AREA * high * wide:
            yield box


def _came_over(card: Box, before: Frame, after: Frame) -> bool:
    """Whether the page outside a card is as it was, while the card's place is not."""
    top, bottom = page_rows(after.shape[0])
    x, y, width, height = (n // 4 for n in card)
    differs = brightest(cv2.absdiff(np.ascontiguousarray(before[::4, ::4]), np.ascontiguousarray(after[::4, ::4]))) > 12
    inside = differs[y : y + height, x : x + width].mean() if width and height else 0.0
    margin = 8  # its shadow
    differs[max(0, y - margin) : y + height + margin, max(0, x - margin) : x + width + margin] = False
    return bool(inside > 0.05 and differs[top // 4 : bottom // 4].mean() <= 1 - UNCHANGED)


def _buttons(lines: Sequence[TextLine]) -> Iterator[Button]:
    own = words()["own"]
    for line in lines:
        if not _is_button(line):
            continue
        for text, box in pieces(line):
            name = label(text)
            if is_no(name):
                yield Button("negative", text, box)
            elif name in own["positive"] or agrees(name):
                yield Button("positive", text, box)


def _consent_buttons(lines: Sequence[TextLine]) -> Iterator[Button]:
    for line in lines:
        if not _is_button(line):
            continue
        for text, box in pieces(line):
            if refuses(label(text)):
                yield Button("refuse", text, box)
            elif agrees(label(text)):
                yield Button("accept", text, box)


def _is_button(line: TextLine) -> bool:
    """Whether each word of a line is the caption of a button: two that stand close may be read as one line."""
    return all(_is_caption(label(text)) for text, _ in pieces(line))


def _is_caption(name: str) -> bool:
    """Whether it is one that we know, in one language or two: Not now 暂不同意."""
    return is_no(name) or not captions().isdisjoint((name, *halves(name)))
