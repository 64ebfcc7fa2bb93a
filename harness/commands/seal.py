"""``apprights seal``: seal a run that was broken off, and have the manifest of any run stamped with the time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from harness import console
from harness.custody.timestamp import stamp
from harness.errors import EvidenceError
from harness.language import _, said
from harness.recording.evidence import MANIFEST, RunFolder
from harness.recording.lists import sealed_root
from harness.verdicts.analysis import read_run


def seal(
    run: Annotated[Path, typer.Argument(help=_("A run folder."))],
    tsa: Annotated[
        str, typer.Option("--tsa", help=_("A time stamp authority (RFC 3161): it is sent the hash of the manifest."), metavar="URL")
    ] = "",
) -> None:
    """Seal a run that was broken off, or have a sealed one stamped with the time."""
    if not run.is_dir():
        raise EvidenceError(_("{path} is not a run folder", path=run))
    read_run(run)
    sealed = (run / MANIFEST).is_file()
    if sealed and not tsa:
        raise EvidenceError(_("{run} is sealed already; --tsa URL has it stamped with the time", run=run))
    if not sealed:
        RunFolder(run).seal(later=datetime.now(UTC).isoformat(timespec="seconds"))
        console.progress(said(_("Sealed: {run}", run=run)))
    console.progress(said(_("Root: {root}", root=sealed_root(run))))
    if tsa:
        console.progress(said(_("Time stamp: {path}", path=stamp(run, tsa))))
