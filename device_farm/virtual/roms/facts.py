"""Facts with their provenance, and the tables that remember which of them were read.

A *fact* is one entry of a table of a ROM's file: ``dialog.button_texts.zh.deny``, ``events.kill``. Its provenance is
that of the table it stands in, in the file it stands in: ``source`` tells where the table's facts come from,
``assumed = true`` that they are not confirmed, ``assumed = ["deny"]`` that these entries are not. A table inside a
table that has neither is one fact with its inner keys (a record).

Files build on each other, so entries of one table may come from several files; each keeps its own provenance.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

_PROVENANCE = frozenset({"source", "assumed"})


@dataclass(frozen=True, slots=True)
class Fact:
    """Where one entry comes from. ``file`` is the stem of the TOML that has it, ``path`` its keys joined by dots."""

    path: str
    file: str
    source: str | None
    assumed: bool


Facts = dict[str, Fact]  # by path


class Table(Mapping[str, Any]):
    """One table of the merged data; a read of an entry puts its fact into ``used``, in the order of first reading.

    Shared data is never changed: all tables of a device share one ``used`` of that device.
    """

    __slots__ = ("_facts", "_values", "used")

    def __init__(self, values: Mapping[str, Any], facts: Mapping[str, Fact], used: Facts, path: str = "") -> None:
        """Wrap the tables in ``values`` too. ``facts`` has those of all entries, by path; ``path`` is the own one."""
        self.used = used
        self._facts = {key: facts[below] for key in values if (below := _join(path, key)) in facts}
        self._values = {
            key: Table(value, facts, used, _join(path, key)) if isinstance(value, dict) and key not in self._facts else value
            for key, value in values.items()
        }

    def __getitem__(self, key: str) -> Any:
        """The entry, noted as read."""
        value = self._values[key]
        fact = self._facts.get(key)
        if fact is not None and fact.path not in self.used:
            self.used[fact.path] = fact
        return value

    def __iter__(self) -> Iterator[str]:
        """The keys; they are no facts by themselves."""
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: object) -> bool:
        """Whether there is such an entry; that is not a reading of it."""
        return key in self._values

    def unread(self) -> dict[str, Any]:
        """The entries, without noting them as read: for what lists all of them whether they matter or not."""
        return dict(self._values)

    def fact(self, key: str) -> Fact | None:
        """The provenance of an entry, without reading it; None for a table."""
        return self._facts.get(key)


class Values(MutableMapping[str, str]):
    """Texts that the device may change: system properties, settings. A changed one is no fact of the ROM any more."""

    __slots__ = ("_origin", "_texts")

    def __init__(self, texts: Mapping[str, str], origin: Table) -> None:
        """``texts`` are the entries of ``origin``, filled in for this device."""
        self._texts = dict(texts)
        self._origin: dict[str, Table] = dict.fromkeys(texts, origin)

    def __getitem__(self, name: str) -> str:
        """The text; the fact behind it is noted as read."""
        text = self._texts[name]
        origin = self._origin.get(name)
        if origin is not None:
            origin[name]
        return text

    def unread(self) -> dict[str, str]:
        """All texts; that is not a reading of them."""
        return dict(self._texts)

    def __setitem__(self, name: str, text: str) -> None:
        """Change it, as setprop and ``settings put`` do."""
        self._texts[name] = text
        self._origin.pop(name, None)

    def __delitem__(self, name: str) -> None:
        del self._texts[name]
        self._origin.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, name: object) -> bool:
        """Whether it is set; that is not a reading of it."""
        return name in self._texts


@dataclass(frozen=True, slots=True)
class Part:
    """One file, or several merged: the values without provenance, the facts they are, which are records."""

    values: dict[str, Any]
    facts: Facts
    records: frozenset[str]


def read_part(raw: Mapping[str, Any], file: str) -> Part:
    """Split the content of a file into values and facts.

    Raises ValueError for an entry that no table around it gives a provenance; entries outside of tables need none.
    """
    facts: Facts = {}
    values = {key: _read_table(value, key, file, facts) if isinstance(value, dict) else value for key, value in raw.items()}
    return Part(values, facts, frozenset(_records(values, facts)))


def merge(parent: Part, child: Part) -> Part:
    """The child's entries over the parent's. A record that the child changes in part stays assumed if it was."""
    facts = parent.facts | child.facts
    for path in child.records & parent.records:
        if parent.facts[path].assumed:
            facts[path] = replace(child.facts[path], assumed=True)
    return Part(_merge_values(parent.values, child.values), facts, parent.records | child.records)


def all_assumed(part: Part) -> Part:
    """The same, every fact of it assumed: of a version of which only some was read."""
    return replace(part, facts={path: replace(fact, assumed=True) for path, fact in part.facts.items()})


def _read_table(table: dict[str, Any], path: str, file: str, facts: Facts) -> dict[str, Any]:
    """The values of a table; its facts go into ``facts``."""
    own = not _PROVENANCE.isdisjoint(table)
    assumed = table.get("assumed", False)
    some = set(assumed) if isinstance(assumed, list) else set()
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key in _PROVENANCE:
            continue
        below = _join(path, key)
        if isinstance(value, dict) and (not own or _has_provenance(value)):
            values[key] = _read_table(value, below, file, facts)
            continue
        if not own:
            raise ValueError(f"{file}.toml: {below} has neither source nor assumed")
        values[key] = value
        facts[below] = Fact(below, file, table.get("source"), assumed is True or key in some)
    if some - values.keys():
        raise ValueError(f"{file}.toml: [{path}] assumes {', '.join(sorted(some - values.keys()))}, which it has not")
    return values


def _has_provenance(table: Mapping[str, Any]) -> bool:
    """Whether the table or one inside it says where it comes from; else it is a record."""
    inner = (value for value in table.values() if isinstance(value, dict))
    return not _PROVENANCE.isdisjoint(table) or any(map(_has_provenance, inner))


def _records(values: Mapping[str, Any], facts: Facts, path: str = "") -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, dict):
            below = _join(path, key)
            if below in facts:
                yield below
            else:
                yield from _records(value, facts, below)


def _merge_values(parent: dict[str, Any], child: dict[str, Any]) -> dict[str, Any]:
    merged = dict(parent)
    for key, value in child.items():
        both_tables = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merge_values(merged[key], value) if both_tables else value
    return merged


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
