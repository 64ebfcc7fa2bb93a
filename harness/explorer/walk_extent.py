"""How far a walk came, for the journal: a verdict that clears says no more than that."""

from collections.abc import Iterator

from harness.dialogs.danger import asks_nothing
from harness.dialogs.walls import is_login
from harness.explorer.first_start import wants_login
from harness.maps.action_selection import spared
from harness.maps.graph import NO_CONTROLS, Action, Graph, MappedScreen
from harness.pages.controls import Kind
from harness.recording import steps
from harness.session.session import Session

MOST_NAMED, LONGEST = 5, 40
"""Pages of a kind from which nothing led on that are named at most, and signs of each title [PROJECT]."""


def tell_walk(session: Session, part: str, graph: Graph, left: int, *, logged_in: bool = False) -> None:
    """Write down how far the walk of a part of the run came; ``left`` controls may be pressed and were not."""
    pages = [screen for screen in graph.screens.values() if screen.id]
    controls = [action for screen in pages for action in _controls(screen)]
    logins = [] if logged_in else [screen for screen in pages if wants_login(screen) and not _lets_in(graph, screen)]
    forms = [screen for screen in pages if not wants_login(screen) and _keeps(graph, screen)]
    alone = spared(graph)
    session.journal.write(
        steps.WalkExtent(
            part=part,
            pages=len(pages),
            controls=len(controls),
            pressed=sum(bool(action.tries) for action in controls),
            spared=len(alone),
            asking=tuple(dict.fromkeys((one.text or one.id)[:LONGEST] for one in alone if not asks_nothing(one.text, one.id)))[:MOST_NAMED],
            left=left,
            logins=_titles(logins),
            forms=_titles(forms),
            wordless=sum(map(is_wordless, pages)),
        )
    )


def is_wordless(screen: MappedScreen) -> bool:
    """Whether neither the title of a page nor a control of it has a word."""
    return not screen.title and not any(action.text for action in _controls(screen))


def _controls(screen: MappedScreen) -> list[Action]:
    """What can be pressed on a page; a field is filled and not pressed."""
    return [one for one in screen.actions.values() if one.key not in NO_CONTROLS and one.kind not in (Kind.FIELD, Kind.BACK)]


def _titles(pages: list[MappedScreen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(page.title[:LONGEST] for page in pages))[:MOST_NAMED]


def _led_to(graph: Graph, screen: MappedScreen) -> Iterator[tuple[Action, MappedScreen]]:
    """The pages to which the controls of a page led, but for itself and the one from which it was come to."""
    for action in _controls(screen):
        if action.to in graph and graph.screen(action.to).id not in (screen.id, screen.parent):
            yield action, graph.screen(action.to)


def _lets_in(graph: Graph, screen: MappedScreen) -> bool:
    """Whether what logs in on a page led on, and not to another way to log in."""
    return any(is_login(action.text) and not wants_login(page) for action, page in _led_to(graph, screen))


def _keeps(graph: Graph, screen: MappedScreen) -> bool:
    """Whether a page has fields, and nothing on it led to another one."""
    return any(action.kind == Kind.FIELD for action in screen.actions.values()) and not any(_led_to(graph, screen))
