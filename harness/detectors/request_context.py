"""The context of an ask: the page in front, our last act before it, and whether either needs the permission.

A function needs a group when its words promise it (``harness.dialogs.promises``), or when it promises a group that goes
with it (``harness.dialogs.related``): who scans a code may also be asked for the pictures.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from harness.detectors.asks import Ask, Form
from harness.detectors.control_purpose import asked_by, purpose_of
from harness.detectors.dialog_causes import ACT_SLACK, ACTS, DIRECTLY_SECONDS, acts_until
from harness.dialogs.dialog_words import group_in, speaks_of_permission, speaks_of_settings
from harness.dialogs.promises import core_by_name, only_answers, only_leads, promised_by_name
from harness.dialogs.related import same_as, serves
from harness.dialogs.walls import permission_rows
from harness.events import (
    ActivityCreated,
    ActivityResumed,
    AppStopped,
    DialogClosed,
    DialogGone,
    DialogKind,
    DialogShown,
    Event,
    FunctionUsed,
    Instant,
    KeyPressed,
    PermissionDenied,
    ScreenSeen,
    Source,
    StreamLost,
    StreamOpened,
    Swiped,
    Tapped,
)
from harness.events.action_kinds import ERASES
from harness.events.app_under_test import AppUnderTest
from harness.events.streams import incomplete
from harness.events.timeline import Timeline
from harness.language import Text
from harness.rules import Rule

PAGE_SECONDS = 10.0
"""How long after an ask the page behind it is still looked for: the system's dialog hides it from the view tree."""
JUST_BEFORE = 1e-06
"""The journal dates to the microsecond: a span that ends so much before the loss of a stream has it whole."""
NOT_PERSONAL = ("NOTIFICATIONS",)
"""Groups that open no personal data: POST_NOTIFICATIONS is a runtime permission, but neither the notice's clause 5 (c)
nor the stores' list of what may not be asked early (phone, contacts, location, SMS, record, camera, storage, calendar)
means it."""
_OVER_THE_PAGE = (DialogKind.RATIONALE, DialogKind.SETTINGS_GUIDE, DialogKind.CONSENT)


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The context of an ask; ``function`` is our last act before it where that was the use of a control."""

    page: ScreenSeen | None
    act: Event | None

    @property
    def function(self) -> FunctionUsed | None:
        """The control that we used last, None when our last act was another."""
        return self.act if isinstance(self.act, FunctionUsed) else None

    @property
    def facts(self) -> tuple[Event, ...]:
        """The scene as facts of a finding, in time order."""
        return in_order(*(fact for fact in (self.act, self.page) if fact))


def request_context(timeline: Timeline, app: AppUnderTest, ask: Ask) -> RequestContext:
    acts = acts_until(timeline, ask.came)
    act = _left_behind(timeline, app, ask, acts) or (acts[-1] if acts else None)
    since = act.at if act is not None else ask.at.boot_start
    before = [page for page in _pages(timeline, app, since, ask.at) if page.at < ask.at]
    if before:
        return RequestContext(before[-1], act)
    following = timeline.between(ask.at.later(ACT_SLACK), ask.at.later(PAGE_SECONDS), *ACTS)
    until = following[0].at if following else ask.at.later(PAGE_SECONDS)
    after = _pages(timeline, app, ask.at, until)
    return RequestContext(after[0] if after else _same_activity(timeline, app, ask.at), act)


def _left_behind(timeline: Timeline, app: AppUnderTest, ask: Ask, acts: list[Event]) -> FunctionUsed | None:
    """The press on the subject of an ask that it belongs to although Back of ours came between: nothing asked before.

    A page that was opened and left within a second asks when it is gone already (docs/verdicts.md 1.5).
    """
    if len(acts) < 2 or not isinstance(acts[-1], KeyPressed) or acts[-1].key != "back":
        return None
    used = acts[-2]
    if not isinstance(used, FunctionUsed) or ask.came.seconds_since(used.at) > DIRECTLY_SECONDS:
        return None
    between = timeline.between(used.at, ask.came.earlier(ACT_SLACK), ActivityCreated, DialogShown, PermissionDenied)
    asked = any(not isinstance(event, ActivityCreated) or event.component.split("/", 1)[0] in app.grant_packages for event in between)
    return None if asked or not needs(purpose_of(timeline, app, used), ask.group) else used


def _same_activity(timeline: Timeline, app: AppUnderTest, at: Instant) -> ScreenSeen | None:
    """Return the page that the activity in front shows at its other openings: a dialog that comes with it hides it.

    Where it has shown one since it came to the front, such as one of its tabs, it is that one.
    """
    own = [event for event in timeline.of(ActivityResumed) if event.component.startswith(f"{app.package}/")]
    front = next((event for event in reversed(own) if at.boot_start <= event.at <= at), None)
    if front is not None and (shown := _pages(timeline, app, front.at, at)):
        return shown[-1]
    for number, event in enumerate(own):
        if front is not None and event.component == front.component:
            until = min([event.at.later(PAGE_SECONDS), *(following.at for following in own[number + 1 : number + 2])])
            if pages := _pages(timeline, app, event.at, until):
                return pages[0]
    return None


def led_by(timeline: Timeline, scene: RequestContext) -> Event | None:
    """Our last act before the ask that could have led to it.

    What closes a card or turns the pages of a guide does not, nor what was chosen on a page that was turned then.
    """
    if scene.act is None:
        return None
    turned = ""
    for act in reversed(timeline.between(scene.act.at.boot_start, scene.act.at, *ACTS)):
        if isinstance(act, Swiped) or (isinstance(act, FunctionUsed) and only_answers(act.text)):
            turned = act.screen if isinstance(act, FunctionUsed) and act.screen else turned
        elif not (isinstance(act, FunctionUsed) and turned and act.screen == turned and not act.promises):
            return act
    return None


def _pages(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> list[ScreenSeen]:
    """The app's own pages without a permission prompt or a policy over them: those would speak for the page."""
    pages = [page for page in timeline.between(start, end, ScreenSeen) if page.package == app.package]
    return [page for page in pages if not _covered_by_dialog(timeline, page.at)]


def _covered_by_dialog(timeline: Timeline, at: Instant) -> bool:
    start = at.boot_start
    shown = [dialog for dialog in timeline.between(start, at, DialogShown) if dialog.dialog in _OVER_THE_PAGE]
    if not shown:
        return False
    ends = timeline.between(shown[-1].at, at, DialogGone, Tapped, DialogClosed)
    return not any(end.at > shown[-1].at for end in ends)


def needs(promised: Iterable[str], group: str | None) -> bool:
    """Whether something that promises these groups needs ``group``."""
    return group is not None and any(serves(each, group) for each in promised)


def uses_before(timeline: Timeline, app: AppUnderTest, group: str | None, start: Instant, at: Instant) -> list[FunctionUsed]:
    """The uses since ``start`` and before ``at`` of functions that need the group."""
    used = timeline.between(start, at.later(ACT_SLACK), FunctionUsed)
    return [function for function in used if needs(purpose_of(timeline, app, function), group)]


def groups_of(timeline: Timeline, app: AppUnderTest, ask: Ask, scene: RequestContext) -> frozenset[str]:
    """The groups that an ask may be about: its own, else what the control in use is for or asked for before.

    A guide that names no permission, opened by our press of a function, is that function's. Empty where nothing tells.
    """
    if ask.group is not None:
        return frozenset({ask.group})
    led = led_by(timeline, scene)
    if isinstance(led, FunctionUsed) and (wanted := asked_by(timeline, app, led)):
        return wanted
    return frozenset(scene.page.about) if scene.page is not None and ask.form is Form.GUIDE else frozenset()


def still_used(timeline: Timeline, app: AppUnderTest, function: FunctionUsed, at: Instant) -> bool:
    """Whether a function that was used before an ask at ``at`` is still going on.

    It is over when the user came back from where it led, when what it asked for was answered and something else was
    used since, when its own page was left by Back or for another one of the app's (我的), and when the app was started
    anew. One that the tester named has no page to come back to; it goes on.
    """
    away = answered = left = False
    kinds = (AppStopped, ScreenSeen, ActivityResumed, PermissionDenied, FunctionUsed, KeyPressed)
    for event in timeline.between(function.at, at, *kinds):
        if event.at <= function.at:
            continue
        if isinstance(event, AppStopped) or (answered and isinstance(event, FunctionUsed) and event.text != function.text and not away):
            return False
        answered = answered or isinstance(event, PermissionDenied)
        left = left or (not away and (isinstance(event, KeyPressed) or (isinstance(event, FunctionUsed) and only_leads(event.text))))
        if isinstance(event, ActivityResumed):
            away = away or is_other_app(app, event)
        elif isinstance(event, ScreenSeen) and event.package == app.package:
            if function.screen and (left if event.screen != function.screen else away):
                return False
            left = False
            away = away or (bool(function.screen) and event.screen != function.screen)
    return True


def is_other_app(app: AppUnderTest, event: ActivityResumed) -> bool:
    """Whether a page of another app came to the front: not the system's own dialogs, settings or home screen."""
    system = (*app.grant_packages, *app.home_packages, *app.settings_packages)
    return event.component.split("/", 1)[0] not in (app.package, *system)


def first_of_each_function(timeline: Timeline, app: AppUnderTest, own: Iterable[Ask]) -> list[tuple[Ask, RequestContext]]:
    """Return the first ask for one group, and the first one of each function.

    A function's first is the one that the system's dialog or the app's own prompt made. Which function a walk used
    first is chance; what each of them does is not.
    """
    found: dict[str | None, tuple[Ask, RequestContext]] = {}
    for ask in own:
        scene = request_context(timeline, app, ask)
        led = led_by(timeline, scene)
        function = led.text if isinstance(led, FunctionUsed) else None
        if not found or (function is not None and ask.form in (Form.SYSTEM, Form.OWN)):
            found.setdefault(function, (ask, scene))
    return list(found.values())


def explains(timeline: Timeline, app: AppUnderTest, scene: RequestContext, ask: Ask, group: str | None, seconds: float) -> bool:
    """Whether the control used last needs the group that the ask is taken to be for.

    What it opened must still be going on.

    It goes on for ``seconds`` after the press, and after each answer to what it led to; or as long as the page that it
    opened is in front (docs/verdicts.md 1.5).
    """
    function = scene.function
    wanted = function is not None and (wants_it(function, ask) or _sees_to_permissions(timeline, function, ask))
    if function is None or not (needs(purpose_of(timeline, app, function), group) or wanted or _works_on(scene, group)):
        return False
    if scene.page is not None and function.screen and scene.page.screen != function.screen:
        return True
    until = function.at.later(seconds)
    for answer in timeline.between(function.at, ask.at, DialogShown, PermissionDenied, DialogClosed, Tapped):
        if answer.at <= until:
            until = answer.at.later(seconds)
    return ask.at <= until


def wants_it(function: FunctionUsed, ask: Ask) -> bool:
    """Whether the user asked to be asked.

    They do by 重新授权, or, for the settings of the system, by a row such as 通知管理, and in a list of permissions by
    one of its rows (位置信息 用于推荐商家), whichever group it is of: the page of the settings shows them all.
    """
    to_settings = ask.form in (Form.SETTINGS, Form.GUIDE)
    names_it = to_settings and (speaks_of_settings(function.text) or group_in(function.text) is not None)
    return names_it or speaks_of_permission(function.text)


def _sees_to_permissions(timeline: Timeline, function: FunctionUsed, ask: Ask) -> bool:
    """Whether the settings of the system were opened from a page about permissions, whatever the control is called."""
    if ask.form is not Form.SETTINGS:
        return False
    pages = timeline.between(function.at.boot_start, function.at, ScreenSeen)
    page = next((page for page in reversed(pages) if page.screen == function.screen), None)
    return page is not None and (speaks_of_permission(page.title) or bool(permission_rows(page.text.splitlines())))


def _works_on(scene: RequestContext, group: str | None) -> bool:
    """Whether the user pressed something of the function's own page: the shutter of a camera, whatever it is called.

    Unless its own words say that it is something else.
    """
    function = scene.function
    elsewhere = function is not None and (only_leads(function.text) or only_answers(function.text) or bool(function.promises))
    return page_is_function(scene, group) and not elsewhere


def page_is_function(scene: RequestContext, group: str | None) -> bool:
    """Whether the page that asks is itself the function: a scanner, a map."""
    return scene.page is not None and needs(scene.page.about, group)


def is_core(app: AppUnderTest, group: str | None) -> bool:
    """Whether the app is that function, by the tester's word or by its name: a camera, a scanner, a map, a dialer."""
    return group in app.core_groups or core_by_name(app.label, group or "")


def named_for(app: AppUnderTest, group: str | None) -> bool:
    """Whether the app's name promises a use of the group itself, or the tester says that the app has one.

    What only goes along with a use (the way with a workout) the name does not promise: a fitness app counts indoors.
    """
    told = {group for _, groups in app.functions for group in groups}
    return group in (*app.core_groups, *told) or (group is not None and any(group in same_as(each) for each in promised_by_name(app.label)))


def fresh_since(timeline: Timeline, at: Instant) -> Instant:
    """When the app's data was last cleared before a moment; else the start of that boot."""
    cleared = [stop.at for stop in timeline.of(AppStopped) if stop.how in ERASES and stop.at <= at]
    return cleared[-1] if cleared else at.boot_start


def in_order(*facts: Event) -> tuple[Event, ...]:
    """Return each fact once, in time order."""
    return tuple(sorted(dict.fromkeys(facts), key=lambda fact: fact.at))


def visible(timeline: Timeline, start: Instant, end: Instant) -> list[tuple[Instant, Instant]]:
    """The parts of a span outside of the pages that are black in pictures and silent in the tree (FLAG_SECURE).

    Such a page hides what it shows itself, and nothing of the rest of the run.
    """
    parts, since = [], start
    for lost in timeline.between(start, end, StreamLost):
        if lost.stream is not Source.TREE or lost.source is not Source.PIXELS or lost.at < since:
            continue
        parts.append((since, lost.at.earlier(JUST_BEFORE)))
        back = [event.at for event in timeline.between(lost.at, end, StreamOpened) if event.stream is Source.TREE]
        since = back[0] if back else end
    parts.append((since, end))
    return [(first, last) for first, last in parts if last > first]


def missing_streams(timeline: Timeline, rule: Rule, spans: Iterable[tuple[Instant, Instant]]) -> Text | None:
    """Which of the rule's needs does not cover the spans, in words; None when all was seen."""
    wanted = list(spans)
    missing = [source for source in rule.needs if not all(timeline.covered(source, start, end) for start, end in wanted)]
    return incomplete(missing) if missing else None
