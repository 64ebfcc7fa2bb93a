"""c5-denial-blocks-function.

A function is closed because a permission was refused that it does not need (scene 2.1-2).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harness.detectors.asks import asks
from harness.detectors.control_comparison import ALLOW, State, controls, spans, weigh
from harness.detectors.control_purpose import opened_for
from harness.detectors.denial_blocks_login import is_login_use
from harness.detectors.function_trials import Use, opened_in_control, uses, way_round
from harness.detectors.request_context import missing_streams, named_for, needs
from harness.detectors.visible_text import readable
from harness.dialogs.purposes import tells_purpose
from harness.events import ControlAnswer, DialogKind, DialogShown, Event, Instant
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name

if TYPE_CHECKING:
    from harness.detectors.asks import Denial
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule


def denial_blocks_function(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each function that a denial may have closed, by its text; its best use counts."""
    found: dict[str, list[Use]] = {}
    for use in uses(timeline, app):
        if is_login_use(use):
            continue  # for c5-denial-blocks-login
        if use.denied is not None or use.function.text in found:  # later it may open although nothing was granted
            found.setdefault(use.function.text, []).append(use)
    return [_judge(timeline, app, rule, own) for own in found.values()]


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, own: list[Use]) -> Finding:
    closed = [use for use in own if use.closed]
    own = [use for use in own if use.denied is not None or use.opened]  # of which nothing came at all it shows neither
    use = closed[0] if closed else own[0]
    text, group = use.function.text, use.denied.group if use.denied else None
    zh, en = group_name(group, "zh"), group_name(group, "en")
    gone = missing_streams(timeline, rule, [(use.function.at, use.end)])
    if closed and not any(each.opened for each in own) and use.denied and not _needs_it(timeline, app, use) and not use.narrower:
        return _closed(timeline, app, rule, use, use.denied)
    outcome = Outcome.CLEAR
    if gone:
        outcome, (reason_zh, reason_en) = Outcome.INCONCLUSIVE, gone
    elif _needs_it(timeline, app, use):
        reason_zh, reason_en = f"功能“{text}”需要{zh}权限", f"the function '{text}' needs {en}"
    else:
        reason_zh, reason_en = f"拒绝{zh}权限后功能“{text}”仍可使用", f"'{text}' still can be used after {en} was refused"
    return _finding(timeline, rule, use, outcome, reason_zh, reason_en)


def _closed(timeline: Timeline, app: AppUnderTest, rule: Rule, use: Use, denied: Denial) -> Finding:
    """A function that stayed shut: judged by what the control run shows of it."""
    zh, en = group_name(denied.group, "zh"), group_name(denied.group, "en")
    text = use.function.text
    how_zh, how_en = ("提示必须授权", "it meets a wall") if use.walls else ("没有任何页面打开", "nothing opens")
    told = _told(timeline, app, rule, denied)
    note_zh, note_en = ("；已告知用途，需人工复核", "; the purpose was told, to be reviewed") if told else ("", "")
    found = _finding(
        timeline,
        rule,
        use,
        Outcome.SUSPECTED if told else Outcome.VIOLATION,
        f"用户拒绝与之无关的{zh}权限后，功能“{text}”无法使用：{how_zh}{note_zh}",
        f"'{text}' is closed once {en} is refused, which it does not need: {how_en}{note_en}",
    )

    tried = (denied.fact, *(() if use.in_use else (use.function,)))

    def broken(answer: ControlAnswer, start: Instant, end: Instant) -> tuple[Event, ...]:
        if answer != ALLOW or opened_in_control(timeline, app, use, start, end):
            return ()
        return (use.function,)

    sides = controls(timeline, app, rule, denied.fact, denied.group, broken, use.function.text)
    allowed = [side for side in sides if side.answer == ALLOW]
    way = way_round(timeline, app, use, spans(allowed))
    if way is not None:
        gone = missing_streams(timeline, rule, [(use.function.at, use.end), *spans(allowed)])
        zh, en = f"功能“{text}”的提示页上“{way.function.text}”可进入", f"on the page that '{text}' leads to, '{way.function.text}' goes on"
        open_still = _finding(timeline, rule, use, Outcome.INCONCLUSIVE if gone else Outcome.CLEAR, *(gone or (zh, en)))
        return replace(open_still, facts=(*open_still.facts, way.function, *way.opened[:1]), tried_again=tried)
    same = [side for side in sides if use.function in side.facts]
    if not use.walls and same:
        outcome = Outcome.INCONCLUSIVE if missing_streams(timeline, rule, [(use.function.at, use.end), *spans(same)]) else Outcome.CLEAR
        zh, en = f"拒绝{zh}权限后，功能“{text}”的表现与选择“允许”时相同", f"'{text}' does the same whether {en} is refused or allowed"
        return replace(_finding(timeline, rule, use, outcome, zh, en), tried_again=tried)
    weighed = weigh(found, sides, *tried)
    proved = all(side.state is State.WELL for side in sides)
    if not use.walls and not proved and weighed.outcome is Outcome.SUSPECTED:
        return replace(weighed, outcome=Outcome.INCONCLUSIVE)  # without a wall only the control run tells that there is something to open
    return weighed


def _needs_it(timeline: Timeline, app: AppUnderTest, use: Use) -> bool:
    """Whether the function rightly wants the permission.

    What it opens, with Allow too, the page it is on, its words, or the app's name may tell.
    """
    group = use.denied.group if use.denied else None
    told = (*use.function.promises, *use.about, *opened_for(timeline, app, use.function))
    return group is None or needs(told, group) or named_for(app, group)


def _told(timeline: Timeline, app: AppUnderTest, rule: Rule, denied: Denial) -> bool:
    """Whether the purpose was told at the dialog that was denied, or just before it."""
    if denied.group is None:
        return False
    before = [ask for ask in asks(timeline, app) if ask.at <= denied.at and ask.group == denied.group]
    shown = [fact for ask in before[-1:] for fact in ask.facts if isinstance(fact, DialogShown)]
    if not shown:
        return False
    if shown[0].dialog is not DialogKind.PERMISSION:
        return tells_purpose(shown[0].text, denied.group)
    found = readable(timeline, app, before[-1], denied.group, shown[0], rule.threshold("seconds_before"))
    return found.told_before or found.told_at


def _finding(timeline: Timeline, rule: Rule, use: Use, outcome: Outcome, zh: str, en: str) -> Finding:
    denied = (use.denied.fact,) if use.denied else ()
    facts = timeline.in_order(use.function, *denied, *use.walls, *use.opened[:1])
    return Finding(rule=rule.id, outcome=outcome, part=use.function.text, reason_zh=zh, reason_en=en, facts=facts)
