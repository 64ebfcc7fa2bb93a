"""Go past a window over a page that nothing closes, by its own button: what lies below is looked at, too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import Step, lies_over
from harness.adverts.control_selection import step_of
from harness.adverts.side_effects import Deed, SideEffects
from harness.adverts.touch_points import close_control
from harness.dialogs.continue_captions import does_else, may_be_pressed
from harness.dialogs.offers import leads_around
from harness.dialogs.word_patterns import has_price
from harness.events import AdvertAct, ControlRole
from harness.events.action_kinds import Purpose
from harness.events.box import centre, contains
from harness.pages.adverts import find_adverts

if TYPE_CHECKING:
    from harness.adverts.advert_navigation import AdvertNavigation
    from harness.adverts.advert_observation import AdvertObserver
    from harness.pages.look import Look
    from harness.session.session import Session


@dataclass(slots=True)
class WindowPassing:
    """The ways past such windows of one search."""

    session: Session
    sightings: AdvertObserver
    reach: AdvertNavigation
    effects: SideEffects
    _through: set[str] = field(default_factory=set)  # windows that were gone past

    def past(self, way: tuple[Step, ...]) -> Step | None:
        """Press the own button of a window that nothing else closes, once; it is tried on purpose later.

        What its place makes an act is left alone, 马上开 below a price, and what our own press opened.
        """
        look = self.session.look()
        found = find_adverts(look, self.session.app.package)
        advert = next((one for one in found if lies_over(one) and close_control(one) is None), None)
        if advert is None or advert.slot in self._through or self.sightings.is_ours(advert):
            return None
        self._through.add(advert.slot)
        never = self.session.options.app_profile.never_touch
        own = [one for one in advert.controls if one.role in (ControlRole.ACT, ControlRole.OTHER) and may_be_pressed(one.text, never)]
        page = self.sightings.moves.controls(look)
        found_as = [
            next((each for each in page if each.text == one.text and contains(each.node.box, centre(one.box))), None) for one in own
        ]
        pairs = zip(own, found_as, strict=True)
        sold = any(has_price(node.text) for root in look.roots for node in root.walk() if node.visible)
        ways = [(one, known) for one, known in pairs if known is None or not known.dangerous or (does_else(one.text) and not sold)]
        if not ways:
            return None
        button, known = min(ways, key=lambda way: not leads_around(way[0].text))
        self.effects.begin(Deed(AdvertAct.BUTTON, way, button.text))
        self.session.tap(centre(button.box), Purpose.WALK, button.text)
        self.reach.back_in(self.effects.end(self.sightings.moves.settle()))
        return step_of(known) if known is not None else Step(button.text)

    def leads_back(self, button: Step, look: Look) -> bool:
        """Whether that button was the way on, so that the page which the window lay over is there still: 继续浏览."""
        package = self.session.app.package
        covered = any(lies_over(advert) for advert in find_adverts(look, package))
        return leads_around(button.text) and look.shows((package,)) and not covered
