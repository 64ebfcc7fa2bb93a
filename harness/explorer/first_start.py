"""The first start of an app: what stands before its first page with tabs or lists.

That is a guide, choices of interests, city or age, a login that can be skipped. A function behind it is reached by
nobody who stays there, and what it asks for is met by nobody who only comes later.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.walls import is_login
from harness.maps.action_selection import ActionChoice, Known
from harness.maps.graph import Action, Graph, MappedScreen
from harness.pages.controls import CONTROLS, TABS, Kind

MOST_CHOSEN = 3
"""Choices that are made on one page [PROJECT]: three interests are enough for those that want some."""
MOST_ONWARD = 2
"""How often the same button turns a page that stays: it may have wanted a choice first."""
MOST_STEPS = 40
LONG = 12
"""Characters of a choice at most: what is longer is a piece of news [PROJECT]."""


@dataclass(slots=True)
class FirstStart:
    """A strategy that only goes on: what asks on a page, some choices, then the button that turns it.

    It ends at the first page that is none of a first start, and never goes Back. ``alone``: a page with one button and
    nothing else is turned by that, whatever it says. ``past``: what asks is used only where nothing else leads on.
    """

    repeats: ClassVar[bool] = False
    returns: ClassVar[bool] = False
    alone: bool = False
    past: bool = False
    left: int = MOST_STEPS
    _turned: Counter[tuple[str, str]] = field(default_factory=Counter)
    _made: set[str] = field(default_factory=set)
    """The keys of the choices that were made on a page, which may have another identity since."""
    _before: frozenset[str] = frozenset()
    """The keys of all controls before the last of them: what it brought along turns the page."""

    def next(self, graph: Graph, screen: MappedScreen, known: Known) -> ActionChoice | None:
        """What to do on a page of a first start; None on every other page, and where nothing leads on."""
        del graph
        self.left -= 1
        if self.left < 0:
            return None
        may = [action for action in screen.actions.values() if not action.dangerous and (screen.id, action.key) not in known.given_up]
        usable = [action for action in may if action.kind in (Kind.BUTTON, Kind.ROW, Kind.SWITCH, Kind.TAB)]
        asking = _promising(usable) if is_first(screen) else None
        calm = [action for action in usable if not (self.past and action.promises)]
        key = asking if asking and not self.past else self._on(screen, may, calm) or asking
        return ActionChoice(screen.id, key, (), 0.0) if key else None

    def goes_on(self, graph: Graph, screen: MappedScreen, known: Known) -> bool:
        """A new start leads to no page of a first one."""
        del graph, screen, known
        return False

    def _on(self, screen: MappedScreen, may: list[Action], usable: list[Action]) -> str | None:
        """What lets the user past a login, is chosen or turns the page."""
        if wants_login(screen):
            return self._onward(screen, filter(_lets_in, may))
        if is_first(screen):
            return self._choice(screen, usable)
        return self._only(screen, usable) if self.alone else None

    def _choice(self, screen: MappedScreen, usable: list[Action]) -> str | None:
        """Some choices, then what turns the page; what is left of the choices where nothing does."""
        if self._made.isdisjoint(screen.actions):
            self._made.clear()
        elif brought := [action for action in usable if action.key not in self._before and not action.tries]:
            return self._onward(screen, brought)
        left = (action for action in usable if not (action.tries or action.key in self._made or _turns(action)))
        choice = next((action for action in left if len(action.text) <= LONG), None)
        if choice is not None and len(self._made) < MOST_CHOSEN:
            self._made.add(choice.key)
            self._before = frozenset(screen.actions)
            return choice.key
        turns = [action for action in usable if _turns(action)]
        stays = any(self._turned[screen.id, action.key] == 1 for action in turns)
        pictures = [action.key for action in usable if action.key in self._made and not action.text and action.tries == 1]
        if stays and len(pictures) == 1 == len(self._made):
            return pictures[0]  # it may be a box that was ticked
        return self._onward(screen, turns) or (choice.key if choice is not None else None)

    def _only(self, screen: MappedScreen, usable: list[Action]) -> str | None:
        """The only control of a page, where it promises nothing."""
        single = len(screen.actions) == 1 and not screen.scrolls_left and not any(action.promises for action in usable)
        return self._onward(screen, (action for action in usable if single and action.kind == Kind.BUTTON))

    def _onward(self, screen: MappedScreen, turns: Iterable[Action]) -> str | None:
        """The control that turns the page and was not pressed too often; one that skips it comes last."""
        left = [action for action in turns if self._turned[screen.id, action.key] < MOST_ONWARD]
        onward = min(left, key=_skips, default=None)
        if onward is not None:
            self._turned[screen.id, onward.key] += 1
        return onward.key if onward is not None else None


def _promising(usable: list[Action]) -> str | None:
    """What asks for a permission and was not pressed yet."""
    return next((action.key for action in usable if action.promises and not action.tries), None)


def is_first(screen: MappedScreen) -> bool:
    """Whether a page looks like one of a first start: it has no tabs, and turns on, wants a choice or a login."""
    actions = screen.actions.values()
    if has_tabs(screen):
        return False
    if any(action.kind == Kind.FIELD for action in actions):
        return wants_login(screen)
    chooses = any(word in plain(screen.title) for word in CONTROLS.words("first.choose"))
    return chooses or _asks(screen) or any(map(_turns, actions)) or wants_login(screen)


def _asks(screen: MappedScreen) -> bool:
    """Whether a page has a question as its title, and nothing but short answers to it."""
    texts = [action.text for action in screen.actions.values()]
    asks = screen.title.endswith(tuple(CONTROLS.words("first.question")))
    return asks and len(texts) > 1 and screen.title not in texts and all(len(text) <= LONG for text in texts)


def wants_login(screen: MappedScreen) -> bool:
    """Whether a page is for logging in and nothing else: no tabs, no list, and a form or mostly ways to log in."""
    actions = screen.actions.values()
    if has_tabs(screen) or any(action.kind == Kind.ROW for action in actions):
        return False
    ways = [action for action in actions if action.kind in (Kind.BUTTON, Kind.TAB) and action.text and not _lets_in(action)]
    logs_in = sum(is_login(action.text) for action in ways)
    return logs_in > 0 and (2 * logs_in >= len(ways) or any(action.kind == Kind.FIELD for action in actions))


def has_tabs(screen: MappedScreen) -> bool:
    """Whether a page has a bar of tabs."""
    return sum(action.kind == Kind.TAB for action in screen.actions.values()) >= TABS


def _lets_in(action: Action) -> bool:
    """Whether a control of a login page lets the user in without it; its cross does, too."""
    return action.kind == Kind.CLOSE or _skips(action) or has_any(plain(action.text), CONTROLS.words("worth.guest"))


def _skips(action: Action) -> bool:
    said = plain(action.text)
    begins = len(said) <= LONG and said.startswith(tuple(CONTROLS.words("first.skips_begin")))
    return begins or any(words in CONTROLS.words("first.skips") for words in (said, said.replace(" ", "")))


def _turns(action: Action) -> bool:
    said = plain(action.text)
    return _skips(action) or any(words in CONTROLS.words("first.onward") for words in (said, said.replace(" ", "")))
