"""Walk: go through an unknown app, say no to everything that it may be refused, and see what it does next.

A walk has parts: its ``Position`` on the map, the ``Refusals`` and ``Obstacles`` it meets, its ``PageActs``, and the ``Chooser`` that
says what comes next. All that it does is in the journal, and the map is written to ``raw/walk.json`` at the end, also after an error.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.events.purposes import Purpose
from harness.explorer.choosers import ByWorth
from harness.explorer.obstacles import Obstacles
from harness.explorer.page_acts import PageActs
from harness.explorer.position import Position, WalkEnd
from harness.explorer.refusals import AFTER_OTHERS, Refusals
from harness.maps.choose import WANTED, Choice, Known
from harness.maps.graph import BACK, WALK_FILE
from harness.pages.controls import is_loading
from harness.session.login import log_in
from harness.session.watch import Watch

if TYPE_CHECKING:
    from harness.explorer.choosers import Chooser
    from harness.maps.graph import Graph, MappedScreen
    from harness.pages.look import Look
    from harness.session.session import Session

FOREGROUND_SECONDS = 185.0
"""How long the app is in front after the last group refused for the first time: 180 s, and a little (docs/rules.md 7.2)."""
AWAY_SECONDS, BACK_SECONDS, LEAVING_SECONDS = 5.0, 15.0, 3.0
MOST_RESTARTS = 8
"""New starts at most; two one after the other that lead to nothing more are enough."""
LOADING_SECONDS = 10.0
"""How long a page without anything left to do is given to go on by itself [PROJECT]: adverts at a start last 5 s, loading more."""
SIT_STEP = 2.0
MOST_BACKS = 12
"""How often Back is pressed on one page with nothing left to do: the same page may lie below itself."""
REPEAT_SECONDS = 20.0
"""What using a function again costs [PROJECT]: the way to it, the refusal and AFTER_OTHERS of watching."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a walk may cost: minutes of device time, and presses."""

    minutes: float = 13.0
    steps: int = 600


@dataclass(frozen=True, slots=True)
class WalkResult:
    """The map, why the walk ended, and what it cost: presses and seconds of device time."""

    graph: Graph
    end: WalkEnd
    steps: int
    seconds: float


@dataclass(slots=True)
class Walk:
    """One walk through the app of a session. The same seed on the same app makes the same steps.

    ``chooser`` says what is done next; by default what is worth the most.
    """

    session: Session
    budget: Budget = field(default_factory=Budget)
    seed: int = 0
    chooser: Chooser | None = None
    position: Position = field(init=False)
    refusals: Refusals = field(init=False)
    obstacles: Obstacles = field(init=False)
    acts: PageActs = field(init=False)
    _began: float = 0.0
    _lasting: set[str] = field(default_factory=set)
    _backed: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Put the parts together."""
        self.position = Position(self.session)
        self.refusals = Refusals(self.position)
        self.obstacles = Obstacles(self.position, self.refusals)
        self.acts = PageActs(self.position, self.obstacles)

    def run(self) -> WalkResult:
        """Walk until everything that can be reached was tried or the budget is spent."""
        session, position = self.session, self.position
        self._began = self.refusals.latest = session.uptime()
        try:
            with session.segment("walk") as part:
                end = self._explore()
                part.cut_short = end.cut_short
            if end not in (WalkEnd.CRASHED, WalkEnd.FORCED, WalkEnd.FLOODED):
                self._return()
                end = self._restarts()
            if end is WalkEnd.DONE and session.options.app_profile.login:
                end = self._as_user()
        finally:
            self._write()
        seconds, steps = session.uptime() - self._began, position.moves.steps
        session.progress(f"{session.app.package}: {len(position.graph.screens)} screens, {steps} steps, {seconds:.0f} s")
        return WalkResult(position.graph, end, steps, seconds)

    # --- parts of the walk ----------------------------------------------------------------------------------------

    def _return(self) -> None:
        """Leave the app by Home and come back once; then by Back, at which some apps ask for something more."""
        session = self.session
        with session.segment("return"):
            session.press("home", Purpose.WALK)
            session.idle(AWAY_SECONDS)
            session.launch(cold=False)
            self.refusals.watch(BACK_SECONDS)
            session.press("back", Purpose.WALK)
            self.refusals.watch(LEAVING_SECONDS)

    def _restarts(self) -> WalkEnd:
        """Kill the app and go on from a new start: once, and again while there is something that only a start leads to."""
        session, moves, end, barren = self.session, self.position.moves, WalkEnd.DONE, 0
        for number in range(2, MOST_RESTARTS + 2):
            session.stop()
            before = moves.steps
            with session.segment(f"walk-{number}") as part:
                session.launch()
                self.position.start()
                self._backed.clear()
                end = self._explore()
                part.cut_short = end.value if number > MOST_RESTARTS and end is WalkEnd.RESTART else end.cut_short
                barren = barren + 1 if moves.steps == before else 0
                last = end is not WalkEnd.RESTART or number > MOST_RESTARTS or barren > 1
                if last and self._rest() > 0 and end is not WalkEnd.CRASHED:
                    Watch(session, self._rest(), step=SIT_STEP).run()
            if last:
                break
        return end

    def _as_user(self) -> WalkEnd:
        """Log in with the tester's own account, and go on with what only a user sees."""
        session = self.session
        with session.segment("login"):
            session.launch(cold=False)
            self.obstacles.clear(session.look())
            logged_in = log_in(session)
            self.refusals.watch(AFTER_OTHERS)
        if not logged_in:
            return WalkEnd.DONE
        with session.segment("walk-logged-in") as part:
            end = self._explore()
            part.cut_short = end.cut_short
        return end

    def _explore(self) -> WalkEnd:
        """Do what the chooser says, again and again."""
        session, position, chooser = self.session, self.position, self.chooser or ByWorth(self.seed)
        position.end = None
        look = self.obstacles.clear(session.look())
        while look is not None and position.ended() is None:
            screen = position.visit(look)
            if self._spent():
                return WalkEnd.BUDGET
            if is_loading(look.roots, session.app.package) and screen.id not in self._lasting:
                look = self._await_change(look, screen) or session.look()
                continue
            choice = self._choice(screen, chooser)
            if choice is None:
                if (back := self._step_back(screen)) is not None:
                    look = back
                    continue
                changed = self._await_change(look, screen)
                if changed is None:
                    return self._left_over(screen, chooser)
                look = changed
                continue
            self._backed.clear()
            look = self.acts.carry_out(look, choice)
        return position.ended() or WalkEnd.CRASHED

    def _choice(self, screen: MappedScreen, chooser: Chooser) -> Choice | None:
        """What to do next; what was refused is used again when nothing else is left, or when the time is needed for it.

        Android asks for a group twice at most (PermissionManager, USER_FIXED), and the second time shows more at another function than
        at the same one.
        """
        if not chooser.repeats:
            return chooser.next(self.position.graph, screen, self._known())
        pressing = self._left() < REPEAT_SECONDS * len(self.refusals.again)
        first = self._repeat(screen) if pressing else None
        return first or chooser.next(self.position.graph, screen, self._known()) or self._repeat(screen)

    def _repeat(self, screen: MappedScreen) -> Choice | None:
        """A function over which a permission was refused, where a way leads to it; else it waits for a new start."""
        again, paths = self.refusals.again, self.position.graph.paths(screen.id)
        for number, (name, key) in enumerate(again):
            if name in paths:
                del again[number]
                return Choice(name, key, tuple(paths[name]), WANTED)
        return None

    def _left_over(self, screen: MappedScreen, chooser: Chooser) -> WalkEnd:
        """Whether a new start leads to something that no way leads to from here."""
        again = chooser.repeats and self.refusals.again
        return WalkEnd.RESTART if again or chooser.goes_on(self.position.graph, screen, self._known()) else WalkEnd.DONE

    def _known(self) -> Known:
        return Known(frozenset(self.refusals.asked), self.session.options.app_profile.visit, self.position.given_up())

    def _step_back(self, screen: MappedScreen) -> Look | None:
        """One Back from a page with nothing left to do: the way that led here is not always the one the map knows."""
        graph, known = self.position.graph, screen.actions.get(BACK)
        leads_out = known and known.to not in ("", screen.id, *graph.screens)
        if screen.id == graph.home or self._backed[screen.id] >= MOST_BACKS or leads_out:
            return None
        self._backed[screen.id] += 1
        after = self.acts.back(screen)
        if after is not None and self.position.screen(after).id == screen.id:
            self._backed[screen.id] = MOST_BACKS  # it does not move; a second one may end the app
        return after

    def _await_change(self, look: Look, screen: MappedScreen) -> Look | None:
        """Wait for a page with nothing left to do to go on by itself, as a splash does; None when it stays."""
        if screen.id in self._lasting:
            return None
        deadline = self.session.uptime() + LOADING_SECONDS
        while self.session.uptime() < deadline:
            self.session.idle(1.0)
            arrived = self.obstacles.clear(self.session.look())
            if arrived is None or self.position.ended() is not None or self.position.screen(arrived, screen.id).id != screen.id:
                return arrived
        self._lasting.add(screen.id)
        return None

    def _spent(self) -> bool:
        return self._left() <= 0 or self.position.moves.steps >= self.budget.steps

    def _left(self) -> float:
        """Seconds of the budget that are left; walking is time in front, too."""
        return self._began + self.budget.minutes * 60 - self.session.uptime()

    def _rest(self) -> float:
        """How long the app should still be in front for the watch of this session to be long enough, as far as the budget goes."""
        return min(self.refusals.latest + FOREGROUND_SECONDS - self.session.uptime(), self._left())

    def _write(self) -> None:
        app = self.session.app
        data: dict[str, Any] = self.position.graph.to_json() | {
            "seed": self.seed,
            "steps": self.position.moves.steps,
            "asked": sorted(self.refusals.asked),
            "activities": {"declared": list(app.activities), "seen": sorted(filter(app.owns, self.session.front.seen))},
        }
        self.session.folder.write(WALK_FILE, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"))
