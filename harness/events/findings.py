"""Outcome, Severity, Finding; how the findings of one rule become one outcome."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from harness.events import Event
from harness.language import Text, in_language, known, pgettext


class Outcome(StrEnum):
    """The outcome of a rule for an app; silence is never ``clear``."""

    VIOLATION = "violation"
    SUSPECTED = "suspected"
    CLEAR = "clear"
    NOT_EXERCISED = "not_exercised"
    INCONCLUSIVE = "inconclusive"

    @property
    def label(self) -> Text:
        return _LABELS[self]

    @property
    def label_zh(self) -> str:
        return in_language(self.label, "zh")

    @property
    def label_en(self) -> str:
        return str(self.label)


_LABELS = {
    Outcome.VIOLATION: pgettext("outcome", "violation"),
    Outcome.SUSPECTED: pgettext("outcome", "suspected"),
    Outcome.CLEAR: pgettext("outcome", "clear"),
    Outcome.NOT_EXERCISED: pgettext("outcome", "not exercised"),
    Outcome.INCONCLUSIVE: pgettext("outcome", "inconclusive"),
}


class Severity(StrEnum):
    """Weight of a rule in a rectification; it never changes an outcome (docs/rules.md 1.3)."""

    A = "A"
    B = "B"
    C = "C"
    M = "M"


@dataclass(frozen=True, slots=True, init=False)
class Finding:
    """One judgement about one part (a permission group, a cold start, a screen) with the facts it rests on.

    ``part`` names what was judged, e.g. ``android.permission-group.LOCATION``. ``reason`` is one text for both
    languages; ``reason_zh`` and ``reason_en`` may be given in its place. ``facts`` are events of the timeline, in time
    order. ``measured`` are the numbers compared with thresholds, e.g. ``{"seconds_after_denial": 0.4}``.
    ``tried_again`` is what a control run repeats with other answers: a denial, and the function that was used after it
    where that matters; empty where the judgement does not hang on a control run.
    """

    rule: str
    outcome: Outcome
    part: str
    reason: Text
    facts: tuple[Event, ...]
    measured: tuple[tuple[str, float], ...]
    tried_again: tuple[Event, ...]

    def __init__(
        self,
        rule: str,
        outcome: Outcome,
        part: str,
        reason: Text | None = None,
        facts: tuple[Event, ...] = (),
        *,
        reason_zh: str | None = None,
        reason_en: str | None = None,
        measured: Mapping[str, float] | Iterable[tuple[str, float]] = (),
        tried_again: tuple[Event, ...] = (),
    ) -> None:
        if reason_zh is not None and reason_en is not None:
            reason = known(reason_zh, reason_en)
        if reason is None:
            raise TypeError("a finding needs a reason, or reason_zh and reason_en")
        numbers = tuple((name, float(value)) for name, value in dict(measured).items())
        for value, name in zip((rule, outcome, part, reason, facts, numbers, tried_again), self.__slots__, strict=True):
            object.__setattr__(self, name, value)

    @property
    def reason_zh(self) -> str:
        return in_language(self.reason, "zh")

    @property
    def reason_en(self) -> str:
        return str(self.reason)


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


def carrying_first(findings: Iterable[Finding], outcome: Outcome) -> list[Finding]:
    """The findings of one rule, first those that carry its ``outcome``; of a suspicion, violations that are too few."""
    order = list(Outcome)
    carrying = (Outcome.VIOLATION, outcome) if outcome is Outcome.SUSPECTED else (outcome,)
    return sorted(findings, key=lambda finding: (finding.outcome not in carrying, order.index(finding.outcome)))
