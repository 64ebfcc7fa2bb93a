"""``apprights check``: drive the scenarios on one app and say what the rules found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from harness import console
from harness.commands.arguments import may_clear, takes
from harness.engine.options import CHOICES, CLEARS, options_from
from harness.engine.phones import DEVICE, chosen_device
from harness.events.findings import Outcome
from harness.language import pick

if TYPE_CHECKING:
    from harness.verdicts.analysis import Analysis

VIOLATED, UNDECIDED = 1, 3
INTERRUPTED = {"SIGINT": 130, "SIGTERM": 143}
"""Signal -> exit code, as shells tell of a program that a signal ended."""


def register(app: typer.Typer) -> None:
    """Add the command to the root."""
    app.command()(check)


@takes(*DEVICE, *CHOICES, "strict", *CLEARS, "config", "runs", "json")
def check(
    app: Annotated[str, typer.Argument(help="An APK file or the package name of an installed app.")],
    **values: Any,
) -> None:
    """Deny APP every permission it asks for, leave it alone, watch what it does, and judge it.

    Exit code: 1 a violation, 3 nothing could be decided, 0 otherwise, 2 wrong usage or no device, 130 after Ctrl-C.
    """
    from harness.engine.check import check as check_app
    from harness.engine.check import check_json

    options = options_from(values)
    with chosen_device(values, app) as device:
        may_clear(device, app, values)
        analysis = check_app(device, app, options, runs=values["runs"], progress=console.progress, wait=values["wait_turn"])
    if values["json"]:
        console.print_json(check_json(analysis))
    else:
        _show(analysis)
    raise typer.Exit(exit_code(analysis, strict=options.strict))


def exit_code(analysis: Analysis, *, strict: bool) -> int:
    """That of the signal of a run that was interrupted.

    Else 1 if any violation (strict: or suspected), else 3 if anything is undecided or nothing was exercised, else 0.
    """
    if analysis.interrupted:
        return INTERRUPTED.get(analysis.interrupted, INTERRUPTED["SIGINT"])
    outcomes = {verdict.outcome for verdict in analysis.verdicts}
    if Outcome.VIOLATION in outcomes or (strict and Outcome.SUSPECTED in outcomes):
        return VIOLATED
    if Outcome.INCONCLUSIVE in outcomes or outcomes <= {Outcome.NOT_EXERCISED}:
        return UNDECIDED
    return 0


def show_unfinished(analysis: Analysis) -> None:
    """Say first that a run is not finished."""
    if analysis.unfinished is not None:
        zh, en = analysis.unfinished
        console.out.print(f"[bold red]{escape(console.printable(zh))}[/] / {escape(console.printable(en))}")


def _show(analysis: Analysis) -> None:
    from harness.engine.check import problems

    show_unfinished(analysis)
    for verdict in analysis.verdicts:
        style = console.OUTCOME_STYLE[verdict.outcome.value]
        rule = verdict.rule
        console.out.print(f"[{style}]{verdict.outcome.label_zh}[/]  {escape(rule.label_zh)}  [dim]{rule.id}[/]")
        console.out.print(f"    {escape(console.printable(verdict.reason_zh))}")
        console.out.print(f"    [dim]{escape(console.printable(verdict.reason_en))}[/]")
    counts = Counter(verdict.outcome for verdict in analysis.verdicts)
    found = [f"[{console.OUTCOME_STYLE[outcome.value]}]{outcome.label_zh} {counts[outcome]}[/]" for outcome in Outcome if counts[outcome]]
    console.out.print(f"{len(analysis.verdicts)} rules: {'  '.join(found)}")
    for zh, en in problems(analysis):
        console.out.print(f"[yellow]{pick('检测中的问题：', 'problem:')}[/] {escape(console.printable(pick(zh, en)))}")
    folder = escape(str(analysis.folder))
    console.out.print(f"run folder: {folder}   report: apprights report {folder} -o report.html")
