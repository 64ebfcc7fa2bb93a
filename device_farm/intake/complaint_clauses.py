"""Find the clauses that a complaint is about by its words."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from harness.config.table_validation import Table
from harness.errors import FormatError
from harness.language import _
from harness.rules.labels import all_labels
from harness.session.check_options import DRIVEN
from harness.toml_reader import read_toml

_NAME = "words.toml"


Choice = tuple[frozenset[str], frozenset[int]]
"""Words of which one must stand in the complaint too, where there are any, and the clauses that are chosen then."""


class ComplaintClauses:
    """Words and the clauses that each chooses; a word of one's own file says what it says there, be it nothing."""

    def __init__(self, own: Path | None = None) -> None:
        """Raises FormatError where ``own`` is none."""
        self._choices = _together(_labels(), _ours()) | (_read(Table(read_toml(own), own.name), own.name) if own is not None else {})
        latin = (word for word in self._choices if word.isascii())
        self._latin = re.compile("|".join(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" for word in latin) or "(?!)")
        self._others = tuple(word for word in self._choices if not word.isascii())

    def clauses(self, complaint: str) -> tuple[int, ...]:
        """The clauses that a complaint is about; none where no word of it is known."""
        text = _plain(complaint)
        found = {word for word in self._others if word in text} | set(self._latin.findall(text))
        choices = (choice for word in found for choice in self._choices[word])
        meant = (clauses for beside, clauses in choices if not beside or any(word in text for word in beside))
        return tuple(sorted({clause for clauses in meant for clause in clauses}))


@cache
def _ours() -> dict[str, tuple[Choice, ...]]:
    text = (files("device_farm.intake") / _NAME).read_text(encoding="utf-8")
    return _read(Table(tomllib.loads(text), _NAME), _NAME)


def _labels() -> dict[str, tuple[Choice, ...]]:
    """The labels of regulators whose clause is checked here."""
    known = ((words, label.clause) for label in all_labels() if label.clause in DRIVEN for words in (label.zh, *label.also_called))
    return {_plain(words): ((frozenset(), frozenset((clause,))),) for words, clause in known}


def _together(*files: dict[str, tuple[Choice, ...]]) -> dict[str, tuple[Choice, ...]]:
    return {word: tuple(choice for each in files for choice in each.get(word, ())) for each in files for word in each}


def _read(table: Table, file: str) -> dict[str, tuple[Choice, ...]]:
    return _together(*(_each(words, choice) for words, choice in _tables(table, file)))


def _each(words: Iterable[str], choice: Choice) -> dict[str, tuple[Choice, ...]]:
    return dict.fromkeys(words, (choice,))


def _tables(table: Table, file: str) -> Iterator[tuple[list[str], Choice]]:
    table.only(("choice",))
    listed = table.value("choice") or []
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise FormatError(_("{file}: {key} is a list of tables: write [[{key}]] before each", file=file, key="choice"))
    for number, each in enumerate(listed, 1):
        choice = Table(each, file, f"choice {number}")
        choice.only(("clauses", "words", "with"))
        clauses = choice.value("clauses")
        if not isinstance(clauses, list) or not all(clause in DRIVEN for clause in clauses):
            known = ", ".join(map(str, DRIVEN))
            raise FormatError(_("{file}: {key} is a list of clauses out of {known}", file=file, key=choice.key("clauses"), known=known))
        if not (words := choice.texts("words")):
            raise FormatError(_('{file}: {key} is missing: write {name} = ["..."]', file=file, key=choice.key("words"), name="words"))
        yield [*map(_plain, words)], (frozenset(map(_plain, choice.texts("with"))), frozenset(clauses))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
