"""The text of a policy in the pieces that are read: lines without their marks, rows of tables, fields, sentences."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize

from harness.dialogs.word_patterns import WordFile

POLICIES = WordFile("policies.toml")
COLUMNS = ("link", "method", "purpose", "firm", "information", "name")
"""What a column or a field may hold, in the order in which their words decide."""
KEY_LENGTH, CELL_LENGTH = 24, 30
_SPACE = re.compile(r"\s+")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")
_MARKS = re.compile(r"^[\s#>*•·●◦○▪■\-—–+]+|\*\*|__|`|[\s*]+$")
_BARS = re.compile("[^｜]｜[^｜]+｜[^｜]")
"""A row of a table in words: 约伴同行｜通讯录｜选择同行的朋友."""
_ESCAPED = re.compile(r"\\([.\-_*#+()\[\]])")
_EMPHASIS = re.compile(r"\*\*|__|`")
_ITALICS = re.compile(r"(?<![A-Za-z0-9_])_([^_\s]{1,24})_(?![A-Za-z0-9_])")
_KEY = re.compile(rf"^([^:：\t]{{2,{KEY_LENGTH}}})[:：]\s*(.*)$", re.DOTALL)
_BOXED = re.compile(rf"^【([^】\t]{{2,{KEY_LENGTH}}})】(?=[^：:\s])")
_FURTHER = re.compile(r"[；;，,。\s]\s*([^；;，,。:：\s]{2,14})[:：](?!//)")
_BREAK = re.compile(r"[\n。；;！!？?]")
ADDRESS = re.compile(r"https?://[^\s<>，。；）)、]+")
_ENDS_IN_ADDRESS = re.compile(rf"{ADDRESS.pattern}$")
_ITEM = re.compile(r"\s*(?:[*+\-•·●▪>#]+\s|\|)")
_ENDS, _CLOSES = tuple("，、,"), tuple("，。；、,;）)")
LONGEST_HEADING, LONGEST_SENTENCE = 44, 4000
_COLONS = str.maketrans("∶﹕︰", "：：：")
_RADICALS = re.compile("[\u2e80-\u2fdf]+")
"""Unicode's signs for parts of Chinese signs, which editors and PDFs put for the sign itself."""
_SIGNS = str.maketrans({"，": ",", "’": "'", "“": '"', "”": '"', "。": "."})


class Field(NamedTuple):
    """A field of a list: what it holds, what it says, and what it is called."""

    column: str
    text: str
    key: str = ""


def dense(text: str) -> str:
    """Return a text for comparison: no spaces, no letter case, plain signs."""
    return _SPACE.sub("", text.translate(_SIGNS)).casefold()


def has(said: str, path: str) -> bool:
    """Whether a dense text has one of the words of a list."""
    return any(word.replace(" ", "") in said for word in POLICIES.words(path))


def names_list(name: str) -> bool:
    """Whether a title is that of a list of SDKs or partners, which is a part of a policy on a page of its own."""
    return POLICIES.pattern("list").search(dense(name)) is not None


def whole_signs(text: str) -> str:
    """A text in which no part of a sign stands for the sign itself."""
    return _RADICALS.sub(lambda found: normalize("NFKC", found[0]).replace("戶", "户"), text)


def plain_lines(text: str) -> Iterator[str]:
    """The lines that say something, without bullets and stars; a link of Markdown as both, ｜ as between cells."""
    for line in text.translate(_COLONS).split("\n"):
        row = "\t".join(map(str.strip, line.split("｜"))) if _BARS.search(line) else line
        told = _LINK.sub(lambda found: found[1] if found[2] in found[1] else f"{found[1]}（{found[2]}）", row)
        told = _ITALICS.sub(r"\1", told)
        bare = _EMPHASIS.sub("", told) if "\t" in told else _BOXED.sub(_unboxed, _MARKS.sub("", told))
        if any(map(str.isalnum, bare)):
            yield bare


def _unboxed(boxed: re.Match[str]) -> str:
    """The name of a field without its box: 【开发者】某某公司."""
    named = "sdk" not in dense(boxed[1]) or has(dense(boxed[1]), "columns.named")
    return f"{boxed[1]}：" if named and column_of(boxed[1]) else boxed[0]


def unbroken(text: str) -> str:
    """A plain text in which the lines that its editor broke within a sentence are whole again, and no sign is escaped.

    Two spaces at the end of a line are a break of its own, as Markdown writes it.
    """
    lines: list[str] = []
    for line in _ESCAPED.sub(r"\1", text).split("\n"):
        before = lines[-1] if lines else ""
        bare = _MARKS.sub("", line)
        if bare and len(before) < LONGEST_SENTENCE and "\t" not in line + before and _goes_on(before, line, bare):
            lines[-1] = before.rstrip() + line.lstrip()
        else:
            lines.append(line)
    return "\n".join(lines)


def _goes_on(before: str, line: str, bare: str) -> bool:
    if not before.strip() or bare.startswith(_CLOSES):
        return bool(before.strip())
    said = _MARKS.sub("", before[-2 * LONGEST_HEADING :])
    if said.rfind("（") > said.rfind("）") and "）" in bare[:KEY_LENGTH]:
        return True
    if bare[:3].casefold() == "sdk" and said[-1:].isalnum() and not fields(bare):
        return True
    cut = said.endswith(_ENDS) or (len(said) > LONGEST_HEADING and said[-1].isalnum() and not _ENDS_IN_ADDRESS.search(said))
    new = before.endswith("  ") or _ITEM.match(line) or POLICIES.pattern("number").match(bare) or fields(bare)
    return bool(cut) and not new


def unnumbered(line: str) -> str:
    """A heading without its number."""
    return POLICIES.pattern("number").sub("", line).strip()


def is_mark(text: str) -> bool:
    """Whether a text is the bullet or the number of what stands behind it, and nothing else."""
    return unnumbered(_MARKS.sub("", f"{text} 一")) == "一"


def is_heading(line: str) -> bool:
    """Whether a line may be a heading: short, and no sentence or field."""
    return (
        len(line) <= LONGEST_HEADING
        and not line.endswith(("。", "；", ";", "，", ",", "."))
        and not any(sign in line[:-1] for sign in "：\t")
        and not ADDRESS.match(line)
    )


def cells(line: str) -> list[str]:
    """The cells of a row of a table; none where the line is no row."""
    return [cell.strip() for cell in line.split("\t")] if "\t" in line else []


def column_of(words: str) -> str:
    """What a column or a field of these words holds; empty where they name none."""
    said = dense(words)
    if has(said, "columns.named"):
        return "name"
    found = [column for column in COLUMNS if has(said, f"columns.{column}")] if len(said) <= CELL_LENGTH else []
    return "firm" if found[:1] == ["link"] and has(said, "columns.owner") else next(iter(found), "")


def is_head(row: list[str]) -> bool:
    """Whether a row is the head of a table by its own words: names of columns, and nothing that stands under one."""
    return len(row) > 1 and 2 * sum(POLICIES.pattern("head").search(dense(cell)) is not None for cell in row) > len(row)


def fields(line: str) -> list[Field]:
    """The fields of a line: 公司名称：某某；用途：推送. Empty where it begins with none."""
    found = _KEY.match(unnumbered(line))
    if found is not None and has(dense(found[1]), "columns.leads"):
        return fields(found[2])
    said_by_us = found is not None and found[1].startswith(POLICIES.words("purpose.subjects"))
    named = found is not None and (column_of(found[1]) or ADDRESS.fullmatch(found[2].strip("<>")))
    if found is None or said_by_us or not named or found[2].startswith("//"):
        return []
    said, key, rest = [], found[1], found[2]
    while further := _next_field(rest):
        said.append(_field(key, rest[: further.start()]))
        key, rest = further[1], rest[further.end() :]
    return [*said, _field(key, rest)]


def _field(key: str, words: str) -> Field:
    """A field; one that is an address alone is a link whatever it is called."""
    text = words.strip()
    if (embedded := POLICIES.pattern("embedded").match(text)) is not None:
        return Field("name", embedded[1])
    return Field("link" if ADDRESS.fullmatch(text.strip("<>")) else column_of(key), text, key)


def _next_field(text: str) -> re.Match[str] | None:
    ahead = ((found, text[found.end() :].lstrip(" <")) for found in _FURTHER.finditer(text))
    return next((found for found, rest in ahead if column_of(found[1]) or ADDRESS.match(rest)), None)


def unbracketed(text: str) -> str:
    """A text in which no sentence ends within brackets."""
    depth, said = 0, ""
    for sign in text:
        depth = max(0, depth + (sign in "（(") - (sign in "）)"))
        said += "、" if depth and _BREAK.match(sign) else sign
    return text if depth else said


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text."""
    yield from (piece.strip() for piece in _BREAK.split(text) if piece.strip())
