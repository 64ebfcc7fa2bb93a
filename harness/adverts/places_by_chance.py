"""Windows that show at another time than at their own turn: each is tried where it is seen, it may not come again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import Step, make_of
from harness.pages.adverts import BEHIND, find_adverts

if TYPE_CHECKING:
    from harness.adverts.ad_slots import AdSlot
    from harness.adverts.advert_actions import AdvertActions

REST_THERE = 30.0
"""How long who only waits waits for what came by itself behind an advert [PROJECT]: films last 15 to 30 s."""


@dataclass(slots=True)
class PlacesByChance:
    """The places of one campaign that were seen, and on which no act was done yet."""

    acts: AdvertActions
    _opened: tuple[int, list[AdSlot]] = field(default=(0, []))  # what an act opened, and how many acts were done by then

    def opened(self, slots: list[AdSlot]) -> None:
        """The last act opened these, which are no news until the next one."""
        self._opened = (self.acts.done.total(), slots)

    def tried(self, slot: AdSlot) -> bool:
        """Whether any act was done on a place."""
        return any(name == slot.name for name, _act in self.acts.done)

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
                if not same or one is at or not one.way or not one.over_page or self.tried(one) or one in news:
                    continue
                if one.name == BEHIND:
                    one.way = (*at.way, Step(rests=REST_THERE))
                    sightings.slots.rename(one, advert.slot)
                if sightings.found_in(one, look) is not None:
                    sightings.on_screen = one.name
                    return one
        return None
