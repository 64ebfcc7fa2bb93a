"""Tell whether the rows of a list, as far as they were pressed, are a menu of pages or a feed of equal ones."""

from harness.maps.graph import Action, MappedScreen
from harness.maps.press_history import PressHistory, did_nothing

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
