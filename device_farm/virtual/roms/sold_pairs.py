"""The pairs of ROM and Android version that a virtual device can be: those that were sold, from ``pairs.toml``.

A pair of the list without its data file is a fault of ours, and a test finds it; a data file of a pair that is not in
the list is only there for others to build on.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from harness.language import _

FOLDER = Path(__file__).parent


class Pair(NamedTuple):
    """A ROM and an Android version, and the release and a phone that had them."""

    rom: str
    android: str
    sold: str

    @property
    def stem(self) -> str:
        """The name of its data file without ``.toml``."""
        return f"{self.rom}-{self.android}"


@cache
def sold_pairs() -> tuple[Pair, ...]:
    """All pairs, by ROM in the order of the list, the oldest Android first."""
    with (FOLDER / "pairs.toml").open("rb") as file:
        listed = tomllib.load(file)
    return tuple(Pair(rom, android, sold) for rom, versions in listed.items() for android, sold in versions.items())


def choices() -> str:
    """The pairs in one line for a message: ``aosp 8.1 9 10; pixel 10 13``."""
    roms: dict[str, list[str]] = {}
    for pair in sold_pairs():
        roms.setdefault(pair.rom, []).append(pair.android)
    return "; ".join(f"{rom} {' '.join(versions)}" for rom, versions in roms.items())


def find_pair(android: str, rom: str) -> Pair:
    """Return the pair; raises ValueError with the choices, in one line, for one that was not sold."""
    for pair in sold_pairs():
        if (pair.rom, pair.android) == (rom, android):
            return pair
    told = _("no phone was sold with ROM '{rom}' and Android '{android}'; choices: {choices}", rom=rom, android=android, choices=choices())
    raise ValueError(told)
