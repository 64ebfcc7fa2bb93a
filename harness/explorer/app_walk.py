"""Walk: go through an unknown app, say no to everything that it may be refused, and see what it does next.

A walk has parts: its ``Position`` on the map, the ``PermissionDenials`` and ``Obstacles`` it meets, and the
``Exploration`` that asks an ``ExplorationStrategy`` what comes next and does it by ``PageActions``. All that it does is
in the journal, and the map is written to ``raw/walk.json`` at the end, also after an error.
"""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from harness.dialogs.walls import is_loading
from harness.events.action_kinds import Purpose
from harness.explorer.exploration import QUIET_SECONDS, Exploration
from harness.explorer.exploration_strategies import ExplorationStrategy, GreedyStrategy
from harness.explorer.first_start import FirstStart
from harness.explorer.obstacles import Obstacles
from harness.explorer.page_actions import PageActions
from harness.explorer.permission_denials import AFTER_OTHERS, PermissionDenials
from harness.explorer.position import Position
from harness.explorer.recorded_actions import FIRST_PART
from harness.explorer.route_replay import walked
from harness.explorer.walk_extent import is_wordless, tell_walk
from harness.language import _
from harness.maps.action_selection import spared
from harness.maps.graph import WALK_FILE, Graph
from harness.maps.walk_end import WalkEnd, WalkEnding
from harness.session.login import log_in
from harness.session.screen_watch import Watch
from harness.session.session import Session

FOREGROUND_SECONDS = 200.0
"""How long the app is used after the last group refused for the first time: 180 s in front (docs/procedure.md), 5 s
away at the home screen, 3 s after Back, and the starts of a slow phone meanwhile."""
HOME_SECONDS = 60.0
"""How long the first page behind those of a first start is watched: as long as a start without such pages is."""
AWAY_SECONDS, BACK_SECONDS, LEAVING_SECONDS = 5.0, 15.0, 3.0
FIRST_RESTART = 2
MOST_RESTARTS = 8
"""New starts at most, but for those after one that led to something new; two in a row without a press are enough."""
USES = 2
"""How often everything is used, from the second start on [PROJECT]: what asks only then, or again, is met."""
SIT_STEP = 2.0
MOST_SAT = 4
"""How often an app that leaves while nothing is pressed is brought back for it [PROJECT]."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget of a walk: minutes of device time, and presses."""

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

    ``strategy`` says what is done next; by default what is worth the most.
    """

    session: Session
    budget: Budget = field(default_factory=Budget)
    seed: int = 0
    strategy: ExplorationStrategy | None = None
    position: Position = field(init=False)
    refusals: PermissionDenials = field(init=False)
    obstacles: Obstacles = field(init=False)
    exploration: Exploration = field(init=False)
    ending: WalkEnding | None = None
    _returned: bool = False
    _logged_in: bool = False

    def __post_init__(self) -> None:
        """Put the parts together."""
        self.position = Position(self.session)
        self.refusals = PermissionDenials(self.position)
        self.obstacles = Obstacles(self.position, self.refusals)
        acts, strategy, budget = PageActions(self.position, self.obstacles), self.strategy or GreedyStrategy(self.seed), self.budget
        self.exploration = Exploration(self.position, self.refusals, self.obstacles, acts, strategy, 60 * budget.minutes, budget.steps)

    def run(self) -> WalkResult:
        """Walk until everything that can be reached was tried or the budget is spent."""
        session, position = self.session, self.position
        self.exploration.began = self.refusals.latest = session.uptime()
        try:
            with session.segment("walk") as part:
                end = self.exploration.run()
                part.cut_short = end.cut_short
            if end not in (WalkEnd.CRASHED, WalkEnd.FORCED, WalkEnd.FLOODED):
                self._return()
                end = self._restarts()
            if end in (WalkEnd.DONE, WalkEnd.UNPRESSED, WalkEnd.UNLOADED) and session.options.app_profile.login:
                end = self._as_user()
            self.ending = self._ending(end)
            tell_walk(session, "walk", position.graph, self.ending.first + self.ending.gone, logged_in=self._logged_in)
        finally:
            self._write()
        seconds, steps = session.uptime() - self.exploration.began, position.moves.steps
        session.progress(
            _(
                "{package}: {screens} screens, {steps} steps, {seconds:.0f} s",
                package=session.app.package,
                screens=len(position.graph.screens),
                steps=steps,
                seconds=seconds,
            )
        )
        session.progress(self.ending.words)
        return WalkResult(position.graph, end, steps, seconds)

    def use(self, segment: str) -> None:
        """Go through the app in one part of the run, as far as the budget goes; the map of the walk stays another's.

        What led the walk of this run to asks, or did something less, is used first.
        """
        self.exploration.first = walked(self.session).ways_to_asks(self.session.acts.lesser)
        self.exploration.began = self.refusals.latest = self.session.uptime()
        with self.session.segment(segment) as part:
            part.cut_short = self._through_starts().cut_short
            first, _second, gone = self.exploration.left_over(1)
            tell_walk(self.session, segment, self.position.graph, first + gone)

    def first_steps(self) -> None:
        """Go through the pages of a first start, as far as the app that runs now shows some.

        The page behind them is what the app really starts with, so it is watched as long as the start was.
        """
        self.exploration.began = self.refusals.latest = self.session.uptime()
        self.exploration.strategy = FirstStart()
        with self.session.segment(FIRST_PART):
            self.exploration.run()
            if self.position.moves.steps:
                self.refusals.watch(HOME_SECONDS)

    def _through_starts(self) -> WalkEnd:
        """Explore, and go on from a new start where a part ends in one, while there is time and a press at each."""
        end, pressed = self.exploration.run(), True
        while end is WalkEnd.RESTART and pressed and self.exploration.left() > QUIET_SECONDS:
            before = self.position.moves.steps
            self.session.stop()
            self.session.launch()
            self.exploration.start()
            end = self.exploration.run()
            pressed = self.position.moves.steps > before
        return end

    # --- parts of the walk ----------------------------------------------------------------------------------------

    def _return(self) -> None:
        """Leave the app by Home and come back once; then by Back, at which some apps ask for something more."""
        session = self.session
        with session.segment("return"):
            self._leave()
            session.press("back", Purpose.WALK)
            self.refusals.watch(LEAVING_SECONDS)
        self._returned = True

    def _leave(self) -> None:
        """Leave the page in front by Home and come back to it."""
        self.session.press("home", Purpose.WALK)
        self.session.idle(AWAY_SECONDS)
        self.session.launch(cold=False)
        self.refusals.watch(BACK_SECONDS)

    def _restarts(self) -> WalkEnd:
        """Kill the app and go on from a new start.

        Once, and again while there is something that only a start leads to.
        """
        session, moves, end, barren = self.session, self.position.moves, WalkEnd.DONE, 0
        self.exploration.uses = USES
        for number in count(FIRST_RESTART):
            session.stop()
            before, pages = moves.steps, self._met()
            with session.segment(f"walk-{number}") as part:
                session.launch()
                self.exploration.start()
                if number == FIRST_RESTART and self.position.ended() is None:
                    self._leave()  # the page of the start asks at a return, too, and the walk ended on another
                end = self.exploration.run()
                end = self._reached() if end is WalkEnd.DONE else end
                new = moves.steps > before and self._met() > pages
                spent = number > MOST_RESTARTS and not new
                part.cut_short = end.words if spent and end is WalkEnd.RESTART else end.cut_short
                barren = barren + 1 if moves.steps == before else 0
                last = end is not WalkEnd.RESTART or spent or barren > 1
                self.exploration.hopeful = new and not last and number < MOST_RESTARTS
                if last and self._rest() > 0 and end is not WalkEnd.CRASHED:
                    self._sit()
            if last:
                break
        return end

    def _reached(self) -> WalkEnd:
        """How a walk with nothing left to do ended: it is done if it saw a page of the app and pressed something."""
        if not self.position.saw_inside():
            return WalkEnd.SHUT_OUT
        if self.position.moves.steps:
            return WalkEnd.DONE
        if spared(self.position.graph):
            return WalkEnd.UNPRESSED
        screens = self.position.graph.screens.values()
        return WalkEnd.UNLOADED if all(is_wordless(screen) or is_loading(screen.title) for screen in screens) else WalkEnd.DONE

    def _met(self) -> int:
        """How many pages were met, and how often one had other rows than before."""
        return sum(1 + screen.renewed for screen in self.position.graph.screens.values())

    def _sit(self) -> None:
        """Let the app be in front for as long as it should still be; one that leaves is brought back."""
        for _turn in range(MOST_SAT):
            self.obstacles.clear(self.session.look())
            watch = Watch(self.session, max(self._rest(), 0.0), step=SIT_STEP, in_front=True)
            watch.run()
            if watch.left_at is None or self._rest() <= 0:
                return
            self.refusals.latest += self.session.uptime() - watch.left_at

    def _as_user(self) -> WalkEnd:
        """Log in with the tester's own account, and go on with what only a user sees."""
        session = self.session
        with session.segment("login"):
            session.launch(cold=False)
            self.obstacles.clear(session.look())
            self._logged_in = log_in(session)
            self.refusals.watch(AFTER_OTHERS)
        if not self._logged_in:
            return WalkEnd.DONE
        with session.segment("walk-logged-in") as part:
            end = self.exploration.run()
            part.cut_short = end.cut_short
        return end

    def _rest(self) -> float:
        """How long the app should still be in front for this session's watch to be long enough, within the budget."""
        return min(self.refusals.latest + FOREGROUND_SECONDS - self.session.uptime(), self.exploration.left())

    def _ending(self, end: WalkEnd) -> WalkEnding:
        first, second, gone = self.exploration.left_over(USES)
        session, seconds = self.session, round(self.session.uptime() - self.exploration.began)
        of_seconds, steps = round(self.exploration.seconds), self.position.moves.steps
        graph, left = self.position.graph, (self.budget.steps, first, second, self._returned, gone)
        feeds = [screen.scrolled for screen in graph.screens.values() if screen.goes_on]
        return WalkEnding(
            end, seconds, of_seconds, steps, *left, len(spared(graph)), len(feeds), max(feeds, default=0), dict(session.acts.told)
        )

    def _write(self) -> None:
        app = self.session.app
        data: dict[str, Any] = self.position.graph.to_json() | {
            "seed": self.seed,
            "steps": self.position.moves.steps,
            "asked": sorted(self.refusals.asked),
            "covered": sorted(self.obstacles.covered),
            "ending": self.ending.to_json() if self.ending else None,
            "activities": {"declared": list(app.activities), "seen": sorted(filter(app.owns, self.session.foreground.seen))},
        }
        self.session.folder.set_aside(WALK_FILE)
        self.session.folder.write(WALK_FILE, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"))
