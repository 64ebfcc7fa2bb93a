"""Command: examination, the record of an examination (检测笔录) of a run folder."""

from pathlib import Path
from typing import Annotated, Any

import typer

from harness import console
from harness.commands.arguments import Force, takes
from harness.commands.run_folder_arguments import existing
from harness.language import _, said
from harness.report import judged, report_of
from harness.report.case import read_case
from harness.report.output_formats import EXAMINATION, to_be_written

DIFFERS = 1
RECORD = Path("reports") / "examination.html"


@takes("config", "case")
def examination(
    run: Annotated[Path, typer.Argument(help=_("A run folder."))],
    output: Annotated[list[Path] | None, typer.Option("-o", "--output", help=_("The record: .html or .docx; repeatable."))] = None,
    force: Force = False,
    **values: Any,
) -> None:
    """Write the record of an examination, made of the run folder alone.

    Exit code: 1 when the run was altered since it was sealed; the record is written, and is none of that examination.
    """
    outputs = to_be_written(output or [RECORD], EXAMINATION, force=force)
    told = read_case(values.get("case"))
    found = judged(existing(run))
    report_of([found], *outputs, case=told, kind=EXAMINATION)
    for each in outputs:
        console.progress(said(_("Record of the examination: {path}", path=each)))
    if found.altered:
        console.progress(said(_("Evidence altered: {run}: this record is not that of the examination", run=run)))
        raise typer.Exit(DIFFERS)
