"""What comes to who stays on the first page for a while, and the pages three presses and more behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.adverts.ad_slots import Step
from harness.dialogs.dialog_words import plain
from harness.pages.advert_words import ADVERTS

if TYPE_CHECKING:
    from harness.adverts.advert_search import AdvertSearch
    from harness.session.session import Session

FURTHER_SECONDS = 900.0
MOST_FURTHER_PRESSES, FURTHER = 6, 3
"""What pages behind those of the first look cost at most besides, how many controls are pressed on each in one go, and
how many presses from the page of a tab the first such press is [PROJECT]."""
DWELL_SECONDS = 30.0
"""How long the first page is looked at by a user who does nothing [PROJECT]: some windows come after 10 to 20 s."""


def look_further(session: Session, search: AdvertSearch) -> None:
    """Look at the first page for as long as a user may rest on it, then press through the pages that were left."""
    sightings, reach = search.sightings, search.reach
    with session.segment("advert-further"):
        search.begin(session.uptime() + FURTHER_SECONDS)
        reach.start()
        sightings.clear(session.look())
        way: tuple[Step, ...] = (Step(rests=DWELL_SECONDS),)
        sightings.slots.arrive()
        reach.rest(DWELL_SECONDS, way)
        sightings.slots.whole(way)
        while search.further and not search.spent():
            way, screen, beside = search.further.pop(0)
            if _reached(search, way, screen):
                look = sightings.clear(session.look(), way)
                own = search.unpressed(look, screen, beside)
                own.sort(key=lambda one: any(word in plain(one.text) for word in ADVERTS.words("search.dull")))
                search.each(own[:MOST_FURTHER_PRESSES], way, screen, FURTHER)
                if search.spent() or len(search.unpressed(look, screen, beside)) < len(own):
                    search.leave_rest(look, way, screen, beside)


def _reached(search: AdvertSearch, way: tuple[Step, ...], screen: str) -> bool:
    """Whether a page was gone to: from the first page where Back leads there, else, or where it led elsewhere, anew."""
    reach, sightings = search.reach, search.sightings
    if reach.left(search.session.look(), search.home, len(way) + 1):
        there = reach.go(search.session.look(), way, search.stayed_on)
        if there and sightings.moves.name(search.session.look()) == screen:
            return True
    return reach.go(sightings.clear(reach.start()), way, search.stayed_on)
