"""Lists that go on below what the search looked at: to their end, in time; how far each was seen is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.recording import steps

if TYPE_CHECKING:
    from harness.adverts.advert_search import AdvertSearch
    from harness.session.session import Session

FEEDS_SECONDS, MOST_SWIPES = 180.0, 40
"""What this costs at most, and swipes down one list [PROJECT]: a feed has no end."""


def look_down(session: Session, search: AdvertSearch) -> None:
    """Look through each such list by a new start; what is left of it stands in the journal."""
    if not search.feeds:
        return
    with session.segment("advert-feeds"):
        until = session.uptime() + FEEDS_SECONDS
        for way in [*search.feeds]:
            search.look_at(way, until, MOST_SWIPES)
    for way, swipes in search.feeds.items():
        session.journal.write(steps.FeedLeft(page=(way[-1].text if way else "") or session.app.label, swipes=swipes))
