"""Exploration: a part of a walk, from where the app is until nothing is left, time is up or something ends it."""

from collections import Counter
from dataclasses import dataclass, field, replace

from harness.explorer.exploration_strategies import ExplorationStrategy
from harness.explorer.first_start import has_tabs
from harness.explorer.obstacles import Obstacles
from harness.explorer.page_actions import PageActions
from harness.explorer.permission_denials import PermissionDenials
from harness.explorer.position import Position
from harness.maps.action_selection import WANTED, ActionChoice, Known, left_over
from harness.maps.graph import BACK, Action, MappedScreen
from harness.maps.walk_end import WalkEnd
from harness.pages.controls import is_loading
from harness.pages.look import Look
from harness.session.policy_reading import READING_SECONDS, read_policy_in_front
from harness.session.view_actions import LOADING_SECONDS

MOST_BACKS = 12
"""How often Back is pressed on one page with nothing left to do: the same page may lie below itself."""
MOST_DEPARTURES = 2
"""How often Back leads out of the app by one start, until it is pressed on no page any more [PROJECT]."""
REPEAT_SECONDS = 20.0
"""What using a function again costs [PROJECT]: the way to it, the refusal and AFTER_OTHERS of watching."""
QUIET_SECONDS = 10.0
"""How long nothing is pressed after a cold start [PROJECT]."""
SPLASH_SECONDS = 20.0
"""How long the first page of a start with nothing to press is given to go on, after the quiet [PROJECT]: an advert that
nothing closes stays longer than one with 跳过."""
START_SECONDS = 420.0
"""How long after a group was refused for the first time the app is started anew [PROJECT].

c5-asks-again-on-relaunch looks at the 10 minutes after a refusal, however long the walk is; an act with its watch takes
up to two of them."""


STAND_SECONDS, MOST_STOOD = 5.0, 24
"""How long a page of a kind that is new since something was refused is left to itself, and how many are [PROJECT]: what
nags does so a few seconds after a page opened."""
HOPELESS = 31.0
"""What is worth less than nothing by this waits while new starts still lead to something new [PROJECT]: what did
nothing before."""
POOR = 0.0
"""What is worth less than this is put beside second uses and returns [PROJECT]: far away, or among dead controls."""


@dataclass(slots=True)
class Exploration:
    """The loop of a walk: look, ask the strategy, do what it says.

    It may cost ``seconds`` of device time from the uptime ``began`` on, and ``steps`` presses.
    """

    position: Position
    refusals: PermissionDenials
    obstacles: Obstacles
    acts: PageActions
    strategy: ExplorationStrategy
    seconds: float
    steps: int
    began: float = 0.0
    uses: int = 1
    """How often everything is used while there is time."""
    hopeful: bool = False
    """Whether a new start is likelier to lead to something new than what did nothing before."""
    first: frozenset[str] | None = None
    """The keys of what is used first where permissions are allowed: what led an earlier walk to asks."""
    _reading: float = READING_SECONDS
    _lasting: set[str] = field(default_factory=set)
    _stood: set[tuple[str, str]] = field(default_factory=set)
    _backed: Counter[str] = field(default_factory=Counter)
    _arriving: bool = True
    _departures: int = 0

    def run(self) -> WalkEnd:
        """Do what the strategy says, again and again."""
        session, position = self.position.session, self.position
        position.end = None
        look = self.obstacles.clear(session.look())
        while look is not None and position.ended() is None:
            screen = position.visit(look)
            position.until = self.began + self.seconds
            if self._spent():
                return WalkEnd.DONE if self._whole(screen) else WalkEnd.BUDGET
            goes_on = not screen.actions or is_loading(look.roots, session.app.package)  # a logo, a page that loads
            if goes_on and screen.id not in self._lasting:
                look = self._await_change(look, screen) or session.look()
                continue
            self._arrive(screen)
            if (asked := self._stand(look, screen)) is not None:
                look = asked
                continue
            if self._pressed_for_time() and self._all_wait():
                return WalkEnd.RESTART
            if self._start_is_due():
                return WalkEnd.RESTART
            choice = self._choice(screen)
            if choice is None and not self.strategy.returns:
                return WalkEnd.DONE
            if self.hopeful and choice is not None and choice.worth < -HOPELESS:
                return WalkEnd.RESTART
            cut_off = choice is not None and choice.worth < POOR and self._is_cut_off(screen)
            if choice is None or cut_off:  # little is left to press here
                if (back := self._step_back(screen)) is not None:
                    look = back
                    continue
                changed = self._await_change(look, screen)
                if changed is None:
                    return WalkEnd.RESTART if cut_off else self._left_over(screen)
                look = changed
                continue
            self._backed.clear()
            look = self._policy_read(self.acts.carry_out(look, choice))
        return position.ended() or WalkEnd.CRASHED

    def _policy_read(self, look: Look | None) -> Look | None:
        """Read the page that a press led to, where it is the privacy policy; that takes none of the walk's time."""
        position, session = self.position, self.position.session
        if look is None or position.pressed is None or position.departed or position.ended() is not None or not self.strategy.repeats:
            return look
        from_page, key = position.pressed
        here, action = position.screen(look), position.graph.screen(from_page).actions.get(key)
        if action is None or here.id == from_page:
            return look
        began = session.uptime()
        if swipes := read_policy_in_front(session, here.id, (action.text, here.title), self._reading):
            look = self.obstacles.clear(position.moves.to_top(session.look(), swipes))
            spent = session.uptime() - began
            self.began, self._reading = self.began + spent, self._reading - spent
        return look

    def start(self) -> None:
        """The app was started anew; it is left to itself first: what it asks for now, no press of ours asked for."""
        self.position.start()
        self.refusals.start()
        self._backed.clear()
        self._lasting.discard(self.position.graph.home)  # a splash that outlasted one start may end at the next
        self._arriving, self._departures = True, 0
        session = self.position.session
        until = session.uptime() + QUIET_SECONDS
        look = self.obstacles.clear(session.look())
        while look is not None and self.position.ended() is None and (rest := until - session.uptime()) > 0:
            if session.wait_for_change(rest, look):
                look = self.obstacles.clear(session.look())

    def _choice(self, screen: MappedScreen) -> ActionChoice | None:
        """What to do next; what was refused is used again when nothing else is left, or when the time is needed for it.

        Android asks for a group twice at most (PermissionManager, USER_FIXED), and the second time shows more at
        another function than at the same one, and more after a new start than before.
        """
        if not self.strategy.repeats:
            return self.strategy.next(self.position.graph, screen, self._known())
        first = self._repeat(screen) if self._pressed_for_time() else None
        choice = first or self.strategy.next(self.position.graph, screen, self._known()) or self._repeat(screen)
        if choice is not None and choice.worth >= POOR:
            return choice
        rest = self._rest(screen)
        return rest if choice is None or (rest is not None and rest.worth > choice.worth) else choice

    def _pressed_for_time(self) -> bool:
        """Whether what is to be used again takes all the time that is left."""
        return self.strategy.repeats and bool(self.refusals.again) and self.left() < REPEAT_SECONDS * len(self.refusals.again)

    def _repeat(self, screen: MappedScreen) -> ActionChoice | None:
        """A function over which a permission was refused, where a way leads to it; else it waits for a new start."""
        name, key, path = self._repeatable(screen) or ("", "", ())
        if not name:
            return None
        self.refusals.again.remove((name, key))
        return ActionChoice(name, key, path, WANTED)

    def _repeatable(self, screen: MappedScreen) -> tuple[str, str, tuple[str, ...]] | None:
        """The first such function, its key and the way to it; what was refused just once waits for a new start."""
        paths, waiting = self.position.graph.paths(screen.id), self.refusals.waiting()
        for name, key in self.refusals.again:
            asked = self.position.graph.screen(name).actions[key].asked
            if name in paths and not waiting & {*asked}:
                return name, key, tuple(paths[name])
        return None

    def _start_is_due(self) -> bool:
        """Whether what was refused by this start was refused long enough ago to see what a new one asks for."""
        new_at = self.refusals.new_at
        return self.strategy.repeats and new_at is not None and self.position.session.uptime() > new_at + START_SECONDS

    def _whole(self, screen: MappedScreen) -> bool:
        """Whether nothing is left but what the strategy leaves out by itself."""
        return self.strategy.repeats and not self.refusals.again and not self.strategy.goes_on(self.position.graph, screen, self._known())

    def _all_wait(self) -> bool:
        """Whether everything that is to be used again waits for a new start."""
        waiting, graph = self.refusals.waiting(), self.position.graph
        return all(waiting & {*graph.screen(name).actions[key].asked} for name, key in self.refusals.again)

    def _rest(self, screen: MappedScreen) -> ActionChoice | None:
        """What the strategy leaves out, while there is time: the map has no open ends then; at last all of it again."""
        return self.strategy.next(self.position.graph, screen, replace(self._known(), thorough=True, uses=self.uses))

    def _left_over(self, screen: MappedScreen) -> WalkEnd:
        """Whether a new start leads to something that no way leads to from here."""
        again = self.strategy.repeats and self.refusals.again
        return WalkEnd.RESTART if again or self.strategy.goes_on(self.position.graph, screen, self._known()) else WalkEnd.DONE

    def _known(self) -> Known:
        visit = self.position.session.options.app_profile.visit
        return Known(frozenset(self.refusals.asked), visit, self.position.given_up(), self.refusals.waiting(), first=self.first)

    def _step_back(self, screen: MappedScreen) -> Look | None:
        """One Back from a page with nothing left to do: the way that led here is not always the one the map knows."""
        graph, known = self.position.graph, screen.actions.get(BACK)
        leads_out = known and known.to not in ("", screen.id, *graph.screens)
        through = self.position.session.answers.went_through and not has_tabs(screen)
        below = through or self.position.is_layer(screen) or any(action.kind == "back" for action in screen.actions.values())
        top = screen.id == graph.home and not below
        lowest = top or leads_out or self._departures >= MOST_DEPARTURES
        if lowest or self._backed[screen.id] >= MOST_BACKS:
            return None
        self._backed[screen.id] += 1
        after = self.acts.back(screen)
        if self.position.departed:  # out of the app: nothing lies below this page
            self._departures += 1
            screen.actions[BACK] = Action(BACK, "key", tries=1, to=self.position.departed)
        if after is not None and self.position.screen(after).id == screen.id:
            self._backed[screen.id] = MOST_BACKS  # it does not move; a second one may end the app
        return after

    def _is_cut_off(self, screen: MappedScreen) -> bool:
        """Whether no way out of a page is known, though one can be tried, and something is left to do outside."""
        graph = self.position.graph
        if not self.strategy.returns or graph.home in graph.paths(screen.id):
            return False
        outside = self._rest(graph.screen(graph.home))
        return outside is not None and outside.worth >= POOR

    def _arrive(self, screen: MappedScreen) -> None:
        """The first page after a start is the app's home; what only the first start showed never comes again."""
        if self._arriving:
            self._arriving, self.position.graph.home = False, screen.id

    def _await_change(self, look: Look, screen: MappedScreen) -> Look | None:
        """Wait for a page with nothing left to do to go on by itself, as a splash does; None when it stays."""
        if screen.id in self._lasting:
            return None
        started = self._arriving or self.position.departed  # who left the app may see its splash again
        session, until = self.position.session, self.position.session.uptime() + (SPLASH_SECONDS if started else LOADING_SECONDS)
        while (rest := until - session.uptime()) > 0:
            if not session.wait_for_change(rest, look):
                continue
            arrived = self.obstacles.clear(look := session.look())
            if arrived is None or self.position.ended() is not None or self.position.screen(arrived, screen.id).id != screen.id:
                return arrived
        self._lasting.add(screen.id)
        return None

    def _stand(self, look: Look, screen: MappedScreen) -> Look | None:
        """Leave a page alone for a while, once a kind of page after the first refusal; None where nothing comes up."""
        kind = (screen.activity, screen.skeleton)
        refused = self.refusals.asked and not self.position.session.answers.allows
        if not self.strategy.repeats or not refused or kind in self._stood or len(self._stood) >= MOST_STOOD:
            return None
        self._stood.add(kind)
        session, until = self.position.session, self.position.session.uptime() + STAND_SECONDS
        while (rest := until - session.uptime()) > 0:
            if session.wait_for_change(rest, look) and (look := session.look()).dialog is not None:
                return self.obstacles.clear(look) or session.look()
        return None

    def left_over(self, uses: int) -> tuple[int, int, int]:
        """How many controls that may be pressed never were, how many not ``uses`` times, and how many were given up."""
        return left_over(self.position.graph, replace(self._known(), waiting=frozenset(), thorough=True, uses=uses))

    def _spent(self) -> bool:
        return self.left() <= 0 or self.position.moves.steps >= self.steps

    def left(self) -> float:
        """Seconds of the budget that are left; walking is time in front, too."""
        return self.began + self.seconds - self.position.session.uptime()
