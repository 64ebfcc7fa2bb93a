"""What was pressed on a map so far, by what it is like: counted once for each choice, since each choice asks often."""

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
