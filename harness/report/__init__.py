"""Report (plain data) -> HTML, JSON, CSV, JUnit."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.errors import HarnessError
from harness.language import _
from harness.recording.evidence import write_atomic
from harness.recording.formats import not_written
from harness.report.build import Judged, app_report, build_report, judged
from harness.report.case import NO_CASE, Case
from harness.report.html import render_html
from harness.report.pictures import with_pictures
from harness.report.tables import report_csv, report_json, report_junit
from harness.verdicts.analysis_json import analysis_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from harness.report.model import AppReport, Report
    from harness.verdicts.analysis import Analysis

__all__ = ["Judged", "can_write", "judged", "page_of", "report_of", "write_report"]

TABLES = {".csv": report_csv, ".xml": report_junit}
FORMS = (".html", ".json", *TABLES)


def write_report(folders: Sequence[Path], output: Path, as_of: date | None = None, case: Case = NO_CASE) -> Report:
    """Analyse the runs and write one report; its form is told by the ending of ``output``. Returns what it says.

    ``as_of`` is the day whose rules are held against the apps, else that of each run.

    Raises HarnessError for another ending, FormatError for a damaged run, EvidenceError when it cannot be written.
    """
    can_write(output)
    return report_of([judged(folder, as_of) for folder in folders], output, case)


def report_of(runs: Sequence[Judged], output: Path, case: Case = NO_CASE) -> Report:
    """Write one report of runs that are judged; errors as of ``write_report``."""
    ending = can_write(output)
    report = build_report(runs, case)
    if ending == ".html":
        apps = tuple(with_pictures(app, run.analysis.folder) for app, run in zip(report.apps, runs, strict=True))
        text = render_html(replace(report, apps=apps))
    elif ending == ".json":
        text = report_json((analysis_json(run.analysis, run.altered) for run in runs), case)
    else:
        text = TABLES[ending](report)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(output, error) from error
    write_atomic(output, text.encode("utf-8"))
    return report


def can_write(output: Path) -> str:
    """The ending of ``output``, which tells the form; raises HarnessError where no report can be written there.

    Asked before a check of minutes begins.
    """
    ending = output.suffix.lower()
    if ending not in FORMS:
        raise HarnessError(_("{name}: a report ends in .html, .json, .csv or .xml (JUnit)", name=output.name))
    if output.is_dir():
        raise HarnessError(_("{path} is a folder: give the name of a file for the report", path=output))
    there = next((folder for folder in output.absolute().parents if folder.exists()), output.absolute().parent)
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise HarnessError(_("{path} cannot be written: choose a folder for the report that may be written", path=output))
    return ending


def page_of(analysis: Analysis) -> AppReport:
    """One app's part of a page, of a run that is analysed; pictures and all, so that the folder is needed no more."""
    return with_pictures(app_report(analysis.folder, analysis), analysis.folder)
