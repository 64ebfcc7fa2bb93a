"""What led from the first page to another one is used twice in a row: some windows come to who returns once more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import Step

if TYPE_CHECKING:
    from harness.adverts.advert_search import AdvertSearch
    from harness.pages.look import Look
    from harness.session.session import Session

AGAIN_SECONDS, MOST_USES = 150.0, 12
"""What all of them cost, and how many there are, at most [PROJECT]."""
RETURN_SECONDS = 3.0
"""How long the page is looked at that is opened for the second time, and the first one after each return [PROJECT]."""


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
            there = search.reach.go(session.look(), twice, partial(_opened_again, search, len(twice) - 1))
            if there:
                look = search.reach.back_in(sightings.clear(sightings.watch(RETURN_SECONDS, twice), twice))
                page = sightings.moves.page(look)
                there = page is not None and page.screen == home


def _opened_again(search: AdvertSearch, steps: int, look: Look, way: tuple[Step, ...]) -> Look:
    """The page that a way of so many steps opens, looked at for a while."""
    if len(way) != steps:
        return look
    return search.sightings.clear(search.sightings.watch(RETURN_SECONDS, way), way)
