"""A table of text and numbers, and how it becomes CSV; every text in it may come from an app."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from harness.console import printable

Cell = str | int | float | None
BYTE_ORDER_MARK = "\ufeff"
FORMULA = tuple("=+-@\t\n\r＝＋－＠")
"""What a spreadsheet runs a cell that begins with it for; the wide ones where Chinese or Japanese is typed."""
MOST_IN_CELL = 32_767
"""Characters that Excel keeps of a cell."""
_UNSEEN = " \u200c\u200d"


class Warned(str):
    """A text that a workbook shows in red."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A head and rows. With ``mark`` its CSV begins with a byte order mark, by which Excel knows UTF-8."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    mark: bool = True


def csv_text(table: Table) -> str:
    """The table as CSV with every text in quotation marks.

    A cell that a spreadsheet would run as a formula is made text by an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(table.head)
    writer.writerows([as_text(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row] for row in table.rows)
    return (BYTE_ORDER_MARK if table.mark else "") + out.getvalue()


def as_text(cell: str) -> str:
    """A text that a spreadsheet shows and does not run."""
    shown = printable(shortened(cell))
    return "'" + shown if shown.lstrip(_UNSEEN).startswith(FORMULA) else shown


def shortened(text: str, most: int = MOST_IN_CELL - 1) -> str:
    """A text of at most so many characters; what is cut off is counted at its end."""
    if len(text) <= most:
        return text
    told = f"…(+{len(text) - most})"
    return text[: most - len(told)] + told


def lines(texts: Iterable[str], most: int) -> str:
    """Some texts, each on lines of its own, as far as they fit."""
    return shortened("\n".join(texts), most)
