"""Retrace: go the way to a control again, as a walk went it, on a fresh start of the app (``routes`` has the ways)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.events import DialogKind
from harness.language import _
from harness.pages.controls import Kind
from harness.pages.interruptions import FORCED, find_interruption
from harness.pages.nodes import unnumbered
from harness.session.moves import Moves

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness.explorer.routes import Press
    from harness.pages.controls import Control
    from harness.pages.look import Look
    from harness.session.session import Session

MOST_OBSTACLES = 10
MOST_BACK = 2
"""Pages that are left by Back to find the next control of a way: a press may open a page now that it did not open
then."""
SPLASH_SECONDS = 8.0
"""How long a page without a control is given to go on by itself [PROJECT]: logos at a start last 1 to 3 s, adverts 5
s."""


def go_again(session: Session, steps: list[Press], answer: Callable[[Look], None] | None = None) -> bool:
    """Go ``steps`` on the app that was just started; False, with a note, when one of its controls is not there.

    What lies in the way is closed; a permission dialog before the last step is answered by ``answer``, by default with
    a no.
    """
    moves = Moves(session)
    for step in steps:
        look = _past_splash(session, moves, answer)
        if step.kind == "fill":
            moves.fill(look)
            continue
        control = _find(moves, look, step)
        if step.kind == "agree":
            if control is not None and control.kind is Kind.SWITCH and not control.checked:
                moves.press(control, step.screen)
            continue
        control = control or _further_back(session, moves, step, answer)
        if control is None:
            session.note(_("the way back to '{text}' was not found", text=step.text or step.id))
            return False
        moves.press(control, step.screen)
    return True


def _find(moves: Moves, look: Look, step: Press) -> Control | None:
    """The control of a step on the page, further down if need be."""
    wanted = (unnumbered(step.text), step.id)
    found = moves.find(look, lambda control: (unnumbered(control.text), control.id) == wanted)
    return found[1] if found else None


def _further_back(session: Session, moves: Moves, step: Press, answer: Callable[[Look], None] | None) -> Control | None:
    """The control of a step on a page that lies below, as long as the app is in front."""
    for _turn in range(MOST_BACK):
        moves.back()
        look = _clear_way(session, moves, answer)
        if not look.shows((session.app.package,)):
            return None
        if (control := _find(moves, look, step)) is not None:
            return control
    return None


def _past_splash(session: Session, moves: Moves, answer: Callable[[Look], None] | None) -> Look:
    """Clear the way, and wait for a page with something to press: a start may show a picture alone for a while."""
    look = _clear_way(session, moves, answer)
    deadline = session.uptime() + SPLASH_SECONDS
    while not moves.controls(look) and session.uptime() < deadline:
        session.wait_for_change(deadline - session.uptime())
        look = _clear_way(session, moves, answer)
    return look


def _clear_way(session: Session, moves: Moves, answer: Callable[[Look], None] | None) -> Look:
    """Close and answer what lies over the page; the last look."""
    look = moves.settle()
    for _turn in range(MOST_OBSTACLES):
        dialog = look.dialog
        if dialog is not None and dialog.kind is DialogKind.CONSENT:
            session.answers.answer_consent(dialog)
        elif dialog is not None and dialog.kind is DialogKind.PERMISSION:
            if answer is not None:
                answer(look)
            else:
                session.answers.deny(dialog)
        elif dialog is not None and dialog.kind is not DialogKind.OTHER:
            session.answers.close_own(dialog)
        elif (found := find_interruption(look, session.app.package)) is not None and found.kind != FORCED:
            moves.close(found)
        else:
            return look
        look = moves.settle()
    return look
