"""What commands print: JSON for programs, tables and plain lines for people, progress beside both."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Terminal(Console):
    """A terminal, or what stands for it, whose reader may go away: rich would end with the exit code of a violation."""

    def on_broken_pipe(self) -> None:
        """Nobody reads progress any more: go on. What the command was asked for has no reader: end."""
        self.quiet = True
        if not self.stderr:
            raise BrokenPipeError


out = Terminal(highlight=False, soft_wrap=True)
err = Terminal(stderr=True, highlight=False, soft_wrap=True)

OUTCOME_STYLE = {
    "violation": "bold red",
    "suspected": "yellow",
    "clear": "green",
    "not_exercised": "dim",
    "inconclusive": "magenta",
}
_JSON = json.JSONEncoder(ensure_ascii=False)
_HARMLESS = "\n\t\u200c\u200d"
"""Signs that are not printed and steer nothing: the last two join the parts of an emoji, or keep letters apart."""
_STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What JSON lets stand, and a terminal or a reader of the line is steered by: C1 signs, line ends, bidi marks."""


def print_json(data: Any, *, flush: bool = True) -> None:
    """One JSON value on one line of standard output, UTF-8 whatever the terminal's encoding is.

    Without ``flush`` the line may wait for more: for many lines at a time.
    """
    line = json_text(data) + "\n"
    try:
        sys.stdout.write(line)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(line.encode(encoding, "backslashreplace").decode(encoding))
    if flush:
        sys.stdout.flush()


def compact(data: Any) -> str:
    """A value as JSON, for a line that people read."""
    return _JSON.encode(data)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table for people, a line a row where there is no terminal; cells are never read as markup."""
    if not out.is_terminal:
        for row in rows:
            sys.stdout.write("  ".join(" ".join(printable(cell).split()) for cell in row) + "\n")
        return
    grid = Table(title=escape(title) if title else None, title_justify="left")
    for column in columns:
        grid.add_column(escape(column), overflow="fold")
    for row in rows:
        grid.add_row(*(escape(printable(cell)) for cell in row))
    out.print(grid)


def printable(text: str) -> str:
    """Text of an app as any terminal, page, table or test report may show it: no sign in it steers or turns round.

    Control signs (C0, C1) and bidi marks become U+FFFD, which is seen; every writer of ours sends such text through
    here, but for JSON (``json_text``).
    """
    return "".join(sign if sign.isprintable() or sign in _HARMLESS else "\N{REPLACEMENT CHARACTER}" for sign in text)


def json_text(data: Any, *, indent: int | None = None) -> str:
    """A value as JSON that keeps every sign: those that ``printable`` takes out stand as their escapes."""
    text = _JSON.encode(data) if indent is None else json.dumps(data, ensure_ascii=False, indent=indent)
    return _STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def progress(text: str) -> None:
    """A line about work going on, on standard error."""
    err.print(escape(printable(text)), style="dim" if err.is_terminal else None)
