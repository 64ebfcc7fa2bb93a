"""The verdicts of a run on a terminal: what is wrong first, a line a rule, in the one language of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from harness import console
from harness.events.findings import Outcome
from harness.language import _, pick, said
from harness.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from harness.verdicts.analysis import Analysis

ORDER = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE, Outcome.CLEAR, Outcome.NOT_EXERCISED)
FOLDED = (Outcome.CLEAR, Outcome.NOT_EXERCISED)
"""What stands on one line for all its rules, unless every finding is wanted."""
MOST_FACTS = 12
"""Facts of a finding that are listed; the report has all of them."""


class RuleLine(NamedTuple):
    """What one rule says, in the language of the run."""

    outcome: Outcome
    rule: str
    label: str
    reason: str


class Shown(NamedTuple):
    """How much of a run is told: violations and the count only, or every finding with its place in the run folder."""

    quiet: bool = False
    verbose: bool = False


DEFAULT = Shown()


def rule_lines(rules: Iterable[dict[str, Any]]) -> list[RuleLine]:
    """The lines of rules as ``analysis_json`` has them."""
    labels = {rule.id: pick(rule.label_zh, rule.label_en) for rule in load_rules()}
    return [
        RuleLine(Outcome(each["outcome"]), each["rule"], labels.get(each["rule"], each["rule"]), pick(each["reason_zh"], each["reason_en"]))
        for each in rules
    ]


def lines_of(analysis: Analysis) -> list[RuleLine]:
    """The lines of a run that is judged."""
    return [
        RuleLine(
            verdict.outcome,
            verdict.rule.id,
            pick(verdict.rule.label_zh, verdict.rule.label_en),
            pick(verdict.reason_zh, verdict.reason_en),
        )
        for verdict in analysis.verdicts
    ]


def word(outcome: Outcome) -> str:
    """An outcome as a person reads it."""
    return pick(outcome.label_zh, outcome.value.replace("_", " "))


def show(analysis: Analysis, shown: Shown = DEFAULT) -> None:
    """Print the verdicts of a run, and how many there are of each outcome."""
    show_unfinished(analysis.unfinished)
    lines = lines_of(analysis)
    if shown.verbose:
        _show_findings(analysis)
    else:
        show_lines(lines, quiet=shown.quiet)
    show_count(line.outcome for line in lines)


def show_unfinished(why: tuple[str, str] | None) -> None:
    """Say first that a run is not finished, where it is not."""
    if why is not None:
        console.say((pick(*why), "bold red"))


def show_lines(lines: Sequence[RuleLine], *, quiet: bool) -> None:
    """A line a rule, the worst first; with ``quiet`` the violations alone."""
    for outcome in ORDER[:1] if quiet else ORDER:
        found = [line for line in lines if line.outcome is outcome]
        if outcome in FOLDED and found:
            _say(outcome, (pick("；", "; ").join(line.label for line in found), ""))
        else:
            for line in found:
                _say(outcome, *_about(line))


def show_count(outcomes: Iterable[Outcome]) -> None:
    """How many rules have which outcome, on one line."""
    listed = list(outcomes)
    counts = [(outcome, listed.count(outcome)) for outcome in ORDER]
    parts = [(f"{word(outcome)} {count}", console.OUTCOME_STYLE[outcome]) for outcome, count in counts if count]
    told = [part for each in parts for part in ((pick("，", ", "), ""), each)][1:]
    console.say((said(_("{count} rules: ", count=len(listed))), ""), *told)


def _about(line: RuleLine) -> tuple[tuple[str, str], ...]:
    return (line.label, "bold"), (pick("（", " (") + line.rule + pick("）", ")"), "dim"), (pick("：", ": ") + line.reason, "")


def _say(outcome: Outcome, *parts: tuple[str, str], depth: int = 0) -> None:
    """A line that begins with an outcome, in a column of its own where the terminal has room for one."""
    column = max(cell_len(word(each)) for each in Outcome) + 2
    wide = console.out.width >= console.NARROW
    told = word(outcome)
    gap = column - cell_len(told) if wide else 2
    before = " " * depth
    style = console.OUTCOME_STYLE[outcome]
    console.say((before + told, style), (" " * gap, ""), *parts, indent=depth + (column if wide else 2))


def _show_findings(analysis: Analysis) -> None:
    """Each rule, then each of its findings with the facts it rests on: when, what, and where in the run folder."""
    from harness.report.build import app_report

    for verdict in sorted(app_report(analysis.folder, analysis).verdicts, key=lambda verdict: ORDER.index(verdict.outcome)):
        label, reason = pick(verdict.rule.label_zh, verdict.rule.label_en), pick(verdict.reason_zh, verdict.reason_en)
        _say(verdict.outcome, *_about(RuleLine(verdict.outcome, verdict.rule.id, label, reason)))
        for finding in verdict.findings:
            _say(finding.outcome, (pick(finding.reason_zh, finding.reason_en), ""), depth=2)
            for fact in finding.facts[:MOST_FACTS]:
                when = said(_("{seconds:.2f} s", seconds=fact.seconds))
                console.say((f"    {when}  ", "dim"), (pick(fact.text_zh, fact.text_en), ""), (f"  {fact.place}", "dim"), indent=6)
            if (more := len(finding.facts) - MOST_FACTS) > 0:
                console.say(("    " + said(_("{count} more facts: see the report", count=more)), "dim"), indent=6)
