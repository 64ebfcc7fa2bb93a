"""What an advert tells of the app that it offers: name, developer, version, permissions, privacy, functions.

The six elements are read from the labels before them (应用名称：, 开发者:), in one line or in views of their own. A
name without a label counts only where it stands as one: in quotes, in a view called name or title, or beside the
picture and the button of a card. A slogan is the advert's title and names nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harness.config import once_a_config
from harness.dialogs.words import plain
from harness.pages.advert_parts import id_words, words_on
from harness.pages.advert_words import is_mark, of_contents, role_of, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.parsers.hierarchy import Node

KINDS = ("name", "developer", "version", "permissions", "privacy", "function")
LINKS = ("permissions", "privacy", "function")
"""What is told by a link of that name as well as by words behind a label."""
NAME_LENGTH, VALUE_LENGTH, LINE_LENGTH = 24, 120, 400
"""Characters of an app's name, of what is told behind a label, and of a line that is read, at most [PROJECT]."""
_PARTS = re.compile(r"\s*[|｜丨•·/、；;\n]\s*|\s{2,}")
_QUOTED = re.compile("[《「『“]([^《》「」『』“”]{1,24})[》」』”]")
_SLOGAN = re.compile(r"[!！?？，,。~]|\d+\s?元|红包|领取|免费|立即|恭喜|限时|最高|下载|安装|download|install", re.I)


@once_a_config
def _labels() -> tuple[tuple[str, str], ...]:
    """(label, kind), the longer labels first."""
    return tuple(sorted(((word, kind) for kind in KINDS for word in words_of("told", kind)), key=lambda pair: -len(pair[0])))


def told_in(nodes: Sequence[Node]) -> tuple[tuple[str, str], ...]:
    """What the texts of an advert tell, each kind once, in the order of KINDS."""
    found: dict[str, str] = {}
    waiting = ""  # a label whose value stands in the next view
    for text in (words_on(node)[:LINE_LENGTH] for node in nodes if words_on(node)):
        for part in _PARTS.split(text):
            waiting = _take(part.strip(" :：") if waiting else part.strip(), waiting, found)
    if "name" not in found and (name := _named(nodes)):
        found["name"] = name
    return tuple((kind, found[kind]) for kind in KINDS if kind in found)


def _take(part: str, waiting: str, found: dict[str, str]) -> str:
    """Read one part of a line; the answer is the kind whose value is still to come."""
    if not part:
        return waiting
    kind, value, colon = _labelled(part)
    if kind is None:
        if waiting and role_of(part) is None and not is_mark(part):
            found.setdefault(waiting, part[:VALUE_LENGTH])
        return ""
    if value:
        found.setdefault(kind, value[:VALUE_LENGTH])
        return ""
    if kind in LINKS:
        found.setdefault(kind, part[:VALUE_LENGTH])
        return ""
    return kind if colon or kind in ("name", "developer", "version") else ""


def _labelled(part: str) -> tuple[str | None, str, bool]:
    """The kind of a label that a part begins with, what stands behind it, and whether a colon does."""
    words = plain(part)
    for label, kind in _labels():
        if not words.startswith(label):
            continue
        match = re.match(r"\s*[:：]\s*(.*)$", part[_length(part, label) :], re.S)
        if match is not None:
            return kind, match[1].strip(), True
        if words == label or (kind in LINKS and len(words) <= len(label) + 4):
            return kind, "", False
        if kind == "version" and re.match(r"\s*v?\d+(?:\.\d+)+", part[_length(part, label) :], re.I):
            return kind, part[_length(part, label) :].strip(), False
    return None, "", False


def _length(part: str, label: str) -> int:
    """How many characters of a text its plain label takes; spaces between them count."""
    left = label.replace(" ", "")
    for place, character in enumerate(part):
        if not left:
            return place
        if character.casefold() == left[0]:
            left = left[1:]
    return len(part)


def _named(nodes: Sequence[Node]) -> str:
    """A name that stands as one: quoted, or in a view whose id says so."""
    texts = [(node, words_on(node)) for node in nodes if words_on(node)]
    for _, text in texts:
        if (quoted := _QUOTED.search(text)) and not any(word in quoted[1] for word in ("隐私", "协议", "条款", "政策")) and len(text) <= 40:
            return quoted[1]
    for node, text in texts:
        parts = id_words(node)
        if ({"name", "appname"} & parts or {"app", "title"} <= parts) and is_name(text):
            return text
    return ""


def is_name(text: str) -> bool:
    """Whether a text may be the name of an app: short, no slogan, no caption, no mark."""
    words = text.strip()
    return (
        1 < len(words) <= NAME_LENGTH
        and _SLOGAN.search(words) is None
        and role_of(words) is None
        and not is_mark(words)
        and not of_contents(words)
        and _labelled(words)[0] is None
    )


def title_of(nodes: Sequence[Node]) -> Node | None:
    """The most prominent line: what an id calls the title, else the highest text that is no caption."""
    lines = [node for node in nodes if node.text.strip() and not node.checkable and not is_mark(node.text)]
    lines = [node for node in lines if not (node.pressable and role_of(node.text) is not None)]
    named = [node for node in lines if {"title", "name", "headline"} & id_words(node)]
    short = [node for node in lines if len(node.text) <= 2 * NAME_LENGTH and role_of(node.text) is None]
    return next(iter(named), None) or max(short or lines, key=lambda node: node.box[3] / max(1, 1 + node.text.count("\n")), default=None)
