"""Run several jobs on one phone in a shared night, in a child process with a hard limit, and tell how each ended.

What a neighbour left open is looked at again in smaller nights, where there is time for them, and at last alone.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from device_farm.execution.child_process import Child
from device_farm.execution.interrupted_runs import sealed
from device_farm.execution.run_unit import ended_from, without_answer
from device_farm.night.night_plan import again, all_pairs
from device_farm.night.night_process import JobMessage, carry_out_night
from device_farm.units.job import Doing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from threading import Event

    from device_farm.store.transitions import Ended
    from device_farm.units.job import Job, Phone
    from harness.language import Text


FURTHER = 5
"""Smaller nights that follow at most [PROJECT]: so often twenty are halved until one is left."""


@dataclass(slots=True)
class _Night:
    """The result of a night: the end of each job by its place, and disturbed apps by package."""

    ended: dict[int, Ended] = field(default_factory=dict)
    packages: dict[str, int] = field(default_factory=dict)
    disturbed: dict[str, frozenset[str]] = field(default_factory=dict)
    unexplained: set[str] = field(default_factory=set)


def run_night(
    jobs: Sequence[Job],
    phone: Phone,
    *,
    stop: Event,
    progress: Callable[[Text], None] = lambda text: None,
    recording: Callable[[Job, str], None] = lambda job, folder: None,
    found: Callable[[Iterable[tuple[str, str]]], None] = lambda pairs: None,
    further: int = FURTHER,
) -> Iterator[tuple[Job, Ended]]:
    """Check the apps of ``jobs`` together; each is told once, with how it ended the last time.

    Nothing is raised for what goes wrong there. ``recording`` is told of each run folder as soon as there is one,
    ``found`` of the pairs of packages that disturbed each other. ``further`` smaller nights at most follow for the
    apps that neighbours disturbed: halves where nobody knows by whom. When ``stop`` is set the phone is put back.
    """
    waiting = [list(jobs)]
    while waiting:
        some = waiting.pop(0)
        night = _one(some, phone, stop, progress, recording)
        found(all_pairs(night.disturbed))
        next_ones = again(list(night.packages), night.disturbed, night.unexplained) if len(some) > 1 and not stop.is_set() else []
        once_more = next_ones[: max(0, further - len(waiting))]
        waiting += [[some[night.packages[package]] for package in one] for one in once_more]
        held_back = {night.packages[package] for one in once_more for package in one}
        further -= 1
        for place, job in enumerate(some):
            if place not in held_back:
                yield job, night.ended[place]


def _one(jobs: Sequence[Job], phone: Phone, stop: Event, progress: Callable[[Text], None], recording: Callable[[Job, str], None]) -> _Night:
    began, folders, night, told = time.monotonic(), dict[int, str](), _Night(), dict[int, JobMessage]()
    child = Child(carry_out_night, tuple(jobs), phone)
    for message in child.messages(stop):
        if isinstance(message, JobMessage) and message.result is None:
            folders[message.place] = message.folder
            recording(jobs[message.place], message.folder)
        elif isinstance(message, JobMessage):
            told[message.place] = message
        elif isinstance(message, Doing):
            progress(message.text)
    seconds = time.monotonic() - began
    roots = sealed([folder for place, folder in folders.items() if place not in told])
    for place in range(len(jobs)):
        of, folder = told.get(place), folders.get(place, "")
        known = of.result if of is not None and of.result is not None else without_answer(child, folder, roots.get(folder))
        night.ended[place] = ended_from(known, child.termination, seconds=seconds)
        if of is not None and of.package:
            night.packages[of.package] = place
            if of.disturbed_by:
                night.disturbed[of.package] = of.disturbed_by
            if of.unexplained:
                night.unexplained.add(of.package)
    return night
