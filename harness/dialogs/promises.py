"""What the words of a control promise: the permission groups that such a function may rightly ask for (promises.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from harness.dialogs.words import has_any, plain
from harness.errors import CatalogueError
from harness.permission_groups import GROUPS

_ID_PART = re.compile(r"[a-z]+|[A-Z][a-z]*|\d+")


@cache
def _catalogue() -> dict[str, tuple[list[str], list[str]]]:
    """Group -> (plain words, ids); raises CatalogueError when the file is wrong."""
    file = files(__package__ or "harness.dialogs") / "promises.toml"
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        found = {group: ([plain(word) for word in table["words"]], list(table["ids"])) for group, table in data.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CatalogueError(f"promises.toml: {error}") from None
    if unknown := set(found) - set(GROUPS):
        raise CatalogueError(f"promises.toml: {min(unknown)} is no permission group")
    return found


@cache
def promises_of(text: str, resource_id: str = "") -> tuple[str, ...]:
    """The groups that a control promises by its text or description, and by its resource id without the package; sorted."""
    words = plain(text)
    parts = "_".join(part.lower() for part in _ID_PART.findall(resource_id.rpartition("id/")[2]))
    return tuple(
        sorted(
            group
            for group, (own, ids) in _catalogue().items()
            if (words and has_any(words, own)) or (parts and any(f"_{name}_" in f"_{parts}_" for name in ids))
        )
    )
