"""The pages beside each other in a pager are turned to their end: an advert may be one of them, and jump by itself.

Each page is pulled down once: some bring an advert then, or lead elsewhere, though nothing on them scrolls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import Step
from harness.adverts.side_effects import Deed, SideEffects
from harness.events import AdvertAct
from harness.language import _
from harness.pages.pagers import MOST_TURNS, find_pager

if TYPE_CHECKING:
    from harness.adverts.advert_navigation import AdvertNavigation
    from harness.pages.look import Look


@dataclass(slots=True)
class PageTurns:
    """The pagers of one app, each of which is turned once to its end."""

    reach: AdvertNavigation
    effects: SideEffects
    _known: set[str] = field(default_factory=set)  # the layouts of the pages that were turned
    _pulled: set[tuple[str, tuple[Step, ...]]] = field(default_factory=set)  # those that were pulled down, with the tab of each

    def pull(self, way: tuple[Step, ...], rested: Callable[[tuple[Step, ...]], Look], spent: Callable[[], bool]) -> tuple[Step, ...]:
        """Pull the page that ``way`` leads to down, for what no press asks for; return the way with the pull."""
        session, sightings = self.reach.session, self.reach.sightings
        look = session.look()
        page = sightings.moves.page(look)
        key = (page.skeleton if page is not None else "", way if len(way) <= 1 else ())
        if page is None or key in self._pulled or spent() or not look.shows((session.app.package,)):
            return way
        self._pulled.add(key)
        sightings.slots.arrive()
        self.effects.begin(Deed(AdvertAct.SWIPE, way, page.title, pulls=True))
        sightings.moves.pull(look)
        rested(pulled := (*way, Step(scrolls=-1)))
        return pulled

    def turn(self, way: tuple[Step, ...], rested: Callable[[tuple[Step, ...]], Look], spent: Callable[[], bool]) -> None:
        """Turn the page that ``way`` leads to; ``rested`` looks at each for a while, ``spent`` tells that time is over.

        A pager that was not turned is told, unless tabs lead to its pages as well.
        """
        session = self.reach.session
        package, look = session.app.package, session.look()
        page, pager = self.reach.sightings.moves.page(look), find_pager(look.roots, package)
        if page is None or pager is None or page.skeleton in self._known:
            return
        self._known.add(page.skeleton)
        for number in range(MOST_TURNS):
            if spent() or pager.start is None:
                if not pager.tabs:
                    session.not_tried("c7-jump", _("pages beside '{page}' were not turned", page=page.title[:40]))
                return
            self.reach.sightings.slots.arrive()
            self.effects.begin(Deed(AdvertAct.SWIPE, (*way, Step(turns=number)) if number else way, page.title))
            if self.reach.sightings.moves.turn(look) is None:
                return
            look = rested((*way, Step(turns=number + 1)))
            if not look.shows((package,)) or find_pager(look.roots, package) is None:
                return
