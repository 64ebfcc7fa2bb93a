"""A run's report as a Word document: what the page says, and nothing that an app planted."""

import io
import tarfile
from pathlib import Path

import docx

from harness.console import printable
from harness.events.findings import Outcome
from harness.language import said
from harness.rectification.comparison_model import Run
from harness.report.finding_document import MOST_FINDINGS
from harness.report.report_builder import build_report, judged
from harness.report.report_document import render_docx
from harness.report.report_model import OPEN, Report
from tests.hostile.strings import HOSTILE, steering
from tests.unit.rectification.made import BAD, EXIT, GOOD, MAYBE, Maker, finding, verdict

OLD_RUNS = Path(__file__).parents[2] / "data" / "old_runs"


def text_of(*runs: Run) -> str:
    report = Report(tuple(run.report for run in runs))
    data = render_docx(report, {run.report.anchor: run.judged.analysis.folder for run in runs})
    assert data == render_docx(report, {run.report.anchor: run.judged.analysis.folder for run in runs})
    read = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in read.paragraphs), *cells, read.sections[0].header.paragraphs[0].text])


def test_what_stands_in_it(made: Maker) -> None:
    text = text_of(
        made(
            verdict(EXIT, finding(EXIT, BAD)),
            verdict("c5-dialog-loop", finding("c5-dialog-loop", GOOD), why="no loop was seen"),
            verdict("c5-bundled-request", outcome=Outcome.NOT_EXERCISED, why="nothing was asked together"),
        )
    )
    for expected in (
        "not provided",  # what a case file would tell
        "violation",
        "CAMERA reason",
        "(c5-exit-after-denial)",
        "no loop was seen",
        "nothing was asked together",
        "Approved by",
        "exit_seconds = 10",
        "must not be taken for",
        "Android 13",
    ):
        assert expected in text, expected
    assert "pass" not in text.replace("passed", "").split()


def test_a_page_without_a_finding_says_what_it_does_not_say(made: Maker) -> None:
    text = text_of(made(verdict(EXIT, finding(EXIT, GOOD))))
    assert "Within what was tested nothing was found" in text


def test_of_hundreds_of_findings_the_first_are_shown_and_the_rest_counted(made: Maker) -> None:
    many = [finding(EXIT, MAYBE, f"part-{number}") for number in range(MOST_FINDINGS + 488)]
    text = text_of(made(verdict(EXIT, *many)))
    assert "488 more findings" in text
    assert "part-0 reason" in text
    assert f"part-{MOST_FINDINGS} reason" not in text


def test_what_an_app_plants_is_text(made: Maker) -> None:
    everything = "".join(HOSTILE.values())
    text = text_of(made(verdict(EXIT, finding(EXIT, BAD, everything)), label=everything, device={"model": everything}))
    assert steering(text) == []


def test_all_that_the_page_tells_of_a_run_stands_in_it(tmp_path: Path) -> None:
    with tarfile.open(max(OLD_RUNS.glob("*.tar.xz"), key=lambda path: path.stat().st_size)) as file:
        file.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    report = build_report([judged(folder)])
    (app,) = report.apps
    read = docx.Document(io.BytesIO(render_docx(report, {app.anchor: folder})))
    text = "".join(each.text or "\n" for each in read.element.body.iter() if each.tag.endswith(("}t", "}p")))
    held = [finding for verdict in app.verdicts if verdict.outcome in OPEN for finding in verdict.findings]
    assert app.lanes is not None
    assert app.examination is not None
    told = [each for finding in held for fact in finding.facts for each in (said(fact.text), fact.raw, fact.place)]
    told += [each.picture for finding in held for each in finding.witnesses]
    told += [said(line.text) for panel in app.lanes.panels for line in panel.told]
    told += [said(act.words) for part in app.examination.parts for act in part.acts]
    told += [said(words) for words in (*app.methods, *(row.reason for row in (*app.conclusion, *app.untested)))]
    told += [file.sha256 for group in app.evidence.cited for file in group.files] if app.evidence else []
    assert len(told) > 100
    assert [each for each in told if " ".join(printable(each).split()) not in " ".join(text.split())] == []
    assert len(read.inline_shapes) >= sum(len(finding.pictures) for finding in held)
