"""``apprights pack``: runs handed on as one zip."""

import os
from pathlib import Path
from typing import Annotated

import typer

from harness import console
from harness.commands.arguments import Force
from harness.custody.redaction import RunRedaction
from harness.custody.redaction_terms import words_of
from harness.custody.run_archive import Redacting
from harness.custody.run_archive import pack as pack_runs
from harness.errors import EvidenceError
from harness.events.app_profile import read_app_profile
from harness.language import _, said
from harness.recording.outputs import may_write

ZIP = ".zip"


def pack(
    runs: Annotated[list[Path], typer.Argument(help=_("Run folders."), metavar="RUN...")],
    output: Annotated[Path, typer.Option("-o", "--output", help=_("The zip to write."), metavar="FILE")],
    redact: Annotated[bool, typer.Option("--redact", help=_("Black out what the profile names, in copies of texts and pictures."))] = False,
    profile: Annotated[Path | None, typer.Option("--profile", help=_("The app profile with [redact] words."), metavar="FILE")] = None,
    force: Force = False,
) -> None:
    """Put sealed runs into one zip; the same runs are the same bytes."""
    if output.suffix.lower() != ZIP:
        raise EvidenceError(_("{path}: a pack is a zip: give it the ending .zip", path=output))
    may_write(output, force=force)
    for run in runs:
        if not run.is_dir():
            raise EvidenceError(_("{path} is not a run folder", path=run))
    redactions: list[RunRedaction] = []
    packed = pack_runs(runs, output, redact=_redaction(profile, redactions) if redact else None)
    for name, why in packed.not_derived:
        console.progress(said(_("Packed as they stand, for they do not come out again here: {name} ({why})", name=name, why=why)))
    for name in packed.redacted:
        console.progress(said(_("Blacked out: {name}", name=name)))
    for name in packed.left_out:
        console.progress(said(_("Left out, as nobody can look through it: {name}", name=name)))
    for name in (name for each in redactions for name in each.kept):
        console.progress(said(_("Goes as it is, although a word stands in it or in its name: {name}", name=name)))
    if redact:
        console.progress(said(_("Look at every copy before you hand it on: what neither tree nor letters show was not blacked out.")))
    console.progress(said(_("Packed: {path}, files: {count}", path=output, count=packed.files)))
    console.say((f"{packed.sha256}  {output}", ""), whole=True)


def _redaction(profile: Path | None, made: list[RunRedaction]) -> Redacting:
    """What begins the redaction of a run, and keeps it in ``made``."""
    if profile is None:
        raise EvidenceError(_("--redact needs --profile: the app profile names what is blacked out, [redact] words = [...]"))
    words = words_of(read_app_profile(profile), os.environ)

    def told(name: str) -> None:
        console.progress(said(_("Reading {name}", name=name)))

    def begin(folder: Path) -> RunRedaction:
        made.append(RunRedaction(folder, words, told))
        return made[-1]

    return begin
