"""Every sample that is shipped, and its twin, gets the outcomes it expects: what ``apprights selftest`` promises."""

from pathlib import Path

import pytest

from device_farm.samples.sample import OWN_APPS, Checked, Sample, app_files
from device_farm.samples.sample_check import check_sample, read_sample
from device_farm.samples.selftest import ACCUSED, DEFAULT_PAIR, _jobs, over_all_clauses, scene_rows, table
from harness.rules.scenes import scenes

pytestmark = pytest.mark.usefixtures("slow_time")

SAMPLES = {path.relative_to(OWN_APPS).with_suffix("").as_posix(): path for path in app_files(twins=True)}


def both(name: str) -> str:
    """The id of a sample, or of its twin: they begin alike, so that a line of ``tests/long.txt`` is for both."""
    return f"{name.removeprefix('twins/')}.{'twin' if name.startswith('twins/') else 'py'}"


@pytest.mark.parametrize("name", SAMPLES, ids=both)
def test_it_gets_the_outcomes_it_expects(name: str, tmp_path: Path) -> None:
    sample = read_sample(SAMPLES[name])
    ((_, android, rom),) = _jobs([sample], DEFAULT_PAIR, matrix=False)
    checked = check_sample(sample, tmp_path, android=android, rom=rom)
    assert checked.result is not None, checked.problem
    rules = {rule["rule"]: rule for rule in checked.result["rules"]}
    got = {rule: rules[rule]["outcome"] if rule in rules else "no such rule" for rule in sample.expected}
    assert got == sample.expected, {rule: rules[rule]["reason_en"] for rule in got if rule in rules and got[rule] != sample.expected[rule]}
    clauses = [sample.options[i + 1] for i, word in enumerate(sample.options) if word == "--clause"]
    assert not clauses or {str(rule["clause"]) for rule in rules.values()} == set(clauses)


@pytest.mark.parametrize("name", [name for name in SAMPLES if name.startswith("twins/")])
def test_a_twin_must_get_another_outcome_than_its_sample(name: str) -> None:
    assert read_sample(SAMPLES[name]).expected != read_sample(SAMPLES[name.removeprefix("twins/")]).expected


SAMPLE = Sample(OWN_APPS / "exit_by_finish.py", "a.b", "甲", {}, ("--clause", "5", "--tap", "扫一扫"), ())


def test_the_table_is_about_samples_and_scenes_that_there_are() -> None:
    known = {scene.id for scene in scenes() if scene.rules}
    assert [name for name in table() if not (OWN_APPS / f"{name}.py").is_file()] == []
    assert {scene for wanted in table().values() for scene in wanted} <= known
    assert {state for wanted in table().values() for state in wanted.values()} <= set(ACCUSED)
    assert len(table()) > 90


def test_a_scene_that_is_missing_or_too_many_is_a_row_that_differs() -> None:
    result = {"scenes": [{"id": "2.1-1", "state": "clear"}, {"id": "7-3", "state": "suspected"}, {"id": "2.1-7", "state": "violation"}]}
    rows = {scene: (expected, found["state"]) for scene, expected, found in scene_rows(Checked(SAMPLE, "13", "aosp", 1.0, result))}
    assert rows["2.1-1"] == ("violation", "clear")
    assert rows["7-3"] == ("not accused", "suspected")
    assert rows["2.1-7"] == ("violation", "violation")


def test_all_clauses_are_checked_at_once() -> None:
    words = over_all_clauses(SAMPLE).options
    assert words[:2] == ("--tap", "扫一扫")
    assert [words[place + 1] for place, word in enumerate(words) if word == "--clause"] == ["1", "3", "5", "6", "7"]
