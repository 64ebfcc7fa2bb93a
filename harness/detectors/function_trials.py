"""Trials of functions: the result of pressing one, with and without the permission that the app wanted for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.detectors.asks import CONTROL_SEGMENTS, Ask, Denial, Form, asks, denials, known_denials, undisturbed
from harness.detectors.control_comparison import is_same_control
from harness.detectors.dialog_causes import ACTS, came_by_itself
from harness.dialogs.dialog_words import group_in
from harness.dialogs.promises import only_leads
from harness.dialogs.related import same_as
from harness.dialogs.walls import groups_of_wall, is_loading, is_narrower, is_offer, is_wall, permission_rows
from harness.events import (
    ActivityResumed,
    DialogKind,
    DialogShown,
    Event,
    FunctionUsed,
    Instant,
    KeyPressed,
    PermissionDenied,
    ScreenSeen,
    TextSeen,
    ToastShown,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.pages.view_structure import unnumbered

Wall = DialogShown | ScreenSeen | TextSeen | ToastShown
EXPLAINING = (DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE)
OWN = (*EXPLAINING, DialogKind.OTHER)
EMPTY_LINES = 2
"""New lines of a page that has nothing yet: its title, and that it is loading."""


@dataclass(frozen=True, slots=True)
class FunctionTrial:
    """One use of a function until our next act.

    ``page`` is what was in front when it was pressed. ``denied`` is the denial that may have closed it: the first one
    in the use, else an earlier one for whose permission the use met a wall (``in_use`` False). ``walls`` say that
    something is closed without a permission; ``opened`` are the pages that showed something new all the same. ``about``
    are the permission groups that the page which it opened is about (a scanner, a map), or the one it was pressed on
    where its own words do not say what it is. ``offers`` say what can be done without the permission instead.
    """

    function: FunctionUsed
    end: Instant
    page: ScreenSeen | None
    denied: Denial | None
    in_use: bool
    walls: tuple[Wall, ...]
    opened: tuple[ScreenSeen, ...]
    about: tuple[str, ...] = ()
    offers: tuple[Wall, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether the function stayed shut: it met a wall, or a denial was all that came of it."""
        return self.denied is not None and not self.opened and (bool(self.walls) or self.in_use)

    @property
    def narrower(self) -> bool:
        """Whether a wall itself, or what was said in its place, offers to go on with less."""
        return bool(self.offers) or any(is_narrower(wall.text) for wall in self.walls)


def function_trials(timeline: Timeline, app: AppUnderTest) -> list[FunctionTrial]:
    """Every use of a function in the run, but for control runs."""
    every = denials(timeline)
    vain = [ask for ask in asks(timeline, app) if ask.form is Form.SUPPRESSED and ask.group is not None]
    return [_use(timeline, app, function, every, vain) for function in undisturbed(timeline, timeline.of(FunctionUsed))]


def shut_in_control(timeline: Timeline, app: AppUnderTest, use: FunctionTrial, start: Instant, end: Instant) -> tuple[Event, ...] | None:
    """The function, where it stayed shut in the control run in which the span lies; None where it was not used there.

    Nothing is returned where it opened: something new came up after the answer.
    For a use that met no wall that must be another page: new words on the page alone do not show that the function was
    shut. A notice that comes by itself opens nothing, nor do words that the page shows without the permission.
    """
    begun = next(since for _, since, until in timeline.segments(CONTROL_SEGMENTS) if since <= start <= until)
    used = timeline.between(begun, end, FunctionUsed)
    pressed = [each for each in used if is_same_control(each.text, use.function.text)]
    if not pressed:
        return None
    page = page_before(timeline, app, pressed[-1].at)
    new = [seen for seen in contents(timeline, app, max(start, pressed[-1].at), end) if shows_more(seen, page)]
    new = [seen for seen in new if not came_by_itself(timeline, app, seen)]
    if page is None or not use.walls:
        opened = any(page is None or seen.screen != page.screen for seen in new)
    else:
        opened = bool(_really_new(undisturbed(timeline, timeline.of(ScreenSeen)), page, new))
    return () if opened else (use.function,)


def way_round(timeline: Timeline, app: AppUnderTest, use: FunctionTrial, allowed: list[tuple[Instant, Instant]]) -> FunctionTrial | None:
    """The use of another control of the wall's page, or of the function's own, that led to a page which Allow opens.

    ``allowed``: what was watched under Allow. Such a control is a narrower way, whatever its words are.
    """
    walls = {wall.screen for wall in use.walls if isinstance(wall, ScreenSeen)}
    here = use.page.screen if use.page is not None else ""
    pages = [seen for start, end in allowed for seen in contents(timeline, app, start, end) if shows_more(seen, use.page)]
    behind = {seen.screen for seen in pages} - walls - {here}
    itself = behind.intersection(seen.screen for seen in pages if _pressed_before(timeline, use, seen))
    for other in function_trials(timeline, app):
        if other.page is None or other.function.text == use.function.text:
            continue
        goals = behind if other.page.screen in walls else itself if other.page.screen == here else ()
        if any(seen.screen in goals for seen in other.opened):
            return other
    return None


def _pressed_before(timeline: Timeline, use: FunctionTrial, seen: ScreenSeen) -> bool:
    """Whether the function itself was what a control run used last before a page was seen."""
    begun = next((since for _, since, until in timeline.segments(CONTROL_SEGMENTS) if since <= seen.at <= until), seen.at)
    used = timeline.between(begun, seen.at, FunctionUsed)
    return bool(used) and used[-1].text == use.function.text


def page_before(timeline: Timeline, app: AppUnderTest, at: Instant) -> ScreenSeen | None:
    """The page of the app that was in front at a moment, as far as the tree told."""
    pages = [page for page in timeline.between(at.boot_start, at, ScreenSeen) if page.package == app.package]
    return pages[-1] if pages else None


def walls_between(timeline: Timeline, app: AppUnderTest, page: ScreenSeen | None, start: Instant, end: Instant) -> tuple[Wall, ...]:
    """Return the facts that say that something is closed without a permission, and were not on ``page`` before."""
    known = set(page.text.splitlines()) if page is not None else set()
    dialogs: list[Wall] = [d for d in timeline.between(start, end, DialogShown) if d.dialog in OWN and is_wall(d.text)]
    pages = [seen for seen in _pages(timeline, app, start, end) if _has_wall(seen.text.splitlines(), known)]
    drawn = [text for text in timeline.between(start, end, TextSeen) if _has_wall(text.text.splitlines(), known)]
    toasts = [toast for toast in timeline.between(start, end, ToastShown) if is_wall(toast.text)]
    return tuple(sorted([*dialogs, *pages, *drawn, *toasts], key=lambda wall: wall.at))


def _offers_between(
    timeline: Timeline, app: AppUnderTest, page: ScreenSeen | None, start: Instant, end: Instant, group: str | None
) -> tuple[Wall, ...]:
    """Return the Toasts and dialogs that say what can be done without, and the pages whose new lines do.

    The page of the control says so as well where it names the permission that was refused: 未开启定位，可手动选择城市.
    """
    known = set(page.text.splitlines()) if page is not None else set()
    named = {group_in(line) for line in known if is_narrower(line)} - {None}
    before = [page] if page is not None and named.intersection(same_as(group) if group else named) else []
    dialogs: list[Wall] = [d for d in timeline.between(start, end, DialogShown) if d.dialog in OWN and is_narrower(d.text)]
    toasts = [toast for toast in timeline.between(start, end, ToastShown) if is_offer(toast.text)]
    pages = [seen for seen in _pages(timeline, app, start, end) if any(map(is_narrower, set(seen.text.splitlines()) - known))]
    return tuple(sorted([*before, *dialogs, *toasts, *pages], key=lambda offer: offer.at))


def _use(timeline: Timeline, app: AppUnderTest, function: FunctionUsed, every: list[Denial], vain: list[Ask]) -> FunctionTrial:
    last = function.at.boot_end
    acts = (act for act in timeline.between(function.at, last, *ACTS) if act.at > function.at)
    end = next((act.at for act in acts if not _comes_back(timeline, app, function, act)), last)
    page = page_before(timeline, app, function.at)
    known = known_denials(timeline, every, function.at)
    inside = [denial for denial in every if function.at < denial.at <= end]
    asked = [denial for denial in inside if isinstance(denial.fact, PermissionDenied) or not known]
    refused = function.at if known or not inside else inside[0].at
    walls = walls_between(timeline, app, page, refused, end) if known or inside else ()  # who was never refused only explains itself
    since = inside[-1].at if inside else function.at
    opened = tuple(seen for seen in contents(timeline, app, since, end) if shows_more(seen, page))
    if (known or inside) and page is not None and all(seen.screen == page.screen for seen in opened):
        opened = _really_new(timeline.between(function.at.boot_start, function.at, ScreenSeen), page, opened)
    requested = [ask.group for ask in vain if function.at <= ask.at <= end]
    denied = asked[0] if asked else _about(walls, page, known, requested)
    offers = _offers_between(timeline, app, page, refused, end, denied.group) if denied is not None else ()
    own = bool(function.promises) or only_leads(function.text)  # what it is, its words say, and not the page it stands on
    shown = _pages(timeline, app, function.at, end)
    met = [seen for seen in shown if page is None or seen.screen != page.screen] if own else [page, *shown]
    about = {group for seen in met if seen is not None for group in seen.about}
    return FunctionTrial(function, end, page, denied, bool(asked), walls, opened, tuple(sorted(about)), offers)


def _comes_back(timeline: Timeline, app: AppUnderTest, function: FunctionUsed, act: Event) -> bool:
    """Whether our Back only left a page of others that came up in the use, such as a ROM's page of permissions."""
    resumed = timeline.between(function.at, act.at, ActivityResumed)
    return isinstance(act, KeyPressed) and act.key == "back" and bool(resumed) and _is_other(app, resumed[-1])


def _is_other(app: AppUnderTest, event: ActivityResumed) -> bool:
    """Whether a page that came to the front is neither the app's, nor the system's dialog, nor the home screen."""
    apart = (app.package, *app.grant_packages, *app.home_packages)
    return event.component.split("/", 1)[0] not in apart


def _about(walls: tuple[Wall, ...], page: ScreenSeen | None, known: list[Denial], requested: list[str | None]) -> Denial | None:
    """Return the earlier denial that a wall is about, None if nothing tells.

    It is of the group that was requested in vain in this use, by the log; else of one that the wall names, or the only
    one there was, unless the wall names another.
    """
    if not walls:
        return None
    for group in requested:
        if found := _first_of(known, group):
            return found
    before = page.text.splitlines() if page is not None else []
    others = False
    for wall in walls:
        read = wall.permission_group if isinstance(wall, DialogShown) else None
        named = groups_of_wall("\n".join(line for line in wall.text.splitlines() if line not in before))
        for group in named or (read or group_in(wall.text),):
            if found := _first_of(known, group):
                return found
        others |= bool(named)
    denied = {denial.group for denial in known}
    return _first_of(known, *denied) if len(denied) == 1 and (not others or None in denied) else None


def _first_of(known: list[Denial], group: str | None) -> Denial | None:
    alike = same_as(group) if group else (None,)
    same = [denial for denial in known if denial.group in alike]
    return next((denial for denial in same if isinstance(denial.fact, PermissionDenied)), same[0] if same else None)


def _pages(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> list[ScreenSeen]:
    """The pages of the app that were read after ``start``."""
    return [page for page in timeline.between(start, end, ScreenSeen) if page.package == app.package and page.at > start]


def contents(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> list[ScreenSeen]:
    """Return the pages that are no explanation of a permission by the app itself: what asks again opens nothing."""
    asking = {dialog.at for dialog in timeline.between(start, end, DialogShown) if dialog.dialog in EXPLAINING}
    return [page for page in _pages(timeline, app, start, end) if page.at not in asking]


def shows_more(seen: ScreenSeen, page: ScreenSeen | None) -> bool:
    """Whether a page is another than before, or has new texts, none of which says that something is closed.

    One that has its title and is loading still, to the end, shows nothing.
    """
    before = set(page.text.splitlines()) if page is not None else set()
    lines = seen.text.splitlines()
    if _has_wall(lines, before) or (any(map(is_loading, lines)) and len(set(lines) - before) <= EMPTY_LINES):
        return False
    return page is None or seen.screen != page.screen or any(line not in before for line in lines)


def _really_new(others: Iterable[ScreenSeen], page: ScreenSeen, opened: Iterable[ScreenSeen]) -> tuple[ScreenSeen, ...]:
    """Other pages, and those with lines that the page never had, but for numbers: a rotating bar shows nothing new."""
    known = {unnumbered(line) for seen in others if seen.screen == page.screen for line in seen.text.splitlines()}
    return tuple(seen for seen in opened if seen.screen != page.screen or not known.issuperset(map(unnumbered, seen.text.splitlines())))


def _has_wall(lines: Iterable[str], known: set[str]) -> bool:
    """Whether a new line is a wall; a list of permissions with their states, in the app's own settings, is none."""
    every = list(lines)
    listed = permission_rows(every)
    return any(line not in known and line not in listed and is_wall(line) for line in every)
