"""The state of each official label, from the verdicts of the rules behind it.

A label or a scene (``scene_states``) is as bad as the worst of its rules; it is without a finding only where a rule was
exercised and none is open. What no rule judges is 不可检测, with the reason: never silence, which would look like an
all-clear.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import reduce

from harness.config import using
from harness.events.findings import Outcome
from harness.language import Text, _, known, listed, with_commas
from harness.rules import NOTICE
from harness.rules.labels import Label, labels
from harness.rules.scenes import Scene
from harness.verdicts.analysis import Analysis
from harness.verdicts.extent_words import with_extent
from harness.verdicts.judge import Verdict


class State(StrEnum):
    """The state of a label or a scene."""

    VIOLATION = "violation"
    SUSPECTED = "suspected"
    INCONCLUSIVE = "inconclusive"
    CLEAR = "clear"
    NOT_EXERCISED = "not_exercised"
    NOT_TESTED = "not_tested"  # its rules were not asked for
    UNDETECTABLE = "undetectable"  # there is no rule
    NOT_IN_FORCE = "not_in_force"  # on the day whose rules are held

    @property
    def words(self) -> Text:
        return _STATES[self]


_STATES = {State(outcome.value): outcome.label for outcome in Outcome} | {
    State.NOT_TESTED: _("not tested"),
    State.UNDETECTABLE: _("not detectable"),
    State.NOT_IN_FORCE: _("not in force"),
}
WORST = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE, Outcome.CLEAR, Outcome.NOT_EXERCISED)
"""The outcomes of several rules, that which counts for all of them first."""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One label or scene: its words, its state with the reason, the rules that were judged, and what they leave out."""

    id: str
    clause: int
    name: Text
    state: State
    reason: Text
    rules: tuple[tuple[str, Outcome], ...]
    limits: Text


def conclusions(analysis: Analysis) -> tuple[Conclusion, ...]:
    """Return the conclusion for each label of the run's profile; one that was not in force that day says so."""
    profile = str(analysis.run.get("options", {}).get("profile", NOTICE))
    found = {verdict.rule.id: verdict for verdict in analysis.verdicts}
    told = []
    with using(analysis.config):
        every = labels(profile)
    for label in every:
        state, judged = state_of(label.rules, found)
        if analysis.as_of is not None and label.in_force > analysis.as_of:
            state, judged = State.NOT_IN_FORCE, []
        undetectable = known(label.undetectable_zh, label.undetectable_en)
        reason = undetectable if state is State.UNDETECTABLE else _summed(state, [verdict.outcome for verdict in judged])
        if state is State.NOT_IN_FORCE:
            reason = judged[0].reason if judged else _later(analysis, label.in_force)
        if state in (State.CLEAR, State.NOT_EXERCISED):
            reason = with_extent(reason, f"c{label.clause}-", analysis.timeline, analysis.app)
        told.append(concluded(label, state, reason, judged))
    return tuple(told)


def concluded(of: Label | Scene, state: State, reason: Text, judged: Iterable[Verdict]) -> Conclusion:
    rules = tuple((verdict.rule.id, verdict.outcome) for verdict in judged)
    return Conclusion(of.id, of.clause, known(of.zh, of.en), state, reason, rules, known(of.limits_zh, of.limits_en))


def state_of(rules: Sequence[str], found: Mapping[str, Verdict]) -> tuple[State, list[Verdict]]:
    """The state, and the verdicts of the rules that were judged, the worst first; those not yet in force only alone."""
    if not rules:
        return State.UNDETECTABLE, []
    there = sorted((found[rule] for rule in rules if rule in found), key=lambda verdict: WORST.index(verdict.outcome))
    judged = [verdict for verdict in there if verdict.not_before is None]
    if there and not judged:
        return State.NOT_IN_FORCE, there
    return (State(judged[0].outcome.value) if judged else State.NOT_TESTED), judged


def _later(analysis: Analysis, since: date) -> Text:
    return _("not in force on {day}: used from {since} on", day=analysis.as_of, since=since)


def reason_of(state: State, judged: Sequence[Verdict]) -> Text:
    """The reason of the worst rule, and which others were not exercised where nothing was found."""
    if state is State.NOT_TESTED:
        return NOT_TESTED
    reason = judged[0].reason
    if state is State.CLEAR and (left := [verdict.rule.label for verdict in judged if verdict.outcome is Outcome.NOT_EXERCISED]):
        names = reduce(lambda first, more: _("{first}; {more}", first=first, more=more), left)
        return _("{said} (not exercised: {rules})", said=reason, rules=names)
    return reason


NOT_TESTED = _("the check did not include this clause")


def _summed(state: State, outcomes: Sequence[Outcome]) -> Text:
    """What the rules of a label say together."""
    bad = counted(outcomes, (Outcome.VIOLATION, Outcome.SUSPECTED))
    match state:
        case State.VIOLATION:
            found = with_commas(bad)
            return _with_rest(_("the problem is there: {found}", found=found), outcomes)
        case State.SUSPECTED:
            return _with_rest(_("the problem may be there, a person has to look: {found}", found=bad[0]), outcomes)
        case State.INCONCLUSIVE:
            left = counted(outcomes, (Outcome.INCONCLUSIVE, Outcome.CLEAR, Outcome.NOT_EXERCISED))
            return _("no conclusion can be drawn, test again: {outcomes}", outcomes=listed(left))
        case State.CLEAR:
            number = outcomes.count(Outcome.CLEAR)
            return _with_rest(_("not found in the {number} item(s) that were tested", number=number), outcomes)
        case State.NOT_EXERCISED:
            return _("the scene did not occur in the check, so no conclusion can be drawn")
    return NOT_TESTED


def _with_rest(said: Text, outcomes: Sequence[Outcome]) -> Text:
    """A text with what is open beside it."""
    left = counted(outcomes, (Outcome.INCONCLUSIVE, Outcome.NOT_EXERCISED))
    return _("{said}; {rest}", said=said, rest=listed(left)) if left else said


def counted(outcomes: Sequence[Outcome], wanted: Iterable[Outcome]) -> list[Text]:
    """How many there are of each outcome that is ``wanted`` and occurs."""
    return [_("{count} {outcome}", count=outcomes.count(one), outcome=one.label) for one in wanted if one in outcomes]
