"""Find the pop-up on a screen by two witnesses: the scrim fit over time and the look of one frame.

A *pop-up* here is a card that the app or the system lays over a page and that wants an answer before the page can be
used: a dialog, a bottom sheet, a promotion. Toasts, snack bars, menus, drawers and the notification shade are not.
Full-screen advertisements have no scrim and no card: :func:`find_fullscreen` looks for them, apart from the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from harness.events.box import overlap
from harness.vision.buttons import find_buttons, main_button
from harness.vision.card_controls import find_close
from harness.vision.forest import forest
from harness.vision.fullscreen import WHOLE, whole
from harness.vision.luma_thumbnails import Box, Frame, Thumbnail, view
from harness.vision.picture_cache import Latest
from harness.vision.popup_controls import ControlRole, find_controls
from harness.vision.popup_features import COUNT, FEATURES, describe, frame_numbers
from harness.vision.popup_pairs import PAIR_COUNT, Change, compare, look_back
from harness.vision.proposals import PlaneBox, least_width, propose
from harness.vision.scrim import ScrimFit

DECIDED = 0.75
"""``popup`` is true from this confidence on; docs/vision.md gives the precision and recall there."""

DECIDED_AFTER_GONE = 0.9
"""The same right after a scrim went away: only a second pop-up below the first leaves one on the screen."""

DECIDED_PAIR = 0.66
"""The same for a pair of frames: chosen on drawn pairs and on those of a second drawer, whose headers are pictures."""

DECIDED_FULLSCREEN = 0.7
"""The same for a full-screen advert without a scrim: nothing but its look speaks for it."""

BOTH_AGREE = 0.98
"""Least confidence when the box is what came with a scrim."""

SMALL_PAGE, SAME_SHAPE = 0.48, 0.015
"""Least share of the screen's height of a page made small, and by how much its shares of height and width differ."""

SAME_BOX = 0.6
"""Least overlap at which two witnesses speak of the same thing."""


_latest: Latest[Popup] = Latest()


class PopupKind(StrEnum):
    """What kind of card it is, from its place on the screen."""

    DIALOG = "dialog"
    SHEET = "sheet"
    FULLSCREEN = "fullscreen"


@dataclass(frozen=True, slots=True)
class Scrim:
    """What lies over the page: opacity 0..1 and colour (R, G, B)."""

    alpha: float
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Popup:
    """The answer for one frame; boxes in full-resolution pixels, all None without a pop-up.

    ``confidence`` that a pop-up is there, 0..1 (so it is low where ``popup`` is false). ``score`` is what the single
    frame says by itself, ``fit`` what the pair says by itself (None: no pair, or no scrim came): the evidence behind
    the answer.
    """

    popup: bool
    confidence: float
    kind: PopupKind | None = None
    box: Box | None = None
    scrim: Scrim | None = None
    close: Box | None = None
    confirm: Box | None = None
    score: float = 0.0
    fit: ScrimFit | None = None


def find_popup(frame: Frame, before: Sequence[Frame] = ()) -> Popup:
    """Look for a pop-up on a stable frame; ``before`` are earlier stable frames of the same screen, oldest first.

    Raises ValueError when an array is not a ``(h, w, 3)`` ``uint8`` frame.
    """
    return _latest.recall((frame, *before), lambda: _find(frame, before))


def _find(frame: Frame, before: Sequence[Frame]) -> Popup:
    screen = view(frame)
    change, gone = look_back(screen, before)
    fit = None if change is None else change.fit
    boxes = candidates(screen, change)
    if not boxes:
        return Popup(popup=False, confidence=0.0, fit=fit)
    rows = describe(frame_numbers(screen), boxes)
    alone = scores = forest("card", COUNT).probability(rows)
    decided = DECIDED_AFTER_GONE if gone else DECIDED
    if change is not None:
        scores = forest("pair", PAIR_COUNT).probability(np.hstack([rows, compare(change, screen, boxes)]))
        decided = DECIDED_PAIR
    bare = change is not None and fit is None  # a dialog over a scrim may have that shape
    cards = [_is_card(box, screen) and not (bare and _is_small_page(box, screen)) for box in boxes]
    best = max(range(len(boxes)), key=lambda at: (cards[at], scores[at]))
    box, score, look = boxes[best], float(scores[best]), round(float(alone[best]), 3)
    if score < decided or not cards[best]:
        return Popup(popup=False, confidence=round(min(score, decided - 0.001), 3), score=look, fit=fit)
    if fit is None:
        return _found(frame, screen, box, score, look, None, _guessed_scrim(rows[best]))
    agreed = any(overlap(box, other) >= SAME_BOX for other in change.boxes) if change else False
    return _found(frame, screen, box, max(BOTH_AGREE, score) if agreed else score, look, fit, None)


def find_fullscreen(frame: Frame) -> Popup:
    """Look for a full-screen advert on a stable frame, by its look alone: its box is the screen.

    Apart from :func:`find_popup`, because a page of the app may look much the same: whoever judges a run has the
    activity's name and the words besides.
    """
    screen = view(frame)
    score = float(forest("fullscreen", len(WHOLE)).probability(whole(screen, frame_numbers(screen))[None])[0])
    if score < DECIDED_FULLSCREEN:
        return Popup(popup=False, confidence=round(min(score, DECIDED - 0.001), 3), score=round(score, 3))
    return fullscreen(frame, score)


def fullscreen(frame: Frame, score: float) -> Popup:
    """The answer for a frame that is an advert as a whole, with its way out and its button."""
    controls = find_controls(frame, None)
    close = next((control.box for control in controls if control.role in (ControlRole.CLOSE, ControlRole.SKIP)), None)
    confirm = next((control.box for control in controls if control.role is ControlRole.CONFIRM), None)
    box = (0, 0, int(frame.shape[1]), int(frame.shape[0]))
    return Popup(True, round(score, 3), PopupKind.FULLSCREEN, box, None, close, confirm, round(score, 3))


def candidates(screen: Thumbnail, change: Change | None) -> list[PlaneBox]:
    """The boxes that one frame proposes, and those of what came since an earlier one."""
    return [*propose(screen), *(change.boxes if change else [])]


def _found(
    frame: Frame, screen: Thumbnail, box: PlaneBox, confidence: float, score: float, fit: ScrimFit | None, guessed: Scrim | None
) -> Popup:
    full = screen.full_box(*box)
    kind, confirm = _kind(box, screen), main_button(find_buttons(frame, full), words=True)
    if confirm is None and kind is PopupKind.SHEET:  # what was taken for a navigation bar may be its answers
        confirm = main_button(find_buttons(frame, (*full[:3], frame.shape[0] - full[1])))
    return Popup(
        popup=True,
        confidence=round(confidence, 3),
        kind=kind,
        box=full,
        scrim=Scrim(fit.alpha, fit.colour) if fit is not None else guessed,
        close=find_close(frame, full),
        confirm=None if confirm is None else confirm.box,
        score=round(score, 3),
        fit=fit,
    )


def _is_card(box: PlaneBox, screen: Thumbnail) -> bool:
    """Tell a card from a drawer (full height, one side), a notification shade (from the top) and a menu (narrow)."""
    x, y, w, h = box
    if w < least_width(screen) or h < 0.04 * screen.height:
        return False
    at_left, at_right = x <= 2, x + w >= screen.width - 2
    if at_left != at_right and h > 0.8 * screen.height:
        return False
    return not (at_left and at_right and y <= screen.top + 2 and y + h < 0.9 * screen.height)


def _is_small_page(box: PlaneBox, screen: Thumbnail) -> bool:
    """Tell a page made small, as the overview of apps and a browser's tabs have it: its shape is the screen's."""
    wide, high = box[2] / screen.width, box[3] / screen.height
    return abs(wide - high) < SAME_SHAPE and SMALL_PAGE < high < 0.9


def _kind(box: PlaneBox, screen: Thumbnail) -> PopupKind:
    _, _, w, h = box
    wide, high = w / screen.width, h / screen.height
    below = 1 - (box[1] + h) / screen.height
    if wide > 0.97 and high > 0.8:
        return PopupKind.FULLSCREEN
    # A floating sheet keeps a margin of up to 24 dp; three-button navigation is another .075.
    if wide > 0.85 and below < 0.09 and high < 0.85:
        return PopupKind.SHEET
    return PopupKind.DIALOG


def _guessed_scrim(row: NDArray[np.float64]) -> Scrim | None:
    """Guess a black scrim's opacity from one frame: a light page piles up at ``255 * (1-a)``. None on darker pages."""
    named = dict(zip(FEATURES, row.tolist(), strict=True))
    cap = named["outside_p97"]
    piled = named["outside_p97"] - named["outside_p50"] < 0.03 and named["outside_mode_share"] > 0.4
    return Scrim(round(1 - cap, 2), (0, 0, 0)) if piled and 0.2 < cap < 0.85 else None
