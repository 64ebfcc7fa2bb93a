"""A finished run: judged again it says the same, altered it is caught, and it can be reported in every form."""

import csv
import json
import re
import shutil
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer

from device_farm.samples.sample_check import check_sample, read_sample
from harness.commands.run_commands import analyse as analyse_command
from harness.commands.run_commands import report as report_command
from harness.report import write_report
from harness.report.pdf import program
from tests.plugin.conftest import SHOPS, SHOPS_FILE, apprights_here, external_references

pytestmark = pytest.mark.usefixtures("slow_time")
EXIT = "c5-exit-after-denial"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of a sample; nobody may alter it."""
    runs = tmp_path_factory.mktemp("whole")
    check_sample(read_sample(SHOPS_FILE), runs)
    return next(runs.iterdir())


@pytest.fixture
def run(whole: Path, tmp_path: Path) -> Path:
    """A copy that may be altered, in another place than where it was made."""
    return shutil.copytree(whole, tmp_path / "elsewhere" / "run")


@pytest.mark.parametrize("name", ["raw/events.txt", "findings.json"])
def test_an_altered_run_is_not_judged_anew_and_its_report_says_so(run: Path, tmp_path: Path, name: str) -> None:
    data = (run / name).read_bytes()
    (run / name).write_bytes(data + b"\n")
    before = {path.name: path.read_bytes() for path in run.iterdir() if path.is_file()}
    with pytest.raises(typer.Exit) as ended:
        analyse_command(run)
    assert ended.value.exit_code == 1
    with pytest.raises(typer.Exit) as ended:
        report_command([run], [tmp_path / "report.html"])
    assert ended.value.exit_code == 1
    assert {path.name: path.read_bytes() for path in run.iterdir() if path.is_file()} == before
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.index("证据完整性未通过") < page.index("检测依据")
    assert f"{name} (changed)" in page
    for ending in ("csv", "xml"):
        write_report([run], tmp_path / f"report.{ending}")
        assert f"{name} (changed)" in (tmp_path / f"report.{ending}").read_text("utf-8-sig")
    write_report([run], tmp_path / "report.json")
    (told,) = json.loads((tmp_path / "report.json").read_text("utf-8"))["apps"]
    assert (told["intact"], [(each["path"], each["change"]) for each in told["differences"]]) == (False, [(name, "changed")])


def test_apps_and_runs_are_counted_apart(whole: Path, run: Path, tmp_path: Path) -> None:
    write_report([whole, run], tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "共检测 1 个应用（2 次检测），1 个存在不合规行为" in page
    started = datetime.fromisoformat(json.loads((run / "run.json").read_text("utf-8"))["started"])
    offset = json.loads((run / "run.json").read_text("utf-8"))["device"]["utc_offset"]
    local = started.astimezone(datetime.strptime(offset, "%z").tzinfo)
    assert page.count(f"{local:%Y-%m-%d %H:%M} {offset} · ") >= 2


def test_report_in_every_form(whole: Path, tmp_path: Path) -> None:
    texts = {}
    said = apprights_here("report", whole, "-o", "out/report.html", folder=tmp_path)
    assert said.code == 0, said
    for ending in ("html", "json", "csv", "xml"):
        write_report([whole], tmp_path / "out" / f"report.{ending}")
        texts[ending] = (tmp_path / "out" / f"report.{ending}").read_text(encoding="utf-8-sig")
    assert external_references(texts["html"]) == []
    assert "不合规" in texts["html"]
    assert SHOPS in texts["html"]
    assert "violation" in json.dumps(json.loads(texts["json"]))
    assert [(row["group"], row["end"]) for row in json.loads(texts["json"])["apps"][0]["reactions"]][:1] == [("location", "left")]
    assert "离开前台" in texts["html"]
    rows = list(csv.reader(texts["csv"].splitlines()))
    assert ["violation" in row for row in rows if EXIT in row] == [True]
    assert len(list(ElementTree.fromstring(texts["xml"]).iter("failure"))) == sum("violation" in row for row in rows)


def test_the_page_is_printed_too(whole: Path, tmp_path: Path) -> None:
    if program() is None:
        pytest.skip("no Chromium on this machine")
    said = apprights_here("report", whole, "-o", "report.html", "--pdf", folder=tmp_path)
    assert said.code == 0, said
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "report.pdf"}
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_run_all_are_verified_and_the_newest_is_reported(whole: Path, tmp_path: Path) -> None:
    runs = tmp_path / "reports" / "runs"
    for name in ("20260101-000000-a", "20260102-000000-b"):
        shutil.copytree(whole, runs / name)
    said = apprights_here("verify", folder=tmp_path)
    assert said.code == 0
    assert [line.split(":")[0][-1] for line in said.out.splitlines()] == ["a", "b", "s"]  # the newest last, then the count
    said = apprights_here("report", folder=tmp_path)
    assert (said.code, "20260102-000000-b" in said.err, (tmp_path / "reports" / "report.html").is_file()) == (0, True, True)
    (runs / "20260101-000000-a" / "raw" / "events.txt").write_bytes(b"")
    for name in ("manifest.json", "analysis.json", "custody"):
        taken = runs / "20260102-000000-b" / name
        shutil.rmtree(taken) if taken.is_dir() else taken.unlink()
    said = apprights_here("verify", "--json", folder=tmp_path)
    told = [(run["sealed"], run["intact"], [each["path"] for each in run["differences"]]) for run in json.loads(said.out)["runs"]]
    assert told == [(True, False, ["raw/events.txt"]), (False, False, [])]
    assert said.code == 1
    shutil.rmtree(runs / "20260101-000000-a")
    said = apprights_here("verify", folder=tmp_path)
    assert (said.code, "never sealed" in said.out) == (2, True)


@pytest.mark.parametrize("command", ["verify", "report"])
def test_where_there_is_no_run_it_is_said(tmp_path: Path, command: str) -> None:
    said = apprights_here(command, folder=tmp_path)
    assert "has no run folder" in said.one_line()
    assert said.code == 2


def test_every_finding_is_told_in_one_language_with_its_place(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_LANG", "en")
    said = apprights_here("analyse", run, "-v", folder=tmp_path)
    assert "raw/session.jsonl:" in said.out
    assert re.findall(r"[\u4e00-\u9fff].*", re.sub(r"(?<!\w)'.*?'(?!\w)|“[^”]*”", "", said.out)) == []
    assert re.findall(r"\b\w+='|[A-Z]\w+\(|Instant|\bNone\b", said.out) == []
