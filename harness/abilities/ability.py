"""Ability: one thing that a check needs of a phone, read from ``abilities.toml``."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from harness.events import Source
from harness.language import Text, known
from harness.roms import menu
from harness.rules import Rule, load_rules
from harness.toml_reader import read_toml

DATA = Path(__file__).with_name("abilities.toml")


class Answer(StrEnum):
    """What trying an ability came to."""

    HAS = "has"
    LACKS = "lacks"
    UNKNOWN = "cannot-tell"
    UNTRIED = "not-tried"  # costly, and nobody had it tried today


@dataclass(frozen=True, slots=True)
class Ability:
    """One ability; how it is tried and what rests on it: see the head of ``abilities.toml``."""

    name: str
    en: str
    zh: str
    command: tuple[str, ...] = ()
    expects: str = ""
    silent: bool = False
    condition: str = ""
    buffer: str = ""
    table: str = ""
    act: str = ""
    needs: str = ""
    sources: tuple[Source, ...] = ()
    clauses: tuple[int, ...] = ()
    named: tuple[str, ...] = ()
    least_sdk: int = 0
    if_asked: bool = False

    @property
    def what(self) -> Text:
        return known(self.zh, self.en)

    @property
    def cheap(self) -> bool:
        """Whether trying it only reads: one command, or a line of a log."""
        return bool(self.command or self.buffer)

    def rules(self) -> list[Rule]:
        """Return the rules that may stay undecided without it."""
        return [
            rule for rule in load_rules() if {*self.sources} & {*rule.needs} or rule.clause.number in self.clauses or rule.id in self.named
        ]


@dataclass(frozen=True, slots=True)
class Tried:
    """An ability and what trying it came to; ``told`` is what the phone said where it is not had."""

    ability: Ability
    answer: Answer
    told: Text | None = None

    def todo(self, rom: str) -> Text:
        """What switches it on in the menus of a ROM; empty where nothing is known, or where it could not be tried."""
        doubtful = self.answer is Answer.UNKNOWN and not self.ability.condition
        return Text("") if doubtful else menu(self.ability.name, rom)


@cache
def abilities() -> tuple[Ability, ...]:
    return tuple(_ability(name, table) for name, table in read_toml(DATA).items())


def _ability(name: str, table: dict[str, Any]) -> Ability:
    table = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Ability(name, **table | {"sources": tuple(Source(word) for word in table.get("sources", ()))})


SECONDS = 5.0
"""How long what was done may take to show [PROJECT]; each look is a round trip."""


class CannotTell(Exception):
    """The phone is in a state in which an ability cannot be tried: ``args[0]`` says why, a Text."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


def wait_for(true: Callable[[], bool], seconds: float = SECONDS) -> bool:
    """Ask until it is true, ``seconds`` of this computer at most; the last time after they are over."""
    deadline, over = time.monotonic() + seconds, False
    while not (found := true()) and not over:
        over = time.monotonic() >= deadline
    return found
