"""Seal the runs whose process was killed; their analysis says that they were interrupted.

Nothing that was recorded is lost, and none looks whole: its manifest says that it was sealed later, and it is judged as
a run that is not finished.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from device_farm.execution.child_process import Child
from device_farm.store.models import Attempt
from device_farm.store.transitions import tell as tell_all
from device_farm.units.job import Limit
from device_farm.units.unit import IN_STORE, INTERRUPTED
from harness.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from device_farm.store.database import Store

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
