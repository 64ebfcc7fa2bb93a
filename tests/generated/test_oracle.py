from pathlib import Path
from typing import Any

import pytest

from tests.generated import cases, trial
from tests.generated.fault import make_guilty, make_innocent
from tests.generated.faults import FAULTS
from tests.generated.results import by_rule, wilson
from tests.generated.trial import Row
from tests.generated.truth import Truth

APP = "com.generated.shop.s1"
CAMERA = "android.permission.CAMERA"
RULE = "c5-exit-after-denial"


def row(seed: int = 1, fault: str = "", result: str = trial.INNOCENT, got: str = "clear", **more: Any) -> Row:
    rule = FAULTS[fault].rule if fault else ""
    values: dict[str, Any] = {
        "seed": seed, "scope": "15", "fault": fault, "rule": rule, "demanded": "violation" if fault else "", "result": result,
        "got": got if fault else "", "accused": {}, "outcomes": {RULE: got}, "features": ["home:list"], "functions": (1, 2),
        "pages": (3, 4), "dangers": 0, "seconds": 1.0, "package": APP,
    }  # fmt: skip
    return Row(**values | more)


def dialog(uptime: float) -> dict[str, Any]:
    return {"what": "dialog", "uptime": uptime, "package": APP, "group": "CAMERA", "permissions": [CAMERA]}


def answer(uptime: float, role: str = "deny") -> dict[str, Any]:
    return {"what": "answer", "uptime": uptime, "package": APP, "group": "CAMERA", "permissions": [CAMERA], "role": role}


def other(what: str, uptime: float, **more: Any) -> dict[str, Any]:
    return {"what": what, "uptime": uptime, "package": APP, **more}


def test_asks_after_a_refusal_are_counted_within_one_life_of_the_app() -> None:
    rows = [
        dialog(1),
        answer(2),
        dialog(3),
        answer(4),
        other("clear", 5),
        dialog(6),
        answer(7),
        other("request_suppressed", 8, permission=CAMERA),
    ]
    truth = Truth(rows, APP)
    assert truth.after_denial("CAMERA") == (1, 1)
    assert Truth(rows[5:], APP).after_denial("CAMERA") == (1, 0)
    assert truth.asked("CAMERA") == 3
    assert truth.asked("LOCATION") == 0


def test_an_allowed_dialog_is_no_refusal_and_another_app_is_not_this_one() -> None:
    assert Truth([dialog(1), answer(2, "allow"), dialog(3)], APP).after_denial("CAMERA") == (0, 0)
    assert Truth([dialog(1), answer(2), dialog(3)], "com.other").after_denial("CAMERA") == (0, 0)


def test_a_relaunch_and_a_moved_clock_begin_to_count_only_then() -> None:
    start, clock = other("start", 5, trigger="user"), {"what": "clock", "uptime": 9, "wall": 1}
    rows = [dialog(1), answer(2), dialog(3), start, dialog(6), clock, dialog(10)]
    truth = Truth(rows, APP)
    assert truth.after_denial("CAMERA", relaunched=True) == (2, 2)
    assert truth.after_denial("CAMERA", moved=True) == (1, 1)


def test_the_loop_of_a_minute_counts_the_apps_own_dialog_by_its_title() -> None:
    rows = [
        answer(2),
        other("app_dialog", 10, title="权限申请"),
        other("app_dialog", 50, title="权限申请"),
        other("app_dialog", 70, title="权限申请"),
    ]
    assert Truth(rows, APP).in_a_minute("CAMERA", "权限申请") == 2


def test_starts_by_the_user_are_not_the_apps_own_and_woken_apps_have_it_as_their_caller() -> None:
    rows = [
        other("start", 1, trigger="user"),
        other("start", 2, trigger="boot"),
        {"what": "start", "uptime": 3, "package": "com.b", "caller": APP},
    ]
    truth = Truth(rows, APP)
    assert truth.own_starts() == ["boot"]
    assert truth.woken() == [("com.b", 3)]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)]
)
def test_wilsons_interval_is_that_of_the_textbook(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=1e-4)


def test_what_was_not_reached_is_neither_found_nor_missed() -> None:
    results = [
        (trial.EXACT, "violation"),
        (trial.FOUND, "suspected"),
        (trial.CLEAR, "clear"),
        (trial.SILENT, "inconclusive"),
        (trial.NOT_REACHED, ""),
    ]
    rows = [row(n, "exit-finish", result, got) for n, (result, got) in enumerate(results)]
    rows += [row(10), row(11, result=trial.ACCUSED, got="suspected", accused={RULE: "suspected"})]
    line, total = by_rule(rows)
    assert (line.rule, line.found.hits, line.found.of, line.exact.hits, line.clear, line.silent, line.not_reached) == (
        RULE,
        2,
        4,
        1,
        1,
        1,
        1,
    )
    assert (line.wrong_violations.hits, line.wrong_suspicions.hits, line.wrong_suspicions.of) == (0, 1, 2)
    assert total.rule == "*"


def test_a_kept_case_is_the_app_that_was_wrong_and_says_what_it_must_give(tmp_path: Path) -> None:
    file, innocent, twin = tmp_path / "cases.jsonl", make_innocent(5), make_guilty(5, FAULTS["exit-hang"])[0]
    cases.keep(innocent.recipe, row(5, result=trial.ACCUSED, accused={RULE: "violation"}), file)
    cases.keep(twin.recipe, row(5, "exit-hang", trial.CLEAR, "clear", demanded="suspected"), file)
    first, second = cases.cases(file)
    assert (first.rule, first.demanded, first.was, first.app.text) == (RULE, trial.INNOCENT, "violation", innocent.text)
    assert first.holds("inconclusive")
    assert not first.holds("suspected")
    assert (second.recipe, second.app.text) == (twin.recipe, make_guilty(5, FAULTS["exit-hang"])[1].text)
    assert second.holds("suspected")
    assert not second.holds("violation")
