"""Commands about run folders: analyse, verify, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from harness import console
from harness.errors import EvidenceError
from harness.recording.evidence import verify as verify_folder
from harness.report import write_report
from harness.verdicts.analysis import analyse as analyse_folder
from harness.verdicts.analysis import verdict_json

Json = Annotated[bool, typer.Option("--json", help="JSON only on standard output.")]
Folder = Annotated[Path, typer.Argument(help="A run folder.")]
DIFFERS = 1


def register(app: typer.Typer) -> None:
    """Add the commands to the root."""
    app.command()(analyse)
    app.command()(verify)
    app.command()(report)


def analyse(run: Folder, json: Json = False) -> None:
    """Judge a run folder again from its raw data; with other versions, beside the old result."""
    result = analyse_folder(_existing(run))
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


def report(
    runs: Annotated[list[Path], typer.Argument(help="Run folders.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="report.html, .json, .csv or .xml (JUnit).")],
) -> None:
    """Put runs together into one report; the ending of the file says in which form."""
    write_report([_existing(run) for run in runs], output)
    console.progress(f"{output}")


def _existing(run: Path) -> Path:
    if not run.is_dir():
        raise EvidenceError(f"{run} is not a folder: give a run folder, such as reports/runs/20260101-120000-...")
    return run
