"""Every rule on its hand-written timelines."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.detectors import ALL
from harness.events.app_under_test import PackagedSdk
from harness.events.findings import Outcome
from harness.rules import load_rules
from harness.sdks import load_sdks
from harness.verdicts.judge import BY_ABSENCE, judge
from tests.cases.script import APP, timeline

HERE = Path(__file__).parent

RULES = {rule.id: rule for rule in load_rules()}
DEFAULT = "miit-164"
KINDS = {"positive", "negative", "near-miss"}


def cases_of(path: Path) -> list[dict[str, Any]]:
    """Each case is the table of its name; its script stands under its kind and its outcome: ``near-miss.clear``.

    ``lines`` are those that several scripts of the file have: a line of a script that is their name stands for them.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    lines = data.pop("lines", {})
    cases = []
    for name, case in data.items():
        (kind,) = KINDS & case.keys()
        ((expect, script),) = case[kind].items()
        script = "\n".join(lines.get(line, line) for line in script.splitlines())
        cases.append({**case, "name": name, "kind": kind, "expect": expect, "script": script})
    return cases


FILES = {path.stem: cases_of(path) for path in sorted(HERE.glob("*.toml"))}
CASES = [pytest.param(rule, case, id=f"{rule}: {case['name']}") for rule, cases in FILES.items() for case in cases]
CLEAR = [param for param in CASES if param.values[1]["expect"] == "clear"]


def outcome_of(rule: str, case: dict[str, Any], **faults: object) -> Outcome:
    wanted = [each for each in load_rules(case.get("profile", DEFAULT)) if each.id in (rule, *case.get("beside", ()))]
    app = replace(APP, sdks=tuple(map(packaged, case["sdks"])), sdks_not_seen=tuple(case.get("hidden", ()))) if "sdks" in case else APP
    if "app" in case:
        app = replace(app, **{key: tuple(value) if isinstance(value, list) else value for key, value in case["app"].items()})
    verdicts = judge(timeline(case["script"], **faults), app, wanted)  # type: ignore[arg-type]
    verdict = next(each for each in verdicts if each.rule.id == rule)
    assert faults or case.get("reason", "") in verdict.reason_en
    return verdict.outcome


def packaged(id: str) -> PackagedSdk:
    """An SDK of our table as if it were in the APK."""
    sdk = load_sdks().by_id[id]
    proof = f"service {(*sdk.packages, sdk.id)[0]}.CoreService"
    return PackagedSdk(sdk=id, name=sdk.name, vendor=sdk.vendor, kind=sdk.kind, evidence=(proof,), proofs=1, version=None)


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule: str, case: dict[str, Any]) -> None:
    assert outcome_of(rule, case) == case["expect"]


@pytest.mark.parametrize(("rule", "case"), CLEAR)
def test_a_clear_case_without_one_of_its_streams_is_inconclusive(rule: str, case: dict[str, Any]) -> None:
    for source in RULES[rule].needs:
        assert outcome_of(rule, case, without=source) is Outcome.INCONCLUSIVE, source


@pytest.mark.parametrize("rule", BY_ABSENCE)
def test_what_did_nothing_in_a_recording_is_suspected_at_most(rule: str) -> None:
    case = next(case for case in FILES[rule] if case["expect"] == "violation")
    verdict = judge(timeline(case["script"]), replace(APP, recorded=True), [RULES[rule]])[0]
    assert verdict.outcome is Outcome.SUSPECTED
    assert "a recording was played" in verdict.reason_en


def test_every_rule_has_a_positive_a_negative_and_a_near_miss() -> None:
    assert set(FILES) == set(RULES)
    for rule, cases in FILES.items():
        assert {case["kind"] for case in cases} == KINDS, rule


def test_what_a_rule_finds_at_worst_is_what_its_cases_come_to() -> None:
    worst = {rule: {case["expect"] for case in cases} & {Outcome.VIOLATION, Outcome.SUSPECTED} for rule, cases in FILES.items()}
    assert {rule: Outcome.VIOLATION if Outcome.VIOLATION in found else Outcome.SUSPECTED for rule, found in worst.items()} == {
        rule.id: rule.at_worst for rule in load_rules()
    }


def test_every_rule_has_a_detector_and_every_detector_a_rule() -> None:
    assert set(ALL) == set(RULES)
