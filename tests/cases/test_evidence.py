"""What a sentence rests on stands among the facts of its finding, and what it does not rest on stays out."""

from harness.events import AdvertActed, AppLaunched, ScreenSeen
from harness.verdicts.judge import judge
from tests.cases.script import APP, timeline
from tests.cases.test_cases import FILES, RULES


def test_an_early_ask_has_the_start_among_its_facts_and_no_page_that_was_seen_after_it() -> None:
    case = next(case for case in FILES["c5-asks-before-use"] if "agree" in case["script"])
    (verdict,) = judge(timeline(case["script"]), APP, [RULES["c5-asks-before-use"]])
    (finding,) = verdict.findings
    assert any(isinstance(fact, AppLaunched) for fact in finding.facts)
    assert not any(isinstance(fact, ScreenSeen) for fact in finding.facts)


def test_the_motions_at_which_it_jumped_and_did_not_are_facts() -> None:
    case = next(case for case in FILES["c7-shake-jump"] if "did not" in case.get("reason", ""))
    (verdict,) = judge(timeline(case["script"]), APP, [RULES["c7-shake-jump"]])
    (finding,) = verdict.findings
    assert {fact.number for fact in finding.facts if isinstance(fact, AdvertActed)} == {2, 3, 4}
