"""The rows of a CSV file under the heads of its first line; a row that is broken costs itself and no other."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections import deque
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from device_farm.intake.encodings import MOST_SIGNS, Line
from harness.errors import FormatError
from harness.language import Text, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST_LINES = 100
"""Lines that one row may go over: a quotation mark that is never closed would take the rest of the file."""
_DELIMITERS = ",;\t，"
_MARKS = re.compile(r"[\s_\-*:：.()（）【】\[\]]+")


@dataclass(frozen=True, slots=True)
class Cells:
    """A row: where it begins, and its values by the names of ``columns.toml``; or why there are none."""

    line: int
    values: Mapping[str, str]
    problem: Text | None = None


class _Open(Exception):
    """A quotation mark is open at the end of the text."""


def read_table(lines: Iterator[Line]) -> Iterator[Cells]:
    """The rows of a table; raises FormatError where its first line has no head that is known."""
    waiting = _Waiting(lines)
    first = next((line for line in waiting if line.problem is not None or line.text.strip()), None)
    if first is None:
        raise FormatError(_("is empty"))
    delimiter, heads = _heads(first)
    for line in waiting:
        if line.problem is not None:
            yield Cells(line.number, {}, line.problem)
            continue
        try:
            cells = _row(line, waiting, delimiter)
        except _Open:
            yield Cells(line.number, {}, _("a quotation mark is opened and never closed"))
        except csv.Error as error:
            yield Cells(line.number, {}, _("no row of a CSV file ({problem})", problem=str(error)[:200]))
        else:
            if any(cell.strip() for cell in cells):
                yield _named(line.number, heads, cells)


def named(head: str) -> str | None:
    """The name of a column by its head; None for one that is not known."""
    return _columns().get(_plain(head))


class _Waiting:
    """Lines, of which some may be put back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines, self._back = lines, deque[Line]()

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        return self._back.popleft() if self._back else next(self._lines)

    def put_back(self, lines: Sequence[Line]) -> None:
        self._back.extendleft(reversed(lines))


def _row(line: Line, waiting: _Waiting, delimiter: str) -> list[str]:
    """The cells of the row that begins with a line; lines that are not its own are put back."""
    text, taken = line.text, list[Line]()
    try:
        while True:
            try:
                return _cells(text, delimiter)
            except _Open:
                more = next(waiting, None) if len(taken) < MOST_LINES else None
                if more is None:
                    raise
                taken.append(more)
                text += more.text
                if more.problem is not None or len(text) > MOST_SIGNS:
                    raise
    except (_Open, csv.Error):
        waiting.put_back(taken)
        raise


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise _Open from None
        raise
    return rows[0] if rows else []


def _heads(line: Line) -> tuple[str, list[str | None]]:
    """Return the separator, and our name of each column; of two with the same meaning the first counts."""
    if line.problem is not None:
        raise FormatError(line.problem)
    best: tuple[int, str, list[str | None]] = (0, ",", [])
    for delimiter in _DELIMITERS:
        try:
            names = [named(cell) for cell in _cells(line.text, delimiter)]
        except (_Open, csv.Error):
            continue
        once = [name if name not in names[:place] else None for place, name in enumerate(names)]
        known = sum(name is not None for name in once)
        if known > best[0]:
            best = (known, delimiter, once)
    if not best[0]:
        example = ",".join(("应用名称", "版本", "应用商店", "投诉内容"))
        raise FormatError(_("its first line names no column that is known: write one above the rows, as in {example}", example=example))
    return best[1], best[2]


def _named(number: int, heads: Sequence[str | None], cells: Sequence[str]) -> Cells:
    if len(cells) > len(heads) and any(cell.strip() for cell in cells[len(heads) :]):
        problem = _("{count} values under {heads} heads: a comma in a value needs quotation marks", count=len(cells), heads=len(heads))
        return Cells(number, {}, problem)
    values = {head: cell.strip() for head, cell in zip(heads, cells, strict=False) if head is not None and cell.strip()}
    return Cells(number, values)


@cache
def _columns() -> Mapping[str, str]:
    data = tomllib.loads((files("device_farm.intake") / "columns.toml").read_text(encoding="utf-8"))
    return {_plain(head): name for name, heads in data.items() for head in heads}


def _plain(head: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", head).casefold())
