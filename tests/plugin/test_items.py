"""What an item of pytest looks like for each outcome; no device is needed for that."""

import re
from pathlib import Path

import pytest

from tests.plugin.conftest import finish, python

SUITE = """
from types import SimpleNamespace

import pytest

from harness.engine.scenario import Place, Scenario, assert_not_violated
from harness.events.findings import Outcome
from harness.language import known
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
    return SimpleNamespace(verdict=lambda rule: Verdict(rules[rule], OUTCOMES[rule], known("理由\x1b[31m", "the reason\x1b[31m"), ()))


def test_it(verdict, strict):
    assert_not_violated(verdict, strict=strict)


@pytest.mark.parametrize("rule", ["c5-dialog-loop"])
def test_it_with_rules_of_its_own(verdict):
    assert verdict.reason_en.startswith("the reason")


def test_without_a_rule():
    pass
"""


def items(folder: Path, *words: str) -> tuple[list[str], str]:
    """The items in their order with pytest's word for each, and all that pytest printed."""
    (folder / "test_suite.py").write_text(SUITE, encoding="utf-8")
    said = finish(python(["-m", "pytest", "test_suite.py", "-v", "-p", "no:cacheprovider", "--app", "com.example.shop", *words], folder))
    return re.findall(r"^test_suite\.py::(\S+ [A-Z]+)", said.out, re.MULTILINE), said.out


@pytest.mark.parametrize(("words", "suspected"), [((), "SUSPECTED"), (("--apprights-strict",), "FAILED")])
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
        f"test_it_with_rules_of_its_own[c5-dialog-loop] {'SUSPECTED' if suspected == 'FAILED' else suspected}",
    ]
    assert "assert_not_violated(verdict" not in said  # the reason, no traceback
    assert "\x1b" not in said


SUPPRESSED = """
[[suppressions]]
rule = "c5-exit-after-denial"
app = "com.example.shop"
reason = "fixed in 2.1"
expires = 9999-12-31
owner = "Zhang San"

[[suppressions]]
rule = "c5-dialog-loop"
app = "*"
reason = "was to be fixed"
expires = 2026-01-31
owner = "Li Si"
"""


def test_what_is_suppressed_is_expected_to_fail_and_told(tmp_path: Path) -> None:
    (tmp_path / "apprights.toml").write_text(SUPPRESSED, encoding="utf-8")
    found, said = items(tmp_path, "--apprights-strict", "--deselect", "test_suite.py::test_it[c5-asks-before-use]")
    assert "test_it[c5-exit-after-denial] XFAIL" in found
    assert "test_it[c5-dialog-loop] FAILED" in found
    assert "suppressed until 9999-12-31 by Zhang San because fixed in 2.1" in said
    assert "the suppression of c5-dialog-loop for * by Li Si expired on 2026-01-31: the rule counts again" in said
    assert "test_it[c5-exit-after-denial] FAILED" in items(tmp_path, "--runxfail")[0]


def test_the_summary_says_why_on_a_narrow_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    (tmp_path / "test_suite.py").write_text(SUITE, encoding="utf-8")
    words = ["-m", "pytest", "test_suite.py", "-p", "no:cacheprovider", "--app", "com.example.shop", "--junitxml", "x.xml"]
    for language in ("zh", "en"):
        said = finish(python([*words, "--lang", language], tmp_path))
        assert said.code == pytest.ExitCode.TESTS_FAILED
        lines = said.out.splitlines()
        assert [line.split()[1] for line in lines if line.startswith("test_suite.py ")] == ["..F?.sE?"]
        chinese = re.findall(r"[\u4e00-\u9fff]", said.out) != []
        assert chinese == (language == "zh")
        reasons = {
            "zh": ("FAILED（不合规：理由�[31m） test_suite.py::test_it[c5-exit-after-denial]",
             "ERROR（无法判定：理由�[31m） test_suite.py::test_it[c5-asks-before-use]",
             "疑似 test_suite.py::test_it[c5-dialog-loop]（理由�[31m）", "不合规 1，疑似 2，未见异常 2，未触发 1，无法判定 1"),
            "en": ("FAILED (violation: the reason�[31m) test_suite.py::test_it[c5-exit-after-denial]",
             "ERROR (inconclusive: the reason�[31m) test_suite.py::test_it[c5-asks-before-use]",
             "SUSPECTED test_suite.py::test_it[c5-dialog-loop] (the reason�[31m)",
             "violation 1, suspected 2, clear 2, not exercised 1, inconclusive 1"),
        }  # fmt: skip
        assert [line for line in reasons[language] if line not in lines] == []
        assert {"zh": "2 疑似", "en": "2 suspected"}[language] in said.out
        assert {"zh": "不合规：理由", "en": "violation: the reason"}[language] in (tmp_path / "x.xml").read_text("utf-8")


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
