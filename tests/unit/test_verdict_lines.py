"""Verdicts on a terminal: the worst first, folded what is fine, in one language, and no field name in any of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import events as ev
from harness import language
from harness.commands import verdict_lines
from harness.commands.verdict_lines import Shown, rule_lines, show
from harness.events import Instant, Source
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import known
from harness.rules import load_rules
from harness.verdicts.analysis import Analysis
from harness.verdicts.analysis_json import SCHEMA, analysis_json
from harness.verdicts.judge import Verdict
from tests.cases.script import APP, BOX

ROOT = Path(__file__).resolve().parents[2]
PAGE = "docs/json.md"
ORDER = (Outcome.CLEAR, Outcome.NOT_EXERCISED, Outcome.SUSPECTED, Outcome.INCONCLUSIVE, Outcome.VIOLATION, Outcome.CLEAR)
SHOWN = ev.DialogShown(
    at=Instant(0, 2.5),
    source=Source.TREE,
    dialog=ev.DialogKind.PERMISSION,
    owner="android",
    text="允许吗？",
    permission_group="LOCATION",
    box=BOX,
)


@pytest.fixture(params=["zh", "en"])
def tongue(request: pytest.FixtureRequest) -> Iterator[str]:
    language.choose(request.param)
    yield request.param
    language.choose("en")


def analysis(folder: Path = Path("runs/a")) -> Analysis:
    def found(outcome: Outcome, rule: str) -> tuple[Finding, ...]:
        return (Finding(rule=rule, outcome=outcome, part="p", reason_zh="因此", reason_en="so it is", facts=(SHOWN,)),)

    rules = load_rules()
    verdicts = [
        Verdict(rule, outcome, known(f"理由{n}", f"reason {n}"), found(outcome, rule.id))
        for n, (rule, outcome) in enumerate(zip(rules, ORDER, strict=False))
    ]
    run = {"device": {"serial": "S1", "virtual": True, "sdk": "33"}, "started": "2026-03-01T08:15:00+00:00"}
    return Analysis(run, APP, Timeline([SHOWN]), tuple(verdicts), folder=folder)


def told(capsys: pytest.CaptureFixture[str], shown: Shown = verdict_lines.DEFAULT) -> list[str]:
    show(analysis(), shown)
    return capsys.readouterr().out.splitlines()


def test_the_worst_comes_first_and_what_is_fine_is_folded(capsys: pytest.CaptureFixture[str], tongue: str) -> None:
    rules = load_rules()
    violation, suspected, inconclusive, clear, nothing, count = told(capsys)
    assert rules[4].id in violation
    assert rules[2].id in suspected
    assert rules[3].id in inconclusive
    label = (lambda n: rules[n].label_zh) if tongue == "zh" else (lambda n: rules[n].label_en)
    assert label(0) in clear
    assert label(5) in clear
    assert label(1) in nothing
    assert count == (
        "共 6 项规则：不合规 1，疑似 1，无法判定 1，未见异常 2，未触发 1"
        if tongue == "zh"
        else "6 rules: violation 1, suspected 1, inconclusive 1, clear 2, not exercised 1"
    )


@pytest.mark.parametrize("shown", [Shown(), Shown(quiet=True), Shown(verbose=True)])
def test_one_language_and_no_field_names(capsys: pytest.CaptureFixture[str], tongue: str, shown: Shown) -> None:
    text = "\n".join(told(capsys, shown))
    quoted = re.sub(r"“[^”]*”|'[^']*'", "", text)
    if tongue == "en":
        assert re.findall(r"[\u4e00-\u9fff]", quoted) == []
    else:
        assert re.findall(r"\b(?:rules|violation|clear|reason|so it is)\b", quoted) == []
    assert re.findall(r"\w+=|[A-Z]\w+\(|<\w+\.", text) == []


def test_quiet_tells_violations_and_the_count(capsys: pytest.CaptureFixture[str]) -> None:
    violation, count = told(capsys, Shown(quiet=True))
    assert violation.startswith("violation  ")
    assert count.startswith("6 rules: ")


def test_verbose_tells_each_finding_with_its_time_and_words(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    show(analysis(tmp_path), Shown(verbose=True))
    lines = capsys.readouterr().out.splitlines()
    assert sum("so it is" in line for line in lines) == len(ORDER)
    assert sum("system permission dialog shown" in line for line in lines) == len(ORDER)
    assert all(re.match(r" {4}0\.00 s  ", line) for line in lines if "dialog shown" in line)


def test_a_run_of_another_process_is_told_alike(capsys: pytest.CaptureFixture[str], tongue: str) -> None:
    lines = rule_lines(analysis_json(analysis())["rules"])
    verdict_lines.show_lines(lines, quiet=False)
    verdict_lines.show_count(lines)
    assert capsys.readouterr().out.splitlines() == told(capsys)


def test_a_run_that_put_no_rule_to_the_test_says_that_it_is_no_pass(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line for line in rule_lines(analysis_json(analysis())["rules"]) if line.outcome is Outcome.NOT_EXERCISED]
    verdict_lines.show_count(lines)
    assert "no pass" in capsys.readouterr().out


def test_the_page_has_exactly_the_keys_of_a_run_and_a_verdict() -> None:
    page = (ROOT / PAGE).read_text("utf-8")
    run = analysis_json(analysis())
    sections = {
        title: re.findall(r"^\| (`[^|]+) \|", body, re.MULTILINE)
        for title, body in re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    }
    named = {title: {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} for title, cells in sections.items()}
    assert run["schema"] == SCHEMA
    assert f'"schema": {SCHEMA}' in page
    assert named["A run"] == set(run)
    assert named["A verdict"] == {*run["rules"][0], "own", "not_before"}


def test_truths_and_numbers_are_what_they_are() -> None:
    run = analysis_json(analysis())
    assert (run["device"]["virtual"], run["device"]["sdk"], run["finished"], run["intact"]) == (True, 33, True, True)
    assert run["outcomes"] == {"violation": 1, "suspected": 1, "clear": 2, "not_exercised": 1, "inconclusive": 1}
    assert (run["interrupted"], run["unfinished_zh"]) == (None, None)
