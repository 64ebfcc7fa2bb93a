"""Report (plain data) -> HTML, JSON, CSV, XLSX, JUnit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from harness.config.table_validation import today
from harness.custody.issued_reports import record_issue
from harness.report.case import NO_CASE, Case
from harness.report.output_formats import NO_CHOICE, REPORT, Choice, can_choose, can_write, form_of, issue
from harness.report.provenance import provenance_of
from harness.report.report_builder import Judged, app_report, as_sealed, build_report, judged
from harness.report.report_model import AppReport, Report
from harness.report.report_pictures import with_pictures
from harness.verdicts.analysis import Analysis

__all__ = ["Choice", "Judged", "can_choose", "can_write", "judged", "page_of", "report_of", "write_report"]


def write_report(
    folders: Sequence[Path],
    *outputs: Path,
    as_of: date | None = None,
    case: Case = NO_CASE,
    choice: Choice = NO_CHOICE,
    issued: date | None = None,
) -> Report:
    """Analyse the runs and write reports; the form of each is told by its ending. Returns what they say.

    ``as_of`` is the day whose rules are held against the app, else that of each run.

    Raises HarnessError for another ending, FormatError for a damaged run, EvidenceError when one cannot be written.
    """
    for output in outputs:
        can_write(output)
    return report_of([judged(folder, as_of) for folder in folders], *outputs, case=case, choice=choice, issued=issued)


def report_of(
    runs: Sequence[Judged], *outputs: Path, case: Case = NO_CASE, choice: Choice = NO_CHOICE, kind: str = REPORT, issued: date | None = None
) -> Report:
    """Write reports of runs that are judged, ``issued`` today, and chain their hashes to the runs.

    Errors as of ``write_report``.
    """
    day = issued or today()
    runs = [replace(as_sealed(run), on=day) for run in runs]
    report = build_report(runs, case, day)
    made = [provenance_of(can_write(output, kind), kind, runs, case, day, choice) for output in outputs]
    written = [form_of(report, runs, each) for each in made]
    for output, data in zip(outputs, written, strict=True):
        issue(output, data)
    for output, data, each in zip(outputs, written, made, strict=True):
        record_issue(output, data, each.to_json(), [run.analysis.folder for run in runs])
    return report


def page_of(analysis: Analysis) -> AppReport:
    """One app's part of a page, of a run that is analysed; pictures and all, so that the folder is needed no more."""
    return with_pictures(app_report(analysis.folder, analysis), analysis.folder)
