"""Run one try of a unit on one phone, in a child process with a hard limit, and make its result ready for the store.

Seal the runs whose process was killed; their analysis says that they were interrupted.

Nothing that was recorded is lost, and none looks whole: its manifest says that it was sealed later, and it is judged as
a run that is not finished.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event
from typing import Any

from sqlalchemy import select

from device_farm.execution.child_process import Child, Termination
from device_farm.execution.unit_process import NOT_BEGUN, carry_out
from device_farm.store.database import Store
from device_farm.store.models import Artifact, Attempt, FindingRow, Result
from device_farm.store.transitions import Ended
from device_farm.store.transitions import tell as tell_all
from device_farm.units.attempt_result import AttemptResult
from device_farm.units.job import Doing, Job, Limit, Phone, Recording, Virtual
from device_farm.units.unit import IN_STORE, INTERRUPTED, End
from harness.language import Text, _

__all__ = ["Job", "Phone", "Virtual", "ended_from", "run_unit"]


def run_unit(
    job: Job,
    phone: Phone,
    *,
    stop: Event,
    progress: Callable[[Text], None] = lambda text: None,
    recording: Callable[[str], None] = lambda folder: None,
) -> Ended:
    """Check the app of ``job`` on ``phone`` and say how it ended; nothing is raised for what goes wrong there.

    ``progress`` is told what is done, ``recording`` the run folder as soon as there is one. When ``stop`` is set the
    phone is put back, the record sealed, and the try counts for nothing. Done twice it does no harm: each try has a run
    folder of its own.
    """
    began, told, folder = time.monotonic(), None, ""
    child = Child(carry_out, job, phone)
    for message in child.messages(stop):
        if isinstance(message, AttemptResult):
            told = message
        elif isinstance(message, Recording):
            folder = message.folder
            recording(folder)
        elif isinstance(message, Doing):
            progress(message.text)
    seconds = time.monotonic() - began
    return ended_from(told or without_answer(child, folder, sealed([folder]).get(folder)), child.termination, seconds=seconds)


def ended_from(told: AttemptResult, termination: Termination, *, seconds: float) -> Ended:
    """Return a child's result as rows of the store; a run that was ended early counts only if it is whole."""
    end, reason = told.end, told.reason
    if termination is Termination.LIMIT and end not in (End.DONE, End.APP_FAULT):
        end, reason = End.TIMEOUT, _("it took longer than it may and was ended: {reason}", reason=reason or "-")
    whole = end in (End.DONE, End.APP_FAULT)
    return Ended(
        end,
        reason,
        run=told.run,
        root=told.root,
        results=tuple(Result(**asdict(row)) for row in told.results) if whole else (),
        findings=tuple(FindingRow(**asdict(row)) for row in told.findings) if whole else (),
        artifacts=tuple(Artifact(**asdict(row)) for row in told.artifacts),
        seconds=round(seconds, 3),
        device_seconds=told.device_seconds,
    )


def without_answer(child: Child, folder: str, root: str | None) -> AttemptResult:
    """A process that ended without a word; what it recorded was sealed by its owner as ``root``, or could not be."""
    if child.termination is Termination.STOPPED and not child.killed and not folder:
        return AttemptResult(End.STOPPED, NOT_BEGUN)
    if child.termination is Termination.STOPPED:
        end, how = End.STOPPED, _("stopped by force")
    elif child.termination is Termination.LIMIT:
        end, how = End.TIMEOUT, _("it did not stop and was ended by force")
    else:
        end, how = End.HOST_FAULT, _("the process of the check ended by itself: {how}", how=child.exit_words)
    if not folder:
        return AttemptResult(end, how)
    if root is None:
        return AttemptResult(end, _("{how}; what it recorded is not sealed", how=how), run=folder)
    return AttemptResult(end, _("{how}; what it recorded until then was sealed afterwards", how=how), run=folder, root=root)


SEAL_SECONDS = 600.0
"""For the hashes of a night of twenty apps on a slow disk, and far more [PROJECT]."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A run folder is sealed, and its root."""

    folder: str
    root: str


def seal_folders(tell: Callable[[Any], None], folders: Sequence[str]) -> None:
    """In a process of its own: seal each folder that is a run and is not recorded any more."""
    from harness.custody.sealing import seal_later
    from harness.errors import HarnessError
    from harness.recording.lists import sealed_root

    tell(Limit(SEAL_SECONDS))
    for folder in folders:
        try:
            root = sealed_root(Path(folder)) or seal_later(Path(folder))
        except (HarnessError, OSError):  # no run, or recorded still: then it is told as not sealed
            continue
        tell(Sealed(folder, root))


def sealed(folders: Sequence[str]) -> dict[str, str]:
    """Seal run folders whose process is gone; the roots of those that are sealed now, by their folder."""
    there = [folder for folder in folders if folder and Path(folder).is_dir()]
    if not there:
        return {}
    told = Child(seal_folders, there).messages(threading.Event())
    return {message.folder: message.root for message in told if isinstance(message, Sealed)}


def seal_interrupted(store: Store, *, device: int | None = None, host: str = "") -> bool:
    """Seal what tries here left that nobody was there to end, all or those on a phone; whether some is left unsealed.

    ``host`` is how a farm marks a folder of this computer. One whose process still records seals itself, or is left.
    """
    mark = f"{host}:" if host else ""
    wanted = select(Attempt).where(Attempt.end.in_(INTERRUPTED), Attempt.root.is_(None), Attempt.run.like(f"{_plain(mark)}_%", escape="\\"))
    if device is not None:
        wanted = wanted.where(Attempt.device_id == device)
    with store.begin() as session:
        tries = {each.run.removeprefix(mark): each for each in session.scalars(wanted) if not each.run.startswith(IN_STORE)}
    there = [folder for folder in tries if Path(folder).is_dir()]
    roots = sealed(there)
    with store.begin() as session:
        for folder, root in roots.items():
            attempt = session.get_one(Attempt, tries[folder].id)
            attempt.root = root
            values = {"number": attempt.number, "unit": attempt.unit_id, "run": folder}
            told = _("what try {number} of unit {unit} recorded until it was broken off is sealed: {run}", **values)
            tell_all(session, "sealed", told, unit=attempt.unit_id, device=attempt.device_id)
    return len(roots) < len(there)


def _plain(words: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in words)
