"""Withdraw findings about what may not be the app's doing.

Accusations about what happened right after somebody else's adb command, or while somebody else checked, and what rests
on facts from after the app was replaced. See docs/verdicts.md 1.13 and docs/verdicts.md 1.15.
"""

from dataclasses import replace

from harness.events import AppReplaced, Event, ForeignCommand, PhoneTakenOver
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _
from harness.starts.adb_witness import disturbed

ACCUSES = (Outcome.VIOLATION, Outcome.SUSPECTED)
REASON = _("somebody else used adb on the phone meanwhile (its own log): that may be the cause")


def weighed(findings: list[Finding], timeline: Timeline) -> list[Finding]:
    """The findings, those that accuse on facts which may not be the app's made inconclusive."""
    if not timeline.of(ForeignCommand, PhoneTakenOver, AppReplaced):
        return findings
    return [_weighed(finding, timeline) for finding in findings]


def _weighed(finding: Finding, timeline: Timeline) -> Finding:
    if finding.outcome not in ACCUSES:
        return finding
    ends: list[PhoneTakenOver | AppReplaced] = [*timeline.of(PhoneTakenOver), *timeline.of(AppReplaced)]
    taken = min(ends, key=lambda end: end.at, default=None)
    if taken is not None and any(fact.at >= taken.at for fact in finding.facts):
        causes: list[Event] = [taken]
        said = taken.reason
    else:
        causes = [cause for fact in finding.facts if (cause := disturbed(timeline, fact.at)) is not None]
        said = REASON
    if not causes:
        return finding
    return replace(
        finding,
        outcome=Outcome.INCONCLUSIVE,
        reason=_("{said}; {note}", said=said, note=finding.reason),
        facts=timeline.in_order(*finding.facts, *causes),
    )
