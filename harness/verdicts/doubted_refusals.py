"""A phone that reports a permission as granted after our refusal: what rests on that refusal is weaker.

Some ROMs tell the app that it has what was refused, and give it nothing: it does not know that it was refused.
"""

from dataclasses import replace

from harness.detectors.asks import Denial, denials
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule
from harness.verdicts.unreached_dialogs import OF_A_REFUSAL


def doubted(findings: list[Finding], rule: Rule, timeline: Timeline) -> list[Finding]:
    """The findings of a rule; violations after such a refusal are suspected."""
    found = _doubts(rule, timeline)
    return [_weaker(finding, found) for finding in findings] if found else findings


def doubt_words(rule: Rule, timeline: Timeline) -> Text | None:
    """Why a rule about refusals is not clear; None where no refusal is in doubt."""
    return _words(found[0]) if (found := _doubts(rule, timeline)) else None


def _doubts(rule: Rule, timeline: Timeline) -> list[Denial]:
    if rule.judged_by not in OF_A_REFUSAL:
        return []
    return [denial for denial in denials(timeline, shifted=True) if denial.granted]


def _words(denial: Denial) -> Text:
    return _("after refusing {group}: {why}", group=group_name(denial.group), why=denial.doubt or "")


def _weaker(finding: Finding, doubts: list[Denial]) -> Finding:
    rests = next((denial for denial in doubts if denial.group == finding.part or denial.fact in finding.facts), None)
    if rests is None or finding.outcome is not Outcome.VIOLATION:
        return finding
    return replace(finding, outcome=Outcome.SUSPECTED, reason=_("{said}; {note}", said=finding.reason, note=_words(rests)))
