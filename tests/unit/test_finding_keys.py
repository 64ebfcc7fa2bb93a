"""Keys of findings stay over runs and languages, and two findings never share one."""

from dataclasses import replace

from harness.events.findings import Finding, Outcome
from harness.language import known
from harness.rules import load_rules
from harness.verdicts.finding_keys import KEY_LENGTH, finding_keys, key_of
from harness.verdicts.judge import Verdict

RULE = load_rules()[0]


def verdict(*parts: str) -> Verdict:
    findings = tuple(Finding(rule=RULE.id, outcome=Outcome.VIOLATION, part=part, reason_zh="原因", reason_en="reason") for part in parts)
    return Verdict(RULE, Outcome.VIOLATION, known("原因", "reason"), findings)


def test_findings_about_one_part_have_keys_of_their_own() -> None:
    keys = [key for key, _ in finding_keys("com.example", verdict("a", "b", "a"))]
    assert len(set(keys)) == 3
    assert all(len(key) == KEY_LENGTH for key in keys)
    assert keys[0] == key_of("com.example", RULE.id, "a")


def test_a_key_does_not_hang_on_words_or_on_other_findings() -> None:
    one = verdict("b")
    said = replace(one, findings=(replace(one.findings[0], reason=known("另", "other")),))
    ((key, _),) = finding_keys("com.example", said)
    assert key in {key for key, _ in finding_keys("com.example", verdict("a", "b"))}


def test_other_apps_and_parts_that_run_together_have_other_keys() -> None:
    assert key_of("com.example", "rule", "part") != key_of("com.example2", "rule", "part")
    assert key_of("a", "bc", "d") != key_of("ab", "c", "d")


def test_a_part_with_half_of_a_pair_has_a_key_too() -> None:
    assert key_of("com.example", "rule", "a\ud83db") != key_of("com.example", "rule", "a\ude00b")
