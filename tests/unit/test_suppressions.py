"""Suppressions, read whole or refused, never silent, taken from today's config; the keys of findings that they name."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.commands.arguments import _own_config
from harness.commands.check import exit_code
from harness.commands.verdict_lines import show
from harness.config import Config, current, using
from harness.config.config_files import from_record, to_record
from harness.config.suppressions import expired, suppressed
from harness.engine.own_config import own_config
from harness.errors import FormatError
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import in_language, known
from harness.rules import load_rules
from harness.rules.labels import label_of
from harness.verdicts.analysis import Analysis, verdict_json, versions
from harness.verdicts.analysis_json import analysis_json
from harness.verdicts.finding_evidence import KEY_LENGTH, finding_keys, key_of
from harness.verdicts.judge import Verdict
from tests.cases.script import APP

RULES = {rule.id: rule for rule in load_rules()}
EXIT, LOOP = "c5-exit-after-denial", "c5-dialog-loop"
WHOLE = {"rule": EXIT, "app": APP.package, "reason": "fixed in 2.1", "expires": "9999-12-31", "owner": "Zhang San"}


def toml(*entries: dict[str, str]) -> str:
    lines = []
    for entry in entries:
        lines.append("[[suppressions]]")
        lines += [f"{key} = {value}" if key == "expires" else f'{key} = "{value}"' for key, value in entry.items()]
    return "\n".join(lines) + "\n"


def write(folder: Path, text: str) -> Path:
    (folder / "apprights.toml").write_text(text, encoding="utf-8")
    return folder / "apprights.toml"


@pytest.fixture
def lives_with_exit(tmp_path: Path) -> Iterator[Config]:
    with own_config(write(tmp_path, toml(WHOLE))) as config:
        yield config


def analysis(*found: tuple[str, Outcome]) -> Analysis:
    verdicts = tuple(Verdict(RULES[rule], outcome, known("理由", "the reason"), ()) for rule, outcome in found)
    return Analysis({"device": {}, "started": "2026-03-01T08:15:00+00:00"}, APP, Timeline([]), verdicts, folder=Path("runs/a"))


def test_one_of_the_app_goes_before_one_of_every_app_until_its_day(tmp_path: Path) -> None:
    everywhere = WHOLE | {"app": "*", "owner": "Li Si"}
    with own_config(write(tmp_path, toml(everywhere, WHOLE | {"expires": "2026-06-30"}))):
        owners = [
            found.owner if (found := suppressed(package, rule, day)) else ""
            for package, rule, day in [
                (APP.package, EXIT, date(2026, 6, 30)),
                (APP.package, EXIT, date(2026, 7, 1)),
                ("com.example.other", EXIT, date(2026, 6, 30)),
                (APP.package, LOOP, date(2026, 6, 30)),
            ]
        ]
        assert owners == ["Zhang San", "Li Si", "Li Si", ""]
        assert [one.owner for one in expired(date(2026, 7, 1))] == ["Zhang San"]
        assert expired(date(2026, 6, 30)) == ()


@pytest.mark.parametrize("left_out", WHOLE)
def test_each_of_the_five_is_needed(tmp_path: Path, left_out: str) -> None:
    with pytest.raises(FormatError) as caught, own_config(write(tmp_path, toml({k: v for k, v in WHOLE.items() if k != left_out}))):
        pass
    assert f"apprights.toml: suppressions[1].{left_out} is" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (toml(WHOLE | {"rule": "c5-nothing"}), "suppressions: there is no rule 'c5-nothing': see 'apprights rules'"),
        (toml(WHOLE | {"app": "com.example.*"}), "'com.example.*' is no package name; for every app write app = \"*\""),
        (toml(WHOLE | {"app": "shop"}), "'shop' is no package name"),
        (toml(WHOLE | {"expires": '"2026-12-31"'}), "suppressions[1].expires is a day, without quotes"),
        (toml(WHOLE, WHOLE | {"outcome": "clear"}), "there is no entry 'suppressions[2].outcome'"),
        (toml(WHOLE | {"reason": " "}), "suppressions[1].reason is a text in quotes, not empty"),
        ("[suppressions]\nrule = 'x'\n", "each suppression is a table of its own: write [[suppressions]] above it"),
        ("suppressions = [5]\n", "each suppression is a table of its own"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FormatError) as caught, own_config(write(tmp_path, text)):
        pass
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert in_language(caught.value, "zh") != str(caught.value)


def test_a_rule_of_the_testers_own_can_be_suppressed(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    own = 'id = "lab-loop"\nclause = 5\nlabel_zh = "循环"\nseverity = "B"\ndetector = "c5-dialog-loop"\n'
    (tmp_path / "rules" / "lab-loop.toml").write_text(own, encoding="utf-8")
    with own_config(write(tmp_path, "[rules]\nfolder = 'rules'\n" + toml(WHOLE | {"rule": "lab-loop"}))):
        assert suppressed(APP.package, "lab-loop", date(2026, 1, 1)) is not None


@pytest.mark.parametrize(
    ("outcome", "strict", "code"), [(Outcome.VIOLATION, False, 0), (Outcome.SUSPECTED, True, 0), (Outcome.INCONCLUSIVE, False, 3)]
)
def test_what_is_suppressed_does_not_fail_and_what_is_open_stays_open(
    lives_with_exit: Config, outcome: Outcome, strict: bool, code: int
) -> None:
    assert exit_code(analysis((EXIT, outcome), (LOOP, Outcome.CLEAR)), strict=strict) == code
    assert exit_code(analysis((EXIT, outcome), (LOOP, Outcome.VIOLATION)), strict=strict) == 1


def test_the_terminal_and_json_tell_who_lives_with_it(lives_with_exit: Config, capsys: pytest.CaptureFixture[str]) -> None:
    run = analysis((EXIT, Outcome.VIOLATION), (LOOP, Outcome.CLEAR))
    show(run)
    violation, by_whom, *_, count = capsys.readouterr().out.splitlines()
    assert violation.startswith("violation ")
    assert by_whom.strip() == "suppressed until 9999-12-31 by Zhang San because fixed in 2.1"
    assert count == "2 rules: violation 1 (1 suppressed), clear 1"
    loop, exits = sorted(analysis_json(run)["rules"], key=lambda rule: str(rule["rule"]))
    assert (exits["outcome"], loop["suppressed"]) == ("violation", None)
    assert exits["suppressed"] == {
        "until": "9999-12-31", "owner": "Zhang San", "reason": "fixed in 2.1", "app": APP.package, "file": "apprights.toml",
    }  # fmt: skip
    assert "suppressed" not in verdict_json(run.verdicts[0])  # what is sealed with the run


def test_one_that_expired_fails_again_and_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, toml(WHOLE | {"expires": "2026-01-31"}))
    with _own_config(path, check=False):
        assert exit_code(analysis((EXIT, Outcome.VIOLATION)), strict=False) == 1
    assert f"the suppression of {EXIT} for {APP.package} by Zhang San expired on 2026-01-31" in " ".join(capsys.readouterr().err.split())


def test_they_are_those_of_today_and_never_those_of_a_run(lives_with_exit: Config) -> None:
    record: dict[str, Any] = {"own": to_record(lives_with_exit)}
    day = date(2026, 6, 1)
    with using(from_record(record, Config())):  # recorded with it, judged by somebody who has none
        assert suppressed(APP.package, EXIT, day) is None
    for recorded in ({}, record):
        with using(from_record(recorded, current())):
            assert suppressed(APP.package, EXIT, day) is not None


def test_a_suppression_is_no_version_of_an_analysis() -> None:
    before = versions()
    with using(Config(suppressions=(SimpleNamespace(rule=EXIT),))):  # type: ignore[arg-type] # nobody looks at it
        assert versions() == before


PAGE = (Path(__file__).resolve().parents[2] / "docs/own-rules.md").read_text(encoding="utf-8")


def test_the_blocks_of_the_page_are_read(tmp_path: Path) -> None:
    blocks = [block for block in re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE) if block.startswith(("[doc", "[[sup"))]
    with own_config(write(tmp_path, "".join(blocks))):
        found = suppressed("com.example.shop", "c5-bundled-request", date(2027, 3, 31))
        assert (found.owner, found.reason) == ("张三", "2.1 拆分权限申请，排期 R-118")
        assert label_of("信息窗口误导点击") is not None


def test_a_rule_of_ones_own_may_rest_on_a_document(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    own = 'id = "lab-loop"\nclause = 5\nlabel_zh = "循环"\nseverity = "B"\ndetector = "c5-dialog-loop"\ndocuments = ["{}"]\n'
    (tmp_path / "rules" / "lab-loop.toml").write_text(own.format("miit-26"), encoding="utf-8")
    with own_config(write(tmp_path, "[rules]\nfolder = 'rules'\n")):
        assert load_rules()[-1].documents == ("miit-26",)
    (tmp_path / "rules" / "lab-loop.toml").write_text(own.format("miit-27"), encoding="utf-8")
    with pytest.raises(FormatError, match="documents: there is no document 'miit-27'"), own_config(tmp_path / "apprights.toml"):
        pass


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
