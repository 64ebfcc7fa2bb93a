"""Walk: go through an unknown app, say no to everything that it may be refused, and see what it does next.

Where it goes is chosen from the map so far (``choose``); what stands in the way is answered by a ``Watch``. All that it does is
in the journal, and the map is written to ``raw/walk.json`` at the end, also after an error.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.explorer.choose import FILL, SCROLL, WANTED, Choice, Known, agrees, choose, unreached
from harness.explorer.graph import BACK, Action
from harness.explorer.ground import AFTER_OTHERS, MOST_FAILURES, End, Ground
from harness.pages.controls import Kind, is_loading
from harness.session.login import log_in
from harness.session.moves import SCROLLS
from harness.session.watch import Watch

if TYPE_CHECKING:
    from harness.explorer.graph import Graph, Screen
    from harness.pages.controls import Control
    from harness.pages.look import Look

FOREGROUND_SECONDS = 185.0
"""How long the app is in front after the last group that was refused for the first time (verdicts.md: 180 s, and a little)."""
AWAY_SECONDS, BACK_SECONDS, LEAVING_SECONDS = 5.0, 15.0, 3.0
MOST_RESTARTS = 8
"""New starts at most; two one after the other that lead to nothing more are enough."""
LOADING_SECONDS = 10.0
"""How long a page without anything left to do is given to go on by itself [PROJECT]: adverts at a start last 5 s, loading more."""
SIT_STEP = 2.0
MOST_BACKS = 12
"""How often Back is pressed on one page with nothing left to do: the same page may lie below itself."""
MOST_STRAYS = 6
"""How often the way to one thing may lead elsewhere until that is given up: each time the map is better."""
REPEAT_SECONDS = 20.0
"""What using a function again costs [PROJECT]: the way to it, the refusal and AFTER_OTHERS of watching."""
WALK_FILE = "raw/walk.json"


@dataclass(frozen=True, slots=True)
class Budget:
    """What a walk may cost: minutes of device time, and presses."""

    minutes: float = 13.0
    steps: int = 600


@dataclass(frozen=True, slots=True)
class WalkResult:
    """The map, why the walk ended, and what it cost: presses and seconds of device time."""

    graph: Graph
    end: End
    steps: int
    seconds: float


@dataclass(slots=True)
class Walk(Ground):
    """One walk through the app of a session. The same seed on the same app makes the same steps."""

    budget: Budget = field(default_factory=Budget)
    seed: int = 0
    _began: float = 0.0
    _lasting: set[str] = field(default_factory=set)
    _backed: Counter[str] = field(default_factory=Counter)
    _strays: Counter[tuple[str, str]] = field(default_factory=Counter)

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
        """Leave the app by Home and come back once; then by Back, at which some apps ask for something more."""
        session = self.session
        with session.segment("return"):
            session.press("home", "walk")
            session.idle(AWAY_SECONDS)
            session.launch(cold=False)
            self._watch(BACK_SECONDS)
            session.press("back", "walk")
            self._watch(LEAVING_SECONDS)

    def _restarts(self) -> End:
        """Kill the app and go on from a new start: once, and again while there is something that only a start leads to."""
        session, end, barren = self.session, End.DONE, 0
        for number in range(2, MOST_RESTARTS + 2):
            session.stop()
            before = self.moves.steps
            with session.segment(f"walk-{number}") as part:
                session.launch()
                self._last, self._departed = None, ""
                self._backed.clear()
                end = self._explore()
                part.cut_short = end.value if number > MOST_RESTARTS and end is End.RESTART else end.cut_short
                barren = barren + 1 if self.moves.steps == before else 0
                last = end is not End.RESTART or number > MOST_RESTARTS or barren > 1
                if last and self._rest() > 0 and end is not End.CRASHED:
                    Watch(session, self._rest(), step=SIT_STEP).run()
            if last:
                break
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
        session = self.session
        look = self._arrive(session.look())
        while look is not None and self._ended() is None:
            screen = self._observe(look)
            if self._spent():
                return End.BUDGET
            if is_loading(look.roots, session.app.package) and screen.id not in self._lasting:
                look = self._await_change(look, screen) or session.look()
                continue
            choice = (self.repeat(screen) if self._pressing() else None) or self.next(screen) or self.repeat(screen)
            if choice is None:
                if (back := self._step_back(screen)) is not None:
                    look = back
                    continue
                changed = self._await_change(look, screen)
                if changed is None:
                    return self.left_over(screen)
                look = changed
                continue
            self._backed.clear()
            look = self._go(look, choice.screen, choice.key, choice.path)
        return self._ended() or End.CRASHED

    def _step_back(self, screen: Screen) -> Look | None:
        """One Back from a page with nothing left to do: the way that led here is not always the one the map knows."""
        known = screen.actions.get(BACK)
        leads_out = known and known.to not in ("", screen.id, *self.graph.screens)
        if screen.id == self.graph.home or self._backed[screen.id] >= MOST_BACKS or leads_out:
            return None
        self._backed[screen.id] += 1
        self._last, self._departed = (screen.id, BACK), ""
        after = self._arrive(self.moves.back())
        if after is not None and self._here(after).id == screen.id:
            self._backed[screen.id] = MOST_BACKS  # it does not move; a second one may end the app
        return after

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
        return End.RESTART if self.again or unreached(self.graph, screen.id, self._known()) else End.DONE

    def _known(self) -> Known:
        given_up = frozenset(key for key, count in self._failures.items() if count >= MOST_FAILURES)
        return Known(frozenset(self._asked), self.session.options.app_profile.visit, given_up)

    def _pressing(self) -> bool:
        """Whether the time that is left is needed for the functions to be used again."""
        return self._left() < REPEAT_SECONDS * len(self.again)

    def repeat(self, screen: Screen) -> Choice | None:
        """The function over which a permission was refused is used once more, where a way leads to it; else after a new start.

        It comes after all else: Android asks for a group twice at most (PermissionManager, USER_FIXED), and the second time shows
        more at another function than at the same one.
        """
        paths = self.graph.paths(screen.id)
        for number, (name, key) in enumerate(self.again):
            if name in paths:
                del self.again[number]
                return Choice(name, key, tuple(paths[name]), WANTED)
        return None

    def _go(self, look: Look, name: str, key: str, path: tuple[str, ...]) -> Look | None:
        """Go to a screen and do one thing there; the page that is in front afterwards, None when there is none."""
        for step, expected in self._plan(look, path):
            here = self._here(look)
            after = self._do(look, here, step)
            if after is None:
                return None
            if self._ended() is not None:
                self._failures[name, key] = self._failures.get((name, key), 0) + 1
                return after
            if self._here(after).id != expected:
                self._strayed(here, step, expected, (name, key))
                return after
            look = after
        return self._do(look, self._here(look), key)

    def _strayed(self, here: Screen, step: str, expected: str, goal: tuple[str, str]) -> None:
        """A known way led elsewhere: it is none any more when it happens again, and its goal is given up only after several."""
        self._strays[here.id, step] += 1
        action = here.actions.get(step)
        if action is not None and action.to == expected and self._strays[here.id, step] >= MOST_FAILURES:
            action.to = ""
        self._strays[goal] += 1
        if self._strays[goal] >= MOST_STRAYS:
            self._failures[goal] = MOST_FAILURES

    def _plan(self, look: Look, path: tuple[str, ...]) -> list[tuple[str, str]]:
        """The steps of a way with the screen that each leads to, as the map has it now: it changes while we go."""
        steps, screen = [], self._here(look)
        for step in path:
            to = dict(self.graph.moves(screen)).get(step, "")
            steps.append((step, to))
            if to not in self.graph:
                break
            screen = self.graph.screen(to)
        return steps

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
            asked, filled = len(action.asked), False
            self._last, self._departed = (screen.id, BACK), ""
            after = self._arrive(self.moves.back())
        else:
            action = screen.actions[key]
            asked = len(action.asked)
            if action.kind != Kind.SWITCH:
                look = self._ready(look, screen, action)
            filled = self.moves.filled(look)
            found = self._find(look, action)
            if found is None:
                self._failures[screen.id, key] = MOST_FAILURES
                return self._arrive(self.session.look())
            self._last, self._departed = (screen.id, key), ""
            after = self._arrive(self.moves.press(found[1], screen.id))
        if self._ended() is End.RESTART and len(action.asked) == asked:
            return after  # the app was frozen before: the press was not taken
        action.tries += 1
        if self._departed:
            action.to = self._departed
        elif after is not None and self._ended() is None:
            arrived = self._here(after, screen.id if key != BACK and action.kind != Kind.TAB else "").id
            if arrived != screen.id or not action.to:  # a press that is not taken once does not end a known way
                action.to = arrived
                action.filled = filled and arrived != screen.id
            if key != BACK and action.kind != Kind.TAB:
                self.graph.opened(screen.id, arrived)
        return after

    def _ready(self, look: Look, screen: Screen, action: Action) -> Look:
        """Bring a page into the state in which a control of it was known: its terms agreed to, its fields filled."""
        look = self._agree(look, screen)
        if FILL not in screen.actions or self.moves.filled(look):
            return look
        disabled = not action.scrolls and all(control.key != action.key for control in self.moves.controls(look))
        return self.moves.fill(look) if action.filled or disabled else look

    def _agree(self, look: Look, screen: Screen) -> Look:
        """Tick the box of the terms again, where a page forgot it: without it a login only says so."""
        boxes = [c for c in self.moves.controls(look) if c.kind == Kind.SWITCH and agrees(c.text) and not c.checked and not c.dangerous]
        ticked = [box for box in boxes if box.key in screen.actions and screen.actions[box.key].tries]
        return self.moves.press(ticked[0], screen.id) if ticked else look

    def _find(self, look: Look, action: Action) -> tuple[Look, Control] | None:
        """A control of the page: from here, then from the top as far down as it was seen; what is no row of a list all the way."""

        def wanted(control: Control) -> bool:
            return control.key == action.key

        found = self.moves.find(look, wanted, action.scrolls + 1)
        if found is None and look.roots and self.moves.can_scroll(look):
            top = self.moves.to_top(self.session.look())
            found = self.moves.find(top, wanted, SCROLLS if not action.rows else action.scrolls + 2)
        return found

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

    def _spent(self) -> bool:
        return self._left() <= 0 or self.moves.steps >= self.budget.steps

    def _left(self) -> float:
        """Seconds of the budget that are left; walking is time in front, too."""
        return self._began + self.budget.minutes * 60 - self.session.uptime()

    def _rest(self) -> float:
        """How long the app should still be in front for the watch of this session to be long enough, as far as the budget goes."""
        return min(self._refused + FOREGROUND_SECONDS - self.session.uptime(), self._left())

    def _write(self) -> None:
        app = self.session.app
        data: dict[str, Any] = self.graph.to_json() | {
            "seed": self.seed,
            "steps": self.moves.steps,
            "asked": sorted(self._asked),
            "activities": {"declared": list(app.activities), "seen": sorted(filter(app.owns, self.session.front.seen))},
        }
        self.session.folder.write(WALK_FILE, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"))
