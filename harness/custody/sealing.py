"""A run that was broken off is sealed later: what came to the disk is kept from now on, and it is said when."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from harness.errors import EvidenceError, FormatError
from harness.language import _
from harness.recording.clock_map import ClockMap, Probe
from harness.recording.journal import JOURNAL, is_recorded_still, read_journal
from harness.recording.lists import ANALYSES, CUSTODY, read_list
from harness.recording.run_folder import MANIFEST, RunFolder
from harness.verdicts.analysis import read_run


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a recording ends: its last whole line, and what the phone's clock said then, as Unix time."""

    line: int
    wall: float | None


def ending(folder: Path) -> Ending:
    """Where the recording of a run ends; what cannot be read any more is not counted."""
    clock, line, host = ClockMap(), 0, 0.0
    try:
        for entry in read_journal(folder / JOURNAL):
            line, host = entry.number, entry.host
            if isinstance(entry.step, Probe):
                clock.add(entry.step)
    except FormatError:
        pass  # it is damaged from there on
    return Ending(line, clock.wall_at(clock.at_host(host)) if clock.boots else None)


def seal_later(folder: Path) -> str:
    """Seal a run that was broken off, and return its root; the manifest says that it was sealed later, and when.

    Raises FormatError for what is no run folder, EvidenceError for a run that is recorded still, was sealed already,
    or whose seal was taken away.
    """
    read_run(folder)
    if (folder / MANIFEST).exists():
        raise EvidenceError(_("{folder} is sealed already: a run is sealed once", folder=folder))
    names = [path for path in folder.iterdir() if ANALYSES.fullmatch(path.name)]
    if (folder / CUSTODY).exists() or any(read_list(path)[0].get("manifest") for path in names):
        raise EvidenceError(_("{folder} was sealed, and its {manifest} is gone: it is not sealed again", folder=folder, manifest=MANIFEST))
    if is_recorded_still(folder / JOURNAL):
        raise EvidenceError(_("{folder} is recorded still: its check seals it", folder=folder))
    for path in names:  # what was judged before the seal is judged again after it
        path.unlink()
    return RunFolder(folder).seal(later=datetime.now(UTC).isoformat(timespec="seconds"))
