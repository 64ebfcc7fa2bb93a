"""Each line of the notice answered: reproduced on the old version, gone on the new one, or neither, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from harness.events.findings import Outcome
from harness.language import Text, _, known, pgettext, with_commas
from harness.rectification.comparison_model import Answered, Row, Run, State
from harness.rectification.notice import Answer, Notice, Problem
from harness.rules.labels import Label, all_labels, label_of
from harness.verdicts.conclusion import counted

LONGEST = 200  # characters of a label that is compared with others
NEAR, LIKE = 3, 0.4
"""How many known labels are named beside an unknown one, and how much of it they share (difflib's ratio)."""
_NO_OLD = _("no check of the old version was given")
_NOT_SEEN = Text("–")
_BAD = (State.STILL, State.NEW)


def answered(notice: Notice, rows: Sequence[Row], old: Sequence[Run], new: Sequence[Run]) -> tuple[Answered, ...]:
    return tuple(_answered(problem, notice, rows, old, new) for problem in notice.problems)


def near_labels(words: str) -> tuple[str, ...]:
    """Known labels that an unknown one may mean, the nearest first."""
    known = [form for label in all_labels() for form in (label.zh, *label.also_called)]
    return tuple(get_close_matches(words[:LONGEST], known, NEAR, LIKE))


def with_answers(rows: Iterable[Row], answers: Sequence[Answer]) -> tuple[Row, ...]:
    """The rows with what the company says of them, by key, else by rule."""
    return tuple(_with_answer(row, answers) for row in rows)


def _with_answer(row: Row, answers: Sequence[Answer]) -> Row:
    mine = [each for each in answers if each.key == row.key] or [each for each in answers if not each.key and each.rule == row.rule.id]
    return replace(row, cause=mine[0].cause, measure=mine[0].measure) if mine else row


def _answered(problem: Problem, notice: Notice, rows: Sequence[Row], old: Sequence[Run], new: Sequence[Run]) -> Answered:
    label = label_of(problem.label)
    said = next((each for each in notice.answers if each.problem == problem.number), None)
    cause, measure = (said.cause, said.measure) if said else ("", "")
    rules = problem.rules or (label.rules if label else ())
    if not rules:
        near = () if label else near_labels(problem.label)
        return Answered(problem, label, near, State.UNDETECTABLE, _NOT_SEEN, _undetectable(label), (), cause, measure)
    mine = tuple(row for row in rows if row.rule.id in rules)
    mine = tuple(replace(row, cause=row.cause or cause, measure=row.measure or measure) for row in mine)
    state = _state(mine, rules, old, new)
    others = sum(row.rule.id not in rules and row.rule.id in label.rules and row.state in _BAD for row in rows) if label else 0
    after = _with_others(_after(mine, rules, new, state), others)
    return Answered(problem, label, (), state, _before(mine, rules, old), after, mine, cause, measure)


def _with_others(after: Text, others: int) -> Text:
    """A line that was narrowed to some rules does not hide that its label is broken by others."""
    if not others:
        return after
    return _("{what}; {others} other problem(s) under the same label are still there, see below", what=after, others=others)


def _undetectable(label: Label | None) -> Text:
    if label is None:
        return _("the label is none that is known, and nothing was tested for it")
    return known(label.undetectable_zh, label.undetectable_en)


def _state(rows: Sequence[Row], rules: Sequence[str], old: Sequence[Run], new: Sequence[Run]) -> State:
    states = {row.state for row in rows}
    if states & set(_BAD):
        return State.STILL if State.STILL in states or not old else State.NEW
    if State.OPEN in states:
        return State.OPEN
    if State.FIXED in states:
        return State.FIXED
    return State.NOT_REPRODUCED if _judged(rules, old) and _judged(rules, new) else State.OPEN


def _judged(rules: Sequence[str], runs: Sequence[Run]) -> bool:
    """Whether any of the rules was judged at all."""
    return any(rule in run.verdicts for run in runs for rule in rules)


def _before(rows: Sequence[Row], rules: Sequence[str], old: Sequence[Run]) -> Text:
    if not old:
        return _NO_OLD
    if not _judged(rules, old):
        return _("the check of the old version had none of its rules")
    shown = [row.old for row in rows if row.old is not None]
    if not shown:
        what = _tally(rules, old)
        return _("not reproduced on the old version: {what}", what=what)
    sure = sum(each.outcome is Outcome.VIOLATION for each in shown)
    doubt = len(shown) - sure
    if not sure:
        return _("suspected on the old version: {doubt}, for a person to look at", doubt=doubt)
    more = _(", {doubt} suspected", doubt=doubt) if doubt else ""
    return _("reproduced on the old version: {sure} violation(s){more}", sure=sure, more=more)


def _after(rows: Sequence[Row], rules: Sequence[str], new: Sequence[Run], state: State) -> Text:
    if not _judged(rules, new):
        return _("the check of the new version had none of its rules")
    what = _tally(rules, new)
    if state is State.FIXED:
        return _("gone on the new version, on the same occasions: {what}", what=what)
    if state in _BAD:
        bad = [row for row in rows if row.state in _BAD]
        return _("{count} on the new version; by rules: {what}", count=len(bad), what=what)
    if state is State.NOT_REPRODUCED:
        return _("on the new version: {what}; neither version showed it, which proves no cure", what=what)
    if not rows:
        return _("on the new version: {what}; without such a check of the old one that proves no cure", what=what)
    unclear = sum(row.state is State.OPEN for row in rows)
    return _("{unclear} cannot be compared with the old version: {what}", unclear=unclear, what=what)


def _tally(rules: Sequence[str], runs: Sequence[Run]) -> Text:
    """How many of the rules came out how, by the worst outcome of each; one not judged is told apart."""
    order, found, lacking = list(Outcome), Counter[Outcome](), 0
    for rule in rules:
        outcomes = [run.verdicts[rule].outcome for run in runs if rule in run.verdicts]
        if outcomes:
            found[min(outcomes, key=order.index)] += 1
        else:
            lacking += 1
    counts = counted(list(found.elements()), order)
    counts += [_("{count} {outcome}", count=lacking, outcome=pgettext("rule", "not checked"))] * bool(lacking)
    return with_commas(counts)
