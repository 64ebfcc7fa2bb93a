"""What was pressed so far, and whether the rows of a list are by that a menu of pages or a feed of equal ones."""

from collections import defaultdict

from harness.maps.graph import NO_CONTROLS, Action, Graph, MappedScreen
from harness.pages.view_structure import unnumbered

ENOUGH = 3
"""So many of a kind tell of the others [PROJECT]."""


class PressHistory:
    """The controls of a map that were pressed, by their make, and the rows of its lists."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.order = {name: number for number, name in enumerate(graph.screens)}
        self.led_to: dict[str, list[str]] = defaultdict(list)
        """Where the controls of these words led that were pressed on any page; a press that stayed led to nothing."""
        self.rows: dict[tuple[str, str], list[Action]] = defaultdict(list)
        """(screen, list) -> its rows."""
        self.tried: dict[tuple[str, str], list[Action]] = defaultdict(list)
        """(screen, list) -> the rows of it that were pressed."""
        self.lists: dict[str, list[MappedScreen]] = defaultdict(list)
        """List -> the screens on which rows of its make were pressed."""
        self.led_on: dict[tuple[str, str], set[str]] = {}
        """(screen, list) -> where its rows led on, once that was asked."""
        self.presses: dict[str, int] = defaultdict(int)
        """Screen -> how many of its controls were pressed."""
        self.most: dict[tuple[str, str], int] = defaultdict(int)
        """Kind of page -> how many controls of one of them were pressed, at most."""
        self.steps: dict[tuple[str, str], int] = defaultdict(int)
        """Kind of page -> how often what renews the contents of one was pressed again."""
        for screen in graph.screens.values():
            self._take(screen)

    def _take(self, screen: MappedScreen) -> None:
        for action in screen.actions.values():
            if action.rows:
                self.rows[screen.id, action.rows].append(action)
            if not action.tries:
                continue
            self.led_to[like(action)].append(action.to if action.to != screen.id else "")
            self.presses[screen.id] += action.key not in NO_CONTROLS
            if action.rows:
                tried = self.tried[screen.id, action.rows]
                if not tried:
                    self.lists[action.rows].append(screen)
                tried.append(action)
        kind = self.kind_of(screen.id)
        self.most[kind] = max(self.most[kind], self.presses[screen.id])
        self.steps[kind] += screen.steps

    def opens(self, name: str, screen: MappedScreen) -> bool:
        """Whether a page seen earlier leads to a screen: a row that leads back there is a choice made for that page."""
        found = self.graph.screens.get(name)
        if found is None or self.order[name] > self.order[screen.id]:
            return False
        return any(each.to == screen.id and each.kind in ("button", "row") for each in found.actions.values())

    def in_vain(self, action: Action) -> bool:
        """Whether its like was pressed on several pages and led nowhere."""
        led_to = self.led_to.get(like(action), [])
        return len(led_to) >= ENOUGH and not any(led_to)

    def kind_of(self, name: str) -> tuple[str, str]:
        """What a page is one of, as all profiles are of one activity and structure."""
        found = self.graph.screens.get(name)
        return (found.activity, found.skeleton) if found else (name, "")

    def is_sampled(self, screen: MappedScreen) -> bool:
        """Whether more was pressed on another page of its kind: one profile of many is gone through."""
        return bool(screen.skeleton) and self.most[self.kind_of(screen.id)] > self.presses[screen.id]


def like(action: Action) -> str:
    """The same control on another page: a tab bar, a search button in a header, a switch of a shared part."""
    return f"{action.kind}|{action.id}|{unnumbered(action.text)}" if action.kind != "row" else f"{action.key}|{action.rows}"


def did_nothing(screen: MappedScreen, action: Action) -> bool:
    """Whether it was pressed and neither led away nor was anything asked for."""
    return bool(action.tries) and action.to in ("", screen.id) and not (action.asked or action.renews)


FIRST_ROWS = 3
"""Rows of a list that are pressed before it is known what they lead to [PROJECT]."""
SHORT = 6
"""Characters of a caption that names a function rather than a piece of news [PROJECT]."""


def is_menu(history: PressHistory, screen: MappedScreen, rows: str) -> bool:
    """Whether the rows lead to different pages; short captions may, until several led to the very same page."""
    own, tried = history.rows[screen.id, rows], history.tried[screen.id, rows]
    if len({history.kind_of(to) for to in _led_on(history, screen, rows)}) > 1:
        return True
    reached = {action.to for action in tried}
    same = len(tried) > FIRST_ROWS and len(reached) == 1 and screen.id not in reached
    return not same and 2 * sum(_names(action.text) for action in own) > len(own)


def _names(caption: str) -> bool:
    """Whether a caption is short and made of words: no number of a paragraph and no letter of an index."""
    return len(caption) <= SHORT and sum(map(str.isalpha, caption)) > 1


def lead_on(history: PressHistory, screen: MappedScreen, rows: str) -> bool:
    """Whether at least every third row that was pressed led to a page of its own, or to other contents of one."""
    return 3 * _pages(history, _led_on(history, screen, rows)) >= len(history.tried[screen.id, rows])


def _led_on(history: PressHistory, screen: MappedScreen, rows: str) -> set[str]:
    """Where rows led that did something, but for back to the page for which one chooses on this one."""
    found = history.led_on.get((screen.id, rows))
    if found is None:
        did = {action.to for action in history.tried[screen.id, rows] if not did_nothing(screen, action)}
        found = history.led_on[screen.id, rows] = {to for to in did if not history.opens(to, screen)}
    return found


def _pages(history: PressHistory, reached: set[str]) -> int:
    """How many pages these are; one that had other rows each time, as each month of a calendar, is as many."""
    return len(reached) + sum(history.graph.screens[to].renewed for to in reached if to in history.graph.screens)


def share_on(history: PressHistory, rows: str) -> float:
    """Of the rows of this make that were pressed anywhere, how many led to a page of their own."""
    tried = [(other, action) for other in history.lists.get(rows, ()) for action in history.tried[other.id, rows]]
    reached = {action.to for other, action in tried if not did_nothing(other, action)}
    return min(_pages(history, reached) / len(tried), 1.0) if tried else 0.0


def alike(history: PressHistory, screen: MappedScreen, action: Action) -> list[Action]:
    """The pressed rows of a list that tell of a pressed one: all of a feed, those to one make of page of a menu."""
    tried = history.tried[screen.id, action.rows]
    if not is_menu(history, screen, action.rows):
        return tried
    if did_nothing(screen, action):
        return [action]
    kind = history.kind_of(action.to)
    return [other for other in tried if history.kind_of(other.to) == kind]


def are_dead(history: PressHistory, screen: MappedScreen, rows: str) -> bool:
    """Whether rows of this make did nothing wherever they were pressed, and often enough: the lines of an article."""
    if is_menu(history, screen, rows):
        return False
    tried = [did_nothing(other, action) for other in history.lists.get(rows, ()) for action in history.tried[other.id, rows]]
    return len(tried) >= FIRST_ROWS and all(tried)


def fed_elsewhere(history: PressHistory, screen: MappedScreen, rows: str) -> bool:
    """Whether rows of the same make lead to pages of one make wherever else they were pressed.

    So do the goods of a shop, on each page.
    """
    kinds: set[tuple[str, str]] = set()
    count = 0
    for other in history.lists.get(rows, ()):
        if other.id == screen.id:
            continue
        tried = history.tried[other.id, rows]
        kinds.update(history.kind_of(action.to) for action in tried)
        if any(action.to == other.id for action in tried) or is_menu(history, other, rows):
            return False
        count += len(tried)
    return count >= FIRST_ROWS and len(kinds) == 1


def only_feeds(history: PressHistory, screen: MappedScreen) -> bool:
    """Whether what moves on a page are lists of which enough was seen."""
    lists = {action.rows for action in screen.actions.values() if action.rows}
    known = (fed_elsewhere(history, screen, rows) or len(history.tried[screen.id, rows]) >= FIRST_ROWS for rows in lists)
    return bool(lists) and all(known) and not any(is_menu(history, screen, rows) for rows in lists)


def all_alike(history: PressHistory, screen: MappedScreen, action: Action) -> bool:
    """Whether it is one of many rows that promise the same.

    Those pressed so far led to pages of one make, and nothing was asked there.
    """
    if not action.rows:
        return False
    tried = [other for other in history.tried[screen.id, action.rows] if other.promises == action.promises]
    kinds = {history.kind_of(other.to) for other in tried}
    return len(tried) >= FIRST_ROWS and len(kinds) == 1 and not any(other.asked for other in tried)
