"""c5-asks-without-function: asked for, and no function that needs it is found in the app (scene 2.1-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.asks import Ask, asks
from harness.detectors.functions import functions_for
from harness.detectors.request_context import NOT_PERSONAL, in_order, missing_streams, named_for
from harness.events import FunctionUsed, ScenarioEnded, ScreenSeen
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name

if TYPE_CHECKING:
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule

WALK = "walk"


def asks_without_function(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each group that was asked for.

    At most suspected: a function may wait behind a login or a payment.
    """
    found: dict[str, list[Ask]] = {}
    for ask in asks(timeline, app):
        if ask.group is not None and ask.group not in NOT_PERSONAL:
            found.setdefault(ask.group, []).append(ask)
    return [_judge(timeline, app, rule, group, own) for group, own in found.items()]


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, group: str, own: list[Ask]) -> Finding:
    zh, en = group_name(group, "zh"), group_name(group, "en")
    functions, ask = functions_for(timeline, app, group, own), own[0]
    facts = in_order(*functions[:1], *ask.facts)
    missing = missing_streams(timeline, rule, [(facts[0].at, facts[-1].at)])
    unwalked = missing or _unwalked(timeline, rule)
    if len(functions) >= rule.threshold("functions") and not missing:
        outcome, what = Outcome.CLEAR, _name(functions[0])
        reason = f"对应的功能见“{what}”", f"'{what}' needs it"
    elif named_for(app, group) and not missing:
        outcome, reason = Outcome.CLEAR, (f"为“{app.label}”的功能", f"'{app.label}' is about it")
    elif unwalked is not None:
        outcome = Outcome.INCONCLUSIVE
        reason = f"不能判定有无对应的功能，{unwalked[0]}", f"whether a function needs it is not known: {unwalked[1]}"
    else:
        outcome = Outcome.SUSPECTED
        reason = "遍历应用未发现需要该权限的功能，需人工复核", "the walk found no function that needs it: to be reviewed"
    return Finding(
        rule=rule.id,
        outcome=outcome,
        part=group,
        reason_zh=f"索要{zh}权限：{reason[0]}",
        reason_en=f"asked for {en}: {reason[1]}",
        facts=facts,
        measured=(("functions", float(len(functions))),),
    )


def _name(function: FunctionUsed | ScreenSeen) -> str:
    return function.text if isinstance(function, FunctionUsed) else function.title


def _unwalked(timeline: Timeline, rule: Rule) -> tuple[str, str] | None:
    """Why not finding a function proves nothing, None where the app was walked to its end and all of it was seen."""
    walks = timeline.segments(WALK)
    if not walks:
        return "未遍历应用", "the app was not walked"
    cut = [end for end in timeline.of(ScenarioEnded) if end.segment.startswith(WALK) and end.note]
    if cut:
        return f"遍历未完成（{cut[-1].note_zh or cut[-1].note}）", f"the walk did not get to its end ({cut[-1].note})"
    return missing_streams(timeline, rule, [(start, end) for _, start, end in walks])
