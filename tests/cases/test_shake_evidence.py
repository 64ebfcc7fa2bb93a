"""Each motion whose figures the sentence of c7-shake-jump rests on stands among its facts."""

from harness.events import AdvertActed
from harness.verdicts.judge import judge
from tests.cases.script import APP, timeline
from tests.cases.test_cases import FILES, RULES


def test_the_motions_at_which_it_jumped_and_did_not_are_facts() -> None:
    case = next(case for case in FILES["c7-shake-jump"] if "did not" in case.get("reason", ""))
    (verdict,) = judge(timeline(case["script"]), APP, [RULES["c7-shake-jump"]])
    (finding,) = verdict.findings
    assert {fact.number for fact in finding.facts if isinstance(fact, AdvertActed)} == {2, 3, 4}
