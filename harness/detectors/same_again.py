"""c10-same-again: what an earlier version of the app had, this one has again (docs/verdicts.md 7.4)."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from harness.events import EarlierRunSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _, listed
from harness.rules import Rule, load_rules


def same_again(timeline: Timeline, app: AppUnderTest, rule: Rule, outcomes: Mapping[str, Outcome] = MappingProxyType({})) -> list[Finding]:
    """One finding for each earlier run that was given; ``outcomes`` are those of the other rules in this run.

    Suspected at most: whether anybody had told the developer of it no run shows.
    """
    return [_compared(rule, earlier, outcomes) for earlier in timeline.of(EarlierRunSeen)]


def _compared(rule: Rule, earlier: EarlierRunSeen, outcomes: Mapping[str, Outcome]) -> Finding:
    again = [had for had in earlier.violations if outcomes.get(had) is Outcome.VIOLATION]
    unsettled = [had for had in earlier.violations if outcomes.get(had) not in (Outcome.VIOLATION, Outcome.CLEAR)]
    version, day = earlier.version[:60], earlier.started
    if again:
        reason = _("version {version}, checked on {day}, had it too: {problems}", version=version, day=day, problems=_labels(again))
        outcome, reason = Outcome.SUSPECTED, _("{said}; whether its developer had been told of it a person looks up", said=reason)
    elif not earlier.violations:
        outcome, reason = Outcome.NOT_EXERCISED, _("version {version} had no violation: nothing could come back", version=version)
    elif unsettled:
        reason = _(
            "whether this version has again what version {version} had is open: {problems}", version=version, problems=_labels(unsettled)
        )
        outcome = Outcome.INCONCLUSIVE
    else:
        reason = _("what version {version} had was not found again: {problems}", version=version, problems=_labels(earlier.violations))
        outcome = Outcome.CLEAR
    return Finding(rule.id, outcome, version, reason, (earlier,))


def _labels(rules: Iterable[str]) -> Text:
    names = {rule.id: rule.label for rule in load_rules()}
    return listed([names.get(rule, rule) for rule in rules])
