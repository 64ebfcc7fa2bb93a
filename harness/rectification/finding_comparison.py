"""Two versions, finding by finding: fixed, still there, new, or not comparable, and why.

What is seen is seen, whatever the conditions. That nothing was seen is a cure only where the new version did the same
thing under the same conditions, was watched throughout, and is clear: silence is never one.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from harness.events.findings import Outcome
from harness.language import Text, _, with_semicolons
from harness.rectification.comparison_model import ACCUSED, Row, RuleLine, Run, Shown, State
from harness.rectification.conditions import differences, met, missing_words, occasions
from harness.verdicts.finding_evidence import finding_keys
from harness.verdicts.judge import Verdict

WORST_FIRST = list(Outcome)
Problem = tuple[str, frozenset[str]]
"""A rule and the occasion of its findings."""


class _Said(NamedTuple):
    """What the new version says of an old finding."""

    state: State
    shown: Shown | None
    reason: Text


def compare(old: Sequence[Run], new: Sequence[Run]) -> tuple[Row, ...]:
    """Return a row for each problem of either version, in the order of the rules, the worst first."""
    before, after = _problems(old), _problems(new)
    rows = [_row_of_old(shown, new) for shown in before.values()]
    seen = {id(row.new) for row in rows if row.new is not None}
    for (rule, occasion), shown in after.items():
        known = any(rule == other and occasion & theirs for other, theirs in before)
        if not known and id(shown) not in seen:
            rows.append(Row(shown.key, shown.verdict.rule, State.NEW, None, shown, _before(shown, old)))
    return tuple(sorted(rows, key=lambda row: (row.rule.id, _rank(row))))


def _rank(row: Row) -> tuple[int, str]:
    shown = row.old or row.new
    assert shown is not None
    return WORST_FIRST.index(shown.outcome), shown.finding.part


def rule_lines(old: Sequence[Run], new: Sequence[Run]) -> tuple[RuleLine, ...]:
    """Every rule that was judged in either version, with the worst outcome of each."""
    rules = {rule_id: verdict.rule for run in (*new, *old) for rule_id, verdict in run.verdicts.items()}

    def worst(runs: Sequence[Run], rule_id: str) -> Outcome | None:
        found = [run.verdicts[rule_id].outcome for run in runs if rule_id in run.verdicts]
        return min(found, key=WORST_FIRST.index, default=None)

    return tuple(RuleLine(rules[rule_id], worst(old, rule_id), worst(new, rule_id)) for rule_id in sorted(rules))


def findings_of(run: Run, rule_id: str) -> tuple[Shown, ...]:
    """The findings of one rule in a run, each with its key and what it counts for; none where it was not judged."""
    return tuple(_shown(run, rule_id))


def _shown(run: Run, rule_id: str) -> Iterator[Shown]:
    for verdict, view in zip(run.judged.analysis.verdicts, run.report.verdicts, strict=True):
        if verdict.rule.id == rule_id:
            keyed = finding_keys(run.report.app.package, verdict)
            for (key, finding), finding_view in zip(keyed, view.findings, strict=True):
                few = finding.outcome is Outcome.VIOLATION and verdict.outcome is Outcome.SUSPECTED
                yield Shown(run, verdict, finding, finding_view, Outcome.SUSPECTED if few else finding.outcome, key)


def _problems(runs: Iterable[Run]) -> dict[Problem, Shown]:
    """What is held against the app, once for each occasion of a rule: its worst finding."""
    found: dict[Problem, Shown] = {}
    every = (each for run in runs for rule_id in sorted(run.verdicts) for each in findings_of(run, rule_id))
    for shown in (each for each in every if each.outcome in ACCUSED):
        problem = shown.verdict.rule.id, occasions(shown.verdict.rule, shown.finding)
        if problem not in found or WORST_FIRST.index(shown.outcome) < WORST_FIRST.index(found[problem].outcome):
            found[problem] = shown
    return found


def _row_of_old(old: Shown, new: Sequence[Run]) -> Row:
    said = [_says(old, run) for run in new]
    order = (State.STILL, State.FIXED, State.OPEN)
    best = min(said, key=lambda each: order.index(each.state))
    return Row(old.key, old.verdict.rule, best.state, old, best.shown, best.reason)


def _says(old: Shown, run: Run) -> _Said:
    """What one run of the new version says of an old finding."""
    verdict = run.verdicts.get(old.verdict.rule.id)
    if verdict is None:
        return _Said(State.OPEN, None, _("the new version was not checked for this rule"))
    mine = occasions(old.verdict.rule, old.finding)
    same = [each for each in findings_of(run, verdict.rule.id) if mine & occasions(verdict.rule, each.finding)]
    same.sort(key=lambda each: WORST_FIRST.index(each.outcome))
    if accused := [each for each in same if each.outcome in ACCUSED]:
        return _Said(State.STILL, accused[0], accused[0].view.reason)
    clear = [each for each in findings_of(run, verdict.rule.id) if each.outcome is Outcome.CLEAR]
    proved = [each for each in clear if mine & met(verdict.rule, each.finding, run.judged.analysis.timeline)]
    if problem := _unproved(old, run, verdict, same, proved):
        return _Said(State.OPEN, next(iter((*same, *proved)), None), problem)
    return _Said(State.FIXED, proved[0], proved[0].view.reason)


def _unproved(old: Shown, run: Run, verdict: Verdict, same: Sequence[Shown], proved: Sequence[Shown]) -> Text | None:
    """Why nothing that was seen of a problem in the new version is no cure of it; None where it is one."""
    rule, timeline = verdict.rule, run.judged.analysis.timeline
    if verdict.outcome in (Outcome.INCONCLUSIVE, Outcome.NOT_EXERCISED):
        return _("the new version is {outcome}: {why}", outcome=verdict.outcome.label, why=verdict.reason)
    if unsure := [each for each in same if each.outcome is not Outcome.CLEAR]:
        return _("the new version is {outcome}: {why}", outcome=unsure[0].outcome.label, why=unsure[0].view.reason)
    covered = frozenset[str]().union(*(met(rule, each.finding, timeline) for each in proved))
    if not proved or not occasions(old.verdict.rule, old.finding) <= covered:
        return missing_words(rule, old.finding, run.report.app)
    if unlike := differences(old.run, run, rule):
        what = with_semicolons(unlike)
        return _("the new version is clear, but under other conditions than before: {what}", what=what)
    if old.run.report.changes or run.report.changes:
        return _("evidence was altered since it was sealed, and proves no cure")
    return older(old.run, run)


def older(old: Run, new: Run) -> Text | None:
    """What is said where the version that is compared as the new one is the older one."""
    before, after = old.report.app.version_code, new.report.app.version_code
    if before is None or after is None or after >= before:
        return None
    return _(
        "the version that is compared as the new one is the older one (version code {after}, not {before})", after=after, before=before
    )


def _before(new: Shown, old: Sequence[Run]) -> Text:
    """Whether the new version brought a problem along, or the old one was only not seen to have it."""
    if not old:
        return _("there is no check of the old version to compare with")
    said = [_says_of_old(new, run) for run in old]
    return next((words for certain, words in said if certain), said[0][1])


def _says_of_old(new: Shown, run: Run) -> tuple[bool, Text]:
    rule = new.verdict.rule
    verdict = run.verdicts.get(rule.id)
    if verdict is None:
        return False, _("the old version was not checked for this rule: it may have had it too")
    if (mistaken := older(run, new.run)) is not None:
        return False, mistaken
    mine, timeline = occasions(rule, new.finding), run.judged.analysis.timeline
    clear = [
        each for each in findings_of(run, verdict.rule.id) if each.outcome is Outcome.CLEAR and mine <= met(rule, each.finding, timeline)
    ]
    if verdict.outcome is not Outcome.INCONCLUSIVE and clear and not differences(new.run, run, rule):
        return True, _("the old version was clear on the same occasion: it came with the new one")
    return False, _(
        "the old version was not proved to be without it on that occasion ({outcome}): it may have had it too",
        outcome=verdict.outcome.label,
    )
