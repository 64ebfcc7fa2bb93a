"""HTML -> its text: a block is a line, a row of a table is a line with its cells apart by tabs."""

import re
from html.parser import HTMLParser

from harness.policies.table_rows import TableRows

_TAG = re.compile(r"<(?:!doctype html|html|body|head|div|p|table|h[1-6])\b[^<>]*>", re.IGNORECASE)
_BLOCKS = re.compile(
    "address|article|blockquote|body|br|center|d[dlt]|div|footer|form|h[1-6]|header|hr|li|main|nav|[ou]l|p|pre|section|summary|title"
)
_UNSEEN = frozenset(("script", "style", "template", "noscript", "svg"))
SAMPLE = 100_000
"""Characters in which HTML is looked for."""


def is_html(text: str) -> bool:
    """Whether a text is HTML rather than words."""
    return len(_TAG.findall(text[:SAMPLE])) > 1


def html_text(text: str) -> str:
    """The words of an HTML page; a link is followed by its address, in brackets."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_line()
    return "\n".join(reader.lines)


class _Reader(HTMLParser):
    """Puts the words of a page into lines; a table in a cell of another belongs to that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._words: list[str] = []
        self._unseen = self._tables = 0
        self._rows = TableRows()
        self._cell: tuple[int, int] | None = None
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._tables += 1
            if self._tables == 1:
                self.end_line()
                self._rows = TableRows()
        elif tag == "tr" and self._tables == 1:
            self._end_cell()
        elif tag in ("td", "th") and self._tables == 1:
            self._end_cell()
            self._words.clear()
            self._cell = _span(given.get("colspan")), _span(given.get("rowspan"))
        elif tag == "a":
            self._link = given.get("href") or ""
        elif _BLOCKS.fullmatch(tag):
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table":
            if self._tables == 1:
                self._end_row()
            self._tables = max(0, self._tables - 1)
        elif tag == "tr" and self._tables == 1:
            self._end_row()
        elif tag in ("td", "th") and self._tables == 1:
            self._end_cell()
        elif tag == "a":
            if self._link.startswith(("http://", "https://")) and self._link not in "".join(self._words):
                self._words.append(f"（{self._link}）")
            self._link = ""
        elif _BLOCKS.fullmatch(tag):
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._words.append(data)

    def end_line(self) -> None:
        """The words up to here are a line; within a cell they stay one."""
        if self._cell is not None or self._tables:
            self._words.append(" ")
            return
        line = " ".join("".join(self._words).split())
        self._words.clear()
        if line:
            self.lines.append(line)

    def _end_cell(self) -> None:
        if self._cell is not None:
            columns, rows = self._cell
            self._rows.add("".join(self._words), columns, rows)
            self._words.clear()
            self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if (line := self._rows.end_row()).strip():
            self.lines.append(line)


def _span(value: str | None) -> int:
    return max(1, int(value)) if value is not None and value.isdecimal() and len(value) < 6 else 1
