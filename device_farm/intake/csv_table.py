"""The rows of a CSV file under the heads of its first line; a row that is broken costs itself and no other.

The lines of a list, whatever program of Windows saved it: UTF-8, GBK (as GB18030) or UTF-16, of any length.

Nothing is held in memory but a line. What cannot be read costs its own line.
"""

from __future__ import annotations

import codecs
import csv
import re
import tomllib
import unicodedata
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO, TextIO

from harness.errors import FormatError
from harness.language import Text, _

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


UTF8, GBK, UTF16 = "utf-8-sig", "gb18030", "utf-16"
UTF16_LE, UTF16_BE = "utf-16-le", "utf-16-be"
"""UTF-16 without a mark."""
SAID = {UTF8: "UTF-8", GBK: "GBK (GB18030)", UTF16: "UTF-16", UTF16_LE: "UTF-16", UTF16_BE: "UTF-16"}
MOST_SIGNS = 64 * 1024
"""Signs of one line, and of a row that goes over several."""
_CHUNK = 1 << 20
_PEEKED = 4096
_END = re.compile(r"[\n\r]")
_HEAD = re.compile("[\\t\x20-\x7e\\u3000-\\u303f\\u4e00-\\u9fff\\uff00-\\uffef]+")
"""What the first line of a list is made of, ASCII and Chinese: with its bytes turned round it is not."""
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end, or why it cannot be read."""

    number: int
    text: str
    problem: Text | None = None


def encoding_of(stream: BinaryIO) -> str:
    """Detect the encoding of a file, or the one in which fewer lines are broken. It is read once or twice."""
    stream.seek(0)
    if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return UTF16
    stream.seek(0)
    if (wide := _wide(stream.read(_PEEKED))) is not None:
        return wide
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        stream.seek(0)
        broken = {UTF8: 0, GBK: 0}
        while line := stream.readline(MOST_SIGNS):
            for encoding in broken:
                broken[encoding] += not _decodes(line, encoding)
        return GBK if broken[GBK] < broken[UTF8] else UTF8
    return UTF8


def _wide(begin: bytes) -> str | None:
    """UTF-16 without a mark, by its zeros: only so its first line ends, with nothing in it but what heads have."""
    for encoding in (UTF16_LE, UTF16_BE):
        text = begin[: len(begin) // 2 * 2].decode(encoding, "replace")
        head, end = _END.split(text, maxsplit=1)[0], _END.search(text)
        if end is not None and head and _HEAD.fullmatch(head):
            return encoding
    return None


def opened(path: Path, encoding: str) -> TextIO:
    """A file whose lines are ended by Windows, Unix or an old Mac, and in which nothing stops the reader."""
    return path.open(encoding=encoding, errors="replace", newline="")


def read_lines(text: TextIO, encoding: str) -> Iterator[Line]:
    """The lines of a file that is open by ``opened``, from 1."""
    number, cut = 0, False
    while line := text.readline(MOST_SIGNS + 1):
        whole = line.endswith(("\n", "\r"))
        if cut:  # the rest of a line that was told already
            cut = not whole
            continue
        number, cut = number + 1, not whole and len(line) > MOST_SIGNS
        yield Line(number, line, _problem(line, encoding))


def _problem(line: str, encoding: str) -> Text | None:
    if len(line) > MOST_SIGNS:
        return _("longer than {most} signs: no row of a list is", most=MOST_SIGNS)
    if "\0" in line:
        return _("zeros stand in it: the file is damaged, or no list")
    if _LOST in line:
        return _("signs in it are not {encoding}: save the list as UTF-8", encoding=SAID[encoding])
    return None


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
