"""``make test`` and ``make test-long`` share the tests; the short one proves each rule."""

import re
from pathlib import Path

import pytest

from device_farm.samples.sample import OWN_APPS, Sample, app_files
from device_farm.samples.sample_check import read_sample
from harness.rules import load_rules
from tests import long
from tests.long import word_of

ROOT = Path(__file__).parents[2]
CHECKED = "tests/farm/test_samples.py::test_it_gets_the_outcomes_it_expects[{}]"
ACCUSED = {"violation", "suspected"}


def is_there(beginning: str) -> bool:
    path, _, function = beginning.partition("::")
    if not function:
        return (ROOT / path).exists()
    name = re.escape(function.partition("[")[0].rpartition("::")[2])
    return re.search(rf"^ *(async )?(def|class) {name}", (ROOT / path).read_text("utf-8"), re.MULTILINE) is not None


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Sample, Sample]]:
    """The samples that the short command checks with their twins."""
    files = {path.relative_to(OWN_APPS).with_suffix("").as_posix(): path for path in app_files(twins=True)}
    short = sorted(name for name in files if f"twins/{name}" in files and word_of(CHECKED.format(f"{name}.py")) == "all")
    return [(read_sample(files[name]), read_sample(files[f"twins/{name}"])) for name in short]


@pytest.mark.parametrize("rule", [rule.id for rule in load_rules()])
def test_each_rule_has_a_guilty_sample_and_its_twin(pairs: list[tuple[Sample, Sample]], rule: str) -> None:
    outcomes = [(sample.expected.get(rule), twin.expected.get(rule)) for sample, twin in pairs]
    assert any(both[0] != both[1] and None not in both and ACCUSED.intersection(both) for both in outcomes)


def test_each_line_is_about_tests_that_are_there() -> None:
    assert {word for word, _ in long.lines()} == set(long.WORDS)
    assert [beginning for _, beginning in long.lines() if not is_there(beginning)] == []
