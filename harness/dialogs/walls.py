"""What a text says of going on without a permission: a wall, a narrower way, a login and its ways (walls.toml)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.config import once_a_config
from harness.dialogs.tables import table
from harness.dialogs.words import group_in, has_any, plain, words
from harness.errors import CatalogueError
from harness.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping

LABEL_LENGTH, ENGLISH_LENGTH = 16, 32
"""The longest name of a way to log in, in characters [PROJECT]: longer lines are sentences about it."""


@once_a_config
def _catalogue() -> Mapping[str, list[str]]:
    """The word lists; raises CatalogueError when the file is wrong."""
    data = table("walls.toml")
    try:
        lists = {
            "wall": data["wall"]["words"],
            "narrower": data["narrower"]["words"],
            "login": data["login"]["words"],
            "ways": data["login"]["ways"],
            "loading": data["loading"]["words"],
        }
        return {name: [plain(word) for word in entries] for name, entries in lists.items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(_("{file}: {problem}", file="walls.toml", problem=error)) from None


@once_a_config
def is_wall(text: str) -> bool:
    """Whether a sentence says that something is closed without a permission, and nothing else of what is open."""
    sentence = plain(text)
    about = has_any(sentence, words()["own"]["permission"]) or group_in(text) is not None
    return about and has_any(sentence, _catalogue()["wall"]) and not is_narrower(text)


@once_a_config
def is_narrower(text: str) -> bool:
    """Whether a text offers to go on with less, or another way to the same end."""
    return has_any(plain(text), _catalogue()["narrower"])


@once_a_config
def is_login(text: str) -> bool:
    """Whether the text of a control or page is about logging in or registering."""
    return has_any(plain(text), _catalogue()["login"])


@once_a_config
def is_loading(text: str) -> bool:
    """Whether a line says that contents are still to come."""
    return len(text) <= ENGLISH_LENGTH and has_any(plain(text), _catalogue()["loading"])


def login_ways(text: str) -> tuple[str, ...]:
    """The lines of a page that name a way to log in."""
    lines = (line for line in text.splitlines() if len(line) <= (ENGLISH_LENGTH if line.isascii() else LABEL_LENGTH))
    return tuple(line for line in lines if has_any(plain(line), _catalogue()["ways"]))
