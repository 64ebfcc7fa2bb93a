"""What the page of a store tells about an app: who made it, which version, which permissions, which policy."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from harness.dialogs.dialog_words import groups_in
from harness.dialogs.purposes import tells_purpose
from harness.dialogs.related import same_as
from harness.dialogs.word_patterns import WordFile
from harness.events import StoreListing
from harness.events.permission_groups import GROUPS, group_of
from harness.listings.listing_text import PageText, page_text
from harness.policies.policy_lines import POLICIES
from harness.policies.policy_table import purpose_of

_WORDS = WordFile("listings.toml")
STORES = ("tencent", "huawei", "honor", "xiaomi", "oppo", "vivo")
_CALLED_OTHERWISE = ("PHONE", "STORAGE", "CAMERA", "LOCATION")
_FIELDS = ("name", "package", "version", "developer", "record", "contact", "policy")
_PERMISSION = re.compile(r"\b(?:[A-Za-z]\w*\.)*([A-Z][A-Z_]{3,})\b")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?(?:1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}[- ]?\d{3,4}[- ]?\d{4}|[48]00[- ]?\d{3,4}[- ]?\d{3,4})(?!\d)"
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>（）]+")
_FORMS = {"package": re.compile(r"[A-Za-z]\w*(?:\.\w+)+$"), "version": re.compile(r"[vV]?\d+(?:\.\w+)+")}
"""Values that are known without a sign between them and their label."""
LABEL_LENGTH = 14
"""Characters at most of a line that is only a label [PROJECT]."""
LEAST_USE = 6
"""Characters at least behind the colon of a row that tell a use [PROJECT]: 位置：精确位置 is none."""
MOST_ROWS = 400
"""Lines of one list of permissions that are read [PROJECT]."""


def read_listing(text: str) -> StoreListing:
    """Read a saved page; what is no page of a store has neither a name nor a developer nor a list."""
    page = page_text(text)
    told = {field: _told(page, field) for field in _FIELDS}
    rows = tuple(dict.fromkeys(_rows(page)))
    named = {row: groups_told(row) for row in rows}
    groups = tuple(group for group in GROUPS if any(group in found for found in named.values()))
    column = any(cell.strip() in _WORDS.words("use.heads") for row in rows for cell in row.split("\t"))
    used = {group for row, found in named.items() for group in found if _tells_use(row, group, column=column)}
    explained = tuple(group for group in groups if used & same_as(group))
    said = text.casefold()
    lines = "\n".join((*page.lines, *(value for _, value in page.values)))
    return StoreListing(
        store=next((store for store in STORES if any(mark in said for mark in _WORDS.words(f"stores.{store}"))), ""),
        name=told["name"],
        package=told["package"],
        version=told["version"],
        developer=told["developer"],
        record=told["record"] or _found(_WORDS.pattern("record"), lines),
        contact=_found(_MAIL, told["contact"]) or _found(_PHONE, told["contact"]) or _found(_MAIL, lines) or _found(_PHONE, lines),
        policy=_found(_ADDRESS, told["policy"]) or told["policy"],
        collects=next((line for line in page.lines if _collects(line)), ""),
        lists=bool(rows) or any(_label(line, "permissions") is not None for line in page.lines),
        rows=rows,
        groups=groups,
        explained=explained,
        whole=page.whole,
    )


def groups_told(line: str) -> tuple[str, ...]:
    """The permission groups that a line of a store's list names, by Android's names or by words.

    What stands behind 用于 is the use: 相机：用于扫描文件 is no permission for files. 拍摄照片 reads no pictures.
    """
    head = _head(line)
    by_name = [group for found in _PERMISSION.finditer(line) if (group := group_of(found[1])) is not None]
    by_words = [group for group in _CALLED_OTHERWISE if any(word in head for word in _WORDS.words(f"groups.{group}"))]
    found = dict.fromkeys((*by_name, *by_words, *groups_in(head)))
    if any(word in head for word in _WORDS.words("taken.words")):
        found.pop("READ_MEDIA_VISUAL", None)
    return tuple(found)


def _head(line: str) -> str:
    """What stands before the use that a line tells, in small letters."""
    said = line.casefold()
    own = _WORDS.pattern("uses").search(said)
    begins = [at for word in POLICIES.words("purpose.words") if (at := said.find(word)) >= 0]
    return said[: min([*begins, own.start() if own is not None else len(said)])]


def _told(page: PageText, field: str) -> str:
    """What the data of a page has under a key of the field, else what stands behind its label, or below it."""
    keys = _WORDS.words(f"keys.{field}")
    if by_key := next((value.strip() for key in keys for found, value in page.values if found == key and value.strip()), ""):
        return by_key
    for number, line in enumerate(page.lines):
        behind = _label(line, field)
        if behind is None:
            continue
        below = page.lines[number + 1] if number + 1 < len(page.lines) else ""
        if behind or (below and not _is_label(below)):
            return behind or below
    return ""


def _rows(page: PageText) -> Iterator[str]:
    """The lines of the list of permissions, each with what is said of it, where a line tells only that."""
    keys = _WORDS.words("keys.permissions")
    yield from [value for key, value in page.values if key in keys][:MOST_ROWS]
    for number, line in enumerate(page.lines):
        if (behind := _label(line, "permissions")) is not None:
            listed = list(takewhile(lambda text: not _ends(text), page.lines[number + 1 : number + 1 + MOST_ROWS]))
            yield from _joined([behind, *listed] if behind else listed)


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """A line that names no permission belongs to the one above it: name, description and purpose are often three."""
    row = ""
    for line in lines:
        named = groups_told(line) and len(_head(line)) <= 2 * LABEL_LENGTH
        if row and (named or _PERMISSION.match(line)):
            yield row
            row = line
        else:
            row = f"{row} {line}".strip()
    if row:
        yield row


def _ends(line: str) -> bool:
    said = _WORDS.pattern("bullets").sub("", line).casefold()
    other = any(_label(line, field) is not None for field in _FIELDS)
    return other or (len(said) <= LABEL_LENGTH and said.startswith(_WORDS.words("ends.words")))


def _is_label(line: str) -> bool:
    return any(_label(line, field) is not None for field in (*_FIELDS, "permissions"))


def _label(line: str, field: str) -> str | None:
    """What stands behind a label of this field at the beginning of a line; empty where it is the line; else None."""
    text = _WORDS.pattern("bullets").sub("", line)
    said = text.casefold()
    if said.rstrip("：: 】])") in _WORDS.words("ends.words"):  # 版本特性 tells no version
        return None
    for word in sorted(_WORDS.words(f"labels.{field}"), key=len, reverse=True):
        if not said.startswith(word):
            continue
        rest = text[len(word) :].lstrip(" 】])")
        signed = rest[:1] in ("：", ":", "\t")
        rest = rest[1:].strip() if signed else rest
        if field in _FORMS and (told := _FORMS[field].match(rest)):
            return told[0]
        if signed:
            return rest
        if field != "permissions" and text[len(word) :][:1].isspace():  # a column of its own, as the page was copied
            return rest.strip()
        if not rest or len(rest) <= 2 or _ADDRESS.match(rest.lstrip("（")):
            return rest if len(rest) > 2 else ""
    return None


def _tells_use(row: str, group: str, *, column: bool) -> bool:
    """Whether a row tells what the app does with it: in a ``column`` of uses, as a policy does, or behind its colon.

    What says that the app has a permission (允许…, 我们会获取…) says what it is, not what it is for; as a
    dialog's text does, 使用相机扫描二维码 tells both.
    """
    said = row.casefold()
    behind = re.split("[：:]", said, maxsplit=1)[-1].strip() if "：" in said or ":" in said else ""
    bare = _WORDS.pattern("leads").sub("", behind)
    own = len(bare) >= LEAST_USE and not bare.startswith(_WORDS.words("use.descriptions"))
    told = bool(purpose_of(row)) or _WORDS.pattern("uses").search(said) is not None
    in_words = not any(word in said for word in _WORDS.words("use.allows")) and tells_purpose(_PERMISSION.sub("", row), group)
    return (column and bool("".join(row.split("\t")[1:]).strip())) or told or own or in_words


def _collects(line: str) -> bool:
    said = line.casefold()
    about, doing = _WORDS.words("collected.subjects"), _WORDS.words("collected.doing")
    return any(word in said for word in about) and any(word in said for word in doing)


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found is not None else ""
