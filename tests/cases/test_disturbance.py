"""Whether a run of a shared night is looked at again: when a neighbour may stand behind what nobody is named for."""

from types import SimpleNamespace
from typing import cast

import pytest

from harness.rules import load_rules
from harness.verdicts.analysis import Analysis
from harness.verdicts.interference import Disturbance, disturbance
from harness.verdicts.judge import judge
from tests.cases.script import APP, timeline

BESIDE = "0.5 neighbour com.example.friend beside"
OPENED = "21 neighbour com.example.friend opened\n21.3 other 5000 activity com.example.friend/.Main"
SCRIPT = """
{beside}
1 segment association-open
1.2 launch
1.5 start 4000
20 key home
{opened}
40 other 5001 service com.example.cousin/.Wake
60 key none
"""


def disturbed(beside: str, opened: str) -> Disturbance:
    told = timeline(SCRIPT.format(beside=beside, opened=opened))
    wanted = [rule for rule in load_rules() if rule.id == "c6-association-start"]
    verdicts = judge(told, APP, wanted)
    assert verdicts[0].outcome.value == "inconclusive"
    return disturbance(cast("Analysis", SimpleNamespace(timeline=told, app=APP, verdicts=verdicts)))


@pytest.mark.parametrize(("beside", "opened", "again"), [(BESIDE, OPENED, True), (BESIDE, "", False), ("", "", False)])
def test_a_third_app_that_nobody_is_named_for_counts_while_a_neighbour_lives(beside: str, opened: str, again: bool) -> None:
    assert disturbed(beside, opened) == Disturbance(frozenset(), again)
