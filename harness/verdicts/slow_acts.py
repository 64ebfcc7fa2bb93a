"""Acts of ours that took so long that nobody knows when they came to the app: what hangs on their date is not decided.

What is found must be found both by their earliest and by their latest date; see docs/verdicts.md 1.5.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from harness.events import SlowAct
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _

ACCUSES = {Outcome.VIOLATION, Outcome.SUSPECTED}
REASON = _("an act of the check took so long that its moment is not known, and what came of it hangs on that")


def either_way(found: Callable[[Timeline], list[Finding] | Text], timeline: Timeline) -> list[Finding] | Text:
    """What is ``found``, whenever the slow acts were done; a part that comes out otherwise by their end is open."""
    early, acts = found(timeline), timeline.of(SlowAct)
    if not acts or isinstance(early, Text):
        return early
    ends = {act.since: act.at for act in acts}
    origins = {replace(event, at=ends[event.at]): event for event in timeline if event.at in ends}
    late = found(Timeline(replace(event, at=ends[event.at]) if event.at in ends else event for event in timeline))
    if isinstance(late, Text):
        return late
    first, then = _outcomes(early), _outcomes(late)
    kept = [one if first[one.part] == then.get(one.part) else _open(one, first, then, timeline) for one in early]
    late = [replace(one, facts=tuple(origins.get(fact, fact) for fact in one.facts)) for one in late if one.part not in first]
    return kept + [_open(one, first, then, timeline) for one in late]


def _outcomes(found: Iterable[Finding]) -> dict[str, set[Outcome]]:
    outcomes: dict[str, set[Outcome]] = {}
    for one in found:
        outcomes.setdefault(one.part, set()).add(one.outcome)
    return outcomes


def _open(one: Finding, first: dict[str, set[Outcome]], then: dict[str, set[Outcome]], timeline: Timeline) -> Finding:
    """A finding that hangs on it: suspected where the app is accused either way, else inconclusive."""
    each = first.get(one.part, set()), then.get(one.part, set())
    outcome = Outcome.SUSPECTED if all(outcomes and outcomes <= ACCUSES for outcomes in each) else Outcome.INCONCLUSIVE
    earliest = one.part in first
    told = _("at its earliest: {note}", note=one.reason) if earliest else _("at its latest: {note}", note=one.reason)
    reason = _("{said}; {note}", said=REASON, note=told)
    return replace(one, outcome=outcome, reason=reason, facts=timeline.in_order(*one.facts, *timeline.of(SlowAct)))
