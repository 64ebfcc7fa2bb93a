"""What a policy tells: each piece of information or permission with its purpose, who takes it, and its switch."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from harness.policies.policy_document import own_names
from harness.policies.policy_lines import LONGEST_HEADING, POLICIES, cells, column_of, dense, fields, has, is_head, unbracketed, unnumbered
from harness.policies.sdk_list import sdk_rows
from harness.policies.sdk_names import name_of_sdk
from harness.policies.sdk_records import SdkRow

QUOTE_LENGTH = 300
WHETHER, SAID = "whether", "said"
"""Columns of a table that say whether something is taken at all, and what for where none is made for it."""
LEAST_TOLD = 4
"""Signs of a cell that may say more than no [PROJECT]: 不申请."""
SEVERAL = 2
"""Pieces of information in a sentence without a verb that make it a list of what is taken [PROJECT]."""
LABEL_LENGTH = 20
"""Signs of what stands before the colon of a row in words at most [PROJECT]: 设备信息（IMEI、MAC 地址）：用于…"""
_ROW = re.compile(r"([：:，,]|\s[-–—]+\s|——)")
_COLONS = ("：", ":")
_SENTENCE = re.compile(r"(?<=[。；;！!？?])")


class Information(StrEnum):
    """What a policy may say that an app takes, as far as a phone could ever show it; the words are in policies.toml."""

    LOCATION = "location"
    CONTACTS = "contacts"
    CAMERA = "camera"
    MICROPHONE = "microphone"
    STORAGE = "storage"
    PHONE_STATE = "phone_state"
    SMS = "sms"
    CALL_LOG = "call_log"
    CALENDAR = "calendar"
    SENSORS = "sensors"
    CLIPBOARD = "clipboard"
    IMEI = "imei"
    IMSI = "imsi"
    ICCID = "iccid"
    SERIAL = "serial"
    MAC = "mac"
    ANDROID_ID = "android_id"
    OAID = "oaid"
    INSTALLED_APPS = "installed_apps"
    WIFI = "wifi"
    IP = "ip"
    BLUETOOTH = "bluetooth"
    PHONE_NUMBER = "phone_number"
    ID_NUMBER = "id_number"
    FACE = "face"


class Party(StrEnum):
    """Who takes it, by the policy's own words."""

    APP = "app"
    SDK = "sdk"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class InformationRow:
    """One piece of information or permission, as one place of the policy tells of it.

    ``name`` is whose SDK takes it, empty where the app does or a recipient without a name; ``purpose`` and ``switch``
    are the policy's words, empty where that place has none.
    """

    information: Information
    party: Party
    name: str
    purpose: str
    switch: str
    quote: str


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """A policy as a table: what it tells of, in its order, and the SDKs that it names."""

    information: tuple[InformationRow, ...]
    sdks: tuple[SdkRow, ...]

    def of(self, information: Information) -> tuple[InformationRow, ...]:
        """The places that tell of one piece of information."""
        return tuple(row for row in self.information if row.information is information)


def policy_table(text: str) -> PolicyTable:
    """Read a policy's text into its table."""
    sdks, rest = sdk_rows(text)
    names = _own_names(text)
    named = ((row, _nameless(row.quote, names)) for row in (*_of_app(rest), *_of_sdks(sdks)))
    rows = [row for row, quote in named if quote == row.quote or row.information in _named(dense(quote))]
    return PolicyTable(tuple(dict.fromkeys(rows)), sdks)


def speaks_of(text: str, information: Information) -> bool:
    """Whether a sentence has a word for it, but for one that says without a condition that it is not taken."""
    for line in _nameless(text, _own_names(text)).split("\n"):
        for sentence in _SENTENCE.split(line):
            conditional = has(dense(sentence), "conditional.words")
            for clause in map(dense, POLICIES.pattern("clause").split(sentence)):
                if information in _named(clause) and (conditional or not POLICIES.pattern("denies").search(clause)):
                    return True
    return False


def _own_names(text: str) -> tuple[str, ...]:
    """The app's own names but for those that are the word for what is taken: 日历 may be meant, 好孕日历 is not."""
    words = {word for information in Information for word in POLICIES.words(f"information.{information.value}")}
    return tuple(name for name in dict.fromkeys(own_names(text)) if dense(name) not in words)


def _nameless(text: str, names: tuple[str, ...]) -> str:
    for name in names:
        text = text.replace(name, "")
    return text


def _of_app(lines: Iterable[str]) -> Iterator[InformationRow]:
    header: list[str] = []
    sdk = lead = before = ""
    denied = in_table = False
    lines = [*lines, ""]
    for line, below in pairwise(lines):
        if row := cells(line):
            columns = _columns(row)
            first = not in_table or (not header and {"purpose", SAID} & {*columns})
            if (first or is_head(row)) and "information" in columns and not any(_named(dense("".join(row)))):
                header = columns
            elif columns != header:
                yield from _in_row(row, header, sdk)
            in_table = True
            continue
        in_table, before = False, ""
        header, sdk = [], unnumbered(line) if len(line) <= LONGEST_HEADING and name_of_sdk(line) else ""
        bare = unnumbered(line)
        item = len(line) <= LONGEST_HEADING and (bare == line or (len(bare) <= LABEL_LENGTH and any(_named(dense(bare)))))
        if denied and item:  # of a list of what is not taken
            continue
        yield from _in_record(line, below)
        denied = line.endswith(_COLONS) and POLICIES.pattern("denies").search(dense(line)) is not None
        item = len(line) <= LONGEST_HEADING or _is_item(line)
        lead = held = lead if item and not line.endswith(_COLONS) else ""
        sentences = [*filter(None, _SENTENCE.split(unbracketed(line))), _SENTENCE.split(below)[0]]
        for sentence, later in pairwise(sentences):
            yield from _in_sentence(sentence, before, later, lead)
            before = sentence
            lead = sentence if _leads(sentence) else "" if sentence.endswith("。") else lead
        lead = lead or (held if _is_item(line) else "")


def _columns(row: list[str]) -> list[str]:
    """What each column of a table with this head holds; 备注 says what for where no other column does."""
    columns = [WHETHER if has(dense(cell), "columns.whether") else column_of(cell) for cell in row]
    said = [place for place, cell in enumerate(row) if place and len(cell) <= LABEL_LENGTH and has(dense(cell), "columns.said")]
    if said and "purpose" not in columns:
        columns[said[-1]] = SAID
    return columns


def _says_no(cell: str) -> bool:
    """Whether a cell says nothing, or no and no more than that: 无, —, 不申请."""
    said = dense(cell)
    return not any(map(str.isalnum, said)) or (len(said) < LEAST_TOLD and said.startswith(POLICIES.words("columns.no")))


def _is_item(said: str) -> bool:
    """Whether it may be an item of a list: short, or a label and what it holds."""
    return len(dense(re.split("[：:]", said, maxsplit=1)[0])) <= LABEL_LENGTH


def _leads(sentence: str) -> bool:
    """Whether what stands behind it, apart by ； or in lines, is taken too: 我们会收集您的昵称；位置信息；相机。"""
    said = dense(sentence)
    takes = POLICIES.pattern("takes").search(sentence) or (sentence.endswith(_COLONS) and has(said, "collects.telling"))
    takes = takes and POLICIES.pattern("denies").search(said) is None
    return takes and sentence.endswith(("；", ";", *_COLONS)) and not has(said, "defines.words")


def _in_record(line: str, below: str) -> Iterator[InformationRow]:
    """What a record tells of whose fields stand in lines: what is taken, and below it what for."""
    pair = [*fields(line), *fields(below)][:2]
    if [field.column for field in pair] != ["information", "purpose"]:
        return
    what, use = pair
    for information in dict.fromkeys(_taken(what.text)):
        yield InformationRow(information, Party.APP, "", use.text[:QUOTE_LENGTH], _switch(below), f"{line} | {below}"[:QUOTE_LENGTH])


def _in_row(row: list[str], header: list[str], sdk: str) -> Iterator[InformationRow]:
    """A row of a table of information or permissions: its purpose stands in a column of its own, the last of two.

    It is an SDK's where the line above the table names one.
    """
    columns = header or (["information", "purpose"] if len(row) == SEVERAL else [])
    told = [(column, cell) for column, cell in zip(columns, row, strict=False) if not _says_no(cell)]
    if any(column == WHETHER for column in columns) and not any(column == WHETHER for column, _cell in told):
        return
    uses = (cell for column, cell in told if column == SAID and not cell.startswith(POLICIES.words("columns.permits")))
    purpose = " ".join([cell for column, cell in told if column == "purpose"] or uses)
    party = Party.SDK if sdk else Party.APP
    last = len(header) - 1 - header[::-1].index("purpose") if "purpose" in header else -1
    names = [cell for place, cell in enumerate(row) if place != last or has(dense(cell), "collects.telling")]
    for information in _named(dense("".join(names))):
        yield InformationRow(information, party, sdk, purpose[:QUOTE_LENGTH], _switch("，".join(row)), " | ".join(row)[:QUOTE_LENGTH])


def _in_sentence(sentence: str, before: str, later: str, lead: str) -> Iterator[InformationRow]:
    """What a sentence tells of; others may say what for, and ``lead``, of which it is an item, that it is taken."""
    said = dense(sentence)
    if _lists_uses(lead) or not (named := sum(1 for _information in _named(said))):
        return
    taken = tuple(dict.fromkeys(_taken(sentence)))
    told, item = has(said, "collects.words") or named >= SEVERAL or _is_row(sentence), sentence
    if not told and lead and taken and _is_item(said):
        told, sentence, said = True, f"{lead}{sentence}", dense(lead) + said
    if has(said, "defines.words") or POLICIES.pattern("classes").match(said) or not told:
        return
    both = (Party.APP, Party.RECIPIENT) if POLICIES.pattern("both").search(said) else ()
    parties = both or ((Party.RECIPIENT if has(_without(said, "shares.innocent"), "shares.words") else Party.APP),)
    listed = later.strip()[:QUOTE_LENGTH] if _lists_uses(sentence) else ""
    purpose = listed or purpose_of(sentence) or _for_this(sentence, before) or (purpose_of(later) if _tells_of_before(dense(later)) else "")
    purpose = purpose or _scene(sentence) or _use_of_permission(item, lead) or purpose_of(lead)
    switch = _switch(sentence) or ("" if any(_named(dense(later))) else _switch(later))
    for information in taken:
        for party in parties:
            yield InformationRow(information, party, "", purpose, switch, unnumbered(sentence)[:QUOTE_LENGTH])


def _lists_uses(lead: str) -> bool:
    """Whether it says what is taken, and the list behind it what for: 为了如下功能，我们需要相机权限："""
    said = dense(lead)
    return lead.endswith(_COLONS) and has(said, "listed.words") and any(_named(said))


def _for_this(sentence: str, before: str) -> str:
    """What stands before 为此, in the sentence or as the one before it."""
    this = POLICIES.pattern("for_this").match(sentence)
    return (this[1] or before).strip(" 。")[:QUOTE_LENGTH] if this is not None else ""


def _use_of_permission(sentence: str, lead: str) -> str:
    """What stands behind a permission's name: 相机权限：扫码付款, or in a list of permissions 相机：扫码付款."""
    label, *rest = _ROW.split(unnumbered(sentence), maxsplit=1)
    said = dense(rest[-1]) if rest and rest[0] not in "，," else ""
    permission = len(dense(label)) <= LABEL_LENGTH and "权限" in lead + label and any(_named(dense(label)))
    says = not any(_named(said)) and not has(said, "purpose.refused") and not has(said, "switch.words")
    says = says and not has(said, "switch.way")
    use = permission and says and not said.isascii() and POLICIES.pattern("no_use").search(said) is None
    return rest[-1].strip(" 。")[:QUOTE_LENGTH] if use and len(said) < LONGEST_HEADING else ""


def _is_row(sentence: str) -> bool:
    """Whether it is a row of a list without a table: what is taken, a colon, what for (剪贴板：用于识别口令).

    Behind a comma the rest begins with what for: 位置信息，用于查找附近职位.
    """
    label, sign, rest = (dense(part) for part in _ROW.split(sentence, maxsplit=1)) if _ROW.search(sentence) else ("", "", "")
    short = len(label) <= LABEL_LENGTH and any(_named(label))
    used = has(rest, "purpose.words") or has(rest, "purpose.needs") or POLICIES.pattern("row_scene").search(rest) is not None
    told = used if sign not in "，," else rest.startswith(POLICIES.words("purpose.begins"))
    return short and told and not has(rest, "purpose.denied")


def _taken(sentence: str) -> Iterator[Information]:
    """What a sentence names, but for what it says is not taken."""
    head, *rest = map(dense, re.split("[：:]", sentence, maxsplit=1))
    if rest and POLICIES.pattern("denies").search(head) and not any(_named(head)):  # 我们不会收集：通讯录、位置信息
        return
    before: list[Information] = []
    for clause in map(dense, POLICIES.pattern("clause").split(sentence)):
        named = [] if POLICIES.pattern("other_sense").search(clause) else list(_named(clause))
        if POLICIES.pattern("denies").search(clause):
            if named:
                yield from before
            before = []
            continue
        yield from before
        before = named
    yield from before


def _named(said: str) -> Iterator[Information]:
    said = _without(said, "innocent.words")
    return (information for information in Information if has(said, f"information.{information.value}"))


def _without(said: str, path: str) -> str:
    for innocent in POLICIES.words(path):
        said = said.replace(innocent, "")
    return said


def purpose_of(sentence: str) -> str:
    """The clauses that say what for."""
    found: list[str] = []
    for clause in POLICIES.pattern("clause").split(sentence):
        said = dense(clause)
        if found and (has(said, "collects.words") or has(said, "purpose.subjects") or has(said, "switch.words")):
            break
        if found or ((has(said, "purpose.words") or POLICIES.pattern("purpose").search(said)) and not has(said, "purpose.refused")):
            found.append(clause.strip(" 。"))
    return unnumbered("，".join(found))[:QUOTE_LENGTH]


def _tells_of_before(later: str) -> bool:
    """Whether a sentence says what for of what the one before it takes."""
    if has(later, "purpose.back") or later.startswith(POLICIES.words("purpose.begins")):
        return True
    return POLICIES.pattern("purpose").match(later) is not None and not any(_named(later))


def _scene(sentence: str) -> str:
    """The clause that says when: 当您使用附近企业功能时."""
    clauses = (clause.strip() for clause in POLICIES.pattern("clause").split(sentence))
    return next((clause[:QUOTE_LENGTH] for clause in clauses if POLICIES.pattern("scene").match(clause)), "")


def _switch(sentence: str) -> str:
    clauses = POLICIES.pattern("clause").split(sentence)
    switches = [clause for clause in clauses if has(_without(dense(clause), "switch.innocent"), "switch.words")]
    found = next((clause for clause in switches if has(dense(clause), "switch.way")), next(iter(switches), ""))
    found = sentence[sentence.find(found) :] if found.rstrip("为").endswith("路径") else found
    return found.strip(" 。")[:QUOTE_LENGTH]


def _of_sdks(sdks: tuple[SdkRow, ...]) -> Iterator[InformationRow]:
    for sdk in sdks:
        clauses = POLICIES.pattern("clause").split(dense(f"{sdk.information}，{sdk.purpose}"))
        told = "，".join(clause for clause in clauses if POLICIES.pattern("denies").search(clause) is None)
        for information in _named(told):
            yield InformationRow(information, Party.SDK, sdk.name, sdk.purpose, "", sdk.information[:QUOTE_LENGTH])
