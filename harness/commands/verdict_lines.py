"""The verdicts of a run on a terminal: what is wrong first, a line a rule, in the one language of the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len

from harness import console
from harness.config.suppressions import suppression_words
from harness.events.findings import Outcome
from harness.language import Text, _, pick, said
from harness.rules import load_rules
from harness.verdicts.customisations import suppression_of

if TYPE_CHECKING:
    from harness.verdicts.analysis import Analysis

ORDER = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE, Outcome.CLEAR, Outcome.NOT_EXERCISED)
FOLDED = (Outcome.CLEAR, Outcome.NOT_EXERCISED)
"""What stands on one line for all its rules, unless every finding is wanted."""
MOST_FACTS = 12
"""Facts of a finding that are listed; the report has all of them."""


class RuleLine(NamedTuple):
    """What one rule says, in the language of the run.

    ``not_before`` is the day from which it is held, where it was not yet; ``suppressed`` who lives with it and why.
    """

    outcome: Outcome
    rule: str
    label: str
    reason: str
    not_before: str = ""
    suppressed: str = ""


class Shown(NamedTuple):
    """How much of a run is told: violations and the count only, or every finding with its place in the run folder."""

    quiet: bool = False
    verbose: bool = False


DEFAULT = Shown()


def rule_lines(rules: Iterable[dict[str, Any]]) -> list[RuleLine]:
    """The lines of rules as ``analysis_json`` has them."""
    names = {rule.id: said(rule.label) for rule in load_rules()}
    return [
        RuleLine(
            Outcome(each["outcome"]),
            each["rule"],
            names.get(each["rule"], each["rule"]),
            pick(each["reason_zh"], each["reason_en"]),
            each.get("not_before", ""),
            _decision(each.get("suppressed")),
        )
        for each in rules
    ]


def _decision(told: dict[str, str] | None) -> str:
    """A suppression as it stands in JSON, in words."""
    return said(suppression_words(told["until"], told["owner"], told["reason"])) if told else ""


def lines_of(analysis: Analysis) -> list[RuleLine]:
    return [
        RuleLine(
            verdict.outcome,
            verdict.rule.id,
            said(verdict.rule.label),
            said(verdict.reason),
            str(verdict.not_before or ""),
            said(decision.told()) if (decision := suppression_of(analysis.app.package, verdict)) is not None else "",
        )
        for verdict in analysis.verdicts
    ]


def word(outcome: Outcome) -> str:
    return said(outcome.label)


def show(analysis: Analysis, shown: Shown = DEFAULT) -> None:
    """Print the verdicts of a run, and how many there are of each outcome."""
    show_unfinished(analysis.unfinished)
    lines = lines_of(analysis)
    if shown.verbose:
        _show_findings(analysis)
    else:
        show_lines(lines, quiet=shown.quiet)
    show_count(lines)


def show_unfinished(why: Text | None) -> None:
    """Say first that a run is not finished, where it is not."""
    if why is not None:
        console.say((said(why), "bold red"))


def show_lines(lines: Sequence[RuleLine], *, quiet: bool) -> None:
    """A line a rule, the worst first; with ``quiet`` the violations alone."""
    for outcome in ORDER[:1] if quiet else ORDER:
        found = [line for line in lines if line.outcome is outcome and not line.not_before]
        if outcome in FOLDED and found:
            _say(word(outcome), console.OUTCOME_STYLE[outcome], (pick("；", "; ").join(line.label for line in found), ""))
        else:
            for line in found:
                _say_line(line)
    if (later := [line for line in lines if line.not_before]) and not quiet:
        named = pick("；", "; ").join(f"{line.label}{pick('（', ' (')}{line.not_before}{pick('）', ')')}" for line in later)
        _say(_later(), "dim", (named, ""))


def _later() -> str:
    """The word for a rule that was not yet in force."""
    return said(_("not in force"))


def _say_line(line: RuleLine) -> None:
    """What one rule says, and below it who lives with that."""
    _say(word(line.outcome), console.OUTCOME_STYLE[line.outcome], *_about(line))
    if line.suppressed:
        _say("", "", (line.suppressed, "yellow"))


def show_count(lines: Sequence[RuleLine]) -> None:
    """How many rules have which outcome, of those that fail how many are suppressed, and whether none was tested."""
    parts = []
    for outcome in ORDER:
        found = [line for line in lines if line.outcome is outcome and not line.not_before]
        silent = sum(bool(line.suppressed) for line in found)
        of_these = said(_(" ({count} suppressed)", count=silent)) if silent else ""
        if found:
            parts.append((f"{word(outcome)} {len(found)}{of_these}", console.OUTCOME_STYLE[outcome]))
    if later := sum(bool(line.not_before) for line in lines):
        parts.append((f"{_later()} {later}", "dim"))
    told = [part for each in parts for part in ((pick("，", ", "), ""), each)][1:]
    console.say((said(_("{count} rules: ", count=len(lines))), ""), *told)
    if lines and all(line.outcome is Outcome.NOT_EXERCISED or line.not_before for line in lines):
        console.say((said(_("No rule was put to the test, which is no pass: the report says of each what was missing.")), "bold"))


def _about(line: RuleLine) -> tuple[tuple[str, str], ...]:
    return (line.label, "bold"), (pick("（", " (") + line.rule + pick("）", ")"), "dim"), (pick("：", ": ") + line.reason, "")


def _say(told: str, style: str, *parts: tuple[str, str], depth: int = 0) -> None:
    """A line that begins with an outcome, in a column of its own where the terminal has room for one."""
    column = max(cell_len(word(each)) for each in Outcome) + 2
    wide = console.out.width >= console.NARROW
    gap = column - cell_len(told) if wide else 2
    before = " " * depth
    console.say((before + told, style), (" " * gap, ""), *parts, indent=depth + (column if wide else 2))


def _show_findings(analysis: Analysis) -> None:
    """Show each rule and its findings with the facts they rest on: when, what, and where in the run folder."""
    from harness.report.report_builder import app_report

    lines = {line.rule: line for line in lines_of(analysis)}
    for verdict in sorted(app_report(analysis.folder, analysis).verdicts, key=lambda verdict: ORDER.index(verdict.outcome)):
        _say_line(lines[verdict.rule.id])
        for finding in verdict.findings:
            _say(word(finding.outcome), console.OUTCOME_STYLE[finding.outcome], (said(finding.reason), ""), depth=2)
            for fact in finding.facts[:MOST_FACTS]:
                when = said(_("{seconds:.2f} s", seconds=fact.seconds))
                console.say((f"    {when}  ", "dim"), (said(fact.text), ""), (f"  {fact.place}", "dim"), indent=6)
            if (more := len(finding.facts) - MOST_FACTS) > 0:
                console.say(("    " + said(_("{count} more facts: see the report", count=more)), "dim"), indent=6)
