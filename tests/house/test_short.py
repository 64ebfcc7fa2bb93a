"""``make test`` and ``make test-long`` share the tests; the short one proves each rule, way in and kind of fault."""

import re
from itertools import groupby
from pathlib import Path

import pytest

from device_farm.samples.sample import OWN_APPS, Sample, app_files
from device_farm.samples.sample_check import read_sample
from harness.rules import load_rules
from tests import long
from tests.long import file_has, long_ones, word_of

ROOT = Path(__file__).parents[2]
CHECKED = "tests/farm/test_samples.py::test_it_gets_the_outcomes_it_expects[{}]"
ACCUSED = {"violation", "suspected"}
ONCE = {
    "the rules on hand-written timelines": "tests/cases/test_cases.py::",
    "the faults of the virtual device in a check": "tests/plugin/test_check_faults.py::",
    "the errors of a unit, by their kind and place": "tests/farm/desk/test_faults.py::test_an_error_without_a_run",
    "over adb and in process": "tests/virtual/test_both_ways.py::test_an_app_gives_the_same_both_ways",
    "adbutils": "tests/virtual/test_adbutils.py::",
    "uiautomator2": "tests/virtual/test_client_dumps.py::",
    "the command line": "tests/plugin/test_check_many.py::test_an_app_file_brings_its_device_along",
    "pytest": "tests/plugin/test_check_scenarios.py::test_violation_is_a_failed_item",
    "pytest-xdist": "tests/plugin/test_spread.py::test_two_phones_share_the_files",
    "plain Python": "tests/plugin/test_api_page.py::test_plain_python",
    "watch": "tests/plugin/test_watch.py::test_an_app_that_was_never_opened_proves_nothing",
    "walk": "tests/virtual/test_walk.py::test_what_it_asks_for_is_refused_twice_and_on_the_map",
    "selftest": "tests/farm/test_selftest.py::test_files_of_others_bad_ones_are_named_and_the_rest_goes_on",
    "the desk of one computer": "tests/farm/desk/test_night.py::test_what_is_no_app_is_told_row_by_row_and_the_rest_goes_on",
    "the farm of many": "tests/farm/dispatch/test_dispatch.py::test_two_workers_share_the_units",
    "the farm's page": "tests/farm/web/test_command.py::test_it_serves_and_ends_though_somebody_listens",
    "a death": "tests/farm/dispatch/test_deaths.py::test_a_worker_is_killed_and_another_goes_on",
    "a page in Chromium": "tests/browser/test_report_page.py::test_chromium_lays_it_out",
}
"""What the short command proves once at least, and by which test."""


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
    short = {name for name in files if word_of(CHECKED.format(name)) == "all"}
    return [(read_sample(files[name]), read_sample(files[f"twins/{name}"])) for name in sorted(short) if f"twins/{name}" in short]


@pytest.mark.parametrize("rule", [rule.id for rule in load_rules()])
def test_each_rule_has_a_guilty_sample_and_its_twin(pairs: list[tuple[Sample, Sample]], rule: str) -> None:
    outcomes = [(sample.expected.get(rule), twin.expected.get(rule)) for sample, twin in pairs]
    assert any(both[0] != both[1] and None not in both and ACCUSED.intersection(both) for both in outcomes)


@pytest.mark.parametrize("test", ONCE.values(), ids=ONCE)
def test_each_way_in_and_each_kind_of_fault_has_its_test(test: str) -> None:
    assert word_of(test) != "none"
    assert is_there(test)


def test_each_line_is_about_tests_that_are_there() -> None:
    assert {word for word, _ in long.lines()} == set(long.WORDS)
    assert [beginning for _, beginning in long.lines() if not is_there(beginning)] == []


def test_each_test_is_in_one_of_the_two(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [("first", "tests/a/"), ("none", "tests/a/test_b.py::test_c"), ("all", "tests/a/test_b.py::test_c[2]"), ("none", "tests/e/")]
    monkeypatch.setattr(long, "lines", lambda: lines)
    tests = [
        ("tests/a/test_a.py::test_a[1]", False), ("tests/a/test_a.py::test_a[2]", True), ("tests/a/test_a.py::test_b", False),
        ("tests/a/test_b.py::test_c[1]", True), ("tests/a/test_b.py::test_c[2]", False), ("tests/d/test_a.py::test_a", False),
        ("tests/d/test_a.py::test_a[2]", False), ("tests/e/test_a.py::test_a", True),
    ]  # fmt: skip
    assert list(long_ones(test for test, _ in tests)) == [is_long for _, is_long in tests]
    for path, of_file in groupby(tests, lambda test: test[0].partition("::")[0]):
        parts = {is_long for _, is_long in of_file}
        assert all(file_has(path, long=part) for part in parts), path
    assert [file_has("tests/e/test_a.py", long=part) for part in (True, False)] == [True, False]
    assert [file_has("tests/d/test_a.py", long=part) for part in (True, False)] == [False, True]
