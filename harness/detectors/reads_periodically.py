"""c2-reads-periodically: in front, without a press that needs it, personal data is read at a period (1.2-2, -4)."""

from harness.detectors.allowed_reads import Period, front, how_often, not_dated, nothing_found, periods, too_many, unneeded
from harness.detectors.read_findings import Read, asked_for, facts_of, named
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.personal_data import data_name
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

PART = "in-front"


def reads_periodically(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each kind of data that is read at a period, or more often than a store takes."""
    if not asked_for(timeline):
        return []
    found = periods(timeline, app, rule)
    even = {(period.reads[0].what, period.reads[0].facts[0].attribution) for period in found}
    counted = [own for own in too_many(timeline, app, rule) if (own[0].what, own[0].facts[0].attribution) not in even]
    if not found and not counted:
        least, seconds = int(rule.threshold("period_reads")), rule.threshold("seconds")
        clear = _("in front it read nothing {count} times or more at a period of {seconds:g} s or less", count=least, seconds=seconds)
        if others := sum(read.held is Outcome.VIOLATION for start, end in front(timeline) for read in unneeded(timeline, app, start, end)):
            clear = _("{said}; {count} reads without need, at no such period, are charged as such", said=clear, count=others)
        return nothing_found(timeline, app, rule, PART, front(timeline), clear)
    if unsure := not_dated(timeline, rule, PART, front(timeline)):
        return unsure
    findings = [_counted(rule, own) for own in counted]
    for period in found:
        first = period.reads[0]
        findings.append(
            Finding(
                rule.id,
                first.held or Outcome.SUSPECTED,
                f"{first.what} {first.sdk}".strip(),
                named(_said(period), first.sdk),
                facts_of(period.reads),
                measured={"reads": len(period.reads), "seconds": round(period.seconds, 1)},
            )
        )
    return findings


def _said(period: Period) -> Text:
    data = data_name(period.reads[0].what)
    return _("read {data} in front {every}, without a press that needs it", data=data, every=how_often(period))


def _counted(rule: Rule, own: tuple[Read, ...]) -> Finding:
    first = own[0]
    said = _(
        "read {data} {count} times or more in front without a press that needs it; {many} within {seconds:g} s are too many here",
        data=data_name(first.what),
        count=len(own),
        many=int(rule.threshold("many")),
        seconds=rule.threshold("many_seconds"),
    )
    return Finding(
        rule.id,
        first.held or Outcome.SUSPECTED,
        f"{first.what} {first.sdk}".strip(),
        named(said, first.sdk),
        facts_of(own),
        measured={"reads": len(own)},
    )
