"""Walk: go through an unknown app, say no to everything that it may be refused, and see what it does next.

Where it goes is chosen from the map so far (``choose``); what stands in the way is answered by a ``Watch``. All that it does is
in the journal, and the map is written to ``raw/walk.json`` at the end, also after an error.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from harness.events import DialogKind
from harness.explorer.choose import FILL, SCROLL, WANTED, Choice, Known, choose, unreached
from harness.explorer.controls import Kind
from harness.explorer.graph import BACK, Action, Graph, Screen
from harness.explorer.interruptions import FORCED, find_interruption
from harness.explorer.moves import SCROLLS, Moves
from harness.explorer.nodes import STATUS_BAR
from harness.login import log_in
from harness.person import hand_over, needs_person
from harness.watch import Watch

if TYPE_CHECKING:
    from harness.explorer.controls import Control
    from harness.explorer.interruptions import Interruption
    from harness.handset import Look
    from harness.session import Session

AFTER_FIRST, AFTER_OTHERS = 30.0, 11.0
"""Seconds watched after the first denial of a group, in which an exit or an ANR counts or is suspected, and after the others."""
FOREGROUND_SECONDS = 185.0
"""How long the app is in front after the last group that was refused for the first time (verdicts.md: 180 s, and a little)."""
MOST_ASKS = 5
"""Asks that are refused one after the other before the app is started again."""
AWAY_SECONDS, BACK_SECONDS = 5.0, 15.0
MOST_RESTARTS, MOST_DENIALS, MOST_OBSTACLES, MOST_FAILURES, MOST_CRASHES = 8, 60, 12, 2, 2
MOST_PICTURES = 60
LOADING_SECONDS = 10.0
"""How long a page without anything left to do is given to go on by itself [PROJECT]: adverts at a start last 5 s, loading more."""
SIT_STEP = 2.0
WALK_FILE = "raw/walk.json"


@dataclass(frozen=True, slots=True)
class Budget:
    """What a walk may cost: minutes of device time, and presses."""

    minutes: float = 12.0
    steps: int = 600


@dataclass(frozen=True, slots=True)
class WalkResult:
    """The map, why the walk ended, and what it cost: presses and seconds of device time."""

    graph: Graph
    end: End
    steps: int
    seconds: float


class End(StrEnum):
    """Why a part of the walk is over."""

    DONE = "done"
    BUDGET = "budget"
    RESTART = "restart"
    CRASHED = "crashed"
    FORCED = "forced-update"
    FLOODED = "flooded"

    @property
    def cut_short(self) -> str:
        """Why the walk did not get to its end; empty where it did, and where it goes on from a new start."""
        return "" if self in (End.DONE, End.RESTART) else self.value


@dataclass(slots=True)
class Walk:
    """One walk through the app of a session. The same seed on the same app makes the same steps."""

    session: Session
    budget: Budget = field(default_factory=Budget)
    seed: int = 0
    graph: Graph = field(default_factory=Graph)
    moves: Moves = field(init=False)
    _began: float = 0.0
    _refused: float = 0.0
    _denials: int = 0
    _pictures: int = 0
    _crashes: int = 0
    _lasting: set[str] = field(default_factory=set)
    _asked: set[str] = field(default_factory=set)
    _handed_over: set[str] = field(default_factory=set)
    again: list[tuple[str, str]] = field(default_factory=list)
    _failures: dict[tuple[str, str], int] = field(default_factory=dict)
    _end: End | None = None
    _last: tuple[str, str] | None = None
    _departed: str = ""

    def __post_init__(self) -> None:
        """Take the session's hands."""
        self.moves = Moves(self.session)

    def run(self) -> WalkResult:
        """Walk until everything that can be reached was tried or the budget is spent."""
        session = self.session
        self._began = self._refused = session.uptime()
        try:
            with session.segment("walk") as part:
                end = self._explore()
                part.cut_short = end.cut_short
            if end not in (End.CRASHED, End.FORCED, End.FLOODED):
                self._return()
                end = self._restarts()
            if end is End.DONE and session.options.app_profile.login:
                end = self._as_user()
        finally:
            self._write()
        seconds = session.uptime() - self._began
        session.progress(f"{session.app.package}: {len(self.graph.screens)} screens, {self.moves.steps} steps, {seconds:.0f} s")
        return WalkResult(self.graph, end, self.moves.steps, seconds)

    # --- parts of the walk ----------------------------------------------------------------------------------------

    def _return(self) -> None:
        """Leave the app by Home and come back once."""
        session = self.session
        with session.segment("return"):
            session.press("home", "walk")
            session.idle(AWAY_SECONDS)
            session.launch(cold=False)
            self._watch(BACK_SECONDS)

    def _restarts(self) -> End:
        """Kill the app and go on from a new start: once, and again while there is something that only a start leads to."""
        session, end = self.session, End.DONE
        for number in range(2, MOST_RESTARTS + 2):
            session.stop()
            with session.segment(f"walk-{number}") as part:
                session.launch()
                self._last, self._departed = None, ""
                end = self._explore()
                part.cut_short = end.value if number > MOST_RESTARTS and end is End.RESTART else end.cut_short
                if end is not End.RESTART:
                    if self._rest() > 0 and end is not End.CRASHED:
                        Watch(session, self._rest(), step=SIT_STEP).run()
                    return end
        return end

    def _as_user(self) -> End:
        """Log in with the tester's own account, and go on with what only a user sees."""
        session = self.session
        with session.segment("login"):
            session.launch(cold=False)
            self._arrive(session.look())
            logged_in = log_in(session)
            self._watch(AFTER_OTHERS)
        if not logged_in:
            return End.DONE
        with session.segment("walk-logged-in") as part:
            end = self._explore()
            part.cut_short = end.cut_short
        return end

    def _explore(self) -> End:
        """Do what is worth the most, again and again."""
        self._end = None
        look = self._arrive(self.session.look())
        while look is not None and self._ended() is None:
            screen = self._observe(look)
            if self._spent():
                return End.BUDGET
            choice = self.repeat(screen) or self.next(screen)
            if choice is None:
                changed = self._await_change(look, screen)
                if changed is None:
                    return self.left_over(screen)
                look = changed
                continue
            look = self._go(look, choice.screen, choice.key, choice.path)
        return self._ended() or End.CRASHED

    def _await_change(self, look: Look, screen: Screen) -> Look | None:
        """Wait for a page with nothing left to do to go on by itself, as a splash does; None when it stays."""
        if screen.id in self._lasting:
            return None
        deadline = self.session.uptime() + LOADING_SECONDS
        while self.session.uptime() < deadline:
            self.session.idle(1.0)
            arrived = self._arrive(self.session.look())
            if arrived is None or self._ended() is not None or self._here(arrived, screen.id).id != screen.id:
                return arrived
        self._lasting.add(screen.id)
        return None

    def next(self, screen: Screen) -> Choice | None:
        """What to do next from a screen; None when nothing is left that can be reached from it."""
        return choose(self.graph, screen.id, self._known(), self.seed)

    def left_over(self, screen: Screen) -> End:
        """Whether a new start leads to something that no way leads to from here."""
        return End.RESTART if unreached(self.graph, screen.id, self._known()) else End.DONE

    def _ended(self) -> End | None:
        return self._end

    def _known(self) -> Known:
        given_up = frozenset(key for key, count in self._failures.items() if count >= MOST_FAILURES)
        return Known(frozenset(self._asked), self.session.options.app_profile.visit, given_up)

    def repeat(self, screen: Screen) -> Choice | None:
        """The function over which a permission was refused is used once more, where a way leads to it."""
        while self.again:
            name, key = self.again.pop(0)
            path = self.graph.paths(screen.id).get(name)
            if path is not None:
                return Choice(name, key, tuple(path), WANTED)
        return None

    def _go(self, look: Look, name: str, key: str, path: tuple[str, ...]) -> Look | None:
        """Go to a screen and do one thing there; the page that is in front afterwards, None when there is none."""
        for step in path:
            here = self._here(look)
            expected = self._leads_to(here, step)
            after = self._do(look, here, step)
            if after is None or self._here(after).id != expected:
                if after is not None:
                    self._failures[name, key] = self._failures.get((name, key), 0) + 1
                return after
            look = after
        return self._do(look, self._here(look), key)

    def _leads_to(self, screen: Screen, key: str) -> str:
        return dict(self.graph.moves(screen)).get(key, "")

    # --- one act --------------------------------------------------------------------------------------------------

    def _do(self, look: Look, screen: Screen, key: str) -> Look | None:
        """Do one thing on a screen and note on the map where it led."""
        if key == SCROLL:
            return self._scroll(look, screen)
        if key == FILL:
            screen.actions[FILL] = Action(FILL, "fill", tries=1, to=screen.id)
            return self._arrive(self.moves.fill(look))
        if key == BACK:
            action = screen.actions.setdefault(BACK, Action(BACK, "key"))
            self._last, self._departed = (screen.id, BACK), ""
            after = self._arrive(self.moves.back())
        else:
            action = screen.actions[key]
            found = self._find(look, key)
            if found is None:
                self._failures[screen.id, key] = MOST_FAILURES
                return self._arrive(self.session.look())
            self._last, self._departed = (screen.id, key), ""
            after = self._arrive(self.moves.press(found[1], screen.id))
        action.tries += 1
        if self._departed:
            action.to = self._departed
        elif after is not None:
            arrived = self._here(after, screen.id if key != BACK and action.kind != Kind.TAB else "").id
            if arrived != screen.id or not action.to:  # a press that is not taken once does not end a known way
                action.to = arrived
        return after

    def _find(self, look: Look, key: str) -> tuple[Look, Control] | None:
        """A control of the page by its key: from here downwards, then from the top."""

        def wanted(control: Control) -> bool:
            return control.key == key

        return self.moves.find(look, wanted) or self.moves.find(self.moves.to_top(self.session.look()), wanted)

    def _scroll(self, look: Look, screen: Screen) -> Look | None:
        """Look further down a page: what comes into sight belongs to the same screen."""
        after = self.moves.scroll(look)
        screen.scrolled += 1
        screen.scrolls_left = after is not None and screen.scrolled < SCROLLS
        if after is None:
            return look
        page = self.moves.page(after)
        if page is not None and page.screen not in self.graph:
            self.graph.aliases[page.screen] = screen.id
        arrived = self._arrive(after)
        if arrived is after and page is not None and self.graph.aliases.get(page.screen, page.screen) == screen.id:
            screen.learn(self.moves.controls(after), screen.scrolled)
        return arrived

    # --- where we are ---------------------------------------------------------------------------------------------

    def _here(self, look: Look, parent: str = "") -> Screen:
        """The screen of a look, made when it is new."""
        page = self.moves.page(look)
        name, title, skeleton = (page.screen, page.title, page.skeleton) if page else ("", "", "")
        front = self.session.front.component
        activity = front if self.session.app.owns(front) else ""
        if name in self.graph:
            return self.graph.screen(name)
        screen = self.graph.visit(name, title, skeleton=skeleton, activity=activity, parent=parent)
        if name:
            screen.scrolls_left = self.moves.can_scroll(look)
            if self._pictures < MOST_PICTURES:
                self._pictures += 1
                screen.picture = self.session.picture(f"screen {screen.id}") or ""
        return screen

    def _observe(self, look: Look) -> Screen:
        """The screen of a look, with the controls that are in sight now."""
        screen = self._here(look)
        screen.visits += 1
        screen.learn(self.moves.controls(look), 0)
        return screen

    def _spent(self) -> bool:
        spent = self.session.uptime() - self._began + self._rest()
        return spent > self.budget.minutes * 60 or self.moves.steps >= self.budget.steps

    def _rest(self) -> float:
        """How long the app must still be in front for the watch of this session to be long enough."""
        return self._refused + FOREGROUND_SECONDS - self.session.uptime()

    # --- what stands in the way -----------------------------------------------------------------------------------

    def _arrive(self, look: Look) -> Look | None:
        """Answer what stands in the way until a page of the app is in front; None when none comes."""
        session = self.session
        for _ in range(MOST_OBSTACLES):
            if look.dialog is not None and look.dialog.kind is not DialogKind.OTHER:
                self._answer(look)
            elif (found := find_interruption(look, session.app.package)) is not None:
                if found.kind == FORCED:
                    return self._forced(found)
                look = self.moves.close(found)
                continue
            elif _stopped(look):
                self._end = End.RESTART
                return look
            elif (kind := needs_person(look)) is not None and kind not in self._handed_over:
                self._handed_over.add(kind)
                hand_over(session, kind)
            elif look.shows((session.app.package,)):
                self._crashes = 0
                return look
            else:
                self._come_back(look)
            if self._denials >= MOST_DENIALS:
                session.note(f"more than {MOST_DENIALS} denials: the walk ends here")
                self._end = End.FLOODED
                return None
            if self._ended() is not None:
                return look
            if self._crashes > MOST_CRASHES:
                session.note("the app leaves by itself at each start: the walk ends here")
                self._end = End.CRASHED
                return None
            look = self.moves.settle()
        session.note("something on the screen could not be closed: the walk starts again")
        self._end = End.RESTART
        return look

    def _forced(self, found: Interruption) -> Look:
        """An update that cannot be refused: at a start the whole app is behind it, on a function only that one."""
        if self._last is None:
            self._watch(AFTER_OTHERS)  # it says so in the journal, as a problem
            self._end = End.FORCED
        else:
            self.session.note(f"强制更新 forced update over one function, never accepted: {found.text[:80]}")
            self._failures[self._last] = MOST_FAILURES
            self._end = End.RESTART
        return self.session.look()

    def _answer(self, look: Look) -> None:
        """Say no to an ask and watch; note on the map where it came from, and that the function is to be used again."""
        group = look.dialog.group if look.dialog else None
        groups = self._watch(AFTER_OTHERS if group in self._asked else AFTER_FIRST)
        looped = len(groups) >= MOST_ASKS
        if looped:
            self._end = End.RESTART  # a loop of dialogs: only a new start leads out of it
        if not groups or self._last is None:
            return
        screen, key = self._last
        action = self.graph.screen(screen).actions.get(key)
        if action is not None and key != BACK:
            if not action.asked and not looped:
                self.again.append((screen, key))
            action.asked += [each or "" for each in groups]
        if not {*filter(None, groups)} <= self._asked:
            self._refused = self.session.uptime()
        self._asked.update(filter(None, groups))

    def _watch(self, seconds: float) -> list[str | None]:
        watch = Watch(self.session, seconds, MOST_ASKS)
        watch.run()
        self._denials += watch.denials
        return watch.groups

    def _come_back(self, look: Look) -> None:
        """The app is not in front: a permission page without words, the settings, another app, or nothing of it."""
        session, app = self.session, self.session.app
        if look.shows(app.settings_packages):
            self._watch(AFTER_OTHERS)
            return
        strange = next((root.package for root in reversed(look.roots) if root.package not in (*app.home_packages, STATUS_BAR)), "")
        gone = look.shows(app.home_packages) or not strange
        self._departed = "left" if gone else f"outside:{strange}"
        if not gone:
            session.note(f"the app opened {strange}; back to it")
            session.picture("outside")
            session.press("back", "walk")
            session.idle(1.0)
            if session.look().shows((app.package,)):
                return
        else:
            session.picture("app-left")
            self._crashes += 1
        session.launch(cold=False)

    def _write(self) -> None:
        app = self.session.app
        data: dict[str, Any] = self.graph.to_json() | {
            "seed": self.seed,
            "steps": self.moves.steps,
            "asked": sorted(self._asked),
            "activities": {"declared": list(app.activities), "seen": sorted(filter(app.owns, self.session.front.seen))},
        }
        self.session.folder.write(WALK_FILE, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"))


def _stopped(look: Look) -> bool:
    """Whether Android says that the app does not answer or keeps stopping (AppNotRespondingDialog, AppErrorDialog)."""
    words = ("关闭应用", "close app", "等待", "wait")
    return any(
        root.package == "android" and any(node.text.casefold() in words for node in root.walk() if node.pressable) for root in look.roots
    )
