"""The home page, its tabs and the pages behind them are searched for adverts, and none is pressed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import Step
from harness.adverts.advert_navigation import LINGER_SECONDS, AdvertNavigation
from harness.adverts.control_selection import ControlSelection, name_of, step_of
from harness.adverts.numbered_controls import is_part, last_of_series, of_text
from harness.adverts.page_forms import PageForms
from harness.adverts.page_plays import play_through
from harness.adverts.page_tasks import PageTasks
from harness.adverts.page_turns import PageTurns
from harness.adverts.page_views import PageViews
from harness.adverts.side_effects import Deed, SideEffects
from harness.adverts.window_passing import WindowPassing
from harness.dialogs.continue_captions import is_next
from harness.events import AdvertAct
from harness.events.action_kinds import Purpose
from harness.pages.controls import Control, Kind

if TYPE_CHECKING:
    from harness.adverts.advert_observation import AdvertObserver
    from harness.pages.look import Look
    from harness.session.session import Session

PAGES_SECONDS = 600.0
MOST_PRESSES = 120
"""What looking through the pages may cost at most [PROJECT]."""
MOST_TABS, MOST_AT_HOME, MOST_BEHIND, MOST_SCROLLS = 5, 12, 6, 5
"""Tabs that are opened, controls of the home page and of each other one that are pressed, and swipes down each at most
[PROJECT]: feeds put their first advert within some screens."""
DETAIL_SECONDS = 10.0
"""How long a page is looked at that is opened once more [PROJECT]: some lead away by themselves from then on."""
MOST_DEEPER, MOST_ONWARD, MOST_DEPTH, MOST_IN_A_ROW = 4, 3, 5, 4
"""Controls that are pressed on a page behind another; from there on only those that go on, so many of each page and so
many pages deep; and how often 下一章 is pressed in a row, all at most [PROJECT]."""
MOST_STAYS, MOST_STEPS = 3, 8
"""How often a page of one make is stayed on, and steps of a way that opens several of them, at most [PROJECT]."""
MOST_HOMES = 2  # what the app begins with may be shown once only [PROJECT]
MOST_BACKS, MOST_RESTARTS = 3, 6
"""Back presses after which a page that does not come is gone to from a new start, and such starts at most [PROJECT]."""


@dataclass(slots=True)
class AdvertSearch:
    """A search through the app's pages."""

    session: Session
    sightings: AdvertObserver
    reach: AdvertNavigation
    effects: SideEffects
    choice: ControlSelection = field(init=False)
    turns: PageTurns = field(init=False)
    windows: WindowPassing = field(init=False)
    views: PageViews = field(init=False)
    tasks: PageTasks = field(init=False)
    forms: PageForms = field(init=False)
    home: str = ""
    _seen: set[str] = field(default_factory=set)
    stays: Counter[str] = field(default_factory=Counter)  # how often each page was stayed on
    opened: dict[str, tuple[Step, ...]] = field(default_factory=dict)  # the way on which each page was stayed on last
    _pressed: set[tuple[str, str]] = field(default_factory=set)  # screens with the keys of their controls
    _makes: set[tuple[str, str]] = field(default_factory=set)  # the lists with the makes of their rows of which one was pressed
    further: list[tuple[tuple[Step, ...], str, set[tuple[str, str]]]] = field(default_factory=list)  # ways to pages not pressed through
    _until: float = 0.0
    _presses: int = 0
    _restarts: int = 0
    _led_out: bool = False  # whether the last press led out of the app: the page below it may not be the page of that press
    _menu: tuple[Step, ...] = ()  # the way that closes a menu over a page that was pulled: it may have hidden what came
    _passed: list[Step] = field(default_factory=list)  # the button by which a window over the last page was gone past
    loads: dict[tuple[Step, ...], Step] = field(default_factory=dict)  # ways to own pages that load apps, and what does
    untold: dict[str, str] = field(default_factory=dict)  # what loads and was left alone, by the titles of its pages
    feeds: dict[tuple[Step, ...], int] = field(default_factory=dict)  # ways to lists whose end was not seen, and swipes
    left: list[tuple[Step, ...]] = field(default_factory=list)  # the ways from the first page to those that Back left

    def __post_init__(self) -> None:
        """What is pressed is chosen apart, and pages are turned apart."""
        self.choice = ControlSelection(self.session, self.sightings.moves, self.sightings.left_alone, self.sightings.is_ours)
        self.turns, self.views = PageTurns(self.reach, self.effects), PageViews(self.sightings.moves)
        self.windows, self.forms = WindowPassing(self.session, self.sightings, self.reach, self.effects), PageForms(self.reach, self.choice)
        self.tasks = PageTasks(self.reach, self.choice, self._pressed, self._pressed_to, self.arrived, self.spent)

    def look_through(self) -> None:
        """Look through the app from the home page on, tab by tab."""
        self.begin(self.session.uptime() + PAGES_SECONDS)
        with self.session.segment("advert-pages"):
            home = self.reach.home()
            for _turn in range(MOST_HOMES):
                self._from_home(home)
                if self.spent():
                    return
                self.reach.leave(self.home)
                home = self.reach.home()
                if self.sightings.moves.name(home) in ("", self.home):
                    return  # else what it began with is shown once, and this is its first page

    def _from_home(self, home: Look) -> None:
        """From one first page on, tab by tab."""
        self.home = screen = self.sightings.moves.name(home := self.sightings.painted(home))
        self._seen.discard(screen)
        tabs = [control for control in self.choice.usable(home) if control.kind is Kind.TAB][:MOST_TABS]
        for one in self.choice.loading(home)[:1]:
            self.loads.setdefault((), step_of(one))
        self.each(self.choice.named(home), (), screen)
        self._page(self.session.look(), ())
        for tab in tabs:
            if self.spent():
                return
            if (control := self._again(tab) or self._returned(tab, (), screen)) is None:
                continue
            before, way = self.session.look(), (step_of(tab),)
            look = self._pressed_to(control, way)
            if not self._view(control, before, look, way, 1):
                self._page(look, way)
        if len(tabs) > 1 and not self.spent() and (first := self._again(tabs[0])) is not None:
            self._pressed_to(first, (step_of(tabs[-1]), step_of(tabs[0])))  # some show a window whenever the tab changes

    def met(self, screen: str) -> bool:
        """Whether a page was looked at."""
        return screen in self._seen or screen in self.stays

    def begin(self, until: float) -> None:
        """Begin to press anew, until a moment."""
        self._until, self._presses = until, 0

    def look_at(self, way: tuple[Step, ...], until: float, swipes: int = MOST_SCROLLS) -> None:
        """A page on a known way by a new start, from its top down, where it is reached before a moment."""
        self.begin(until)
        if not self.spent() and self.reach.go(self.sightings.clear(self.reach.start()), way, self.stayed_on):
            self.arrived(self.session.look(), way)
            self._down(way, swipes)
            self.turns.turn(way, self.reach.rested, self.spent)

    def _page(self, look: Look, way: tuple[Step, ...]) -> None:
        """One page: what it shows from its top down, and what a few of its controls lead to."""
        page = self.sightings.moves.page(look := self.sightings.painted(self.stayed_on(look, way)))
        if page is None or page.screen in self._seen:
            return
        self._seen.add(page.screen)
        play_through(self, look, way, MOST_DEPTH - 1)
        self.each(self.choice.chosen(look)[: MOST_BEHIND if way else MOST_AT_HOME], way, page.screen)
        self.leave_rest(look, way, page.screen, set())
        self._last_part(look, way, page.screen)
        self._down(way)
        self.turns.turn(way, self.reach.rested, self.spent)

    def _last_part(self, look: Look, way: tuple[Step, ...], screen: str) -> None:
        """The last part of a series on a page, behind which a wall stands where the first ones are free."""
        part = last_of_series(self.sightings.moves.controls(look), look.roots, self.session.app.package, self.choice.kept(look))
        self.each([part] if part is not None else [], way, screen, MOST_DEPTH)

    def each(self, controls: list[Control], way: tuple[Step, ...], screen: str, depth: int = 1) -> None:
        """Press one after the other, each from its own page."""
        for control in controls:
            if self.spent():
                return
            if (screen, control.key) in self._pressed:
                continue
            again = self._again(control) or self._returned(control, way, screen)
            if again is not None and not self.spent():
                self._pressed.add((screen, control.key))
                self._behind(again, (*way, self.forms.step(again)), screen, depth)

    def _returned(self, control: Control, way: tuple[Step, ...], screen: str) -> Control | None:
        """Back to the page that has a control: by Back, past what nothing else closes, else by a new start."""
        for _turn in range(MOST_BACKS):
            page = self.sightings.moves.page(self.session.look())
            if page is not None and (found := self._in_view(control, way, page.screen, screen)) is not None:
                return found
            if page is not None and page.screen == screen:
                return None  # it went from its page
            self.session.press("back", Purpose.WALK)
            look = self.sightings.clear(self.sightings.moves.settle(), self._menu)
            self._menu = ()
            if not look.shows((self.session.app.package,)):
                break  # out of the app: no further Back leads to its page
            if (again := self._again(control)) is not None:
                return again
        self._started(way)
        return self._again(control)

    def _view(self, control: Control, before: Look, look: Look, way: tuple[Step, ...], depth: int) -> bool:
        """What a tab shows that swaps the contents of a page, and by its identity is no new one; whether it is such."""
        if not self.views.swapped(control, before, look) or (screen := self.sightings.moves.name(look)) not in self._seen:
            return False
        known = {one.key for one in self.sightings.moves.controls(before)}
        look = self.sightings.painted(self.stayed_on(look, way, f"{screen} {control.key}"))
        self.each([one for one in self.choice.chosen(look) if one.key not in known][:MOST_BEHIND], way, screen, depth)
        self._down(way)
        return True

    def _in_view(self, control: Control, way: tuple[Step, ...], here: str, screen: str) -> Control | None:
        """What stands in another view of the page in front, once a tab of it has opened that."""
        for tab in self.views.tabs(here, screen, way):
            if (shown := self._again(tab)) is not None and not self.spent():
                self._pressed_to(shown, way if way[-1:] == (step_of(tab),) else (*way, step_of(tab)))
                if (found := self._again(control)) is not None:
                    return found
        return None

    def _started(self, way: tuple[Step, ...]) -> bool:
        """Start the app anew and go to a page, some times at most; whether it was reached."""
        if self._restarts >= MOST_RESTARTS or self.spent():
            return False
        self._restarts += 1
        return self.reach.go(self.sightings.clear(self.reach.start()), way, self.stayed_on)

    def _uncovered(self, look: Look, way: tuple[Step, ...]) -> Look:
        """A page without the window over it that has no other way out than its own button."""
        button = self.windows.past(way)
        if button is None:
            return look
        look = self.sightings.moves.settle()
        if self.windows.leads_back(button, look):
            self._passed.append(button)  # it was the way on: what it lay over is there still
            return look
        if not self._started(way):
            return look
        self.sightings.slots.arrive()
        return self.arrived(self.session.look(), way)

    def _behind(self, control: Control, way: tuple[Step, ...], screen: str, depth: int) -> None:
        """What one control leads to, and what lies behind that, and back again."""
        self._makes.add(self.choice.make_of(control))
        before, shown = self.session.foreground.component, self.session.look()
        beside = {name_of(one) for one in self.choice.usable(shown)}
        look = self._pressed_to(control, way)
        if self._view(control, shown, look, way, depth):
            return
        look, way = self.tasks.led(control, shown, look, way)
        page = self.sightings.moves.page(look)
        if page is None or not look.shows((self.session.app.package,)) or page.screen == screen:
            if page is not None and page.screen == screen and is_next(control.text):
                self._in_a_row(control, shown, way, screen)
                return
            self.reach.back_in(look)
            return
        self.sightings.used("" if self._led_out else before)
        within = self.session.foreground.component == before  # another view of the same activity: Back would leave it
        self._passed.clear()
        look = self.sightings.painted(self.stayed_on(look, way))
        page = self.sightings.moves.page(look) or page
        if is_next(control.text):
            self.tasks.stopped(control, shown, look)
        if self._passed and page.screen == screen and is_next(control.text):
            self._in_a_row(control, shown, (*way, *self._passed), screen)
            return
        play_through(self, look, way, depth + 1)
        self.deeper(look, way, page.screen, depth, beside, within=within)
        self.turns.turn(way, self.reach.rested, self.spent)
        pulled = self.turns.pull(way, self.reach.rested, self.spent)
        if self.sightings.moves.can_scroll(look := self.session.look()) and (further := self.sightings.moves.scroll(look)) is not None:
            look = self.arrived(further, (*way, Step(scrolls=1)))  # walls stand at the end of what is read
            self.feeds.update({way: 1} if self.stays[page.screen] < 2 else {})
        if look.shows((self.session.app.package,)) and not within and self.sightings.moves.name(look) != screen:
            look = self._left(way)
        self._menu = (*pulled, Step(back=True)) if within and pulled != way else ()
        self.reach.back_in(look)

    def _left(self, way: tuple[Step, ...]) -> Look:
        """Back to the page before: some show a window to who comes back."""
        self.left += [way] * (len(way) == 1 and way not in self.left)
        way = (*way, Step(back=True))
        self.sightings.slots.arrive()
        look = self.sightings.clear(self.reach.back(), way)
        if look.shows((self.session.app.package,)):
            self.sightings.slots.whole(way)
        return look

    def deeper(self, look: Look, way: tuple[Step, ...], screen: str, depth: int, beside: set[tuple[str, str]], *, within: bool) -> None:
        """What a page that was just opened leads to: some of all it has, farther behind only what goes on: 下一章."""
        new = screen not in self._seen
        self._seen.add(screen)
        if depth >= MOST_DEPTH:
            if new:
                self.leave_rest(look, way, screen, beside)
            return
        onward = (*self.choice.named(look), *self.choice.onward(look))
        found = [one for one in onward if is_next(one.text) or name_of(one) not in beside][:MOST_ONWARD]
        if new and depth == 1:
            known = beside | {name_of(each) for each in found}  # not the bar that both views have, nor what a drawer lies over
            rest = [one for one in self.choice.chosen(look) if name_of(one) not in known]
            rest.sort(key=lambda one: within and one.kind is not Kind.ROW)  # what leads back to the view before is no row of this one
            found += rest[: max(0, MOST_DEEPER - len(found))]
        self.each(found, way, screen, depth + 1)
        if new:
            self.leave_rest(look, way, screen, beside)
            self._last_part(look, way, screen)

    def unpressed(self, look: Look, screen: str, beside: set[tuple[str, str]]) -> list[Control]:
        """What of a page leads to pages and was not pressed on it, nor stood ``beside`` what led to it."""
        return [one for one in self.choice.chosen(look) if (screen, one.key) not in self._pressed and name_of(one) not in beside]

    def leave_rest(self, look: Look, way: tuple[Step, ...], screen: str, beside: set[tuple[str, str]]) -> None:
        """Keep a page for later that was not pressed through."""
        if self.unpressed(look, screen, beside):
            self.further.append((way, screen, beside))

    def _in_a_row(self, control: Control, before: Look, way: tuple[Step, ...], screen: str) -> None:
        """下一章 led on within its page: looked at, and pressed again some times; adverts come after two or three."""
        for number in range(1, MOST_IN_A_ROW + 1):
            self._passed.clear()
            look = self._uncovered(self.reach.rested(way), way)
            way = (*way, *self._passed)
            page = self.sightings.moves.page(look)
            again = self._again(control)
            if page is None or page.screen != screen or again is None or number == MOST_IN_A_ROW or self.spent():
                break
            way = (*way, step_of(control))
            before = look
            self._pressed_to(again, way)
        if page is None or again is not None or self.spent():
            return
        if page.screen == screen:
            self.tasks.follow(control, before, look, way)  # what ends it stands in its place: 学完了
        else:
            self.tasks.stopped(control, before, look)
            self.each(self.choice.onward(look)[:MOST_ONWARD], way, page.screen, MOST_DEPTH)

    def stayed_on(self, look: Look, way: tuple[Step, ...], view: str = "") -> Look:
        """A page looked at for a while, at its first openings: some show a window to who opens the next of a kind.

        ``view`` names one of several views of a page, which no Back lies between.
        """
        page = self.sightings.moves.page(look)
        name = view or (page.screen if page is not None else "")
        if page is None or not way or self.stays[name] >= MOST_STAYS:
            return look
        before = self.opened.get(name, ())
        if before and not view and before[-1] != way[-1] and before[: len(way) - 1] == way[:-1] and len(before) + 2 <= MOST_STEPS:
            way = (*before, Step(back=True), way[-1])
        self.opened[name] = way
        self.stays[name] += 1
        self.effects.alone(way)
        look = self.reach.rested(way, DETAIL_SECONDS if self.stays[name] > 1 else LINGER_SECONDS)
        return self._uncovered(look, way) if self.stays[name] == 1 else look

    def _pressed_to(self, control: Control, way: tuple[Step, ...]) -> Look:
        """Press a control, whose page ``way`` leads to; what came of it is kept in mind, and the page is looked at."""
        self.sightings.slots.arrive()
        ready = self.forms.fill(control) if way[-1].fills else control
        if ready is None:
            return self.session.look()
        shows = self.choice.shows(control, self.session.look())
        self.effects.begin(Deed(AdvertAct.BUTTON, way[:-1], control.text, control.id, shows))
        self._presses += 1
        self.choice.touched(control)
        pressed = self.reach.press(ready)
        self._led_out = (look := self.effects.end(pressed)) is not pressed
        if self._led_out:
            return look
        look = self.arrived(look, way)
        self.effects.alone(way)
        return look

    def _down(self, way: tuple[Step, ...], most: int = MOST_SCROLLS) -> None:
        """Further down the page, as far as adverts of a feed are; that of a tab is first pulled down."""
        if len(way) <= 1:
            self.turns.pull(way, self.reach.rested, self.spent)
        look = self.session.look()
        for number in range(1, most + 1):
            if (further := self.sightings.moves.scroll(look)) is None:
                self.feeds.pop(way, None)
                return
            self.feeds[way] = max(number, self.feeds.get(way, 0))
            if self.spent():
                return
            there = (*way, Step(scrolls=number))
            look = self.arrived(further, there)
            rows = (control for control in self.choice.chosen(look) if control.rows)
            if (odd := next((row for row in rows if self.choice.make_of(row) not in self._makes), None)) is not None:
                self._behind(odd, (*there, step_of(odd)), self.sightings.moves.name(look), MOST_DEPTH)
                look = self.session.look()
        self.sightings.moves.to_top(look)

    def arrived(self, look: Look, way: tuple[Step, ...], *, opened: bool = True) -> Look:
        """Note what shows on a page that a press ``opened``, then what shows once nothing lies over it."""
        self.sightings.see(look, way, opened=opened)
        look = self.reach.back_in(self.sightings.clear(look, way, opened=opened))
        self.sightings.slots.whole(way)
        for one in self.choice.loading(look)[:1]:
            self.loads.setdefault(way, step_of(one))
        if (page := self.sightings.moves.page(look)) is not None and (words := self.choice.untold_load(look)):
            self.untold.setdefault(page.title, words)
        return look

    def _again(self, control: Control) -> Control | None:
        """The same control on the page in front now."""
        look = self.sightings.painted(self.session.look())
        usable = (*self.choice.usable(look), *self.choice.named(look))
        same = next((one for one in usable if one.key == control.key), None)
        return of_text(usable, look.roots, self.session.app.package, control.text) if same is None and is_part(control.text) else same

    def spent(self) -> bool:
        """Whether the time or the presses of this look are used up."""
        return self.session.uptime() >= self._until or self._presses >= MOST_PRESSES
