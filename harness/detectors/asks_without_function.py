"""c5-asks-without-function: asked for, and no function that needs it is found in the app (scene 2.1-8)."""

from harness.detectors.asks import Ask, asks
from harness.detectors.functions import functions_for
from harness.detectors.request_context import NOT_PERSONAL, in_order, missing_streams, named_for
from harness.events import FunctionUsed, ScenarioEnded, ScreenSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.timeline import Timeline
from harness.language import Text, _, known
from harness.rules import Rule

WALK = "walk"


def asks_without_function(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding for each group that was asked for.

    It is at most suspected: a function may wait behind a login or a payment.
    """
    found: dict[str, list[Ask]] = {}
    for ask in asks(timeline, app):
        if ask.group is not None and ask.group not in NOT_PERSONAL:
            found.setdefault(ask.group, []).append(ask)
    return [_judge(timeline, app, rule, group, own) for group, own in found.items()]


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, group: str, own: list[Ask]) -> Finding:
    functions, ask = functions_for(timeline, app, group, own), own[0]
    facts = in_order(*functions[:1], *ask.facts)
    missing = missing_streams(timeline, rule, [(facts[0].at, facts[-1].at)])
    unwalked = missing or not_walked(timeline, rule)
    if len(functions) >= rule.threshold("functions") and not missing:
        outcome, why = Outcome.CLEAR, _("'{function}' needs it", function=_name(functions[0]))
    elif named_for(app, group) and not missing:
        outcome, why = Outcome.CLEAR, _("'{app}' is about it", app=app.label)
    elif unwalked is not None:
        outcome, why = Outcome.INCONCLUSIVE, _("whether a function needs it is not known: {why}", why=unwalked)
    else:
        outcome, why = Outcome.SUSPECTED, _("the walk found no function that needs it: to be reviewed")
    return Finding(
        rule.id,
        outcome,
        group,
        _("asked for {group}: {why}", group=group_name(group), why=why),
        facts,
        measured={"functions": len(functions)},
    )


def _name(function: FunctionUsed | ScreenSeen) -> str:
    return function.text if isinstance(function, FunctionUsed) else function.title


def not_walked(timeline: Timeline, rule: Rule) -> Text | None:
    """Why not finding a function proves nothing, None where the app was walked to its end and all of it was seen."""
    walks = timeline.segments(WALK)
    if not walks:
        return _("the app was not walked")
    cut = [end for end in timeline.of(ScenarioEnded) if end.segment.startswith(WALK) and end.note]
    if cut:
        return _("the walk did not get to its end ({note})", note=known(cut[-1].note_zh or cut[-1].note, cut[-1].note))
    return missing_streams(timeline, rule, [(start, end) for _segment, start, end in walks])
