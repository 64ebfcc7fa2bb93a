"""Bring an advert to the screen again, by a new start or a return, and by the way to its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import FULL_SCREEN, AdSlot, Step
from harness.adverts.advert_observation import LATE_SECONDS, REST_SECONDS, START_SECONDS, AdvertObserver
from harness.adverts.numbered_controls import of_text
from harness.adverts.page_plays import PagePlays
from harness.adverts.touch_points import TouchPoint, close_control, touch_point
from harness.events import AdvertAct
from harness.events.action_kinds import Purpose
from harness.events.box import centre
from harness.explorer.first_start_walk import pass_first_start
from harness.language import _
from harness.pages.advert_parts import RETURN
from harness.pages.adverts import IN_PAGE, Advert
from harness.pages.controls import Control, Kind, is_loading, shows_progress
from harness.pages.view_structure import unnumbered
from harness.parsers.touch_order import screen_of
from harness.session.view_actions import SCROLLS

if TYPE_CHECKING:
    from harness.adverts.return_to_app import ReturnToApp
    from harness.pages.look import Look
    from harness.session.session import Session

AWAY_SECONDS = 40.0
"""How long an app is left for the home screen before it is come back to [PROJECT]: adverts at a return want 30 s away
in what SDKs tell their users."""
PAUSE_SECONDS = 2.0
MOST_LAUNCHES = 6
"""The launch since the data was cleared at which an advert is waited for at most [PROJECT]."""
CLOSE_SECONDS, CROSS_SECONDS = 5.0, 30.0
"""How long the control that closes an advert may take to come (docs/rules.md 9.5), and is waited for where one came."""
FILM_SECONDS = 60.0
"""How long what comes after a film is waited for, as long as that counts [PROJECT]."""
SLOT_SECONDS = 6.0
"""How long an advert of a page is waited for once its page is there [PROJECT]."""
WORKING_SECONDS, MOST_WORKING, WORKING_STEP = 12.0, 60.0, 2.0
"""How long a page is waited for that works by itself, one that shows its progress (导出 40%) at most, and between
two looks at it [PROJECT]: scans take some seconds."""
LINGER_SECONDS = 5.0
"""How long a page that is new is looked at [PROJECT]: windows and jumps come some seconds after their page."""
LEAST_AGAIN, MOST_AGAIN = 3, 9
"""How often more a page is left or opened for what lies over pages, came there and did not come this time, at least;
and at most, where it came after so many pages of one process [PROJECT]."""
MOST_BACKS = 3
"""Back presses on the way to the first page at most [PROJECT]."""


@dataclass(slots=True)
class AdvertNavigation:
    """The ways to the adverts of one campaign."""

    session: Session
    sightings: AdvertObserver
    return_to_app: ReturnToApp
    plays: PagePlays = field(init=False)
    starts: int = 0
    departed: bool = False
    """Whether a start led to another app although nothing was touched."""
    _returned: bool = False  # come back to since it was started anew
    _vain: set[tuple[str, bool]] = field(default_factory=set)  # what did not come at further returns, as to a new user or not
    _in_use: int = -1  # how often the data had been cleared when the first start was passed last

    def __post_init__(self) -> None:
        """Painted pages are played apart."""
        self.plays = PagePlays(self.session, self.sightings.moves)

    def start(self, *, hot: bool = False, wanted: str = "") -> Look:
        """Start the app anew, or come back to it after a while; look until ``wanted`` shows or all was shown."""
        session, slots = self.session, self.sightings.slots
        self.starts += 1
        self._returned, self.sightings.film = hot, False
        self.sightings.pressed = self.sightings.pressed and hot
        if hot:
            session.press("home", Purpose.LEAVE)
            session.idle(AWAY_SECONDS)
        else:
            session.stop()
            session.foreground.open.clear()
            session.idle(PAUSE_SECONDS)
        with session.segment(f"advert-start-{self.starts}"):
            slots.arrive(cold=not hot)
            self.return_to_app.begin()
            self.sightings.begin()
            session.launch(cold=not hot)
            look = self.sightings.watch(START_SECONDS, hot=hot, until=lambda found: any(advert.slot == wanted for advert in found))
            if not wanted:
                slots.whole(hot=hot)
            self.departed = self.departed or self.return_to_app.led_away(look)
            return self.back_in(look)

    def return_to(self) -> None:
        """Come back to the app after a while, and once more where nothing came: some want a second return."""
        self.start(hot=True)
        if not any(slot.hot for slot in self.sightings.slots.known.values()):
            self.start(hot=True)

    def to(self, slot: AdSlot, *, anew: bool = False) -> Advert | None:
        """The advert of a slot on the screen, by a new start; None, with a note, where it does not come this time.

        ``anew``: as after an install, with the app's data cleared, for what shows once only.
        """
        if anew and (advert := self._as_new(slot)) is not None:
            return advert
        if slot.hot and (anew or self._returned):
            self.sightings.clear(self.start())  # many show one return of each process what they have for it
        look = self.start(hot=slot.hot, wanted="" if slot.way else slot.name)
        if slot.hot and not slot.way and (slot.name, anew) not in self._vain and self.sightings.found_in(slot, look) is None:
            look = self.start(hot=True, wanted=slot.name)  # some want a second return
        if slot.way:
            look = self.home() if anew else self.sightings.clear(look, wanted=slot.way[0].advert)
            # the recorded way may have begun with a page that is shown once
            there = slot.kind in IN_PAGE and self.sightings.found_in(slot, look) is not None
            if not there and not self.go(look, slot.way) and self.sightings.found_in(slot, self.session.look()) is None:
                self.session.note(_("the way to an advert was not found again"))
                return None
            self.sightings.slots.arrive()
            self.come_back()
        advert = self.shown(slot)
        if advert is None:
            self.sightings.clear(self.session.look(), slot.way, wanted=slot.name)
            advert = self.shown(slot)
        if advert is None and slot.over_page and (slot.name, anew) not in self._vain:
            advert = self._again(slot)
            self._vain |= {(slot.name, anew)} if advert is None else set()
        if advert is None and slot.hot and not slot.way and not slot.name.startswith(RETURN):
            advert = self._found(slot)  # it came to who came back by a launch: that may have been a start for the app
            slot.hot = advert is None
        if advert is None:
            self.sightings.slots.whole(slot.way, hot=slot.hot)
            self.session.note(_("an advert that was there before did not come this time"))
        return advert

    def _again(self, slot: AdSlot) -> Advert | None:
        """What lies over pages and did not come on its way: the last page of it is left, or opened, some times more.

        Some come at each second or third return or page of one process, whichever it is.
        """
        presses = [step for step in slot.way if step.text or step.id]
        if not presses or not (slot.way[-1] == presses[-1] or slot.way[-1].back):
            return None
        once = (presses[-1], Step(back=True)) if slot.way[-1].back else (Step(back=True), presses[-1])
        for _turn in range(min(max(LEAST_AGAIN, slot.openings), MOST_AGAIN)):
            look = self.session.look()
            listed = once[0].back and self._in_sight(look, presses[-1]) is not None  # the page was left already
            if not self.go(look, once[1:] if listed else once):
                return None
            self.sightings.slots.arrive()
            if (advert := self.shown(slot)) is not None:
                return advert
        return None

    def _as_new(self, slot: AdSlot) -> Advert | None:
        """Clear the app's data, and start it as often as before the advert came; it may come at an earlier start."""
        self.session.reset()
        for _number in range(1, min(slot.launches, MOST_LAUNCHES)):
            if (advert := self._found(slot)) is not None:
                return advert
            self.home()
        return None

    def _found(self, slot: AdSlot) -> Advert | None:
        """The advert of a slot that no way leads to, at a new start."""
        look = self.start(wanted="" if slot.way else slot.name)
        return None if slot.way else self.sightings.found_in(slot, look)

    def shown(self, slot: AdSlot) -> Advert | None:
        """The advert as it stands now, waited for a moment."""
        session = self.session
        begun = session.uptime()
        deadline, over = begun + SLOT_SECONDS, False
        look = session.look()
        while True:
            self.sightings.answer(look)
            advert = self.sightings.found_in(slot, look)
            if advert is not None or over:
                return advert
            if self.sightings.counts:
                deadline = max(deadline, min(begun + FILM_SECONDS, session.uptime() + self.sightings.counts + PAUSE_SECONDS))
            over = session.uptime() >= deadline  # before the last look, which may be slow itself
            if session.wait_for_change(deadline - session.uptime(), look) or over:
                look = session.look()

    def closable(self, slot: AdSlot) -> bool:
        """Whether it has a control that closes it, waited for as long as it may take to come, longer where one came."""
        session = self.session
        deadline = session.uptime() + (CROSS_SECONDS if slot.crossed else CLOSE_SECONDS)
        while close_control(slot.advert) is None and session.uptime() < deadline:
            session.wait_for_change(deadline - session.uptime())
            if self.sightings.found_in(slot, session.look()) is None:
                return False
        return close_control(slot.advert) is not None

    def go(self, look: Look, way: tuple[Step, ...], stay: Callable[[Look, tuple[Step, ...]], Look] | None = None) -> bool:
        """Press one control after the other; what lies over a page on the way is closed, but for the last step.

        A page that is shown once, and not this time, is left out: the step behind it is in sight already. ``stay``
        looks at each page on the way for a while.
        """
        for number, step in enumerate(way, 1):
            last = number == len(way)
            if step.back or step.rests:
                look = self.rest(step.rests, way[:number]) if step.rests else self.back()
            elif step.turns:
                for _turn in range(step.turns):
                    look = self.sightings.moves.turn(look) or look
            elif step.plays:
                look = self.plays.play(look) or look
            elif step.advert:
                if not self._through(step):
                    return False
                continue
            else:
                for _turn in range(abs(step.scrolls)):
                    look = (self.sightings.moves.scroll(look) or look) if step.scrolls > 0 else self.sightings.moves.pull(look)
                if not (step.text or step.id):
                    continue
                look = self.sightings.moves.fill(look) if step.fills and not self.sightings.moves.filled(look) else look
                if not last and self._in_sight(look, step) is None and self._in_sight(look, way[number]) is not None:
                    continue
                control = self.find_soon(look, step)
                if control is None:
                    return False
                look = self.press(control)
            menu = not last and self.sightings.shows_ours(look) and self._in_sight(look, way[number]) is not None
            look = look if last or menu else self.sightings.clear(look, way[:number], wanted=way[number].advert)
            look = stay(look, way[:number]) if stay is not None else look
        return True

    def _through(self, step: Step) -> bool:
        """Touch the picture or a button of an advert, which leads to a page of the app's own; False where it is not."""
        slot = self.sightings.slots.known[step.advert]
        advert = self.shown(slot) or (self._again(slot) if slot.over_page else None)
        if advert is None:
            return False
        at = touch_point(AdvertAct.PICTURE, advert, screen_of(self.session.look().roots))
        if step.text:
            box = next((control.box for control in advert.controls if control.text == step.text), None)
            at = TouchPoint(centre(box), words=step.text) if box is not None else None
        if at is None:
            return False
        self.session.tap(at.at, Purpose.ADVERT, at.words)
        self.sightings.moves.settle()
        return True

    def find_soon(self, look: Look, step: Step) -> Control | None:
        """The control of a step, waited for: a page may come late, one that works has its result once it is done."""
        session, control, before = self.session, self.find(look, step), None
        began = session.uptime()
        while control is None:
            over = session.uptime() >= began + (self._worked(look, before) or LATE_SECONDS)
            before = look
            session.wait_for_change(WORKING_STEP, look)
            look = session.look()
            control = self._in_sight(look, step)
            if over:  # one look was begun after it: what took long before that was our own looking
                break
        return None if control is not None and self.sightings.left_alone.acted(control) else control

    def works(self, look: Look, before: Look | None) -> bool:
        """Whether a page works by itself and shows it: nothing else is on it, or what it shows has changed."""
        package = self.session.app.package
        changed = before is None or before.roots != look.roots
        return is_loading(look.roots, package) or (changed and shows_progress(look.roots, package))

    def _worked(self, look: Look, before: Look | None) -> float:
        """How many seconds a page is waited for in all, 0 where it does not work."""
        comes = before is not None and before.roots != look.roots and shows_progress(look.roots, self.session.app.package)
        return MOST_WORKING if comes else WORKING_SECONDS if self.works(look, before) else 0.0

    def rest(self, seconds: float, way: tuple[Step, ...] = ()) -> Look:
        """A page looked at by a user who does nothing, until an advert comes besides those there, or a film ends."""
        self.sightings.begin()
        there = self.sightings.see(self.session.look(), way)
        here, plays = {one.slot for one in there}, {one.slot for one in there if one.kind in FULL_SCREEN}

        def is_over(found: tuple[Advert, ...]) -> bool:
            shown = {one.slot for one in found}
            return not shown <= here or (bool(plays) and not shown & plays)

        return self.sightings.watch(seconds, way, until=is_over, patient=True)

    def rested(self, way: tuple[Step, ...], seconds: float = LINGER_SECONDS) -> Look:
        """A page that is new, looked at until what comes over it has come and what works on it is done."""
        session = self.session
        look = self.sightings.watch(seconds, way, patient=seconds > LINGER_SECONDS)
        began, before = session.uptime(), None
        while session.uptime() < began + self._worked(look, before) and not self.return_to_app.came(look):
            before = look
            session.wait_for_change(WORKING_STEP, look)
            look = session.look()
        if before is not None:
            look = self.sightings.watch(LINGER_SECONDS, way)
        return self.back_in(self.sightings.clear(self.sightings.effects.end(look), way))

    def back(self) -> Look:
        """Back, as a user leaves a page; one that it does not leave came before it, not by itself."""
        self.sightings.begin()
        self.session.press("back", Purpose.WALK)
        return self.sightings.moves.settle()

    def press(self, control: Control) -> Look:
        """Press a control on the way, which is no use of a function by the tester; what it opens came by it."""
        sightings = self.sightings
        sightings.pressed, page = True, sightings.moves.name(self.session.look())
        sightings.begin()
        look = sightings.moves.touch(control, Purpose.WALK)
        sightings.led(look, changed=sightings.moves.name(look) != page)
        return look

    def home(self) -> Look:
        """The page that the app starts with, behind what only its first start shows; nothing lies over it."""
        look = self.sightings.clear(self.session.look())
        if self._in_use != self.session.resets:
            self._in_use = self.session.resets if pass_first_start(self.session) is None else self._in_use
            look = self.session.look()
        else:
            look = self.sightings.watch(REST_SECONDS)  # a window that comes a moment later is no part of a first start
        return self.sightings.clear(self.back_in(self.sightings.clear(look)))

    def back_to(self, look: Look, screen: str) -> None:
        """Back to the first page from one that was left open: the log of its activity may have come late."""
        for _turn in range(MOST_BACKS):
            page = self.sightings.moves.page(look)
            if page is None or page.screen == screen or len(self.sightings.open_pages()) <= 1:
                return
            look = self.sightings.clear(self.back())

    def left(self, look: Look, screen: str, most: int) -> bool:
        """Whether Back, pressed so many times at most, led to the first page, whichever activities are open."""
        moves, app = self.sightings.moves, self.session.app.package
        for _turn in range(most):
            if moves.name(look) in ("", screen) or not look.shows((app,)):
                break
            look = self.sightings.clear(self.back())
        return moves.name(look) == screen and look.shows((app,))

    def leave(self, screen: str) -> None:
        """Back on the first page: some show something to who leaves; then the app is come back to."""
        self.back_to(self.home(), screen)
        way = (Step(back=True),)
        self.sightings.slots.arrive()
        look = self.back()
        if look.shows((self.session.app.package,)):
            self.sightings.see(look, way)
            self.sightings.slots.whole(way)
            look = self.sightings.clear(look, way)
        self.back_in(look)
        self.sightings.moves.settle()

    def back_in(self, look: Look) -> Look:
        """The app in front; what came of others is ended, and what only lies over it is left by Back."""
        if self.return_to_app.came(look):
            return self._come_back(self.sightings.effects.come_back(look))
        if look.shows((self.session.app.package,)):
            return look
        self.session.press("back", Purpose.WALK)
        look = self.sightings.moves.settle()
        return look if look.shows((self.session.app.package,)) else self._come_back(self.session.launch(cold=False))

    def come_back(self) -> None:
        """The app in front where the way to a window led out of it: it shows to who comes back."""
        if self.return_to_app.came(look := self.session.look()):
            self.back_in(look)

    def _come_back(self, look: Look) -> Look:
        """The app as it was come back to: what shows now shows to who comes back, and at no cold start."""
        self.sightings.see(look, hot=True)
        return look

    def find(self, look: Look, step: Step) -> Control | None:
        """The control of a step on the page in front, further down too; None where there is none."""
        return self._in_sight(look, step) or self._in_sight(look, step, SCROLLS)

    def _in_sight(self, look: Look, step: Step, pages: int = 1) -> Control | None:
        controls = self.sightings.moves.controls(look)
        exact = of_text(controls, look.roots, self.session.app.package, step.text) if step.text else None
        if exact is not None and exact.id == step.id:  # be it one of a series
            return exact
        wanted = (unnumbered(step.text), step.id)
        found = self.sightings.moves.find(look, lambda control: (unnumbered(control.text), control.id) == wanted, pages)
        return found[1] if found and found[1].kind is not Kind.FIELD and any(wanted) else None
