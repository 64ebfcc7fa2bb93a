"""``apprights record``: a run becomes a recording of its app, to be played on a virtual device.

``expected.toml`` of a recording: what a person says of each screen. Here it is written with nothing said yet.

It is read where figures are taken (tests/recorded): what the harness makes of a screen is held against it.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from device_farm.recordings.opening import tell
from device_farm.recordings.run_recording import read_run_folder
from device_farm.virtual.recorded.recording import Recording
from device_farm.virtual.recorded.recording_folder import EXPECTED, Skipped, toml_of, write_folder
from harness import console
from harness.custody.redaction import RunRedaction
from harness.custody.redaction_terms import RedactionTerms, words_of
from harness.errors import EvidenceError, why
from harness.events.app_profile import read_app_profile
from harness.language import _, said


def record(
    run: Annotated[Path, typer.Argument(help=_("Run folder of a check, of a walk or of a person's watch."))],
    output: Annotated[Path, typer.Option("-o", "--output", help=_("The folder to make."), metavar="FOLDER")],
    profile: Annotated[
        Path | None, typer.Option("--profile", help=_("The app profile whose [redact] words are blacked out."), metavar="FILE")
    ] = None,
    no_screens: Annotated[bool, typer.Option("--no-screens", help=_("Leave the pictures out: faces are not found in them."))] = False,
    consent: Annotated[str, typer.Option("--consent-of", help=_("Who agreed to the recording, and to what."), metavar="TEXT")] = "",
) -> None:
    """Make a recording of the app of RUN: its screens, and what led from one to the next."""
    from dataclasses import replace

    if output.exists():
        raise EvidenceError(_("{path} is there already: name a new folder", path=output))
    terms = words_of(read_app_profile(profile), os.environ) if profile is not None else None
    skipped = Skipped()
    recording = replace(read_run_folder(run, skipped, terms), consent=consent)
    try:
        write_folder(recording, output, None if no_screens else _pictures(run, terms))
        write_expected(recording, output)
    except OSError as error:
        raise EvidenceError(_("{path} cannot be written: {reason}", path=output, reason=why(error))) from error
    tell(skipped)
    if not no_screens:
        console.progress(said(_("Look at every picture before you hand the recording on: names and faces may be in it.")))
    screens, moves = len(recording.states), len(recording.moves)
    console.say(
        (said(_("Recorded: {path}, screens: {screens}, moves: {moves}", path=output, screens=screens, moves=moves)), ""), whole=True
    )


def _pictures(run: Path, terms: RedactionTerms | None) -> Callable[[Path, Path], None]:
    """What copies a picture of the run, with the words blacked out; one that cannot be looked through is left out."""
    redaction = RunRedaction(run, terms) if terms is not None else None

    def copied(picture: Path, to: Path) -> None:
        if not picture.is_file():
            return
        copy = redaction.copy(picture.relative_to(run).as_posix()) if redaction is not None else None
        if copy is None:
            shutil.copyfile(picture, to)
        elif copy.chunks is not None:
            to.write_bytes(b"".join(copy.chunks()))

    return copied


MOST_WORDS = 80
_HEAD = "# What a person sees on each screen: docs/recordings.md says how it is filled in. Numbers are those of views.\n"


def write_expected(recording: Recording, folder: Path) -> None:
    """List every screen of the app with its first words, for a person to fill in."""
    entries = [
        f"\n[[screen]]\nname = {toml_of(state.name)}\nwords = {toml_of(state.words(0)[:MOST_WORDS])}\n"
        'page = ""\nkind = ""\nover = ""\nacts = {}\nharmless = []\npromises = {}\nleaves = []\n'
        for state in recording.own
    ]
    (folder / EXPECTED).write_text(_HEAD + "".join(entries), encoding="utf-8")
