"""The pages that the walk of this run met, with the ways to them: what it saw there is tried on purpose, or told.

What called for an app, led to another one or had an advert over it is a place to look at, before any other page. One
that the search for adverts has seen is none, unless an advert lay over it that did not come again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.adverts.ad_slots import FULL_SCREEN, Step, lies_over
from harness.adverts.left_alone import map_of
from harness.events import ControlRole
from harness.language import Text, _
from harness.maps.graph import BACK, DRAWER, FILL, SCROLL, TURN, TURN_BACK, Graph, MappedScreen
from harness.pages.advert_words import is_mark, is_wall, role_of
from harness.pages.view_structure import unnumbered

if TYPE_CHECKING:
    from harness.adverts.advert_search import AdvertSearch
    from harness.session.session import Session

MOST_WALKED, MOST_PLAIN, WALKED_SECONDS = 10, 12, 400.0
"""Pages of the walk that are gone to once more, for a rule and for none, and what they cost, at most [PROJECT]."""
OPENINGS = 3
"""How often in a row a page is opened over which an advert lay, and the last press of a way is done again [PROJECT]:
some come at each second or third page."""
OUTSIDE = "outside:"
OF_COVERED = ("c7-window-cannot-close", "c7-close-acts-as-confirm", "c7-disguised-download")
"""The rules that are open where an advert over a page did not come again: its controls were never tried."""


@dataclass(frozen=True, slots=True)
class WalkedPage:
    """A page of the walk: the way there, and the rule that is open, with the reason, where it is not reached again.

    Of a page without a rule nothing is open: it is looked at as any other, and longer than the walk did.

    ``covered``: an advert over it was closed, or is all that it is, so it is opened several times.
    """

    screen: str
    way: tuple[Step, ...]
    rule: str
    reason: Text
    covered: bool
    adverts: frozenset[str] = frozenset()
    """The words of the adverts that were closed over it."""
    silent: bool = False
    """Whether a press on it left the page as it was: what that did was not to be seen."""


def look_at_walked(session: Session, search: AdvertSearch) -> None:
    """Look at the pages that the walk met and the search did not; of what is not met again the rule is told."""
    slots = search.sightings.slots.known
    waiting = [page for page in walked_pages(session, search.home) if page.covered or not search.met(page.screen)]
    if not waiting:
        return
    with session.segment("advert-walked"):
        until = session.uptime() + WALKED_SECONDS
        open_pages = [page for page in waiting if page.rule]
        for page in open_pages[:MOST_WALKED] + [page for page in waiting if not page.rule][:MOST_PLAIN]:
            if not page.rule:
                search.look_at(page.way, until)
                continue
            lasts = {way[-1] for slot in slots.values() if lies_over(slot.advert) for way, _hot in slot.ways if way}
            if page.covered and page.way[-1] in lasts:
                continue
            if page.adverts and page.adverts <= {unnumbered(slot.advert.words) for slot in slots.values()}:
                continue  # the very same advert is tried where it was met
            before, shown, last = len(slots), _shown(search), page.way[-1]
            search.look_at((*page.way, *((Step(back=True), last) * (OPENINGS - 1 if page.covered else 0))), until)
            if len(slots) == before and not page.covered:
                search.look_at((*page.way, *(last,) * OPENINGS), until)  # the walk may have pressed it some times in a row
            if len(slots) == before and not (page.covered and _shown(search) > shown):
                for rule in OF_COVERED if page.rule in OF_COVERED else (page.rule,):
                    session.not_tried(rule, page.reason)


def _shown(search: AdvertSearch) -> int:
    """How often a window over a page, or an advert as large as one, was seen behind the first page."""
    slots = search.sightings.slots.known.values()
    return sum(slot.seen for slot in slots if slot.way and (lies_over(slot.advert) or slot.kind in FULL_SCREEN))


def walked_pages(session: Session, home: str) -> list[WalkedPage]:
    """Return the pages to look at, what tells most first; none where there was no walk, or no way leads there."""
    walked = map_of(session)
    if walked is None:
        return []
    graph, covered = walked
    start = home if home in graph else graph.home
    found = []
    for name, keys in graph.paths(graph.screen(start).id).items() if start else ():
        screen = graph.screens[name]
        way, over = _way(graph, start, keys), [(tab, words) for page, tab, words in covered if page == name]
        tabs = {tab for tab, _words in over}
        for tab in tabs or {""}:
            rule, reason = _open(screen, covered=bool(tabs))
            last = screen.actions.get(tab)  # one of several tabs that leave the page's identity as it is
            there = (*way, Step(last.text, last.id)) if last is not None else way
            if way:
                adverts = frozenset(words for each, words in over if each == tab)
                found.append(WalkedPage(name, there, rule, reason, bool(tabs) or is_mark(screen.title), adverts, _is_silent(screen)))
    return sorted(found, key=lambda page: (not page.rule, page.covered, not page.silent, len(page.way)))


def _is_silent(screen: MappedScreen) -> bool:
    """Whether a button or row was pressed and led nowhere: the picture of an advert may have loaded its app."""
    return any(action.tries and action.to == screen.id for action in screen.actions.values() if action.kind in ("button", "row"))


def _way(graph: Graph, start: str, keys: list[str]) -> tuple[Step, ...]:
    """The steps of a way; empty where one of them is no press that can be done again."""
    steps: list[Step] = []
    screen = graph.screen(start)
    for key in keys:
        if key in (FILL, SCROLL, TURN_BACK, DRAWER):
            return ()
        action = screen.actions.get(key)
        tab = screen.actions.get(action.under) if action is not None else None
        if (action is not None and action.dangerous) or (tab is not None and tab.dangerous):
            return ()
        if tab is not None and steps[-1:] != [Step(tab.text, tab.id)]:
            steps.append(Step(tab.text, tab.id))  # it left the page's identity as it is: only below it the control is in sight
        if key == TURN:
            steps.append(Step(turns=1))
        else:
            steps.append(Step(back=True) if action is None or key == BACK else Step(action.text, action.id))
        screen = graph.screens[action.to if action is not None else screen.parent]
    return tuple(steps)


def _open(screen: MappedScreen, *, covered: bool) -> tuple[str, Text]:
    """The rule that a page of the walk is about, and what is said where it was not met again; empty for any other."""
    lines = [line for line in (*screen.title.splitlines(), *(action.text for action in screen.actions.values())) if line]
    page = screen.title[:40]
    if is_mark(screen.title):
        return "c7-window-cannot-close", _("the walk met an advert as large as the page, and it did not come again")
    if wall := next((line for line in lines if is_wall(line)), ""):
        return "c7-forced-download-wall", _("the walk met '{words}', and the page was not reached again", words=wall[:40])
    roles = {role_of(line): line for line in lines}
    if ControlRole.PAUSE in roles and not roles.keys().isdisjoint((ControlRole.LOAD, ControlRole.FAST_LOAD)):
        return "c7-download-resumes", _("the walk met '{words}', and the page was not reached again", words=roles[ControlRole.PAUSE][:40])
    led = [action for action in screen.actions.values() if action.to.startswith(OUTSIDE)]
    untold = (action for action in led if action.text and not action.promises and role_of(action.text) is None)
    silent = next((action for action in untold if sum(action.to == one.to for one in led) > 1), None)
    if silent is not None:
        package, words = silent.to.removeprefix(OUTSIDE), silent.text[:40]
        return "c7-jump", _("in the walk '{button}' opened {package}, and it was not tried on purpose", button=words, package=package)
    if covered:
        return "c7-window-cannot-close", _("an advert over '{page}' was closed in the walk, and it did not come again", page=page)
    return "", Text("")
