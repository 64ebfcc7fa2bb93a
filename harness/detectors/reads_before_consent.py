"""c1-reads-before-consent: personal data is read before the user agreed to the privacy policy (164号 1; 191号 三.1)."""

from harness.detectors.first_runs import FirstRun, agreements, consents_shown, first_runs
from harness.detectors.no_privacy_prompt import not_seen
from harness.detectors.read_findings import DATED_WITHIN, Manner, against, asked_for, reads, undated, unread
from harness.events import AppOpsRead, ConsentForm, ConsentRefused, ConsentShown, Instant
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

PART = "before-consent"


def reads_before_consent(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Findings of each first run in which the phone was asked what the app reads.

    Where the policy was shown, what was read before the answer to it; where it never was, what was read in a first run
    that was watched for as long as a policy is waited for.
    """
    return [found for run in first_runs(timeline) if asked_for(timeline) for found in _of(timeline, app, rule, run)]


def _of(timeline: Timeline, app: AppUnderTest, rule: Rule, run: FirstRun) -> list[Finding]:
    start = run.launch.at
    if run.end.boot != start.boot:
        return []
    answers = [at for at in (*agreements(timeline), *(no.at for no in timeline.of(ConsentRefused))) if start <= at <= run.end]
    end = min([run.end, *answers])
    shown = [consent for consent in consents_shown(timeline) if start < consent.at <= run.end]
    if not answers and not shown:
        end = min(end, start.later(rule.threshold("prompt_seconds")))
    found = [(read, read.held) for read in reads(timeline, app, start, end.earlier(DATED_WITHIN) if answers else end)]
    early = [(read, held) for read, held in found if held is not None]
    if early and (problem := undated(timeline, start, end)):
        return [_finding(rule, Outcome.INCONCLUSIVE, problem)]
    if early:
        most = _at_most(timeline, app, rule, run, end, shown)
        held = [(read, max(held, most, key=_WEIGHT.index)) for read, held in early]
        return against(rule, PART, held, _unasked if not shown else _said, [run.launch, *shown[:1]])
    if not timeline.between(start, run.end, AppOpsRead):
        return []  # another clause's first run, in which nobody asks the phone
    problem = undated(timeline, start, end) or unread(timeline, rule, start, end, run.end)
    if problem:
        return [_finding(rule, Outcome.INCONCLUSIVE, problem)]
    return [_finding(rule, Outcome.CLEAR, _("read no personal data before the user agreed"), shown[0])] if shown else []


_WEIGHT = (Outcome.VIOLATION, Outcome.SUSPECTED)


def _at_most(timeline: Timeline, app: AppUnderTest, rule: Rule, run: FirstRun, end: Instant, shown: list[ConsentShown]) -> Outcome:
    """What reads without consent can be held for: whether going on is consent, c1-no-privacy-prompt says."""
    if not shown:
        return Outcome.SUSPECTED if not_seen(timeline, app, rule, run, end) else Outcome.VIOLATION
    return Outcome.SUSPECTED if all(consent.form is ConsentForm.IMPLIED for consent in shown) else Outcome.VIOLATION


def _finding(rule: Rule, outcome: Outcome, reason: Text, *facts: ConsentShown) -> Finding:
    return Finding(rule.id, outcome, PART, reason, facts)


def _said(manner: Manner, data: Text) -> Text:
    match manner:
        case Manner.READ:
            return _("read {data} before the user agreed to the privacy policy", data=data)
        case Manner.WEAK:
            return _("read {data} before the user agreed; whether it held personal data a person has to see", data=data)
        case Manner.TRIED:
            return _("tried to read {data} before the user agreed, and the phone refused it", data=data)


def _unasked(manner: Manner, data: Text) -> Text:
    match manner:
        case Manner.READ:
            return _("read {data} in its first run, in which no privacy policy was shown", data=data)
        case Manner.WEAK:
            return _(
                "read {data} in its first run, in which no policy was shown; whether it held personal data a person has to see", data=data
            )
        case Manner.TRIED:
            return _("tried to read {data} in its first run, in which no policy was shown, and the phone refused it", data=data)
