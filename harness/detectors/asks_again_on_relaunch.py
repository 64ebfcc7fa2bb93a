"""c5-asks-again-on-relaunch: a group denied before is asked for at a cold start without any function (scene 2.1-6)."""

from collections.abc import Iterator

from harness.detectors.asks import Ask, Denial, Form, asks, denials, known_denials
from harness.detectors.dialog_causes import ACT_SLACK, DIRECTLY_SECONDS, Cause, cause_of
from harness.events import ActivityCreated, ActivityResumed, AppLaunched, FunctionUsed, Instant
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name, group_names
from harness.events.streams import incomplete
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule
from harness.starts.callers import same_component
from harness.starts.segment_names import segment_words

SEGMENT = "cold-start"
WALKS = ("walk", "return")
WALK = "walk-"
"""What the parts of a walk after its first are called, each with a number: the app is ended and started before each."""


def asks_again_on_relaunch(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each cold start that follows a denial; without a denial before it nothing was exercised."""
    all_denials, all_asks = denials(timeline), asks(timeline, app)
    found: list[Finding] = []
    for name, start, end, demanded in _starts(timeline, app):
        before = known_denials(timeline, all_denials, start)
        if not before:
            continue
        functions = timeline.between(start, end, FunctionUsed)
        until = functions[0].at if functions else end
        own = [ask for ask in all_asks if start <= ask.came <= until and cause_of(timeline, app, ask.came).kind is not Cause.OTHER_APP]
        if not demanded and not any(ask.group in {denial.group for denial in before} for ask in own):
            continue
        found.append(_judge(timeline, app, rule, name, start, until, before, own))
    return found


def _starts(timeline: Timeline, app: AppUnderTest) -> list[tuple[str, Instant, Instant, bool]]:
    """The cold starts made for this rule, and those of the walk, which a long walk makes soon after its refusals.

    Of the latter only what was asked at them counts: the walk starts the app as often as it likes.
    """
    own = [(*segment, True) for segment in timeline.segments(SEGMENT)]
    walked = [(*segment, False) for segment in timeline.segments(WALK) if segment[0].removeprefix(WALK).isdecimal()]
    return [*own, *walked, *_anew(timeline, app)]


def _anew(timeline: Timeline, app: AppUnderTest) -> Iterator[tuple[str, Instant, Instant, bool]]:
    """The starts of an app that Back had ended: its icon makes its first page anew."""
    for name, start, end in (segment for walk in WALKS for segment in timeline.segments(walk)):
        for launch in timeline.between(start, end, AppLaunched):
            made = timeline.between(launch.at.earlier(ACT_SLACK), launch.at.later(DIRECTLY_SECONDS), ActivityCreated)
            if not launch.cold and any(same_component(page.component, app.main_activity) for page in made):
                after = [other.at for other in timeline.between(launch.at, end, AppLaunched) if other.at > launch.at]
                yield name, launch.at, min([end, *after]), False


def _judge(
    timeline: Timeline, app: AppUnderTest, rule: Rule, name: str, start: Instant, end: Instant, before: list[Denial], own: list[Ask]
) -> Finding:
    denied = {denial.group for denial in before}
    again = [ask for ask in own if ask.group in denied or ask.group is None]
    plain = [ask for ask in again if ask.form in (Form.SYSTEM, Form.OWN) and (ask.group is not None or None in denied)]
    limit = rule.threshold("within_minutes") * 60
    soon = [ask for ask in plain if start.seconds_since(max(d.at for d in before if d.group == ask.group)) <= limit]
    late = len(soon) < rule.threshold("asks")
    named = {ask.group for ask in again if ask.group is not None} or {group for group in denied if group is not None}
    groups, segment = group_names(sorted(named)) or group_name(None), segment_words(name)
    if len(soon) >= rule.threshold("asks"):
        outcome = Outcome.VIOLATION
        reason = _("{segment}: asked again for {group} at start, without any function being used", segment=segment, group=groups)
    elif again:
        outcome = Outcome.SUSPECTED
        reason = _late(rule, groups, segment) if plain and late else _weak(groups, segment, again)
    elif problem := _not_seen(timeline, app, rule, start, end):
        outcome, reason = Outcome.INCONCLUSIVE, problem
    else:
        outcome, reason = Outcome.CLEAR, _("{segment}: did not ask again for {group}", segment=segment, group=groups)
    of_these = [denial for denial in before if denial.group in {ask.group for ask in again}] or before
    facts = (of_these[-1].fact, *(fact for ask in again for fact in ask.facts))
    return Finding(rule.id, outcome, name, reason, facts, measured={"asks": len(again)})


def _late(rule: Rule, group: Text, segment: Text) -> Text:
    """The reason for a plain ask so long after the denial that the user may have changed their mind."""
    minutes = rule.threshold("within_minutes")
    return _(
        "{segment}: asked again for {group} at start, more than {minutes:g} min after it was refused",
        segment=segment,
        group=group,
        minutes=minutes,
    )


def _weak(group: Text, segment: Text, again: list[Ask]) -> Text:
    """The reason for what is suspected at most: seen by nobody, for what cannot be told, or guidance to settings."""
    if all(ask.form is Form.SUPPRESSED for ask in again):
        return _("{segment}: requested {group} again, suppressed by the system", segment=segment, group=group)
    if any(ask.form in (Form.SYSTEM, Form.OWN) for ask in again):
        return _("{segment}: asked at start, for what cannot be told; {group} was refused", segment=segment, group=group)
    return _("{segment}: guided the user to the settings for {group}", segment=segment, group=group)


def _not_seen(timeline: Timeline, app: AppUnderTest, rule: Rule, start: Instant, end: Instant) -> Text | None:
    """Why a cold start without an ask proves nothing; None when it was seen whole."""
    launches = timeline.between(start, end, AppLaunched)
    if not launches or not any(app.owns(e.component) for e in timeline.between(launches[0].at, end, ActivityResumed)):
        return _("the app's screen did not come up at the restart")
    missing = [source for source in rule.needs if not timeline.covered(source, start, end)]
    return incomplete(missing) if missing else None
