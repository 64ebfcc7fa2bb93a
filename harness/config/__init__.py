"""Config: what the tester brings of their own: rules, thresholds, words, dialogs of ROMs, SDKs (docs/own-rules.md).

Those who load rules, words or SDKs ask ``current`` for what to add to ours. A face of the program sets it for a check,
``harness.verdicts`` for the judging of a run folder, in which it stands as it was on that day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from harness.errors import FormatError

if TYPE_CHECKING:
    from harness.config.suppressions import Suppression

F = TypeVar("F", bound="Callable[..., Any]")


class Kind(StrEnum):
    """What a file of the tester's own holds."""

    CONFIG = "config"
    RULE = "rule"
    WORDS = "words"
    ROM = "rom"
    SDKS = "sdks"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One file of the tester's own; ``data`` is its TOML, ``name`` its path from the folder of the config."""

    kind: Kind
    name: str
    text: str
    sha256: str
    data: Mapping[str, Any] = field(repr=False, compare=False, hash=False)

    @property
    def stem(self) -> str:
        return self.name.rpartition("/")[2].removesuffix(".toml")


@dataclass(frozen=True, slots=True)
class Given:
    """A threshold that the tester set; an empty ``source`` is that of the file."""

    value: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """All that is the tester's own; without files it is nothing, and everything is as AppRights has it.

    ``thresholds`` by rule and name, ``roms`` by name, ``defaults`` for the options of a check. ``code`` is the folder
    whose modules may be run as detectors, ``trusted`` the detectors that rules of the present config name: a run folder
    that somebody gave us names neither. ``digest`` tells one config from another. ``suppressions`` are always today's.
    """

    files: tuple[OwnFile, ...] = ()
    thresholds: Mapping[str, Mapping[str, Given]] = field(default_factory=dict)
    roms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    code: Path | None = None
    trusted: frozenset[str] = frozenset()
    path: Path | None = None
    digest: str = ""
    suppressions: tuple[Suppression, ...] = ()

    def of(self, kind: Kind) -> tuple[OwnFile, ...]:
        return tuple(file for file in self.files if file.kind is kind)

    @property
    def recorded(self) -> bool:
        """Whether it comes from a run folder and not from a file of this computer."""
        return bool(self.files) and self.path is None

    @property
    def name(self) -> str:
        return next((file.name for file in self.of(Kind.CONFIG)), "")


NONE = Config()
_current: ContextVar[Config] = ContextVar("config", default=NONE)


def current() -> Config:
    return _current.get()


def refuse(error: FormatError) -> None:
    """Raise ``error`` about something that ours does not have.

    In a run of an earlier day it had a sense: what the AppRights of today has no more is left out there, and the run
    opens.
    """
    if not _current.get().recorded:
        raise error


@contextmanager
def using(config: Config) -> Iterator[Config]:
    """Have a config in force for the length of the block."""
    token = _current.set(config)
    try:
        yield config
    finally:
        _current.reset(token)


def once_a_config(function: F, *, most: int | None = None) -> F:
    """``functools.lru_cache`` for what rests on words, rules or SDKs: each config has its own answers."""

    def answer(_digest: str, *facts: Hashable, **named: Hashable) -> Any:
        return function(*facts, **named)

    known = lru_cache(maxsize=most)(answer)

    @wraps(function)
    def asked(*facts: Hashable, **named: Hashable) -> Any:
        return known(_current.get().digest, *facts, **named)

    return cast("F", asked)
