"""What led from the first page to another one is used twice in a row: some windows come to who returns once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.adverts.ad_slots import Step

if TYPE_CHECKING:
    from harness.adverts.advert_search import AdvertSearch
    from harness.session.session import Session

AGAIN_SECONDS, MOST_USES = 150.0, 12
"""What all of them cost, and how many there are, at most [PROJECT]."""
RETURN_SECONDS = 3.0
"""How long the first page is looked at after a return [PROJECT]."""


def use_again(session: Session, search: AdvertSearch) -> None:
    """Open and leave each such page twice more; what shows then is noted with that way."""
    sightings, home, there = search.sightings, "", False
    with session.segment("advert-again"):
        until = session.uptime() + AGAIN_SECONDS
        for way in search.left[:MOST_USES]:
            if session.uptime() >= until:
                return
            if not there:
                page = sightings.moves.page(sightings.clear(search.reach.start()))
                home = page.screen if page is not None else ""
            twice = (*way, Step(back=True)) * 2
            sightings.slots.arrive()
            there = search.reach.go(session.look(), twice)
            if there:
                look = search.reach.back_in(sightings.clear(sightings.watch(RETURN_SECONDS, twice), twice))
                page = sightings.moves.page(look)
                there = page is not None and page.screen == home
