"""The comparison of two versions as plain data, nothing about how it looks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from harness.events.findings import Finding, Outcome
from harness.language import Text, _
from harness.rectification.notice import Notice, Problem
from harness.report import Judged
from harness.report.case import NO_CASE, Case
from harness.report.report_model import AppReport, FindingView
from harness.rules import Rule
from harness.rules.labels import Label
from harness.verdicts.judge import Verdict

ACCUSED = (Outcome.VIOLATION, Outcome.SUSPECTED)
"""What has to be rectified, or looked at by a person."""


class State(StrEnum):
    """What became of a problem in the new version."""

    FIXED = "fixed"  # the new version did the same thing, was watched, and is clear
    STILL = "still_there"
    NEW = "new"
    OPEN = "not_comparable"  # neither: the reason says why
    NOT_REPRODUCED = "not_reproduced"  # only of a notice's problem: no version showed it
    UNDETECTABLE = "undetectable"  # only of a notice's problem: no phone can show it

    @property
    def words(self) -> Text:
        return _STATES[self]


_STATES = {
    State.FIXED: _("no longer found"),
    State.STILL: _("still there"),
    State.NEW: _("found in the new version"),
    State.OPEN: _("not comparable, to be tested again"),
    State.NOT_REPRODUCED: _("not reproduced here"),
    State.UNDETECTABLE: _("cannot be tested here, for a person to look into"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run, judged, and as a report has it."""

    judged: Judged
    report: AppReport

    @property
    def name(self) -> str:
        return self.report.folder

    @property
    def version(self) -> str:
        """The version of its app, as people name it."""
        return self.report.app.version_name or str(self.report.app.version_code or "")

    @property
    def verdicts(self) -> dict[str, Verdict]:
        return {verdict.rule.id: verdict for verdict in self.judged.analysis.verdicts}


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding of a run. ``outcome`` is what it counts for: a violation too few of its kind is suspected."""

    run: Run
    verdict: Verdict
    finding: Finding
    view: FindingView
    outcome: Outcome
    key: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same problem in an earlier version: 反复出现."""

    run: Run
    package: str
    version: str
    same_package: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A problem: before, after, and what became of it. ``key`` is that of its finding, the old one where there is one.

    ``new`` is the finding of the new version that ``state`` rests on; ``reason`` says why it is so. ``causes`` are
    facts about where it comes from; ``cause`` and ``measure`` are the company's own words, empty where it gave none.
    """

    key: str
    rule: Rule
    state: State
    old: Shown | None
    new: Shown | None
    reason: Text
    causes: tuple[Text, ...] = ()
    cause: str = ""
    measure: str = ""
    repeats: tuple[Repeat, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in both versions, None where it was not judged."""

    rule: Rule
    old: Outcome | None
    new: Outcome | None


@dataclass(frozen=True, slots=True)
class Answered:
    """A line of the notice and what is said to it."""

    problem: Problem
    label: Label | None
    near: tuple[str, ...]
    state: State
    before: Text
    after: Text
    rows: tuple[Row, ...]
    cause: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of it. ``on`` is the day that the days left are counted from; ``notes`` is what a reader must know first."""

    old: tuple[Run, ...]
    new: tuple[Run, ...]
    rows: tuple[Row, ...]
    rules: tuple[RuleLine, ...]
    on: date
    notes: tuple[Text, ...] = ()
    notice: Notice | None = None
    answers: tuple[Answered, ...] = ()
    case: Case = NO_CASE
    past: tuple[Run, ...] = ()  # runs of earlier versions, by which a problem is told to have come back

    @property
    def package(self) -> str:
        return self.new[0].report.app.package

    @property
    def label(self) -> str:
        return self.new[0].report.app.label or self.package

    @property
    def beside(self) -> tuple[Row, ...]:
        """The problems that no line of the notice is about."""
        answered = {row.key for each in self.answers for row in each.rows}
        return tuple(row for row in self.rows if row.key not in answered)

    @property
    def altered(self) -> tuple[Run, ...]:
        """The runs that are not as they were sealed."""
        return tuple(run for run in (*self.old, *self.new) if run.report.changes)

    def count(self, state: State) -> int:
        return sum(row.state is state for row in self.rows)
