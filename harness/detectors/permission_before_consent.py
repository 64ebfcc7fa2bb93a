"""c1-permission-before-consent: a permission is asked for before the user agreed to the privacy policy."""

from harness.detectors.asks import Ask, Form, asks
from harness.detectors.first_runs import agreed, consents_shown, first_runs, not_covered
from harness.detectors.request_context import NOT_PERSONAL, request_context, wants_it
from harness.events import ConsentForm
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.timeline import Timeline
from harness.language import _, listed
from harness.rules import Rule


def permission_before_consent(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding over all that was asked for without consent since the first run.

    Asked for after a refusal is the same; notifications open no personal data. Where consent is never asked for, the
    order of the two cannot be wrong: suspected, and ``c1-no-privacy-prompt`` has more to say. What only the app's own
    prompts or suppressed requests ask for is suspected.
    """
    runs = first_runs(timeline)
    if not runs:
        return []
    run = runs[0]
    every = [
        ask for ask in asks(timeline, app) if ask.at > run.launch.at and not agreed(timeline, ask.at) and ask.group not in NOT_PERSONAL
    ]
    unsure = [ask for ask in every if not _looked_up(timeline, app, ask)]
    early = [ask for ask in unsure if agreed(timeline, ask.at) is False]
    shown = consents_shown(timeline)
    system = [ask for ask in early if ask.form is Form.SYSTEM]
    groups = listed(dict.fromkeys(group_name(ask.group) for ask in early))
    if len(system) >= rule.threshold("asks") and shown and all(consent.form is ConsentForm.IMPLIED for consent in shown):
        outcome = Outcome.SUSPECTED  # whether going on is consent, c1-no-privacy-prompt says
        reason = _("asked for {groups}, and the policy was mentioned only as agreed by going on", groups=groups)
    elif len(system) >= rule.threshold("asks") and shown:
        outcome = Outcome.VIOLATION
        reason = _("asked for {groups} before the user agreed to the privacy policy", groups=groups)
    elif early and shown:
        outcome = Outcome.SUSPECTED
        reason = _("asked for {groups} before consent, but only by its own prompt or without the system showing it", groups=groups)
    elif early:
        outcome = Outcome.SUSPECTED
        reason = _("asked for {groups}, and consent was never seen to be asked for", groups=groups)
    elif unsure:
        outcome, groups = Outcome.INCONCLUSIVE, listed(dict.fromkeys(group_name(ask.group) for ask in unsure))
        reason = _("asked for {groups} once a page was left whose box is a picture: whether it was ticked cannot be read", groups=groups)
    elif problem := not_covered(timeline, rule, run.launch.at, run.end):
        outcome, reason = Outcome.INCONCLUSIVE, problem
    elif not shown:
        return []
    else:
        outcome, reason = Outcome.CLEAR, _("asked for no permission before the user agreed")
    return [
        Finding(
            rule.id,
            outcome,
            "before-consent",
            reason,
            (*(fact for ask in early or unsure for fact in ask.facts), *shown[:1]),
            measured={"asks": len(early)},
        )
    ]


def _looked_up(timeline: Timeline, app: AppUnderTest, ask: Ask) -> bool:
    """Whether the user went there to see about permissions: a page of its settings (权限管理) is no prompt."""
    function = request_context(timeline, app, ask).function
    return ask.form is not Form.SYSTEM and function is not None and wants_it(function, ask)
