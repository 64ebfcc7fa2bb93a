"""Find the clauses that a complaint is about by its words."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from harness.config.table_validation import Table
from harness.errors import FormatError
from harness.language import _
from harness.rules.labels import all_labels
from harness.session.check_options import CLAUSES
from harness.toml_reader import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAME = "words.toml"


class ComplaintClauses:
    """Words and the clauses that each chooses; a word of one's own file says what it says there, be it nothing."""

    def __init__(self, own: Path | None = None) -> None:
        """Raises FormatError where ``own`` is none."""
        self._clauses = _labels() | _ours() | (dict(_choices(Table(read_toml(own), own.name), own.name)) if own is not None else {})
        latin = (word for word in self._clauses if word.isascii())
        self._latin = re.compile("|".join(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])" for word in latin) or "(?!)")
        self._others = tuple(word for word in self._clauses if not word.isascii())

    def clauses(self, complaint: str) -> tuple[int, ...]:
        """The clauses that a complaint is about; none where no word of it is known."""
        text = _plain(complaint)
        found = {word for word in self._others if word in text} | set(self._latin.findall(text))
        return tuple(sorted({clause for word in found for clause in self._clauses[word]}))


@cache
def _ours() -> dict[str, frozenset[int]]:
    text = (files("device_farm.intake") / _NAME).read_text(encoding="utf-8")
    return dict(_choices(Table(tomllib.loads(text), _NAME), _NAME))


def _labels() -> dict[str, frozenset[int]]:
    """The labels of regulators whose clause is checked here."""
    known = ((words, label.clause) for label in all_labels() if label.clause in CLAUSES for words in (label.zh, *label.also_called))
    return {_plain(words): frozenset((clause,)) for words, clause in known}


def _choices(table: Table, file: str) -> Iterator[tuple[str, frozenset[int]]]:
    table.only(("choice",))
    listed = table.value("choice") or []
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise FormatError(_("{file}: {key} is a list of tables: write [[{key}]] before each", file=file, key="choice"))
    for number, each in enumerate(listed, 1):
        choice = Table(each, file, f"choice {number}")
        choice.only(("clauses", "words"))
        clauses = choice.value("clauses")
        if not isinstance(clauses, list) or not all(clause in CLAUSES for clause in clauses):
            known = ", ".join(map(str, CLAUSES))
            raise FormatError(_("{file}: {key} is a list of clauses out of {known}", file=file, key=choice.key("clauses"), known=known))
        if not (words := choice.texts("words")):
            raise FormatError(_('{file}: {key} is missing: write {name} = ["..."]', file=file, key=choice.key("words"), name="words"))
        for word in words:
            yield _plain(word), frozenset(clauses)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
