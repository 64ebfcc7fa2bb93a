"""``apprights sign``: a person's signature of a sealed run."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from harness import console
from harness.custody import index
from harness.custody.signature import fingerprint_of, load_key
from harness.custody.signature import sign as sign_run
from harness.errors import EvidenceError
from harness.language import _, said
from harness.rectification.comparison_output import made_again
from harness.report.rebuild import check_report


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
