"""Commands about run folders: analyse, verify, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from harness import console
from harness.commands.arguments import takes
from harness.errors import EvidenceError
from harness.language import _
from harness.recording.evidence import altered
from harness.recording.evidence import verify as verify_folder
from harness.report import write_report
from harness.verdicts.analysis import analyse as analyse_folder
from harness.verdicts.analysis import read_run, verdict_json

Json = Annotated[bool, typer.Option("--json", help="JSON only on standard output.")]
Folder = Annotated[Path, typer.Argument(help="A run folder.")]
DIFFERS = 1


def register(app: typer.Typer) -> None:
    """Add the commands to the root."""
    app.command()(analyse)
    app.command()(verify)
    app.command()(report)


@takes("config")
def analyse(run: Folder, json: Json = False) -> None:
    """Judge a run folder again from its raw data; with other versions, beside the old result.

    Exit code: 1 when the run was altered since it was sealed: then nothing is judged, and nothing written.
    """
    read_run(_existing(run))
    if differences := altered(run):
        console.progress(f"证据完整性未通过,未作分析 / {run} was altered, so it is not judged and its findings stay as they are:")
        for each in differences:
            console.progress(f"  {each.path}: {each.change}")
        raise typer.Exit(DIFFERS)
    result = analyse_folder(run)
    if json:
        changed = [{"rule": rule, "before": before, "now": now} for rule, before, now in result.changed]
        rules = [verdict_json(verdict) for verdict in result.verdicts]
        console.print_json({"run": str(run), "rules": rules, "changed": changed})
        return
    for verdict in result.verdicts:
        style = console.OUTCOME_STYLE[verdict.outcome.value]
        reason = escape(console.printable(verdict.reason_zh))
        console.out.print(f"[{style}]{verdict.outcome.label_zh}[/]  {verdict.rule.id}  {reason}")
    for rule, before, now in result.changed:
        console.out.print(f"changed: {rule}: {before} -> {now}")


def verify(run: Folder, json: Json = False) -> None:
    """Check that nothing in a run folder was altered since it was sealed; exit code 1 if something was."""
    found = verify_folder(_existing(run))
    if json:
        differences = [{"path": d.path, "change": d.change, "layer": d.layer} for d in found]
        console.print_json({"run": str(run), "intact": not found, "differences": differences})
    elif found:
        console.table("", ("file", "change", "layer"), [(d.path, d.change, d.layer) for d in found])
    else:
        console.out.print(f"{escape(str(run))}: intact, every file is as it was sealed")
    if found:
        raise typer.Exit(DIFFERS)


@takes("config")
def report(
    runs: Annotated[list[Path], typer.Argument(help="Run folders.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="report.html, .json, .csv or .xml (JUnit).")],
) -> None:
    """Put runs together into one report; the ending of the file says in which form.

    Exit code: 1 when a run was altered since it was sealed; the report is written and says so in its head.
    """
    written = write_report([_existing(run) for run in runs], output)
    console.progress(f"{output}")
    if broken := [app for app in written.apps if app.altered]:
        for app in broken:
            console.progress(f"证据完整性未通过 / evidence altered: {app.folder}: {', '.join(app.altered)}")
        raise typer.Exit(DIFFERS)


def _existing(run: Path) -> Path:
    if not run.is_dir():
        raise EvidenceError(
            _("{run} is not a folder: give a run folder, such as {example}", run=run, example="reports/runs/20260101-120000-...")
        )
    return run
