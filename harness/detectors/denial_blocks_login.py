"""c5-denial-blocks-login: once a permission is refused, no way is left to register or to log in (scene 2.1-3)."""

from dataclasses import dataclass, replace

from harness.detectors.asks import Denial, denials, until_next_act
from harness.detectors.control_comparison import ALLOW, ControlState, compare_with_controls, controls, spans
from harness.detectors.function_trials import FunctionTrial, Wall, function_trials, page_before, shut_in_control, walls_between
from harness.detectors.request_context import missing_streams
from harness.dialogs.walls import declines_login, is_form_part, is_login, is_narrower, is_wall, login_ways, names_guest
from harness.events import ControlAnswer, Event, FunctionUsed, Instant, ScreenSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.timeline import Timeline
from harness.language import _, listed
from harness.rules import Rule

WALL_SECONDS = 10.0
"""How soon a login page that is in front by itself must say that it is closed, after the denial [PROJECT]."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One try at logging in under a denial: by a function, or on a login page that was there by itself (use None)."""

    denied: Denial
    use: FunctionTrial | None
    end: Instant
    page: ScreenSeen | None
    walls: tuple[Wall, ...]
    closed: bool

    def facts(self, timeline: Timeline) -> tuple[Event, ...]:
        """Return the facts that it rests on, in time order."""
        own = (self.use.function,) if self.use else ()
        return timeline.in_order(self.denied.fact, *own, *self.walls)


def denial_blocks_login(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each group under whose denial a login was tried."""
    attempts = [*_by_function(timeline, app), *_by_itself(timeline, app)]
    groups = dict.fromkeys(attempt.denied.group for attempt in attempts)
    return [_judge(timeline, app, rule, [a for a in attempts if a.denied.group == group], group) for group in groups]


def _by_function(timeline: Timeline, app: AppUnderTest) -> list[_Attempt]:
    found: list[_Attempt] = []
    for use in function_trials(timeline, app):
        denied = use.denied or (found[-1].denied if found and _lets_in(use) else None)
        if denied is not None and is_login_use(use):
            closed = use.closed and not use.narrower
            found.append(_Attempt(denied, use, use.end, use.page, use.walls, closed))
    return found


def is_login_use(use: FunctionTrial) -> bool:
    """Whether the function is called so, stands on a page that is, or meets a wall before a login: 暂时无法登录.

    What goes on without it (暂不登录) is none.
    """
    if declines_login(use.function.text):
        return False
    if is_login(use.function.text) or (use.page is not None and use.page.fields > 0 and is_login(use.page.title)):
        return True
    return any(is_login(line) and is_wall(line) for wall in use.walls for line in wall.text.splitlines())


def _lets_in(use: FunctionTrial) -> bool:
    """Whether a use under an earlier denial, that met no wall, came to something.

    A page that is not for logging in again.
    """
    return any(not is_login(seen.text) for seen in use.opened)


def _by_itself(timeline: Timeline, app: AppUnderTest) -> list[_Attempt]:
    """Denials on a login page that no function led to: the app opened with it."""
    found: list[_Attempt] = []
    used = timeline.of(FunctionUsed)
    for denial in denials(timeline):
        page = page_before(timeline, app, denial.at)
        by_function = [use for use in used if use.at < denial.at <= until_next_act(timeline, use.at, 3600)]
        if by_function or page is None or not page.fields or not is_login(page.text):
            continue
        end = until_next_act(timeline, denial.at, WALL_SECONDS)
        walls = walls_between(timeline, app, page, denial.at, end)
        since = max((wall.at for wall in walls), default=denial.at)
        after = [seen for seen in _login_pages(timeline, app, since, end) if seen.at > since]
        closed = bool(walls) and not after and not any(is_narrower(wall.text) for wall in walls)
        if walls or after:
            found.append(_Attempt(denial, None, end, page, walls, closed))
    return found


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, own: list[_Attempt], group: str | None) -> Finding:
    name = group_name(group)
    closed = [attempt for attempt in own if attempt.closed]
    ways = _ways_left(timeline, app, own) if len(closed) == len(own) else ()
    first = closed[0] if closed else own[0]
    outcome, facts = Outcome.CLEAR, first.facts(timeline)
    if len(closed) == len(own) and not ways:
        outcome = Outcome.VIOLATION
        reason = _("no way is left to register or log in once {group} is refused", group=name)
    elif gone := missing_streams(timeline, rule, [(attempt.denied.at, attempt.end) for attempt in own]):
        outcome, reason = Outcome.INCONCLUSIVE, gone
    elif ways:
        reason = _("another way to log in stays open after the {group} permission was refused: {ways}", group=name, ways=listed(ways[:3]))
    else:
        reason = _("logging in stays possible after the {group} permission was refused", group=name)
    finding = Finding(rule.id, outcome, group or "unknown", reason, facts)
    return _weighed(timeline, app, rule, finding, first) if outcome is Outcome.VIOLATION else finding


def _weighed(timeline: Timeline, app: AppUnderTest, rule: Rule, finding: Finding, first: _Attempt) -> Finding:
    function = first.use.function if first.use else None

    def broken(answer: ControlAnswer, start: Instant, end: Instant) -> tuple[Event, ...] | None:
        if answer != ALLOW:
            return ()
        if first.use is not None:
            return shut_in_control(timeline, app, first.use, start, end)
        return walls_between(timeline, app, first.page, start, end)

    sides = controls(timeline, app, rule, first.denied.fact, first.denied.group, broken, function.text if function else "")
    same = [side for side in sides if function is not None and function in side.facts]
    afterwards = function is not None and function.at > first.denied.at
    weighed = compare_with_controls(finding, sides, first.denied.fact, *((function,) if function is not None and afterwards else ()))
    if not first.walls and same:
        gone = missing_streams(timeline, rule, [(first.denied.at, first.end), *spans(same)])
        reason = gone or _("the login does the same whether the permission is refused or allowed")
        return replace(weighed, outcome=Outcome.INCONCLUSIVE if gone else Outcome.CLEAR, reason=reason)
    if not first.walls and any(side.state is not ControlState.WELL for side in sides):
        return replace(weighed, outcome=Outcome.INCONCLUSIVE)  # without a wall only the control run tells that there is something to open
    return weighed


def _ways_left(timeline: Timeline, app: AppUnderTest, own: list[_Attempt]) -> tuple[str, ...]:
    """Ways to log in that the app shows under the denial, other than those that were tried.

    A form of another page is one, as long as nobody met a wall on it too.
    """
    tried = {attempt.use.function.text for attempt in own if attempt.use is not None}
    walled = {attempt.page.screen for attempt in own if attempt.closed and attempt.page is not None}
    uses = function_trials(timeline, app)
    found: list[str] = []
    for attempt in own:
        ends = [end for _, start, end in timeline.segments() if start <= attempt.denied.at <= end]
        until = max([attempt.end, *ends])
        pages = _login_pages(timeline, app, attempt.denied.at, until)
        for page in [*([attempt.page] if attempt.page else []), *pages]:
            form = page.fields > 0 and is_login(page.title)  # a home page with a search field and 登录 on it is none
            every = login_ways(page.text)
            offers = form or (is_login(page.title) and not all(map(names_guest, every)))
            named = (way for way in every if offers or not names_guest(way))
            ways = (way for way in named if way not in tried and not (page.screen in walled and is_form_part(way)))
            found += [way for way in ways if not _shut(way, uses, attempt.denied.at, walled)]
            if form and attempt.page is not None and page.screen not in (attempt.page.screen, *walled):
                found.append(page.title)
    return tuple(dict.fromkeys(found))


def _shut(way: str, uses: list[FunctionTrial], since: Instant, walled: set[str]) -> bool:
    """Whether a way that a page names was followed to its end: it led to a wall, or to a form that does (a tab)."""
    own = [use for use in uses if use.function.at > since and way in use.function.text]
    into = {use.opened[-1].screen if use.opened else use.page.screen if use.page else "" for use in own}
    return any(use.walls and not use.opened for use in own) or (bool(into) and into <= walled)


def _login_pages(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> list[ScreenSeen]:
    """Pages for logging in that were seen without a wall on them."""
    pages = [page for page in timeline.between(start, end, ScreenSeen) if page.package == app.package and is_login(page.text)]
    return [page for page in pages if not any(is_wall(line) for line in page.text.splitlines())]
