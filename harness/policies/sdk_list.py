"""The SDKs that a policy names: rows of tables, records of a list, and names in its sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from harness.policies.policy_lines import (
    ADDRESS,
    CELL_LENGTH,
    KEY_LENGTH,
    LONGEST_HEADING,
    POLICIES,
    Field,
    cells,
    column_of,
    dense,
    fields,
    has,
    plain_lines,
    sentences,
    unnumbered,
)
from harness.sdks import load_sdks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIRM_LENGTH = 50
NEAR, MOST_LOOKED_AT = 6, 12
"""Lines above a table in which its heading stands."""
_NAMED = re.compile(r"([A-Za-z0-9+·&./\u4e00-\u9fff]{2,24}?(?:[（(][^（）()]{1,16}[）)])?)[”\"」]? ?SDK", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"「]([^“”\"「」]{2,20})[”\"」] ?SDK", re.IGNORECASE)
_SDK = re.compile(r"[\s-]*sdk\b", re.IGNORECASE)
_LABELLED = re.compile(r"^([^:：，,。；;\t]{2,30}?SDK)\s*[：:]\s*(.{12,})$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class SdkRow:
    """What a policy says of one SDK; what it does not say is empty."""

    name: str
    firm: str = ""
    purpose: str = ""
    information: str = ""
    link: str = ""


@dataclass(slots=True)
class _Record:
    """An SDK of a list while its fields are read."""

    heading: str
    listed: bool = False
    """Whether it stands in a part of the policy about third parties."""
    said: dict[str, list[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    last: str = ""
    open: bool = False
    """Whether its last field says what it holds in the lines below it, however short they are."""
    over: bool = False

    def add(self, found: Field) -> None:
        self.said.setdefault(found.column, []).append(found.text)
        self.last = found.column
        self.open = not found.text or found.text.endswith(("：", ":"))

    def goes_on(self, line: str) -> bool:
        """Whether a line without a field belongs to the last one; if not and it is no heading, the record is over."""
        if not self.last or self.over or "\t" in line:
            return False
        if self.last == "link":
            goes_on = ADDRESS.match(line.strip("<>")) is not None
        elif _is_heading(line):
            return self.open and "sdk" not in dense(line)
        elif any(sign in line[:KEY_LENGTH] for sign in "：:") and not self.open:  # a field of another kind
            return False
        else:
            goes_on = self.open or "firm" in self.said or "sdk" in dense(self.heading + "".join(self.said.get("name", ())))
        self.over = not goes_on and not _is_heading(line)
        return goes_on

    def go_on(self, line: str) -> None:
        self.lines.append(line)
        self.said[self.last].append(line)

    def without(self, heading: str) -> None:
        """Take back a line that turned out to be the heading of the next."""
        if self.last and self.said[self.last] and unnumbered(self.said[self.last][-1]) == heading:
            self.said[self.last].pop()

    def row(self) -> SdkRow | None:
        """None where it is about something else than an SDK: a permission, a right, how to reach the firm."""
        told = {column: " ".join(filter(None, texts)) for column, texts in self.said.items()}
        if len(told.get("firm", "")) > FIRM_LENGTH:
            del told["firm"]
        name = told.get("name") or self.heading
        is_sdk = "sdk" in dense(name) or ("purpose" in told and (self.listed or "firm" in told or "link" in told))
        return _row(name, told) if 0 < len(name) <= LONGEST_HEADING and is_sdk and told.keys() - {"name", "method"} else None


def sdk_rows(text: str) -> tuple[tuple[SdkRow, ...], tuple[str, ...]]:
    """The SDKs of a policy, each once, in its order; and the lines that are no part of a list of them."""
    lines = list(plain_lines(text))
    found: list[SdkRow] = []
    rest: list[str] = []
    at = 0
    while at < len(lines):
        if header := _header(lines, at):
            head = lines[at]
            at += 1
            above: list[str] = []
            while at < len(lines):
                if not (row := cells(lines[at])):
                    if not found or not _in_table(lines, at, len(header)):
                        break
                    found[-1] = replace(found[-1], information=f"{found[-1].information} {lines[at]}")
                    at += 1
                    continue
                row = _whole(header, row, above)
                above = row if len(row) == len(header) else above
                if lines[at] != head and (told := _of_table(header, row)) is not None:
                    found.append(told)
                at += 1
        else:
            rest.append(lines[at])
            at += 1
    records, prose = _records(rest)
    return _merged([*found, *records, *_in_sentences(prose)]), tuple(prose)


def _header(lines: list[str], at: int) -> list[str]:
    """What each column of a table of SDKs holds; empty where no such table begins here."""
    row = cells(lines[at])
    if len(row) < 2 or at + 1 == len(lines) or not cells(lines[at + 1]) or any(len(cell) > CELL_LENGTH for cell in row):
        return []
    columns = _with_name([column_of(cell) for cell in row], lines[at + 1 :])
    about = "firm" in columns or has(dense("".join(row)), "sdk_table.words")
    about = about or ("name" in columns and any(has(dense(line), "sdk_table.words") for line in lines[max(0, at - NEAR) : at]))
    named = "name" in columns or "firm" in columns
    return columns if about and named and {"purpose", "information", "link"} & {*columns} else []


def _in_table(lines: list[str], at: int, width: int) -> bool:
    """Whether a line between rows is the rest of a cell that spans several of them: short, the next row below it."""
    for place in range(at, min(at + MOST_LOOKED_AT, len(lines))):
        if row := cells(lines[place]):
            return len(row) == width and not _header(lines, place)
        if not _is_heading(lines[place]) or unnumbered(lines[place]) != lines[place]:
            return False
    return False


def _with_name(columns: list[str], below: list[str]) -> list[str]:
    """The columns, of which that is the name's in which most cells say SDK where no header says so."""
    if "name" in columns:
        return columns
    rows = [row for row in map(cells, below[:MOST_LOOKED_AT]) if len(row) == len(columns)]
    counts = [sum("sdk" in dense(row[place]) for row in rows) for place in range(len(columns))]
    best = max(range(len(counts)), key=counts.__getitem__, default=0)
    if not rows or 3 * counts[best] < len(rows):
        return columns
    return ["name" if place == best else column for place, column in enumerate(columns)]


def _whole(header: list[str], row: list[str], above: list[str]) -> list[str]:
    """A row with the cells on its left that one of the rows above it fills, be they empty or left out."""
    if len(row) > len(header) and not row[0]:
        row = row[1:]
    if len(row) < len(header) == len(above) and header[-1] == "link" and ADDRESS.search(row[-1]):
        row = [""] * (len(header) - len(row)) + row
    first = next((place for place, cell in enumerate(row) if cell), 0)
    return [*above[:first], *row[first:]] if first <= len(above) else row


def _of_table(header: list[str], row: list[str]) -> SdkRow | None:
    if [column_of(cell) for cell in row] == header or len({*row}) == 1:  # its head again, or a heading over all columns
        return None
    told: dict[str, str] = {}
    for column, cell in zip(header, row, strict=False):
        inner = fields(cell)
        for each in inner if len({part.column for part in inner}) > 1 else [Field(column, cell)]:
            told[each.column] = " ".join(filter(None, (told.get(each.column), each.text)))
    name = told.get("name") or told.get("firm", "")
    return _row(name, told) if any(map(str.isalnum, name)) else None


def _records(lines: Iterable[str]) -> tuple[list[SdkRow], list[str]]:
    """The records of lists of fields, and the lines that belong to none."""
    rows: list[SdkRow] = []
    prose: list[str] = []
    record = _Record("")
    heading = number = part = ""
    for line in (*lines, ""):
        introduced = _said(line)
        found = introduced or fields(line)
        if not line or (found and _begins(record, found[0], heading)):
            if heading:
                record.without(heading)
            if (row := record.row()) is not None:
                rows.append(row)
            else:
                prose += record.lines
                prose += [f"{record.heading}\t{purpose}" for purpose in record.said.get("purpose", ()) if record.heading]
            record = _Record(heading, bool(part) and number.startswith(f"{part}."))
        if found:
            record.lines.append(line)
            for each in found:
                record.add(each)
            record.over = bool(introduced) and "firm" not in record.said and not record.open
        elif record.goes_on(line):
            record.go_on(line)
        else:
            prose.append(line)
        heading = unnumbered(line) if not found and _is_heading(line) else ""
        if heading and (numbered := _NUMBER.match(line)):
            number = numbered[0]
            part = part if part and number.startswith(f"{part}.") else number if has(dense(heading), "sdk_table.words") else ""
    return rows, prose


def _said(line: str) -> list[Field]:
    """An SDK that a line introduces: “极光推送”：由“某某公司”提供，用于推送。 Or 推送SDK：为了推送，我们使用了极光SDK。"""
    bare = unnumbered(line)
    found = POLICIES.pattern("introduced").match(bare)
    provider = POLICIES.pattern("provider").search(found[2]) if found is not None else None
    if found is not None and provider is not None:
        return [Field("name", found[1]), Field("firm", provider[1]), *_told(found[2][provider.end() :])]
    labelled = _LABELLED.match(bare)
    if labelled is None or not has(dense(labelled[2]), "purpose.words"):
        return []
    names = [labelled[1]] if name_of_sdk(labelled[1]) else [row.name for row in _in_sentences([labelled[2]])]
    return [Field("name", names[0]), *_told(labelled[2])] if len(names) == 1 else []


def _told(text: str) -> list[Field]:
    """What for, and what is taken, in a sentence about an SDK."""
    told = text.lstrip("，, ")
    takes = POLICIES.pattern("takes").search(told)
    if takes is None:
        return [Field("purpose", told)]
    return [Field("purpose", told[: takes.start()]), Field("information", told[takes.start() :])]


def name_of_sdk(words: str) -> str:
    """The name that stands before the word SDK; empty where nothing there is one."""
    return next((name for name in map(_name_in, _NAMED.findall(words)) if name), "")


def _begins(record: _Record, found: Field, heading: str) -> bool:
    """Whether a field is the first of another SDK than the one before."""
    if not record.said or record.over:
        return True
    if found.column == "name" and record.said.keys() - {"firm"}:
        return True
    return bool(heading) and (found.column in record.said or "sdk" in dense(heading))


def _is_heading(line: str) -> bool:
    return (
        len(line) <= LONGEST_HEADING
        and not line.endswith(("。", "；", ";", "，", ",", "."))
        and not any(sign in line[:-1] for sign in "：\t")
        and not ADDRESS.match(line)
    )


def _in_sentences(lines: Iterable[str]) -> Iterator[SdkRow]:
    """What is named before the word SDK: who 第三方 SDK or 等合作伙伴 is nobody knows."""
    known = sorted({word for sdk in load_sdks().sdks for word in sdk.words}, key=len, reverse=True)
    for sentence in sentences("\n".join(ADDRESS.sub("", line).replace("\t", "。") for line in lines)):
        yield from (SdkRow(f"{name} SDK") for name in _QUOTED.findall(sentence))
        for name in (each for names in _NAMED.findall(_QUOTED.sub("", sentence)) for each in names.split("/")):
            word = next((word for word in known if dense(word) in dense(name)), "") or ("" if _is_heading(sentence) else _name_in(name))
            if word:
                yield SdkRow(f"{word} SDK")


def _name_in(words: str) -> str:
    """The name at the end of what stands before the word SDK; empty where it only says what kind it is."""
    name = POLICIES.pattern("before_name").split(words)[-1].strip()
    rest = dense(name)
    for word in POLICIES.words("unnamed.words"):
        rest = rest.replace(word, "")
    return name if len(rest) > 1 and any(map(str.isalpha, rest)) and not has(dense(name), "unnamed.nobody") else ""


def _row(name: str, told: dict[str, str]) -> SdkRow:
    link = ADDRESS.search(told.get("link", ""))
    firm = told.get("firm", "")
    if firm in ("", name) and (both := POLICIES.pattern("name_and_firm").match(name)):
        name, firm = both[1], both[2]
    return SdkRow(
        name=unnumbered(name).strip("。；;，,：: ")[:80],
        firm=firm.strip("。；;，,：: ")[:80],
        purpose=told.get("purpose", "")[:300],
        information=told.get("information", "")[:600],
        link=link[0] if link else "",
    )


def _merged(rows: Iterable[SdkRow]) -> tuple[SdkRow, ...]:
    """Each SDK once; a name in a sentence is none beside the row that tells of it."""
    kept: dict[str, SdkRow] = {}
    for row in rows:
        key = _SDK.sub("", dense(row.name))
        if row.firm or row.purpose or row.information or not any(key in other for other in kept):
            kept.setdefault(f"{key} {dense(row.firm)}", row)
    return tuple(kept.values())
