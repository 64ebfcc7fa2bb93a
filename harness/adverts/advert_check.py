"""The check of an app's adverts: they are looked for, each is tried on purpose, and deliveries are removed.

What loads or opens is never judged here: that is for who reads the record. An act is a line of the journal before it is
done, and what it may bring to the phone stands in the ledger before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import AdSlot, AdSlots
from harness.adverts.advert_actions import AdvertActions
from harness.adverts.advert_navigation import AdvertNavigation
from harness.adverts.advert_observation import AdvertObserver
from harness.adverts.advert_search import AdvertSearch
from harness.adverts.feed_depth import look_down
from harness.adverts.further_looks import look_further
from harness.adverts.longer_looks import look_longer
from harness.adverts.place_trials import PlaceTrials
from harness.adverts.return_to_app import ReturnToApp
from harness.adverts.search_extent import tell_extent
from harness.adverts.second_uses import use_again
from harness.adverts.side_effect_trials import SideEffectTrials
from harness.adverts.side_effects import START, Deed, SideEffects
from harness.adverts.spaced_starts import spaced_starts
from harness.adverts.walked_pages import look_at_walked
from harness.errors import ScenarioError
from harness.language import _
from harness.session.delivery_monitor import DeliveryMonitor

if TYPE_CHECKING:
    from harness.session.session import Session

MOST_SLOTS = 8
"""Places that are tried, the worst first [PROJECT]; an app of many feeds has more, of the same make."""
CAMPAIGN_SECONDS = 1500.0
"""What trying may cost of device time [PROJECT]: three minutes a place."""
LOOKING_SECONDS = 2410.0
"""What the first starts, a return and all looks through the pages cost at most [PROJECT]."""
MOST_LOADS = 2
"""Pages of the app's own that load and whose download is paused [PROJECT]."""
MOST_ROWS = 6
"""Further rows of lists that are tried [PROJECT]: what is marked there may be of other advertisers."""
MOST_NEXT = 2
"""Adverts on pages that a touch on another advert opened which are tried [PROJECT]: those of one app lead alike."""


@dataclass(slots=True)
class AdvertCheck:
    """One campaign against the adverts of the app of one session."""

    session: Session
    slots: AdSlots = field(init=False)
    sightings: AdvertObserver = field(init=False)
    effects: SideEffects = field(init=False)
    reach: AdvertNavigation = field(init=False)
    deliveries: DeliveryMonitor = field(init=False)
    acts: AdvertActions = field(init=False)
    pages: AdvertSearch = field(init=False)
    side_effects: SideEffectTrials = field(init=False)
    places: PlaceTrials = field(init=False)

    def __post_init__(self) -> None:
        """Put the parts together."""
        session = self.session
        self.slots = AdSlots(session)
        return_to_app = ReturnToApp(session)
        self.deliveries = session.deliveries or DeliveryMonitor(session)
        self.effects = SideEffects(session, self.deliveries, return_to_app)
        self.sightings = AdvertObserver(session, self.slots, self.effects)
        self.reach = AdvertNavigation(session, self.sightings, return_to_app)
        self.acts = AdvertActions(session, self.sightings, self.deliveries, return_to_app)
        self.pages = AdvertSearch(session, self.sightings, self.reach, self.effects)
        self.places = PlaceTrials(self.acts, self.reach, self.pages)
        self.side_effects = SideEffectTrials(session, self.acts, self.reach, self.places.came)

    def run(self) -> None:
        """Look, wait for what comes seldom, try each place."""
        session = self.session
        with self.deliveries.ledger_for():
            self.deliveries.begin()
            session.screen.reads_windows = True
            try:
                until = session.uptime() + LOOKING_SECONDS
                self.reach.start()
                self.pages.look_through()
                self.reach.return_to()
                look_further(session, self.pages)
                use_again(session, self.pages)
                look_at_walked(session, self.pages)
                look_longer(session, self.pages, until)
                look_down(session, self.pages)
                tell_extent(session, self.pages)
                self.reach.start()
                if session.options.ad_hours:
                    spaced_starts(session, self.reach, session.options.ad_hours)
                self.effects.watching = False
                self._try_all()
                self.side_effects.run(self._deeds(), self.places.until)
                self._try_loads()
            finally:
                session.screen.reads_windows = False
                self.slots.tally()
                self.reach.return_to_app.others.tell()
            self.deliveries.read()
            self.deliveries.describe()

    def _try_all(self) -> None:
        session = self.session
        self.places.until = session.uptime() + CAMPAIGN_SECONDS
        waiting = self.slots.worst_first()
        if not waiting:
            session.progress(
                _("{package}: no advert and no window was seen in {starts} starts", package=session.app.package, starts=self.reach.starts)
            )
        for slot in self._places(waiting[:MOST_SLOTS]):
            if session.uptime() >= self.places.until:
                break
            try:
                self.places.run(slot)
            except ScenarioError as error:  # the app does not start: the next one may find it mended
                session.note(_("{slot}: not tried to its end: {error}", slot=slot.name, error=error))
        left = len(waiting) - MOST_SLOTS
        if left > 0 or session.uptime() >= self.places.until:
            session.note(_("not every advert was tried: there are {number} places", number=len(waiting)))

    def _places(self, waiting: Sequence[AdSlot]) -> Iterator[AdSlot]:
        """The places in turn, those on pages that a touch on their adverts opened, and further rows of their lists."""
        finished = self.places.finished
        yield from (slot for slot in waiting if slot.name not in finished)
        yield from (slot for slot in self.places.next[:MOST_NEXT] if slot.name not in finished)
        rows = (row for row in self.slots.further_rows() if row.advert.title not in self.acts.titles)
        yield from islice(rows, MOST_ROWS)

    def _deeds(self) -> list[Deed]:
        """What looking round set off and no advert was tried for; a start that led elsewhere by itself comes first."""
        found = dict.fromkeys([*([START] if self.reach.departed else []), *self.effects.found])
        return [one for one in found if (one.act, one.words) not in self.places.guilty and not (one == START and self.places.by_itself)]

    def _try_loads(self) -> None:
        """What the app itself loads: paused, it must stay so."""
        for number, (way, load) in enumerate([*self.pages.loads.items()][:MOST_LOADS], 1):
            if self.session.uptime() >= self.places.until:
                return
            look = self.sightings.clear(self.reach.start())
            if not self.reach.go(look, way):
                continue
            slot = self.places.loading.begin(f"own-{number}", load)
            if slot is not None:
                self.places.loading.interrupt(slot)
            self.places.let_end()
            self.deliveries.remove()
            self.deliveries.read()
