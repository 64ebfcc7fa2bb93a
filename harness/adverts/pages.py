"""Pages: the home page, its tabs and a few pages behind it are looked through for adverts, and none is pressed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.places import loads_contents
from harness.adverts.series import is_part, last_of_series, of_text
from harness.adverts.slots import Step
from harness.events.purposes import Purpose
from harness.pages.adverts import find_adverts
from harness.pages.controls import Kind
from harness.parsers.arrivals import APK_MIME, is_package_file

if TYPE_CHECKING:
    from collections.abc import Collection

    from harness.adverts.reach import Reach
    from harness.adverts.sightings import Sightings
    from harness.events import Witness
    from harness.pages.controls import Control
    from harness.pages.look import Look
    from harness.session.deliveries import Deliveries
    from harness.session.session import Session

PAGES_SECONDS = 360.0
MOST_PRESSES = 60
"""What looking through the pages may cost at most [PROJECT]."""
MOST_TABS, MOST_AT_HOME, MOST_BEHIND, MOST_SCROLLS = 5, 12, 6, 2
"""Tabs that are opened, controls of the home page and of each other one that are pressed, and swipes down each at most
[PROJECT]: feeds put their first advert within the first ten rows."""


LINGER_SECONDS = 5.0
"""How long a page that is new is looked at [PROJECT]: windows come some seconds after their page, and so do jumps."""
MOST_DEEPER = 4
"""Controls that are pressed on a page behind another [PROJECT]."""
MENU_LENGTH, FEED_ROWS = 10, 1
"""Characters of a row that names a page of its own rather than a piece of news, and rows of news that are pressed of
each list [PROJECT]."""
OFFERING = (
    "红包", "福利", "签到", "任务", "金币", "抽奖", "会员", "vip", "VIP", "活动", "领", "游戏", "应用", "软件", "视频", "小说", "文章",
    "资讯", "全文", "精选", "推荐", "详情",
)  # fmt: skip
"""What a control says that is pressed before others [PROJECT]: behind it stand offers and contents."""

_MEMBERSHIP = re.compile(r"会员|vip", re.IGNORECASE)
_PRICE = re.compile(r"[¥￥$]\s?\d|\d\s*元")


@dataclass(slots=True)
class Pages:
    """One look through the app's pages."""

    session: Session
    sightings: Sightings
    reach: Reach
    deliveries: Deliveries
    _seen: set[str] = field(default_factory=set)
    _until: float = 0.0
    _presses: int = 0
    loads: dict[tuple[Step, ...], Step] = field(default_factory=dict)
    """The ways to pages that load contents of the app's own, and the control that does; it is not pressed here."""
    lures: dict[tuple[Step, ...], Control] = field(default_factory=dict)
    """The ways to controls that brought an app although their words say nothing of it."""
    departures: list[tuple[Step, ...]] = field(default_factory=list)
    """The ways to pages from which the app led elsewhere by itself."""

    def look_through(self) -> None:
        """From the home page on, tab by tab."""
        session = self.session
        self._until = session.uptime() + PAGES_SECONDS
        with session.segment("advert-pages"):
            home = self.reach.home()
            tabs = [control for control in self._usable(home) if control.kind is Kind.TAB][:MOST_TABS]
            self._named(home)
            self._page(self.session.look(), ())
            for tab in tabs:
                if self._spent():
                    return
                if (control := self._again(tab)) is None:
                    continue
                way = (_step(tab),)
                self.sightings.slots.arrive()
                self._page(self._arrived(self._press(control), way), way)

    def _named(self, home: Look) -> None:
        """What the tester names is opened first, whatever it says: they know that it is no order."""
        page = self.sightings.moves.page(home)
        for text in self.session.options.taps:
            look = self.session.look()
            controls = self.sightings.moves.controls(look)
            control = of_text(controls, look.roots, self.session.app.package, text)
            control = control or next((one for one in controls if text in one.text), None)
            if control is not None and page is not None and not self._spent():
                self._behind(control, (_step(control),), page.screen, 1)

    def _page(self, look: Look, way: tuple[Step, ...]) -> None:
        """One page: what it shows from its top down, and what a few of its controls lead to."""
        page = self.sightings.moves.page(look)
        if page is None or page.screen in self._seen:
            return
        self._seen.add(page.screen)
        self._each(self._chosen(look)[: MOST_BEHIND if way else MOST_AT_HOME], way, page.screen)
        self._last_part(way, page.screen)
        self._down(way)

    def _last_part(self, way: tuple[Step, ...], screen: str) -> None:
        """The last part of a series in sight, behind which a wall stands where the first ones are free."""
        look = self.session.look()
        part = last_of_series(self.sightings.moves.controls(look), look.roots, self.session.app.package)
        if part is not None and not self._spent():
            self._behind(part, (*way, _step(part)), screen, MOST_DEEPER)

    def _chosen(self, look: Look) -> list[Control]:
        """The controls that may lead to adverts: offers first, all entries of a menu, one row of each feed."""
        rows: Counter[str] = Counter()
        found, series = [], False
        behind = [control for control in self._usable(look) if control.kind in (Kind.BUTTON, Kind.ROW)]
        for control in sorted(behind, key=lambda control: (not _offers(control), bool(control.promises))):
            if is_part(control.text):
                if series:
                    continue  # the next of a series; its last one is tried too
                series = True
            rows[control.rows] += 1
            if not control.rows or len(control.text) <= MENU_LENGTH or rows[control.rows] <= FEED_ROWS:
                found.append(control)
        return found

    def _each(self, controls: list[Control], way: tuple[Step, ...], screen: str, depth: int = 1) -> None:
        """Press one after the other; what one left open over the page is closed by Back."""
        for control in controls:
            again = self._again(control)
            if again is None and not self._spent():
                self.session.press("back", Purpose.WALK)
                self.reach.back_in(self.sightings.clear(self.sightings.moves.settle()))
                again = self._again(control)
            if again is not None and not self._spent():
                self._behind(again, (*way, _step(control)), screen, depth)

    def _behind(self, control: Control, way: tuple[Step, ...], screen: str, depth: int) -> None:
        """What one control leads to, and what lies behind that, and back again."""
        before = self.session.front.component
        beside = {one.key for one in self._usable(self.session.look())}
        self.sightings.slots.arrive()
        running = self._ended()
        look = self._arrived(self._press(control), way)
        self._note_lure(control, way, running)
        page = self.sightings.moves.page(look)
        if page is None or not look.shows((self.session.app.package,)) or page.screen == screen:
            self.reach.back_in(look)
            return
        if page.screen not in self._seen:
            look = self.sightings.watch(LINGER_SECONDS, way)
            if self.reach.leaving.came(look):
                self.departures.append(way)
            look = self.reach.back_in(self.sightings.clear(look, way))
        within = self.session.front.component == before  # another view of the same activity: Back would leave it
        if depth == 1 and page.screen not in self._seen:
            self._seen.add(page.screen)
            deeper = [one for one in self._chosen(look) if one.key not in beside]  # not the bar that both views have
            if within:
                deeper.sort(key=lambda one: one.kind is not Kind.ROW)  # what leads back to the view before is no row of this one
            self._each(deeper[:MOST_DEEPER], way, page.screen, depth + 1)
            self._last_part(way, page.screen)
            look = self.session.look()
        if self.sightings.moves.can_scroll(look) and (further := self.sightings.moves.scroll(look)) is not None:
            look = self._arrived(further, (*way, Step(scrolls=1)))  # walls stand at the end of what is read
        if look.shows((self.session.app.package,)) and not within:
            self.session.press("back", Purpose.WALK)
            look = self.sightings.clear(self.sightings.moves.settle())
        self.reach.back_in(look)

    def _ended(self) -> frozenset[tuple[Witness, str]]:
        """Take away what came before a press, and say what that was: what of it goes on is not of the press."""
        came = self.deliveries.read()
        there = frozenset({(one.witness, one.key) for one in came.loading} | self.deliveries.current.keys())
        if came.anything:
            self.deliveries.remove()
            self.deliveries.read()
        return there

    def _note_lure(self, control: Control, way: tuple[Step, ...], running: Collection[tuple[Witness, str]]) -> None:
        """A press brought an app: taken away here, and the control is tried on purpose later."""
        came = self.deliveries.read()
        new = [one for one in came.loading if (one.witness, one.key) not in running]
        if any(one.mime == APK_MIME or is_package_file(one.path or one.name) for one in new) or came.installed or came.opened:
            self.lures.setdefault(way, control)
        if came.anything:
            self.deliveries.remove()
            self.deliveries.read()

    def _press(self, control: Control) -> Look:
        self._presses += 1
        return self.reach.press(control)

    def _down(self, way: tuple[Step, ...]) -> None:
        """Further down the page, as far as adverts of a feed are."""
        look = self.session.look()
        for number in range(1, MOST_SCROLLS + 1):
            if self._spent() or (further := self.sightings.moves.scroll(look)) is None:
                return
            look = self._arrived(further, (*way, Step(scrolls=number)))
        self.sightings.moves.to_top(look)

    def _arrived(self, look: Look, way: tuple[Step, ...]) -> Look:
        """Note what shows on a page that was just opened, then what shows once nothing lies over it."""
        self.sightings.see(look, way, opened=True)
        look = self.reach.back_in(self.sightings.clear(look, way, opened=True))
        self.sightings.slots.whole(way)
        adverts = find_adverts(look, self.session.app.package)
        for control in self.sightings.moves.controls(look):
            if loads_contents(control.text) and not any(_within(control.centre, advert.box) for advert in adverts):
                self.loads.setdefault(way, _step(control))
        return look

    def _usable(self, look: Look) -> list[Control]:
        adverts = find_adverts(look, self.session.app.package)
        return [
            control
            for control in self.sightings.moves.controls(look)
            if (not control.dangerous or _shows_plans(control, look)) and not any(_within(control.centre, advert.box) for advert in adverts)
        ]

    def _again(self, control: Control) -> Control | None:
        """The same control on the page in front now."""
        return next((one for one in self._usable(self.session.look()) if one.key == control.key), None)

    def _spent(self) -> bool:
        return self.session.uptime() >= self._until or self._presses >= MOST_PRESSES


def _shows_plans(control: Control, look: Look) -> bool:
    """Whether a control leads to a membership's page: it names one, and nothing on this page has a price yet."""
    if not _MEMBERSHIP.search(control.text) or len(control.text) > MENU_LENGTH:
        return False
    return not any(_PRICE.search(node.text) for root in look.roots for node in root.walk() if node.visible)


def _offers(control: Control) -> bool:
    return any(word in control.text for word in OFFERING)


def _step(control: Control) -> Step:
    return Step(control.text, control.id)


def _within(point: tuple[int, int], box: tuple[int, int, int, int]) -> bool:
    x, y, width, height = box
    return x <= point[0] < x + width and y <= point[1] < y + height
