"""The output of commands: JSON for programs, tables and plain lines for people, progress beside both."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text


class Terminal(Console):
    """A terminal, or what stands for it, whose reader may go away: rich would end with the exit code of a violation."""

    def on_broken_pipe(self) -> None:
        """Nobody reads progress any more: go on. What the command was asked for has no reader: end."""
        self.quiet = True
        if not self.stderr:
            raise BrokenPipeError


out = Terminal(highlight=False, soft_wrap=True)
err = Terminal(stderr=True, highlight=False, soft_wrap=True)

OUTCOME_STYLE = {"violation": "bold red", "suspected": "yellow", "clear": "green", "not_exercised": "dim", "inconclusive": "magenta"}
NARROW = 60
"""Columns of a terminal below which nothing is put in columns."""
LEAST_LAST = 32
"""Columns that the last column of a table needs to be read beside the others."""
_JSON = json.JSONEncoder(ensure_ascii=False)
_HARMLESS = "\n\t\u200c\u200d"
"""Signs that are not printed and steer nothing: the last two join the parts of an emoji, or keep letters apart."""
_STEERING = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
"""What JSON lets stand, and a terminal or a reader of the line is steered by: C1 signs, line ends, bidi marks, unseen
signs; and halves of a pair, which no file in UTF-8 can hold."""
_NOT_FIRST = frozenset("，。、；：？！）”’》】〉…,.;:?!)]}%")
"""Signs that do not begin a line; the one before goes with them."""
_NOT_LAST = frozenset("（“‘《【〈([{")
_WIDE = 2


def print_json(data: Any, *, flush: bool = True) -> None:
    """One JSON value on one line of standard output, UTF-8 whatever the terminal's encoding is.

    Without ``flush`` the line may wait for more: for many lines at a time.
    """
    line = json_text(data) + "\n"
    encoding = sys.stdout.encoding or "utf-8"
    try:
        line.encode(encoding)
    except UnicodeEncodeError:  # JSON has an escape of its own
        line = json.dumps(data) + "\n"
    sys.stdout.write(line)
    if flush:
        sys.stdout.flush()


def compact(data: Any) -> str:
    """A value as JSON, for a line that people read."""
    return _JSON.encode(data)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table for people, a head and a line a row where there is no terminal; cells are never read as markup.

    Where too little room is left for the last column, it stands below each row.
    """
    if not out.is_terminal:
        for row in (columns, *rows):
            sys.stdout.write("  ".join(" ".join(printable(cell).split()) or "-" for cell in row) + "\n")
        return
    body = [[printable(cell) for cell in row] for row in rows]
    widths = [max(cell_len(line) for cell in column for line in cell.split("\n")) for column in zip(columns, *body, strict=True)]
    room = out.width - sum(widths[:-1]) - 3 * len(widths) - 1
    if room < min(widths[-1], LEAST_LAST):
        fitted = widths[:-1] if sum(widths[:-1]) + 2 * len(widths) <= out.width else [0] * len(widths[:-1])
        for place, row in enumerate((columns, *body)):
            cells = [cell.replace("\n", " ") + " " * (width - cell_len(cell)) for cell, width in zip(row[:-1], fitted, strict=True)]
            say(("  ".join(cells).rstrip(), "" if place else "bold"), indent=2)
            for line in filter(None, row[-1].split("\n")):
                say(("    " + line, "" if place else "bold"), indent=4)
        return
    grid = Table(title=escape(title) if title else None, title_justify="left")
    for column in columns:
        grid.add_column(escape(column), overflow="fold")
    for row in body:
        grid.add_row(*map(escape, row))
    out.print(grid)


def say(*parts: tuple[str, str], indent: int = 0, whole: bool = False) -> None:
    """A line of parts, each a text and its style; on a terminal wrapped, with ``indent`` before what goes on.

    A ``whole`` one is not: what is copied from it, a command or a path, stays in one piece.
    """
    line = Text()
    for text, style in parts:
        line.append(printable(text).replace("\n", " "), style)
    places = breaks(line.plain, out.width, indent) if out.is_terminal and not whole else []
    for number, part in enumerate(line.divide(places)):
        part.rstrip()
        out.print(Text(" " * indent if number else "") + part, crop=False)


def breaks(text: str, width: int, indent: int = 0) -> list[int]:
    """Where a text is broken so that no line is wider than ``width``; lines but the first lose ``indent``.

    Between words, and between any two Chinese signs but before closing and after opening punctuation.
    """
    found: list[int] = []
    start = last = 0
    for place in range(1, len(text) + 1):
        room = width if not found else max(width - indent, _WIDE)
        if cell_len(text[start:place].rstrip(" ")) > room and place - 1 > start:
            start = last if last > start else place - 1
            found.append(start)
        if place < len(text) and _may_break(text[place - 1], text[place]):
            last = place
    return found


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before == " " or cell_len(before) == _WIDE or cell_len(after) == _WIDE


def printable(text: str) -> str:
    """Text of an app as any terminal, page, table or test report may show it: no sign in it steers or turns round.

    Control signs (C0, C1) and bidi marks become U+FFFD, which is seen; every writer of ours sends such text through
    here, but for JSON (``json_text``).
    """
    if text.isprintable():  # nearly all are
        return text
    return "".join(sign if sign.isprintable() or sign in _HARMLESS else "\N{REPLACEMENT CHARACTER}" for sign in text)


def neutral(value: object, most: int) -> object:
    """A text of an app or a phone for a page: no sign that turns the words beside it round, and not more than ``most``.

    What is no text, or markup of our own, is as it is. One of a million signs would fill a page that names it thirty
    times; the run folder has the whole.
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    left_off = len(value) - most
    return printable(value) if left_off <= 0 else f"{printable(value[:most])}…(+{left_off})"


def json_text(data: Any, *, indent: int | None = None) -> str:
    """A value as JSON that keeps every sign: those that ``printable`` takes out stand as their escapes."""
    text = _JSON.encode(data) if indent is None else json.dumps(data, ensure_ascii=False, indent=indent)
    return _STEERING.sub(lambda sign: json.dumps(sign[0])[1:-1], text)


def progress(text: str) -> None:
    """A line about work going on, on standard error."""
    err.print(escape(printable(text)), style="dim" if err.is_terminal else None)
