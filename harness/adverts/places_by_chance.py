"""Windows that show at another time than at their own turn: each is tried where it is seen, it may not come again.

So is the card behind a film, to who waits for the film's end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import TIMED, Step, make_of
from harness.adverts.advert_navigation import FILM_SECONDS, PAUSE_SECONDS
from harness.adverts.page_tasks import OPEN_RULES
from harness.events import AdvertKind
from harness.language import _
from harness.pages.adverts import BEHIND, find_adverts

if TYPE_CHECKING:
    from harness.adverts.ad_slots import AdSlot
    from harness.adverts.advert_actions import AdvertActions

MOST_SECONDS = 120.0
"""How long a film that counts is waited for at most [PROJECT]."""
PLAYS = (*TIMED, AdvertKind.INTERSTITIAL)
"""Kinds that may be a film."""


@dataclass(slots=True)
class PlacesByChance:
    """The places of one campaign that were seen, and on which no act was done yet."""

    acts: AdvertActions
    finished: set[str]
    """The places on which every act was tried."""
    _opened: tuple[int, list[AdSlot]] = field(default=(0, []))  # what an act opened, and how many acts were done by then

    def opened(self, slots: list[AdSlot]) -> None:
        """The last act opened these, which are no news until the next one."""
        self._opened = (self.acts.done.total(), slots)

    def tried(self, slot: AdSlot) -> bool:
        """Whether any act was done on a place."""
        return any(name == slot.name for name, _act in self.acts.done)

    def over(self, slot: AdSlot) -> bool:
        """Whether what may be a film is over, waited for; of a clock that runs still, the end was not seen."""
        if slot.kind not in PLAYS:
            return False
        session, sightings = self.acts.session, self.acts.sightings
        seconds = max(FILM_SECONDS, min(slot.advert.countdown or 0.0, MOST_SECONDS))
        ends = session.uptime() + seconds
        look = session.look()
        while sightings.still_in(slot, look) is not None and session.uptime() < ends:
            session.run_progress.awaits(ends - session.uptime())
            session.wait_for_change(ends - session.uptime(), look)
            look = session.look()
        if sightings.still_in(slot, look) is None:
            session.idle(PAUSE_SECONDS)
            sightings.on_screen = ""
            return True
        if slot.advert.countdown:
            for rule in OPEN_RULES:
                session.not_tried(rule, _("{slot}: its end was not seen within {seconds:.0f} s", slot=slot.name, seconds=seconds))
        return False

    def here(self, at: AdSlot) -> AdSlot | None:
        """What shows now, lies over its page and was never tried; it is on the screen then.

        Not what comes at each start, nor the place ``at`` that is about to be gone to: anew each is seen from its
        beginning. What a touch seemed to have opened, and shows without it, comes by itself to who waits at ``at``.
        """
        session, sightings = self.acts.session, self.acts.sightings
        look, (acts, opened) = session.look(), self._opened
        news = [*opened] if acts == self.acts.done.total() else []
        for advert in find_adverts(look, session.app.package):
            for one in [*sightings.slots.known.values()]:
                same = one.name in (advert.slot, BEHIND) and make_of(advert)[1:] == one.make[1:]
                if not same or one is at or not one.way or not one.over_page or one.name in self.finished or one in news:
                    continue
                if one.name == BEHIND:
                    one.way = (*at.way, Step(rests=FILM_SECONDS))
                    sightings.slots.rename(one, advert.slot)
                if sightings.found_in(one, look) is not None:
                    sightings.on_screen = one.name
                    return one
        return None
