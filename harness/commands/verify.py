"""``apprights verify``: was anything altered, do results follow? Of run folders and zips, and the runs of a report."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from harness import console
from harness.commands.arguments import Json
from harness.commands.run_folder_arguments import Where, all_runs, existing
from harness.commands.verification_lines import show_reports, show_runs, show_unknown_roots, state_of
from harness.custody.derivation import Deriving, results_of, results_only_listed
from harness.custody.integrity import PACKS, Checked, Claim, verify_zip
from harness.custody.integrity import verify as verify_folder
from harness.custody.signature import trusted_key
from harness.engine.option_specs import RUNS
from harness.errors import EvidenceError
from harness.language import _, said
from harness.recording.folder_integrity import was_sealed
from harness.recording.run_folder import MANIFEST
from harness.recording.run_format import RUN
from harness.rectification.comparison_output import made_again
from harness.report.rebuild import REPORTS, CheckedReport, check_report
from harness.verdicts.analysis_json import SCHEMA, differences_json

DIFFERS, UNPROVED = 1, 2


_ROOT = re.compile(r"[0-9A-Fa-f]{64}")


def _need_roots(given: Sequence[str]) -> None:
    """What cannot be a root is a mistake in typing, and says nothing of any run."""
    for each in given:
        if not _ROOT.fullmatch(each):
            raise typer.BadParameter(said(_("'{value}' is no root: it is 64 digits of 0-9 and a-f, all of them", value=each[:80])))


def verify(
    targets: Annotated[
        list[Path] | None,
        typer.Argument(
            help=_("Run folders, zips of them, or reports in any form; all of --runs where none is named."), metavar="[RUN|ZIP|REPORT]..."
        ),
    ] = None,
    root: Annotated[
        list[str] | None,
        typer.Option("--root", help=_("A root that was noted before: a folder that was sealed again has another."), metavar="HASH"),
    ] = None,
    trust: Annotated[
        str, typer.Option("--trust", help=_("A key that must have signed: its public half in PEM, or its fingerprint."), metavar="KEY")
    ] = "",
    no_derive: Annotated[bool, typer.Option("--no-derive", help=_("Compare files only: whether the results follow is not told."))] = False,
    where: Where = RUNS,
    json: Json = False,
) -> None:
    """Check that nothing in runs was altered, that their results follow, and that reports can be made of them again.

    Exit code: 1 if something was altered, or a report is of another run, not compared or never issued; else 2 if a run
    was never sealed, or only after it had been broken off and no root was given, or not all can be proved here.
    """
    _need_roots(root or ())
    given = _sorted_out(targets or [])
    trust = trusted_key(trust) if trust else ""
    derive: Deriving = results_only_listed if no_derive else partial(results_of, told=_told_first)
    reports = {report: check_report(report, [*given.folders, *_near(report, where)], made_again) for report in given.reports}
    claimed = [claim.folder for own in reports.values() for claim in own.claims if claim.folder]
    folders = list(dict.fromkeys(given.folders or claimed or ([] if targets else all_runs(where, RUN, MANIFEST))))
    sealed = [folder for folder in folders if was_sealed(folder) or len(given.folders) == 1]
    found: dict[str, Checked | None] = {str(folder): None for folder in folders}
    for folder in sealed:
        found[str(folder)] = verify_folder(folder, root or (), trust, derive)
    for path in given.packs:
        found |= {each.name: each for each in verify_zip(path, root or (), trust, given.folders, derive)}
    matched = {each for checked in found.values() if checked for each in checked.matched}
    unknown = [each for each in root or () if each.lower() not in matched]
    strangers = [
        (report, folder) for report, own in reports.items() for folder in given.folders if folder not in {one.folder for one in own.claims}
    ]
    if json:
        console.print_json(_told(found, reports, single=len(given.folders) == 1 and len(targets or ()) == 1))
    else:
        show_runs(found)
        show_reports(reports, strangers)
        show_unknown_roots(unknown)
    states = {state_of(own, claim) for own in reports.values() for claim in own.claims}
    wrong = strangers or unknown or states & {"other", "differs", "not compared", "unrecorded"}
    if wrong or any(each and not each.good for each in found.values()):
        raise typer.Exit(DIFFERS)
    if states & {"not here", "beside"} or not all(each and each.proved for each in found.values()):
        raise typer.Exit(UNPROVED)


def _told_first(path: str) -> None:
    console.progress(said(_("{path}: its results are derived again: some seconds", path=path)))


@dataclass(frozen=True, slots=True)
class _Given:
    folders: list[Path]
    packs: list[Path]
    reports: list[Path]


def _sorted_out(targets: Sequence[Path]) -> _Given:
    """What was named, by what it is; raises EvidenceError for what is neither folder nor such a file."""
    files = [path for path in targets if path.is_file()]
    packs = [path for path in files if path.suffix.lower() in PACKS]
    reports = [path for path in files if path.suffix.lower() in REPORTS]
    return _Given([existing(path) for path in targets if path not in packs and path not in reports], packs, reports)


def _near(report: Path, where: Path) -> list[Path]:
    """Sealed run folders where the runs of a report may be: below --runs, and beside it."""
    found: list[Path] = []
    for place in (where, report.parent, report.parent / "runs"):
        with suppress(EvidenceError):
            found += all_runs(place)
    return [folder for folder in found if (folder / MANIFEST).is_file()]


def _told(found: dict[str, Checked | None], checked: dict[Path, CheckedReport], *, single: bool) -> dict[str, Any]:
    """Return the object that ``--json`` prints."""
    listed = [_run_json(name, checked) for name, checked in found.items()]
    if single:
        return {"schema": SCHEMA, **listed[0]}
    reports = [{"report": str(report), **_report_json(own)} for report, own in checked.items()]
    return {"schema": SCHEMA, "runs": listed, **({"reports": reports} if reports else {})}


def _run_json(name: str, checked: Checked | None) -> dict[str, Any]:
    return {
        "run": name,
        "sealed": checked is not None,
        "sealed_later": checked.sealed_later or None if checked else None,
        "root": checked.root if checked else None,
        "root_given": checked is not None and checked.rooted,
        "intact": checked is not None and checked.good and not checked.hidden,
        "differences": differences_json(checked.differences if checked else ()),
        "vouchers": [asdict(each) | {"words": str(each.words)} for each in (checked.vouchers if checked else ())],
        "redacted": list(checked.redacted) if checked else [],
        "left_out": list(checked.left_out) if checked else [],
        "results": [asdict(each) | {"words": str(each.words)} for each in (checked.results if checked else ())],
        "roots_matched": dict(checked.matched) if checked else {},
        "head": checked.head if checked else None,
    }


def _report_json(own: CheckedReport) -> dict[str, Any]:
    runs = [_claim_json(claim, state_of(own, claim)) for claim in own.claims]
    first = own.first and {"place": str(own.first.place), "expected": own.first.expected, "found": own.first.found}
    return {"runs": runs, "state": own.state, "why": str(own.why) if own.why else None, "first_difference": first}


def _claim_json(claim: Claim, state: str) -> dict[str, Any]:
    named = claim.named
    folder = str(claim.folder) if claim.folder else None
    return {"run": named.name, "root": named.root, "findings_sha256": named.findings or None, "state": state, "folder": folder}
