"""Go to a control again, as a walk went to it, on a fresh start of the app (``routes`` has the ways).

An app that starts anew shows other pages than before: an advert, the pages of a first start, another tab. So a control
that is not there is looked for: by the map of the walk, by Back, behind the tabs.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.errors import FormatError
from harness.explorer.first_start import is_first
from harness.explorer.first_start_walk import FirstStartWalk
from harness.explorer.routes import Press
from harness.language import _
from harness.maps.graph import BACK, DRAWER, SCROLL, TURN, TURN_BACK, WALK_FILE, Graph, MappedScreen
from harness.pages.controls import Control, Kind
from harness.pages.look import Look
from harness.pages.view_structure import unnumbered
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.session.view_actions import ViewActions

MOST_SEARCHED = 16
"""Acts that look for the controls of one way at most [PROJECT]: five pages of a first start, then tabs and Backs."""
ANSWER_SECONDS = 3.0
"""How long what was refused on the way is watched [PROJECT]."""
MOST_BACK = 2
"""Pages that are left by Back to find the next control of a way: a press may open a page now that it did not open
then."""


def replay_route(session: Session, steps: Sequence[Press]) -> bool:
    """Go ``steps`` on the app that was just started; False, with a note, when one of its controls is not found.

    What lies in the way is closed, what is asked for before the last step refused.
    """
    return RouteReplay(session, steps, FirstStartWalk(session, lambda: Watch(session, ANSWER_SECONDS).run())).go()


@dataclass(slots=True)
class RouteReplay:
    """One way to be gone again; ``way`` goes through the first start and answers what is asked."""

    session: Session
    steps: Sequence[Press]
    way: FirstStartWalk
    moves: ViewActions = field(init=False)
    graph: Graph = field(init=False)
    searched: int = 0
    backs: int = 0
    tabs: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Take the hands of the way, and the map of the walk."""
        self.moves = self.way.moves
        self.graph = walked(self.session)

    def go(self) -> bool:
        """Press one control after the other, as far as no dialog ends the way; each is looked for where it is not."""
        at = 0
        while at < len(self.steps):
            step, look = self.steps[at], self.way.clear()
            if self.way.asked is not None:
                return True
            if step.kind == "fill":
                self.moves.fill(look)
            elif step.kind == "back":
                self.moves.back()
            elif step.kind in ("down", "up"):
                self.moves.scroll(look, down=step.kind == "down")
            elif step.kind == DRAWER:
                shut = self._further_on(look, at) is None
                if shut and self.moves.open_drawer(look) is None and self._search(self.session.look(), step):
                    continue
            elif step.kind in (TURN, TURN_BACK):
                self.moves.turn(look, back=step.kind == TURN_BACK)
            elif step.kind == "agree":
                control = self._find(look, step)
                if control is not None and control.kind is Kind.SWITCH and not control.checked:
                    self._press(control, step.screen)
            elif (control := self._find(look, step)) is not None:
                self._press(control, step.screen)
                self.backs = 0
            elif (later := self._further_on(look, at)) is not None:
                at = later
                continue
            elif (control := self._stand_in(step)) is not None:
                self._press(control, step.screen)
            elif self._search(self.session.look(), step):
                continue
            else:
                self.session.note(_("the way back to '{text}' was not found", text=step.text or step.id))
                return False
            at += 1
        return True

    def _further_on(self, look: Look, at: int) -> int | None:
        """The first later step that belongs to the page in front: this start leads further than the other one."""
        page = self.moves.page(look)
        screens = [step.screen for step in self.steps]
        later = (number for number in range(at + 1, len(self.steps)) if page is not None and screens[number] == page.screen)
        return next(later, None)

    def _find(self, look: Look, step: Press) -> Control | None:
        """The control of a step on the page, further down if need be."""

        def wanted(control: Control) -> bool:
            if not step.screen:  # the tester named it: nobody has seen its page
                return step.text in control.text
            return (unnumbered(control.text), control.id) == (unnumbered(step.text), step.id)

        page, found = self.moves.page(look), self.moves.find(look, wanted)
        if found is None and page is not None and page.screen == step.screen in self.graph and self.graph.screen(step.screen).widens:
            found = self.moves.find_beside(self.session.look(), wanted)
        if found is None:
            return None
        exact = (each for each in self.moves.controls(found[0]) if (each.text, each.id) == (step.text, step.id))
        return next(exact, found[1])

    def _stand_in(self, step: Press) -> Control | None:
        """What stands on the page of a step in the place of its control: of the same id, or a row of the same list.

        A feed has other rows at each start, and an entry another name (新人专区, later 任务中心). No switch stands in.
        """
        look = self.session.look()
        page = self.moves.page(look)
        if page is None or step.screen not in self.graph:
            return None
        there = self.graph.screen(step.screen)
        if page.screen != there.id and (page.title, page.skeleton) != (there.title, there.skeleton):
            return None
        known = there.actions
        was = next((action for action in known.values() if (action.text, action.id) == (step.text, step.id)), None)
        here = [each for each in self.moves.controls(look) if not each.dangerous and each.kind is not Kind.SWITCH]
        named = [control for control in here if control.id and control.id == step.id]
        if was is not None and was.under:  # what lies below a tab is looked for there
            return None
        if len(named) == 1 or was is None:
            return named[0] if len(named) == 1 else None
        alike = [control for control in here if control in named or (control.rows and control.rows == was.rows)]
        same = (control for control in alike if control.key in known and self._make(known[control.key].to) == self._make(was.to))
        return next(same, None) or next((control for control in alike if control.key not in known), None)

    def _make(self, screen: str) -> str:
        """The make of a page that a control led to: its structure, whatever its title."""
        return (self.graph.screen(screen).skeleton or screen) if screen in self.graph else screen

    def _search(self, look: Look, step: Press) -> bool:
        """One act that may lead to the page of a step; False when none is left."""
        self.searched += 1
        if self.searched > MOST_SEARCHED:
            return False
        page = self.moves.page(look)
        if page is None or not look.shows((self.session.app.package,)):
            self.session.launch(cold=False)
            return True
        here = self.way.known(look, page)
        return (
            self._fill_in(look, page.screen)
            or self._turn(look, here)
            or self._by_the_map(look, page.screen, step)
            or self._open_tab(look, here)
            or self._go_back()
        )  # fmt: skip

    def _fill_in(self, look: Look, here: str) -> bool:
        """Fill a form as the walk did, and press what it pressed then, once: the way may lie behind a login."""
        known = self.graph.screen(here).actions if here in self.graph and here not in self.forms else {}
        led = {key for key, action in known.items() if action.filled and action.to}
        if not any(control.key in led for control in self.moves.controls(look)):
            return False
        self.forms.add(here)
        control = next((each for each in self.moves.controls(self.moves.fill(look)) if each.key in led and not each.dangerous), None)
        if control is not None:
            self._press(control, here)
        return control is not None

    def _turn(self, look: Look, here: MappedScreen) -> bool:
        """Go on from a page of a first start."""
        control = self.way.onward(look, here) if is_first(here) else None
        if control is not None:
            self._press(control, here.id)
        return control is not None

    def _by_the_map(self, look: Look, here: str, step: Press) -> bool:
        """The first press of the way that the walk knew from this page."""
        if here not in self.graph or step.screen not in self.graph:
            return False
        start, goal = self.graph.screen(here), self.graph.screen(step.screen)
        path = self.graph.paths(start.id).get(goal.id, [])
        if not path or path[0] == SCROLL:
            return False
        if path[0] == BACK:
            return self._go_back()
        if path[0] == DRAWER:
            return self.moves.open_drawer(look) is not None
        if path[0] in (TURN, TURN_BACK):
            return self.moves.turn(look, back=path[0] == TURN_BACK) is not None
        control = self._control(look, path[0])
        if control is not None:
            self._press(control, here)
        return control is not None

    def _open_tab(self, look: Look, here: MappedScreen) -> bool:
        """A tab that was not looked behind yet."""
        control = next((each for each in self.moves.controls(look) if each.kind is Kind.TAB and each.key not in self.tabs), None)
        if control is None or control.dangerous:
            return False
        self.tabs.add(control.key)
        self._press(control, here.id)
        return True

    def _go_back(self) -> bool:
        """A page that lies below, as long as the app is in front."""
        self.backs += 1
        if self.backs > MOST_BACK:
            return False
        self.moves.back()
        return True

    def _control(self, look: Look, key: str) -> Control | None:
        """The control of a key that does no harm."""
        return next((control for control in self.moves.controls(look) if control.key == key and not control.dangerous), None)

    def _press(self, control: Control, screen: str) -> None:
        self.way.pressed = True
        self.moves.press(control, screen)


def walked(session: Session) -> Graph:
    """The map of this run's walk, empty where there is none."""
    try:
        return Graph.from_json(json.loads((session.folder.path / WALK_FILE).read_bytes()))
    except (OSError, ValueError, FormatError):
        return Graph()
