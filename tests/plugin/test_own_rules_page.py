"""The example of docs/own-rules.md does what the page says: written to a folder, and an app checked with it."""

import hashlib
import json
import re
import shutil
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.check import check
from harness.engine.option_specs import CHOICES, declared, options_from, untyped
from harness.engine.own_config import own_config
from harness.events.findings import Outcome
from harness.recording.run_folder import verify
from harness.rules import load_rules
from harness.verdicts.analysis import Analysis, analyse
from harness.verdicts.analysis_json import analysis_json
from tests.plugin.conftest import APPS, PROJECT, apprights_here, finish, python

pytestmark = pytest.mark.usefixtures("slow_time")

PAGE = (PROJECT / "docs/own-rules.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```(?:toml|python)\n# ([\w/-]+\.(?:toml|py))\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE))
ENTRY_POINT = re.findall(r"^```toml\n(\[project.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
RUNNING = "com.example.fengxing.running"
OWN = ("lab-loop", "lab-refusals")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the page."""
    folder = tmp_path_factory.mktemp("lab")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def checked(lab: Path) -> Analysis:
    """An app that asks again and again, checked with nothing typed."""
    nothing = {option.key: untyped(option) for option in declared(*CHOICES)}
    spec = Spec(android="13", rom="aosp", apps=tuple(load_app_file(APPS / "dialog_loop.py")))
    with own_config(lab / "apprights.toml"), devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        return check(InProcessDevice(thread), RUNNING, options_from(nothing), runs=lab / "runs")


@pytest.fixture
def elsewhere(checked: Analysis, tmp_path: Path) -> Path:
    """The run in a folder where no config is found."""
    return Path(shutil.copytree(checked.folder, tmp_path / "run"))


def outcomes(analysis: Analysis) -> dict[str, Outcome]:
    return {verdict.rule.id: verdict.outcome for verdict in analysis.verdicts}


def test_the_page_has_what_is_tested_here() -> None:
    assert sorted(FILES) == [
        "apprights.toml", "detectors/lab.py", "rules/lab-loop.toml", "rules/lab-refusals.toml", "sdks.toml", "words/danger.toml",
        "words/words.toml",
    ]  # fmt: skip
    assert len(ENTRY_POINT) == 1


def test_own_rules_are_judged_beside_ours(checked: Analysis) -> None:
    found = {verdict.rule.id: verdict for verdict in checked.verdicts}
    assert {rule: found[rule].outcome for rule in OWN} == dict.fromkeys(OWN, Outcome.VIOLATION)
    assert found["lab-refusals"].reason_zh == "检测中拒绝了 2 个权限弹窗，规程允许 1 个"
    assert "15 秒内应用仍在前台" in found["c5-exit-after-denial"].reason_zh
    ours = {rule.id for rule in load_rules() if rule.clause.number == 5 and rule.is_of("miit-164")}
    assert set(found) == ours | set(OWN)


def test_the_verdicts_of_own_rules_name_their_file(checked: Analysis) -> None:
    named = {rule["rule"]: rule["own"] for rule in analysis_json(checked)["rules"] if "own" in rule}
    assert named == {rule: f"rules/{rule}.toml" for rule in OWN}


def test_what_check_has_is_as_if_it_were_typed(checked: Analysis) -> None:
    assert (checked.run["options"]["minutes"], checked.run["options"]["clauses"]) == (3, [5])
    assert checked.run["network"]["city"] == "宁波"


def test_the_run_folder_has_every_file_of_the_config(checked: Analysis) -> None:
    recorded = {entry["name"]: entry for entry in checked.run["own"]}
    assert sorted(recorded) == sorted(name for name in FILES if name.endswith(".toml"))
    for name, entry in recorded.items():
        assert (entry["text"], entry["sha256"]) == (FILES[name], hashlib.sha256(FILES[name].encode()).hexdigest())
    assert verify(checked.folder) == []


def test_a_run_is_judged_by_the_rules_of_its_day_where_there_is_no_config(checked: Analysis, elsewhere: Path) -> None:
    again = analyse(elsewhere)
    assert outcomes(again) == outcomes(checked) | {"lab-refusals": Outcome.INCONCLUSIVE}
    assert again.changed == (("lab-refusals", "violation", "inconclusive"),)
    missing = next(verdict for verdict in again.verdicts if verdict.rule.id == "lab-refusals")
    assert "lab:many_refusals" in missing.reason_zh
    assert "it was not run" in missing.reason_en


def test_another_config_changes_nothing_but_whose_code_is_run(checked: Analysis, elsewhere: Path, lab: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(lab, other, ignore=shutil.ignore_patterns("runs"))
    text = (other / "apprights.toml").read_text(encoding="utf-8")
    (other / "apprights.toml").write_text(text.replace("value = 15", "value = 1"), encoding="utf-8")
    with own_config(other / "apprights.toml"):
        again = analyse(elsewhere)
    assert outcomes(again) == outcomes(checked)
    assert [v.reason_zh for v in again.verdicts] == [v.reason_zh for v in checked.verdicts]
    (exit_rule,) = (v.rule for v in again.verdicts if v.rule.id == "c5-exit-after-denial")
    assert exit_rule.threshold("exit_seconds") == 15
    assert again.changed == ()


@pytest.mark.parametrize("ending", ["html", "json", "csv", "xml"])
def test_the_report_names_what_is_not_ours(lab: Path, elsewhere: Path, ending: str) -> None:
    said = apprights_here("report", elsewhere, "-o", f"report.{ending}", "--config", lab / "apprights.toml", folder=elsewhere.parent)
    assert said.code == 0
    text = (elsewhere.parent / f"report.{ending}").read_text(encoding="utf-8-sig")
    for name in ("lab-loop", "lab-refusals", "exit_seconds"):
        assert name in text
    if ending == "html":
        assert "自有规则" in text
        assert " rules/lab-loop.toml</span>" in text
        assert "AppRights 为 10" in text
        assert "一次检测中需要拒绝的权限弹窗不多于一个。" in text
        assert "第 0 条" not in text
        assert text.index("三（二）5") < text.index("Rules of the tester")
    if ending == "json":
        (app,) = json.loads(text)["apps"]
        kinds = [part["kind"] for part in app["own"]]
        assert sorted(kinds) == ["rom", "rule", "rule", "sdks", "threshold", "threshold", "words", "words"]
        assert {rule["rule"]: rule["own"] for rule in app["rules"] if "own" in rule} == {rule: f"rules/{rule}.toml" for rule in OWN}


def test_the_rules_command_shows_where_each_comes_from(lab: Path) -> None:
    said = apprights_here("rules", "--json", folder=lab)
    rules: dict[str, Any] = {rule["rule"]: rule for rule in map(json.loads, said.out.splitlines())}
    assert {name for name, rule in rules.items() if rule["own"]} == set(OWN)
    exit_rule = {each["name"]: each for each in rules["c5-exit-after-denial"]["thresholds"]}
    assert (exit_rule["exit_seconds"]["value"], exit_rule["exit_seconds"]["ours"]) == (15, 10)
    assert exit_rule["exit_seconds"]["origin"] == "apprights.toml"
    assert exit_rule["suspected_seconds"]["origin"] == "miit-164"
    assert rules["lab-loop"]["needs"] == rules["c5-dialog-loop"]["needs"]
    listed = apprights_here("rules", folder=lab).out
    assert all(f"rules/{rule}.toml" in listed for rule in OWN)


def test_one_rule_is_shown_in_full_in_one_language(lab: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    english = apprights_here("rules", "lab-refusals", folder=lab).out
    assert "refusals = 1 times; from rules/lab-refusals.toml; source: “实验室规程 5”" in english
    assert "detector: lab:many_refusals" in english
    monkeypatch.setattr("harness.language._chosen", "en")  # comes back at the end
    monkeypatch.setenv("APPRIGHTS_LANG", "zh")
    chinese = apprights_here("rules", "lab-refusals", folder=lab).out
    assert "规则的要求：一次检测中需要拒绝的权限弹窗不多于一个。" in chinese
    assert "无法判定：" in chinese


def test_pytest_has_an_item_for_each_own_rule(lab: Path) -> None:
    words = ["-m", "pytest", "--collect-only", "-q", "--rootdir", ".", "--pyargs", "scenarios", "--app", "com.example.shop"]
    said = finish(python(words, lab))
    listed = [line.partition("::")[2] for line in said.out.splitlines() if "::" in line]
    assert {f"test_permission_denial[{rule}]" for rule in OWN} == {item for item in listed if "[lab-" in item}, said.out + said.err
    assert not any("[c1-" in item or "[c6-" in item for item in listed)  # by the clause in [check]
    typed = finish(python([*words, "--clause", "6"], lab)).out
    assert "[c6-" in typed
    assert "[lab-" not in typed
    assert "[c5-" not in typed
    (lab / "wrong.toml").write_text("[cheek]\n", encoding="utf-8")
    said = finish(python([*words, "--config", "wrong.toml"], lab))
    assert said.code == pytest.ExitCode.USAGE_ERROR
    assert [line for line in (said.out + said.err).splitlines() if line] == [
        "ERROR: apprights: wrong.toml: there is no entry 'cheek'; there is thresholds, rules, words, roms, sdks, labels, documents, "
        "suppressions, check"
    ]


def test_a_detector_of_an_installed_package(tmp_path: Path) -> None:
    ((group, entries),) = tomllib.loads(ENTRY_POINT[0])["project"]["entry-points"].items()
    (tmp_path / "lab.py").write_text(FILES["detectors/lab.py"], encoding="utf-8")
    info = tmp_path / "lab_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: lab-rules\nVersion: 1.0\n", encoding="utf-8")
    lines = [f"[{group}]", *(f"{name} = {value}" for name, value in entries.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    calls = "find_own('lab-refusals').function.__name__, find_own('lab-other').problem"
    code = f"from harness.detectors.custom_detectors import find_own; print({calls})"
    said = finish(python(["-c", code], tmp_path))
    assert said.out.strip() == "many_refusals the detector lab-other is not installed here", said
