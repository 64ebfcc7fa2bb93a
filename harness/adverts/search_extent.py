"""How far the search for adverts went, for the journal: a verdict that clears says no more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.adverts.left_alone import map_of
from harness.recording import steps

if TYPE_CHECKING:
    from harness.adverts.ad_slots import Step
    from harness.adverts.advert_search import AdvertSearch
    from harness.session.session import Session

MOST_LEFT = 5
"""Captions of what was left alone that are told at most [PROJECT]."""


def tell_extent(session: Session, search: AdvertSearch) -> None:
    """Write down what was looked at, and of what the walk of this run had met how much."""
    walked = map_of(session)
    known = [*walked[0].screens] if walked is not None else []
    session.journal.write(
        steps.SearchExtent(
            pages=len({search.home, *search.stays} - {""}),
            depth=max(map(_depth, search.opened.values()), default=0),
            controls=search.choice.met,
            pressed=search.choice.pressed,
            walked=len(known),
            again=sum(map(search.met, known)),
            left=search.choice.left()[:MOST_LEFT],
        )
    )


def _depth(way: tuple[Step, ...]) -> int:
    """How many presses a page lies behind the first one; Back takes one away."""
    return sum(-1 if step.back else bool(step.text or step.id or step.advert) for step in way)
