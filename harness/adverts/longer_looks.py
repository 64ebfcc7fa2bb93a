"""Pages that were looked at for a short while are opened once more: an advert may come over one some seconds later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.adverts.advert_search import DETAIL_SECONDS, AdvertSearch

if TYPE_CHECKING:
    from harness.adverts.ad_slots import Step
    from harness.pages.look import Look
    from harness.session.session import Session

MOST_LONGER = 20
"""Pages that are opened once more at most [PROJECT]: one of more kinds of pages has its adverts over some of these."""


def look_longer(session: Session, search: AdvertSearch, until: float) -> None:
    """Open each kind of page that was looked at for too short a while, the nearest first, before a moment.

    From the first page, which Back mostly leads to again, else by a new start.
    """
    once = [way for screen, way in search.opened.items() if search.stays[screen] == 1 and screen != search.home]
    if not once:
        return
    with session.segment("advert-longer"):
        home = False
        for way in sorted(once, key=len)[:MOST_LONGER]:
            if session.uptime() >= until:
                return
            home = _stayed(search, session.look() if home else search.sightings.clear(search.reach.start()), way)


def _stayed(search: AdvertSearch, look: Look, way: tuple[Step, ...]) -> bool:
    """Look at a page as long as an advert may take to come over it; whether Back led to the first page then."""
    if not search.reach.go(look, way):
        return False
    search.sightings.slots.arrive()
    search.effects.alone(way)
    return search.reach.left(search.reach.rested(way, DETAIL_SECONDS), search.home, len(way))
