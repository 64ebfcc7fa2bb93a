"""Rows whose cells a sign parts, as rows of a table, and fields behind a dash, as fields with a colon."""

import re
from collections.abc import Iterator
from itertools import takewhile

from harness.policies.policy_lines import ADDRESS, CELL_LENGTH, POLICIES, column_of, dense, unnumbered
from harness.policies.sdk_names import known_name

SIGNS = {"→": "→", "|": r"\|", "—": "[—–－]+", " - ": r"\s-+\s", "/": "[/／]", ";": "[;；]", ",": "[,，]"}
"""What parts the cells of a line: the first of these that makes a row of it."""
OF_SENTENCES = (";", ",")
"""Signs that stand in sentences, too: they part only what stands below a head."""
LEAST_CELLS, MOST_CELLS, MOST_ROWS = 3, 8, 200
KEY_LENGTH = 10
"""Signs of the name of a field before a dash at most [PROJECT]: sentences have dashes, too."""
HEADS = {"name": "SDK名称", "firm": "公司名称", "purpose": "使用目的", "information": "收集个人信息", "link": "隐私政策链接"}
"""The heads of the columns of a table that has none."""
_DASH = re.compile(r"^([^—–－\t:：，。；]{2,40}?)(?:\s*[—–－]+\s*|\s+-+\s+)([^—–－\t]{2,})$")
_WHOLE = re.compile(rf"{ADDRESS.pattern}|[（(][^（()）]*[）)]")


def parted(lines: list[str]) -> Iterator[str]:
    """The lines, such rows with tabs between their cells below a head, such fields with a colon."""
    at = 0
    while at < len(lines):
        found = (table for sign in SIGNS if (table := _below_head(lines, at, sign) or _without_head(lines, at, sign)))
        rows, end = next(found, ([_with_colon(lines[at])], at + 1))
        yield from rows
        at = end


def fitted(row: list[str], columns: list[str], goes_on: tuple[str, ...] = ()) -> list[str]:
    """A row with one cell for each column: what is more was a cell with a break in it, most often the information."""
    row = row[:]
    while len(row) > len(columns):
        broken = (
            place for place in range(len(row) - 1) if row[place].endswith(goes_on) or (row[place] + row[place + 1][:1])[-2:].isascii()
        )
        at = next(broken, columns.index("information") if "information" in columns else len(columns) - 2)
        row[at : at + 2] = [" ".join(row[at : at + 2])]
    return row


def _below_head(lines: list[str], at: int, sign: str) -> tuple[list[str], int] | None:
    columns = [column_of(cell) if len(cell) <= CELL_LENGTH else "" for cell in _cells(lines[at], sign)]
    if len(columns) < LEAST_CELLS or not all(columns) or not {"name", "firm"} & {*columns} or not {"purpose", "information"} & {*columns}:
        return None
    rows = [_cells(lines[at], sign), *takewhile(lambda row: len(row) >= len(columns), (_cells(line, sign) for line in lines[at + 1 :]))]
    return (["\t".join(fitted(row, columns)) for row in rows], at + len(rows)) if len(rows) > 1 else None


def _without_head(lines: list[str], at: int, sign: str) -> tuple[list[str], int] | None:
    """Rows that are told apart by what they say: whose name, whose firm or address, what is taken or what for."""
    width = len(_cells(lines[at], sign))
    if sign in OF_SENTENCES or width < LEAST_CELLS:
        return None
    rows = list(takewhile(lambda row: len(row) == width, (_cells(line, sign) for line in lines[at : at + MOST_ROWS])))
    columns: list[str] = []
    for told in zip(*rows, strict=True):
        kinds = [_kind(cell) for cell in told]
        named = "name" not in columns and 2 * sum("sdk" in dense(cell) or bool(known_name(cell)) for cell in told) > len(told)
        kind = "name" if named else max(kinds, key=kinds.count)
        columns.append(kind if kind not in columns else "")
    columns = ["purpose" if not column and columns.count("") == 1 else column for column in columns]
    if not {"name"} < {*columns} or not {"firm", "link"} & {*columns} or not {"purpose", "information"} & {*columns}:
        return None
    return ["\t".join(HEADS.get(column, "备注") for column in columns), *map("\t".join, rows)], at + len(rows)


def _kind(cell: str) -> str:
    if ADDRESS.match(cell):
        return "link"
    if POLICIES.pattern("firm").search(cell):
        return "firm"
    return "information" if POLICIES.pattern("things").search(dense(cell)) else ""


def _cells(line: str, sign: str) -> list[str]:
    """The cells of a line between such signs, none of which stands within an address or in brackets."""
    if "\t" in line:
        return []
    bare = unnumbered(line)
    held = _WHOLE.sub(lambda found: "\0" * len(found[0]), bare)
    places = [(found.start(), found.end()) for found in re.finditer(SIGNS[sign], held)]
    starts, ends = [0, *(end for _start, end in places)], [*(start for start, _end in places), len(bare)]
    cells = [bare[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return cells if len(cells) <= MOST_CELLS and all(cells) else []


def _with_colon(line: str) -> str:
    """A field, or the name of an SDK before that of its firm, in brackets then."""
    found = _DASH.match(unnumbered(line))
    if found is None:
        return line
    key, said = found[1].strip(), found[2].strip()
    if "sdk" in dense(key) and POLICIES.pattern("firm").search(said):
        return line.replace(found[0], f"{key}（{said}）")
    named = len(key) <= KEY_LENGTH and (column_of(key) not in ("", "information") or POLICIES.pattern("head").search(dense(key)))
    return f"{key}：{said}" if named else line
