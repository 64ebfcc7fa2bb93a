"""Start: one process that came to life, why, through whom, and whose act it is."""

from dataclasses import dataclass
from enum import StrEnum

from harness.events import ActivityStarted, Event, Instant, ProcessStarted, Trigger
from harness.starts.callers import Caller


class Cause(StrEnum):
    """The cause of a start (docs/verdicts.md 4.1)."""

    TESTER = "tester"  # we opened the app, or pressed what leads there
    OURS = "ours"  # Android mended what we broke: our kill, install or clear
    SYSTEM = "system"  # Android brought the top task back
    OTHER_APP = "other_app"
    INNOCENT = "innocent"  # alarm clock, keyboard, widget ... : listed apart
    SELF = "self"
    NEIGHBOUR = "neighbour"  # by itself, but only after a neighbour of a shared night had woken it
    UNKNOWN = "unknown"  # 来源无法判定: a service or provider that somebody asked for, and nothing tells who


@dataclass(frozen=True, slots=True)
class Start:
    """One start. ``fact`` is the process start, or the START line where the process already lived.

    ``sdk`` is the SDK whose code it was, as far as class names tell; of another app's start, one at work in the app
    then. ``callers`` are all that are named, best evidence first; two that disagree make the answer disputed.
    """

    fact: ProcessStarted | ActivityStarted
    package: str
    trigger: Trigger
    cause: Cause
    callers: tuple[Caller, ...] = ()
    sdk: str | None = None
    facts: tuple[Event, ...] = ()

    @property
    def at(self) -> Instant:
        return self.fact.at

    @property
    def caller(self) -> str | None:
        """The package that the best evidence names."""
        return self.callers[0].package if self.callers else None

    @property
    def disputed(self) -> bool:
        """Whether two pieces of evidence name different callers."""
        return len({caller.package for caller in self.callers}) > 1
