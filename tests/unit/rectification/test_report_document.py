"""A run's report as a Word document: what the page says, and nothing that an app planted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx

from harness.events.findings import Outcome
from harness.report.report_document import MOST_FINDINGS, render_docx
from harness.report.report_model import Report
from tests.hostile.strings import HOSTILE, steering
from tests.unit.rectification.made import BAD, EXIT, GOOD, MAYBE, finding, verdict

if TYPE_CHECKING:
    from harness.rectification.comparison_model import Run
    from tests.unit.rectification.made import Maker


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
