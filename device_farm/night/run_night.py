"""Run several jobs on one phone in a shared night, in a child process with a hard limit, and tell how each ended.

What a neighbour left open is looked at again in smaller nights, where there is time for them, and at last alone.

The process of a shared night: it checks the apps of several jobs on one phone, and tells of each how it ended.

As in ``device_farm.execution.unit_process`` what it needs of the harness is imported where it is used.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from device_farm.execution.child_process import Child
from device_farm.execution.run_unit import ended_from, sealed, without_answer
from device_farm.execution.unit_process import NOT_BEGUN, device_for, doing, have_turn, limit_of, need_phone, options_of, run_result
from device_farm.night.night_plan import again, all_pairs
from device_farm.store.transitions import Ended
from device_farm.units.attempt_result import AttemptResult
from device_farm.units.job import Doing, Job, Limit, Phone
from device_farm.units.unit import End
from harness.language import Text
from harness.session.check_options import Options

if TYPE_CHECKING:
    from harness.engine.night import AppResult

    Tell = Callable[[Any], None]

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


EACH_SECONDS = 600.0
"""What one more app may add to the time of a night [PROJECT]: two to three minutes, measured, and what goes wrong."""


CROWDED = ("INSTALL_FAILED_CONFLICTING_PROVIDER", "INSTALL_FAILED_DUPLICATE_PERMISSION")
"""The package manager's refusals of an app because of another one on the phone (AOSP PackageManager.java): a neighbour,
mostly, so it goes into another night before it is the app's own fault."""


@dataclass(frozen=True, slots=True)
class JobMessage:
    """A message about one of the jobs, by its place: where it is recorded, or how it ended and who disturbed it."""

    place: int
    folder: str = ""
    result: AttemptResult | None = None
    disturbed_by: frozenset[str] = frozenset()
    unexplained: bool = False
    package: str = ""


def carry_out_night(tell: Tell, jobs: Sequence[Job], phone: Phone) -> None:
    """Check the apps of ``jobs`` on ``phone`` together and tell of each how it ended."""
    from device_farm.execution.fault_attribution import Blame, fault_result, need_apk, need_file

    port = phone.adb_port if phone.virtual is None else -1
    asked: dict[int, Options] = {}
    for place, job in enumerate(jobs):
        try:
            options = options_of(job)
            if job.app.lower().endswith((".apk", ".py")):
                need_file(Path(job.app))
            if job.app.lower().endswith(".apk"):
                need_apk(Path(job.app))
            _need_app_file(job.app)
            asked[place] = options
        except Exception as error:  # top of a process: one bad file is no reason to forget the others
            tell(JobMessage(place, result=fault_result(error, Blame.APP, port)))
    at: list[Any] = [Blame.HOST]
    try:
        if asked:
            _together(tell, jobs, asked, phone, at)
    except KeyboardInterrupt:
        for place in asked:
            tell(JobMessage(place, result=AttemptResult(End.STOPPED, NOT_BEGUN)))
    except Exception as error:  # as above: the owner wants an answer
        for place in asked:
            tell(JobMessage(place, result=fault_result(error, at[0], port)))
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _need_app_file(app: str) -> None:
    """Raise what is wrong with an app file; nothing for anything else."""
    if app.lower().endswith(".py"):
        from device_farm.virtual.app_file import load_app_file

        load_app_file(Path(app))


def _together(tell: Tell, jobs: Sequence[Job], asked: dict[int, Options], phone: Phone, at: list[Any]) -> None:
    from device_farm.execution.fault_attribution import Blame
    from harness.engine.night import check_together

    places = list(asked)
    with device_for([jobs[place].app for place in places], phone, at) as (device, targets):
        at[0] = Blame.PHONE
        have_turn(device, targets[0], tell)
        limit = max(jobs[place].limit_seconds or limit_of(asked[place]) for place in places)
        tell(Limit(limit + EACH_SECONDS * len(places)))
        need_phone(device, targets[0])
        served = check_together(
            device,
            [(target, asked[place]) for target, place in zip(targets, places, strict=True)],
            runs=jobs[places[0]].runs,
            progress=lambda text: tell(doing(text)),
            recording=lambda number, folder: tell(JobMessage(places[number], folder=str(folder))),
            wait=True,
        )
        at[0] = Blame.HOST
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # what was found is told, whoever wants to stop now
        for place, one in zip(places, served, strict=True):
            tell(job_message(place, one, phone, jobs[place].app))


def job_message(place: int, served: AppResult, phone: Phone, app: str = "") -> JobMessage:
    from device_farm.execution.fault_attribution import Blame, fault_result
    from harness.verdicts.interference import disturbance

    if served.analysis is None:
        port = phone.adb_port if phone.virtual is None else -1
        problem = served.problem or RuntimeError("no run and no reason")
        crowded = any(code in str(problem) for code in CROWDED)
        result = fault_result(problem, Blame.OPENING, port, app)
        return JobMessage(place, result=result, unexplained=crowded, package=f"refused-{place}" if crowded else "")
    by, unexplained = disturbance(served.analysis)
    result = run_result(served.analysis, served.errors, phone)
    return JobMessage(place, result=result, disturbed_by=by, unexplained=unexplained, package=served.analysis.app.package)
