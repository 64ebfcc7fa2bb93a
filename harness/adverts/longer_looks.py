"""Pages that were looked at for a short while are opened once more: an advert may come over one some seconds later."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.adverts.advert_search import AdvertSearch
    from harness.session.session import Session

MOST_LONGER = 20
"""Pages that are opened once more at most [PROJECT]; an app of more kinds of pages shows adverts over some of these."""


def look_longer(session: Session, search: AdvertSearch, until: float) -> None:
    """Open each kind of page that was looked at for too short a while, the nearest first, before a moment.

    From the first page, which Back mostly leads to again, else by a new start.
    """
    waiting = search.brief()[:MOST_LONGER]
    if not waiting:
        return
    with session.segment("advert-longer"):
        home = False
        for way in waiting:
            if session.uptime() >= until:
                return
            look = session.look() if home else search.sightings.clear(search.reach.start())
            home = search.stay_longer(look, way)
