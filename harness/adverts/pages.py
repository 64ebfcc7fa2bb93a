"""Pages: the home page, its tabs and a few pages behind it are looked through for adverts, and none is pressed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.slots import Step
from harness.events.purposes import Purpose
from harness.pages.adverts import find_adverts
from harness.pages.controls import Kind

if TYPE_CHECKING:
    from harness.adverts.reach import Reach
    from harness.adverts.sightings import Sightings
    from harness.pages.controls import Control
    from harness.pages.look import Look
    from harness.session.session import Session

PAGES_SECONDS = 150.0
MOST_PRESSES = 18
"""What looking through the pages may cost at most [PROJECT]."""
MOST_TABS, MOST_AT_HOME, MOST_BEHIND, MOST_SCROLLS = 5, 6, 3, 2
"""Tabs that are opened, controls of the home page and of each other one that are pressed, and swipes down each at most
[PROJECT]: feeds put their first advert within the first ten rows."""


OFFERING = (
    "红包", "福利", "签到", "任务", "金币", "抽奖", "会员", "vip", "VIP", "活动", "领", "游戏", "应用", "软件", "视频", "小说", "文章",
    "资讯", "全文", "精选", "推荐", "详情",
)  # fmt: skip
"""What a control says that is pressed before others [PROJECT]: behind it stand offers and contents."""


@dataclass(slots=True)
class Pages:
    """One look through the app's pages."""

    session: Session
    sightings: Sightings
    reach: Reach
    _seen: set[str] = field(default_factory=set)
    _until: float = 0.0
    _presses: int = 0

    def look_through(self) -> None:
        """From the home page on, tab by tab."""
        session = self.session
        self._until = session.uptime() + PAGES_SECONDS
        with session.segment("advert-pages"):
            home = self.reach.home()
            tabs = [control for control in self._usable(home) if control.kind is Kind.TAB][:MOST_TABS]
            self._page(home, ())
            for tab in tabs:
                if self._spent():
                    return
                if (control := self._again(tab)) is None:
                    continue
                way = (_step(tab),)
                self.sightings.slots.arrive()
                self._page(self._arrived(self._press(control), way), way)

    def _page(self, look: Look, way: tuple[Step, ...]) -> None:
        """One page: what it shows from its top down, and what a few of its controls lead to."""
        page = self.sightings.moves.page(look)
        if page is None or page.screen in self._seen:
            return
        self._seen.add(page.screen)
        behind = [control for control in self._usable(look) if control.kind in (Kind.BUTTON, Kind.ROW)]
        rows: set[str] = set()
        chosen = []
        for control in sorted(
            behind, key=lambda control: not any(word in control.text for word in OFFERING)
        ):  # one row of a list tells what the others lead to
            if control.rows not in rows or not control.rows:
                chosen.append(control)
            rows.add(control.rows)
        for control in chosen[: MOST_BEHIND if way else MOST_AT_HOME]:
            if self._spent():
                break
            if (again := self._again(control)) is not None:
                self._behind(again, (*way, _step(control)), page.screen)
        self._down(way)

    def _behind(self, control: Control, way: tuple[Step, ...], screen: str) -> None:
        """What one control leads to, and back again."""
        before = self.session.front.component
        self.sightings.slots.arrive()
        look = self._arrived(self._press(control), way)
        page = self.sightings.moves.page(look)
        if look.shows((self.session.app.package,)) and page is not None and page.screen == screen:
            return
        within = self.session.front.component == before  # another view of the same activity: Back would leave it
        if self.sightings.moves.can_scroll(look) and (further := self.sightings.moves.scroll(look)) is not None:
            look = self._arrived(further, (*way, Step(scrolls=1)))  # walls stand at the end of what is read
        if look.shows((self.session.app.package,)) and not within:
            self.session.press("back", Purpose.WALK)
            look = self.sightings.clear(self.sightings.moves.settle())
        self.reach.back_in(look)

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
        return look

    def _usable(self, look: Look) -> list[Control]:
        adverts = find_adverts(look, self.session.app.package)
        return [
            control
            for control in self.sightings.moves.controls(look)
            if not control.dangerous and not control.promises and not any(_within(control.centre, advert.box) for advert in adverts)
        ]

    def _again(self, control: Control) -> Control | None:
        """The same control on the page in front now."""
        return next((one for one in self._usable(self.session.look()) if one.key == control.key), None)

    def _spent(self) -> bool:
        return self.session.uptime() >= self._until or self._presses >= MOST_PRESSES


def _step(control: Control) -> Step:
    return Step(control.text, control.id)


def _within(point: tuple[int, int], box: tuple[int, int, int, int]) -> bool:
    x, y, width, height = box
    return x <= point[0] < x + width and y <= point[1] < y + height
