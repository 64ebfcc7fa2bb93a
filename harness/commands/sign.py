"""``apprights seal`` and ``apprights sign``: what vouches for a run folder."""

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated

import typer

from harness import console
from harness.commands.run_folder_arguments import existing
from harness.custody import index
from harness.custody.sealing import Ending, ending, seal_later
from harness.custody.signature import fingerprint_of, load_key
from harness.custody.signature import sign as sign_run
from harness.custody.timestamp import stamp
from harness.errors import EvidenceError
from harness.language import Text, _, said
from harness.recording.lists import sealed_root
from harness.recording.run_folder import MANIFEST
from harness.rectification.comparison_output import made_again
from harness.report.rebuild import check_report
from harness.verdicts.analysis import analyse, read_run, utc_offset


def sign(
    run: Annotated[Path, typer.Argument(help=_("A run folder."))],
    key: Annotated[Path, typer.Option("--key", help=_("The private ed25519 key, in PEM."), metavar="FILE")],
    by: Annotated[str, typer.Option("--by", help=_("Who signs: a name that stands beside the signature."), metavar="NAME")] = "",
    reports: Annotated[
        list[Path] | None, typer.Option("--report", help=_("A report of the run that is signed with it."), metavar="FILE")
    ] = None,
) -> None:
    """Sign a sealed run, its results and its reports with an ed25519 key."""
    secret = load_key(key, lambda: _passphrase(key))
    console.progress(said(_("The results are derived again from the recording: some seconds")))
    for report in reports or ():
        checked = check_report(report, [run], made_again)
        if checked.state != "same" or len(checked.claims) > 1:
            raise EvidenceError(_("{report} is not a report of {run} alone: it is not signed; verify it", report=report, run=run))
    path = sign_run(run, secret, by=by, reports=reports or ())
    console.progress(said(_("Signature: {path}", path=path)))
    console.progress(said(_("End of the chain, to be kept elsewhere: {head}", head=index.head(run))))
    console.progress(said(_("Fingerprint of the key: {key}", key=fingerprint_of(secret.public_key()))))


def _passphrase(key: Path) -> str:
    """What a person types on the terminal; no option and no pipe is asked."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise EvidenceError(_("{path} has a passphrase: sign on a terminal, where it is asked for", path=key))
    typed: str = typer.prompt(said(_("Passphrase of {path}", path=key)), hide_input=True, err=True)
    return typed


def seal(
    run: Annotated[Path, typer.Argument(help=_("A run folder."))],
    tsa: Annotated[
        str, typer.Option("--tsa", help=_("A time stamp authority (RFC 3161): it is sent the hash of the manifest."), metavar="URL")
    ] = "",
) -> None:
    """Seal a run that was broken off, as it is, or have a sealed one stamped with the time."""
    told, _app = read_run(existing(run))
    sealed = (run / MANIFEST).is_file()
    if sealed and not tsa:
        raise EvidenceError(_("{run} is sealed already; --tsa URL has it stamped with the time", run=run))
    if not sealed:
        seal_later(run)
        console.progress(said(_("Sealed: {run}", run=run)))
        console.progress(said(where_it_ends(ending(run), timezone(timedelta(seconds=utc_offset(told))))))
        if analyse(run).unfinished is not None:
            console.progress(said(_("It is judged as a run that is not finished: what was not seen is not clear.")))
    console.progress(said(_("Root: {root}", root=sealed_root(run))))
    if tsa:
        console.progress(said(_("Time stamp: {path}", path=stamp(run, tsa))))


def where_it_ends(end: Ending, zone: timezone) -> Text:
    """Where a recording ends, by the clock of the phone."""
    if end.wall is None:
        return _("The recording ends before its first reading of the clocks, behind line {line} of its journal.", line=end.line)
    at = datetime.fromtimestamp(end.wall, zone).strftime("%Y-%m-%d %H:%M:%S %z")
    return _("The recording ends at {time} by the phone's clock, behind line {line} of its journal.", time=at, line=end.line)
