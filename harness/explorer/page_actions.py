"""Go to a screen by the map, do one thing there, and note on the map where it led."""

from collections import Counter
from dataclasses import dataclass, field

from harness.dialogs.consent_screen import find_consent
from harness.explorer.first_start import has_tabs
from harness.explorer.obstacles import Obstacles
from harness.explorer.position import MOST_FAILURES, Position
from harness.maps.action_selection import MOST_DEEP, ActionChoice
from harness.maps.graph import BACK, DRAWER, FILL, SCROLL, TURN, TURN_BACK, Action, MappedScreen
from harness.maps.walk_end import WalkEnd
from harness.pages.agreement_boxes import agrees
from harness.pages.controls import Control, Kind
from harness.pages.look import Look
from harness.pages.view_structure import unnumbered
from harness.session.view_actions import SCROLLS

MOST_STRAYS = 6
"""How often the way to one thing may lead elsewhere until that is given up: each time the map is better."""


@dataclass(slots=True)
class PageActions:
    """The acts of one walk on the pages of the app."""

    position: Position
    obstacles: Obstacles
    _strays: Counter[tuple[str, str]] = field(default_factory=Counter)
    _unfilled: set[tuple[str, str]] = field(default_factory=set)
    """The ways that began in a filled form and were gone once with it as it is: most need no test data."""
    _shown: dict[str, set[str]] = field(default_factory=dict)
    """Screen -> the contents that it was seen with before and after a press."""

    def carry_out(self, look: Look, choice: ActionChoice) -> Look | None:
        """Go to the screen of a choice and do it there.

        The page that is in front afterwards, None when there is none.
        """
        position, goal = self.position, (choice.screen, choice.key)
        for step, expected in self._plan(look, choice.path):
            here = position.screen(look)
            after = self._do(look, here, step)
            if after is None:
                return None
            if position.ended() is not None:
                position.failed(goal)
                return after
            if position.screen(after).id != expected:
                self._strayed(here, step, expected, goal)
                return after
            look = after
        here = position.screen(look)
        known = here.actions[choice.key].to if choice.key in here.actions else ""
        done = self._do(look, here, choice.key)
        stayed = done is not None and position.ended() is None and position.screen(done).id == here.id
        if stayed and known in position.graph and position.graph.screen(known) is not here:
            self._strayed(here, choice.key, known, goal)
        return done

    def back(self, screen: MappedScreen) -> Look | None:
        """Press Back on a screen; the page that is in front afterwards."""
        self.position.pressing(screen.id, BACK)
        return self.obstacles.clear(self.position.moves.back())

    def _strayed(self, here: MappedScreen, step: str, expected: str, goal: tuple[str, str]) -> None:
        """Note that a known way led elsewhere.

        When that happens again it is a known way no more, and its goal is given up only after several.
        """
        self._strays[here.id, step] += 1
        action = here.actions.get(step)
        if action is not None and action.to == expected and self._strays[here.id, step] >= MOST_FAILURES:
            action.lost = True
        self._strays[goal] += 1
        if self._strays[goal] >= MOST_STRAYS:
            self.position.give_up(goal)

    def _plan(self, look: Look, path: tuple[str, ...]) -> list[tuple[str, str]]:
        """The steps of a way with the screen that each leads to, as the map has it now: it changes while we go."""
        graph, steps, screen = self.position.graph, [], self.position.screen(look)
        for step in path:
            to = dict(graph.moves(screen)).get(step, "")
            steps.append((step, to))
            if to not in graph:
                break
            screen = graph.screen(to)
        return steps

    def _do(self, look: Look, screen: MappedScreen, key: str) -> Look | None:
        """Do one thing on a screen."""
        if key == SCROLL:
            return self._scroll(look, screen)
        if key in (TURN, TURN_BACK, DRAWER):
            return self._turn(look, screen, key)
        if key == FILL:
            screen.actions[FILL] = Action(FILL, "fill", tries=1, to=screen.id)
            return self.obstacles.clear(self.position.moves.fill(look))
        if key == BACK:
            action = screen.actions.setdefault(BACK, Action(BACK, "key"))
            asked = len(action.asked)
            return self._led(screen, action, self.back(screen), asked=asked, filled=False)
        return self._press(look, screen, screen.actions[key])

    def _press(self, look: Look, screen: MappedScreen, action: Action) -> Look | None:
        """Press a control of a screen."""
        position, asked = self.position, len(action.asked)
        if (opened := self._open_tab(look, screen, action)) is not look:
            if opened is None or position.ended() is not None or position.screen(opened) is not screen:
                return opened
            look = opened
        if action.kind != Kind.SWITCH:
            look = self._ready(look, screen, action)
        filled = position.moves.filled(look)
        found = self._instead(look, screen, action) or self._find(look, screen, action)
        if found is None:
            action.lost = True
            return self.obstacles.clear(position.session.look())
        action = screen.actions[found[1].key]
        if found[1].dangerous:  # one of its make was seen to act in the user's name since the map took it
            action.dangerous = True
            return found[0]
        self._is_new(screen, found[0])
        screen.steps += action.renews
        position.pressing(screen.id, action.key)
        after = self._led(
            screen, action, self.obstacles.clear(position.moves.press(found[1], screen.id), opened=True), asked=asked, filled=filled
        )
        action.renews = after is not None and action.to == screen.id and self._renews(screen, action, after)
        return self._ticked_back(after, screen, action)

    def _ticked_back(self, look: Look | None, screen: MappedScreen, action: Action) -> Look | None:
        """Touch a box that is a picture once more where a button led nowhere after that: it may have been ticked.

        Where the button leads nowhere then either, it does not wait for the box, which is touched back.
        """
        box = self._touched_picture(look, screen) if look is not None and action.kind == Kind.BUTTON else None
        if box is None or box.key == action.key or action.to != screen.id:
            return look
        moves, position = self.position.moves, self.position
        look = self.obstacles.clear(moves.press(box, screen.id))
        again = next((each for each in moves.controls(look) if each.key == action.key and not each.dangerous), None) if look else None
        if look is None or again is None or position.ended() is not None:
            return look
        position.pressing(screen.id, action.key)
        look = self._led(
            screen,
            action,
            self.obstacles.clear(moves.press(again, screen.id), opened=True),
            asked=len(action.asked),
            filled=moves.filled(look),
        )
        box = self._touched_picture(look, screen) if look is not None and action.to == screen.id else None
        return look if box is None else self.obstacles.clear(moves.press(box, screen.id))

    def _touched_picture(self, look: Look, screen: MappedScreen) -> Control | None:
        """The box of consent of a page that is a picture and was touched; None also where another page is in front."""
        position = self.position
        if position.ended() is not None or position.departed or position.screen(look) is not screen:
            return None
        consent = find_consent(look.roots, position.session.app.package, look.dialog)
        boxes = [tick.box for tick in consent.ticks if tick.ticked is None] if consent is not None else []
        touched = (one for one in position.moves.controls(look) if one.node.box in boxes and one.key in screen.actions)
        return next((one for one in touched if screen.actions[one.key].tries and not one.dangerous), None)

    def _renews(self, screen: MappedScreen, action: Action, look: Look) -> bool:
        """Whether a screen shows contents after a press that it never had, and the control still: a lesson of cards."""
        if action.rows or action.kind not in (Kind.BUTTON, Kind.TAB) or self.position.screen(look) is not screen:
            return False
        return self._is_new(screen, look) and any(control.key == action.key for control in self.position.moves.controls(look))

    def _is_new(self, screen: MappedScreen, look: Look) -> bool:
        """Whether a screen was never seen with these contents; whatever differs in numbers alone is the same."""
        page, known = self.position.moves.page(look), self._shown.setdefault(screen.id, set())
        text = unnumbered(page.text) if page is not None else ""
        new = text not in known
        known.add(text)
        return new

    def _open_tab(self, look: Look, screen: MappedScreen, action: Action) -> Look | None:
        """Open the tab below which a control was seen, where another one is open.

        What was seen before any was pressed is below the one that is open at first: of those that never were.
        """
        tabs = [screen.actions[action.under]] if action.under in screen.actions and action.under != screen.tab else []
        if screen.tab and not action.under and action.kind != Kind.TAB:
            tabs = [each for each in screen.actions.values() if each.kind == Kind.TAB and not each.tries and not each.dangerous]
            tabs = tabs[: 1 if action.scrolls else None]  # what stands further down is not in sight at once
        for tab in tabs:
            if any(each.key == action.key for each in self.position.moves.controls(look)):
                break
            opened = self._press(look, screen, tab)
            if opened is None or self.position.ended() is not None or self.position.screen(opened) is not screen:
                return opened
            look = opened
        return look

    def _led(self, screen: MappedScreen, action: Action, after: Look | None, *, asked: int, filled: bool) -> Look | None:
        """Note where an act led that had been asked for ``asked`` groups before; the page that is in front."""
        position = self.position
        if position.ended() is WalkEnd.RESTART:
            position.failed((screen.id, action.key))  # what ends in a new start twice is given up
            if len(action.asked) == asked:
                return after  # the app was frozen before: the press was not taken
        action.tries += 1
        if position.departed:
            action.to = position.departed
        elif after is not None and position.ended() is None:
            turned = action.key in (TURN, TURN_BACK)
            opens = action.key != BACK and action.kind != Kind.TAB and not turned
            arrived = position.screen(after, screen.id if opens else screen.parent if turned else "").id
            if arrived != screen.id or not action.to:  # a press that is not taken once does not end a known way
                action.lost = action.lost and action.to == arrived
                action.to = arrived
                action.filled = filled and arrived != screen.id
            if opens:
                position.graph.opened(screen.id, arrived, action.key)
            elif action.kind == Kind.TAB and arrived == screen.id and has_tabs(screen):
                self._opened_tab(screen, action, after)
        return after

    def _opened_tab(self, screen: MappedScreen, tab: Action, look: Look) -> None:
        """A tab was opened that leaves the page's identity as it is: below it are others, maybe in a longer list."""
        screen.tab = tab.key
        if tab.tries == 1 and self.position.moves.can_scroll(look):
            screen.scrolls_left, screen.scrolled = True, 0

    def _ready(self, look: Look, screen: MappedScreen, action: Action) -> Look:
        """Bring a page into the state in which a control of it was known: its terms agreed to, its fields filled."""
        moves, look = self.position.moves, self._agree(look, screen)
        if FILL not in screen.actions or moves.filled(look):
            return look
        disabled = not action.scrolls and all(control.key != action.key for control in moves.controls(look))
        way = (screen.id, action.key)
        needs = action.filled and way in self._unfilled
        self._unfilled.add(way)
        return moves.fill(look) if needs or disabled else look

    def _agree(self, look: Look, screen: MappedScreen) -> Look:
        """Tick the box of the terms again, where a page forgot it: without it a login only says so."""
        moves = self.position.moves
        boxes = [c for c in moves.controls(look) if c.kind == Kind.SWITCH and agrees(c.text) and not c.checked and not c.dangerous]
        ticked = [box for box in boxes if box.key in screen.actions and screen.actions[box.key].tries]
        return moves.press(ticked[0], screen.id) if ticked else look

    def _instead(self, look: Look, screen: MappedScreen, action: Action) -> tuple[Look, Control] | None:
        """Another row of the same make, where a list does not show any more the one that nobody has pressed yet."""
        seen = self.position.moves.controls(look)
        if not action.rows or action.tries or action.promises or action.scrolls or any(each.key == action.key for each in seen):
            return None
        alike = (each for each in seen if each.rows == action.rows and not each.dangerous)
        new = next((each for each in alike if each.key in screen.actions and not screen.actions[each.key].tries), None)
        return None if new is None else (look, new)

    def _find(self, look: Look, screen: MappedScreen, action: Action) -> tuple[Look, Control] | None:
        """A control of the page: from here, then from the top as far down as it was seen.

        What is no row of a list all the way. What is not there is given up, and so is in time all else that the page
        does not have any more: each would be looked for as long.
        """
        moves, seen = self.position.moves, set[str]()

        def wanted(control: Control) -> bool:
            seen.add(control.key)
            return control.key == action.key

        found = moves.find(look, wanted, action.scrolls + 1)
        if found is None and screen.moves and look.roots and moves.can_scroll(look):
            top = moves.to_top(self.position.session.look())
            found = moves.find(top, wanted, SCROLLS if not action.rows else action.scrolls + 2)
            for key, other in screen.actions.items() if found is None and not screen.widens else ():
                if key not in seen and not (screen.renewed and other.rows):  # rows of other contents may come again
                    self.position.failed((screen.id, key))
        if found is None and screen.widens:
            found = moves.find_beside(self.position.session.look(), wanted)
        if found is None:
            self.position.give_up((screen.id, action.key))
        return found

    def _scroll(self, look: Look, screen: MappedScreen) -> Look | None:
        """Look further down a page: what comes into sight belongs to the same screen."""
        graph, moves = self.position.graph, self.position.moves
        if not screen.scrolls_left:
            return self._dive(look, screen)
        after = moves.scroll(look)
        screen.scrolled += 1
        screen.scrolls_left = after is not None and screen.scrolled < SCROLLS
        screen.goes_on = after is not None and not screen.scrolls_left
        if after is None:
            return look
        page = moves.page(after)
        if page is not None and page.screen not in graph:
            graph.aliases[page.screen] = screen.id
        arrived = self.obstacles.clear(after)
        if arrived is after and page is not None and graph.aliases.get(page.screen, page.screen) == screen.id:
            screen.learn(self.position.controls(after), screen.scrolled)
        return arrived

    def _dive(self, look: Look, screen: MappedScreen) -> Look | None:
        """Go on down a feed from its top, in time, to its end or to rows of a new make; twice at most."""
        position, moves, known = self.position, self.position.moves, {action.rows for action in screen.actions.values()}
        position.failed((screen.id, SCROLL))
        look = moves.to_top(look, MOST_DEEP)
        for number in range(1, MOST_DEEP + 1):
            if position.session.uptime() >= position.until:
                break
            after = moves.scroll(look)
            screen.goes_on = after is not None
            if after is None:
                break
            arrived = self.obstacles.clear(after)
            if arrived is not after or position.screen(after, screen.id) is not screen:
                return arrived
            look, screen.scrolled = after, max(number, screen.scrolled)
            if new := [control for control in position.controls(look) if control.rows not in known] if number > SCROLLS else []:
                screen.learn(new, number)
                break
        return look

    def _turn(self, look: Look, screen: MappedScreen, key: str) -> Look | None:
        """Turn a page to the side, or open its drawer: what comes is another screen, or more of this one."""
        position, action = self.position, screen.actions.setdefault(key, Action(key, "swipe"))
        asked = len(action.asked)
        position.pressing(screen.id, key)
        turned = position.moves.open_drawer(look) if key == DRAWER else position.moves.turn(look, back=key == TURN_BACK)
        after = look if turned is None else self.obstacles.clear(turned)
        self._led(screen, action, after, asked=asked, filled=False)
        if after is None or position.ended() is not None:
            return after
        if action.to == screen.id:
            action.lost = turned is None or all(control.key in screen.actions for control in position.controls(after))
        elif key != DRAWER and (beside := position.screen(after)).turns:
            back = TURN if key == TURN_BACK else TURN_BACK
            beside.actions.setdefault(back, Action(back, "swipe", to=screen.id))
        return after
