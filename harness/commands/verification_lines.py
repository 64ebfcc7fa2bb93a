"""The lines of ``apprights verify``: one for each run, its differences, and the runs that a report is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from harness import console
from harness.commands.run_folder_arguments import change
from harness.console import printable
from harness.language import Text, _, said
from harness.recording.lists import CUSTODY, MANIFEST, sealed_root

if TYPE_CHECKING:
    from harness.custody.derivation import ResultsCheck
    from harness.custody.integrity import Checked, Claim
    from harness.report.rebuild import CheckedReport

RESULTS = {
    "derived": _("derived again, the same"),
    "differs": _("derived again, and otherwise"),
    "other versions": _("not derived again"),
    "not derived": _("not derived again"),
    "skipped": _("not derived again"),
}
"""What is said of the results of each analysis."""
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
        intact = sum(each.good and each.proved for each in checked_ones)
        text = _(
            "Runs: {count}. Intact: {intact}. Altered: {altered}. Not proved: {unproved}. Never sealed: {unsealed}.",
            count=len(found),
            intact=intact,
            altered=sum(not each.good for each in checked_ones),
            unproved=sum(each.good and not each.proved for each in checked_ones),
            unsealed=len(found) - len(checked_ones),
        )
        console.say((said(text), "bold"))
    if checked_ones and all(each.good and not each.rooted for each in checked_ones):
        hint = _("Without --root nobody can tell whether a folder was sealed again as a whole: give the root that was noted before.")
        console.progress(said(hint))


def show_unknown_roots(unknown: Iterable[str]) -> None:
    """Show each root that was given and is of nothing here: its run was sealed again, or its chain was cut."""
    for root in unknown:
        console.say((said(_("no run here has this root, and no chain this link: {root}", root=root)), "bold red"), indent=2)


def _show_run(checked: Checked) -> None:
    if checked.differences:
        console.say((said(_("{run}: altered", run=checked.name)), "bold red"), indent=2)
        heads = [said(head) for head in (_("file"), _("change"), _("listed in"))]
        console.table("", heads, [(each.path, change(each), _listed_in(each.layer)) for each in checked.differences])
    elif checked.hidden:
        text = _("{run}: not proved without the run: files are blacked or left out", run=checked.name)
        console.say((said(text), "yellow"), indent=2)
    else:
        told = _("files as sealed, but what should vouch for them does not hold, see below") if not checked.good else _("intact")
        text = _("{run}: recorded: {told}; results: {results}", run=checked.name, told=told, results=_results(checked.results))
        console.say((said(text), "bold red" if not checked.good else "" if checked.proved else "yellow"), indent=2)
    _show_roots(checked)
    if checked.sealed_later:
        console.say(
            (said(_("{run}: it had been broken off, and was sealed later: {time}", run=checked.name, time=checked.sealed_later)), "yellow"),
            indent=2,
        )
    for each in checked.vouchers:
        console.say((said(each.words), {True: "", None: "yellow"}.get(each.good, "bold red")), indent=4)
        for name in each.covers:
            console.progress(f"      {said(_('signed with it: {name}', name=name))}")
    if checked.unsigned:
        console.say((said(_("added after the last signature, and signed by nobody: {count}", count=checked.unsigned)), "yellow"), indent=4)
    for path in (*checked.redacted, *checked.left_out):
        how = _("the rest as in the run at hand") if path in checked.compared else _("not proved without the run")
        words = _("blacked out; {how}", how=how) if path in checked.redacted else _("left out; {how}", how=how)
        console.progress(f"    {path}: {said(words)}")


def _results(results: Iterable[ResultsCheck]) -> Text:
    """What is said of the results of a run as a whole; each analysis is told with its root."""
    states = {each.state for each in results}
    if not states:
        return _("none stand beside it")
    if states == {"derived"}:
        return _("they follow from what was recorded (derived again)")
    return _("not derived again") if states == {"skipped"} else _("not all could be derived again")


def _show_roots(checked: Checked) -> None:
    """Show the roots of the recording, of each analysis and of the chain, and which was compared with what."""
    same = {what: root for root, what in checked.matched.items()}
    lines = [_("root of the recording: {root} ({how})", root=checked.root, how=_how(checked, MANIFEST in same))] if checked.root else []
    for each in checked.results:
        how = RESULTS[each.state] if not each.words else _("{state}: {words}", state=RESULTS[each.state], words=each.words)
        compared = _how(checked, each.path in same)
        lines.append(_("root of {path}: {root} ({how}; {state})", path=each.path, root=each.root or "-", how=compared, state=how))
    if checked.head not in ("", checked.root):
        lines.append(_("end of the chain: {root} ({how})", root=checked.head, how=_how(checked, checked.head in checked.matched)))
    for text in lines:
        console.progress(f"    {said(text)}")
    for root, what in checked.matched.items():
        if what.startswith(f"{CUSTODY}/") and root != checked.head:
            console.say((said(_("the given root is of {path}: more was added after it", path=what)), "yellow"), indent=4)


def _how(checked: Checked, same: bool) -> Text:
    if same:
        return _("the same as a root that was given")
    return _("not among the roots that were given") if checked.rooted else _("compared with no root: none was given")


def _listed_in(layer: str) -> str:
    return {"custody": "custody/index.json", "folder": "-"}.get(layer, f"{layer}.json")


def show_reports(reports: Mapping[Path, CheckedReport], strangers: Iterable[tuple[Path, Path]]) -> None:
    """Show each run that a report is about, what differs in it, and each that was named and it is not about."""
    for report, own in reports.items():
        for claim in own.claims:
            state = state_of(own, claim)
            told = _("{report}: {run}: {state}", report=report, run=claim.folder or claim.named.name, state=CLAIMS[state])
            console.say((said(told), {"same": "", "not here": "yellow", "beside": "yellow"}.get(state, "bold red")), indent=2)
        if own.why is not None:
            console.progress(f"    {printable(said(own.why))}")
        if (first := own.first) is not None:
            for line in (first.place, _("expected: {text}", text=first.expected), _("found: {text}", text=first.found)):
                console.progress(f"    {printable(said(line))}")
    for report, folder in strangers:
        told = _("{report}: it is not about {run}", report=report, run=folder)
        if root := next((claim.named.root for claim in reports[report].claims if claim.named.name == folder.resolve().name), ""):
            values = {"report": report, "run": folder, "root": root, "found": sealed_root(folder) or "-"}
            told = _("{report}: it is of the run with the root {root}; {run} has the root {found}: sealed again, or another run", **values)
        console.say((said(told), "bold red"), indent=2)


def state_of(report: CheckedReport, claim: Claim) -> str:
    """How a run of a report stands: where it is at hand, as the report itself."""
    return report.state if claim.state == "same" else claim.state
