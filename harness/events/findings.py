"""Outcome, Severity, Finding; how the findings of one rule become one outcome."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.events import Event


class Outcome(StrEnum):
    """The outcome of a rule for an app; silence is never ``clear``."""

    VIOLATION = "violation"
    SUSPECTED = "suspected"
    CLEAR = "clear"
    NOT_EXERCISED = "not_exercised"
    INCONCLUSIVE = "inconclusive"

    @property
    def label_zh(self) -> str:
        """The word of the Chinese report."""
        return _LABELS[self]

    @property
    def label_en(self) -> str:
        """The word of the English one."""
        return self.value.replace("_", " ")


_LABELS = {
    Outcome.VIOLATION: "不合规",
    Outcome.SUSPECTED: "疑似",
    Outcome.CLEAR: "未见异常",
    Outcome.NOT_EXERCISED: "未触发",
    Outcome.INCONCLUSIVE: "无法判定",
}


class Severity(StrEnum):
    """Weight of a rule in a rectification; it never changes an outcome (docs/rules.md 1.3)."""

    A = "A"
    B = "B"
    C = "C"
    M = "M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One judgement about one part (a permission group, a cold start, a screen) with the facts it rests on.

    ``part`` names what was judged, e.g. ``android.permission-group.LOCATION``. ``facts`` are events of the timeline,
    in time order. ``measured`` are the numbers compared with thresholds, e.g. ``{"seconds_after_denial": 0.4}``.
    ``tried_again`` is what a control run repeats with other answers: a denial, and the function that was used after it
    where that matters; empty where the judgement does not hang on a control run.
    """

    rule: str
    outcome: Outcome
    part: str
    reason_zh: str
    reason_en: str
    facts: tuple[Event, ...] = ()
    measured: tuple[tuple[str, float], ...] = ()
    tried_again: tuple[Event, ...] = ()


def combine(findings: Iterable[Finding], *, needed: int = 1) -> Outcome:
    """Return the one outcome of many findings of one rule.

    ``needed`` is the rule's own k of n: how many violations make a violation (1 where the evidence is
    deterministic). Fewer make it suspected; then inconclusive if any part is, then clear if any part was exercised.
    """
    outcomes = [finding.outcome for finding in findings]
    violations = outcomes.count(Outcome.VIOLATION)
    if violations >= needed > 0:
        return Outcome.VIOLATION
    if violations or Outcome.SUSPECTED in outcomes:
        return Outcome.SUSPECTED
    for outcome in (Outcome.INCONCLUSIVE, Outcome.CLEAR):
        if outcome in outcomes:
            return outcome
    return Outcome.NOT_EXERCISED
