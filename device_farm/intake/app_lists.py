"""Lists of apps: CSV, a complaint list of 12321 among them, or JSON lines; row by row, of any length.

A row with the hash of its file is taken at its word, because 400,000 files on a NAS cannot be read at submit: whoever
fetches one compares. A row with a file alone has it read. A row with neither is looked up by what it says.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from device_farm.intake.app_identity import read_app
from device_farm.intake.app_index import AppIndex, Meant
from device_farm.intake.complaint_clauses import ComplaintClauses
from device_farm.intake.csv_table import SAID, UTF8, Cells, Line, encoding_of, named, opened, read_lines, read_table
from device_farm.intake.submission_rows import Asked, Noted, Place, Refused, Row
from device_farm.units.unit import IN_STORE, AppFile, Plan, read_requirement
from harness.errors import FormatError, HarnessError, ScenarioError, why
from harness.language import Text, _, text_of
from harness.session.check_options import DRIVEN

CSV, JSON_LINES = (".csv", ".tsv", ".txt"), (".jsonl", ".ndjson")
MOST_PRIORITY = 100
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST = 80
"""Signs of an app's name in a line about it."""
_NUMBER = re.compile(r"\d{1,18}")


def read_list(path: Path, plan: Plan, words: ComplaintClauses, index: AppIndex, *, store: str = "") -> Iterator[Row]:
    """The rows of a list, each by ``plan`` and what it says itself; apps are from ``store`` where it names none."""
    name = str(path)
    try:
        if not path.is_file():  # a pipe would be waited for
            yield Refused(Place(name), _("is no file"))
            return
        with path.open("rb") as stream:
            encoding = encoding_of(stream)
        if encoding != UTF8:
            yield Noted(Place(name), _("read as {encoding}", encoding=SAID[encoding]))
        reader = _Reader(path, plan, words, index, store)
        with opened(path, encoding) as text:
            lines = read_lines(text, encoding)
            read = False
            for cells in _objects(lines) if path.suffix.lower() in JSON_LINES else read_table(lines):
                read = True
                yield from reader.rows(cells)
        if not read:
            yield Refused(Place(name), _("has no row: nothing is asked for"))
    except OSError as error:
        yield Refused(Place(name), _("cannot be read: {reason}", reason=why(error)))
    except FormatError as error:
        yield Refused(Place(name, 1), _said(error))


class _Missing(ScenarioError):
    """The file of a row is not there."""


class _Reader:
    """The reader of one list."""

    def __init__(self, path: Path, plan: Plan, words: ComplaintClauses, index: AppIndex, store: str) -> None:
        self._name, self._folder = str(path), str(path.absolute().parent)
        self._plan, self._words, self._shelf, self._store = plan, words, index, store

    def rows(self, cells: Cells) -> Iterator[Row]:
        """Yield the app of a row, and notes about it."""
        at = Place(self._name, cells.line)
        if cells.problem is not None:
            yield Refused(at, cells.problem)
            return
        try:
            plan, unknown = self._planned(cells.values)
            app, note = self._app(cells.values)
        except _Missing as error:
            yield Refused(at, _said(error), missing=True)
            return
        except HarnessError as error:
            yield Refused(at, _said(error))
            return
        if unknown:
            yield Noted(at, _("'{words}' chooses no clause: all of the submission are checked", words=plan.words[:80]))
        if note is not None:
            yield Noted(at, note)
        yield Asked(at, app, plan)

    def _planned(self, values: Mapping[str, str]) -> tuple[Plan, bool]:
        """The plan of a row, and whether its words say nothing that is known."""
        plan, words = self._plan, values.get("words", "")
        chosen = self._words.clauses(words) if words and "clauses" not in values else ()
        unknown = bool(words) and not chosen and "clauses" not in values
        if "clauses" in values:
            chosen = _clauses(values["clauses"])
        if chosen or words:
            plan = replace(plan, clauses=chosen or plan.clauses, words=words)
        if "priority" in values:
            plan = replace(plan, priority=_whole(values, "priority", MOST_PRIORITY))
        if "phone" in values:
            plan = replace(plan, requirement=read_requirement(values["phone"]))
        return plan, unknown

    def _app(self, values: Mapping[str, str]) -> tuple[AppFile, Text | None]:
        sha256, file = values.get("sha256", "").lower(), values.get("file", "")
        place = self._place(file) if file else ""
        if sha256 and not _SHA256.fullmatch(sha256):
            raise ScenarioError(_("'{sha256}' is no SHA-256: 64 digits of 0-9 and a-f", sha256=sha256[:80]))
        if sha256 and place:
            app = AppFile(
                sha256,
                place,
                _whole(values, "size"),
                values.get("package", ""),
                values.get("label", ""),
                values.get("version", ""),
                _whole(values, "code"),
                values.get("signer", "").lower().replace(":", ""),
                values.get("store", self._store),
            )
            return app, None
        if place:
            if place.startswith(IN_STORE):
                raise ScenarioError(_("an artifact needs its hash in a column of its own"))
            return self._read(place, values), None
        meant = Meant(values.get("package", ""), values.get("label", ""), values.get("version", ""), values.get("store", ""), sha256)
        if not meant.name:
            raise ScenarioError(_("names no app: neither its file, nor its package, nor its name"))
        return self._shelf.find(meant)

    def _read(self, place: str, values: Mapping[str, str]) -> AppFile:
        """The app of a file; what is wrong names the file, and the app as the row calls it."""
        app = values.get("label") or values.get("package") or ""
        told = _("{app} ({file})", app=app[:_LONGEST], file=place) if app else place
        try:
            there = Path(place).exists()
        except (OSError, ValueError):  # it may not be looked at, or is no name: reading it says why
            there = True
        if not there:
            raise _Missing(_("{file} is not there", file=told))
        try:
            return read_app(Path(place), store=values.get("store", self._store))
        except FormatError as error:
            raise FormatError(_("{file}: {reason}", file=told, reason=_said(error))) from None

    def _place(self, file: str) -> str:
        """A file as the list means it: from its own folder, unless it says otherwise."""
        if file.startswith(IN_STORE):
            return file
        if "://" in file:
            raise ScenarioError(_("'{file}' is an address: the farm fetches nothing, give a path", file=file[:80]))
        if "\\" in file and not Path(self._folder, file).exists():  # written on Windows
            file = file.replace("\\", "/")
        return os.path.join(self._folder, file)  # noqa: PTH118 # a Path costs a tenth of the whole row


def _objects(lines: Iterator[Line]) -> Iterator[Cells]:
    """JSON lines as rows: an object a line, its keys as the heads of a table."""
    for line in lines:
        if line.problem is not None:
            yield Cells(line.number, {}, line.problem)
        elif line.text.strip():
            try:
                data = json.loads(line.text)
                values = {
                    name: _value(value) for key, value in data.items() if (name := named(key)) is not None and value not in (None, "")
                }
            except (ValueError, AttributeError, RecursionError):
                yield Cells(line.number, {}, _("no JSON object on one line: write {example}", example='{"file": "shop.apk"}'))
            else:
                yield Cells(line.number, values)


def _value(value: Any) -> str:
    """A value of JSON as a cell has it; raises ValueError for one that no cell can have."""
    if isinstance(value, list):
        return ",".join(map(_value, value))
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError
    text = str(value)
    text.encode()  # half of a pair is a ValueError, too
    if "\0" in text:
        raise ValueError
    return text.strip()


def _clauses(text: str) -> tuple[int, ...]:
    numbers = re.findall(r"\d+", text)
    clauses = tuple(sorted({int(number[:9]) for number in numbers}))
    if not clauses or not set(clauses) <= set(DRIVEN):
        raise ScenarioError(_("'{text}' names no clauses out of {known}", text=text[:80], known=", ".join(map(str, DRIVEN))))
    return clauses


def _whole(values: Mapping[str, str], name: str, most: int = 10**18) -> int:
    text = values.get(name, "") or "0"
    if not _NUMBER.fullmatch(text) or not text.isascii() or int(text) > most:
        raise ScenarioError(_("{name}: '{text}' is no whole number from 0 to {most}", name=name, text=text[:80], most=most))
    return int(text)


def _said(error: HarnessError) -> Text:
    told = text_of(error)
    return told if isinstance(told, Text) else Text(told)
