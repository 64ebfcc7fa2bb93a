"""``apprights seal``: seal a run that was broken off, and have the manifest of any run stamped with the time."""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated

import typer

from harness import console
from harness.commands.run_folder_arguments import existing
from harness.custody.sealing import Ending, ending, seal_later
from harness.custody.timestamp import stamp
from harness.errors import EvidenceError
from harness.language import Text, _, said
from harness.recording.lists import sealed_root
from harness.recording.run_folder import MANIFEST
from harness.verdicts.analysis import analyse, read_run, utc_offset


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
