"""Clause 6 from the command line: guilty samples and their twins, each through every trial."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from device_farm.checks import read_sample
from tests.plugin.conftest import APPS, apprights

CLAUSE6 = Path(__file__).parents[1] / "virtual" / "clause6"
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


@pytest.mark.parametrize(("clauses", "outcome"), [((6,), "clear"), ((5, 6), "inconclusive")])
def test_a_receiver_that_a_consent_of_ours_enabled_is_not_laid_to_the_app(clauses: tuple[int, ...], outcome: str, tmp_path: Path) -> None:
    """Alone clause 6 looks before it consents.

    Clause 5 consents before it, and clearing the data keeps the receiver.
    """
    sample = read_sample(CLAUSE6 / "boot_after_consent.py")
    words = [word for clause in clauses for word in ("--clause", clause)]
    said = apprights("check", sample.package, "--app-file", sample.path, *words, "--json", folder=tmp_path)
    outcomes = {rule["rule"]: rule["outcome"] for rule in json.loads(said.out)["rules"]}
    assert outcomes["c6-starts-before-consent"] == outcome


def test_one_clause_does_not_disturb_the_other(tmp_path: Path) -> None:
    sample = read_sample(APPS / "asks_each_launch.py")
    said = apprights("check", sample.package, "--app-file", sample.path, "--json", folder=tmp_path)
    outcomes = {rule["rule"]: rule["outcome"] for rule in json.loads(said.out)["rules"]}
    assert {rule: outcomes[rule] for rule in sample.expected} == sample.expected
    assert {outcome for rule, outcome in outcomes.items() if rule.startswith("c6-")} == {"clear"}
