"""The state of each official label and each scene of the notice, from the verdicts of the rules behind them.

A label or a scene is as bad as the worst of its rules; it is without a finding only where a rule was exercised and none
is open. What no rule judges is 不可检测, with the reason: never silence, which would look like an all-clear.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from harness.config import using
from harness.events.findings import Outcome, combine
from harness.rules import NOTICE
from harness.rules.labels import labels
from harness.rules.scenes import scenes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from harness.events import Instant
    from harness.events.timeline import Timeline
    from harness.verdicts.analysis import Analysis
    from harness.verdicts.judge import Verdict

Words = tuple[str, str]


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
    def words(self) -> Words:
        """Return the words in Chinese and English."""
        return _STATES[self]


_STATES = {
    State.VIOLATION: ("不合规", "violation"),
    State.SUSPECTED: ("疑似", "suspected"),
    State.INCONCLUSIVE: ("无法判定", "inconclusive"),
    State.CLEAR: ("未见异常", "clear"),
    State.NOT_EXERCISED: ("未触发", "not exercised"),
    State.NOT_TESTED: ("未检测", "not tested"),
    State.UNDETECTABLE: ("不可检测", "not detectable"),
    State.NOT_IN_FORCE: ("尚未生效", "not in force"),
}
_FIRST_STARTS = ("first-launch", "refused-again", "walk-first")
_AT_FIRST = {"2.1-1": True, "2.1-4": False}
"""Scenes that one rule judges, and that differ in whether it was the app's first start."""
_OF_SDKS = ("1.1-4", "1.1-5")
"""Scenes that accuse an SDK. Their rules see what the app did, in which an SDK has no name."""
_NOT_WHO = (
    "该行为已在应用层面认定（见相应场景），但手机上无法区分是应用自身还是 SDK 所为，须人工核查",
    "the app was seen to do it (see the scene of the app), but a phone does not tell whether it or an SDK did: a person has to look",
)
_WORST = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE, Outcome.CLEAR, Outcome.NOT_EXERCISED)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One label or scene: its words, its state with the reason, the rules that were judged, and what they leave out."""

    id: str
    clause: int
    name: Words
    state: State
    reason: Words
    rules: tuple[tuple[str, Outcome], ...] = ()
    limits: Words = ("", "")


def conclusions(analysis: Analysis) -> tuple[Conclusion, ...]:
    """Return the conclusion for each label of the run's profile; one that was not in force that day says so."""
    profile = str(analysis.run.get("options", {}).get("profile", NOTICE))
    found = {verdict.rule.id: verdict for verdict in analysis.verdicts}
    told = []
    with using(analysis.config):
        known = labels(profile)
    for label in known:
        state, judged = _state(label.rules, found)
        if analysis.as_of is not None and label.in_force > analysis.as_of:
            state, judged = State.NOT_IN_FORCE, []
        undetectable = label.undetectable_zh, label.undetectable_en
        reason = undetectable if state is State.UNDETECTABLE else _summed(state, [verdict.outcome for verdict in judged])
        if state is State.NOT_IN_FORCE:
            reason = (judged[0].reason_zh, judged[0].reason_en) if judged else _later(analysis, label.in_force)
        told.append(_conclusion(label.id, label.clause, (label.zh, label.en), state, reason, judged, (label.limits_zh, label.limits_en)))
    return tuple(told)


def scene_states(analysis: Analysis) -> tuple[Conclusion, ...]:
    """Return the state of each scene of the notice, in its order."""
    found = {verdict.rule.id: verdict for verdict in analysis.verdicts}
    told = []
    with using(analysis.config):
        known = scenes()
    starts = [(start, end) for _name, start, end in _first_starts(analysis.timeline)]
    for scene in known:
        own = found
        if scene.id in _AT_FIRST:
            parts = ((rule, _at_first(found[rule], starts, wanted=_AT_FIRST[scene.id])) for rule in scene.rules if rule in found)
            own = dict(parts)
        state, judged = _state(scene.rules, own)
        undetectable = scene.undetectable_zh, scene.undetectable_en
        reason = undetectable if state is State.UNDETECTABLE else _reason(state, judged)
        if scene.id in _OF_SDKS and state in (State.VIOLATION, State.SUSPECTED):
            state, reason = State.INCONCLUSIVE, _NOT_WHO
        told.append(_conclusion(scene.id, scene.clause, (scene.zh, scene.en), state, reason, judged, (scene.limits_zh, scene.limits_en)))
    return tuple(told)


def _first_starts(timeline: Timeline) -> list[tuple[str, Instant, Instant]]:
    """The segments in which the app runs for the first time."""
    return [segment for segment in timeline.segments() if segment[0] in _FIRST_STARTS]


def _at_first(verdict: Verdict, starts: Sequence[tuple[Instant, Instant]], *, wanted: bool) -> Verdict:
    """The part of a verdict that is about the first start, or the part that is not: told by its first fact."""
    kept = tuple(
        each for each in verdict.findings if any(start <= fact.at <= end for fact in each.facts[:1] for start, end in starts) is wanted
    )
    if len(kept) == len(verdict.findings):
        return verdict
    if not kept:
        zh, en = ("首次启动时", "at the first start") if wanted else ("首次启动之后的使用中", "in use after the first start")
        reason = f"{zh}没有出现该场景", f"the scene did not occur {en}"
        return replace(verdict, outcome=Outcome.NOT_EXERCISED, reason_zh=reason[0], reason_en=reason[1], findings=())
    outcome = combine(kept, needed=verdict.rule.needed)
    worst = next((each for each in kept if each.outcome is outcome), kept[0])
    return replace(verdict, outcome=outcome, reason_zh=worst.reason_zh, reason_en=worst.reason_en, findings=kept)


def _conclusion(id: str, clause: int, name: Words, state: State, reason: Words, judged: Iterable[Verdict], limits: Words) -> Conclusion:
    return Conclusion(id, clause, name, state, reason, tuple((verdict.rule.id, verdict.outcome) for verdict in judged), limits)


def _state(rules: Sequence[str], found: Mapping[str, Verdict]) -> tuple[State, list[Verdict]]:
    """The state, and the verdicts of the rules that were judged, the worst first; those not yet in force only alone."""
    if not rules:
        return State.UNDETECTABLE, []
    there = sorted((found[rule] for rule in rules if rule in found), key=lambda verdict: _WORST.index(verdict.outcome))
    judged = [verdict for verdict in there if verdict.not_before is None]
    if there and not judged:
        return State.NOT_IN_FORCE, there
    return (State(judged[0].outcome.value) if judged else State.NOT_TESTED), judged


def _later(analysis: Analysis, since: date) -> Words:
    return f"{analysis.as_of} 尚未生效：自 {since} 起适用", f"not in force on {analysis.as_of}: used from {since} on"


def _reason(state: State, judged: Sequence[Verdict]) -> Words:
    if state is State.NOT_TESTED:
        return _NOT_TESTED
    zh, en = judged[0].reason_zh, judged[0].reason_en
    if state is State.CLEAR and (left := [verdict for verdict in judged if verdict.outcome is Outcome.NOT_EXERCISED]):
        names_zh = "、".join(verdict.rule.label_zh for verdict in left)
        names_en = "; ".join(verdict.rule.label_en for verdict in left)
        return f"{zh}（其中未触发：{names_zh}）", f"{en} (not exercised: {names_en})"
    return zh, en


_NOT_TESTED = "本次检测未包含该条款", "the check did not include this clause"


def _summed(state: State, outcomes: Sequence[Outcome]) -> Words:
    """What the rules of a label say together."""
    count = {outcome: outcomes.count(outcome) for outcome in Outcome}
    bad_zh = [f"{outcome.label_zh} {count[outcome]} 项" for outcome in (Outcome.VIOLATION, Outcome.SUSPECTED) if count[outcome]]
    bad_en = [f"{count[outcome]} {outcome.label_en}" for outcome in (Outcome.VIOLATION, Outcome.SUSPECTED) if count[outcome]]
    left_zh, left_en = _left(count)
    match state:
        case State.VIOLATION:
            return f"存在该问题：{'，'.join(bad_zh)}{left_zh}", f"the problem is there: {', '.join(bad_en)}{left_en}"
        case State.SUSPECTED:
            return (
                f"疑似存在该问题，需人工复核：{bad_zh[0]}{left_zh}",
                f"the problem may be there, a person has to look: {bad_en[0]}{left_en}",
            )
        case State.INCONCLUSIVE:
            return f"不能作出结论，需重新检测{left_zh}", f"no conclusion can be drawn, test again{left_en}"
        case State.CLEAR:
            number = count[Outcome.CLEAR]
            return f"在已检测的 {number} 项中未发现该问题{left_zh}", f"not found in the {number} item(s) that were tested{left_en}"
        case State.NOT_EXERCISED:
            return "检测中没有出现相应的场景，不能作出结论", "the scene did not occur in the check, so no conclusion can be drawn"
    return _NOT_TESTED


def _left(count: Mapping[Outcome, int]) -> Words:
    """What is open beside that."""
    left = [outcome for outcome in (Outcome.INCONCLUSIVE, Outcome.NOT_EXERCISED) if count[outcome]]
    if not left:
        return "", ""
    zh = "、".join(f"{outcome.label_zh} {count[outcome]} 项" for outcome in left)
    return f"；另有{zh}", "; " + ", ".join(f"{count[outcome]} {outcome.label_en}" for outcome in left)
