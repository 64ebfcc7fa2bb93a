"""The records of lists of SDKs: fields below a heading, in a line, or an SDK that a sentence introduces."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from operator import itemgetter

from harness.policies.policy_lines import (
    ADDRESS,
    KEY_LENGTH,
    LONGEST_HEADING,
    POLICIES,
    Field,
    column_of,
    dense,
    fields,
    has,
    is_heading,
    unnumbered,
)
from harness.policies.sdk_names import known_name, name_of_sdk, names_in

FIRM_LENGTH, INFORMATION_LENGTH = 50, 2000
MOST_PROSE = 2
"""Sentences between the fields of an SDK at most [PROJECT]."""
_BRACKETS = r"[（(](?:[^（()）]|[（(][^（()）]*[）)])*"
_LABEL = rf"[^:：，,。；;（()）\t]{{2,30}}?(?:SDK(?:\s*{_BRACKETS}[）)])?|(?:{_BRACKETS}[）)])?{_BRACKETS}公司[）)])"
_LABELLED = re.compile(rf"^({_LABEL})\s*([：:。，,]?)\s*(.{{12,}})$", re.IGNORECASE)
_LONE_LABEL = re.compile(_LABEL, re.IGNORECASE)
_QUOTES = re.compile('[“”"「」]')
_SENTENCE = re.compile(r"(?<=[。；;])(?=.)")
_SDK = re.compile(r"sdk.*", re.DOTALL)
_NAME_AND_FIELDS = re.compile(r"^(?:[【“「《]([^】”」》]{2,40})[】”」》][：:]?|([^：:，,。；;\t]{2,40}?SDK)[：:\t])\s*(.+)$", re.IGNORECASE)
_LINK_LAST = re.compile(rf"[；;，,。\s]\s*[^；;，,。:：\s]{{2,14}}[:：]?\s*({ADDRESS.pattern})\W*$")
_OUR_USE = re.compile(rf"我们[^，,。；;：:]*?SDK(?:\s*{_BRACKETS}[）)])?[，,]?", re.IGNORECASE)
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
    lines: list[tuple[int, str]] = field(default_factory=list)
    """Its lines, each with its place in the policy."""
    last: str = ""
    open: bool = False
    """Whether its last field says what it holds in the lines below it, however short they are."""
    prose: int = 0
    """Lines behind its last field that belong to none; several end it."""

    def add(self, found: Field) -> None:
        """Put a field into it; of further ones about what is taken the name says more."""
        said = self.said.setdefault(found.column, [])
        said.append(f"{found.key}：{found.text}" if said and found.key and found.column == "information" else found.text)
        self.last = found.column
        self.open = not found.text or found.text.endswith(("：", ":"))
        self.prose = 0

    @property
    def over(self) -> bool:
        """Whether no field of it comes any more."""
        return self.prose > MOST_PROSE

    def goes_on(self, line: str) -> bool:
        """Whether a line without a field belongs to the last one: none does behind a heading or a sentence."""
        heading = is_heading(line)
        if self.over or not self.said or (self.last == "purpose" and line.endswith(("：", ":"))):
            return False
        if not self.last or "\t" in line or line.startswith(POLICIES.words("purpose.subjects")):
            goes_on = False
        elif self.last == "link":
            goes_on = ADDRESS.match(line.strip("<>")) is not None
        elif heading:
            goes_on = self.open and "sdk" not in dense(line)
        elif any(sign in line[:KEY_LENGTH] for sign in "：:") and not self.open:  # a field of another kind
            return False
        else:
            goes_on = self.open or "firm" in self.said or "sdk" in dense(self.heading + "".join(self.said.get("name", ())))
        if not goes_on:
            self.last, self.prose = "", self.prose + (not heading)
        return goes_on

    def go_on(self, line: str) -> None:
        """Add a line to the last field."""
        self.said.setdefault(self.last, []).append(line)

    def put(self, rows: list[SdkRow], prose: list[tuple[int, str]]) -> None:
        """Put it with the SDKs, or its lines and its heading with what for with the rest."""
        if (row := self.row()) is not None:
            rows.append(row)
            return
        prose += self.lines
        end = self.lines[-1][0] if self.lines else 0
        prose += [(end, f"{self.heading}\t{purpose}") for purpose in self.said.get("purpose", ()) if self.heading]

    def row(self) -> SdkRow | None:
        """None where it is about something else than an SDK: a permission, a right, how to reach the firm."""
        told = {column: " ".join(filter(None, texts)) for column, texts in self.said.items()}
        if "name" not in told and has(dense(self.heading), "owner.suffixes"):
            return None
        if "name" in told and "firm" not in told and POLICIES.pattern("firm").search(self.heading):
            told["firm"] = self.heading
        if len(told.get("firm", "")) > FIRM_LENGTH and not has(told["firm"], "columns.owner"):
            del told["firm"]
        name = told.get("name") or self.heading or ("purpose" in told and "information" in told and told.get("firm")) or ""
        named = "sdk" in dense(name) and ("name" in told or name_of_sdk(name) or told.keys() - {"method", "link"})
        named = named or ("name" in told and "、" not in name and known_name(name))
        is_sdk = named or ("purpose" in told and (self.listed or "firm" in told or "link" in told))
        is_sdk = is_sdk or told.keys() >= {"firm", "information", "link"}
        return sdk_row(name, told) if 0 < len(name) <= LONGEST_HEADING and is_sdk and told.keys() - {"name", "method"} else None


def records(lines: Iterable[str]) -> tuple[list[SdkRow], list[str]]:
    """The records of lists of fields, and the lines that belong to none."""
    rows: list[SdkRow] = []
    prose: list[tuple[int, str]] = []
    record = _Record("")
    heading = number = part = ""
    for place, line in enumerate(_name_first(_apart(lines))):
        said = _said(line)
        title = unnumbered(line).rstrip("：: ")
        titled = is_heading(line) and _LONE_LABEL.fullmatch(title) is not None and bool(name_of_sdk(title))
        found = said or ([] if "\t" in line or titled else fields(line))
        if not found and not is_heading(line) and _LONE_LABEL.fullmatch(heading):
            said = found = _said(f"{heading}：{line}")
        elif not found and heading and is_heading(line) and POLICIES.pattern("firm").search(line) and not name_of_sdk(line):  # of a card
            found = [Field("firm", line)]
        for each in found:
            if _begins(record, each, heading if each is found[0] else ""):
                record.put(rows, prose)
                record = _Record(heading, bool(part) and number.startswith(f"{part}."))
            record.add(each)
        if said and record.last == "information" and not record.open:  # only further fields belong to it
            record.last, record.prose = "", MOST_PROSE
        if goes_on := not found and record.goes_on(line):
            record.go_on(line)
        (record.lines if found or goes_on else prose).append((place, line))
        heading = title if not (found or goes_on) and is_heading(line) else ""
        if heading and (numbered := _NUMBER.match(line)):
            number = numbered[0]
            part = part if part and number.startswith(f"{part}.") else number if has(dense(heading), "sdk_table.words") else ""
    record.put(rows, prose)
    return rows, [line for _place, line in sorted(prose, key=itemgetter(0))]


def _apart(lines: Iterable[str]) -> Iterator[str]:
    """The lines, those apart at their sentences that introduce several SDKs."""
    for line in lines:
        pieces = _SENTENCE.split(line) if "sdk" in dense(line) and "\t" not in line and not _LABELLED.match(unnumbered(line)) else []
        names = {said[0].text for piece in pieces if (said := _said(piece))}
        yield from pieces if len(names) > 1 else [line]


def _name_first(lines: Iterable[str]) -> Iterator[str]:
    """The lines, those of records that tell their name behind other things with the name before those."""
    for of_fields, run in groupby(((fields(line), line) for line in lines), lambda told: len(told[0]) == 1):
        block = [(found[0] if of_fields else Field("", ""), line) for found, line in run]
        first = block[0][0]
        starts = [place for place, (found, _line) in enumerate(block) if found.key == first.key]
        parts = [block[start:end] for start, end in zip_longest(starts, starts[1:])]
        if first.column not in ("", "name") and all(_names_late([found for found, _line in part]) for part in parts):
            block = [each for part in parts for each in sorted(part, key=lambda told: told[0].column != "name")]
        yield from (line for _found, line in block)


def _names_late(part: list[Field]) -> bool:
    columns = [found.column for found in part]
    once = len({found.key for found in part}) == len(part)
    return columns.count("name") == 1 and {"information", "purpose"} <= {*columns} and once


def _said(line: str) -> list[Field]:
    """An SDK that a line introduces, with the link at its end."""
    bare = unnumbered(line)
    if (named := _NAME_AND_FIELDS.match(bare)) is not None:
        told = fields(named[3])
        if len(told) > 1 and all(found.column != "name" for found in told):
            return [Field("name", named[1] or named[2]), *told]
    link = _LINK_LAST.search(bare)
    found = _introduced(bare[: link.start()] if link else bare)
    return [*found, Field("link", link[1])] if found and link else found


def _introduced(bare: str) -> list[Field]:
    """What a sentence says: “极光推送”：由“某某公司”提供，用于推送。推送SDK：为了推送，我们使用了极光SDK。"""
    if (provides := POLICIES.pattern("provides").match(bare)) is not None:
        return [Field(column, words) for column, words in zip(("name", "firm", "purpose", "information"), provides.groups(), strict=True)]
    provider = POLICIES.pattern("provider").search(bare) or POLICIES.pattern("in_brackets").search(bare)
    firm = [Field("firm", provider[1])] if provider is not None else []
    if firm and (found := POLICIES.pattern("introduced").match(bare)) is not None:
        return [Field("name", found[1]), *firm, *_told(found[2])]
    if (supplied := POLICIES.pattern("supplied").search(bare)) is not None:
        return [Field("name", supplied[2]), Field("firm", supplied[1]), *_told(bare[: supplied.start()] + bare[supplied.end() :])]
    if (served := POLICIES.pattern("served").match(bare)) is not None:
        who = name_of_sdk(f"{served[3]}SDK") if served[3] else ""
        return [Field("name", f"{who}{served[1]} SDK"), Field("firm", served[2]), *_told(f"{served[1]}，{served[4].lstrip('，, ')}")]
    if (listed := POLICIES.pattern("list_of").match(bare)) is not None:
        return [Field("name", f"{_QUOTES.sub('', listed[1])} SDK"), *firm, *_told(listed[2])]
    if (label := _LABELLED.match(bare)) is not None and (name := _labelled(*label.groups())):
        return [Field("name", name), *firm, *_told(label[3])]
    function, colon, sentence = bare.partition("：")
    if colon and column_of(function) == "purpose" and (said := _introduced(sentence)):
        return [*said, Field("purpose", function)]
    if (used := POLICIES.pattern("acts").match(bare) or POLICIES.pattern("used").match(bare)) is not None and "sdk" in dense(bare):
        name = name_of_sdk(used[1]) or known_name(used[1])
        if name and "、" not in used[1] and (firm or POLICIES.pattern("takes").search(bare)):
            return [Field("name", f"{name} SDK"), *firm, *_told(_OUR_USE.sub("", bare, count=1))]
    return []


def _labelled(label: str, sign: str, text: str) -> str:
    """The name in a label before a sign, or the one in the text behind a label that only says what kind it is."""
    whole = dense(name_of_sdk(label)) == _SDK.sub("", dense(label))
    said = dense(text)
    if not (sign in ("：", ":", "。") or whole) or not (
        has(said, "purpose.words") or has(said, "purpose.serves") or POLICIES.pattern("takes").search(text)
    ):
        return ""
    if name_of_sdk(label) or label[-1] in "）)":
        return label
    names = list(dict.fromkeys(names_in(text)))
    return f"{names[0]} SDK" if len(names) == 1 else "" if has(dense(label), "unnamed.nobody") else label


def _told(text: str) -> list[Field]:
    """What for, and what is taken, in a sentence about an SDK, whichever comes first."""
    told = POLICIES.pattern("provider").sub("", text).lstrip("，, ")
    if (takes := POLICIES.pattern("takes").search(told)) is None:
        return [Field("purpose", told)]
    purpose, information = told[: takes.start()], told[takes.start() :]
    if (uses := POLICIES.pattern("uses").search(information)) is not None:
        purpose, information = f"{purpose}{information[uses.end() :]}", information[: uses.start()]
    return [Field("purpose", purpose), Field("information", information)]


def _begins(record: _Record, found: Field, heading: str) -> bool:
    """Whether a field is the first of another SDK than the one before."""
    if not record.said.keys() - {"method"} or record.over:
        return True
    if found.column in ("name", "firm") and ("link" in record.said or (found.column == "name" and record.said.keys() - {"firm"})):
        return True
    if found.column == next(iter(record.said)) == "firm" and len(record.said) > 2:  # each begins with its firm
        return True
    return bool(heading) and ("link" in record.said or found.column in {"firm", *record.said} or "sdk" in dense(heading))


def sdk_row(name: str, told: dict[str, str]) -> SdkRow:
    """A row of what each column or field tells; a firm in brackets behind the name is the firm."""
    firm = told.get("firm", "")
    link = ADDRESS.search(told.get("link", "")) or ADDRESS.search(firm)
    firm = ADDRESS.sub("", firm)
    both = POLICIES.pattern("name_and_firm").match(name) or POLICIES.pattern("name_from").match(name)
    if both and firm in ("", name, both[2]):
        name, firm = both[1], both[2]
    return SdkRow(
        name=unnumbered(name).strip("。；;，,：: ")[:80],
        firm=firm.strip("。；;，,：:<> ")[:80],
        purpose=told.get("purpose", "")[:300],
        information=told.get("information", "")[:INFORMATION_LENGTH],
        link=link[0] if link else "",
    )
