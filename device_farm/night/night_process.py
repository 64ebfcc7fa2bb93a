"""The process of a shared night: it checks the apps of several jobs on one phone, and tells of each how it ended.

As in ``device_farm.execution.unit_process`` what it needs of the harness is imported where it is used.
"""

from __future__ import annotations

import signal
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from device_farm.execution.unit_process import NOT_BEGUN, device_for, doing, have_turn, limit_of, need_phone, options_of, run_result
from device_farm.units.attempt_result import AttemptResult
from device_farm.units.job import Limit
from device_farm.units.unit import End

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from device_farm.units.job import Job, Phone
    from harness.engine.night import AppResult
    from harness.session.check_options import Options

    Tell = Callable[[Any], None]

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
    """Return the message to the owner about one app."""
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
