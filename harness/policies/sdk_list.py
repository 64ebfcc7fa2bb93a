"""The SDKs that a policy names: rows of tables, records of a list, and names in its sentences."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, takewhile

from harness.policies.parted_lines import fitted, parted
from harness.policies.policy_lines import (
    ADDRESS,
    CELL_LENGTH,
    POLICIES,
    Field,
    cells,
    column_of,
    dense,
    fields,
    has,
    is_head,
    is_heading,
    plain_lines,
    sentences,
    unnumbered,
)
from harness.policies.sdk_names import names_in
from harness.policies.sdk_records import SdkRow, records, sdk_row

NEAR, MOST_LOOKED_AT = 6, 12
"""Lines above a table in which its heading stands."""
LEAST_COLUMNS, MOST_COLUMNS = 3, 8
"""Columns of a table that is told cell by cell [PROJECT]."""
LABEL_LENGTH = 14
"""Signs of the name of a field on a line of its own at most [PROJECT]."""
_GOES_ON = tuple("；;、，,")
_SDK = re.compile(r"[\s-]*sdk\b", re.IGNORECASE)


def sdk_rows(text: str) -> tuple[tuple[SdkRow, ...], tuple[str, ...]]:
    """The SDKs of a policy, each once, in its order; and the lines that are no part of a list of them."""
    lines = list(_rows_of_cells(list(_upright(_with_labels(list(parted(list(plain_lines(text)))))))))
    found: list[SdkRow] = []
    rest: list[str] = []
    at = 0
    while at < len(lines):
        if header := _header(lines, at):
            rows, at = _table(lines, at, header)
            found += rows
        else:
            rest.append(lines[at])
            at += 1
    listed, prose = records(rest)
    return _merged([*found, *listed, *_in_sentences(prose)]), tuple(prose)


def _with_labels(lines: list[str]) -> Iterator[str]:
    """The lines, with fields as such whose names stand on lines of their own, the same for each SDK.

    What is taken may be told in several lines: up to the next name, but for the heading of the next SDK.
    """
    names = {line for line, count in Counter(lines).items() if count > 1 and _is_label(line)}
    tables = (takewhile(names.__contains__, lines[at : at + MOST_COLUMNS]) for at in range(len(lines)))
    if not {"purpose", "information"} <= {*map(column_of, names)} or any(_is_head(list(map(column_of, head))) for head in tables):
        yield from lines
        return
    said: set[str] = set()
    at = 0
    while at < len(lines):
        name, end = lines[at], at + 1
        if name in names:
            said = {name} if name in said else {*said, name}
            end += 1
            if column_of(name) == "information":
                ahead = (n for n in range(end, min(end + MOST_LOOKED_AT, len(lines))) if lines[n] in names or fields(lines[n]))
                end = next(ahead, end)
                end -= end > at + 2 and lines[end] in said
            name = f"{name}：{' '.join(lines[at + 1 : end])}"
        yield name
        at = end


def _is_label(line: str) -> bool:
    """Whether a line may be the name of a field and nothing else; 设备信息 is more likely what is taken."""
    if len(line) > LABEL_LENGTH or not is_heading(line) or unnumbered(line) != line or fields(line):
        return False
    column, said = column_of(line), dense(line)
    needed = {"name": "columns.named", "information": "columns.taken"}
    return bool(column) and (column not in needed or has(said, needed[column]))


def _upright(lines: Iterable[str]) -> Iterator[str]:
    """The lines, with tables as fields that have a row for each thing that they tell, and a column for each SDK."""
    for width, told in groupby(lines, lambda line: len(cells(line))):
        rows = list(told)
        table = [cells(row) for row in rows] if width > 1 else []
        columns = [column_of(row[0]) for row in table]
        upright = _is_head(columns) and (width == 2 or (all(columns) and not any(map(is_head, table))))
        yield from (f"{row[0]}：{row[column]}" for column in range(1, width) for row in table) if upright else rows


def _rows_of_cells(lines: list[str]) -> Iterator[str]:
    """The lines, with tables as rows again that are told with each cell in a line, or with spaces between cells."""
    at = 0
    while at < len(lines):
        head = lines[at].split(" ")
        columns = [_head(cell) for cell in head]
        if spaced := all(columns) and _is_head(columns):
            pass
        else:
            columns = list(takewhile(bool, map(_head, lines[at : at + MOST_COLUMNS])))
            if columns and columns[0] in columns[1:] and not is_head([lines[at], lines[at]]):  # the title of the table
                columns = []
            columns = columns[: columns.index("link") + 1] if "link" in columns else columns
            again = next((place for place in range(1, len(columns)) if columns[place] == columns[0] and columns[0] != "information"), 0)
            columns = columns[:again] if again and _is_head(columns[:again]) else columns
            if not {"name", "firm"} & {*columns}:
                head = list(takewhile(lambda line: is_head([line, line]), lines[at : at + MOST_COLUMNS]))
                columns = [column_of(cell) for cell in head]
            head = lines[at : at + len(columns)]
        if not spaced and not _is_head(columns):
            yield lines[at]
            at += 1
            continue
        yield "\t".join(head)
        at += 1 if spaced else len(head)
        while row := _row_of_cells(lines[at].split() if spaced else lines[at : at + MOST_LOOKED_AT], columns) if at < len(lines) else []:
            at += 1 if spaced else len(row)
            yield "\t".join(fitted(row, columns, _GOES_ON))


def _head(line: str) -> str:
    """What the column under a line holds that may be the head of one."""
    return column_of(line) if line.isalnum() or "/" in line else ""


def _is_head(columns: list[str]) -> bool:
    several = len({*columns} - {""}) >= LEAST_COLUMNS and bool({"name", "firm"} & {*columns})
    return several or (len(columns) >= LEAST_COLUMNS and {*columns} >= {"information", "purpose"} and columns[0] in ("", "information"))


def _row_of_cells(told: list[str], columns: list[str]) -> list[str]:
    """The cells of the next row: up to an address where the last column has those, else one for each column."""
    if columns[-1] != "link":
        row = told[: len(columns)]
        return row if len(row) == len(columns) and _is_row(row, columns) else []
    end = next((place + 1 for place, cell in enumerate(told) if ADDRESS.match(cell.strip("<>"))), 0)
    return told[:end] if len(columns) <= end <= 2 * len(columns) else []


def _is_row(row: list[str], columns: list[str]) -> bool:
    """Whether lines may be the cells of a row: none the head of a column, and the first a name of its own."""
    firm = row[columns.index("firm")] if "firm" in columns else ""
    begins = is_heading(row[0]) and not dense(row[0]).startswith(POLICIES.words("purpose.begins"))
    heads = any(is_head([cell, cell]) for cell in row) or any(map(fields, row))
    return begins and not heads and (len(firm) <= LABEL_LENGTH or POLICIES.pattern("firm").search(firm) is not None)


def _table(lines: list[str], head: int, header: list[str]) -> tuple[list[SdkRow], int]:
    """The rows of the table with its head in a line, and the line behind it."""
    header = _by_contents(header, [cells(line) for line in lines[head + 1 : head + 1 + MOST_LOOKED_AT]])
    found: list[SdkRow] = []
    above: list[str] = []
    at = head + 1
    while at < len(lines):
        row = cells(lines[at])
        if at > head + 1 and lines[at] != lines[head] and is_head(row) and is_head(cells(lines[head])):  # that of the next table
            break
        if row := _whole(header, row, above):
            above = row if len(row) == len(header) else above
            again = 2 * len({*row} & {*cells(lines[head])}) > len({*row})  # its head, or the second line of it
            if not again and (told := _of_table(header, row)) is not None:
                found.append(told)
        elif found and _in_table(lines, at, len(header)):
            found[-1] = replace(found[-1], information=f"{found[-1].information} {lines[at]}")
        else:
            break
        at += 1
    return found, at


def _header(lines: list[str], at: int) -> list[str]:
    """What each column of a table of SDKs holds; empty where no such table begins here."""
    row = cells(lines[at])
    if len(row) < 2 or at + 1 == len(lines) or not cells(lines[at + 1]) or any(len(cell) > CELL_LENGTH or cell.isdigit() for cell in row):
        return []
    columns = [column_of(cell) for cell in row]
    if "information" not in columns and columns.count("purpose") > 1:  # 功能 beside 收集个人信息字段及目的
        told = zip(columns, row, strict=True)
        columns = ["information" if c == "purpose" and has(dense(cell), "columns.information") else c for c, cell in told]
    named = "name" in columns or "firm" in columns
    below = cells(lines[at + 1])[: len(columns)]
    about = "firm" in columns or has(dense("".join(row)), "sdk_table.words")
    about = about or any(column == "name" and "sdk" in dense(cell) for column, cell in zip(columns, below, strict=False))
    return columns if about and named and {"purpose", "information", "link"} & {*columns} else []


def _by_contents(header: list[str], rows: list[list[str]]) -> list[str]:
    """The columns of a table; where none is called the name, the one that says another SDK in most rows is it."""
    rows = [row for row in rows if len(row) == len(header)]
    said = [len({row[place] for row in rows if "sdk" in dense(row[place])}) for place in range(len(header))]
    if "name" in header or 2 * max(said) <= len(rows):
        return header
    place = said.index(max(said))
    return header if header[place] == "firm" else [*header[:place], "name", *header[place + 1 :]]


def _in_table(lines: list[str], at: int, width: int) -> bool:
    """Whether a line between rows is the rest of a cell that spans several of them: short, the next row below it."""
    for place in range(at, min(at + MOST_LOOKED_AT, len(lines))):
        if row := cells(lines[place]):
            return len(row) == width and not _header(lines, place)
        if not is_heading(lines[place]) or unnumbered(lines[place]) != lines[place]:
            return False
    return False


def _whole(header: list[str], row: list[str], above: list[str]) -> list[str]:
    """A row with the cells on its left that one of the rows above it fills, be they empty or left out."""
    if not row:
        return []
    if len(row) > len(header) and not row[0]:
        row = row[1:]
    if (lacks := len(header) - len(row)) > 0 and len(header) == len(above) and header[-1] == "link" and ADDRESS.search(row[-1]):
        named = header.index("name") if "name" in header else header.index("firm") if "firm" in header else 0
        at = 0 if named >= lacks else len(row) - 1  # a name is never shared
        row = [*row[:at], *above[at : at + lacks], *row[at:]]
    first = next((place for place, cell in enumerate(row) if cell), 0)
    return [*above[:first], *row[first:]] if first <= len(above) else row


def _of_table(header: list[str], row: list[str]) -> SdkRow | None:
    if [column_of(cell) for cell in row] == header or len({*row}) == 1:  # its head again, or a heading over all columns
        return None
    told: dict[str, str] = {}
    for column, cell in zip(header, row, strict=False):
        within = fields(cell)
        several = {found.column for found in within} >= {"purpose", "information"}
        for found in within if several else (Field(column, cell),):
            told[found.column] = " ".join(filter(None, (told.get(found.column), found.text)))
    name = next((name for name in (told.get("name", ""), told.get("firm", "")) if any(map(str.isalpha, name))), "")
    if name != told.get("name") and POLICIES.pattern("firm").search(name) is None:  # a name under the head of a firm
        told.pop("firm", None)
    return sdk_row(name, told) if name else None


def _in_sentences(lines: Iterable[str]) -> Iterator[SdkRow]:
    for line in lines:
        for sentence in sentences(ADDRESS.sub("", line).replace("\t", "。")):
            if POLICIES.pattern("other_sense").search(dense(sentence)):
                continue
            yield from (SdkRow(f"{_SDK.sub('', name)} SDK") for name in names_in(sentence, unknown=not is_heading(line)))


def _merged(rows: Iterable[SdkRow]) -> tuple[SdkRow, ...]:
    """Each SDK once; a name in a sentence is none beside the row that tells of it."""
    kept: dict[str, SdkRow] = {}
    for row in rows:
        key = _SDK.sub("", dense(row.name))
        if row.firm or row.purpose or row.information or not any(key in other for other in kept):
            kept.setdefault(f"{key} {dense(row.firm)} {dense(row.purpose)}", row)
    return tuple(kept.values())
