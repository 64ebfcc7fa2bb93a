"""Command: examination, the record of an examination (检测笔录) of a run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from harness import console
from harness.commands.arguments import Force, takes
from harness.commands.run_folder_arguments import existing
from harness.custody.integrity import altered
from harness.errors import HarnessError
from harness.language import _, said
from harness.recording.outputs import may_write
from harness.recording.run_folder import write_atomic
from harness.recording.run_format import not_written
from harness.report.case import NO_CASE, read_case

DIFFERS = 1
RECORD = Path("reports") / "examination.html"
FORMS = (".html", ".docx")


@takes("config", "case")
def examination(
    run: Annotated[Path, typer.Argument(help=_("A run folder."))],
    output: Annotated[Path, typer.Option("-o", "--output", help=_("The record: .html or .docx."))] = RECORD,
    force: Force = False,
    **values: Any,
) -> None:
    """Write the record of an examination, made of the run folder alone.

    Exit code: 1 when the run was altered since it was sealed; the record is written, and is none of that examination.
    """
    if output.suffix.lower() not in FORMS:
        raise HarnessError(_("{name}: a record of an examination ends in .html or .docx", name=output.name))
    if output.is_dir():
        raise HarnessError(_("{path} is a folder: give the name of a file for the report", path=output))
    may_write(output, force=force)
    folder = existing(run)
    told = NO_CASE if (case := values.get("case")) is None else read_case(case)
    from harness.report.examination_record import examination_of

    record = examination_of(folder, told)
    if output.suffix.lower() == ".docx":
        from harness.report.examination_document import record_paper

        data = record_paper(record)
    else:
        from harness.report.html import record_page

        data = record_page(record).encode("utf-8", "replace")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(output, error) from error
    write_atomic(output, data)
    console.progress(said(_("Record of the examination: {path}", path=output)))
    if altered(folder):
        console.progress(said(_("Evidence altered: {run}: this record is not that of the examination", run=run)))
        raise typer.Exit(DIFFERS)
