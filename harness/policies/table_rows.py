"""Tables of a document -> lines: a cell that spans several columns or rows stands in each of them."""

from dataclasses import dataclass, field

MOST_SPAN = 200
"""Columns or rows that one cell takes at most; more is a mistake or a trap."""


@dataclass(slots=True)
class TableRows:
    """The row of a table that is being read, and what cells of earlier rows still fill."""

    _cells: list[str] = field(default_factory=list)
    _last: list[str] = field(default_factory=list)
    _above: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Column -> the rows that a cell of an earlier one has still to fill, and what it says."""

    def add(self, text: str, columns: int = 1, rows: int = 1) -> None:
        """Put a cell into the row, behind those that come from above."""
        self._fill()
        text = " ".join(text.split())
        for _column in range(min(columns, MOST_SPAN)):
            if rows > 1:
                self._above[len(self._cells)] = (min(rows, MOST_SPAN) - 1, text)
            self._cells.append(text)

    def continue_above(self, columns: int = 1) -> None:
        """Put a cell into the row that goes on with the one above it, as Word writes it."""
        for _column in range(min(columns, MOST_SPAN)):
            self._cells.append(self._last[len(self._cells)] if len(self._cells) < len(self._last) else "")

    def end_row(self) -> str:
        """The row as a line; the next one begins."""
        self._fill()
        self._last, self._cells = self._cells, []
        return "\t".join(self._last)

    def _fill(self) -> None:
        while (found := self._above.pop(column := len(self._cells), None)) is not None:
            rows, text = found
            if rows > 1:
                self._above[column] = (rows - 1, text)
            self._cells.append(text)
