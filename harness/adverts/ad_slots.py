"""The slots in which an app shows adverts and windows, the way to each, and how often one was seen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from harness.events import AdvertKind, ControlRole
from harness.pages.advert_controls import CLOSING
from harness.pages.advert_parts import RETURN
from harness.pages.adverts import CAME, Advert, is_cut
from harness.pages.view_structure import unnumbered
from harness.recording import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.session.session import Session

WORST_FIRST = (
    AdvertKind.WALL,
    AdvertKind.RED_PACKET,
    AdvertKind.INTERSTITIAL,
    AdvertKind.SPLASH,
    AdvertKind.STORE_PAGE,
    AdvertKind.WEB_PAGE,
    AdvertKind.FLOATING,
    AdvertKind.FEED_CARD,
    AdvertKind.BANNER,
    AdvertKind.SUBSCRIPTION,
    AdvertKind.WINDOW,
    AdvertKind.INCENTIVE_VIDEO,
)
"""What is tried first where not everything can be [PROJECT]: what stands in the page's way jumps most."""
FULL_SCREEN = (AdvertKind.SPLASH, AdvertKind.INTERSTITIAL, AdvertKind.INCENTIVE_VIDEO, AdvertKind.WALL)
"""Kinds that leave no page to be scrolled."""


TIMED = (AdvertKind.SPLASH, AdvertKind.INCENTIVE_VIDEO)
"""Kinds that end by themselves: what lies behind them is the app's own."""
TELLING = (*CLOSING, ControlRole.LOAD, ControlRole.FAST_LOAD)
"""Roles of the controls by which the rows of one list may differ most."""
MOST_OTHERS = 3
"""How many other ways to a place are kept [PROJECT]."""
OVER = frozenset({"card", "full"})
"""How the name of a slot tells, behind its kind, that it lies over the page (harness.pages.adverts)."""


def lies_over(advert: Advert) -> bool:
    """Whether an advert lies over the page and is no card in it."""
    return not OVER.isdisjoint(advert.slot.removeprefix(advert.kind.value).split("-"))


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way from a start to a page: a control by its words and id, after so many swipes down (or up).

    ``fills``: after our test data was put into the fields of the page.

    Or none: Back, that the page is looked at for so many seconds, that so many pages are turned to the side, or a touch
    on the advert in a slot: on its picture, or on its button with these words. ``plays``: the page that the app paints
    is played until something else comes.
    """

    text: str = ""
    id: str = ""
    scrolls: int = 0
    back: bool = False
    rests: float = 0.0
    turns: int = 0
    advert: str = ""
    fills: bool = False
    plays: bool = False


@dataclass(slots=True)
class AdSlot:
    """One place: the way there, the advert as it stood last, and how often one was there of how many times looked."""

    name: str
    way: tuple[Step, ...]
    advert: Advert
    hot: bool = False
    """It showed when the app was come back to, not at a start."""
    seen: int = 0
    tries: int = 0
    launches: int = 1
    """The launch at which it was met first since the data was cleared last."""
    openings: int = 0
    """How many pages had been come to since the start when it was met first: some come at each third page."""
    met: set[tuple[int, int]] = field(default_factory=set)
    """How often the data had been cleared at each sighting, and at which start: what stands at a return is no news."""
    bare: bool = False
    """Whether it was seen with nothing on it that closes: then Back may be the only way out for a while."""
    crossed: bool = False
    """Whether it was seen with a control that closes it, which may come late."""
    last: tuple[Step, ...] = ()
    """The way on which it stood there last."""
    others: list[tuple[tuple[Step, ...], bool]] = field(default_factory=list)
    """Other ways on which it was met, and whether at a return: which brings it may hang on the time that passed."""
    rows: dict[str, AdSlot] = field(default_factory=dict)
    """Further rows of its list that were scrolled to its place, by their titles."""
    row: int = 0
    """Of such a row its number."""
    first: tuple[object, ...] = field(init=False)
    """What it showed first: another window of the same layout may stand in its place later."""

    def __post_init__(self) -> None:
        """Keep what it shows first."""
        self.first = self.make

    @property
    def key(self) -> str:
        """What it is known by: the name of its place, of a further row there its number, too."""
        return f"{self.name}-row-{self.row}" if self.row else self.name

    def picks(self, found: Sequence[Advert]) -> Advert | None:
        """Its advert among those of a look: in its place, of a list its row, which may stand in another."""
        title = self.advert.title if self.row or self.rows else ""
        same = next((one for one in found if title and (one.kind, one.title) == (self.kind, title)), None)
        return same if self.row else next((one for one in (same, *found) if one is not None and one.slot == self.name), None)

    def has_row(self, advert: Advert, way: tuple[Step, ...]) -> bool:
        """Whether what stands in its place now is another row of its list, to which the page was scrolled."""
        other = advert.kind is AdvertKind.FEED_CARD and bool(advert.title) and advert.title != self.advert.title
        return other and (advert.title in self.rows or way[-1:] != self.last[-1:])

    def stands(self, advert: Advert) -> None:
        """The advert stood there as it is now."""
        closes = any(control.role in CLOSING for control in advert.controls)
        self.advert, self.bare, self.crossed = advert, self.bare or not closes, self.crossed or closes

    def turn(self) -> None:
        """Take the next way, where there is one."""
        if self.others:
            self.others.append((self.way, self.hot))
            self.way, self.hot = self.others.pop(0)

    @property
    def ways(self) -> list[tuple[tuple[Step, ...], bool]]:
        """Return all ways on which it was met, and whether at a return."""
        return [(self.way, self.hot), *self.others]

    @property
    def once(self) -> bool:
        """Whether it was met at no more than one launch since each clearing of the data: some come then only."""
        return len(self.met) <= len({resets for resets, _launch in self.met})

    @property
    def kind(self) -> AdvertKind:
        """Return the kind of the advert that stood there last."""
        return self.advert.kind

    @property
    def over_page(self) -> bool:
        """Whether it is a window or takes the whole screen, and is no part of its page."""
        return lies_over(self.advert) or self.kind in FULL_SCREEN

    @property
    def asked_for(self) -> bool:
        """Whether our own press led to it, and it is no window that came over the page by itself: Back leaves it."""
        page = self.kind is AdvertKind.SPLASH or (self.kind is AdvertKind.RED_PACKET and not lies_over(self.advert))
        if self.way and (self.way[-1].back or self.way[-1].rests):
            return False
        return page and any(step.text or step.id for step in self.way)

    @property
    def make(self) -> tuple[object, ...]:
        """What it shows: the same on two pages, or twice on one, is one advert."""
        return make_of(self.advert)


def make_of(advert: Advert) -> tuple[object, ...]:
    """What an advert shows, in whichever place."""
    return (*_said(advert), tuple((control.role, control.text) for control in advert.controls))


def _said(advert: Advert) -> tuple[object, ...]:
    return advert.kind, unnumbered(advert.words)


@dataclass(slots=True)
class AdSlots:
    """All places of one app, as far as they were met."""

    session: Session
    known: dict[str, AdSlot] = field(default_factory=dict)
    _here: set[str] = field(default_factory=set)  # noted since the app was started last, or another page opened
    _written: set[tuple[str, str]] = field(default_factory=set)  # the same, each with what it said: rows of a list share a place
    _cold: bool = False  # whether that was a start
    _starts: int = 0
    _begun: set[tuple[object, ...]] = field(default_factory=set)  # what filled the page at starts, by its words
    _openings: int = 0  # pages that were come to since the app was started last
    _looked: dict[tuple[tuple[Step, ...], bool], int] = field(default_factory=dict)

    def arrive(self, *, cold: bool = False) -> None:
        """The app was started (``cold``) or come back to, or a page opened: whatever shows now came anew."""
        self._here.clear()
        self._written.clear()
        self._cold = cold
        self._openings = 0 if cold else self._openings + 1
        self._starts += cold

    def whole(self, way: tuple[Step, ...] = (), *, hot: bool = False) -> None:
        """Note that a place was looked at to its end: one that had nothing was tried in vain."""
        self._looked[way, hot] = self._looked.get((way, hot), 0) + 1
        for slot in self.known.values():
            slot.tries += (slot.way, slot.hot) == (way, hot) and slot.name not in self._here

    def placed(self, found: tuple[Advert, ...], way: tuple[Step, ...]) -> tuple[Advert, ...]:
        """The same; what fills the page and says to who comes back what it said at no start has a place of its own."""
        whole = [one for one in found if not way and one.kind in FULL_SCREEN and one.slot == one.kind]
        if self._cold:
            self._begun |= {_said(one) for one in whole}
            return found
        news = (one in whole and _said(one) not in self._begun for one in found)
        return tuple(replace(one, slot=RETURN + one.slot) if new else one for one, new in zip(found, news, strict=True))

    def note(self, found: tuple[Advert, ...], picture: str | None, way: tuple[Step, ...] = (), *, hot: bool = False) -> None:
        """Adverts that the last look showed; each is a line of the journal once for each time that it came."""
        back = not way and not self._cold
        for advert in found:
            hot = hot or (back and advert.slot.startswith((CAME, RETURN)))  # over the first page, to who came back to it
            slot = self.known.get(advert.slot)
            if slot is None:
                slot = self.known[advert.slot] = AdSlot(advert.slot, way, advert, hot, tries=self._looked.get((way, hot), 0))
                slot.openings = self._openings
            if slot.has_row(advert, way) and (advert.slot in self._here or advert.title in slot.rows):
                slot.rows.setdefault(advert.title, AdSlot(advert.slot, way, advert, hot, row=len(slot.rows) + 1))
                self._tell(advert, picture)
                continue
            slot.last = way
            slot.stands(advert)
            if slot.hot and self._cold and not way and advert.slot not in self._here:
                slot.hot, slot.way = False, way  # no return is needed: it comes at any start
            if hot >= slot.hot and (way, hot) not in slot.ways and len(slot.others) < MOST_OTHERS:
                slot.others.append((way, hot))
            if advert.slot not in self._here:
                self._here.add(advert.slot)
                if all(resets != self.session.resets for resets, _launch in slot.met):
                    slot.launches = self.session.launches
                slot.met.add((self.session.resets, self.session.launches if slot.hot else self._starts))
                slot.seen += 1
                slot.tries += 1
            self._tell(advert, picture)

    def _tell(self, advert: Advert, picture: str | None) -> None:
        """Write it down, once for each time that it came."""
        if (advert.slot, unnumbered(advert.words)) not in self._written:
            self._written.add((advert.slot, unnumbered(advert.words)))
            self.write(advert, picture)

    def rename(self, slot: AdSlot, name: str) -> None:
        """A place is known by another name from now on."""
        self.known.pop(slot.name, None)
        slot.name = name
        self.known[name] = slot

    def write(self, advert: Advert, picture: str | None = None) -> None:
        """Write that the last tree, and its picture, show this advert."""
        self.session.journal.write(steps.Advert(slot=advert.slot, kind=advert.kind, screenshot=picture))

    def fresh(self, found: tuple[Advert, ...]) -> bool:
        """Whether one of them was not noted yet since the app was started, or came to another page."""
        return any(advert.slot not in self._here for advert in found)

    def worst_first(self) -> list[AdSlot]:
        """The places in the order in which they are tried; of those that show the very same, the first of a start.

        Few returns show again what one showed. Of a card that was seen in part, too, the whole.
        """
        told: dict[object, AdSlot] = {}
        for slot in sorted(self.known.values(), key=lambda slot: slot.hot):
            told.setdefault(slot.first, slot)
        found = [slot for slot in self.known.values() if told[slot.first] is slot and not self._is_part(slot)]
        return sorted(found, key=lambda slot: WORST_FIRST.index(slot.kind))

    def further_rows(self) -> list[AdSlot]:
        """Further rows of lists, those first that load or have a cross of their own."""
        rows = [row for slot in self.known.values() for row in slot.rows.values()]
        return sorted(rows, key=lambda row: not any(one.role in TELLING for one in row.advert.controls))

    def _is_part(self, slot: AdSlot) -> bool:
        """Whether it is a part of a card that was seen whole further up or down its page."""
        places = [one for slot in self.known.values() for one in (slot, *slot.rows.values())]
        others = (other for other in places if is_cut(slot.name) and other.kind is slot.kind and not is_cut(other.name))
        return any(slot.advert.words in other.advert.words and _presses(other) == _presses(slot) for other in others)

    def tally(self) -> None:
        """Write down how often each place had an advert."""
        for slot in self.known.values():
            self.session.journal.write(steps.AdvertTally(slot=slot.name, seen=slot.seen, tries=slot.tries))


def _presses(slot: AdSlot) -> list[Step]:
    """The steps to the page of a place, wherever on it that is."""
    return [replace(step, scrolls=0) for step in slot.way if step != Step(scrolls=step.scrolls)]
