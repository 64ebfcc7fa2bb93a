"""Tell whether the rows of a list, as far as they were pressed, are a menu of pages or a feed of equal ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harness.maps.graph import Action, Graph, MappedScreen

FIRST_ROWS = 2
"""Rows of a list that are pressed before it is known what they lead to [PROJECT]."""
SHORT = 6
"""Characters of a caption that names a function rather than a piece of news [PROJECT]."""


def tried_rows(screen: MappedScreen, rows: str) -> list[Action]:
    """The rows of a list that were pressed already."""
    return [action for action in screen.actions.values() if action.rows == rows and action.tries]


def is_menu(graph: Graph, screen: MappedScreen, rows: str) -> bool:
    """Whether the rows lead to different pages; short captions may, until several led to the very same page."""
    own, tried = [action for action in screen.actions.values() if action.rows == rows], tried_rows(screen, rows)
    reached = {action.to for action in tried if not did_nothing(screen, action)}
    if len({_kind_of_page(graph, to) for to in reached}) > 1:
        return True
    same = len(tried) >= 2 * FIRST_ROWS and len(reached) == 1
    return not same and 2 * sum(len(action.text) <= SHORT for action in own) > len(own)


def did_nothing(screen: MappedScreen, action: Action) -> bool:
    """Whether it was pressed and neither led away nor was anything asked for."""
    return bool(action.tries) and action.to in ("", screen.id) and not action.asked


def are_dead(graph: Graph, rows: str) -> bool:
    """Whether rows of this make did nothing wherever enough of them were pressed: the lines of an article."""
    tried = [(screen, action) for screen in graph.screens.values() for action in tried_rows(screen, rows)]
    return len(tried) > FIRST_ROWS and all(did_nothing(screen, action) for screen, action in tried)


def fed_elsewhere(graph: Graph, screen: MappedScreen, rows: str) -> bool:
    """Whether rows of the same make lead to pages of one make wherever else they were pressed.

    So do the goods of a shop, on each page.
    """
    kinds: set[tuple[str, str]] = set()
    count = 0
    for other in graph.screens.values():
        tried = tried_rows(other, rows) if other.id != screen.id else []
        kinds.update(_kind_of_page(graph, action.to) for action in tried)
        if any(action.to == other.id for action in tried) or (tried and is_menu(graph, other, rows)):
            return False
        count += len(tried)
    return count >= FIRST_ROWS and len(kinds) == 1


def only_feeds(graph: Graph, screen: MappedScreen) -> bool:
    """Whether what moves on a page are lists of which enough was seen."""
    lists = {action.rows for action in screen.actions.values() if action.rows}
    known = (fed_elsewhere(graph, screen, rows) or len(tried_rows(screen, rows)) >= FIRST_ROWS for rows in lists)
    return bool(lists) and all(known) and not any(is_menu(graph, screen, rows) for rows in lists)


def all_alike(graph: Graph, screen: MappedScreen, action: Action) -> bool:
    """Whether it is one of many rows that promise the same.

    Those pressed so far led to pages of one make, and nothing was asked there.
    """
    if not action.rows:
        return False
    tried = [other for other in tried_rows(screen, action.rows) if other.promises == action.promises]
    kinds = {_kind_of_page(graph, other.to) for other in tried}
    return len(tried) >= FIRST_ROWS and len(kinds) == 1 and not any(other.asked for other in tried)


def _kind_of_page(graph: Graph, name: str) -> tuple[str, str]:
    found = graph.screens.get(name)
    return (found.activity, found.skeleton) if found else (name, "")
