"""A recorded run judged by the rules of another day: beside the old result, and what is recorded stays."""

import json
import tarfile
from datetime import date
from pathlib import Path

import pytest

from harness.recording.run_folder import verify
from harness.report import write_report
from harness.verdicts.analysis import analyse, examine, versions

ARCHIVE = Path(__file__).parents[1] / "data" / "old_runs" / "bank-lost-device.tar.xz"
DAY = date(2020, 7, 24)
GUIDE = "c5-asks-within-48-hours"
"""A rule that rests on a text of a week later."""


@pytest.fixture
def run(tmp_path: Path) -> Path:
    with tarfile.open(ARCHIVE) as file:
        file.extractall(tmp_path, filter="data")
    return tmp_path / "bank-lost-device"


def test_another_day_is_judged_beside_the_old_result(run: Path) -> None:
    analyse(run)
    before = {path.name: path.read_bytes() for path in run.iterdir() if path.is_file()}
    judged = analyse(run, as_of=DAY)
    assert {verdict.rule.id for verdict in judged.verdicts if verdict.not_before} == {GUIDE}
    assert {name: (run / name).read_bytes() for name in before} == before
    new = {path.name.partition("-")[0]: path for path in run.iterdir() if path.is_file() and path.name not in before}
    assert {"analysis", "events", "findings"} <= set(new)
    record = json.loads(new["analysis"].read_text("utf-8"))
    assert record["versions"] == versions(DAY)
    rules = json.loads(new["findings"].read_text("utf-8"))["rules"]
    assert {rule["rule"]: rule["not_before"] for rule in rules if "not_before" in rule} == {GUIDE: "2020-07-31"}
    assert verify(run) == []


def test_a_report_of_a_day_names_it_and_the_rule_that_was_not_in_force(run: Path, tmp_path: Path) -> None:
    write_report([run], tmp_path / "report.json", as_of=DAY)
    (told,) = json.loads((tmp_path / "report.json").read_text("utf-8"))["apps"]
    assert told["as_of"] == "2020-07-24"
    (rule,) = [rule for rule in told["rules"] if rule["rule"] == GUIDE]
    assert (rule["outcome"], rule["not_before"]) == ("not_exercised", "2020-07-31")
    assert "not in force on 2020-07-24" in rule["reason_en"]


def test_a_run_that_was_made_as_of_a_day_keeps_it_until_another_is_asked_for(run: Path) -> None:
    record = json.loads((run / "run.json").read_text("utf-8"))
    record["options"]["as_of"] = "2020-07-24"
    (run / "run.json").write_text(json.dumps(record), encoding="utf-8")

    def left_out(day: date | None = None) -> set[str]:
        return {verdict.rule.id for verdict in examine(run, as_of=day).verdicts if verdict.not_before}

    assert left_out() == {GUIDE}
    assert left_out(date(2026, 11, 28)) == set()


def test_the_page_says_which_rule_was_not_in_force(run: Path, tmp_path: Path) -> None:
    for day, told in ((DAY, 1), (None, 0)):
        write_report([run], tmp_path / f"{day}.html", as_of=day)
        page = (tmp_path / f"{day}.html").read_text("utf-8")
        assert page.count('class="badge not_in_force"') == told
        assert ("2020-07-24 尚未生效：所依据的TC260-PG-20202A" in page) is bool(told)
