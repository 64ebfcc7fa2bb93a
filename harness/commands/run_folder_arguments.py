"""The run folders that a command is about, and what is said of one that is none, or is not as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.errors import EvidenceError
from harness.language import _, said
from harness.recording.run_format import RUN

if TYPE_CHECKING:
    from harness.recording.run_folder import Difference

Where = Annotated[Path, typer.Option("--runs", help=_("Where run folders are, if none is named."), metavar="FOLDER")]
CHANGES = {
    "missing": _("missing"),
    "changed": _("changed"),
    "added": _("added"),
    "resealed": _("not the one with this root"),
    "otherwise": _("does not follow from what was recorded"),
    "foreign": _("of another run, or of other results"),
}


def change(difference: Difference) -> str:
    """What happened to a file, in words."""
    return said(CHANGES[difference.change])


def all_runs(where: Path, *having: str) -> list[Path]:
    """The run folders of a folder, the newest last: their names begin with their time.

    ``having`` are the files of which one makes a run folder, in place of run.json, which somebody may have taken away.
    """
    found = sorted({path.parent for name in having or (RUN,) for path in where.glob(f"[!.]*/{name}")}) if where.is_dir() else []
    if not found:
        raise EvidenceError(_("{path} has no run folder: name one, or its folder with --runs", path=where))
    return found


def existing(run: Path) -> Path:
    """A run folder that was named; raises EvidenceError where there is no folder."""
    if not run.exists():
        raise EvidenceError(_("{file} is not there", file=run))
    if not run.is_dir():
        raise EvidenceError(
            _("{run} is not a folder: give a run folder, such as {example}", run=run, example="reports/runs/20260101-120000-...")
        )
    return run
