"""Report (plain data) -> HTML, JSON, CSV, JUnit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.errors import HarnessError
from harness.language import _
from harness.recording.evidence import write_atomic
from harness.report.build import app_report, build_report
from harness.report.html import render_html, with_pictures
from harness.report.model import AppReport, Report
from harness.report.tables import report_csv, report_json, report_junit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from harness.verdicts.analysis import Analysis

FORMS = {".json": report_json, ".csv": report_csv, ".xml": report_junit}


def write_report(folders: Sequence[Path], output: Path) -> Report:
    """Analyse the runs and write one report; its form is told by the ending of ``output``. Returns what it says.

    Raises HarnessError for another ending, FormatError for a damaged run, EvidenceError when it cannot be written.
    """
    ending = output.suffix.lower()
    if ending not in (".html", *FORMS):
        raise HarnessError(_("{name}: a report ends in .html, .json, .csv or .xml (JUnit)", name=output.name))
    report = build_report(folders)
    if ending == ".html":
        apps = tuple(with_pictures(app, folder) for app, folder in zip(report.apps, folders, strict=True))
        text = render_html(Report(apps))
    else:
        text = FORMS[ending](report)
    output.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(output, text.encode("utf-8"))
    return report


def page_of(analysis: Analysis) -> AppReport:
    """One app's part of a page, of a run that is analysed; pictures and all, so that the folder is needed no more."""
    return with_pictures(app_report(analysis.folder, analysis), analysis.folder)
