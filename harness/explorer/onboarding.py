"""The pages that an app shows once, at its very first start: interests, grade, city, a guide.

What they ask for is met by nobody who only comes later, and a function behind them is reached by nobody who stays.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from harness.dialogs.dialog_words import plain
from harness.maps.action_selection import ActionChoice
from harness.pages.controls import CONTROLS, TABS, Kind

if TYPE_CHECKING:
    from harness.maps.action_selection import Known
    from harness.maps.graph import Action, Graph, MappedScreen

MOST_CHOSEN = 3
"""Choices that are made on one page [PROJECT]: three interests are enough for those that want some."""
MOST_ONWARD = 2
"""How often the same button turns a page that stays: it may have wanted a choice first."""
MOST_STEPS = 40
LONG = 12
"""Characters of a choice at most: what is longer is a piece of news [PROJECT]."""


@dataclass(slots=True)
class Onboarding:
    """A strategy for a walk that only goes on: what asks on a page, some choices, then the button that turns it.

    It ends at the first page that is none of a first start, and never goes Back.
    """

    repeats: ClassVar[bool] = False
    returns: ClassVar[bool] = False
    left: int = MOST_STEPS
    _chosen: Counter[str] = field(default_factory=Counter)
    _turned: Counter[tuple[str, str]] = field(default_factory=Counter)

    def next(self, graph: Graph, screen: MappedScreen, known: Known) -> ActionChoice | None:
        """What to do on a page of a first start; None on every other page, and where nothing leads on."""
        del graph
        key = self._key(screen, known) if self.left > 0 and is_first(screen) else None
        self.left -= 1
        return ActionChoice(screen.id, key, (), 0.0) if key else None

    def goes_on(self, graph: Graph, screen: MappedScreen, known: Known) -> bool:
        """A new start leads to no page of a first one."""
        del graph, screen, known
        return False

    def _key(self, screen: MappedScreen, known: Known) -> str | None:
        usable = [action for action in screen.actions.values() if _usable(action) and (screen.id, action.key) not in known.given_up]
        asking = next((action for action in usable if action.promises and not action.tries), None)
        if asking is not None:
            return asking.key
        choice = next((action for action in usable if not action.tries and not _turns(action) and len(action.text) <= LONG), None)
        if choice is not None and self._chosen[screen.id] < MOST_CHOSEN:
            self._chosen[screen.id] += 1
            return choice.key
        turns = [action for action in usable if _turns(action) and self._turned[screen.id, action.key] < MOST_ONWARD]
        onward = min(turns, key=lambda action: plain(action.text) in CONTROLS.words("first.skips"), default=None)
        if onward is not None:
            self._turned[screen.id, onward.key] += 1
            return onward.key
        return choice.key if choice is not None else None


def is_first(screen: MappedScreen) -> bool:
    """Whether a page looks like one of a first start: it has no tabs and no field, and turns on or wants a choice."""
    actions = screen.actions.values()
    if sum(action.kind == Kind.TAB for action in actions) >= TABS or any(action.kind == Kind.FIELD for action in actions):
        return False
    return any(_turns(action) for action in actions) or any(word in plain(screen.title) for word in CONTROLS.words("first.choose"))


def _turns(action: Action) -> bool:
    onward, said = (*CONTROLS.words("first.skips"), *CONTROLS.words("first.onward")), plain(action.text)
    return said in onward or said.replace(" ", "") in onward


def _usable(action: Action) -> bool:
    return not action.dangerous and action.kind in (Kind.BUTTON, Kind.ROW, Kind.SWITCH, Kind.TAB)
