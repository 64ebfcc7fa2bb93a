"""Close what an app lays over its pages, each act in the journal before it is on the device."""

from typing import Literal

from harness.dialogs.close_marks import names_close
from harness.dialogs.skip_button import is_skip
from harness.events import InterruptionKind
from harness.events.action_kinds import Purpose
from harness.pages.controls import Control
from harness.pages.interruptions import Interruption, only_confirms, says_no
from harness.pages.look import Look
from harness.pages.page_layers import opens_inside
from harness.pages.sole_adverts import ON
from harness.recording import steps
from harness.session.only_way_in import only_yes
from harness.session.session import Session
from harness.session.view_actions import ViewActions

MOST_LED_ON = 2
"""How often one comes back by one start from what the same window opens [PROJECT]."""


def close_interruption(moves: ViewActions, found: Interruption, way: Literal["back"] | tuple[int, int] | None = None) -> Look:
    """Close an interruption by its negative control, or by another ``way``; the journal says how.

    Where the app left at that it is opened again, and the next time its yes is pressed: there is no other way in. What
    its control opened over the page (去看看) is left by Back. The button of an advert that nothing closes is a press of
    the walk.
    """
    session, below, on = moves.session, _pages(moves.session), way is None and found.action == ON
    through = found.layer and not (names_close(found.button) or says_no(InterruptionKind.OTHER, found.button))
    shown = session.screen.roots
    yes = _only_yes(session, found) if found.text in session.answers.shut_by_no and not on else None
    if yes is not None:
        session.journal.write(steps.Interruption(kind=found.kind, text=found.text, action=yes.text))
        session.tap(yes.centre, Purpose.INTERRUPTION, yes.text)
        return moves.settle()
    action = found.button or found.action if way is None else "back" if way == "back" else "beside"
    if not on:
        session.journal.write(steps.Interruption(kind=found.kind, text=found.text, action=action))
    if way == "back":
        session.press("back", Purpose.INTERRUPTION)
    elif way is not None:
        session.tap(way, Purpose.INTERRUPTION)
    elif found.action == "swipe" and found.box is not None:
        x, y, width, height = found.box
        session.answers.turned = True
        session.swipe((x + width * 4 // 5, y + height // 2), (x + width // 5, y + height // 2), Purpose.INTERRUPTION)
    else:
        session.tap(found.centre, Purpose.WALK if on else Purpose.INTERRUPTION, found.button)
        session.answers.went_through |= through and not on
    after = moves.settle()
    left = after.shows(session.app.home_packages) and not after.shows((session.app.package,))
    if left and found.text not in session.answers.shut_by_no:
        session.answers.shut_by_no.add(found.text)
        session.picture("app-left")
        session.launch(cold=False)
        return moves.settle()
    opened = through and not only_confirms(found.button) and opens_inside(shown, after.roots, session.app.package)
    if way is None and _led_on(session, found, below, opened=opened):
        session.press("back", Purpose.WALK)
        return moves.settle()
    return after


def _pages(session: Session) -> set[str]:
    """The tokens of the app's activities that are open."""
    return {token for token, name in dict(session.foreground.open).items() if session.app.owns(name)}


def _led_on(session: Session, found: Interruption, below: set[str], *, opened: bool) -> bool:
    """Whether its control ``opened`` a page with a way back, or an activity over one of those ``below``, open before.

    Where the window is there again after that, as a guide that stays open is, what it opens is the way in.
    """
    now = _pages(session)
    if not (opened or not (now <= below or below.isdisjoint(now))) or is_skip(found.button):
        return False
    session.answers.led_on[found.text] += 1
    return session.answers.led_on[found.text] <= MOST_LED_ON


def _only_yes(session: Session, found: Interruption) -> Control | None:
    """The yes of a layer that is in front, where it may be pressed."""
    return only_yes(session.look(), session.app.package, found, consents=session.options.consent == "accept")
