"""c1-consent-without-refusal: the privacy dialog has no clear pair of agree and refuse (scene 1.1-7)."""

from harness.detectors.first_runs import asked_by_dialog, capped, not_covered
from harness.events import ConsentShown
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _, listed, quoted
from harness.rules import Rule


def consent_without_refusal(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Return one finding for each consent dialog with other buttons.

    A line with a box to tick is refused by leaving it empty.
    """
    found = {shown.buttons: shown for shown in reversed(asked_by_dialog(timeline))}
    return [_judge(timeline, rule, shown) for shown in reversed(found.values())]


def _judge(timeline: Timeline, rule: Rule, shown: ConsentShown) -> Finding:
    of = {role: [text for own, text in shown.buttons if own == role] for role in ("accept", "refuse", "close", "other")}
    controls = listed(quoted(text) for _role, text in shown.buttons)
    if len(of["refuse"]) >= rule.threshold("refusals"):
        problem = not_covered(timeline, rule, shown.at, shown.at)
        outcome = Outcome.INCONCLUSIVE if problem else Outcome.CLEAR
        reason = problem or _("the privacy dialog offers to agree and to refuse: {controls}", controls=controls)
    elif shown.cut:
        outcome = Outcome.INCONCLUSIVE
        reason = _(
            "the page of the privacy policy goes on beyond what was in sight ({controls}): a refusal may stand there", controls=controls
        )
    elif of["close"] or of["other"]:
        outcome = Outcome.SUSPECTED
        reason = _("the privacy dialog has no clear refusal among its controls: {controls}", controls=controls)
    else:
        outcome = Outcome.VIOLATION
        reason = _("the privacy dialog offers only {controls}, and no way to refuse", controls=controls)
    return Finding(
        rule.id,
        capped(outcome, shown),
        "、".join(f"“{text}”" for _role, text in shown.buttons) or "dialog",
        reason,
        (shown,),
        measured={"refusals": len(of["refuse"])},
    )
