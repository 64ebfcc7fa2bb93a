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

from harness.commands.run_commands import analyse as analyse_command
from harness.commands.run_commands import report as report_command
from harness.recording.run_folder import verify
from harness.report import write_report
from harness.report.pdf import program
from harness.verdicts.analysis import analyse
from tests.plugin.conftest import SHOPS, Checked, apprights_here, external_references, finish, python

pytestmark = pytest.mark.usefixtures("slow_time")

DERIVED = ("events.jsonl", "findings.json", "statement.intoto.json", "analysis.json")
EXIT = "c5-exit-after-denial"


@pytest.fixture
def run(checked: Checked, tmp_path: Path) -> Path:
    """A copy that may be altered, in another place than where it was made."""
    return shutil.copytree(checked.run, tmp_path / "elsewhere" / "run")


def test_analysed_again_it_is_the_same_byte_for_byte(checked: Checked, run: Path) -> None:
    first = {name: (checked.run / name).read_bytes() for name in DERIVED}
    for name in DERIVED:
        (run / name).unlink()
    for _ in range(2):
        analyse(run)
        assert {name: (run / name).read_bytes() for name in DERIVED} == first
    assert sorted(path.name for path in run.iterdir()) == sorted(path.name for path in checked.run.iterdir())
    assert verify(run) == []


def test_analysis_needs_only_what_was_recorded(run: Path) -> None:
    outcomes = {verdict.rule.id: verdict.outcome for verdict in analyse(run).verdicts}
    for path in run.iterdir():
        if path.name not in ("run.json", "raw", "screens"):
            path.unlink()
    assert {verdict.rule.id: verdict.outcome for verdict in analyse(run).verdicts} == outcomes


@pytest.mark.parametrize("name", ["raw/events.txt", "run.json", "findings.json"])
def test_verify_names_what_was_altered(run: Path, tmp_path: Path, name: str) -> None:
    assert verify(run) == []
    data = bytearray((run / name).read_bytes())
    data[len(data) // 2] ^= 1
    (run / name).write_bytes(data)
    assert [entry.path for entry in verify(run)] == [name]
    if name == "raw/events.txt":
        said = apprights_here("verify", run, folder=tmp_path)
        assert said.code == 1
        assert name in said.out


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


def test_apps_and_runs_are_counted_apart(checked: Checked, run: Path, tmp_path: Path) -> None:
    write_report([checked.run, run], tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "共检测 1 个应用（2 次检测），1 个存在不合规行为" in page
    started = datetime.fromisoformat(json.loads((run / "run.json").read_text("utf-8"))["started"])
    offset = json.loads((run / "run.json").read_text("utf-8"))["device"]["utc_offset"]
    local = started.astimezone(datetime.strptime(offset, "%z").tzinfo)
    assert page.count(f"{local:%Y-%m-%d %H:%M} {offset} · ") >= 2


def test_a_log_line_of_a_megabyte_changes_nothing(run: Path) -> None:
    before = {verdict.rule.id: verdict.outcome for verdict in analyse(run).verdicts}
    for stream in ("main", "events", "system"):
        path = run / "raw" / f"{stream}.txt"
        lines = path.read_bytes().splitlines(keepends=True)
        place = len(lines) // 2
        head = lines[place].split(b": ", 1)[0]
        lines.insert(place, head + b": " + b"<b>" * 350_000 + b"\n")
        path.write_bytes(b"".join(lines))
    assert {verdict.rule.id: verdict.outcome for verdict in analyse(run).verdicts} == before


def test_report_in_every_form(checked: Checked, tmp_path: Path) -> None:
    texts = {}
    said = apprights_here("report", checked.run, "-o", "out/report.html", folder=tmp_path)
    assert said.code == 0, said
    for ending in ("html", "json", "csv", "xml"):
        write_report([checked.run], tmp_path / "out" / f"report.{ending}")
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


def test_the_page_is_printed_too(checked: Checked, tmp_path: Path) -> None:
    if program() is None:
        pytest.skip("no Chromium on this machine")
    said = apprights_here("report", checked.run, "-o", "report.html", "--pdf", folder=tmp_path)
    assert said.code == 0, said
    assert {path.name for path in tmp_path.iterdir()} == {"report.html", "report.pdf"}
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_report_says_what_it_cannot_do(checked: Checked, tmp_path: Path) -> None:
    said = apprights_here("report", checked.run, "-o", "report.odt", folder=tmp_path)
    assert ".html, .pdf, .docx, .json, .csv, .xlsx or .xml" in said.one_line()
    assert said.code == 2
    said = apprights_here("report", tmp_path / "no such run", "-o", "report.html", folder=tmp_path)
    assert "no such run is not a folder" in said.one_line()
    assert said.code == 2


def test_damaged_run_is_refused_in_one_line(run: Path, tmp_path: Path) -> None:
    (run / "run.json").write_text("{", encoding="utf-8")
    said = apprights_here("analyse", run, "--json", folder=tmp_path)
    assert "run.json is missing or damaged" in said.one_line()
    assert said.code == 3


def test_without_a_run_all_are_verified_and_the_newest_is_reported(checked: Checked, tmp_path: Path) -> None:
    runs = tmp_path / "reports" / "runs"
    for name in ("20260101-000000-a", "20260102-000000-b"):
        shutil.copytree(checked.run, runs / name)
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


def test_a_terminal_that_knows_ascii_only_gets_escapes(run: Path, tmp_path: Path) -> None:
    poor = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "NO_COLOR": "1", "TERM": "dumb", "APPRIGHTS_LANG": "zh"}
    said = finish(python(["-m", "harness.cli", "analyse", run, "-v"], tmp_path, environment=poor))
    assert (said.code, said.err) == (0, "")
    assert said.out.isascii()
    assert said.out.startswith("\\u4e0d\\u5408\\u89c4")  # 不合规


def test_every_finding_is_told_in_one_language_with_its_place(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_LANG", "en")
    said = apprights_here("analyse", run, "-v", folder=tmp_path)
    assert "raw/session.jsonl:" in said.out
    assert re.findall(r"[\u4e00-\u9fff].*", re.sub(r"(?<!\w)'.*?'(?!\w)|“[^”]*”", "", said.out)) == []
    assert re.findall(r"\b\w+='|[A-Z]\w+\(|Instant|\bNone\b", said.out) == []
