"""Clause 6 from the command line: guilty samples and their twins, each through every trial."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from device_farm.samples import read_sample
from tests.plugin.conftest import APPS, apprights

if TYPE_CHECKING:
    from pathlib import Path


SAMPLES = ("starts_itself", "wakes_others", "starts_before_consent", "hides_a_page")


@pytest.mark.parametrize("name", [*SAMPLES, *(f"twins/{name}" for name in SAMPLES)])
def test_sample(name: str, tmp_path: Path) -> None:
    sample = read_sample(APPS / f"{name}.py")
    android = "13" if sample.holds_on("13", "aosp") else sample.only_android[-1]
    words = ("--app-file", sample.path, "--android", android, *sample.options, "--json")
    said = apprights("check", sample.package, *words, folder=tmp_path)
    result = json.loads(said.out)
    assert {rule["rule"]: rule["outcome"] for rule in result["rules"] if rule["rule"] in sample.expected} == sample.expected
    assert {rule["clause"] for rule in result["rules"]} == {6}


def test_one_clause_does_not_disturb_the_other(tmp_path: Path) -> None:
    sample = read_sample(APPS / "asks_each_launch.py")
    said = apprights("check", sample.package, "--app-file", sample.path, "--json", folder=tmp_path)
    outcomes = {rule["rule"]: rule["outcome"] for rule in json.loads(said.out)["rules"]}
    assert {rule: outcomes[rule] for rule in sample.expected} == sample.expected
    assert {outcome for rule, outcome in outcomes.items() if rule.startswith("c6-")} == {"clear"}
