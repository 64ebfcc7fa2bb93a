"""Find the pop-up on a screen by two witnesses: the scrim fit over time and the look of one frame.

A *pop-up* here is a card that the app or the system lays over a page and that wants an answer before the page can be
used: a dialog, a bottom sheet, a promotion. Toasts, snack bars, menus, drawers and the notification shade are not.
Full-screen advertisements have no scrim and no card: :func:`find_fullscreen` looks for them, apart from the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from harness.events.box import area, intersection, overlap
from harness.vision.buttons import find_buttons, main_button
from harness.vision.card_controls import find_close
from harness.vision.forest import forest
from harness.vision.fullscreen import WHOLE, whole
from harness.vision.luma_thumbnails import CHANGED_LEVELS, Box, Frame, Thumbnail, changed, view
from harness.vision.picture_cache import Latest
from harness.vision.popup_controls import ControlRole, find_controls
from harness.vision.popup_features import COUNT, FEATURES, describe, frame_numbers
from harness.vision.proposals import LEAST_WIDTH, PlaneBox, propose
from harness.vision.scrim import ScrimFit, fit_views

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DECIDED = 0.8
"""``popup`` is true from this confidence on; docs/vision.md gives the precision and recall there."""

DECIDED_AFTER_GONE = 0.9
"""The same right after a scrim went away: only a second pop-up below the first leaves one on the screen."""

DECIDED_CAME = 0.25
"""The same where the box is what came over a page that is otherwise as it was: a card without a scrim."""

UNCHANGED, CAME, SHADOW = 0.98, 0.05, 8
"""Least share of the page outside such a box that is as before, least share inside that is not, and how many pixels of
the plane its shadow takes."""

DECIDED_FULLSCREEN = 0.7
"""The same for a full-screen advert without a scrim: nothing but its look speaks for it."""

BOTH_AGREE, FIT_ALONE = 0.98, 0.85
"""Least confidence when both witnesses see the same box, and when only the fit over time sees one."""

LIKE_A_CARD, SOLID = 0.1, 0.7
"""What came with a scrim has at least such a score, or is narrower than the screen and so much of its box no scrim."""

LEAST_WIDTH_LYING = 0.3
"""Least width of a card over that of a screen that lies."""

SAME_BOX = 0.6
"""Least overlap at which two witnesses speak of the same thing."""

INSIDE, LEAST_OF = 0.9, 0.2
"""The same where one lies in the other: share of the inner box in the outer one, and of the outer one that it takes."""


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
    fit, gone = _over_time(screen, before)
    fitted = None if fit is None or fit.box is None else _in_plane(fit.box, screen)
    box, score, row, look = _best_box(screen, fitted)
    if fit is not None and fitted is not None and _is_card(fitted, screen) and _may_be_card(fitted, fit, look, screen):
        if box is not None and score >= DECIDED and (overlap(fitted, box) >= SAME_BOX or _lies_in(box, fitted)):
            # The single frame's box is the card itself; the fit's has its shadow round it, and what moved beside it.
            x, y, w, h = box
            if _full_width(box, screen):  # only the pair tells how much of the navigation strip a sheet covers
                h = max(y + h, fitted[1] + fitted[3]) - y
            return _found(frame, screen, (x, y, w, h), max(BOTH_AGREE, score), score, fit, None)
        return _found(frame, screen, fitted, FIT_ALONE, score, fit, None)
    decided = DECIDED_AFTER_GONE if gone else DECIDED
    if box is not None and DECIDED_CAME <= score < decided and before and not gone and _came_over(box, view(before[-1]), screen):
        return _found(frame, screen, box, DECIDED, score, None, None)
    if box is None or row is None or score < decided or not _is_card(box, screen):
        return Popup(popup=False, confidence=round(min(score, DECIDED - 0.001), 3), score=round(score, 3), fit=fit)
    return _found(frame, screen, box, score, score, fit, _guessed_scrim(row))


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


def _over_time(screen: Thumbnail, before: Sequence[Frame]) -> tuple[ScrimFit | None, bool]:
    """Fit against the earlier frames, newest first; second: did a scrim go away since the newest of them?"""
    gone = False
    for age, frame in enumerate(reversed(before)):
        earlier = view(frame)
        if not changed(earlier.v, screen.v):
            continue
        fit = fit_views(earlier, screen)
        if fit is not None and fit.appeared:
            return fit, False
        gone = gone or (fit is not None and age == 0)
    return None, gone


def _came_over(box: PlaneBox, before: Thumbnail, screen: Thumbnail) -> bool:
    """Whether a box changed, and the page outside it, between the system's bars, did not."""
    if before.v.shape != screen.v.shape:
        return False
    x, y, w, h = box
    differs = cv2.absdiff(before.v, screen.v) > CHANGED_LEVELS
    inside = float(differs[y : y + h, x : x + w].mean())
    differs[max(0, y - SHADOW) : y + h + SHADOW, max(0, x - SHADOW) : x + w + SHADOW] = False
    # Of full width and without a scrim it is a keyboard, or the lower part of a page.
    if _full_width(box, screen):
        return False
    return inside > CAME and float(differs[screen.top : screen.bottom].mean()) <= 1 - UNCHANGED and _is_card(box, screen)


def _best_box(screen: Thumbnail, fitted: PlaneBox | None) -> tuple[PlaneBox | None, float, NDArray[np.float64] | None, float]:
    """The box that looks most like a card, its score and features; and the score of what came with a scrim."""
    boxes, numbers = propose(screen), frame_numbers(screen)
    trees = forest("card", COUNT)
    look = 0.0 if fitted is None else float(trees.probability(describe(numbers, [*boxes, fitted]))[-1])
    if not boxes:
        return None, 0.0, None, look
    rows = describe(numbers, boxes)
    scores = trees.probability(rows)
    best = int(np.argmax(scores))
    return boxes[best], float(scores[best]), rows[best], look


def _may_be_card(fitted: PlaneBox, fit: ScrimFit, look: float, screen: Thumbnail) -> bool:
    """Tell what came with a scrim from a page that comes in over a dimmed one, and from a page that is dimmed alone."""
    return look >= LIKE_A_CARD or (fit.solid >= SOLID and not _full_width(fitted, screen))


def _full_width(box: PlaneBox, screen: Thumbnail) -> bool:
    return box[0] <= 2 and box[0] + box[2] >= screen.width - 2


def _found(
    frame: Frame,
    screen: Thumbnail,
    box: PlaneBox,
    confidence: float,
    score: float,
    fit: ScrimFit | None,
    guessed: Scrim | None,
) -> Popup:
    full = screen.full_box(*box)
    confirm = main_button(find_buttons(frame, full), words=True)
    return Popup(
        popup=True,
        confidence=round(confidence, 3),
        kind=_kind(box, screen),
        box=full,
        scrim=Scrim(fit.alpha, fit.colour) if fit is not None else guessed,
        close=find_close(frame, full),
        confirm=None if confirm is None else confirm.box,
        score=round(score, 3),
        fit=fit,
    )


def _lies_in(box: PlaneBox, fitted: PlaneBox) -> bool:
    """Whether nearly all of a box lies within what came with a scrim, and is no small part of it."""
    shared = area(intersection(box, fitted))
    return shared >= INSIDE * area(box) and shared >= LEAST_OF * area(fitted)


def _in_plane(box: Box, screen: Thumbnail) -> PlaneBox:
    x, y, w, h = (round(n / screen.stride) for n in box)
    return x, y, w, h


def _is_card(box: PlaneBox, screen: Thumbnail) -> bool:
    """Tell a card from a drawer (full height, one side), a notification shade (from the top) and a menu (narrow)."""
    x, y, w, h = box
    wide = w / screen.width
    if wide < (LEAST_WIDTH if screen.width <= screen.height else LEAST_WIDTH_LYING) or h < 0.04 * screen.height:
        return False
    at_left, at_right = x <= 2, x + w >= screen.width - 2
    if at_left != at_right and h > 0.8 * screen.height:
        return False
    return not (at_left and at_right and y <= screen.top + 2 and y + h < 0.9 * screen.height)


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
