"""How far the search for adverts went, for the journal: a verdict that clears says no more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.adverts.left_alone import map_of
from harness.language import _
from harness.recording import steps

if TYPE_CHECKING:
    from harness.adverts.ad_slots import Step
    from harness.adverts.advert_search import AdvertSearch
    from harness.session.session import Session

MOST_LEFT, LONGEST = 5, 40
"""Captions of what was left alone that are told at most, and signs of a title [PROJECT]."""
MOST_UNTOUCHED = 3
"""Painted controls that were not touched and are told [PROJECT]: one is enough for nothing to be clear."""


def tell_extent(session: Session, search: AdvertSearch) -> None:
    """Write down what was looked at, of what the walk of this run had met how much, and what was not touched."""
    walked = map_of(session)
    known = [*walked[0].screens] if walked is not None else []
    left = search.choice.left()
    session.journal.write(
        steps.SearchExtent(
            pages=len({search.home, *search.stays} - {""}),
            depth=max(map(_depth, search.opened.values()), default=0),
            controls=search.choice.met,
            pressed=search.choice.pressed,
            walked=len(known),
            again=sum(map(search.met, known)),
            left=tuple(left[:MOST_LEFT]),
            unnamed=len(left[MOST_LEFT:]),
            unpressed=len({screen for _way, screen, _beside in search.further}),
            unended=tuple(title[:LONGEST] for title in [*search.tasks.unended][:MOST_LEFT]),
            unplayed=tuple(title[:LONGEST] for title in search.reach.plays.without_end()[:MOST_LEFT]),
        )
    )
    for words in search.choice.untouched()[:MOST_UNTOUCHED]:
        session.not_tried("c7-jump", _("'{words}' on a page that the app paints was not touched", words=words[:40]))
    for page, words in [*search.untold.items()][:1]:
        why = _("'{words}' on the page '{page}' was left alone: nothing tells what it loads", words=words[:40], page=page[:40])
        session.not_tried("c7-download-resumes", why)


def _depth(way: tuple[Step, ...]) -> int:
    """How many presses a page lies behind the first one; Back takes one away."""
    return sum(-1 if step.back else bool(step.text or step.id or step.advert) for step in way)
