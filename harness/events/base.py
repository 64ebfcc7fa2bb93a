"""Source, Instant, Ref and Event: what every fact has; Step: what every line of the session's journal is."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Source(StrEnum):
    """Where a fact was seen. The first five are logcat buffers, each recorded as a stream of its own."""

    EVENTS = "events"
    MAIN = "main"
    SYSTEM = "system"
    CRASH = "crash"
    SECURITY = "security"  # only where the phone logs adb commands and lets them be read
    TREE = "tree"
    PIXELS = "pixels"
    DUMP = "dump"
    SESSION = "session"


LOG_SOURCES = (Source.EVENTS, Source.MAIN, Source.SYSTEM, Source.CRASH)


class Instant(NamedTuple):
    """Device time: boot number within the run, and seconds since that boot."""

    boot: int
    uptime: float

    @property
    def boot_start(self) -> Instant:
        return Instant(self.boot, 0.0)

    @property
    def boot_end(self) -> Instant:
        """A moment after everything in its boot."""
        return Instant(self.boot, float("inf"))

    def later(self, seconds: float) -> Instant:
        return Instant(self.boot, self.uptime + seconds)

    def earlier(self, seconds: float) -> Instant:
        return Instant(self.boot, self.uptime - seconds)

    def seconds_since(self, earlier: Instant) -> float:
        """Seconds from ``earlier`` to here; infinite across a reboot (uptimes of two boots cannot be compared)."""
        return self.uptime - earlier.uptime if self.boot == earlier.boot else float("inf")


class Ref(NamedTuple):
    """Where in the run folder the raw text of a fact stands: a relative path and a 1-based line number."""

    path: str
    line: int


@cache
def _kind(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact with its device time, the wall clock as the device printed it, its source and its place on disk."""

    at: Instant
    source: Source
    wall: str = ""
    ref: Ref | None = None

    @property
    def place(self) -> str:
        """Where it stands in the run folder, ``raw/events.txt:123``; empty where nowhere."""
        return f"{self.ref.path}:{self.ref.line}" if self.ref else ""

    @property
    def kind(self) -> str:
        """Class name in snake_case, e.g. ``process_started``."""
        return _kind(type(self).__name__)

    def details(self) -> dict[str, object]:
        """The fields a kind adds to Event, in order of declaration."""
        kind = type(self)
        names = _OWN_FIELDS.get(kind)
        if names is None:
            base = {field.name for field in fields(Event)}
            names = _OWN_FIELDS[kind] = tuple(field.name for field in fields(kind) if field.name not in base)
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the session did, read or saw; ``harness.recording.steps`` lists the kinds.

    The fields of a kind are str, int, float, bool, a StrEnum, a pair of those, or one of them or None. A field with a
    default may be absent on disk.
    """


UNDATED = Instant(-1, 0.0)
"""When a fact was whose line is still to be read: the line has the host's time, of which replay makes the device's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFact(Step, Event):
    """A fact that a line of the session's journal tells as it is: the line holds all its fields but those of Event."""

    at: Instant = UNDATED
    source: Source = Source.SESSION


_OWN_FIELDS: dict[type[Event], tuple[str, ...]] = {}
