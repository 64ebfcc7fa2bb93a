"""Controls that are never pressed, by their words (danger.toml)."""

from __future__ import annotations

import re

from harness.config import NONE, once_a_config, using
from harness.dialogs.tables import table as table_of
from harness.dialogs.words import plain
from harness.errors import CatalogueError
from harness.language import _

TABLES = ("contains", "lines", "sim_login", "leading", "urging", "exact", "sold", "compose", "always", "unless")
SENTENCE = 24
"""A longer text is no button's word but a row or an article [PROJECT]: what it speaks of is not what a press does."""
_NUMBER = re.compile(r"(?<!\d)(?:\d[ -]?){5,12}(?!\d)")


@once_a_config
def _catalogue() -> dict[str, list[str]]:
    data = table_of("danger.toml")
    try:
        return {name: [plain(word) for word in data[name]] for name in TABLES}
    except (KeyError, TypeError) as error:
        raise CatalogueError(_("{file}: {problem}", file="danger.toml", problem=error)) from None


@once_a_config
def is_dangerous(text: str) -> bool:
    """Whether a control of this text spends, publishes, calls, deletes, installs, logs out or ends the app.

    The tester's own words only add: what is dangerous by ours alone stays so, whatever theirs are.
    """
    with using(NONE):
        ours = _dangerous(text)
    return ours or _dangerous(text)


@once_a_config
def _dangerous(text: str) -> bool:
    words, table = plain(text), _catalogue()
    if words in table["exact"] or _calls(text) or _priced().fullmatch(words):
        return True
    if not words or len(words) > SENTENCE:
        return False
    held = [word for word in (*table["contains"], *table["sim_login"]) if _holds(words, word)]
    rest = words
    for word in sorted(held, key=len, reverse=True):
        rest = rest.replace(word, " ")  # 恢复出厂设置 is no page of settings
    if words.startswith(tuple(table["always"])):
        return True
    return (bool(held) or _urges(words, table)) and not any(word in rest for word in table["unless"])


def _calls(text: str) -> bool:
    """Whether the words are a telephone number and whose it is (客服热线 95000): a press dials it."""
    return len(text) <= SENTENCE and _NUMBER.search(text) is not None and any(word in plain(text) for word in _catalogue()["lines"])


@once_a_config
def _priced() -> re.Pattern[str]:
    """The text of a button that is a price, alone or with what is sold for it."""
    goods = rf"(?:\d*\s?(?:{'|'.join(map(re.escape, _catalogue()['sold']))}))?"
    return re.compile(rf"{goods}\s?(?:[¥￥$]\s?\d+(?:\.\d+)?|\d+(?:\.\d+)?元)\s?{goods}")


def _urges(words: str, table: dict[str, list[str]]) -> bool:
    """Whether the text is an order: it begins with what it does, alone or after a word that urges."""
    rest = next((words[len(urge) :] for urge in table["urging"] if words.startswith(urge)), words)
    return words.startswith(tuple(table["leading"])) or rest.startswith(tuple(table["leading"]))


@once_a_config
def is_sim_login(text: str) -> bool:
    """Whether a control logs in by the number of the SIM.

    Dangerous, but without a SIM all it can do is ask for the permission.
    """
    words, table = plain(text), _catalogue()
    worse = any(_holds(words, word) for word in table["contains"]) or _urges(words, table)
    return any(word in words for word in table["sim_login"]) and not worse


def opens_editor(text: str) -> bool:
    """Whether a control of this text publishes where something was written, and elsewhere leads to where one writes."""
    return plain(text) in _catalogue()["compose"]


def _holds(words: str, word: str) -> bool:
    """Chinese words stand anywhere, English ones as whole words."""
    return re.search(rf"\b{re.escape(word)}\b", words) is not None if word.isascii() else word in words
