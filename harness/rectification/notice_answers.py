"""Each line of the notice answered: reproduced on the old version, gone on the new one, or neither, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from harness.events.findings import Outcome
from harness.rectification.comparison_model import Answered, Row, State
from harness.rules.labels import all_labels, label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from harness.rectification.comparison_model import Run
    from harness.rectification.notice import Answer, Notice, Problem
    from harness.report.wording.terms import Words
    from harness.rules.labels import Label

LONGEST = 200  # characters of a label that is compared with others
NEAR, LIKE = 3, 0.4
"""How many known labels are named beside an unknown one, and how much of it they share (difflib's ratio)."""
_NO_OLD = "没有提供旧版本的检测", "no check of the old version was given"
_NOT_SEEN = "–", "–"
_BAD = (State.STILL, State.NEW)


def answered(notice: Notice, rows: Sequence[Row], old: Sequence[Run], new: Sequence[Run]) -> tuple[Answered, ...]:
    """What is said to each line of the notice."""
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


def _with_others(after: Words, others: int) -> Words:
    """A line that was narrowed to some rules does not hide that its label is broken by others."""
    if not others:
        return after
    zh, en = after
    return (
        f"{zh}；同一所涉问题的其他行为另有 {others} 项仍存在，见下文",
        f"{en}; {others} other problem(s) under the same label are still there, see below",
    )


def _undetectable(label: Label | None) -> Words:
    if label is None:
        return "标签不在已知的所涉问题之中，未作检测", "the label is none that is known, and nothing was tested for it"
    return label.undetectable_zh, label.undetectable_en


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


def _before(rows: Sequence[Row], rules: Sequence[str], old: Sequence[Run]) -> Words:
    if not old:
        return _NO_OLD
    if not _judged(rules, old):
        return "旧版本的检测未包含该问题的规则", "the check of the old version had none of its rules"
    shown = [row.old for row in rows if row.old is not None]
    if not shown:
        zh, en = _tally(rules, old)
        return f"旧版本检测未复现：{zh}", f"not reproduced on the old version: {en}"
    sure = sum(each.outcome is Outcome.VIOLATION for each in shown)
    doubt = len(shown) - sure
    if not sure:
        return f"旧版本检测为疑似 {doubt} 项，需人工复核", f"suspected on the old version: {doubt}, for a person to look at"
    more_zh, more_en = (f"，疑似 {doubt} 项", f", {doubt} suspected") if doubt else ("", "")
    return f"旧版本检测已复现：不合规 {sure} 项{more_zh}", f"reproduced on the old version: {sure} violation(s){more_en}"


def _after(rows: Sequence[Row], rules: Sequence[str], new: Sequence[Run], state: State) -> Words:
    if not _judged(rules, new):
        return "新版本的检测未包含该问题的规则", "the check of the new version had none of its rules"
    zh, en = _tally(rules, new)
    if state is State.FIXED:
        return f"新版本在相同场合未再出现：{zh}", f"gone on the new version, on the same occasions: {en}"
    if state in _BAD:
        bad = [row for row in rows if row.state in _BAD]
        return f"新版本仍有 {len(bad)} 项：{zh}", f"{len(bad)} on the new version: {en}"
    if state is State.NOT_REPRODUCED:
        return (
            f"新版本检测：{zh}；两个版本均未见该问题，不能作为整改证明",
            f"on the new version: {en}; neither version showed it, which proves no cure",
        )
    if not rows:
        return (
            f"新版本检测：{zh}；旧版本未作相应检测，不能证明整改",
            f"on the new version: {en}; without such a check of the old one that proves no cure",
        )
    unclear = sum(row.state is State.OPEN for row in rows)
    return f"有 {unclear} 项不能与旧版本比较，需补充检测：{zh}", f"{unclear} cannot be compared with the old version: {en}"


def _tally(rules: Sequence[str], runs: Sequence[Run]) -> Words:
    """How many of the rules came out how, by the worst outcome of each; one not judged is told apart."""
    order, found, lacking = list(Outcome), Counter[Outcome](), 0
    for rule in rules:
        outcomes = [run.verdicts[rule].outcome for run in runs if rule in run.verdicts]
        if outcomes:
            found[min(outcomes, key=order.index)] += 1
        else:
            lacking += 1
    zh = [f"{outcome.label_zh} {found[outcome]} 项" for outcome in order if found[outcome]] + [f"未检测 {lacking} 项"] * bool(lacking)
    en = [f"{found[outcome]} {outcome.label_en}" for outcome in order if found[outcome]] + [f"{lacking} not checked"] * bool(lacking)
    return "，".join(zh), ", ".join(en)
