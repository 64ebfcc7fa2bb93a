"""Labels and scenes: as bad as the worst of their rules, never silent, and the first start is told from later use."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from harness.events import Instant, Note, ScenarioEnded, ScenarioStarted, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import both, in_language, known
from harness.report.untested import untested
from harness.rules import load_rules
from harness.rules.scenes import scenes
from harness.verdicts.analysis import Analysis
from harness.verdicts.conclusion import State, conclusions, scene_states
from harness.verdicts.judge import Verdict

RULES = {rule.id: rule for rule in load_rules()}
EXIT, LOOP = "c5-exit-after-denial", "c5-dialog-loop"
CLAUSE_5 = [rule.id for rule in RULES.values() if rule.clause.number == 5]


def fact(uptime: float) -> Note:
    return Note(at=Instant(0, uptime), source=Source.SESSION, text="n")


def finding(rule: str, outcome: Outcome, uptime: float = 5.0) -> Finding:
    return Finding(
        rule=rule,
        outcome=outcome,
        part="p",
        reason_zh=f"{outcome.label_zh}于 {uptime:g}",
        reason_en=f"{outcome} at {uptime:g}",
        facts=(fact(uptime),),
    )


def verdict(rule: str, outcome: Outcome, *findings: Finding) -> Verdict:
    return Verdict(RULES[rule], outcome, known(f"{rule} 的理由", f"reason of {rule}"), findings)


def analysis(*verdicts: Verdict, **run: Any) -> Analysis:
    events = []
    for name, start, end in (("first-launch", 0.0, 10.0), ("walk", 20.0, 30.0)):
        events.append(ScenarioStarted(at=Instant(0, start), source=Source.SESSION, segment=name))
        events.append(ScenarioEnded(at=Instant(0, end), source=Source.SESSION, segment=name))
    return Analysis(run, AppUnderTest(package="a.b", uid=1), Timeline(events), verdicts)


def label(number: int, *verdicts: Verdict) -> tuple[State, str]:
    found = next(each for each in conclusions(analysis(*verdicts)) if each.id == f"miit-164-{number}")
    return found.state, in_language(found.reason, "zh")


def test_the_ten_labels_are_all_there_whatever_was_tested() -> None:
    found = conclusions(analysis())
    assert [each.clause for each in found] == list(range(1, 11))
    assert {each.state for each in found} == {State.NOT_TESTED, State.UNDETECTABLE}
    assert all(each.reason for each in found)


@pytest.mark.parametrize(
    ("outcomes", "state", "said"),
    [
        ("violation suspected clear", State.VIOLATION, "存在该问题：不合规 1 项，疑似 1 项"),
        ("suspected clear inconclusive", State.SUSPECTED, "疑似存在该问题，需人工复核：疑似 1 项；另有无法判定 1 项"),
        ("clear inconclusive", State.INCONCLUSIVE, "不能作出结论，需重新检测；另有无法判定 1 项"),
        ("clear clear not_exercised", State.CLEAR, "在已检测的 2 项中未发现该问题；另有未触发 1 项"),
        ("not_exercised", State.NOT_EXERCISED, "检测中没有出现相应的场景，不能作出结论"),
    ],
)
def test_a_label_is_as_bad_as_the_worst_of_its_rules(outcomes: str, state: State, said: str) -> None:
    found = [verdict(rule, Outcome(word)) for rule, word in zip(CLAUSE_5, outcomes.split(), strict=False)]
    assert label(5, *found) == (state, said)


def test_no_label_is_better_than_the_verdicts_behind_it() -> None:
    for pair in product(Outcome, repeat=2):
        state, said = label(5, *(verdict(rule, outcome) for rule, outcome in zip(CLAUSE_5, pair, strict=False)))
        if Outcome.CLEAR not in pair or {*pair} & {Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE}:
            assert state is not State.CLEAR
        assert "合格" not in said


def test_every_scene_has_its_state_and_reason() -> None:
    found = scene_states(analysis(verdict("c5-denial-blocks-login", Outcome.CLEAR)))
    assert [each.id for each in found] == [scene.id for scene in scenes()]
    assert all(each.reason for each in found)
    states = {each.id: each.state for each in found}
    assert (states["2.1-3"], states["2.1-1"], states["1.3-3"]) == (State.CLEAR, State.NOT_TESTED, State.UNDETECTABLE)


@pytest.mark.parametrize(
    ("uptime", "first", "later"), [(5.0, State.VIOLATION, State.NOT_EXERCISED), (25.0, State.NOT_EXERCISED, State.VIOLATION)]
)
def test_what_happened_at_the_first_start_is_no_accusation_of_later_use(uptime: float, first: State, later: State) -> None:
    found = scene_states(analysis(verdict(EXIT, Outcome.VIOLATION, finding(EXIT, Outcome.VIOLATION, uptime))))
    states = {each.id: each.state for each in found}
    assert (states["2.1-1"], states["2.1-4"]) == (first, later)


def test_a_scene_of_which_a_part_was_clear_and_a_part_was_not_says_both() -> None:
    both = verdict(EXIT, Outcome.VIOLATION, finding(EXIT, Outcome.VIOLATION, 5.0), finding(EXIT, Outcome.CLEAR, 25.0))
    states = {each.id: (each.state, in_language(each.reason, "zh")) for each in scene_states(analysis(both))}
    assert states["2.1-1"] == (State.VIOLATION, "不合规于 5")
    assert states["2.1-4"] == (State.CLEAR, "未见异常于 25")


def test_what_is_open_is_listed_with_what_to_do() -> None:
    rows = untested(
        analysis(
            verdict(EXIT, Outcome.INCONCLUSIVE), verdict("c5-asks-within-48-hours", Outcome.NOT_EXERCISED), verdict(LOOP, Outcome.CLEAR)
        )
    )
    assert [(row.rule, row.todo) for row in rows if row.rule] == [
        (EXIT, "remove that cause and test again"),
        ("c5-asks-within-48-hours", "test again with --clock"),
    ]
    assert [row.todo for row in rows if not row.rule] == [f"test with --clause {number}" for number in (1, 6, 7)]
    assert all(all((*both(row.name), *both(row.reason), *both(row.todo))) for row in rows)


@pytest.mark.parametrize(
    ("outcome", "of_the_app", "of_an_sdk"),
    [
        (Outcome.VIOLATION, State.VIOLATION, State.INCONCLUSIVE),
        (Outcome.SUSPECTED, State.SUSPECTED, State.INCONCLUSIVE),
        (Outcome.CLEAR, State.CLEAR, State.CLEAR),
        (Outcome.NOT_EXERCISED, State.NOT_EXERCISED, State.NOT_EXERCISED),
    ],
)
def test_what_an_app_did_accuses_no_sdk(outcome: Outcome, of_the_app: State, of_an_sdk: State) -> None:
    """One rule judges both scenes, and no fact of it has the name of an SDK."""
    found = {each.id: each for each in scene_states(analysis(verdict("c1-permission-before-consent", outcome)))}
    assert (found["1.1-2"].state, found["1.1-5"].state) == (of_the_app, of_an_sdk)
    assert ("SDK" in found["1.1-5"].reason) is (of_an_sdk is State.INCONCLUSIVE)
