"""Submit files, folders, lists and installed packages as units of a desk's store, row by row."""

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from device_farm.intake.add_apps import Purpose, Submitted, add_apps
from device_farm.intake.app_identity import PYTHON
from device_farm.intake.app_index import AppIndex as KnownPhone
from device_farm.intake.complaint_clauses import ComplaintClauses
from device_farm.intake.folder import read_sources
from device_farm.intake.submission_plan import parts, without_phone
from device_farm.intake.submission_rows import Asked, Noted, Place, Refused, Row
from device_farm.store.database import Store
from device_farm.units.unit import AppFile, Plan, labels_of, requirement
from harness.language import _

MB = 1 << 20
_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)+")
_FILES = (".apk", ".apks", ".apkm", ".xapk", ".py", ".csv", ".txt", ".jsonl", ".xlsx", ".xls")
ROOM_MB_A_UNIT = 20
"""What a run records, about [PROJECT]: more is needed where many pictures are taken."""


def submit(
    store: Store, apps: Sequence[str], plan: Plan, purpose: Purpose, out: Path, *, clear: bool, told: Callable[[Refused | Noted], None]
) -> Submitted:
    """Submit what was named; ``clear``: the data of installed packages may be cleared."""
    rows = (part for row in _rows(store, apps, plan, clear=clear) for part in _parts(row, plan))
    done = add_apps(store, rows, plan, purpose, sources=apps, told=told)
    for note in without_phone(store, done.requirements):
        done.notes += 1
        told(note)
    if (full := _room(out, done.new)) is not None:
        done.notes += 1
        told(full)
    return done


def _rows(store: Store, apps: Sequence[str], plan: Plan, *, clear: bool) -> Iterator[Row]:
    for app in apps:
        if is_path(app):
            for row in read_sources([Path(app)], plan, ComplaintClauses(None), KnownPhone(iter(()), store)):
                yield _on_virtual(row, plan)
        elif clear:
            yield Asked(Place(app), AppFile(hashlib.sha256(f"package:{app}".encode()).hexdigest(), app, package=app))
        else:
            yield Refused(Place(app), _("a check clears all data of an installed app: add --yes, or give its APK file"))


def is_path(app: str) -> bool:
    """Whether what was named is a file or a folder; else it is an installed package."""
    path = Path(app)
    return path.exists() or path.suffix.lower() in _FILES or not _PACKAGE.fullmatch(app)


def _on_virtual(row: Row, plan: Plan) -> Row:
    """An app file is for virtual phones, whatever else the phone must be."""
    if not isinstance(row, Asked) or not row.app.place.endswith(PYTHON):
        return row
    wanted = row.plan or plan
    return replace(row, plan=replace(wanted, requirement=requirement(labels_of(wanted.requirement) | {"kind": "virtual"})))


def _parts(row: Row, plan: Plan) -> Iterator[Row]:
    """The units of a row: clause 6 of a shared night is one of its own."""
    if isinstance(row, Asked):
        yield from (replace(row, plan=part) for part in parts(row.plan or plan))
    else:
        yield row


def _room(out: Path, units: int) -> Noted | None:
    """Return a note where the disk is nearly full."""
    free = shutil.disk_usage(out).free // MB
    needed = units * ROOM_MB_A_UNIT
    if free >= needed:
        return None
    told = _("{free} MB are left on this disk, and {units} units record about {needed} MB", free=free, units=units, needed=needed)
    return Noted(Place(str(out)), told)
