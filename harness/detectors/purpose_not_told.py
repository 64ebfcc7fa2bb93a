"""c5-purpose-not-told: the system asks for a permission, and nothing on the screen says what for (verdicts.md, clause 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.asks import Ask, Form, asks
from harness.detectors.readable import Readable, readable
from harness.detectors.scenes import NOT_PERSONAL, in_order, missing_streams
from harness.dialogs.purposes import tells_purpose
from harness.events import DialogShown
from harness.findings import Finding, Outcome
from harness.permission_groups import group_name

if TYPE_CHECKING:
    from harness.app import AppUnderTest
    from harness.rules import Rule
    from harness.timeline import Timeline


def purpose_not_told(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for the first ask for each group; the app's own prompt that tells the purpose counts as told."""
    first: dict[str, Ask] = {}
    for ask in asks(timeline, app):
        if ask.group is not None and ask.group not in NOT_PERSONAL and (ask.form is Form.SYSTEM or _prompt(ask)):
            first.setdefault(ask.group, ask)
    return [_judge(timeline, app, rule, group, ask) for group, ask in first.items()]


def _prompt(ask: Ask) -> bool:
    """Whether the ask is the app's own prompt, and it tells the purpose; without one the system's dialog decides."""
    own = [fact for fact in ask.facts if isinstance(fact, DialogShown)]
    return ask.form is Form.OWN and any(tells_purpose(shown.text, ask.group or "") for shown in own)


def _judge(timeline: Timeline, app: AppUnderTest, rule: Rule, group: str, ask: Ask) -> Finding:
    shown = next((fact for fact in ask.facts if isinstance(fact, DialogShown)), None)
    zh, en = group_name(group, "zh"), group_name(group, "en")
    missing = missing_streams(timeline, rule, [(ask.at, ask.at)])
    seen: Readable | None = None
    if shown is not None and ask.form is Form.SYSTEM:
        seen = readable(timeline, app, ask, group, shown, rule.threshold("seconds_before"))
    same_frame = rule.threshold("same_frame") > 0
    if missing is not None:
        outcome, reason = Outcome.INCONCLUSIVE, missing
    elif ask.form is Form.OWN:
        outcome, reason = Outcome.CLEAR, ("应用自制的提示已说明用途", "the app's own prompt tells what for")
    elif seen is None:
        outcome, reason = Outcome.INCONCLUSIVE, ("未取得弹窗画面", "the dialog itself was not seen")
    else:
        outcome, reason = _told(seen, same_frame=same_frame)
    return Finding(
        rule=rule.id,
        outcome=outcome,
        part=group,
        reason_zh=f"索要{zh}权限:{reason[0]}",
        reason_en=f"asked for {en}: {reason[1]}",
        facts=in_order(*(seen.facts if seen else ()), *ask.facts),
    )


def _told(seen: Readable, *, same_frame: bool) -> tuple[Outcome, tuple[str, str]]:
    """The outcome of what could be read; ``same_frame``: only what stands beside the dialog as long as it is up counts."""
    if seen.told_at:
        return Outcome.CLEAR, ("弹窗同时已说明用途", "what for is told beside the dialog")
    if seen.told_before and not same_frame:
        return Outcome.CLEAR, ("弹窗前已说明用途", "what for was told just before")
    if not seen.whole:
        zh = "弹窗时应用自身的画面未能识别,不能排除画面中已说明用途"
        return Outcome.INCONCLUSIVE, (zh, "what the app shows behind the dialog could not be read: it may tell the purpose")
    if seen.told_before:
        zh = "用途仅在弹窗前说明,弹窗显示期间不可见"
        return Outcome.VIOLATION, (zh, "what for was told before, and cannot be read while the dialog is up")
    return Outcome.VIOLATION, ("未同步告知使用该权限的目的和用途", "nothing on the screen tells what for")
