"""The facts of the pairs of ROM and Android version as a text to read.

Each with its value, and whether it has a source.

``apprights virtual facts`` prints it; docs/virtual-device.md has the counts.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from device_farm.virtual.roms import Rom, load_rom
from device_farm.virtual.roms.facts import Fact, Table
from device_farm.virtual.roms.sold_pairs import Pair, sold_pairs

# Tables that say how a thing looks or what the device is called: no verdict rests on them.
FULL = (
    "dialog", "dialog.button_ids", "dialog.button_texts.zh", "dialog.button_texts.en", "dialog.roles", "permission_policy",
    "start_manager", "confirm_start", "install_confirm", "options", "cleaners",
)  # fmt: skip
LOOKS = ("properties", "settings", "dialog.style", "noise", "quiet_life")


def fact_list(pairs: Iterable[Pair] | None = None) -> str:
    """The facts of these pairs, of all that were sold without ``pairs``, and the sources at the end."""
    sources = Sources()
    parts = ["# The facts of each pair\n", LEGEND]
    parts += [_pair(pair, load_rom(pair.android, pair.rom), sources) for pair in (sold_pairs() if pairs is None else pairs)]
    parts.append(sources.listed())
    return "\n".join(parts).rstrip() + "\n"


def counted(rom: Rom) -> list[Fact]:
    """The facts of a ROM on which a verdict may rest: not its looks, nor the names of the device itself."""
    wanted = (table for name, table in _tables(rom.data) if not _is_looks(name))
    return [fact for table in wanted for key in table if (fact := table.fact(key)) is not None]


LEGEND = """\
What a verdict rests on first is printed in full for each pair: dialog, buttons, rules of the request, defaults of autostart, kill
reasons. Of the other tables only what the pair has of its own; the rest is as the file named says. † is assumed. Numbers are those of the
sources at the end. What a maker's pair takes over from AOSP has AOSP's source; that the maker left it as it is, is not confirmed.
"""


class Sources:
    """The sources in the order of first mention, numbered from 1."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, source: str) -> int:
        """The number of a source, a new one for a new source."""
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def listed(self) -> str:
        """The list at the end of the page."""
        rows = [f"{number}. {cell(source)}" for source, number in self._numbers.items()]
        return "\n".join(["## Sources\n", *rows])


def _pair(pair: Pair, rom: Rom, sources: Sources) -> str:
    base = f"aosp-{pair.android}"
    rows: list[str] = []
    as_base: list[str] = []
    for name, table in _tables(rom.data):
        if _is_looks(name):
            continue
        own = [key for key in table if table.fact(key) and (name in FULL or _is_own(table.fact(key), pair, base))]
        if own:
            rows.append(_row(name, table, own, sources))
        elif any(map(table.fact, table)):
            as_base.append(name)
    text = [f"## {pair.rom} {pair.android}\n", f"{pair.sold}\n"]
    if rows:
        text += ["| table | facts | sources |", "|---|---|---|", *rows, ""]
    if as_base:
        other = base if pair.rom != "aosp" else "the next version's, in the end aosp-13's"
        text.append(f"As {other}: {', '.join(as_base)}.\n")
    return "\n".join(text)


def _row(name: str, table: Table, keys: list[str], sources: Sources) -> str:
    values = table.unread()
    shown, numbers = [], []
    for key in keys:
        fact = table.fact(key)
        assert fact is not None
        if fact.source:
            numbers.append(sources.number(fact.source))
        mark = "†" if fact.assumed else ""
        shown.append(f"{key}{mark} = {_value(name, values[key])}")
    return f"| {name} | {'<br>'.join(shown)} | {', '.join(map(str, sorted(set(numbers))))} |"


def _value(table: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"`{cell(str(each))}`" for each in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, dict):
        return f"`{cell(str(value))}`"
    if table == "events":
        return f"`{value.get('name') or 'not written'}` {', '.join(value.get('values', ()))}"
    return "; ".join(f"{key} `{cell(str(each))}`" for key, each in value.items()) or "none"


def _is_own(fact: Fact | None, pair: Pair, base: str) -> bool:
    """Whether the pair has it from a file of its own or of its maker; a version of AOSP from its own file only."""
    if fact is None:
        return False
    return fact.file == base if pair.rom == "aosp" else not fact.file.startswith("aosp-")


def _is_looks(name: str) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in LOOKS)


def _tables(data: Table, path: str = "") -> Iterator[tuple[str, Table]]:
    """Each table with its dotted name, those inside after their holder."""
    for key, value in data.unread().items():
        if isinstance(value, Table):
            name = f"{path}.{key}" if path else key
            yield name, value
            yield from _tables(value, name)


def cell(text: str) -> str:
    """A text that keeps its place in a table."""
    return text.replace("|", "\\|").replace("\n", " ")
