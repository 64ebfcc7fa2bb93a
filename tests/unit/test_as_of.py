"""Rules as of a day: what was not in force is told and not held against the app, whoever asks."""

import json
import sys
from dataclasses import replace
from datetime import date

import pytest

from harness import cli
from harness.commands.verdict_lines import Shown, show
from harness.config.table_validation import today
from harness.engine.option_specs import day_of, options_from, read_words
from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.events.timeline import Timeline
from harness.language import both
from harness.report.untested import untested
from harness.rules import load_rules
from harness.verdicts.analysis import Analysis, recorded_day, verdict_json, versions
from harness.verdicts.analysis_json import analysis_json
from harness.verdicts.conclusion import Conclusion, State, conclusions
from harness.verdicts.judge import judge
from harness.verdicts.scene_states import scene_states
from tests.cases.script import APP

LATER = {
    "c5-asks-within-48-hours": "2020-07-31", "c7-auto-renewal": "2023-02-27", "c7-forced-download-wall": "2023-02-27",
    "c7-jump": "2021-05-12", "c7-shake-jump": "2022-11-25", "c7-window-cannot-close": "2021-05-12",
}  # fmt: skip
"""Rules that no text of the day of notice 164 asks for -> the day of the first that does."""
DAY = date(2020, 7, 24)
HELD = [rule for rule in load_rules() if rule.is_of("miit-164")]


def judged(day: date | None) -> Analysis:
    timeline = Timeline([])
    return Analysis({"device": {}}, APP, timeline, tuple(judge(timeline, APP, HELD, day)), as_of=day)


def test_a_rule_that_was_not_in_force_is_told_and_not_judged() -> None:
    found = {verdict.rule.id: verdict for verdict in judged(DAY).verdicts}
    assert list(found) == [rule.id for rule in HELD]  # none is dropped
    assert {rule: str(verdict.not_before) for rule, verdict in found.items() if verdict.not_before} == LATER
    shake = found["c7-shake-jump"]
    assert (shake.outcome, shake.findings) == (Outcome.NOT_EXERCISED, ())
    assert shake.reason_en == "not in force on 2020-07-24: it rests on T/TAF 078.7-2022, held against apps from 2022-11-25 on"
    assert shake.reason_zh.startswith("2020-07-24 尚未生效：所依据的T/TAF 078.7-2022《")


@pytest.mark.parametrize("day", [None, date(2023, 2, 27), date(2026, 11, 28)])
def test_without_a_day_and_on_one_after_all_documents_everything_is_held(day: date | None) -> None:
    assert all(verdict.not_before is None for verdict in judged(day).verdicts)
    assert "not_before" not in verdict_json(judged(day).verdicts[0])


def test_on_the_day_itself_a_document_is_in_force() -> None:
    before, on = (
        [verdict.not_before for verdict in judged(day).verdicts if verdict.rule.id == "c7-jump"]
        for day in (date(2021, 5, 11), date(2021, 5, 12))
    )
    assert (before, on) == ([date(2021, 5, 12)], [None])


def test_a_rule_of_the_testers_own_has_no_document_and_is_always_held() -> None:
    own = replace(load_rules()[0], documents=(), origin="rules/lab.toml")
    (verdict,) = judge(Timeline([]), APP, [own], date(1999, 1, 1))
    assert verdict.not_before is None


def test_the_terminal_and_json_say_which_were_not_in_force(capsys: pytest.CaptureFixture[str]) -> None:
    show(judged(DAY))
    *_, later, count, _ = capsys.readouterr().out.splitlines()
    assert later.startswith("not in force ")
    assert "A slight motion of the phone leads elsewhere (2022-11-25)" in later
    assert count.endswith(f"not exercised {len(HELD) - len(LATER)}, not in force {len(LATER)}")
    show(judged(DAY), Shown(quiet=True))
    assert len(capsys.readouterr().out.splitlines()) == 2
    run = analysis_json(judged(DAY))
    assert run["as_of"] == "2020-07-24"
    assert {rule["rule"]: rule["not_before"] for rule in run["rules"] if "not_before" in rule} == LATER
    assert analysis_json(judged(None))["as_of"] is None


def test_a_day_is_typed_and_recorded() -> None:
    assert options_from(read_words(["--as-of", "2020-07-24"])).as_of == "2020-07-24"
    assert options_from(read_words(["--as-of", "today"])).as_of == today().isoformat()
    assert options_from(read_words([])).as_of == ""
    assert recorded_day({"options": {"as_of": "2020-07-24"}}) == DAY
    assert recorded_day({"options": {"as_of": ""}}) is recorded_day({}) is None


@pytest.mark.parametrize("text", ["2020-7-24", "20200724", "2020-02-30", "yesterday", "2020-W30-5"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ScenarioError, match="is no day: write 2020-07-24, or today"):
        day_of(text)
    with pytest.raises(ScenarioError, match="is no day"):
        read_words(["--as-of", text])


def test_the_days_of_the_documents_are_a_version_of_an_analysis_of_a_day() -> None:
    assert set(versions(DAY)) == set(versions()) | {"as_of", "documents"}


def test_the_rules_of_a_day_and_the_labels_are_listed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def told(*words: str) -> list[dict[str, object]]:
        monkeypatch.setattr(sys, "argv", ["apprights", "rules", *words, "--json"])
        with pytest.raises(SystemExit):
            cli.main()
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    rules = told("--as-of", "2020-07-24")
    assert {rule["rule"]: rule["in_force_since"] for rule in rules if not rule["in_force"]} == LATER
    assert all(rule["in_force"] and rule["documents"] for rule in told())
    found = told("--labels", "--profile", "bulletins-2026", "--as-of", "2026-01-31")
    assert [label["label"] for label in found if label["rules"] == ["c7-auto-renewal"]] == ["auto-renewal"]
    assert all(label["rules"] or label["undetectable_zh"] for label in found)


@pytest.fixture(scope="module")
def of_the_day() -> dict[str, Conclusion]:
    run = judged(DAY)
    return {each.id: each for each in (*conclusions(run), *scene_states(run))}


def test_labels_and_scenes_say_what_was_not_in_force(of_the_day: dict[str, Conclusion]) -> None:
    wanted = {"7-1", "7-2", "7-3", "7-4"}
    assert {id for id, each in of_the_day.items() if each.state is State.NOT_IN_FORCE} == wanted
    assert of_the_day["7-3"].reason.startswith("not in force on 2020-07-24: it rests on T/TAF 078.7-2022")
    assert of_the_day["miit-164-7"].state is State.NOT_EXERCISED
    assert not set(LATER) & {rule for id in ("miit-164-5", "miit-164-7", "3.1-6") for rule, _ in of_the_day[id].rules}


def test_a_label_of_a_later_text_is_told_too() -> None:
    run = replace(judged(DAY), run={"device": {}, "options": {"profile": "bulletins-2026"}})
    told = {each.id: each for each in conclusions(run)}
    assert told["window-jump"].state is State.NOT_IN_FORCE
    assert both(told["window-jump"].reason) == (
        "2020-07-24 尚未生效：自 2025-04-22 起适用",
        "not in force on 2020-07-24: used from 2025-04-22 on",
    )


def test_what_was_not_in_force_is_untested_with_the_day_to_ask_for() -> None:
    (row,) = [each for each in untested(judged(DAY)) if each.rule == "c7-shake-jump"]
    assert str(row.todo) == "judge as of 2022-11-25 or later, with --as-of"
