"""Carry out jobs on a phone of a desk: one unit, or a shared night of many."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Event

from device_farm.execution.run_unit import run_unit
from device_farm.night.run_night import run_night
from device_farm.store.transitions import Ended
from device_farm.units.job import Job, Phone
from harness.language import Text


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
