"""The app that an advert offers, as it tells: name, developer, version, permissions, privacy, functions.

The six elements are read from the labels before them (应用名称：, 开发者:), in one line or in views of their own. A
name without a label counts only where it stands as one: in quotes, in a view called name or title, beside the picture
and the button of a card, or over a sentence about it. A slogan is the title of the advert and names nothing.
"""

import re
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from harness.config import once_a_config
from harness.dialogs.close_marks import names_back
from harness.dialogs.dialog_words import plain
from harness.pages.advert_parts import id_words, is_picture, words_on
from harness.pages.advert_words import ADVERTS, REMEMBERED, is_mark, loaded, loads, names_what, of_contents, role_of, words_of
from harness.parsers.hierarchy import Node

KINDS = ("name", "also", "developer", "version", "permissions", "privacy", "function")
LABELLED = ("name", "developer", "version", "permissions", "privacy", "function")
"""What is told behind a label; ``also`` are other lines that may be the name."""
LINKS = ("permissions", "privacy", "function")
"""What is told by a link of that name as well as by words behind a label."""
NAME_LENGTH, VALUE_LENGTH, LINE_LENGTH = 24, 120, 400
VAGUE_LENGTH = 10
"""Characters of an app's name, of a value behind a label, of a line, of one that names nothing, at most [PROJECT]."""
MOST_OVER = 3
"""Lines right over one about an app among which its name may be, at most [PROJECT]: a title, the name, a slogan."""
SHARED = 2
"""Signs that the name of an app shares with its developer's, at least [PROJECT]: 拾光壁纸 of 北京拾光文化传媒."""
_PARTS = re.compile(r"\s*[|｜丨•·/、；;\n]\s*|\s{2,}|\u3000+")
_QUOTED = re.compile("[《「『“]([^《》「」『』“”]{1,24})[》」』”]")
_COMPANY = re.compile(r"\s+\S{2,30}")
"""Behind 开发者 without a colon: a blank and one word, as a company is called."""


@once_a_config
def _labels() -> tuple[tuple[str, str], ...]:
    """(label, kind), the longer labels first."""
    return tuple(sorted(((word, kind) for kind in LABELLED for word in words_of("told", kind)), key=lambda pair: -len(pair[0])))


def told_in(nodes: Sequence[Node]) -> tuple[tuple[str, str], ...]:
    """Return what the texts of an advert tell, each kind once, in the order of KINDS.

    Of several lines that may be the name the others are told as ``also``, one a line.
    """
    found: dict[str, str] = {}
    waiting = ""  # a label whose value stands in the next view
    over: list[Node] = []  # what stands above, of which one may be the name of what a line about an app tells of
    named: list[Node] = []
    for node in (node for node in nodes if words_on(node) and not is_picture(node)):
        text, above = words_on(node)[:LINE_LENGTH], words_on(over[-1])[:LINE_LENGTH] if over else ""
        told = _about_app(text, above)
        for kind, value in told:
            found.setdefault(kind, value)
        about = bool(told)
        for part in _parts_of(text):
            about = about or _labelled(part.strip())[0] in ("developer", "version")
            waiting = _take(part.strip(" :：") if waiting else part.strip(), waiting, found)
        if about and "name" not in found and not named:
            named = over[-MOST_OVER:]
        over.append(node)
    if "name" not in found and (names := _names_over(named, found.get("developer", ""), nodes)):
        found["name"], found["also"] = names[0], "\n".join(names[1:])
    if "name" not in found and (name := sized_name([words_on(node) for node in nodes if words_on(node)])):
        found["name"] = name
    if "name" not in found and (name := _named(nodes) or _in_caption(nodes, told=bool(found))):
        found["name"] = name
    return tuple((kind, found[kind]) for kind in KINDS if found.get(kind))


def _names_over(over: Sequence[Node], developer: str, nodes: Sequence[Node]) -> list[str]:
    """What of the lines over one about an app may be its name, the likeliest first.

    It is called as its developer is, quoted, in a view called name, beside the icon, no praise, larger, or above the
    others. A line with a word for contents in it is a name only where it is called as the developer is, or stands
    beside the icon: 文件大管家.
    """
    fitting: list[Node] = []
    for far, node in enumerate(reversed(over)):
        text = words_on(node).strip()
        if role_of(text) is not None or is_mark(text) or _labelled(text)[0] is not None:
            break
        called = _shares(text, developer) or (_beside_icon(node, nodes) and not _praises(text))
        if (called and _may_be_name(text)) or (is_name(text) and len(fitting) == far):  # nothing lies between
            fitting.append(node)
    fitting.reverse()
    texts = [(node, words_on(node).strip()) for node in fitting if len(fitting) == 1 or not names_nothing([words_on(node).strip()])]
    texts.sort(
        key=lambda pair: (
            _shares(pair[1], developer),
            _QUOTED.search(pair[1]) is not None,
            bool({"name", "appname"} & id_words(pair[0])),
            _beside_icon(pair[0], nodes),
            not _praises(pair[1]),
            pair[0].box[3],
        ),
        reverse=True,
    )
    quoted = [match[1] if (match := _QUOTED.search(text)) else text for _, text in texts]
    return list(dict.fromkeys(quoted))


def _praises(text: str) -> bool:
    return any(sign in text for sign in ADVERTS.words("line.praises"))


def _may_be_name(text: str) -> bool:
    """As ``is_name``, of a text that may have a word for contents in it."""
    return 1 < len(text) <= NAME_LENGTH and ADVERTS.pattern("slogan").search(text) is None and _PARTS.search(text) is None


def _shares(text: str, developer: str) -> bool:
    """Whether a name and a developer's have signs in common that are no word for a company."""
    firm = plain(developer)
    for word in (*words_of("line", "company"), *words_of("line", "region")):
        firm = firm.replace(word, "|")
    return any(
        text[place : place + SHARED] in firm for place in range(len(text) - SHARED + 1) if not text[place : place + SHARED].isascii()
    )


def _beside_icon(node: Node, nodes: Sequence[Node]) -> bool:
    """Whether a square picture without words stands to the left of a line."""
    left, top, _, bottom = node.bounds
    for other in nodes:
        _, _, width, height = other.box
        if words_on(other) or other.children or not 0 < max(width, height) <= 1.2 * min(width, height):
            continue
        if other.bounds[2] <= left and other.bounds[1] < (top + bottom) / 2 < other.bounds[3]:
            return True
    return False


@once_a_config
def _before_label() -> re.Pattern[str]:
    """A label within a line, at which the part before it ends: 开发者：蓝鲸科技版本 2.1."""
    return re.compile(rf"(?:{'|'.join(re.escape(label) for label, _ in _labels())})(?:\s*[:：]|\s*v?\d+\.\d)", re.I)


def _parts_of(text: str) -> list[str]:
    """The parts of a line, each with its label."""
    found: list[str] = []
    for whole in _PARTS.split(text):
        starts = [0, *(match.start() for match in _before_label().finditer(whole) if match.start() > 0), len(whole)]
        found += [whole[start:end].strip() for start, end in pairwise(starts)]
    return found


def sized_name(lines: Sequence[str]) -> str:
    """Return the name in a line with a size: 高清素材 60 MB; a mere 大小 38MB or 应用推荐 86MB names nothing."""
    for line in lines:
        match = ADVERTS.pattern("named_size").match(line[:LINE_LENGTH])
        name = match[1].strip() if match is not None else ""
        if name and not plain(name).startswith(tuple(words_of("line", "sized"))) and _names(name) and not names_nothing([name]):
            return name
    return ""


def _names(text: str) -> bool:
    return role_of(text) is None and _labelled(text)[0] is None and not is_company(text) and not is_mark(text)


def names_nothing(lines: Sequence[str]) -> bool:
    """Whether all lines are words that stand over anything: 热门推荐."""
    vague = words_of("line", "vague")
    return bool(lines) and all(len(line) <= VAGUE_LENGTH and any(word in plain(line) for word in vague) for line in lines)


def _in_caption(nodes: Sequence[Node], *, told: bool) -> str:
    """The name that a caption which loads has in it: 立即下载蓝鲸省钱.

    Where nothing else is ``told``, only one that stands on a line of its own too: 下载大礼包 names nothing.
    """
    lines = [words_on(node).strip() for node in nodes if words_on(node)]
    names = (loaded(line) for line in lines if loads(line))
    return next((name for name in names if name and is_name(name) and (told or name in lines)), "")


def named_by_wall(caption: str, words: str, own: str) -> str:
    """The app that the button of a wall loads, by its words; by its ``own`` name the one that is open: 下载本应用.

    Another is named elsewhere on the wall too, among its ``words``: 下载完整版 names nothing.
    """
    said = loaded(caption).strip()
    if said.casefold().startswith(ADVERTS.words("wall.own")):
        return own
    name = ADVERTS.pattern("wall_goes_on").sub("", said)
    return name if is_name(name) and (name == own or words.count(name) > 1) else ""


def _about_app(text: str, before: str) -> list[tuple[str, str]]:
    """What a line such as 糖豆桌面 3.0 · 成都糖豆科技 · 18 MB tells; the name may stand in the text before it.

    It is a line about an app by its version, with a company or a size beside it; of a film or a song it has neither.
    """
    parts = [part.strip() for part in _PARTS.split(ADVERTS.pattern("mark_before").sub("", text)) if part.strip() and not is_mark(part)]
    named = ADVERTS.pattern("versioned").fullmatch(parts[0]) if parts and ADVERTS.pattern("version").fullmatch(parts[0]) is None else None
    version = next(
        (match[1] for part in parts if (match := ADVERTS.pattern("version").fullmatch(part))), named[2] if named is not None else ""
    )
    company = next((part for part in parts[named is not None :] if is_company(part) and _labelled(part)[0] is None), "")
    if not (company or any(ADVERTS.pattern("size").fullmatch(part) for part in parts)):
        return []
    above = ADVERTS.pattern("versioned").fullmatch(before.strip()) if ADVERTS.pattern("version").fullmatch(before.strip()) is None else None
    if not version and above is not None:
        named, version = above, above[2]
    named_first = len(parts) > 2 and is_name(parts[0]) and not is_company(parts[0])  # 鲜活买菜 · 上海鲜活电商 · 36 MB
    if not version and not (company and named_first and any(ADVERTS.pattern("size").fullmatch(part) for part in parts)):
        return []
    name = named[1].strip() if named is not None else parts[0] if not version else ""  # it may stand above
    found = [("version", version)] if version else []
    if name and (is_name(name) or (named is not None and role_of(name) is None and _labelled(name)[0] is None)):
        found.append(("name", name))
    return [*found, ("developer", company)] if company else found


def tells_of_app(lines: Sequence[str]) -> bool:
    """Whether one of the lines tells of an app: its version beside its company or its size, or its developer."""
    about = any(_about_app(line, before) for line, before in zip(lines, ("", *lines), strict=False))
    return about or any(_labelled(line.strip())[0] == "developer" for line in lines)


def is_company(text: str) -> bool:
    """Whether a text ends as names of companies do."""
    words = plain(text)
    return 2 < len(text.strip()) <= 40 and words.endswith(tuple(words_of("line", "company")))


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


@partial(once_a_config, most=REMEMBERED)
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
        rest = part[_length(part, label) :]
        if kind == "version" and (number := re.match(r"\s*(v?\d+(?:\.\d+)*)(?:\s|$)", rest, re.I)):
            return kind, number[1], False
        if kind == "developer" and _COMPANY.fullmatch(rest):
            return kind, rest.strip(), False
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
        if (quoted := _QUOTED.search(text)) and not any(word in quoted[1] for word in ADVERTS.words("line.legal")) and len(text) <= 40:
            return quoted[1]
    for node, text in texts:
        parts = id_words(node)
        if ({"name", "appname"} & parts or {"app", "title"} <= parts) and is_name(text):
            return text
    return ""


def is_name(text: str, *, of_app: bool = False) -> bool:
    """Whether a text may be the name of an app: short, no slogan, no caption, mark, mere size or part of a series.

    Of what is known to be an app (``of_app``) it may have a word for contents in it: 遛狗地图.
    """
    words = text.strip()
    return (
        1 < len(words) <= NAME_LENGTH
        and ADVERTS.pattern("size").fullmatch(words) is None
        and ADVERTS.pattern("part").fullmatch(words) is None
        and ADVERTS.pattern("slogan").search(words) is None
        and role_of(words) is None
        and not is_mark(words)
        and (of_app or not of_contents(words))
        and _PARTS.search(words) is None
        and _labelled(words)[0] is None
    )


def title_of(nodes: Sequence[Node], name: str = "") -> Node | None:
    """The most prominent line: what has the app's name, what an id calls the title, else the highest of the texts.

    Captions are none.
    """
    lines = [node for node in nodes if node.text.strip() and not node.checkable and not is_mark(node.text)]
    lines = [node for node in lines if not (node.pressable and role_of(node.text) is not None)]
    lines = [node for node in lines if not node.class_name.endswith("Button")] or lines
    telling = [node for node in lines if name and node.text.startswith(name)]
    named = [node for node in lines if {"title", "name", "headline"} & id_words(node)]
    short = [node for node in lines if len(node.text) <= 2 * NAME_LENGTH and role_of(node.text) is None]
    short = [node for node in short if ADVERTS.pattern("size_to_load").search(node.text) is None] or short
    return next(iter(telling or named), None) or max(
        short or lines, key=lambda node: node.box[3] / (1 + node.text.count("\n")), default=None
    )


def has_icon(nodes: Sequence[Node], title: Node | None, scale: float) -> bool:
    """Whether an app's icon stands in the line of the title, or close over it: a square picture of 24 to 96 dp.

    The arrow that leads back is none.
    """
    if title is None:
        return False
    for node in nodes:
        if words_on(node) or node.children or (node.pressable and names_back(node, nodes[0])):
            continue
        _, _, width, height = node.box
        square = 24 * scale <= min(width, height) and max(width, height) <= 96 * scale and max(width, height) <= 1.2 * min(width, height)
        beside = node.bounds[1] - height <= title.bounds[1] <= node.bounds[3] + height
        if square and beside:
            return True
    return False


def slogan_names(nodes: Sequence[Node]) -> str:
    """The line of a marked advert that is its app's name, by the others: the shortest, with a longer line about it.

    Or no other line is there, the mark stands above it, and the button names nothing: what else may be the name? Praise
    is a name only where it ends as those of apps do: 轻松记账本.
    """
    lines = [node for node in nodes if node.text.strip() and not node.class_name.endswith("Button")]
    marks = [node for node in lines if is_mark(node.text)]
    said = [node for node in lines if node not in marks and role_of(node.text) is None]
    below = [node for node in said if all(mark.bounds[3] <= node.bounds[1] for mark in marks)]  # beside the mark stands a heading
    said = sorted(below or said, key=lambda node: len(node.text))
    if not marks or not said or not _heads(said[0].text.strip()):
        return ""
    name, others = said[0], [node.text.strip() for node in said[1:]]
    if not others:
        named = any(loads(words) and names_what(words) for node in nodes if (words := node.text or node.description))
        return name.text.strip() if not named and all(mark.bounds[3] <= name.bounds[1] for mark in marks) else ""
    about = all(not is_name(line) or ADVERTS.pattern("tells_what").search(line) is not None for line in others)
    return name.text.strip() if about and len(others[0]) > len(name.text.strip()) else ""


def _heads(line: str) -> bool:
    """Whether a line may be a name and is no praise, number or word that stands over anything."""
    names = is_name(line) and not names_nothing([line]) and sum(sign.isalpha() for sign in line) > 1
    return names and (not _praises(line) or plain(line).endswith(tuple(words_of("line", "app_ends"))))
