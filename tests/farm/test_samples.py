"""Every sample that is shipped, and its twin, gets the outcomes it expects: what ``apprights selftest`` promises."""

from pathlib import Path

import pytest

from device_farm.samples.sample import OWN_APPS, app_files
from device_farm.samples.sample_check import check_sample, read_sample
from device_farm.samples.selftest import DEFAULT_PAIR, _jobs

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
