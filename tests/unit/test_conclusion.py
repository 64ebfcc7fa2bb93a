"""Labels: as bad as the worst of their rules, never silent. Scenes: all that their words demand, and no more."""

from itertools import product
from typing import Any

import pytest

from harness.events import AdvertAct, AdvertActed, AppLaunched, AppStopped, ConsentShown, Event, FunctionUsed, Instant, Note, Source
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import in_language, known
from harness.report.untested import untested
from harness.rules import load_rules
from harness.rules.scenes import scenes
from harness.verdicts.analysis import Analysis
from harness.verdicts.conclusion import State, conclusions
from harness.verdicts.judge import Verdict
from harness.verdicts.scene_states import scene_states

RULES = {rule.id: rule for rule in load_rules()}
EXIT, LOOP = "c5-exit-after-denial", "c5-dialog-loop"
CLAUSE_5 = [rule.id for rule in RULES.values() if rule.clause.number == 5 and rule.is_of("miit-164")]


def fact(uptime: float) -> Note:
    return Note(at=Instant(0, uptime), source=Source.SESSION, text="n")


def finding(rule: str, outcome: Outcome, uptime: float = 5.0, *facts: Event) -> Finding:
    return Finding(
        rule=rule,
        outcome=outcome,
        part="p",
        reason_zh=f"{outcome.label_zh}于 {uptime:g}",
        reason_en=f"{outcome} at {uptime:g}",
        facts=facts or (fact(uptime),),
    )


def acted(caption: str) -> AdvertActed:
    return AdvertActed(at=Instant(0, 5.0), source=Source.SESSION, slot="s", act=AdvertAct.BUTTON, words=caption)


def verdict(rule: str, outcome: Outcome, *findings: Finding) -> Verdict:
    return Verdict(RULES[rule], outcome, known(f"{rule} 的理由", f"reason of {rule}"), findings)


def analysis(*verdicts: Verdict, **run: Any) -> Analysis:
    events = [
        AppStopped(at=Instant(0, 0.0), source=Source.SESSION, package="a.b", how="clear"),
        AppLaunched(at=Instant(0, 1.0), source=Source.SESSION, package="a.b", component="a.b/.Main", cold=True),
        FunctionUsed(at=Instant(0, 20.0), source=Source.SESSION, text="扫一扫"),
    ]
    return Analysis(run, AppUnderTest(package="a.b", uid=1), Timeline(events), verdicts)


def label(number: int, *verdicts: Verdict) -> tuple[State, str]:
    found = next(each for each in conclusions(analysis(*verdicts)) if each.id == f"miit-164-{number}")
    return found.state, in_language(found.reason, "zh")


def test_the_ten_labels_are_all_there_whatever_was_tested() -> None:
    found = conclusions(analysis())
    assert [each.clause for each in found] == list(range(1, 11))
    assert {each.state for each in found} == {State.NOT_TESTED}
    assert all(each.reason for each in found)


@pytest.mark.parametrize(
    ("outcomes", "state", "said"),
    [
        ("violation suspected clear", State.VIOLATION, "存在该问题：不合规 1 项，疑似 1 项"),
        ("suspected clear inconclusive", State.SUSPECTED, "疑似存在该问题，需人工复核：疑似 1 项；另有无法判定 1 项"),
        ("clear inconclusive", State.INCONCLUSIVE, "不能作出结论，需重新检测：无法判定 1 项、未见异常 1 项"),
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


def states(*verdicts: Verdict) -> dict[str, State]:
    return {each.id: each.state for each in scene_states(analysis(*verdicts))}


def test_a_scene_with_three_demands_is_there_where_all_of_them_are() -> None:
    closed, untold = "c5-denial-blocks-function", "c5-purpose-not-told"
    assert states(verdict(untold, Outcome.VIOLATION), verdict(closed, Outcome.CLEAR))["2.1-2"] is State.CLEAR
    assert states(verdict(untold, Outcome.VIOLATION), verdict(closed, Outcome.NOT_EXERCISED))["2.1-2"] is State.NOT_EXERCISED
    assert states(verdict(untold, Outcome.VIOLATION), verdict(closed, Outcome.SUSPECTED))["2.1-2"] is State.SUSPECTED
    assert states(verdict(untold, Outcome.VIOLATION), verdict(closed, Outcome.VIOLATION))["2.1-2"] is State.VIOLATION
    assert states(verdict(untold, Outcome.VIOLATION))["2.1-2"] is State.NOT_TESTED


@pytest.mark.parametrize(
    ("caption", "game", "reward"),
    [("领取红包", State.NOT_EXERCISED, State.VIOLATION), ("立即开始游戏", State.VIOLATION, State.NOT_EXERCISED)],
)
def test_what_hid_a_download_is_the_scene_of_its_words(caption: str, game: State, reward: State) -> None:
    rule = "c7-disguised-download"
    found = states(verdict(rule, Outcome.VIOLATION, finding(rule, Outcome.VIOLATION, 5.0, acted(caption))))
    assert (found["3.1-2"], found["3.1-3"]) == (game, reward)


def test_no_touch_that_loaded_an_app_is_called_in_order() -> None:
    plain, hidden = verdict("c7-download-without-notice", Outcome.CLEAR), verdict("c7-disguised-download", Outcome.VIOLATION)
    assert states(plain)["3.1-1"] is State.CLEAR
    found = next(each for each in scene_states(analysis(plain, hidden)) if each.id == "3.1-1")
    assert (found.state, RULES["c7-disguised-download"].label_en in str(found.reason)) == (State.NOT_EXERCISED, True)


def test_who_never_saw_a_privacy_dialog_does_not_say_that_one_was_shown() -> None:
    rule = "c1-permission-before-consent"
    found = states(verdict(rule, Outcome.SUSPECTED, finding(rule, Outcome.SUSPECTED)))
    assert (found["1.1-2"], found["1.1-5"]) == (State.NOT_EXERCISED, State.NOT_EXERCISED)


def test_what_could_not_be_seen_stays_open_in_both_of_its_scenes() -> None:
    found = states(verdict(EXIT, Outcome.INCONCLUSIVE, finding(EXIT, Outcome.CLEAR, 5.0)))
    assert (found["2.1-1"], found["2.1-4"]) == (State.INCONCLUSIVE, State.INCONCLUSIVE)


def test_what_is_open_is_listed_with_what_to_do() -> None:
    rows = untested(
        analysis(
            verdict(EXIT, Outcome.INCONCLUSIVE), verdict("c5-asks-within-48-hours", Outcome.NOT_EXERCISED), verdict(LOOP, Outcome.CLEAR)
        )
    )
    assert [(row.rule, str(row.todo)) for row in rows if row.rule] == [
        (EXIT, "remove that cause and test again"),
        ("c5-asks-within-48-hours", "test again with --clock"),
    ]
    assert [str(row.todo) for row in rows if not row.rule] == [f"test with --clause {number}" for number in (1, 2, 3, 4, 6, 7, 8, 9, 10)]
    assert all(all(row.name) and all(row.reason) and all(row.todo) for row in rows)


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
    rule = "c1-permission-before-consent"
    shown = ConsentShown(at=Instant(0, 5.0), source=Source.TREE, text="隐私政策", box=(0, 0, 1, 1))
    found = {each.id: each for each in scene_states(analysis(verdict(rule, outcome, finding(rule, outcome, 5.0, shown))))}
    assert (found["1.1-2"].state, found["1.1-5"].state) == (of_the_app, of_an_sdk)
    assert ("SDK" in found["1.1-5"].reason) is (of_an_sdk is State.INCONCLUSIVE)
