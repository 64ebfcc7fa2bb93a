"""Read the sources that the command line names, row by row: files, folders, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.intake.app_lists import CSV, JSON_LINES, read_list
from device_farm.intake.folder import read_file, read_folder
from device_farm.intake.submission_rows import Asked, Place, Refused
from harness.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from device_farm.intake.app_index import AppIndex
    from device_farm.intake.complaint_clauses import ComplaintClauses
    from device_farm.intake.submission_rows import Row
    from device_farm.units.unit import AppFile, Plan

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


def apps_in(folders: Iterable[Path], store: str = "") -> Iterator[AppFile]:
    """The apps of some folders, for lists that name no files."""
    for folder in folders:
        for row in read_folder(folder, store=store) if is_folder(folder) else [read_file(folder, store=store)]:
            if isinstance(row, Asked):
                yield row.app


def is_folder(path: Path) -> bool:
    """Whether a folder is there; what may not be looked at is none, and is told when it is read."""
    try:
        return path.is_dir()
    except OSError:
        return False
