"""The main part of a Word document (.docx) -> its text: a paragraph is a line, a row of a table a line with tabs.

Source: ECMA-376 part 1, WordprocessingML. Read by ourselves: python-docx opens everything in the archive, and this is
hostile input of which one part is needed.
"""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from harness.errors import FormatError
from harness.language import _
from harness.policies.table_rows import TableRows

DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAID = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " "}
_HOLDERS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins")


def docx_text(xml: bytes, path: Path) -> str:
    """The words of a document's main part; raises FormatError for one that is damaged or declares entities."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:  # Word writes none; entities may be made to grow without end
        raise FormatError(_("{path}: a damaged Word document; save it anew, or as plain text", path=path))
    try:
        body = ElementTree.fromstring(xml).find(f"{_W}body")
        lines = [line for line in _lines(body) if line.strip()] if body is not None else None
    except (ElementTree.ParseError, RecursionError):
        lines = None
    if lines is None:
        raise FormatError(_("{path}: a damaged Word document; save it anew, or as plain text", path=path))
    return "\n".join(lines)


def _lines(holder: Element) -> Iterator[str]:
    for child in holder:
        if child.tag == f"{_W}p":
            yield _words(child)
        elif child.tag == f"{_W}tbl":
            yield from _table(child)
        elif child.tag in _HOLDERS:
            yield from _lines(child)


def _words(part: Element) -> str:
    """The words of a paragraph, or of all that is in a cell."""
    found: list[str] = []
    for node in part.iter():
        if node.tag == f"{_W}t":
            found.append(node.text or "")
        elif node.tag == f"{_W}p":
            found.append(" ")
        else:
            found.append(_SAID.get(node.tag, ""))
    return " ".join("".join(found).split())


def _table(table: Element) -> Iterator[str]:
    rows = TableRows()
    for row in table.iter(f"{_W}tr"):
        for cell in row.iter(f"{_W}tc"):
            properties = cell.find(f"{_W}tcPr")
            merged = properties.find(f"{_W}vMerge") if properties is not None else None
            spans = properties.find(f"{_W}gridSpan") if properties is not None else None
            count = spans.get(f"{_W}val", "1") if spans is not None else "1"
            columns = max(1, int(count)) if count.isdecimal() and len(count) < 6 else 1
            if merged is not None and merged.get(f"{_W}val", "continue") == "continue":
                rows.continue_above(columns)
            else:
                rows.add(_words(cell), columns)
        yield rows.end_row()
