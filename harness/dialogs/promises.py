"""The permission groups that a control may rightly ask for, by the function that its words promise.

Promises.toml.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harness.config import once_a_config
from harness.dialogs.dialog_words import has_any, plain, words
from harness.dialogs.spoken_labels import taken_apart
from harness.dialogs.word_files import PATTERNS
from harness.dialogs.word_files import table as table_of
from harness.dialogs.word_patterns import WORDS, WordFile, has_price
from harness.errors import CatalogueError
from harness.events.permission_groups import GROUPS
from harness.language import _

_ID_PART = re.compile(r"[a-z]+|[A-Z][a-z]*|\d+")
_PROMISES = WordFile("promises.toml")
_CONTENTS = re.compile(r"\S\s+[·•・|]\s+\S")
"""What stands between the parts of a row of contents: 位置未知 科幻 · 完结."""
_LONG_WORD = re.compile("[a-z]{4,}")
_ADDED = re.compile(r"[(（][^()（）]*[)）]")
LONGEST, LONGEST_ENGLISH = 20, 40
"""Characters of a control's words at most [PROJECT]: what is longer is a headline, and promises the reading of it."""


@dataclass(frozen=True, slots=True)
class _Promise:
    """The words of one group, as patterns; ``ids`` are looked for between underscores.

    ``also``: captions that promise something else, and for which the group may be asked as well.
    ``core``: words in the names of apps that are nothing without the group (docs/verdicts.md 3.1).
    ``beside``: a group that is promised too where one of its words stands beside.
    """

    words: re.Pattern[str]
    names: re.Pattern[str]
    without: re.Pattern[str]
    core: tuple[str, ...]
    also: tuple[str, ...]
    ids: tuple[str, ...]
    beside: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    groups: Mapping[str, _Promise]
    leads: frozenset[str]
    answers: frozenset[str]
    answer_begins: tuple[str, ...]
    answer_ids: tuple[str, ...]


@once_a_config
def _catalogue() -> _Catalogue:
    """The tables of the file; raises CatalogueError when it is wrong."""
    data = table_of("promises.toml")
    try:
        leads, answers, apart = data.pop("leads"), data.pop("answers"), data.pop("apart")["words"]
        for name in ("nouns", "columns", "told", "questions", "lamp", PATTERNS):
            data.pop(name)
        found = {
            group: _Promise(
                words=_any_of(table["words"], apart),
                names=_any_of(table["names"], apart),
                without=_any_of(table["not"]),
                core=tuple(plain(word) for word in table.get("core", ())),
                also=tuple(plain(word) for word in table.get("also", ())),
                ids=tuple(f"_{name}_" for name in table["ids"]),
                beside={other: _any_of(entries) for other, entries in table.get("beside", {}).items()},
            )
            for group, table in data.items()
        }
        catalogue = _Catalogue(
            groups=found,
            leads=frozenset(plain(text) for text in leads["texts"]),
            answers=frozenset(plain(text) for text in answers["texts"]),
            answer_begins=tuple(plain(text) for text in answers["begins"]),
            answer_ids=tuple(f"_{name}_" for name in answers["ids"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(_("{file}: {problem}", file="promises.toml", problem=error)) from None
    if unknown := set(found).union(*(promise.beside for promise in found.values())) - set(GROUPS):
        raise CatalogueError(_("{file}: {group} is no permission group", file="promises.toml", group=min(unknown)[:80]))
    return catalogue


def _any_of(entries: Iterable[str], apart: Sequence[str] = ()) -> re.Pattern[str]:
    """A pattern for any of the words, longer ones first; English ones as whole words.

    A Chinese one is none where its first sign ends a word of ``apart``. Without words it never matches.
    """
    ends: dict[str, str] = {}
    for word in apart:
        ends[word[-1]] = ends.get(word[-1], "") + f"(?<!{re.escape(word[:-1])})"
    parts = [
        rf"(?<![a-z.]){re.escape(word)}(?![a-z]|\.\w)" if word.isascii() else ends.get(word[0], "") + re.escape(word)
        for word in sorted({plain(word) for word in entries}, key=lambda word: (-len(word), word))
    ]
    return re.compile("|".join(parts) or r"(?!)")


@once_a_config
def promises_of(text: str, resource_id: str = "") -> tuple[str, ...]:
    """The groups that a control promises by its text or description, and by its resource id without the package.

    sorted.
    """
    parts = _parts(resource_id)
    if any(f"_{name}_" in parts for name in _PROMISES.words("told.ids")):
        parts = ""
    by_id = {group for group, promise in _catalogue().groups.items() if any(name in parts for name in promise.ids)}
    return tuple(sorted(by_id.union(mentioned_in(_short(text)))))


@once_a_config
def may_ask_for(text: str) -> tuple[str, ...]:
    """The groups that a control of this caption may ask for besides what it promises: 拍摄 takes a voice too."""
    said = plain(text)
    return tuple(sorted(group for group, promise in _catalogue().groups.items() if said in promise.also))


def names_column(text: str) -> bool:
    """Whether a caption is that of contents, which promises nothing where it is a tab: 通讯录, Album."""
    return plain(text) in _PROMISES.words("columns.texts")


def promises_on_page(text: str, said: Iterable[str]) -> tuple[str, ...]:
    """What a page makes of words: 头像 on one's own profile is changed, 开灯 on a torch's lights the phone's lamp."""
    if lights(text):
        lines = [plain(each) for each in said]
        of_home = any(has_any(line, _PROMISES.words("lamp.home")) for line in lines)
        return ("CAMERA",) if not of_home and any(has_any(line, _PROMISES.words("lamp.torch")) for line in lines) else ()
    changes, headings = _PROMISES.words("nouns.changes"), _PROMISES.words("nouns.profile")
    if plain(text) not in changes or not any(plain(each) in headings for each in said):
        return ()
    return mentioned_in(changes[0])


def lights(text: str) -> bool:
    """Whether a caption turns a lamp on or off, that of the phone or one of a home."""
    return plain(text) in _PROMISES.words("lamp.switches")


@once_a_config
def promised_by_name(name: str) -> tuple[str, ...]:
    """The groups that an app is about by its name, or a page by its title or a heading; sorted."""
    silent = has_any(plain(name), words()["own"]["permission"]) or _asks(name)
    said = "" if silent else plain(name)
    groups = _catalogue().groups.items()
    return tuple(sorted(group for group, promise in groups if promise.names.search(promise.without.sub(" ", said))))


@once_a_config
def runs_on(caption: str, group: str, lines: str) -> bool:
    """Whether a line of a page says that what needs the group goes on, or what this caption began: 记录中."""
    began = plain(caption)
    parts = {began[at : at + 2] for at in range(len(began) - 1) if not began[at : at + 2].isascii()} | {*_LONG_WORD.findall(began)}
    said = (plain(line) for line in lines.split("\n") if len(line) <= LONGEST)
    runs = (line for line in said if _PROMISES.pattern("runs").search(line))
    return any(group in mentioned_in(line) or any(part in line for part in parts) for line in runs)


@once_a_config
def tells_distances(lines: str) -> bool:
    """Whether a page tells how far several things are, which it knows by the location."""
    return sum(_PROMISES.pattern("distance").search(plain(line)) is not None for line in lines.split("\n")) > 1


@once_a_config
def core_by_name(name: str, group: str) -> bool:
    """Whether an app of this name is nothing without the permission of a group."""
    promise = _catalogue().groups.get(group)
    return promise is not None and has_any(plain(name), promise.core)


@once_a_config
def mentioned_in(text: str) -> tuple[str, ...]:
    """The groups whose functions a text of any length speaks of; sorted."""
    said = plain(text)
    found = {group: promise for group, promise in _catalogue().groups.items() if promise.words.search(promise.without.sub(" ", said))}
    beside = {other for promise in found.values() for other, pattern in promise.beside.items() if pattern.search(said)}
    return tuple(sorted(beside.union(found)))


@once_a_config
def only_leads(text: str) -> bool:
    """Whether a control is known to lead to another page and to do nothing else: 我的, 设置."""
    return re.sub(r"\(?\d+\)?$", "", plain(text)) in _catalogue().leads


@once_a_config
def only_answers(text: str) -> bool:
    """Whether a control answers a card or turns a page of a guide.

    ``text`` is its text, or its id where it has none.
    """
    said, catalogue = plain(text), _catalogue()
    by_id = said.isascii() and any(name in _parts(text) for name in catalogue.answer_ids)
    return said in catalogue.answers or said.startswith(catalogue.answer_begins) or by_id


def _asks(text: str) -> bool:
    """Whether a text is a question of a help page, which promises its answer."""
    return _PROMISES.pattern("question").search(plain(text)) is not None


def _parts(resource_id: str) -> str:
    """The parts of a resource id between underscores, without the package: ``_iv_close_``."""
    return "".join(f"_{part.lower()}" for part in _ID_PART.findall(resource_id.rpartition("id/")[2])) + "_"


def _short(text: str) -> str:
    """The words of a control without what it adds in brackets (扫码(需要相机权限)).

    None for a price, headline, row of contents or question, for what stands under the name of a column (专题:加油站) or
    a search bar suggests (搜 附近的春天), or for words about permissions: those promise the permission, not a use.
    """
    text = _ADDED.sub("", taken_apart(text).caption)
    column, colon, _ = (caption := re.sub("[:：]", ":", text)).partition(":")
    said = plain(text)
    named = (colon and only_leads(column)) or _PROMISES.pattern("searched").search(caption) or _PROMISES.pattern("noun").fullmatch(said)
    if named or _asks(text) or _PROMISES.pattern("told").search(said):
        return ""
    longest = LONGEST_ENGLISH if text.isascii() else LONGEST
    silent = (
        WORDS.pattern("state_row").search(said) is not None  # of the app's own settings: no use of what was given
        or len(text) > longest
        or has_price(text)
        or _CONTENTS.search(text) is not None
        or has_any(said, words()["own"]["permission"])
    )
    return "" if silent else text
