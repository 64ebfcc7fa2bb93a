"""The forms of a report: which ending means which, and who writes it. Nobody else knows them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from harness.console import json_text
from harness.errors import HarnessError, ScenarioError
from harness.language import _
from harness.recording.outputs import may_write
from harness.recording.run_folder import write_atomic
from harness.recording.run_format import not_written
from harness.report.examination_record import Examination
from harness.report.exports import result_tables, trackers
from harness.report.exports.export_table import Table, csv_text
from harness.report.exports.junit import report_junit
from harness.report.html import record_page, render_html
from harness.report.pdf import need_program, pdf_of
from harness.report.report_builder import Judged
from harness.report.report_model import Report
from harness.report.report_pictures import with_pictures
from harness.verdicts.analysis_json import analysis_json, apps_json

if TYPE_CHECKING:
    from harness.report.provenance import Provenance

TABLES: Mapping[str, Callable[[Report], Table]] = {
    "verdicts": result_tables.verdicts,
    "findings": result_tables.findings,
    "bulletin": result_tables.bulletin,
    "audit": result_tables.audit,
}
TRACKERS = {"zentao": trackers.zentao, "tapd": trackers.tapd, "jira": trackers.jira}
KINDS = (*TABLES, *TRACKERS)
"""Which tables there are; the first is what CSV has where none is asked for."""
TABULAR = (".csv", ".xlsx")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which table a CSV or XLSX has; ``known`` are the keys of findings that a tracker has already."""

    table: str = ""
    known: frozenset[str] = frozenset()

    def of(self, report: Report) -> Table:
        name = self.table or KINDS[0]
        return TRACKERS[name](report, self.known) if name in TRACKERS else TABLES[name](report)


NO_CHOICE = Choice()


def _html(report: Report, runs: Sequence[Judged], _choice: Choice) -> bytes:
    apps = tuple(with_pictures(app, run.analysis.folder) for app, run in zip(report.apps, runs, strict=True))
    return render_html(replace(report, apps=apps)).encode()


def _pdf(report: Report, runs: Sequence[Judged], choice: Choice) -> bytes:
    return pdf_of(_html(report, runs, choice).decode())


def _docx(report: Report, runs: Sequence[Judged], _choice: Choice) -> bytes:
    from harness.report.report_document import render_docx

    return render_docx(report, {app.anchor: run.analysis.folder for app, run in zip(report.apps, runs, strict=True)})


def _json(report: Report, runs: Sequence[Judged], _choice: Choice) -> bytes:
    """What ``--json`` prints of these runs, as a file, with what the tester told of the case."""
    apps = (analysis_json(run.analysis, run.altered, run.on) | ({"run": run.named} if run.named else {}) for run in runs)
    told = apps_json(apps, case=report.case.to_json(), made_with=json.loads(report.made_with or "null"))
    return (json_text(told, indent=1) + "\n").encode()


def _csv(report: Report, _runs: Sequence[Judged], choice: Choice) -> bytes:
    return csv_text(choice.of(report)).encode()


def _junit(report: Report, _runs: Sequence[Judged], _choice: Choice) -> bytes:
    return report_junit(report).encode()


def _xlsx(report: Report, runs: Sequence[Judged], choice: Choice) -> bytes:
    from harness.report.exports.sheets import sheets
    from harness.report.exports.xlsx import workbook

    tables = (choice.of(report),) if choice.table else sheets(report, runs)
    return workbook(tables, report.issued, report.made_with)


def _record_page(report: Report, _runs: Sequence[Judged], _choice: Choice) -> bytes:
    return record_page(_examination(report), report.made_with).encode("utf-8", "replace")


def _record_paper(report: Report, _runs: Sequence[Judged], _choice: Choice) -> bytes:
    from harness.report.examination_document import record_paper

    return record_paper(_examination(report), report.issued, report.made_with)


def _examination(report: Report) -> Examination:
    record = report.apps[0].examination
    assert record is not None
    return record


Writer = Callable[["Report", "Sequence[Judged]", Choice], bytes]
WRITERS: Mapping[str, Writer] = {".html": _html, ".pdf": _pdf, ".docx": _docx, ".json": _json, ".csv": _csv, ".xlsx": _xlsx, ".xml": _junit}
REPORT, EXAMINATION, COMPARISON = "report", "examination", "comparison"
KINDS_OF_PAPER: Mapping[str, Mapping[str, Writer]] = {REPORT: WRITERS, EXAMINATION: {".html": _record_page, ".docx": _record_paper}}
FORMS_OF_KIND = {kind: tuple(forms) for kind, forms in KINDS_OF_PAPER.items()} | {COMPARISON: (".html", ".docx", ".pdf", ".json")}
"""What each kind may be; a comparison is written by ``harness.rectification``."""


def form_of(report: Report, runs: Sequence[Judged], made: Provenance) -> bytes:
    """The bytes of a report in the form, and of the kind, that its provenance names."""
    return KINDS_OF_PAPER[made.kind][made.form](replace(report, made_with=block_of(made)), runs, made.choice)


def block_of(made: Provenance) -> str:
    """The block of a provenance, as it stands in a report."""
    return json.dumps(made.to_json(), ensure_ascii=False, sort_keys=True)


def issue(output: Path, data: bytes) -> None:
    """Write a paper, into a folder that is made for it; raises EvidenceError where it cannot be written."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(output, error) from error
    write_atomic(output, data)


def can_write(output: Path, kind: str = REPORT) -> str:
    """The ending of ``output``, which tells the form; raises HarnessError where no report can be written there.

    Asked before a check of minutes begins.
    """
    ending = output.suffix.lower()
    if ending not in FORMS_OF_KIND[kind]:
        if kind == COMPARISON:
            raise HarnessError(_("{name}: a comparison ends in {forms}", name=output.name, forms=", ".join(FORMS_OF_KIND[kind])))
        if kind == EXAMINATION:
            raise HarnessError(_("{name}: a record of an examination ends in .html or .docx", name=output.name))
        raise HarnessError(_("{name}: a report ends in .html, .pdf, .docx, .json, .csv, .xlsx or .xml (JUnit)", name=output.name))
    if ending == ".pdf":
        need_program()
    if output.is_dir():
        raise HarnessError(_("{path} is a folder: give the name of a file for the report", path=output))
    there = next((folder for folder in output.absolute().parents if folder.exists()), output.absolute().parent)
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise HarnessError(_("{path} cannot be written: choose a folder for the report that may be written", path=output))
    return ending


def to_be_written(outputs: Iterable[Path], kind: str = REPORT, *, force: bool) -> tuple[Path, ...]:
    """The files that a command was told to write, each once; raises HarnessError for one that may not be written."""
    wanted = tuple(dict.fromkeys(outputs))
    for output in wanted:
        can_write(output, kind)
        may_write(output, force=force)
    return wanted


def can_choose(choice: Choice, outputs: Sequence[Path], known: Sequence[Path] = ()) -> None:
    """Raises ScenarioError for a choice of a table that nothing which is written has.

    ``known`` are the files that the known keys come from.
    """
    if choice.table and not any(output.suffix.lower() in TABULAR for output in outputs):
        raise ScenarioError(_("--csv {table}: no report of this ends in .csv or .xlsx", table=choice.table))
    if known and choice.table not in TRACKERS:
        raise ScenarioError(_("--known is for --csv {trackers}", trackers="|".join(TRACKERS)))
