"""``pytest --pyargs scenarios``: failed is a violation, error is the device; JUnit and pytest-html say so too."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from device_farm.virtual import control_port
from harness.device.virtual_devices import virtual_devices
from harness.rules import load_rules
from tests.plugin.conftest import SHOPS, SHOPS_FILE, Checked, Said, apprights_here, external_references, finish, python, scenarios, until

RULES = [rule.id for rule in load_rules() if rule.clause.number == 5 and rule.is_of("miit-164")]
CLOCK_RULES = ("c5-asks-within-48-hours",)
SURE = ("c5-exit-after-denial", "c5-dialog-loop", "c5-asks-again-on-relaunch")
EXIT = "test_permission_denial[c5-exit-after-denial]"


def cases(path: Path) -> dict[str, ElementTree.Element]:
    return {str(case.get("name")): case for case in ElementTree.parse(path).getroot().iter("testcase")}


def test_violation_is_a_failed_item(checked: Checked) -> None:
    assert checked.said.code == pytest.ExitCode.TESTS_FAILED
    assert "FAILED" in checked.said.out
    assert cases(checked.folder / "x.xml")[EXIT].find("failure") is not None
    assert f"run folder: runs/{checked.run.name}" in checked.said.out


def test_junit_has_a_failure_with_the_reason(checked: Checked) -> None:
    found = cases(checked.folder / "x.xml")
    failure = found[EXIT].find("failure")
    assert "violation: " in str(failure.get("message"))
    scenario = {rule: "clock_shift" if rule in CLOCK_RULES else "permission_denial" for rule in RULES}
    assert set(found) == {f"test_{scenario[rule]}[{rule}]" for rule in RULES}
    assert [found[f"test_permission_denial[{rule}]"].find("error") for rule in SURE] == [None] * 3
    properties = {entry.get("name"): entry.get("value") for entry in found[EXIT].iter("property")}
    assert properties == {"outcome": "violation", "outcome_zh": "不合规", "clause": "5"}


def test_pytest_html_is_one_file_that_says_it_without_javascript(checked: Checked) -> None:
    html = (checked.folder / "y.html").read_text(encoding="utf-8")
    assert external_references(html) == []
    assert not (checked.folder / "assets").exists()
    assert "<p>violation  " in html
    root = json.loads((checked.run / "manifest.json").read_text("utf-8"))["root"]
    assert f"root hash: {root}" in html
    assert "data:image/" in html  # the screenshots are inside


@pytest.fixture(scope="module")
def cut_off(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, Path, Path]:
    """The same run on a device that is lost once the first segment has begun."""
    folder = tmp_path_factory.mktemp("cut-off")
    with virtual_devices(apps=[SHOPS_FILE]) as devices:
        child = python(scenarios(devices.serials[0], devices.port, SHOPS), folder)
        journals = (folder / "runs").glob

        def segment_begun() -> bool:
            return any(b'"segment"' in path.read_bytes() for path in journals("*/raw/session.jsonl"))

        try:
            until(segment_begun, child)
            assert list(control_port.ask(devices.serials[0], ["fault", "device-lost"])) == []
        except BaseException:
            child.kill()
            child.communicate()
            raise
        said = finish(child)
    (run,) = (folder / "runs").iterdir()
    return said, folder, run


def test_lost_device_is_an_error_never_a_failure(cut_off: tuple[Said, Path, Path]) -> None:
    said, folder, _ = cut_off
    assert said.code == pytest.ExitCode.TESTS_FAILED  # pytest's own code for errors too
    assert f"{len(RULES)} errors" in said.out
    assert "failed" not in said.out.splitlines()[-1]
    found = cases(folder / "x.xml")
    assert len(found) == len(RULES)
    for case in found.values():
        assert case.find("failure") is None
        error = case.find("error")
        assert "inconclusive: " in str(error.get("message"))


def test_lost_device_leaves_a_run_that_can_be_read(cut_off: tuple[Said, Path, Path], tmp_path: Path) -> None:
    run = cut_off[2]
    assert json.loads((run / "run.json").read_text(encoding="utf-8"))["app"]["package"] == SHOPS
    steps = [json.loads(line)["step"] for line in (run / "raw" / "session.jsonl").read_text("utf-8").splitlines()]
    assert "segment" in steps
    again = apprights_here("analyse", run, "--json", folder=tmp_path)
    assert again.code == 0, again
    outcomes = {rule["rule"]: rule["outcome"] for rule in again.run()["rules"]}
    assert outcomes["c5-exit-after-denial"] == "inconclusive"
    assert set(outcomes.values()) == {"inconclusive"}
    assert apprights_here("verify", run, folder=tmp_path).code == 0
