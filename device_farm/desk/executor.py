"""An executor: one phone of the desk, and its current work; the jobs of that run."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol

from sqlalchemy.orm import Session

from device_farm.desk.next_unit import KnownPhone
from device_farm.execution.run_unit import run_unit
from device_farm.night.run_night import run_night
from device_farm.store.models import Attempt
from device_farm.store.transitions import Ended, renew
from device_farm.units.job import Job, Phone
from harness.language import Text

NOTHING = Text("")
LONGEST_REST_SECONDS = 60.0
"""The longest that a phone waits after faults of the computer [PROJECT]."""


@dataclass(slots=True)
class Executor:
    """One phone. ``here``: adb lists it as ready; ``fit``: it was found fit and clean since its last unit."""

    known: KnownPhone
    phone: Phone
    here: bool = True
    fit: bool = False
    busy: bool = False
    tries: dict[int, Attempt] = field(default_factory=dict)
    """Its open tries, by the units' numbers."""
    jobs: tuple[Job, ...] = ()
    app: Text = NOTHING
    doing: Text = NOTHING
    since: float = 0.0
    stop: Event = field(default_factory=Event)
    again_at: float = 0.0
    """When (monotonic) it may begin again."""
    host_faults: int = 0

    def take(self, tries: dict[int, Attempt], jobs: tuple[Job, ...], app: Text) -> None:
        self.tries, self.jobs, self.app = tries, jobs, app
        self.stop, self.doing = Event(), NOTHING
        self.busy, self.fit, self.since = True, False, time.monotonic()

    def free(self) -> None:
        self.busy, self.tries, self.jobs, self.app, self.doing = False, {}, (), NOTHING, NOTHING

    def hear(self, text: Text) -> None:
        """Note the current step; called from another thread."""
        self.doing = text

    def renew(self, session: Session, lease_seconds: float) -> None:
        """Keep its tries alive; it stops where none of them is wanted any more."""
        wanted = [renew(session, attempt.id, lease_seconds) for attempt in self.tries.values()]
        if wanted and not any(wanted):
            self.stop.set()

    def rest(self, seconds: float) -> None:
        """Wait so long after a fault that was not the phone's, and longer after each one more."""
        self.again_at = time.monotonic() + min(seconds * 2**self.host_faults, LONGEST_REST_SECONDS)
        self.host_faults += 1


class JobRunner(Protocol):
    """The function that carries out jobs on a phone: ``device_farm.desk.executor.run_jobs``."""

    def __call__(
        self, jobs: Sequence[Job], phone: Phone, *, stop: Event, progress: Callable[[Text], None], recording: Callable[[Job, str], None]
    ) -> Iterator[tuple[Job, Ended]]:
        """Each job with its end, as they come; ``recording`` is told of each run folder."""


def run_jobs(
    jobs: Sequence[Job],
    phone: Phone,
    *,
    stop: Event,
    progress: Callable[[Text], None],
    recording: Callable[[Job, str], None],
    found: Callable[[Iterable[tuple[str, str]]], None] = lambda pairs: None,
) -> Iterator[tuple[Job, Ended]]:
    """Carry out one job, or several together; ``found`` is told of apps that disturbed each other."""
    if len(jobs) > 1:
        yield from run_night(jobs, phone, stop=stop, progress=progress, recording=recording, found=found)
        return
    for job in jobs:

        def recorded(folder: str, of: Job = job) -> None:
            recording(of, folder)

        yield job, run_unit(job, phone, stop=stop, progress=progress, recording=recorded)
