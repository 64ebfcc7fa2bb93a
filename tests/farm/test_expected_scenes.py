"""The scenes that samples must be accused of: the table is about what there is, and what differs is a row."""

from device_farm.samples.sample import OWN_APPS, Checked, Sample
from device_farm.samples.selftest import ACCUSED, over_all_clauses, scene_rows, table
from harness.rules.scenes import scenes

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
