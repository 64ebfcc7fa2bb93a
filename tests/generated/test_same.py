"""Whichever way an app is checked, it gets the same verdicts; ``make generated SAME=N`` tries N apps."""

import pytest

from tests.generated import same
from tests.generated.fault import make_guilty, of
from tests.generated.faults import FAULTS
from tests.generated.test_fixed_part import small

pytestmark = pytest.mark.usefixtures("slow_time")


def test_three_runs_its_clause_alone_and_a_real_adb_server_say_the_same() -> None:
    fault = FAULTS["purpose-none"]
    found = same.compare(of(small(make_guilty(4, fault)[0].recipe), fault))
    assert found.differences == []
    assert found.first[fault.rule][0] == fault.outcome  # it is found as its construction demands
