"""Commands about run folders: analyse, verify, report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness import console
from harness.commands.arguments import Json, Quiet, Verbose, takes
from harness.commands.verdict_lines import Shown, show, word
from harness.engine.options import RUNS, day_of
from harness.errors import EvidenceError
from harness.events.findings import Outcome
from harness.language import _, pick, said
from harness.recording.evidence import MANIFEST, altered
from harness.recording.evidence import verify as verify_folder
from harness.recording.formats import RUN
from harness.report import can_write, write_report
from harness.report.case import NO_CASE, read_case
from harness.verdicts.analysis import analyse as analyse_folder
from harness.verdicts.analysis import read_run
from harness.verdicts.analysis_json import SCHEMA, analysis_json, differences_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.recording.evidence import Difference

DIFFERS, UNSEALED = 1, 2
REPORT = Path("report.html")
Where = Annotated[Path, typer.Option("--runs", help=_("Where run folders are, if none is named."), metavar="FOLDER")]


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
    day = day_of(values["as_of"])
    read_run(existing(run))
    if differences := altered(run):
        console.progress(said(_("Evidence altered: {run} is not judged, and its findings stay as they are.", run=run)))
        for each in differences:
            console.progress(f"  {each.path}{pick('：', ': ')}{_change(each)}")
        raise typer.Exit(DIFFERS)
    result = analyse_folder(run, as_of=day)
    if json:
        changed = [{"rule": rule, "before": before, "now": now} for rule, before, now in result.changed]
        console.print_json(analysis_json(result) | {"changed": changed})
        return
    show(result, Shown(quiet, verbose))
    for rule, before, now in result.changed:
        earlier = word(Outcome(before)) if before in list(Outcome) else said(_("not judged"))
        console.say((said(_("Changed: {rule}, before: {before}, now: {now}", rule=rule, before=earlier, now=word(Outcome(now)))), "yellow"))


def verify(
    runs: Annotated[
        list[Path] | None, typer.Argument(help=_("Run folders; all of --runs where none is named."), metavar="[RUN]...")
    ] = None,
    where: Where = RUNS,
    json: Json = False,
) -> None:
    """Check that nothing in run folders was altered since they were sealed.

    Exit code: 1 if something was, else 2 if one was never sealed.
    """
    named = [existing(run) for run in runs or ()]
    folders = named or _all(where)
    found = {folder: verify_folder(folder) for folder in folders if (folder / MANIFEST).is_file() or len(named) == 1}
    if json:
        listed = [
            {
                "run": str(folder),
                "sealed": folder in found,
                "intact": found.get(folder) == [],
                "differences": differences_json(found.get(folder, [])),
            }
            for folder in folders
        ]
        console.print_json({"schema": SCHEMA, **(listed[0] if len(named) == 1 else {"runs": listed})})
    else:
        _show_seals(folders, found)
    if any(found.values()):
        raise typer.Exit(DIFFERS)
    if len(found) < len(folders):
        raise typer.Exit(UNSEALED)


def _show_seals(folders: Sequence[Path], found: dict[Path, list[Difference]]) -> None:
    """Each run on a line, and below it what was altered; the newest comes last."""
    for folder in folders:
        if folder not in found:
            console.say((said(_("{run}: never sealed, its run was broken off", run=folder)), "yellow"), indent=2)
        elif not found[folder]:
            console.say((said(_("{run}: intact, every file is as it was sealed", run=folder)), ""), indent=2)
        else:
            console.say((said(_("{run}: altered", run=folder)), "bold red"), indent=2)
            heads = [said(head) for head in (_("file"), _("change"), _("listed in"))]
            console.table("", heads, [(each.path, _change(each), f"{each.layer}.json") for each in found[folder]])
    if len(folders) > 1:
        intact = sum(not each for each in found.values())
        text = _(
            "Runs: {count}. Intact: {intact}. Altered: {altered}. Never sealed: {unsealed}.",
            count=len(folders),
            intact=intact,
            altered=len(found) - intact,
            unsealed=len(folders) - len(found),
        )
        console.say((said(text), "bold"))


@takes("as-of", "config", "case")
def report(
    runs: Annotated[
        list[Path] | None, typer.Argument(help=_("Run folders; the newest of --runs where none is named."), metavar="[RUN]...")
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help=_("The report: .html, .json, .csv or .xml (JUnit)."))] = REPORT,
    where: Where = RUNS,
    **values: Any,
) -> None:
    """Put runs together into one report; the ending of the file says in which form.

    Exit code: 1 when a run was altered since it was sealed; the report is written and says so in its head.
    """
    can_write(output)
    told = NO_CASE if (case := values.get("case")) is None else read_case(case)
    folders = [existing(run) for run in runs or ()]
    if not folders:
        folders = _all(where)[-1:]
        console.progress(said(_("The newest run: {run}", run=folders[0])))
    written = write_report(folders, output, day_of(values.get("as_of")), told)
    console.progress(said(_("Report: {path}", path=output)))
    broken = [folder for app, folder in zip(written.apps, folders, strict=True) if app.altered]
    for folder in broken:
        files = pick("，", ", ").join(f"{each.path}{pick('：', ': ')}{_change(each)}" for each in altered(folder))
        console.progress(said(_("Evidence altered: {run}: {files}", run=folder, files=files)))
    if broken:
        raise typer.Exit(DIFFERS)


def _change(difference: Difference) -> str:
    """What happened to a file, in words."""
    words = {"missing": _("missing"), "changed": _("changed"), "added": _("added")}
    return said(words[difference.change])


def _all(where: Path) -> list[Path]:
    """The run folders of a folder, the newest last: their names begin with their time."""
    found = sorted(path.parent for path in where.glob(f"*/{RUN}")) if where.is_dir() else []
    if not found:
        raise EvidenceError(_("{path} has no run folder: name one, or its folder with --runs", path=where))
    return found


def existing(run: Path) -> Path:
    """A run folder that was named; raises EvidenceError where it is no folder."""
    if not run.is_dir():
        raise EvidenceError(
            _("{run} is not a folder: give a run folder, such as {example}", run=run, example="reports/runs/20260101-120000-...")
        )
    return run
