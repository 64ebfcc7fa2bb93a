"""What an item of pytest looks like for each outcome; no device is needed for that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.plugin.conftest import finish, python

if TYPE_CHECKING:
    from pathlib import Path

SUITE = """
from types import SimpleNamespace

import pytest

from harness.engine.scenario import Place, Scenario, assert_not_violated
from harness.events.findings import Outcome
from harness.rules import load_rules
from harness.verdicts.judge import Verdict

OUTCOMES = {
    "c5-exit-after-denial": Outcome.VIOLATION,
    "c5-dialog-loop": Outcome.SUSPECTED,
    "c5-bundled-request": Outcome.CLEAR,
    "c5-purpose-not-told": Outcome.NOT_EXERCISED,
    "c5-asks-before-use": Outcome.INCONCLUSIVE,
    "c1-no-privacy-prompt": Outcome.CLEAR,
}
SCENARIO = Scenario("stand-in", tuple(OUTCOMES), lambda session, canary: None)


@pytest.fixture(scope="module")
def driven():
    rules = {rule.id: rule for rule in load_rules()}
    return SimpleNamespace(verdict=lambda rule: Verdict(rules[rule], OUTCOMES[rule], "理由", "the reason", ()))


def test_it(verdict, strict):
    assert_not_violated(verdict, strict=strict)


@pytest.mark.parametrize("rule", ["c5-dialog-loop"])
def test_it_with_rules_of_its_own(verdict):
    assert verdict.reason_en == "the reason"


def test_without_a_rule():
    pass
"""


def items(folder: Path, *words: str) -> tuple[list[str], str]:
    """The items in their order with pytest's word for each, and all that pytest printed."""
    (folder / "test_suite.py").write_text(SUITE, encoding="utf-8")
    said = finish(python(["-m", "pytest", "test_suite.py", "-v", "-p", "no:cacheprovider", "--app", "com.example.shop", *words], folder))
    return re.findall(r"^test_suite\.py::(\S+ [A-Z]+)", said.out, re.MULTILINE), said.out


@pytest.mark.parametrize(("words", "suspected"), [((), "PASSED"), (("--strict",), "FAILED")])
def test_each_outcome_is_an_item(words: tuple[str, ...], suspected: str, tmp_path: Path) -> None:
    found, said = items(tmp_path, *words)
    assert found == [
        "test_without_a_rule PASSED",
        "test_it[c1-no-privacy-prompt] PASSED",
        "test_it[c5-exit-after-denial] FAILED",
        f"test_it[c5-dialog-loop] {suspected}",
        "test_it[c5-bundled-request] PASSED",
        "test_it[c5-purpose-not-told] SKIPPED",
        "test_it[c5-asks-before-use] ERROR",
        "test_it_with_rules_of_its_own[c5-dialog-loop] PASSED",
    ]
    assert "不合规: 理由 / the reason" in said
    assert "无法判定: 理由 / the reason" in said
    assert "assert_not_violated(verdict" not in said  # the reason, no traceback


def test_rules_of_other_clauses_are_left_out(tmp_path: Path) -> None:
    found, said = items(tmp_path, "--clause", "1")
    assert found == ["test_without_a_rule PASSED", "test_it[c1-no-privacy-prompt] PASSED"]
    assert "6 deselected" in said


def test_a_file_without_a_scenario_is_told_what_it_lacks(tmp_path: Path) -> None:
    lacking = "import pytest\n\n@pytest.mark.parametrize('rule', ['c5-dialog-loop'])\ndef test_it(verdict):\n    pass\n"
    no_device = "import pytest\n\n@pytest.fixture(scope='session')\ndef run():\n    return None\n"
    (tmp_path / "conftest.py").write_text(no_device, encoding="utf-8")
    (tmp_path / "test_lacking.py").write_text(lacking, encoding="utf-8")
    said = finish(python(["-m", "pytest", "test_lacking.py", "-p", "no:cacheprovider"], tmp_path))
    assert "test_lacking.py has no SCENARIO = Scenario(...), and no fixture 'driven' of its own" in said.out
    assert said.code == pytest.ExitCode.TESTS_FAILED
