"""Whichever way an app is checked, it gets the same verdicts; ``make generated SAME=N`` tries N apps."""

import pytest

from tests.generated import same
from tests.generated.fault import make_guilty, make_innocent, of
from tests.generated.faults import FAULTS
from tests.generated.test_fixed_part import small

pytestmark = pytest.mark.usefixtures("slow_time")


def test_three_runs_its_clause_alone_and_a_real_adb_server_say_the_same() -> None:
    fault = FAULTS["purpose-none"]
    found = same.compare(of(small(make_guilty(4, fault)[0].recipe), fault))
    assert found.differences == []
    assert found.first[fault.rule][0] == fault.outcome  # it is found as its construction demands


def test_an_app_is_checked_by_the_clause_that_it_is_about() -> None:
    assert same.clause_of(make_guilty(1, FAULTS["unasked-job"])[1]) == "6"
    assert [same.clause_of(make_innocent(seed, scope)) for seed, scope in ((2, "15"), (3, "48"), (3, "6"))] == ["1", "5", "6"]


def test_a_rule_that_comes_out_otherwise_is_told_with_both_reasons() -> None:
    first = {"a": ("clear", "seen"), "b": ("violation", "it left")}
    other = {"a": ("clear", "seen for longer"), "b": ("inconclusive", "a hole"), "c": ("violation", "of another clause")}
    told = same.Difference(same.ADB, "b", ("violation", "it left"), ("inconclusive", "a hole"))
    assert list(same.unlike(same.ADB, first, other)) == [told]
    broken = {"": ("broken", "the device is lost")}
    assert {each.other for each in same.unlike(same.AGAIN, first, broken)} == {("", "the device is lost")}
    assert [same.alike([same.Compared(first, [told]), same.Compared(first, [])], way) for way, _zh, _en in same.WAYS] == [2, 2, 1]
