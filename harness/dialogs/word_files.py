"""A file of words as it is in force: ours, with what the tester's own of the same name adds and takes away.

An own file has the tables of ours. A list is added to; what stands under ``[remove]`` is taken out of ours. Dialogs of
a ROM (``[roms.NAME]``) add to the table ``permission`` of words.toml. A danger is never taken away.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from harness.config import Config, Kind, current, refuse
from harness.config.config_files import WORD_FILES
from harness.config.table_validation import LONGEST
from harness.errors import CatalogueError, FormatError
from harness.language import _

REMOVE = "remove"
OPEN = ("also",)
"""Tables that may get entries of their own names."""
PATTERNS = "patterns"
"""The table of the expressions that are made of the lists of a file (word_patterns.py)."""
NEVER_LESS = ("danger.toml", "permission.texts.never", "never", "price")
"""What would be pressed otherwise: nothing is taken out of these."""
SAFE = {
    "danger.toml": ("unless", "compose", "editor", "sim_login", "own_number", "harmless"),
    "captions.toml": ("urging", "claims", "cleans"),
    "controls.toml": ("beside_acts",),
    "words.toml": ("spoken",),
    "adverts.toml": ("membership",),
}
"""Lists and tables that make a control harmless: an own word in them would take a danger away."""


def table(name: str) -> dict[str, Any]:
    """The tables of a file of words, for the caller to change.

    Raises CatalogueError where ours is wrong, FormatError where the tester's is.
    """
    try:
        found = tomllib.loads((files(WORD_FILES[name]) / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(_("{file}: {problem}", file=name, problem=error)) from None
    for file in current().of(Kind.WORDS):
        if file.stem == name.removesuffix(".toml"):
            own = dict(file.data)
            removed = own.get(REMOVE)
            if PATTERNS in own or (isinstance(removed, dict) and PATTERNS in removed):
                raise FormatError(_("{file}: patterns are ours alone: add words to the lists that they name", file=file.name))
            _remove(found, own.pop(REMOVE, {}), file.name, name)
            if safe := next((key for key in SAFE.get(name, ()) if key in own), None):
                raise FormatError(_("{file}: {key} would take a danger away: own words only add dangers", file=file.name, key=safe))
            _add(found, own, file.name)
    if name == "words.toml":
        for rom, entries in current().roms.items():
            _add(found["permission"], entries, _of_rom(current(), rom), f"roms.{rom[:40]}")
        _one_role_each(found["permission"])
    return found


def _of_rom(config: Config, rom: str) -> str:
    """The file that has the dialogs of a ROM."""
    return next((file.name for file in config.of(Kind.ROM) if file.stem == rom), config.name)


def _add(ours: dict[str, Any], own: Mapping[str, Any], file: str, path: str = "") -> None:
    for name, value in own.items():
        key = f"{path}.{name[:40]}" if path else name[:40]
        if name not in ours and path not in OPEN:
            refuse(FormatError(_("{file}: there is no entry '{key}'; there is {known}", file=file, key=key, known=", ".join(ours))))
            continue
        known = ours.get(name, {} if isinstance(value, dict) else [])
        if isinstance(known, dict) and isinstance(value, dict):
            if name not in ours:
                ours[name] = known
            _add(known, value, file, key) if known else known.update(_new(value, file, key))
        elif isinstance(known, list) and _is_list_like(known, value):
            ours[name] = [*known, *(one for one in value if one not in known)]
        elif isinstance(known, str) and isinstance(value, str):
            ours[name] = value  # why two groups go together
        elif isinstance(known, dict):
            raise FormatError(_("{file}: {key} must be a table: write [{key}] and its entries below it", file=file, key=key))
        else:
            raise FormatError(_('{file}: {key} is a list of texts: {name} = ["...", "..."]', file=file, key=key, name=name[:40]))


def _new(value: Mapping[str, Any], file: str, key: str) -> dict[str, Any]:
    """A table that ours has none of: groups and why they go together."""
    groups, why = value.get("groups"), value.get("why", "")
    if set(value) - {"groups", "why"} or not _is_list_like([], groups) or not isinstance(why, str):
        raise FormatError(_('{file}: {key} has groups = [...] and why = "..."', file=file, key=key))
    return {"groups": groups, "why": why}


def _is_list_like(known: list[Any], value: Any) -> bool:
    """Whether an own list may stand beside ours: of texts, or of tables with groups where ours has such."""
    if not isinstance(value, list):
        return False
    if known and isinstance(known[0], dict):
        return all(isinstance(one, dict) and not set(one) - {"groups", "why"} and _is_list_like([], one.get("groups")) for one in value)
    return all(isinstance(one, str) and one.strip() and len(one) <= LONGEST for one in value)


def _remove(ours: dict[str, Any], own: Any, file: str, name: str, path: str = "") -> None:
    """Take texts out of our lists; each must be there, or a misspelt one would do nothing."""
    if not isinstance(own, dict):
        raise FormatError(_("{file}: {key} must be a table: write [{key}] and its entries below it", file=file, key=REMOVE))
    for entry, value in own.items():
        key = f"{path}.{entry[:40]}" if path else entry[:40]
        known = ours.get(entry)
        if name in NEVER_LESS or key in NEVER_LESS:
            raise FormatError(_("{file}: remove.{key}: what is never pressed stays so: nothing is taken out of it", file=file, key=key))
        if isinstance(known, dict) and isinstance(value, dict):
            _remove(known, value, file, name, key)
            continue
        if not isinstance(known, list) or not isinstance(value, list) or any(not isinstance(one, str) for one in (*known, *value)):
            refuse(FormatError(_("{file}: remove.{key}: {name} has no such list of texts", file=file, key=key, name=name)))
            continue
        if missing := next((one for one in value if one not in known), None):
            text = missing[:80]
            refuse(FormatError(_("{file}: remove.{key}: '{text}' is not in the list of {name}", file=file, key=key, text=text, name=name)))
        ours[entry] = [one for one in known if one not in value]


def _one_role_each(permission: Mapping[str, Any]) -> None:
    """Refuse a button that would be two things: the one that is read first would decide what is pressed."""
    for part in ("ids", "texts"):
        roles: dict[str, str] = {}
        for role, names in permission[part].items():
            for name in names:
                if (one := roles.setdefault(name.casefold(), role)) != role:
                    text = _("permission.{part}: '{name}' is {one} and {other}: leave one", part=part, name=name[:80], one=one, other=role)
                    refuse(FormatError(text))
