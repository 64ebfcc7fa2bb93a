"""c5-asks-before-use: a permission is asked for before any function that needs it was used (scene 2.1-7)."""

from harness.detectors.asks import Ask, Denial, Form, asks, denials
from harness.detectors.dialog_causes import Cause, came_of_nothing, cause_of
from harness.detectors.functions import did_without
from harness.detectors.request_context import (
    NOT_PERSONAL,
    RequestContext,
    first_of_each_function,
    fresh_since,
    in_order,
    led_by,
    missing_streams,
    named_for,
    page_is_function,
    still_used,
    uses_before,
)
from harness.dialogs.promises import only_leads
from harness.events import AppLaunched, FieldFilled, FunctionUsed, Instant, KeyPressed
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

_RANK = (Outcome.VIOLATION, Outcome.SUSPECTED)


def asks_before_use(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each group that was asked for since the app's data was last cleared.

    Its first ask decides, and each function's first one: what a function that has nothing to do with the group asks for
    is early also when another function was used before. The app's own prompt for what was refused before is no early
    ask: it is asking again, which other rules are about, and one fact is charged to one rule.
    """
    asked: dict[tuple[Instant, str | None], list[Ask]] = {}
    refused = denials(timeline)
    for ask in asks(timeline, app):
        fresh = fresh_since(timeline, ask.came)
        if ask.group not in NOT_PERSONAL and (ask.group is not None or ask.form is Form.SYSTEM) and not _again(ask, refused, fresh):
            asked.setdefault((fresh, ask.group), []).append(ask)
    return [_judge(timeline, app, rule, fresh, own) for (fresh, _group), own in asked.items()]


def _again(ask: Ask, refused: list[Denial], fresh: Instant) -> bool:
    """Whether it is the app's own prompt for a group that the user had refused since the data was cleared."""
    return ask.form is Form.OWN and any(fresh <= denial.at < ask.came and denial.group == ask.group for denial in refused)


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, fresh: Instant, own: list[Ask]) -> Finding:
    judged = [(ask, scene, _said(timeline, app, ask, scene, fresh)) for ask, scene in first_of_each_function(timeline, app, own)]
    early = [each for each in judged if each[2][0] in _RANK]
    ask, scene, (outcome, why) = min(early, key=lambda each: _RANK.index(each[2][0])) if early else judged[0]
    launched = timeline.between(fresh, ask.came, AppLaunched)
    missing = missing_streams(timeline, rule, [(launched[0].at if launched else ask.came, ask.came)])
    if ask.group is None:
        led = led_by(timeline, scene)
        used = isinstance(led, FunctionUsed) and not only_leads(led.text)  # what it came of says no more of the other asks
        outcome = Outcome.NOT_EXERCISED if used and missing is None else Outcome.INCONCLUSIVE
        why = _("which one was not seen")
    elif missing is not None and (len(early) < rule.threshold("asks") or scene.page is None):
        outcome, why = Outcome.INCONCLUSIVE, missing
    # A page that was only seen after the dialog went says what an ask was for, and nothing of when it came.
    known = [fact for fact in (*launched[-1:], *scene.facts) if outcome is Outcome.CLEAR or fact.at <= ask.came]
    return Finding(
        rule.id,
        outcome,
        ask.group or "unknown",
        _("asked for {group}: {why}", group=group_name(ask.group), why=why),
        in_order(*known, *ask.facts),
        measured={"asks": len(early)},
    )


def _said(timeline: Timeline, app: AppUnderTest, ask: Ask, scene: RequestContext, fresh: Instant) -> tuple[Outcome, Text]:
    """What one ask is: clear with the reason why it came in time, else a violation or suspected."""
    if rightly := _rightly(timeline, app, ask, scene, fresh):
        return Outcome.CLEAR, rightly
    uses = uses_before(timeline, app, ask.group, fresh, ask.came)
    used = next((use for use in uses if not did_without(timeline, app, use, [ask])), None)
    if used and cause_of(timeline, app, ask.came).kind is not Cause.RETURN:
        why = _("'{function}' was used before, but was not in use any more when it asked: to be reviewed", function=used.text)
        return Outcome.SUSPECTED, why
    return _wrongly(timeline, app, ask, scene)


def _rightly(timeline: Timeline, app: AppUnderTest, ask: Ask, scene: RequestContext, fresh: Instant) -> Text | None:
    """Why the ask came in time, None where nothing says so."""
    led = led_by(timeline, scene)
    before = uses_before(timeline, app, ask.group, fresh, ask.came)
    used = next((each for each in before if each == led), None)
    used = used or next((each for each in before if still_used(timeline, app, each, ask.came)), None)
    if used is not None:
        return _("after the function '{function}' was used", function=used.text)
    elsewhere = isinstance(led, FunctionUsed) and scene.page is not None and led.screen == scene.page.screen and bool(led.promises)
    if scene.page is not None and page_is_function(scene, ask.group) and not elsewhere:
        return _("the page '{page}' is that function", page=scene.page.title)
    if named_for(app, ask.group):
        return _("it is what '{app}' is about", app=app.label)
    return None


def _wrongly(timeline: Timeline, app: AppUnderTest, ask: Ask, scene: RequestContext) -> tuple[Outcome, Text]:
    """Return a violation where nothing but navigation came before the ask.

    It is suspected where the words of the control may mean more than we know, and where another app opened the page.
    """
    led, cause = led_by(timeline, scene), cause_of(timeline, app, ask.came)
    function = led if isinstance(led, FunctionUsed) else None
    if cause.kind is Cause.OTHER_APP:
        return Outcome.SUSPECTED, _("on a page that another app opened: to be reviewed")
    if function is not None and not only_leads(function.text) and not came_of_nothing(timeline, app, function, ask.came):
        why = _("after '{function}', whose words do not tell that it needs this: to be reviewed", function=function.text)
        return Outcome.SUSPECTED, why
    if cause.kind is Cause.TIMER and cause.fact is not None:
        when = _("by itself, {seconds:.0f} s after the last act of the user", seconds=ask.came.seconds_since(cause.fact.at))
    elif cause.kind is Cause.RETURN:
        when = _("at a return from the home screen")
    elif function is not None:
        when = _("when '{function}' was merely opened", function=function.text)
    elif isinstance(led, KeyPressed):
        when = _("when a page was left")
    else:
        when = _("when a field was filled") if isinstance(led, FieldFilled) else _("after the start")
    if ask.form in (Form.GUIDE, Form.SETTINGS, Form.SUPPRESSED):
        return Outcome.SUSPECTED, _("{when}, before use, but not by a dialog of the system", when=when)
    return Outcome.VIOLATION, _("{when}, before any function that needs it was used", when=when)
