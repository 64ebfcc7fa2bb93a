"""c7-close-acts-as-confirm: what closes a window loads, opens or subscribes (docs/verdicts.md 6.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.advert_findings import acquitted, facts_of, load_findings, on_adverts, opening_findings, touched
from harness.detectors.advert_loads import own_pages
from harness.detectors.advert_trials import Promise, Trial
from harness.dialogs.offers import tells_of_payment
from harness.events.findings import Finding, Outcome

if TYPE_CHECKING:
    from harness.events import ScreenSeen, ToastShown
    from harness.events.app import AppUnderTest
    from harness.events.timeline import Timeline
    from harness.rules import Rule

NOTHING = "关闭控件只关闭了窗口", "its close control did nothing but close"


def close_acts_as_confirm(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each slot whose close control, or Back, was tried."""
    loads = load_findings(timeline, app, rule, _closes, NOTHING)
    opens = opening_findings(timeline, app, rule, _closes, NOTHING)
    bad = [finding for finding in (*loads, *opens) if finding.outcome in (Outcome.VIOLATION, Outcome.SUSPECTED)]
    paid = [_paid(rule, trial, page) for trial, page in _subscriptions(timeline, app)]
    accused = {finding.part.rpartition(" ")[0] for finding in (*bad, *paid)}
    rest = [
        acquitted(timeline, rule, slot, done, NOTHING, loads=True)
        for slot, done in on_adverts(timeline, app, _closes).items()
        if slot not in accused
    ]
    return [*bad, *paid, *rest]


def _closes(trial: Trial) -> bool:
    return trial.promise is Promise.CLOSES


def _subscriptions(timeline: Timeline, app: AppUnderTest) -> list[tuple[Trial, ScreenSeen | ToastShown]]:
    """Closing touches after which the app says that something was paid or subscribed."""
    found = []
    for done in on_adverts(timeline, app, _closes).values():
        for trial in done:
            if trial.load is not None or trial.opening is not None or tells_of_payment(trial.advert.words if trial.advert else ""):
                continue
            said = (page for page in own_pages(timeline, app, trial.span) if tells_of_payment(page.text))
            if (first := next(said, None)) is not None:
                found.append((trial, first))
    return found


def _paid(rule: Rule, trial: Trial, page: ScreenSeen | ToastShown) -> Finding:
    zh, en = touched(trial)
    return Finding(
        rule=rule.id,
        outcome=Outcome.SUSPECTED,
        part=f"{trial.slot} {trial.acted.act.value}",
        reason_zh=f"{zh}，随后页面称已开通或已付款",
        reason_en=f"{en}; the app then says that something was subscribed or paid",
        facts=facts_of(trial, page),
        measured=(("seconds", page.at.seconds_since(trial.acted.at)),),
    )
