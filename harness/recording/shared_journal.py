"""The journals of apps that share a phone: what is done to the phone stands in each, what is done to one in its own.

Of its neighbours a journal has only what could be mistaken for something else: when one was opened, left and ended.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from harness.events.action_kinds import NeighbourAct
from harness.events.base import Step
from harness.recording.clock_map import Probe
from harness.recording.journal import TEXT_LIMIT, Journal
from harness.recording.shared_readings import LEAST_CHARACTERS, KeptReadings
from harness.recording.steps import (
    CommandSent,
    Drive,
    KeptReading,
    Key,
    Launch,
    NeighbourSeen,
    PhoneRebooted,
    Planned,
    Reading,
    Segment,
    Stop,
    Stream,
    TakenOver,
)

OF_THE_PHONE = (Probe, CommandSent, PhoneRebooted, TakenOver)
"""Steps that are true of the phone whoever caused them: without them a journal could not be dated, or be held against
the phone's own log."""
EDGES = (Segment, Drive, Planned)
"""Steps that are durable in each journal; of others one copy is, which is enough to know what was done: twenty journals
would cost twenty writes to the disk for every look at the phone."""
LEAVING = ("home", "recent")


class Writer(Protocol):
    """The parts of a journal that a session needs."""

    def write(self, step: Step, *, host: float | None = None) -> int:
        """Write one line; see ``Journal.write``."""

    def hide(self, secret: str) -> None:
        """Write ``***`` from now on wherever this text would stand."""

    def close(self) -> None:
        """End the journal."""


class NeighbourJournal(Journal):
    """The journal of one app of several, which tells the others what they must know of it."""

    def __init__(self, path: Path, package: str) -> None:
        """Create ``path``, as a Journal does; ``package`` is the app's. The others are named once all are there."""
        super().__init__(path)
        self.package = package
        self.others: tuple[Journal, ...] = ()

    def write(self, step: Step, *, host: float | None = None, durable: bool = True) -> int:
        """Write one line, and to the others what it means for them."""
        now = time.monotonic() if host is None else host
        number = super().write(step, host=now, durable=durable)
        told = step if isinstance(step, OF_THE_PHONE) else _told(self.package, step)
        if told is not None:
            for other in self.others:
                Journal.write(other, told, host=now, durable=False)
        return number


class PhoneJournal:
    """A journal of acts on the phone: a line for each app that takes part, some lines for all."""

    def __init__(self, all_of_them: Sequence[Journal], taking_part: Callable[[], Sequence[Journal]], kept: KeptReadings) -> None:
        """``taking_part`` are those that take part now: an app whose part broke off does not.

        What the phone printed goes to ``kept``, once for all of them.
        """
        self._all, self._taking_part, self._kept = all_of_them, taking_part, kept

    def write(self, step: Step, *, host: float | None = None) -> int:
        """Write the same line into each; no number of it, as it has one in each."""
        now = time.monotonic() if host is None else host
        if isinstance(step, Reading) and LEAST_CHARACTERS <= len(step.text) <= TEXT_LIMIT:
            line = self._kept.keep(step.text)
            step = KeptReading(name=step.name, command=step.command, line=line, code=step.code)
        told = self._all if isinstance(step, (*OF_THE_PHONE, Stream)) else self._taking_part()
        for place, journal in enumerate(told):
            Journal.write(journal, step, host=now, durable=place == 0 or isinstance(step, EDGES))
        return 0

    def hide(self, secret: str) -> None:
        for journal in self._all:
            journal.hide(secret)

    def close(self) -> None:
        self._kept.close()
        for journal in self._all:
            journal.close()


def _told(package: str, step: Step) -> NeighbourSeen | None:
    """What a step of one app is for its neighbours; None for most."""
    match step:
        case Launch():
            return NeighbourSeen(package=package, what=NeighbourAct.OPENED)
        case Key(key=key) if key in LEAVING:
            return NeighbourSeen(package=package, what=NeighbourAct.LEFT)
        case Stop():
            return NeighbourSeen(package=package, what=NeighbourAct.ENDED)
        case _:
            return None
