"""Compare the names of apps: of an advert or page, and of what was delivered (app_names.toml)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.config import once_a_config
from harness.dialogs.word_files import table as table_of
from harness.dialogs.word_patterns import WordFile
from harness.errors import CatalogueError
from harness.language import _

LEAST = 3
"""Signs of a name that may stand within a longer one and be that app [PROJECT]: 消消乐 in 开心消消乐, never 天气."""
_LEAST_LATIN = 4
_SIGNS = re.compile(r"[\s\u200b-\u200f\ufeff\"'“”‘’《》〈〉「」『』!！?？.。®™©_+&/\\]+")
_NAMES = WordFile("app_names.toml")
_CLOSING = re.compile(r"[)）\]】]+$")
_MOST = 200  # characters of a name that are compared


@dataclass(frozen=True, slots=True)
class _Catalogue:
    leads: tuple[str, ...]
    suffixes: tuple[str, ...]
    separators: tuple[str, ...]
    brands: tuple[frozenset[str], ...]


@once_a_config
def _catalogue() -> _Catalogue:
    """The tables, longest first; raises CatalogueError when the file is wrong."""
    data = table_of("app_names.toml")
    try:
        leads, suffixes = (
            tuple(sorted({_bare(word) for word in data[name]}, key=lambda w: (-len(w), w))) for name in ("leads", "suffixes")
        )
        brands = tuple(frozenset(_bare(name) for name in brand["groups"]) for brand in data["brands"])
        return _Catalogue(leads, suffixes, tuple(data["separators"]), brands)
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(_("{file}: {problem}", file="app_names.toml", problem=error)) from None


def same_name(told: str, labels: Iterable[str]) -> bool:
    """Whether what was told names the app that has one of these labels.

    Width, case, blanks, editions (极速版), calls to load (下载) and slogans behind a dash make no difference, nor do
    two names of one brand. What was told may say more than the label, and may end the label if it is no common word.
    """
    names = set(_variants(told))
    for label in labels:
        own = set(_variants(label))
        if names & own or any(_within(part, name) for part in own for name in names):
            return True
        if any(label.endswith(name) and _is_long(name) and name not in _catalogue().suffixes for label in own for name in names):
            return True
        if any(names & brand and own & brand for brand in _catalogue().brands):
            return True
    return False


def _within(label: str, told: str) -> bool:
    return _is_long(label) and label in told


def _is_long(name: str) -> bool:
    return len(name) >= (_LEAST_LATIN if name.isascii() else LEAST)


def _variants(text: str) -> Iterator[str]:
    """The name whole, without its slogan, and each of them without edition and call."""
    folded = unicodedata.normalize("NFKC", text[:_MOST]).casefold().strip()
    for form in (folded, _head(folded)):
        name = _bare(_CLOSING.sub("", form))
        if name:
            yield name
            plain = _without_edition(name)
            yield plain
            yield _without_lead(plain)


def _head(text: str) -> str:
    """What stands before the first sign that sets a slogan off; the whole where that is too little."""
    places = [place for sign in _catalogue().separators if (place := text.find(sign.casefold())) > 0]
    head = text[: min(places)].strip() if places else text
    return head if len(head) >= 2 else text


def _bare(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _without_edition(name: str) -> str:
    while True:
        shorter = _NAMES.pattern("version").sub("", name)
        shorter = next((shorter.removesuffix(word) for word in _catalogue().suffixes if shorter.endswith(word)), shorter)
        if shorter == name or len(shorter) < 2:
            return name
        name = shorter


def _without_lead(name: str) -> str:
    shorter = next((name.removeprefix(word) for word in _catalogue().leads if name.startswith(word)), name)
    return shorter if len(shorter) >= 2 else name
