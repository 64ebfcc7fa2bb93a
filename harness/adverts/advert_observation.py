"""Look at the app, answer its questions on the way, and note each advert that shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import FULL_SCREEN, AdSlot, AdSlots, Step, lies_over, make_of
from harness.adverts.left_alone import LeftAlone
from harness.adverts.side_effects import Deed, SideEffects
from harness.adverts.touch_points import close_control
from harness.dialogs.continue_captions import claims
from harness.dialogs.dialog_words import plain
from harness.events import AdvertAct, AdvertKind, ControlRole, DialogKind
from harness.explorer.popup_closing import PopupCloser
from harness.pages.advert_kinds import UNNAMED
from harness.pages.advert_words import words_of
from harness.pages.adverts import BEHIND, CAME, FILM, IN_PAGE, LANDING, Advert, find_adverts
from harness.pages.download_prompt import load_question
from harness.pages.sole_adverts import ON
from harness.session.policy_reading import read_policies
from harness.session.view_actions import ViewActions

if TYPE_CHECKING:
    from harness.pages.interruptions import Interruption
    from harness.pages.look import Look
    from harness.session.session import Session

START_SECONDS = 12.0
"""How long a start is looked at for what it shows [PROJECT]: logos take 1 to 3 s, a splash 5 s, a card may come after
it."""
REST_SECONDS = 6.0
"""A start on whose page nothing changed for so long has shown what it shows [PROJECT]."""
PICTURE_SECONDS = 2.0
"""A picture of an advert older than this is taken again before an act on it [PROJECT]."""
PAINTED_SECONDS = 4.0
"""How long the picture of a page that its app paints may take to come to rest and be read [PROJECT]."""
LATE_SECONDS = 4.0
"""How long after a press the page that it leads to may come, and the log of it [PROJECT]: a result 1 to 3 s after its
page."""
MOST_ANSWERS, MOST_CLOSED = 12, 6
"""Asks and windows that are answered in one go at most [PROJECT]: an app that has more of them floods."""


@dataclass(slots=True)
class AdvertObserver:
    """The eyes of one campaign."""

    session: Session
    slots: AdSlots
    effects: SideEffects
    moves: ViewActions = field(init=False)
    closing: PopupCloser = field(init=False)
    left_alone: LeftAlone = field(init=False)
    on_screen: str = ""
    """The slot whose advert the last act left on the screen, empty where none is known to be there."""
    acted_on: str = ""
    """The activity in front when the act began that is watched, empty where none is."""
    stands: Callable[[AdSlot], None] = lambda _slot: None
    """Told of a window over the page, before it is closed."""
    tried: Callable[[AdSlot], bool] = lambda _slot: True
    """Whether any act was done on a place: a window that nothing closes is gone past after that only."""
    counts: float = 0.0
    """How many seconds a film, to which a press of ours led, said at the last look that it goes on."""
    film: bool = False
    """Whether the last look showed such a film: Back, or waiting, makes nothing else of it."""
    pressed: bool = False
    """Whether a control was pressed since the last start: from then on pages beside each other are no guide."""
    _ours: set[str] = field(default_factory=set)  # windows over a page that our own presses opened there, by their slots
    _up: set[str] = field(default_factory=set)  # windows that the last look showed
    _before: frozenset[str] = frozenset()  # the activities that were open before the last start, return or press
    _late: float = 0.0  # until when the log may tell of the page that our last press led to
    _used: set[str] = field(default_factory=set)  # those on which a press led on
    _opened: set[str] = field(default_factory=set)  # the tokens of the activities that our presses opened
    _shown: dict[tuple[str, str], float] = field(default_factory=dict)  # when the adverts, with their words, were pictured last
    _pictured: dict[str, str] = field(default_factory=dict)  # the picture of each advert by its words

    def __post_init__(self) -> None:
        """Take the session's hands."""
        self.moves = ViewActions(self.session)
        self.closing = PopupCloser(self.moves)
        self.left_alone = LeftAlone(self.session)

    def see(
        self,
        look: Look,
        way: tuple[Step, ...] = (),
        *,
        hot: bool = False,
        opened: bool = False,
        landing: bool = False,
        behind: bool = False,
        came: bool = False,
    ) -> tuple[Advert, ...]:
        """The adverts of a look; what is new among them is pictured and noted, as on the page that ``way`` leads to.

        ``opened``: our own press led to what is in front, so a mere window over the page is what it opens, unless it
        holds out a reward and has a no beside it. It stays so for as long as it is there, and over that page; on the
        first page what went away and came again came by itself. ``landing``: a touch on an advert led to it;
        ``behind``: on whichever part of it. ``came``: it is known to have come with no press.
        """
        package = self.session.app.package
        self._read_late()
        if not look.shows((package,)):
            return ()
        film = opens_film(way) or self.film
        shown = find_adverts(look, package, landing=landing, behind=behind, film=film)
        self.film = any(one.slot.startswith(FILM) for one in shown)
        self.counts = max((one.countdown or 0.0 for one in shown if one.slot.startswith(FILM)), default=0.0)
        windows = self._windows(look, shown, landing=landing, behind=behind)
        if opened:
            self._ours |= windows - self.slots.known.keys()
        elif not way:
            self._ours -= windows - self._up
        self._up = windows
        opened = opened or bool(windows & self._ours)
        came = (came and self.session.foreground.component not in self._used) or self._by_itself(way, hot=hot)
        came = came and not opened and all(advert.kind in IN_PAGE for advert in shown)
        shown = find_adverts(look, package, came=True) if came else shown
        found = find_adverts(look, package, opened=True, landing=landing, behind=behind, film=film) if opened else shown
        if opened and found and load_question(look, package, updates=True) is not None:
            found = ()  # it asks whether what was pressed is to be loaded, or the app's update
        elif opened and not found:
            found = tuple(advert for advert in shown if _offers(advert))
        found = found if way else tuple(advert for advert in found if not self._lay_there(advert))
        found = self.slots.placed(found, way)
        picture = None
        how = {"opened": opened, "landing": landing, "came": came, "behind": behind, "film": film}
        if self.slots.fresh(found) and (pictured := self._picture(found, **how)) is not None:
            picture, found = pictured[0], self.slots.placed(pictured[1], way)
        self.slots.note(found, picture, way, hot=hot)
        return found

    def _lay_there(self, advert: Advert) -> bool:
        """Whether an advert as large as the page is a page that our press had opened: it came at no start or return."""
        own = self.open_pages()
        return bool(own) and own[-1][0] in self._opened and advert.kind not in IN_PAGE and not lies_over(advert)

    def begin(self) -> None:
        """What is open now came before; what comes from here on with no press, comes by itself."""
        self._before, self._late = frozenset(self.session.foreground.open), 0.0

    def _windows(self, look: Look, shown: tuple[Advert, ...], *, landing: bool = False, behind: bool = False) -> set[str]:
        """The slots of what is shown and would be none, had our own press opened it."""
        over = {advert.slot for advert in shown if advert.kind in UNNAMED}
        if not over:
            return over
        kept = find_adverts(look, self.session.app.package, opened=True, landing=landing, behind=behind)
        return over - {advert.slot for advert in kept}

    def is_ours(self, advert: Advert) -> bool:
        """Whether our own press opened a window, whose buttons are the app's own."""
        return advert.slot in self._ours

    def shows_ours(self, look: Look) -> bool:
        """Whether a window lies over the page that our own press opened."""
        return any(map(self.is_ours, find_adverts(look, self.session.app.package)))

    def shows_whole(self, look: Look) -> bool:
        """Whether an advert takes the whole page."""
        return any(one.kind in FULL_SCREEN for one in find_adverts(look, self.session.app.package))

    def led(self, look: Look, *, changed: bool) -> None:
        """What opened since ``begin`` our press opened; of another page (``changed``) the log may come late."""
        package = self.session.app.package
        if look.shows((package,)):
            self._up = self._windows(look, find_adverts(look, package))
            self._ours |= self._up - self.slots.known.keys()
        opened = not self._before.issuperset(self.session.foreground.open)
        self._opened |= self.session.foreground.open.keys() - self._before
        self.begin()
        self._late = self.session.uptime() + LATE_SECONDS if changed and not opened else 0.0

    def _read_late(self) -> None:
        """Take the first activity that the log tells of late for the page that our press led to."""
        if not self._late:
            return
        if not self._before.issuperset(self.session.foreground.open):
            self._opened |= self.session.foreground.open.keys() - self._before
            self.begin()
        elif self.session.uptime() > self._late:
            self._late = 0.0

    def used(self, component: str) -> None:
        """A press on this activity led on: it is a page of the app's own."""
        self._used.add(component)

    def open_pages(self) -> list[tuple[str, str]]:
        """The app's activities that are open, each with its token, the lowest first."""
        prefix = f"{self.session.app.package}/"
        return [(token, component) for token, component in [*self.session.foreground.open.items()] if component.startswith(prefix)]

    def _by_itself(self, way: tuple[Step, ...], *, hot: bool) -> bool:
        """Whether the activity in front came with no press over one that was used, or that was left for a while."""
        if way and not (way[-1].rests or way[-1].back):
            return False
        own = self.open_pages()
        if not own or own[-1][0] in self._before or own[-1][1] in self._used or own[-1][1] != self.session.foreground.component:
            return False
        return any(component in self._used or (hot and token in self._before) for token, component in own[:-1])

    def found_in(self, slot: AdSlot, look: Look) -> Advert | None:
        """Return the advert that a look shows in a slot; it is noted as ``see`` notes it."""
        if self._at_opener(slot, look):
            return None
        how = {"landing": slot.name.startswith(LANDING), "behind": slot.name == BEHIND, "came": slot.name.startswith(CAME)}
        found = self.see(look, slot.way, hot=slot.hot, **how)
        same = slot.picks(found)
        if slot.row and same is not None:
            slot.name = same.slot
            slot.stands(same)
        elif same is None and slot.kind in IN_PAGE and (same := next((one for one in found if make_of(one) == slot.make), None)):
            self.slots.rename(slot, same.slot)  # the page round it looks otherwise now
        return same

    def still_in(self, slot: AdSlot, look: Look) -> Advert | None:
        """Return the advert that a look shows in a slot during an act; only controls that came now are noted."""
        landing, came, behind = slot.name.startswith(LANDING), slot.name.startswith(CAME), slot.name == BEHIND
        how = {"landing": landing, "came": came, "behind": behind, "film": slot.name.startswith(FILM)}
        found = self.slots.placed(find_adverts(look, self.session.app.package, None, **how), slot.way) if look.roots else ()
        advert = None if self._at_opener(slot, look) else slot.picks(found)
        if advert is not None and self._is_next_page(slot, advert):
            return None
        if advert is not None:
            news = _roles(advert) != _roles(slot.advert)
            slot.stands(advert)
            if news:
                self.slots.write(advert)
        return advert

    def _at_opener(self, slot: AdSlot, look: Look) -> bool:
        """Whether a look shows the advert whose button leads to the page of this slot, and that may be as large."""
        opener = self.slots.known.get(slot.way[-1].advert) if slot.name == BEHIND else None
        shown = find_adverts(look, self.session.app.package) if opener is not None and look.roots else ()
        return opener is not None and any(one.slot == opener.name and make_of(one) == opener.make for one in shown)

    def _is_next_page(self, slot: AdSlot, advert: Advert) -> bool:
        """Whether an advert of the same kind takes the whole of another activity than that of the act."""
        component, package = self.session.foreground.component, self.session.app.package
        moved = self.acted_on and component != self.acted_on and component.startswith(f"{package}/")
        return bool(moved) and advert.slot == slot.kind.value and make_of(advert) != slot.make

    def went(self, slot: AdSlot) -> bool:
        """Whether the advert of a slot is seen to be on the screen no more: some end by themselves between two acts."""
        look, screen = self.session.look(), self.session.screen
        return self.still_in(slot, look) is None and not (screen.untold and look.painted is None)

    def painted(self, look: Look) -> Look:
        """A page that its app paints, once its picture was read: a look while it changes tells nothing."""
        session, deadline = self.session, self.session.uptime() + PAINTED_SECONDS
        while session.screen.untold and look.painted is None and session.uptime() < deadline:
            session.wait_for_change(deadline - session.uptime())
            look = session.look()
        return look

    def picture_of(self, advert: Advert, act: AdvertAct) -> str | None:
        """A new picture of an advert where none that is young shows it with the words that it has now.

        One that ends by itself is not kept waiting for a picture that is there: the act would come when it is over.
        """
        taken, now = self._shown.get((advert.slot, advert.words)), self.session.uptime()
        waits = act is AdvertAct.NOTHING or advert.kind is AdvertKind.SPLASH
        if taken is not None and (waits or now - taken <= PICTURE_SECONDS):
            return None
        self._shown[advert.slot, advert.words] = now
        return self.session.screen.picture("advert")

    def _picture(self, found: tuple[Advert, ...], **how: bool) -> tuple[str, tuple[Advert, ...]] | None:
        """A picture of what was found, and what that says of it; the same words at the same place are pictured once."""
        words = "\n".join(f"{advert.slot} {advert.box} {advert.words}" for advert in found)
        if words in self._pictured:
            return self._pictured[words], found
        pictured = self.session.screen.pictured("advert")
        if pictured is None:
            return None
        self._pictured[words] = pictured[0]
        self._shown |= {(advert.slot, advert.words): self.session.uptime() for advert in found}
        look = self.session.look()
        read = find_adverts(look, self.session.app.package, pictured[1], **how)
        return pictured[0], read or found

    def answer(self, look: Look) -> bool:
        """Answer what the screen asks: yes to the policy, as the tester chose, no to all else; whether it asked."""
        answers, dialog, app = self.session.answers, look.dialog, self.session.app
        if dialog is None or dialog.kind is DialogKind.OTHER:
            if look.shows(app.settings_packages) and not look.shows((app.package,)):
                answers.leave_settings()
                return True
            return False
        if dialog.kind is DialogKind.CONSENT:
            read_policies(self.session, dialog)
            answers.answer_consent(dialog)
        elif dialog.kind is DialogKind.PERMISSION:
            answers.deny(dialog)
        else:
            answers.close_own(dialog)
        return True

    def watch(
        self,
        seconds: float,
        way: tuple[Step, ...] = (),
        *,
        hot: bool = False,
        until: Callable[[tuple[Advert, ...]], bool] = lambda found: False,
        patient: bool = False,
    ) -> Look:
        """Look for ``seconds``, or until what shows is enough, or nothing changed for a while; nothing is closed.

        ``patient``: however long nothing changes.
        """
        session = self.session
        deadline, answered, rested = session.uptime() + seconds, 0, session.uptime()
        session.run_progress.awaits(seconds)
        look = session.look()
        while True:
            if answered < MOST_ANSWERS and self.answer(look):
                answered += 1
                rested = session.uptime()
                deadline = max(deadline, rested + seconds / 2)  # what it hid comes now
                look = session.look()
                continue
            found = self.see(look, way, hot=hot)
            now = session.uptime()
            still = not patient and now - rested >= REST_SECONDS and not session.screen.untold and not found
            if until(found) or now >= deadline or still:
                return look
            waits = rested + REST_SECONDS if rested + REST_SECONDS > now and not patient else deadline
            step = min(deadline, waits) - now
            if session.wait_for_change(step, look):
                fresh = session.look()
                rested = rested if fresh is look else session.uptime()
                look = fresh

    def clear(self, look: Look, way: tuple[Step, ...] = (), *, wanted: str = "", kept: str = "", opened: bool = False) -> Look:
        """Close and answer what lies over the page, as a walk does.

        Not closed are the advert in the slot ``wanted`` and what is closed by the button ``kept``.
        """
        self.closing.begin()
        for _turn in range(MOST_CLOSED):
            found = self.see(look, way, opened=opened)
            if any(advert.slot == wanted for advert in found):
                return look
            if self.answer(look):
                look, opened = self.moves.settle(), False
                continue
            for advert in found if self.effects.watching else ():
                if not self.is_ours(advert):
                    self.stands(self.slots.known[advert.slot])
                    look = self.session.look()
            over = self.closing.over(look, opened=opened)
            untried = over is not None and over.action == ON and not any(self.tried(self.slots.known[one.slot]) for one in found)
            if over is None or untried or (kept and over.button == kept) or (self.pressed and _is_step(over)):
                return look
            act = AdvertAct.BUTTON if self.closing.leads_on(over) else AdvertAct.CLOSE
            self.effects.begin(Deed(act, way, over.button))
            if self.closing.close(over) is None:
                return look
            look, opened = self.effects.end(self.moves.settle()), False
        return look


def opens_film(way: tuple[Step, ...]) -> bool:
    """Whether a press led to a page, or to where it came to who waited: a splash comes at a start."""
    return any(step.text or step.id for step in way) and not way[-1].back


def _is_step(over: Interruption) -> bool:
    """Whether a guide is, behind a press, a task of the page itself: turned to the side, or gone on with by 下一步."""
    return over.action == "swipe" or (not over.layer and plain(over.button) in words_of("guide", "onward"))


def _offers(advert: Advert) -> bool:
    """Whether a window offers a reward to be taken, and may be refused: 马上领取 beside 残忍放弃."""
    takes = any(control.role is ControlRole.ACT and claims(control.text) for control in advert.controls)
    return takes and close_control(advert) is not None


def _roles(advert: Advert) -> list[ControlRole]:
    return sorted(control.role for control in advert.controls)
