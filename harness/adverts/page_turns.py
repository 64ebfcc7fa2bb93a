"""The pages beside each other in a pager are turned to their end: an advert may be one of them, and jump by itself."""

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
