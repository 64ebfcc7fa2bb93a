"""The apps of a folder and of all below it, in one order; links that lead out of it are not followed."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from device_farm.intake.app_identity import APKS, PYTHON, read_app
from device_farm.intake.app_index import AppIndex
from device_farm.intake.app_lists import CSV, JSON_LINES, read_list
from device_farm.intake.complaint_clauses import ComplaintClauses
from device_farm.intake.submission_rows import Asked, Noted, Place, Refused, Row
from device_farm.units.unit import AppFile, Plan
from harness.errors import FormatError, why
from harness.language import Text, _, text_of

_ZIP = b"PK\x03\x04"
_NAMED = 5
_OF_PYTHON = ("__init__.py", "conftest.py")
_ENVIRONMENT = "pyvenv.cfg"
"""The file by which a folder is Python's own: no apps lie there."""


def read_file(path: Path, *, store: str = "") -> Asked | Refused:
    try:
        return Asked(Place(str(path)), read_app(path, store=store))
    except FormatError as error:
        told = text_of(error)
        return Refused(Place(str(path)), told if isinstance(told, Text) else Text(told))


def read_folder(folder: Path, *, store: str = "") -> Iterator[Row]:
    """Every app of a folder; what is not named as an app, and does not begin as one, is left alone and counted."""
    others: list[str] = []
    refused: list[Refused] = []
    inside, count, found = folder.resolve(), 0, False

    def cannot(error: OSError) -> None:
        refused.append(Refused(Place(str(error.filename or folder)), _("cannot be read: {reason}", reason=why(error))))

    for base, folders, files in os.walk(folder, onerror=cannot):
        if _ENVIRONMENT in files:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from refused
        refused.clear()
        for name in sorted(files):
            path = Path(base) / name
            if _may_be_app(path):
                found = True
                outside = Refused(Place(str(path)), _("a link that leads out of the folder: it is not followed"))
                yield read_file(path, store=store) if _within(path, inside) else outside
            else:
                count += 1
                others += [str(path.relative_to(folder))] if len(others) < _NAMED else []
    yield from refused
    if not found:
        yield Noted(Place(str(folder)), _("there is no app in this folder"))
    if count:
        yield Noted(Place(str(folder)), _("{count} other files are left alone: {some}", count=count, some=", ".join(others)))


def _may_be_app(path: Path) -> bool:
    """Whether a file is worth reading: by its ending; one without an ending by how it begins."""
    ending = path.suffix.lower()
    if path.name.startswith(".") or path.name in _OF_PYTHON:
        return False
    if ending in (*APKS, PYTHON):
        return True
    if ending:
        return False
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return stream.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def _within(path: Path, folder: Path) -> bool:
    """Whether a file lies in the folder, and not behind a link that leads out of it."""
    try:
        return not path.is_symlink() or path.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # a link to itself
        return False


_TABLES = (".xlsx", ".xls", ".et", ".ods", ".numbers")


def read_sources(sources: Iterable[Path], plan: Plan, words: ComplaintClauses, index: AppIndex, *, store: str = "") -> Iterator[Row]:
    """The rows of all sources in their order; nothing is raised, what is wrong is a row of its own."""
    for source in sources:
        ending = source.suffix.lower()
        if is_folder(source):
            yield from read_folder(source, store=store)
        elif ending in (*CSV, *JSON_LINES):
            yield from read_list(source, plan, words, index, store=store)
        elif ending in _TABLES:
            yield Refused(Place(str(source)), _("a table of a spreadsheet: save it as CSV (UTF-8) and submit that"))
        else:
            yield read_file(source, store=store)


def apps_in(folders: Iterable[Path]) -> Iterator[AppFile]:
    """The apps of some folders, for lists that name no files."""
    for folder in folders:
        for row in read_folder(folder) if is_folder(folder) else [read_file(folder)]:
            if isinstance(row, Asked):
                yield row.app


def is_folder(path: Path) -> bool:
    """Whether a folder is there; what may not be looked at is none, and is told when it is read."""
    try:
        return path.is_dir()
    except OSError:
        return False
