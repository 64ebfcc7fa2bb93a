"""A report that was altered, or is another's, is never said to be that of its run: each form is made again."""

import json
import shutil
import tarfile
from functools import cache
from pathlib import Path

import pytest

from harness.custody.finding_reviews import found_in, review
from harness.custody.issued_reports import BESIDE, issued_reports
from harness.errors import HarnessError
from harness.language import chosen
from harness.rectification.comparison_output import made_again
from harness.report import Choice, output_formats, rebuild, write_report
from harness.report.case import Case
from harness.report.examination_record import issued_rows
from harness.report.pdf import program
from harness.report.rebuild import check_report
from harness.verdicts.analysis import analyse
from tests.plugin.conftest import apprights_here
from tests.runs.forging import OF_FORM
from tests.runs.read_only import make_read_only

OLD_RUNS = Path(__file__).parents[1] / "data" / "old_runs"
FORMS = [form for form in OF_FORM if form != ".pdf" or program() is not None]
OTHERS = [form for form in FORMS if form != ".pdf"]
RUN = "bank-lost-device"
CASE = Case((("client", "某单位"), ("tester", "张三")))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs, one of them reviewed, and every form of a report of that; of the other one too, by another name."""
    home = tmp_path_factory.mktemp("home")
    for name in (RUN, "puzzle-consent"):
        with tarfile.open(OLD_RUNS / f"{name}.tar.xz") as file:
            file.extractall(home, filter="data")
        (home / name / "findings.json").unlink(missing_ok=True)
        analyse(home / name)
    run = home / RUN
    review(run, found_in(run)[0].key, "confirmed", by="李四", reason="看过录像")
    write_report([run], *(home / f"report{form}" for form in FORMS), case=CASE)
    write_report([home / "puzzle-consent"], *(home / f"other{form}" for form in OTHERS), case=CASE)
    return home


@pytest.fixture
def made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run is judged once, and the same page is printed once: a browser takes seconds for it."""
    monkeypatch.setattr(rebuild, "judged", cache(rebuild.judged))
    monkeypatch.setattr(output_formats, "pdf_of", cache(output_formats.pdf_of))


def state(report: Path, run: Path) -> str:
    try:
        return check_report(report, [run], made_again).state
    except HarnessError as error:
        return str(error)


def passed(home: Path, place: Path, form: str) -> list[str]:
    """The forged reports of a form, one by each way to forge one, that pass for what the run gives."""
    genuine = (home / f"report{form}").read_bytes()
    report, told = place / f"report{form}", []
    for number, forge in enumerate(OF_FORM[form]):
        forged = forge(genuine)
        assert forged != genuine
        report.write_bytes(forged)
        if (said := state(report, home / RUN)) in ("same", "beside"):
            told.append(f"{number} {said}")
    return told


@pytest.mark.usefixtures("made_once")
def test_every_form_is_made_again_of_its_run_and_its_issue_is_on_record(home: Path) -> None:
    run = home / RUN
    assert {form: state(home / f"report{form}", run) for form in FORMS} == dict.fromkeys(FORMS, "same")
    assert {state(home / f"other{form}", run) for form in OTHERS} <= {"not compared", "differs"}
    assert [str(row.name) for row in issued_rows(run)] == [f"report{form}" for form in FORMS]
    assert chosen() == "en"


@pytest.mark.usefixtures("made_once")
@pytest.mark.parametrize("form", FORMS)
def test_each_way_to_forge_a_report_is_found(home: Path, tmp_path: Path, form: str) -> None:
    assert passed(home, tmp_path, form) == []


def test_what_the_tester_told_is_proved_by_custody_alone(home: Path, tmp_path: Path) -> None:
    """Somebody with our software makes a report of the same run for another client, and hands it in."""
    own = shutil.copytree(home / RUN, tmp_path / "theirs" / RUN)
    report = tmp_path / "report.docx"
    write_report([own], report, case=Case((("client", "另一单位"),)))
    assert state(report, own) == "same"
    assert state(report, home / RUN) == "unrecorded"
    said = apprights_here("verify", report, home / RUN, folder=tmp_path)
    assert (said.code, "may be altered" in said.out, "this is its run" in said.out) == (1, True, False)


def test_a_forged_report_is_shown_with_what_differs(home: Path, tmp_path: Path) -> None:
    report, run = tmp_path / "report.csv", home / RUN
    report.write_bytes((home / "report.csv").read_bytes().replace(b"violation", b"\x1b[31mclear", 1))
    said = apprights_here("verify", report, run, folder=tmp_path)
    assert (said.code, "it was altered" in said.out, "this is its run" in said.out) == (1, True, False)
    assert [line.split()[0] for line in said.err.splitlines() if line.startswith("    ")][-3:] == ["line", "expected:", "found:"]
    assert "\x1b" not in said.err
    told = json.loads(apprights_here("verify", report, run, "--json", folder=tmp_path).out)["reports"][0]
    assert (told["state"], told["runs"][0]["state"], "violation" in told["first_difference"]["expected"]) == ("differs", "differs", True)


def test_a_report_of_other_versions_is_not_compared(home: Path, tmp_path: Path) -> None:
    report, run = tmp_path / "report.json", home / RUN
    text = (home / "report.json").read_text("utf-8")
    report.write_text(text.replace('"opencv": "', '"opencv": "0.'), "utf-8")
    said = apprights_here("verify", report, run, folder=tmp_path)
    assert (said.code, "opencv 0." in said.err, "not compared" in said.out) == (1, True, True)


def test_the_record_lies_beside_a_report_of_a_read_only_folder(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = shutil.copytree(home / RUN, tmp_path / RUN)
    before, report = len(issued_reports(run)), tmp_path / "report.csv"
    make_read_only(run, monkeypatch)
    write_report([run], report, choice=Choice("bulletin"))
    assert (state(report, run), len(issued_reports(run))) == ("beside", before)
    report.with_name(report.name + BESIDE).unlink()
    assert state(report, run) != "same"


def test_a_later_review_changes_no_report_that_was_issued(home: Path, tmp_path: Path) -> None:
    run = shutil.copytree(home / RUN, tmp_path / RUN)
    write_report([run], tmp_path / "report.html")
    review(run, found_in(run)[0].key, "rejected", by="王五", reason="误报")
    assert state(tmp_path / "report.html", run) == "same"
    write_report([run], tmp_path / "later.html")
    assert (tmp_path / "later.html").read_text("utf-8").count("王五") > 0
