"""Lists of words by their place in a file, and the regular expressions that are made of them.

A file of words may end in a table ``patterns``. In such a pattern ``{load.verbs}`` stands for any word of the list
``verbs`` of the table ``load``, so that a word of the tester's own is found wherever one of ours is. The patterns
themselves are ours alone: own words are compared letter by letter and never read as an expression.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.config import once_a_config
from harness.dialogs.folding import folded
from harness.dialogs.word_files import PATTERNS, table
from harness.errors import CatalogueError
from harness.language import _

_table = once_a_config(table)  # read once for all its lists and patterns, which change nothing in it
_LIST = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")


@dataclass(frozen=True, slots=True)
class WordFile:
    """A file of words by its name."""

    name: str

    def words(self, path: str) -> tuple[str, ...]:
        """Return the plain words of a list, ``load.verbs``; raises CatalogueError where the file has none such."""
        return _words(self.name, path)

    def pattern(self, name: str) -> re.Pattern[str]:
        """Return one of the patterns; raises CatalogueError where the file has none such."""
        return _pattern(self.name, name)


@once_a_config
def _words(name: str, path: str) -> tuple[str, ...]:
    try:
        return _lists(name)[path]
    except KeyError as error:
        raise CatalogueError(_("{file}: {problem}", file=name, problem=error)) from None


@once_a_config
def _pattern(name: str, wanted: str) -> re.Pattern[str]:
    try:
        return re.compile(_LIST.sub(lambda found: _any_of(_words(name, found[1])), _table(name)[PATTERNS][wanted]))
    except (KeyError, TypeError, re.error) as error:
        raise CatalogueError(_("{file}: {problem}", file=name, problem=error)) from None


@once_a_config
def _lists(name: str) -> Mapping[str, tuple[str, ...]]:
    return dict(_lists_in(_table(name), ""))


def _lists_in(data: Mapping[str, Any], before: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _lists_in(value, f"{before}{key}.")
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            yield before + key, tuple(folded(one) for one in value)


def _any_of(words: tuple[str, ...]) -> str:
    """An expression for any of the words; of an empty list, one that never matches."""
    return f"(?:{'|'.join(map(re.escape, words))})" if words else "(?!)"


WORDS = WordFile("words.toml")


def has_price(text: str) -> bool:
    """Whether a text has a price in it."""
    return WORDS.pattern("price").search(text) is not None
