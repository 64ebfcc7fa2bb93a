"""c1-consent-without-refusal: the privacy dialog has no clear pair of agree and refuse (scene 1.1-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.first_runs import asked_by_dialog, capped, not_covered
from harness.events.findings import Finding, Outcome

if TYPE_CHECKING:
    from harness.events import ConsentShown
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule


def consent_without_refusal(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each consent dialog with other buttons.

    A line with a box to tick is refused by leaving it empty.
    """
    found = {shown.buttons: shown for shown in reversed(asked_by_dialog(timeline))}
    return [_judge(timeline, rule, shown) for shown in reversed(found.values())]


def _judge(timeline: Timeline, rule: Rule, shown: ConsentShown) -> Finding:
    of = {role: [text for own, text in shown.buttons if own == role] for role in ("accept", "refuse", "close", "other")}
    names = "、".join(f"“{text}”" for _, text in shown.buttons)
    if len(of["refuse"]) >= rule.threshold("refusals"):
        problem = not_covered(timeline, rule, shown.at, shown.at)
        outcome = Outcome.INCONCLUSIVE if problem else Outcome.CLEAR
        zh, en = problem or (f"隐私政策弹窗提供同意与拒绝选项：{names}", f"the privacy dialog can be refused: {', '.join(of['refuse'])}")
    elif of["close"] or of["other"]:
        outcome = Outcome.SUSPECTED
        zh = f"隐私政策弹窗没有明确的拒绝按钮，仅有 {names}"
        en = f"the privacy dialog has no clear refusal among its controls: {', '.join(text for _, text in shown.buttons)}"
    else:
        outcome = Outcome.VIOLATION
        zh = f"隐私政策弹窗只有 {names}，没有拒绝选项"
        en = f"the privacy dialog offers only {', '.join(of['accept'])}, and no way to refuse"
    return Finding(
        rule=rule.id,
        outcome=capped(outcome, shown),
        part=names or "dialog",
        reason_zh=zh,
        reason_en=en,
        facts=(shown,),
        measured=(("refusals", float(len(of["refuse"]))),),
    )
