"""Tell whether a text names a permission and a use of it that is more than a generic one.

Purposes.toml.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.config import once_a_config
from harness.dialogs.dialog_words import has_any, plain, words
from harness.dialogs.promises import mentioned_in
from harness.dialogs.purpose_grammar import PURPOSES, Grammar
from harness.dialogs.related import serves
from harness.dialogs.word_files import table
from harness.errors import CatalogueError
from harness.events.permission_groups import GROUPS
from harness.language import _

_STOP = re.compile(r"[,.;:!?、；：！？()（）\n]")
_SENTENCE = re.compile(r"[.;!?。；！？\n]")
_CJK = re.compile(r"[\u4e00-\u9fff]")
ENOUGH = 2
"""Characters of a Chinese use, or letters of an English word, that must be left once the empty words are gone
[PROJECT]."""
ENOUGH_REASON = 3
"""Characters of a reason, which no word introduces, that must be left [PROJECT]."""


_LISTS = ("context", "introductions", "empty", "acts", "situations", "goes_on", "no_situations", "idle_situations", "particles")


@dataclass(frozen=True, slots=True)
class _Catalogue:
    context: list[str]
    introductions: list[str]
    empty: list[str]
    acts: list[str]
    situations: list[str]
    goes_on: list[str]
    no_situations: list[str]
    idle_situations: list[str]
    particles: list[str]
    serves: Mapping[str, list[str]]
    grammar: Grammar


@once_a_config
def _catalogue() -> _Catalogue:
    """The word lists, longest empty words first; raises CatalogueError when the file is wrong."""
    data = table("purposes.toml")
    try:
        lists = {name: [str(word).casefold() for word in data[name]] for name in _LISTS}
        serves = {str(group): [str(word).casefold() for word in entries] for group, entries in data["serves"].items()}
        grammar = Grammar.of(data["grammar"])
    except (KeyError, TypeError, AttributeError, re.error) as error:
        raise CatalogueError(_("{file}: {problem}", file="purposes.toml", problem=error)) from None
    if unknown := set(serves) - set(GROUPS):
        raise CatalogueError(_("{file}: {group} is no permission group", file="purposes.toml", group=min(unknown)[:80]))
    lists["empty"].sort(key=len, reverse=True)
    return _Catalogue(**lists, serves=serves, grammar=grammar)


@once_a_config
def tells_purpose(text: str, group: str) -> bool:
    """Whether a text names the permission of this group and a concrete use of it."""
    sentence = plain(text)
    if not has_any(sentence, _names(group)):
        return False
    if not has_any(sentence, _catalogue().context):
        return any(_says_something(use, group) for use in _doings(text, group))
    return any(True for _ in _told_uses(text, group)) or _names_function(sentence, group)


@once_a_config
def told_in_two(line: str, following: str, group: str) -> bool:
    """Whether a line and the next one tell it together: the permission in the title of a notice, and the use below.

    What one of them alone tells of another permission is no part of that.
    """
    if not tells_purpose(f"{line}\n{following}", group):
        return False
    others = [other for other in GROUPS if other in words()["groups"] and not serves(other, group)]
    return tells_purpose(line, group) or not any(tells_purpose(each, other) for each in (line, following) for other in others)


def passages_telling(lines: Sequence[str], group: str) -> list[str]:
    """The lines, and the pairs of lines, that tell what the permission of this group is for."""
    alone = [line for line in lines if tells_purpose(line, group)]
    return [*alone, *(f"{line}\n{following}" for line, following in pairwise(lines) if told_in_two(line, following, group))]


def told_groups(text: str) -> frozenset[str]:
    """The permission groups of which a text tells a concrete use."""
    return frozenset(group for group in GROUPS if tells_purpose(text, group))


@once_a_config
def serving(text: str, group: str) -> frozenset[str]:
    """The parts of words by which a told purpose is one that the permission of this group can serve; empty for others.

    核对身份 is a purpose that anything may be asked for: who reads it knows no function.
    """
    if not tells_purpose(text, group):
        return frozenset()
    told = _told_use(text, group)
    return frozenset(word for word in _served_by(group) if word in told)


@once_a_config
def is_named_in(caption: str, text: str, group: str, signs: int = ENOUGH) -> bool:
    """Whether a purpose speaks of the control of this caption: 拍天空, 相机用于拍摄天空的照片.

    ``signs`` in a row that the two share are enough; of one alone, no particle (我, 看, 开).
    """
    said, told = plain(caption), _told_use(text, group)
    for word in (*_catalogue().empty, *_names(group)):
        told = told.replace(word, "|") if len(word) >= ENOUGH else told
    parts = {said[at : at + signs] for at in range(len(said) - signs + 1) if len(_CJK.findall(said[at : at + signs])) == signs}
    return any(word in said for word in serving(text, group)) or any(part in told for part in parts - set(_catalogue().particles))


def may_serve(caption: str, group: str) -> bool:
    """Whether a caption speaks of what the permission of this group can serve: 离我多远, the location."""
    return has_any(plain(caption), _served_by(group))


def _told_use(text: str, group: str) -> str:
    """What a told purpose says of the use; where nothing introduces one, all but the permission (扫码需要相机权限)."""
    if used := list(_told_uses(text, group)):
        return " ".join(used)
    sentence = plain(text)
    for name in _names(group):
        for word in PURPOSES.words("permission"):
            sentence = sentence.replace(name + word, "|")
    return sentence


def _served_by(group: str) -> list[str]:
    """What uses of a group speak of, under all its names."""
    serves_of = _catalogue().serves
    return [word for other, entries in serves_of.items() if serves(other, group) and serves(group, other) for word in entries]


def without_name(text: str, name: str) -> str:
    """A text without the app's own name: 扫码助手想使用相机 tells no use, 随手相机 asks for no camera."""
    return re.sub(rf"[“\"「『]?{re.escape(name)}[”\"」』]?", " ", text, flags=re.IGNORECASE) if name else text


@dataclass(frozen=True, slots=True)
class StatedPurposes:
    """Which lines of a page tell what the permission of each group is for."""

    lines: Mapping[str, frozenset[str]]

    def explains(self, line: str, group: str, *, is_title: bool) -> bool:
        """Whether a line with a word of the group belongs to such an explanation.

        Then it promises no function of the page.

        The bare name of a permission that is explained belongs to it too. As a title it may well be the function, which
        says what it needs (通讯录), unless the page explains another permission elsewhere.
        """
        told = self.lines.get(group)
        if not told:
            return False
        several = any(told.isdisjoint(other) for other in self.lines.values())
        return line in told or (plain(line) in _names(group) and (several or not is_title))


def told_on_page(lines: Sequence[str], groups: Iterable[str]) -> StatedPurposes:
    """What the texts of a page, in their order, tell of the permissions of some groups.

    In one text, or in one and the next.
    """
    return StatedPurposes({group: frozenset(_telling(lines, group)) for group in groups})


def _telling(lines: Sequence[str], group: str) -> Iterator[str]:
    alone = [tells_purpose(line, group) for line in lines]
    for number, line in enumerate(lines):
        if alone[number]:
            yield line
        elif number + 1 < len(lines) and not alone[number + 1] and told_in_two(line, lines[number + 1], group):
            yield from lines[number : number + 2]


def _names(group: str) -> list[str]:
    """The names of a permission, and those of the same one under another name (STORAGE, READ_MEDIA_VISUAL)."""
    groups = words()["groups"]
    return [name for other in GROUPS if other in groups and serves(other, group) and serves(group, other) for name in groups[other]]


def _uses(sentence: str) -> Iterator[str]:
    """What each introduction introduces, up to the next stop."""
    for word in _catalogue().introductions:
        start = sentence.find(word)
        while start >= 0:
            yield _STOP.split(sentence[start + len(word) :], maxsplit=1)[0]
            start = sentence.find(word, start + 1)


def _situations(sentence: str, group: str) -> Iterator[str]:
    """The situations in which a permission is used that the sentence names after them: 选图时，会用到照片权限."""
    words = _catalogue()
    for sign in words.situations:
        for found in re.finditer(re.escape(sign), sentence):
            before, after = sentence[: found.start()], sentence[found.end() :]
            told = _SENTENCE.split(after, maxsplit=1)[0]
            whole = f"{before}{sign}"
            if after.startswith(tuple(words.goes_on)) and not whole.endswith(tuple(words.no_situations)) and has_any(told, _names(group)):
                use = _STOP.split(before)[-1]
                for idle in words.idle_situations:
                    use = use.replace(idle, "")
                yield use


def _told_uses(text: str, group: str) -> Iterator[str]:
    """What a text says of the use, in any grammar, as far as it says something."""
    sentence = plain(text)
    yield from (use for use in (*_uses(sentence), *_situations(sentence, group)) if _says_something(use, group))
    if sentence.isascii():
        return
    grammar, names = _catalogue().grammar, _longest_first(group)
    yield from (
        use for use in (*grammar.results_of(text, names), *grammar.doings(text, names, sources=True)) if _says_something(use, group)
    )
    below = (use for use in grammar.told_below(text, names) if any(word in use for word in _served_by(group)))
    yield from (use for use in below if _says_something(use, group, ENOUGH_REASON))
    yield from (use for use in grammar.reasons(text, names) if _says_something(use, group, ENOUGH_REASON))


def _doings(text: str, group: str) -> list[str]:
    """What a text says is done by means of the permission.

    通过麦克风测出教室有多吵 says so without a word for using.
    """
    return [] if text.isascii() else list(_catalogue().grammar.doings(text, _longest_first(group)))


def _longest_first(group: str) -> list[str]:
    return sorted(_names(group), key=len, reverse=True)


def _says_something(use: str, group: str, enough: int = ENOUGH) -> bool:
    """Whether a use says more than that the app works well, or than the permission's own name."""
    left = use
    if not use.isascii():
        for word in [*words()["groups"][group], *_catalogue().empty]:
            left = left.replace(word, "")
        return len(_CJK.findall(left)) >= enough
    named = {part for name in words()["groups"][group] for part in name.split()}
    rest = [part for part in re.findall(r"[a-z]+", left) if part not in _catalogue().empty and part not in named]
    return any(len(part) > ENOUGH for part in rest)


def _names_function(sentence: str, group: str) -> bool:
    """Whether a function stands in the text beside the permission's own name: 扫码需要相机权限, 拍摄文档需要使用相机.

    拍摄 and 录音 name a permission, and a function where the permission has its proper name beside them.
    """
    names = words()["groups"][group]
    proper = [name for name in names if name in sentence and name not in _catalogue().acts]
    called = [name + word for name in names for word in PURPOSES.words("permission")] + [f"{name} permission" for name in names]
    beside = [f"{sign}{name}" for name in _names(group) for sign in PURPOSES.words("beside")]
    for name in (*called, *beside, *(proper or names)):
        sentence = sentence.replace(name, "|")
    return any(serves(promised, group) for promised in mentioned_in(sentence))
