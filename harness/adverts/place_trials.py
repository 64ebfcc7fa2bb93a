"""One place where an advert comes, with every act on it: in the showing that stands, then at others of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import TIMED, AdSlot, Step
from harness.adverts.advert_actions import LASTING, UNAIMED, WATCH_SECONDS, ActionOutcome, AdvertActions, held
from harness.adverts.advert_navigation import FILM_SECONDS
from harness.adverts.download_trials import DownloadTrials
from harness.adverts.motion_trials import MotionTrials
from harness.adverts.places_by_chance import PlacesByChance
from harness.adverts.side_effect_trials import LOADING
from harness.adverts.touch_points import TITLE_AFTER, TouchPoint, acts_for, close_control
from harness.events import AdvertAct, AdvertKind, ControlRole, DownloadState, Witness
from harness.events.action_kinds import CLOSE_AFTER, Purpose
from harness.language import _

if TYPE_CHECKING:
    from harness.adverts.ad_slots import AdSlots
    from harness.adverts.advert_navigation import AdvertNavigation
    from harness.adverts.advert_observation import AdvertObserver
    from harness.adverts.advert_search import AdvertSearch
    from harness.session.delivery_monitor import DeliveryMonitor
    from harness.session.session import Session

MOST_TRIES = 3
"""How often an act is done where what comes of it hangs on chance, and how often a close control is touched."""
WHOLE_SECONDS, WHOLE_STEP = 20.0, 2.0
"""How long a download is given to come whole [PROJECT]: some 40 MB."""
FIRST_SECONDS = 300.0
"""The same for the first one of each place [PROJECT]: only the whole file tells whether it is what was named."""
STALLED_SECONDS = 20.0
"""How long a download that comes may stand still until it is given up [PROJECT]."""
COMING = (DownloadState.RUNNING, DownloadState.WAITING)
MOST_MISSED = 2
MOST_PATIENCE = 8
"""How often an advert that does not come is waited for at a new start until its place is given up [PROJECT]: twice, and
twice as often as it came for one that comes seldom."""
MOST_RESETS = 12
"""How often the app's data is cleared for adverts that came once and then were missed [PROJECT]: an app that shows one
at its first start only shows it then again."""
MOST_BUTTONS = 3
"""Buttons of one advert that are pressed at most, each at a showing of its own [PROJECT]."""
OF_ROW = (AdvertAct.PICTURE, AdvertAct.BESIDE, AdvertAct.BUTTON, AdvertAct.CLOSE)
"""Acts on a further row of a list: what comes by itself, or by moving the list, its first one shows."""
CLOSES = (AdvertAct.CLOSE, AdvertAct.BACK, AdvertAct.OUTSIDE)
TOUCHES = (AdvertAct.CLOSE, AdvertAct.PICTURE, AdvertAct.BESIDE, AdvertAct.OUTSIDE, AdvertAct.BUTTON, AdvertAct.SWIPE, AdvertAct.SCROLL)


@dataclass(slots=True)
class PlaceTrials:
    """The trials of the places of one campaign."""

    acts: AdvertActions
    reach: AdvertNavigation
    pages: AdvertSearch
    session: Session = field(init=False)
    sightings: AdvertObserver = field(init=False)
    slots: AdSlots = field(init=False)
    deliveries: DeliveryMonitor = field(init=False)
    loading: DownloadTrials = field(init=False)
    motion_trials: MotionTrials = field(init=False)
    by_chance: PlacesByChance = field(init=False)
    until: float = math.inf
    """The moment at which trying ends."""
    by_itself: bool = False
    """Whether a place opened or loaded something by itself."""
    guilty: set[tuple[AdvertAct, str]] = field(default_factory=set)  # acts, with the words of the control, at which something came
    next: list[AdSlot] = field(default_factory=list)
    """What stood on the pages that touches on adverts opened."""
    finished: set[str] = field(default_factory=set)
    """The places on which every act was tried."""
    _missed: int = 0
    _standing: bool = False  # whether only the showing that stands is tried, and none is waited for
    _last: dict[tuple[str, AdvertAct, int], tuple[int, ActionOutcome]] = field(default_factory=dict)  # each act's last try and its outcome
    _pressed: dict[str, set[str]] = field(default_factory=dict)  # the words of the buttons that were pressed of each place
    _interrupted: set[str] = field(default_factory=set)
    _compared: set[str] = field(default_factory=set)
    _once: set[str] = field(default_factory=set)  # places whose advert comes after the data was cleared, and only then
    _resets: int = 0

    def __post_init__(self) -> None:
        """Take the session's hands and eyes from those that act and walk."""
        self.session, self.sightings, self.deliveries = self.acts.session, self.acts.sightings, self.acts.deliveries
        self.slots = self.sightings.slots
        self.acts.opened = self._opened
        self.by_chance = PlacesByChance(self.acts, self.finished)
        self.loading = DownloadTrials(self.session, self.acts)
        self.motion_trials = MotionTrials(self.session, self.acts, self._bring)
        self.sightings.stands, self.sightings.tried = self.try_standing, self.by_chance.tried

    def try_standing(self, slot: AdSlot) -> None:
        """Try a window that came on the way in the showing that stands: it may come once a day, or once a use.

        What ends the showing comes last. Its buttons lead away and are kept for another showing, where it goes.
        """
        effects = self.sightings.effects
        if self._standing or self.reach.departed or slot.kind not in LASTING or slot.asked_for or self.by_chance.tried(slot):
            return
        self._standing, self.sightings.on_screen, effects.watching = True, slot.name, False
        try:
            self._try(slot)
        finally:
            self._standing, effects.watching = False, True
            self.sightings.on_screen = ""
        self.reach.back_in(self.session.look())

    def run(self, slot: AdSlot) -> None:
        """Every act on one place, at as many showings as it takes."""
        self._try(slot)
        self.finished.add(slot.key)

    def _comes_still(self) -> bool:
        """Whether something loads at this moment."""
        self.session.idle(WHOLE_STEP)
        return any(one.state in COMING for one in self.deliveries.read().loading)

    def let_end(self, seconds: float = WHOLE_SECONDS) -> None:
        """Give what loads a moment to come whole, as long as its row says that it comes: the file tells who it is."""
        end = quiet = self.session.uptime() + seconds
        while self.session.uptime() < min(end, quiet):
            if self._comes_still():
                quiet = end
            elif not any(one.witness is Witness.ROW and one.state in COMING for one in self.deliveries.current.values()):
                return  # of a file alone only its growth tells
            elif quiet == end:
                quiet = self.session.uptime() + STALLED_SECONDS

    def _try(self, slot: AdSlot) -> None:
        """Every act on one place, those that leave the advert where it is first."""
        self._missed, closed = 0, False
        self.sightings.on_screen = self.sightings.on_screen if self.sightings.on_screen == slot.name else ""
        acts = OF_ROW if slot.row else acts_for(slot.kind)
        if self._standing:
            acts = (*(act for act in acts if act is not AdvertAct.BUTTON), AdvertAct.BUTTON)
        for act in acts:
            if slot.asked_for and act in (AdvertAct.NOTHING, AdvertAct.BACK):
                continue  # a video that was chosen, a page that was opened: nobody is held there
            if self.session.uptime() >= self.until or self._missed:
                return
            if closed and ((act is AdvertAct.BACK and not slot.bare) or (slot.kind is AdvertKind.WINDOW and act is not AdvertAct.BUTTON)):
                continue
            done = self.acts.done[slot.name, act]
            came = self._buttons(slot, closed=closed) if act is AdvertAct.BUTTON else self._act(slot, act)
            if act is AdvertAct.PICTURE and came is not None and came.still and slot.kind not in (AdvertKind.SPLASH, AdvertKind.WINDOW):
                self._act(slot, act, TITLE_AFTER + 1)  # the title is another place
            if act is AdvertAct.CLOSE and close_control(slot.advert, CLOSE_AFTER + 1) is not None:
                self._act(slot, act, CLOSE_AFTER + 1)
            if act is AdvertAct.NOTHING and came is not None and came.happened:
                self.by_itself = True
                self.session.note(_("{slot} opens or loads by itself: what a touch does cannot be told from that", slot=slot.name))
                return
            if act is AdvertAct.NOTHING and self.acts.done[slot.name, act] > done and self.by_chance.over(slot):
                self._note_next(slot, Step(), landing=True, late=True)
            if act is AdvertAct.NOTHING and self._standing and self.sightings.on_screen == slot.name:
                self.motion_trials.once(slot)
            gone = came is not None and came.still is False and not (came.happened or came.late or came.led_on)
            once = slot.kind is not AdvertKind.SPLASH or self.acts.done[slot.name, act] == 1  # later it may have been over by itself
            closed = closed or (act in CLOSES and gone and once)
        if self.session.uptime() < self.until and not self._standing:
            self.motion_trials.run(slot)

    def _act(self, slot: AdSlot, act: AdvertAct, first: int = 1) -> ActionOutcome | None:
        """One act, again where it hangs on chance or where the advert did not close; the last that came."""
        tried, came = self._last.get((slot.key, act, first), (first - 1, None))
        if came is not None and not self._is_worth(slot, act, came):
            return came
        for number in range(tried + 1, first + MOST_TRIES):
            short = (slot.advert.countdown or WATCH_SECONDS) < WATCH_SECONDS
            if act in CLOSES and slot.kind is AdvertKind.SPLASH and (short or number == first):
                self.sightings.on_screen = ""  # at its beginning: later it is over within the watch, whatever closes it
            if act is AdvertAct.BACK and slot.bare and slot.crossed and not self._standing:
                self.sightings.on_screen = ""  # before the control comes that closes it
            if act in UNAIMED and self.sightings.on_screen != slot.name and self.acts.place(slot, act, number, now=False) is None:
                return came  # a new start only for what is there
            if not self._bring(slot):
                return came
            if act is AdvertAct.CLOSE and (slot.kind is not AdvertKind.SPLASH or (slot.bare and slot.crossed)):
                self.reach.closable(slot)
            at = self.acts.place(slot, act, number)
            if act in TOUCHES and at is None:
                return came  # it has no such place
            came = self.acts.touch(slot, act, number, at)
            if came.happened and at is not None:
                self.guilty.add((act, at.words))
            self.came(slot, came)
            if act in (AdvertAct.CLOSE, AdvertAct.BACK) and not came.happened and (left := self.acts.leave_question(slot)):
                self.came(*left)
                self.sightings.on_screen = ""
            if act is AdvertAct.PICTURE and came.still is False and not came.happened:
                self._note_next(slot, Step(advert=slot.name), landing=True, late=came.late)
            self._last[slot.key, act, first] = number, came
            if act is AdvertAct.CLOSE and came.still and not slot.asked_for and not self.acts.done[slot.name, AdvertAct.BACK]:
                self._act(slot, AdvertAct.BACK)  # before another control may come
            if not self._is_worth(slot, act, came) or self.session.uptime() >= self.until:
                break
        return came

    def _is_worth(self, slot: AdSlot, act: AdvertAct, came: ActionOutcome) -> bool:
        """Whether an act is worth another try: what came hangs on chance, or it did not close."""
        return (
            held(act, came)
            or bool(act is AdvertAct.CLOSE and came.still and not came.happened and not came.led_on)
            or (act in CLOSES and came.late and slot.kind is not AdvertKind.SPLASH)
        )

    def _note_next(self, slot: AdSlot, step: Step, *, landing: bool, late: bool) -> None:
        """The page of the app's own that a touch on an advert opened is the next place to look for one.

        What came too ``late`` to be of the touch comes to who only waits there.
        """
        known, look = {*self.slots.known}, self.session.look()
        screen = self.sightings.moves.name(look)
        met = (late or slot.kind in TIMED) and self.pages.met(screen) and not self.sightings.shows_whole(look)
        if screen == self.pages.home or met or any(step.advert for step in slot.way):
            return  # it ended, and what lay behind it is the app's own
        self.slots.arrive()
        if late:
            self.sightings.see(look, (*slot.way, Step(rests=FILM_SECONDS)), hot=slot.hot, came=landing)
        else:
            self.sightings.see(look, (*slot.way, step), hot=slot.hot, opened=True, landing=landing, behind=True)
        new = [found for name, found in self.slots.known.items() if name not in known]
        self.next += new
        self.by_chance.opened([] if late else new)

    def _opened(self, slot: AdSlot, at: TouchPoint | None, late: bool) -> None:
        """What a button opened is a place of its own, though the advert is found again behind it; no load is."""
        if at is not None and at.words and at.role not in LOADING and slot.name in self.slots.known:
            self._note_next(slot, Step(at.words, advert=slot.name), landing=False, late=late)

    def _buttons(self, slot: AdSlot, *, closed: bool) -> ActionOutcome | None:
        """Press the buttons of the advert that say different things, the worst first; of two that load the worse one.

        Where one asks first whether the app is to be loaded, it is pressed again and told yes: only then does come what
        was promised. ``closed``: its no closed it, so nothing is gained by agreeing to a question about no load.
        """
        came: ActionOutcome | None = None
        pressed = self._pressed.setdefault(slot.key, set())
        for number in range(len(pressed) + 1, MOST_BUTTONS + 1):
            if pressed and self._button(slot, number, pressed, closed=closed, now=False) is None:
                break  # a new start only for what is there
            if not self._bring(slot):
                break
            at = self._button(slot, number, pressed, closed=closed)
            if at is None:
                break  # it shows another advert now
            pressed.add(at.words)
            came = self.acts.touch(slot, AdvertAct.BUTTON, number, at)
            if came.happened:
                self.guilty.add((AdvertAct.BUTTON, at.words))
            elif came.still is False and not came.led_on and at.words:
                self._note_next(slot, Step(at.words, advert=slot.name), landing=False, late=came.late)
            self.came(slot, came)
            if self.session.uptime() >= self.until or (self.acts.asked and not self._agree(slot, number, at.words)):
                break
        return came

    def _button(self, slot: AdSlot, number: int, pressed: set[str], *, closed: bool, now: bool = True) -> TouchPoint | None:
        """The next button of an advert, as it stood last, that is worth a press of its own."""
        at = self.acts.place(slot, AdvertAct.BUTTON, number, now=now)
        if at is None or at.words in pressed or (pressed and at.role in LOADING):
            return None
        return None if closed and at.role is ControlRole.CONFIRM and self.acts.agreeing(slot.name) is None else at

    def _agree(self, slot: AdSlot, number: int, words: str) -> bool:
        """Press what asked before it loads once more, and its yes as the act; False where it came not again."""
        at = self.acts.place(slot, AdvertAct.BUTTON, number) if self._bring(slot) else None
        if at is None or at.words != words:
            return False
        self.session.tap(at.at, Purpose.ADVERT, at.words)
        self.sightings.moves.settle()
        yes = self.acts.agreeing(slot.name)
        if yes is not None:
            self.came(slot, self.acts.touch(slot, AdvertAct.BUTTON, MOST_BUTTONS + 1, yes, covered=True))
        self.sightings.on_screen = ""
        return True

    def _bring(self, slot: AdSlot) -> bool:
        """Have the advert on the screen; False where it did not come."""
        least = max(MOST_MISSED, len(slot.others) + 1) + self._may_clear(slot)  # each way once, and one more with the data cleared
        patience = 1 if slot.row else min(MOST_PATIENCE, max(least, MOST_MISSED * slot.tries // max(slot.seen, 1)))
        if self.sightings.on_screen == slot.name and self.sightings.went(slot):
            self.sightings.on_screen = ""
        if self._standing:
            self._missed = int(not self.acts.stands(slot))
            return not self._missed
        if self.sightings.on_screen != slot.name:
            here, missed = self.by_chance.here(slot), self._missed
            if here is not None:
                self._try(here)
                self._missed = missed
        while self.sightings.on_screen != slot.name and self._missed < patience:
            anew = self._anew(slot)
            shown = self.reach.to(slot, anew=anew) is not None
            if anew and shown:
                self._once.add(slot.name)
            elif anew:
                self._once.discard(slot.name)
                self._missed = patience - 1  # the next miss was the last: not even a new user meets it
            self.sightings.on_screen = slot.name if shown else ""
            self.acts.older = set()
            if self.deliveries.read().anything or self.deliveries.current:
                self.acts.older = set(self.deliveries.current)
                self.deliveries.remove()  # it came by a closing on the way here, or goes on at each start
                self.deliveries.read()
            self._missed = 0 if shown else self._missed + 1
            if not shown:
                slot.turn()
        return self.sightings.on_screen == slot.name

    def _anew(self, slot: AdSlot) -> bool:
        """Whether the data is cleared first: the advert came once, then never again, or never but so."""
        clears = slot.name in self._once or self._missed == MOST_MISSED
        clears = clears and self._may_clear(slot)
        self._resets += clears
        return clears

    def _may_clear(self, slot: AdSlot) -> bool:
        """Whether an advert may be one for new users, or hide behind a download that was paused.

        Where the install was kept for hours, it is one for old users.
        """
        once = slot.name in self._once or slot.once or bool(self._interrupted)
        return once and not self.session.options.ad_hours and self._resets < MOST_RESETS

    def came(self, slot: AdSlot, came: ActionOutcome) -> None:
        """Something loads: see whether it goes on against our will, say what it is, and take it away."""
        if not came.loading and not came.installed:
            return
        self.sightings.on_screen = ""
        first = slot.key not in self._compared
        if came.loading and slot.name not in self._interrupted and not self._standing and self._comes_still():
            self._interrupted.add(slot.name)
            if self.loading.interrupt(slot) and first:  # at our wish now: who came stands in the whole file only
                self.loading.resume(slot, shown=self.reach.to(slot) is not None)
        self.let_end(FIRST_SECONDS if first else WHOLE_SECONDS)
        self._compared.add(slot.key)
        self.deliveries.describe()
        self.deliveries.remove()
        self.deliveries.read()  # that it is gone is no news of the next act
