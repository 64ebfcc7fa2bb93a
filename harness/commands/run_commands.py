"""Commands about run folders: analyse, report."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from harness import console
from harness.commands.arguments import Force, Json, Quiet, Verbose, takes
from harness.commands.completion import one_of
from harness.commands.run_folder_arguments import Where, all_runs, change, existing
from harness.commands.verdict_lines import Shown, show, word
from harness.custody.integrity import altered
from harness.engine.option_specs import RUNS, day_of
from harness.errors import EvidenceError
from harness.events.findings import Outcome
from harness.language import _, pick, said
from harness.report import write_report
from harness.report.case import read_case
from harness.report.exports.trackers import known_keys
from harness.report.output_formats import KINDS, Choice, can_choose, to_be_written
from harness.verdicts.analysis import examine, keep, read_run
from harness.verdicts.analysis_json import analysis_json

DIFFERS = 1
REPORT = Path("reports") / "report.html"
Output = Annotated[
    list[Path] | None,
    typer.Option("-o", "--output", help=_("The report: .html, .pdf, .docx, .json, .csv, .xlsx or .xml (JUnit); repeatable.")),
]


@takes("as-of", "config")
def analyse(
    run: Annotated[Path, typer.Argument(help=_("A run folder."))],
    quiet: Quiet = False,
    verbose: Verbose = False,
    json: Json = False,
    **values: Any,
) -> None:
    """Judge a run folder again from its raw data; with other versions or rules of another day, beside the old result.

    Exit code: 1 when the run was altered since it was sealed: then nothing is judged, and nothing written.
    """
    day = day_of(values.get("as_of"))
    read_run(existing(run))
    if differences := altered(run):
        console.progress(said(_("Evidence altered: {run} is not judged, and its findings stay as they are.", run=run)))
        for each in differences:
            console.progress(f"  {each.path}{pick('：', ': ')}{change(each)}")
        raise typer.Exit(DIFFERS)
    result = examine(run, as_of=day)
    try:
        result = keep(result)
    except EvidenceError as error:
        console.progress(said(_("Judged, and not written down: {error}", error=error)))
    if json:
        changed = [{"rule": rule, "before": before, "now": now} for rule, before, now in result.changed]
        console.print_json(analysis_json(result) | {"changed": changed})
        return
    show(result, Shown(quiet, verbose))
    for rule, before, now in result.changed:
        earlier = word(Outcome(before)) if before in list(Outcome) else said(_("not judged"))
        console.say((said(_("Changed: {rule}, before: {before}, now: {now}", rule=rule, before=earlier, now=word(Outcome(now)))), "yellow"))


@takes("as-of", "config", "case")
def report(
    runs: Annotated[
        list[Path] | None, typer.Argument(help=_("Run folders; the newest of --runs where none is named."), metavar="[RUN]...")
    ] = None,
    output: Output = None,
    csv: Annotated[
        str | None,
        typer.Option(
            "--csv",
            help=_("Which table a .csv or .xlsx has: 'verdicts|findings|bulletin|audit|zentao|tapd|jira'."),
            metavar="TABLE",
            autocompletion=one_of(KINDS),
        ),
    ] = None,
    known: Annotated[
        list[Path] | None,
        typer.Option("--known", help=_("What the tracker exported: findings whose keys are in it are left out."), metavar="FILE"),
    ] = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help=_("The same as PDF beside the first report, printed by a Chromium of this machine."))
    ] = False,
    force: Force = False,
    where: Where = RUNS,
    **values: Any,
) -> None:
    """Put runs together into one report; the ending of the file says in which form.

    Exit code: 1 when a run was altered since it was sealed; the report is written and says so in its head.
    """
    named = output or [REPORT]
    outputs = to_be_written([*named, named[0].with_suffix(".pdf")] if pdf else named, force=force)
    choice = _choice(csv, known or (), outputs)
    told = read_case(values.get("case"))
    folders = [existing(run) for run in runs or ()]
    if not folders:
        folders = all_runs(where)[-1:]
        console.progress(said(_("The newest run: {run}", run=folders[0])))
    written = write_report(folders, *outputs, as_of=day_of(values.get("as_of")), case=told, choice=choice)
    for each in outputs:
        console.progress(said(_("Report: {path}", path=each)))
    broken = [folder for app, folder in zip(written.apps, folders, strict=True) if app.altered]
    for folder in broken:
        files = pick("，", ", ").join(f"{each.path}{pick('：', ': ')}{change(each)}" for each in altered(folder))
        console.progress(said(_("Evidence altered: {run}: {files}", run=folder, files=files)))
    if broken:
        raise typer.Exit(DIFFERS)


def _choice(csv: str | None, known: Sequence[Path], outputs: Sequence[Path]) -> Choice:
    """Which table is written, and what of it a tracker has already."""
    if csv is not None and csv not in KINDS:
        raise typer.BadParameter(_("--csv: '{value}' is none of {known}", value=csv[:80], known=", ".join(KINDS)))
    choice = Choice(csv or "", frozenset().union(*map(known_keys, known)))
    can_choose(choice, outputs, known)
    return choice
