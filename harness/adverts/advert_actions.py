"""One act on an advert on purpose, in the journal before it is done, and watched to its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import AdSlot, lies_over
from harness.adverts.painted_faces import gap_beside, painted_button
from harness.adverts.touch_points import CLOSING, TouchPoint, does_harm, own_acts, touch_point, uncovered, within_bars
from harness.dialogs.continue_captions import claims
from harness.dialogs.offers import asks_to_leave, is_exit, offers_to_leave
from harness.events import AdvertAct, AdvertControl, AdvertKind, ControlRole, DialogKind, Witness
from harness.events.action_kinds import Purpose
from harness.events.box import centre, contains
from harness.language import _
from harness.pages.advert_words import role_of
from harness.pages.adverts import IN_PAGE, Advert, find_adverts
from harness.pages.download_prompt import load_question, pause_button
from harness.pages.page_layers import opens_inside
from harness.parsers.touch_order import screen_of
from harness.recording import steps
from harness.session.filming import filmed

if TYPE_CHECKING:
    from harness.adverts.advert_observation import AdvertObserver
    from harness.adverts.left_alone import LeftAlone
    from harness.adverts.return_to_app import ReturnToApp
    from harness.pages.look import Look
    from harness.parsers.hierarchy import Node
    from harness.session.delivery_monitor import DeliveryMonitor, Loading
    from harness.session.session import Session

WATCH_SECONDS = 8.0
"""How long what follows an act is watched [PROJECT]: a landing page loads in some seconds, a store opens in two."""
ALONE_SECONDS = 10.0
"""How long an advert is left alone [PROJECT]: twice a splash."""
READ_AT = (2.0, 5.0)
"""Seconds after an act at which what comes to the phone is read, besides the end of the watch [PROJECT]."""
GROWING_SECONDS = 3.0
"""Between two readings of a download that had begun by the end of the watch: whether it grows takes two of them."""
FILMED = (AdvertAct.NOTHING, AdvertAct.CLOSE, AdvertAct.BACK, AdvertAct.SWIPE, AdvertAct.SCROLL)
"""Acts after which nothing may open: what was up for half a second then is on record."""
ON_LOADS = (AdvertAct.PAUSE, AdvertAct.RESUME, AdvertAct.NETWORK_OFF, AdvertAct.NETWORK_ON, AdvertAct.KILL, AdvertAct.RELAUNCH)
"""Acts on what loads already, not on the advert that began it."""
UNAIMED = (AdvertAct.PICTURE, AdvertAct.BESIDE, AdvertAct.OUTSIDE)
"""Touches that are meant for no control."""
LASTING = (AdvertKind.WINDOW, AdvertKind.INTERSTITIAL, AdvertKind.RED_PACKET)
"""Kinds that may lie over the page still once a page that their button opened is left."""
LATE_SECONDS = 3.0
"""What goes later than this after a touch or Back went by itself (docs/rules.md 9.5)."""
TAKES_CERTAINTY = 2
"""Witnesses of a load that need no second try."""


@dataclass(frozen=True, slots=True)
class ActionOutcome:
    """The outcome of an act: whether the advert is still there, which apps came to the front, and what loads."""

    still: bool | None
    opened: tuple[str, ...] = ()
    loading: tuple[Loading, ...] = ()
    installed: tuple[str, ...] = ()
    grown: bool = False
    """Whether something that was there before the act went on loading."""
    gone: float = 0.0
    """Seconds after the act at which the advert was first seen to be gone."""
    advert: Advert | None = None
    """The advert as the last look showed it, None where it was not there any more."""
    led_on: bool = False
    """Whether it opened a page of the app's own, from which Back led to another one."""

    @property
    def happened(self) -> bool:
        """Whether something came to the front or to the phone."""
        return bool(self.opened or self.loading or self.installed)

    @property
    def late(self) -> bool:
        """Whether the advert went seconds after the act, which did not do away with it."""
        return self.still is False and not self.happened and self.gone > LATE_SECONDS

    @property
    def certain(self) -> bool:
        """Whether two witnesses, which need not be tried again, say that something loads."""
        return bool(self.installed) or len({loading.witness for loading in self.loading}) >= TAKES_CERTAINTY


@dataclass(slots=True)
class AdvertActions:
    """The hands of a campaign on adverts."""

    session: Session
    sightings: AdvertObserver
    deliveries: DeliveryMonitor
    return_to_app: ReturnToApp
    opened: Callable[[AdSlot, TouchPoint | None, bool], None] = lambda _slot, _at, _late: None
    """Told, before it is left, of a page of the app's own that a touch opened, or that came too late to be of it."""
    asked: bool = False
    """Whether a question was up at the end of the last act whether what the advert offers is to be loaded."""
    older: set[tuple[Witness, str]] = field(default_factory=set)
    """What came on the way to the advert and was taken away: what of it goes on is of no act here."""
    done: Counter[tuple[str, AdvertAct]] = field(default_factory=Counter)
    """How often each act was done in each slot."""
    titles: set[str] = field(default_factory=set)
    """The titles of the adverts that were acted on."""
    left_alone: LeftAlone = field(init=False)
    _shown: tuple[Node, ...] = ()  # the last tree before the act
    _started: int = 0  # how many pages had been asked for before the act
    _before: set[tuple[Witness, str]] = field(default_factory=set)  # what had come before the act

    def __post_init__(self) -> None:
        """What the walk knows is asked before each press."""
        self.left_alone = self.sightings.left_alone

    def place(self, slot: AdSlot, act: AdvertAct, number: int = 1, *, now: bool = True) -> TouchPoint | None:
        """Where the finger would go; None where the advert has no place for that act, or what does harm lies there.

        ``now``: on this very look, and nothing came since in its place; else as the advert stood last.
        """
        look, page = self.session.look(), self.sightings.moves.controls(self.session.look())
        unseen = self.session.screen.untold and look.painted is None
        if now and not unseen and self.sightings.still_in(slot, look) is None:
            return None
        advert = within_bars(slot.advert, look.roots)
        if slot.kind in (AdvertKind.FEED_CARD, AdvertKind.BANNER):
            over = find_adverts(look, self.session.app.package)
            advert = uncovered(advert, [one.box for one in over if one.kind is AdvertKind.FLOATING])
        kept = [control.text for control in page if contains(advert.box, control.centre) and self.left_alone.keeps(control)]
        never = (*self.session.options.app_profile.never_touch, *self.session.acts.words, *own_acts(advert, page), *filter(None, kept))
        painted = painted_button(advert) if now and act is AdvertAct.BESIDE else None
        found = self._gap(advert, look, painted) if painted is not None else touch_point(act, advert, screen_of(look.roots), number, never)
        if found is None or not now:
            return found
        if act in UNAIMED and does_harm(found.at, advert, page):
            return None
        return None if found.role not in CLOSING and self.left_alone.forbids(found.at, page) else found

    def _gap(self, advert: Advert, look: Look, button: AdvertControl) -> TouchPoint | None:
        """A gap beside a painted button, by a new picture; where none is told from the button, that is said."""
        pictured = self.session.screen.pictured("advert")
        lines = look.painted.lines if look.painted is not None else ()
        found = gap_beside(advert, pictured[1], lines) if pictured is not None else None
        if found is None:
            said = _(
                "no gap beside the painted button '{words}' was touched: the picture shows none that is surely not the button",
                words=button.text[:40],
            )
            self.session.note(said)
            if button.role in (ControlRole.LOAD, ControlRole.FAST_LOAD):
                self.session.not_tried("c7-download-outside-button", said)
        return found

    def touch(self, slot: AdSlot, act: AdvertAct, number: int, at: TouchPoint | None = None, *, covered: bool = False) -> ActionOutcome:
        """Do it, watch what comes, and leave what came; ``at`` is where the finger goes, where the act has one.

        ``covered``: a question of its own lies over the advert, which is not to be seen now.
        """
        with self._watched(slot, act, number, covered=covered):
            told = at or TouchPoint((0, 0))
            to = told.to or (0, 0)
            self.session.journal.write(
                steps.AdvertActed(
                    slot=slot.name,
                    act=act,
                    number=number,
                    role=told.role,
                    words=told.words,
                    x=told.at[0],
                    y=told.at[1],
                    to_x=to[0],
                    to_y=to[1],
                )
            )
            if act is AdvertAct.BACK:
                self.session.press("back", Purpose.ADVERT)
            elif at is not None and at.to is not None:
                self.session.swipe(at.at, at.to, Purpose.ADVERT)
            elif at is not None:
                self.session.acts.begin(self.session.uptime())
                self.session.tap(at.at, Purpose.ADVERT, at.words)
            came = self._end(slot, act, ALONE_SECONDS if act is AdvertAct.NOTHING else WATCH_SECONDS, at)
            if told.role in (ControlRole.OTHER, ControlRole.ACT) and not came.happened and not claims(told.words):
                self.session.acts.learn_words(told.words)
            return came

    def agreeing(self, slot: str = "") -> TouchPoint | None:
        """The yes of a question over the page whether what a slot offers is to be loaded, None where none asks that.

        A window that is a place of its own came by itself, and is tried as that.
        """
        look, known = self.session.look(), self.sightings.slots.known
        node = load_question(look, self.session.app.package)
        found = find_adverts(look, self.session.app.package) if node is not None else ()
        if node is None or any(lies_over(one) and one.slot != slot and one.slot in known for one in found):
            return None
        return TouchPoint(centre(node.box), ControlRole.LOAD, node.text or node.description)

    def leave_question(self, slot: AdSlot) -> tuple[AdSlot, ActionOutcome] | None:
        """Press what leaves on a question that closing an advert brought: 放弃, 仍要离开. It is a place of its own."""
        look, kept = self.session.look(), (*self.session.options.app_profile.never_touch, *self.session.acts.words)
        for one in find_adverts(look, self.session.app.package):
            if not lies_over(one) or one.slot == slot.name or not offers_to_leave(one.words):
                continue
            leaves = (each for each in one.controls if asks_to_leave(each.text) or is_exit(each.text))
            button = next((each for each in leaves if not any(text in each.text for text in kept)), None)
            if button is not None:
                question = AdSlot(one.slot, slot.way, one)
                at = TouchPoint(centre(button.box), ControlRole.CANCEL, button.text)
                return question, self.touch(question, AdvertAct.CLOSE, 1, at)
        return None

    def tried(self, slot: AdSlot, step: steps.AdvertActed, do: Callable[[], object], seconds: float = WATCH_SECONDS) -> ActionOutcome:
        """Try any other act, which ``do`` does."""
        with self._watched(slot, step.act, step.number):
            self.session.journal.write(step)
            do()
            return self._end(slot, step.act, seconds)

    @contextmanager
    def _watched(self, slot: AdSlot, act: AdvertAct, number: int, *, covered: bool = False) -> Iterator[None]:
        """A segment of its own, filmed where the phone gives a film; the advert is noted as it stands before."""
        name = f"advert-{slot.key}-{act.value}-{number}"
        self.done[slot.name, act] += 1
        self.titles.add(slot.advert.title)
        with self.session.segment(name), filmed(self.session, name) if act in FILMED else nullcontext():
            self.deliveries.read()  # what came since the last act came of our way here
            self._before = self.older | self.deliveries.current.keys()
            if slot.advert.words and not covered:  # a page of the app's own that loads shows no advert
                self.sightings.slots.write(slot.advert, self.sightings.picture_of(slot.advert, act))
            self.return_to_app.begin()
            self._started = len(self.session.foreground.started)
            self._shown = self.session.screen.roots
            self.deliveries.act()
            self.sightings.acted_on = self.session.foreground.component
            yield
            self.sightings.acted_on = ""

    def _end(self, slot: AdSlot, act: AdvertAct, seconds: float, at: TouchPoint | None = None) -> ActionOutcome:
        came, look = self._watch(slot, act, seconds, at)
        closed = came.still is False and not came.loading  # the page of a load may pause it, and what loads closes nothing
        if closed and slot.kind in LASTING and _may_lead_on(act, at) and self._led_inside(slot, look):
            self.opened(slot, at, False)
            came, look = self._behind(slot, came)
        self.asked = act is AdvertAct.BUTTON and not came.happened and self.agreeing(slot.name) is not None
        self.session.journal.write(steps.AdvertLeft(slot=slot.name, still=came.still))
        opened = self.return_to_app.leave(look)
        if opened and act is AdvertAct.CLOSE:
            self.session.journal.write(steps.AdvertLeft(slot=slot.name, still=self.there(slot)))
        self.sightings.on_screen = slot.name if came.still and not opened else ""
        return replace(came, opened=opened)

    def there(self, slot: AdSlot) -> bool | None:
        """Whether the advert is there when the app is come back to; None where another one lies over its place."""
        look = self.sightings.painted(self.session.launch(cold=False))
        package = self.session.app.package
        if self.sightings.still_in(slot, look) is not None:
            return True
        covered = any(advert.kind not in IN_PAGE for advert in find_adverts(look, package))
        unseen = self.session.screen.untold and look.painted is None
        return None if covered or unseen or not look.shows((package,)) else False

    def stands(self, slot: AdSlot) -> bool:
        """Whether the advert is there still, once what the last act opened was left."""
        if self.sightings.on_screen != slot.name and self._asked_for_page() and self.session.look().shows((self.session.app.package,)):
            self.session.press("back", Purpose.ADVERT)
            self.sightings.moves.settle()
        return self.sightings.on_screen == slot.name or self.there(slot) is True

    def _asked_for_page(self) -> bool:
        """Whether the act opened a page of the app's own."""
        package = self.session.app.package
        return any(asked == package for asked, _uid in self.session.foreground.started[self._started :])

    def _led_inside(self, slot: AdSlot, look: Look) -> bool:
        """Whether the act opened a page of the app; in the same activity where the window lay over its first page."""
        return self._asked_for_page() or (not slot.way and opens_inside(self._shown, look.roots, self.session.app.package))

    def _behind(self, slot: AdSlot, came: ActionOutcome) -> tuple[ActionOutcome, Look]:
        """Leave the page that a button opened: where the window is found again behind it, the button closed nothing."""
        self.session.press("back", Purpose.ADVERT)
        look = self.sightings.moves.settle()
        advert = self.sightings.still_in(slot, look)
        came = replace(came, led_on=look.shows((self.session.app.package,)))
        return (came if advert is None else replace(came, still=True, advert=advert)), look

    def _watch(self, slot: AdSlot, act: AdvertAct, seconds: float, at: TouchPoint | None) -> tuple[ActionOutcome, Look]:
        """Let time pass; look and read. A watch ends when the app leaves for good only once its time is over."""
        session = self.session
        began = session.uptime()
        session.run_progress.awaits(seconds)
        loading: dict[tuple[Witness, str], Loading] = {}
        installed: set[str] = set()
        grown = False
        reads = [*(at for at in READ_AT if at < seconds), seconds]
        look = session.look()
        alone = act is AdvertAct.NOTHING and bool(slot.advert.words)
        gone = 0.0
        while True:
            passed = session.uptime() - began
            advert = self.sightings.still_in(slot, look)
            if advert is None and not gone and look.shows((session.app.package,)) and _may_lead_on(act, at):
                self.opened(slot, at, passed > LATE_SECONDS)  # now: a film may be over by the end
            gone = gone or (passed if advert is None else 0.0)
            if alone and advert is None and look.shows((session.app.package,)) and not session.screen.untold:
                alone, reads = False, [passed]  # it went by itself: that is how long it stood
            if reads and passed >= reads[0]:
                reads = [at for at in reads if at > passed]
                new = self.deliveries.read(again=act is AdvertAct.PAUSE)
                loading |= {(one.witness, one.key): one for one in new.loading if (one.witness, one.key) not in self._before}
                grown = grown or any((one.witness, one.key) in self._before for one in new.running)
                installed.update(new.installed)
                if not reads and loading and seconds - passed <= 0 and passed < seconds + GROWING_SECONDS:
                    reads = [passed + GROWING_SECONDS]  # whether it grows takes a second reading
            if not reads:
                break
            whose = look.dialog.owner if look.dialog is not None else ""
            own = look.dialog is not None and look.dialog.kind in (DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE)
            runs = whose == session.app.package and pause_button(look, (whose,)) is not None  # its 继续 and 取消 answer nothing
            if not runs and (not own or (advert is None and act not in ON_LOADS)):
                self.sightings.answer(look)
            if session.wait_for_change(min(reads) - (session.uptime() - began), look):
                look = session.look()
        advert = self.sightings.still_in(slot, look)
        silent = session.screen.untold and look.painted is None
        still = True if advert is not None else None if silent or not look.shows((session.app.package,)) else False
        return ActionOutcome(still, (), tuple(loading.values()), tuple(sorted(installed)), grown, gone, advert), look


def _may_lead_on(act: AdvertAct, at: TouchPoint | None) -> bool:
    """Whether what was pressed may lead on: any button, and what closes by its being the only one, not by its words."""
    only = act is AdvertAct.CLOSE and at is not None and bool(at.words) and role_of(at.words) not in CLOSING
    return only or act is AdvertAct.BUTTON


def held(act: AdvertAct, came: ActionOutcome) -> bool:
    """Whether what came hangs on chance, so that the act is worth another try."""
    return act is not AdvertAct.BUTTON and came.happened and not came.certain
