"""``apprights check``: drive the scenarios on apps and say what the rules found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness import console
from harness.commands.arguments import Force, Quiet, Verbose, device_and_app, may_clear, takes
from harness.engine.device_selection import DEVICE
from harness.engine.option_specs import CHOICES, CLEARS, options_from
from harness.language import _, said

if TYPE_CHECKING:
    from harness.verdicts.analysis import Analysis

VIOLATED, UNDECIDED = 1, 3
INTERRUPTED = {"SIGINT": 130, "SIGTERM": 143}
"""Signal -> exit code, as shells tell of a program that a signal ended."""


@takes(*DEVICE, *CHOICES, "strict", *CLEARS, "config", "case", "runs", "json", several="serial")
def check(
    apps: Annotated[
        list[str],
        typer.Argument(
            metavar="APP...",
            help=_("APK files, package names of installed apps, app files (.py) or recordings (folders) for a virtual device."),
        ),
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option("-o", "--output", help=_("Write a report: .html, .pdf, .docx, .json, .csv, .xlsx or .xml (JUnit); repeatable.")),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    force: Force = False,
    **values: Any,
) -> None:
    """Deny each APP every permission it asks for, leave it alone, watch what it does, and judge it.

    Exit code: 1 a violation that is not suppressed, 3 nothing could be decided, 0 otherwise, 2 wrong usage or no
    device, 130 after Ctrl-C.
    """
    from harness.commands.batch_check import check_many
    from harness.commands.verdict_lines import Shown, show
    from harness.report import Judged, report_of
    from harness.report.case import read_case
    from harness.report.output_formats import to_be_written
    from harness.verdicts.analysis_json import analysis_json

    outputs = to_be_written(output or (), force=force)
    case = read_case(values["case"])
    options, shown = options_from(values), Shown(quiet, verbose)
    serials, named = tuple(dict.fromkeys(values["serial"])), tuple(dict.fromkeys(apps))
    if len(named) > 1 or len(serials) > 1:
        raise typer.Exit(check_many(named, serials, values, outputs, shown, case))
    analysis = _check(named[0], {**values, "serial": serials[0] if serials else None}, options)
    if outputs:
        report_of([Judged(analysis)], *outputs, case=case)
    if values["json"]:
        console.print_json(analysis_json(analysis))
    else:
        show(analysis, shown)
        show_next(analysis, outputs)
    raise typer.Exit(exit_code(analysis, strict=options.strict))


def _check(app: str, values: dict[str, Any], options: Any) -> Analysis:
    from harness.commands.progress import Progress
    from harness.engine.check import check as check_app

    with Progress() as progress, device_and_app(values, app) as (device, package):
        may_clear(device, package, values)
        return check_app(device, package, options, runs=values["runs"], progress=progress, wait=values["wait_turn"])


def exit_code(analysis: Analysis, *, strict: bool) -> int:
    """Return the exit code of the signal of a run that was interrupted.

    Else 1 if any violation (strict: or suspected) that is not suppressed, else 3 if anything is undecided or nothing
    was exercised, else 0.
    """
    from harness.events.findings import Outcome
    from harness.verdicts.customisations import suppression_of

    if analysis.interrupted:
        return INTERRUPTED.get(analysis.interrupted, INTERRUPTED["SIGINT"])
    outcomes = {verdict.outcome for verdict in analysis.verdicts}
    failing = {verdict.outcome for verdict in analysis.verdicts if suppression_of(analysis.app.package, verdict) is None}
    if Outcome.VIOLATION in failing or (strict and Outcome.SUSPECTED in failing):
        return VIOLATED
    if Outcome.INCONCLUSIVE in outcomes or outcomes <= {Outcome.NOT_EXERCISED}:
        return UNDECIDED
    return 0


def show_next(analysis: Analysis, outputs: Sequence[Path] = ()) -> None:
    """What went wrong on the way, and where the reports are, or how to have one."""
    from harness.verdicts.analysis_json import problems

    _show_roots(analysis)
    for words in problems(analysis):
        console.say((said(_("Problem: {text}", text=words)), "yellow"), indent=2)
    for output in outputs:
        console.say((said(_("Report: {path}", path=output)), ""), whole=True)
    if outputs:
        return
    console.say((said(_("Run folder: {path}", path=analysis.folder)), ""), whole=True)
    console.say((said(_("For a report: {command}", command=report_command(analysis.folder))), ""), whole=True)


def _show_roots(analysis: Analysis) -> None:
    """What is noted by who wants to prove later that this is the run: of what was recorded, of what was found."""
    from harness.recording.lists import ANALYSIS, read_list, sealed_root
    from harness.verdicts.analysis import findings_sha256

    if root := sealed_root(analysis.folder):
        console.progress(said(_("Root hash: {root}", root=root)))
        if analysis_root := str(read_list(analysis.folder / ANALYSIS)[0].get("root", "")):
            console.progress(said(_("Root of the analysis: {root}", root=analysis_root)))
        console.progress(said(_("SHA-256 of the findings: {hash}", hash=findings_sha256(analysis))))


def report_command(*folders: Path | str) -> str:
    """What makes a report of run folders, as it is typed."""
    from harness.operating_system import typed

    return typed(["apprights", "report", *map(str, folders), "-o", "reports/report.html"])
