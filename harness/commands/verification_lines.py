"""The lines of ``apprights verify``: one for each run, its differences, and the runs that a report is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness import console
from harness.commands.run_folder_arguments import change
from harness.console import printable
from harness.language import _, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from harness.custody.integrity import Checked, Claim
    from harness.report.rebuild import CheckedReport

CLAIMS = {
    "same": _("this is its run"),
    "other": _("the report belongs to another run"),
    "differs": _("the report is not what this run gives: it was altered"),
    "not compared": _("not compared: whether the report follows from this run is not known"),
    "beside": _("it can be made of this run again; its issue is on record beside it alone: what it says of case and date is not proved"),
    "unrecorded": _("it can be made of this run again, but its issue is on record nowhere: what it says of case and date may be altered"),
    "not here": _("its run folder is not here: name it, too"),
}
"""What is said of each run that a report names."""


def show_runs(found: Mapping[str, Checked | None]) -> None:
    """Show each run on a line, and below it what was altered; the newest comes last."""
    for name, checked in found.items():
        if checked is None:
            console.say((said(_("{run}: never sealed, its run was broken off", run=name)), "yellow"), indent=2)
        else:
            _show_run(checked)
    checked_ones = [each for each in found.values() if each is not None]
    if len(found) > 1:
        intact = sum(each.good for each in checked_ones)
        text = _(
            "Runs: {count}. Intact: {intact}. Altered: {altered}. Never sealed: {unsealed}.",
            count=len(found),
            intact=intact,
            altered=len(checked_ones) - intact,
            unsealed=len(found) - len(checked_ones),
        )
        console.say((said(text), "bold"))
    if checked_ones and all(each.good and not each.rooted for each in checked_ones):
        hint = _("Without --root nobody can tell whether a folder was sealed again as a whole: give the root that was noted before.")
        console.progress(said(hint))


def _show_run(checked: Checked) -> None:
    if not checked.differences:
        console.say((said(_("{run}: intact, every file is as it was sealed", run=checked.name)), ""), indent=2)
        console.progress(f"    {checked.root}")
    else:
        console.say((said(_("{run}: altered", run=checked.name)), "bold red"), indent=2)
        heads = [said(head) for head in (_("file"), _("change"), _("listed in"))]
        console.table("", heads, [(each.path, change(each), _listed_in(each.layer)) for each in checked.differences])
    if checked.sealed_later:
        console.say(
            (said(_("{run}: it had been broken off, and was sealed later: {time}", run=checked.name, time=checked.sealed_later)), "yellow"),
            indent=2,
        )
    for each in checked.vouchers:
        console.say((said(each.words), {True: "", None: "yellow"}.get(each.good, "bold red")), indent=4)
    for path in checked.redacted:
        words = (
            _("blacked out, as in the run at hand beside that")
            if path in checked.compared
            else _("blacked out; the hash of the original is known")
        )
        console.progress(f"    {path}: {said(words)}")
    for path in checked.left_out:
        console.progress(f"    {path}: {said(_('left out; the hash of the original is known'))}")


def _listed_in(layer: str) -> str:
    return {"custody": "custody/index.json", "folder": "-"}.get(layer, f"{layer}.json")


def show_reports(reports: Mapping[Path, CheckedReport], strangers: Iterable[tuple[Path, Path]]) -> None:
    """Show each run that a report is about, what differs in it, and each that was named and it is not about."""
    for report, own in reports.items():
        for claim in own.claims:
            state = state_of(own, claim)
            told = _("{report}: {run}: {state}", report=report, run=claim.named.name, state=CLAIMS[state])
            console.say((said(told), {"same": "", "not here": "yellow", "beside": "yellow"}.get(state, "bold red")), indent=2)
        if own.why is not None:
            console.progress(f"    {printable(said(own.why))}")
        if (first := own.first) is not None:
            for line in (first.place, _("expected: {text}", text=first.expected), _("found: {text}", text=first.found)):
                console.progress(f"    {printable(said(line))}")
    for report, folder in strangers:
        console.say((said(_("{report}: it is not about {run}", report=report, run=folder)), "bold red"), indent=2)


def state_of(report: CheckedReport, claim: Claim) -> str:
    """How a run of a report stands: where it is at hand, as the report itself."""
    return report.state if claim.state == "same" else claim.state
