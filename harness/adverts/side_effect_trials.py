"""What looking round set off is tried on purpose: a window closed, a control pressed, a page left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import AdSlot, Step
from harness.adverts.advert_observation import START_SECONDS
from harness.adverts.side_effects import START, Deed, tells_else
from harness.adverts.touch_points import CLOSING, TouchPoint
from harness.events import AdvertAct, AdvertKind, ControlRole
from harness.events.box import Box, centre, contains
from harness.language import _
from harness.pages.advert_words import role_of
from harness.pages.adverts import Advert
from harness.pages.interruptions import find_interruption
from harness.pages.pagers import find_pager
from harness.parsers.touch_order import screen_of
from harness.recording import steps

if TYPE_CHECKING:
    from harness.adverts.advert_actions import ActionOutcome, AdvertActions
    from harness.adverts.advert_navigation import AdvertNavigation
    from harness.pages.look import Look
    from harness.session.session import Session

MOST_DEEDS = 6
"""Acts of the looking-round that are tried again [PROJECT]: an app has few, and each costs half a minute a try."""
MOST_TRIES = 3
"""How often each is tried where what comes of it hangs on chance."""
CLOSE_WAITS = 12.0
"""How long a window that a start brought is waited for, its page left alone [PROJECT]."""
ROW_SHARE = 0.4
"""Share of the screen that a row with its own button takes at most [PROJECT]."""
LOADING = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.PAUSE, ControlRole.RESUME)
NAMES = {AdvertAct.CLOSE: "lure-close", AdvertAct.BUTTON: "lure", AdvertAct.NOTHING: "page", AdvertAct.SWIPE: "pager"}


@dataclass(slots=True)
class SideEffectTrials:
    """The trials of one campaign of what its looking-round set off; ``came`` deals with what loads."""

    session: Session
    acts: AdvertActions
    reach: AdvertNavigation
    came: Callable[[AdSlot, ActionOutcome], None]

    def run(self, deeds: list[Deed], until: float) -> None:
        """Try each, the next time with the data cleared where it did not come again."""
        for number, deed in enumerate(deeds[:MOST_DEEDS], 1):
            if deed.act is AdvertAct.BUTTON and role_of(deed.words) in LOADING:
                continue  # it says what it does
            slot = _slot(number, deed)
            for turn in range(1, MOST_TRIES + 1):
                if self.session.uptime() >= until:
                    self.session.note(_("{slot}: not tried: the time was over", slot=slot.name))
                    return
                came = self._try(slot, deed, turn)
                if came is None:
                    break
                self.came(slot, came)
                if not came.happened or came.certain:
                    break

    def _try(self, slot: AdSlot, deed: Deed, number: int) -> ActionOutcome | None:
        """One try, the first with the data cleared, as the search began, the last at a second opening in a row.

        None where it never came.
        """
        came = None
        anews = (False,) if self.session.options.ad_hours else (number == 1, number > 1)
        ways = [(anew, deed) for anew in anews]
        if deed.beside:
            ways.append((False, replace(deed, way=(*deed.beside, Step(back=True), deed.way[-1]))))
        for anew, one in ways:
            if anew:
                self.session.reset()
            if one == START:
                self.session.stop()
                step = steps.AdvertActed(slot=slot.name, act=one.act, number=number)
                came = self.acts.tried(slot, step, self.session.launch, START_SECONDS)
            elif (at := self._there(one, anew=anew)) is not None:
                act = AdvertAct.PICTURE if at.role in (ControlRole.PICTURE, ControlRole.TITLE) else one.act
                came = self.acts.touch(slot, act, number, at if act is not AdvertAct.NOTHING else None)
            if came is not None and came.happened:
                break
        return came

    def _there(self, deed: Deed, *, anew: bool) -> TouchPoint | None:
        """Have the place of an act on the screen; None where it does not come."""
        look = self.reach.start()
        if deed.act is AdvertAct.CLOSE and (at := self._no_of(deed, look)) is not None:
            return at
        there = True
        if deed.way or deed.act is not AdvertAct.CLOSE:
            there = self.reach.go(self.reach.home() if anew else self.reach.sightings.clear(look), deed.way)
        elif anew:
            self.reach.home()  # past what only the first start shows
            self.reach.start()
        if deed.act is AdvertAct.CLOSE:
            return self._to_close(deed)
        if not there:
            return None
        if deed.pulls:
            begins, ends = self.reach.sightings.moves.pull_points(self.session.look())
            return TouchPoint(begins, to=ends)
        if deed.act is AdvertAct.SWIPE:
            pager = find_pager(self.session.look().roots, self.session.app.package)
            return TouchPoint(pager.start, to=pager.end) if pager is not None and pager.start is not None else None
        return self._to_press(deed) if deed.act is AdvertAct.BUTTON else TouchPoint((0, 0))

    def _to_press(self, deed: Deed) -> TouchPoint | None:
        control = self.reach.find_soon(self.session.look(), Step(deed.words, deed.id))
        if control is None:
            return None
        role = role_of(control.text) or (ControlRole.ACT if tells_else(control.text) else ControlRole.OTHER)
        if role is ControlRole.OTHER and beside_load(self.session.look(), control.node.box):
            role = ControlRole.TITLE if control.text else ControlRole.PICTURE
        return TouchPoint(control.centre, role, control.text)

    def _to_close(self, deed: Deed) -> TouchPoint | None:
        """The control that closes the window which lies over the page, waited for; what lies over it is closed."""
        session, deadline = self.session, self.session.uptime() + CLOSE_WAITS
        self.reach.come_back()
        while (at := self._no_of(deed, look := session.look())) is None and session.uptime() < deadline:
            if self.reach.sightings.clear(look, kept=deed.words) is look:
                session.wait_for_change(deadline - session.uptime(), look)
        return at

    def _no_of(self, deed: Deed, look: Look) -> TouchPoint | None:
        found = find_interruption(look, self.session.app.package)
        if found is None or found.button != deed.words or found.box is None:
            return None
        role = role_of(found.button)
        return TouchPoint(found.centre, role if role in CLOSING else ControlRole.CLOSE, found.button)


def beside_load(look: Look, box: Box) -> bool:
    """Whether a control is the picture or title of a row, or of another part of its page, that has a button to load."""
    width, height = screen_of(look.roots)
    parts = (node for root in look.roots for node in root.walk() if node.visible and node.children and contains(node.box, centre(box)))
    small = (part for part in parts if part.area <= ROW_SHARE * width * height and part.box != box)
    labels = (node for part in small for node in part.walk() if node.visible and not contains(box, centre(node.box)))
    return any(role_of(node.text) in (ControlRole.LOAD, ControlRole.FAST_LOAD) for node in labels if node.text)


def _slot(number: int, deed: Deed) -> AdSlot:
    """The place of an act, which is no advert of its own."""
    name = "start" if deed == START else f"{NAMES[deed.act]}-{number}"
    if deed.act is AdvertAct.NOTHING:
        return AdSlot(name, deed.way, Advert(slot=name, kind=AdvertKind.WINDOW, box=(0, 0, 0, 0), words=""))
    kind = AdvertKind.WINDOW if deed.act is AdvertAct.SWIPE else AdvertKind.FEED_CARD
    return AdSlot(name, deed.way, Advert(slot=name, kind=kind, box=(0, 0, 0, 0), words=deed.words or deed.id))
