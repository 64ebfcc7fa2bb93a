"""c1-consent-preticked: the box that says yes to the privacy policy is ticked by default (scene 1.1-8)."""

from harness.detectors.first_runs import capped, consents_shown, not_covered
from harness.detectors.picture_boxes import empty_at_first
from harness.events import ConsentForm, ConsentShown, Event, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _, quoted
from harness.rules import Rule


def consent_preticked(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each box, as it was first seen, before anybody touched it; one for a consent by going on."""
    first: dict[str, tuple[ConsentShown, bool | None]] = {}
    for shown in consents_shown(timeline):
        for text, ticked in shown.ticks:
            first.setdefault(text, (shown, ticked))
        if shown.form is ConsentForm.IMPLIED:
            first.setdefault(shown.text, (shown, None))
    return [_judge(timeline, rule, text, *seen) for text, seen in first.items()]


def _judge(timeline: Timeline, rule: Rule, text: str, shown: ConsentShown, ticked: bool | None) -> Finding:
    words = text[:60]
    facts: tuple[Event, ...] = (shown,)
    boxes = float(bool(ticked))
    proof = empty_at_first(timeline, shown) if ticked is None else None
    if boxes >= rule.threshold("ticked"):
        outcome = Outcome.VIOLATION
        reason = _("ticked by default: {words}", words=words)
    elif shown.form is ConsentForm.IMPLIED:
        outcome = Outcome.SUSPECTED
        reason = _("takes going on for consent: {words}", words=words)
    elif ticked is None and (proof is None or shown.source is Source.PIXELS):
        outcome = Outcome.INCONCLUSIVE
        reason = _("the box beside '{words}' is a picture: whether it is ticked cannot be read", words=words)
    elif problem := not_covered(timeline, rule, shown.at, max((press.at for press in proof or ()), default=shown.at)):
        outcome, reason = Outcome.INCONCLUSIVE, problem
    elif proof:
        outcome, facts = Outcome.CLEAR, (shown, *proof)
        control = quoted(proof[1].text)
        reason = _("not ticked by default: {control} led on only once the box beside '{words}' was touched", control=control, words=words)
    else:
        outcome = Outcome.CLEAR
        reason = _("not ticked by default: {words}", words=words)
    return Finding(rule.id, capped(outcome, shown), words, reason, facts, measured={"ticked": boxes})
