"""Alarms and jobs: what an app has the system do later.

After AlarmManagerService (apex/jobscheduler/service/java/com/android/server/alarm) and JobSchedulerService. Alarms are
lost at a reboot, jobs that are not persisted too; both go when the package is stopped by force.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from device_farm.virtual.framework.broadcasts import Broadcasts
from device_farm.virtual.framework.model import Component, ComponentKind
from device_farm.virtual.framework.start_manager import Attempt, StartKind

if TYPE_CHECKING:
    from device_farm.virtual.clock import Timer
    from device_farm.virtual.framework.model import Package, ProcessRecord
    from device_farm.virtual.framework.system import System

MIN_INTERVAL = 60.0  # AlarmManagerService, min_interval
INEXACT_DELAY = 0.1  # of the time to go: the window of an inexact alarm is larger, its end is what is kept here


@dataclass(slots=True)
class Alarm:
    """One alarm; ``due`` is an uptime in seconds."""

    package: Package
    id: str
    due: float
    every: float | None
    exact: bool
    timer: Timer


class Alarms:
    """The alarms that are set."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        self.pending: dict[tuple[str, str], Alarm] = {}

    def set(self, package: Package, id: str, after: float, every: float | None, *, exact: bool) -> None:
        """Set an alarm; one of the same id is replaced."""
        self.cancel(package.name, id)
        after = max(0.0, after) if exact else max(0.0, after) * (1 + INEXACT_DELAY)
        every = None if every is None else max(MIN_INTERVAL, every)
        timer = self._system.later(after, lambda: self._fire(package.name, id))
        self.pending[package.name, id] = Alarm(package, id, self._system.clock.uptime + after, every, exact, timer)

    def cancel(self, package: str, id: str) -> None:
        """Forget an alarm."""
        alarm = self.pending.pop((package, id), None)
        if alarm is not None:
            alarm.timer.cancel()

    def remove_package(self, package: str) -> None:
        """Forget all of a package."""
        for owner, id in list(self.pending):
            if owner == package:
                self.cancel(owner, id)

    def _fire(self, package: str, id: str) -> None:
        alarm = self.pending.pop((package, id))
        if alarm.every is not None:
            self.set(alarm.package, id, alarm.every, alarm.every, exact=True)
        owner = self._system.packages.get(package)
        if owner is None or owner.stopped:
            return
        receiver = Component(ComponentKind.RECEIVER, package, f"{package}.AlarmReceiver", package)
        if self._system.start_manager.refuses(Attempt(StartKind.ALARM, receiver)):
            return
        processes = self._system.process_list
        process = processes.find(package, package)
        name = f"{package}/{receiver.class_name}"
        if process is None:
            process = processes.start(owner, package, "broadcast", name, package)
        self._system.truth("alarm", package=package, id=id)
        processes.when_bound(process, lambda: Broadcasts.run_in(process, lambda: process.runtime.app.on_alarm(id)))


@dataclass(slots=True)
class JobRecord:
    """One scheduled job; ``due`` is an uptime in seconds."""

    component: Component
    due: float
    network: bool
    persisted: bool
    timer: Timer


class Jobs:
    """The jobs that are scheduled."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        self.pending: dict[str, JobRecord] = {}  # by full class name

    def schedule(self, component: Component, after: float, *, network: bool, persisted: bool) -> None:
        """Run a Job once, in ``after`` seconds; one of the same class is replaced."""
        self.cancel(component.class_name)
        after = max(0.0, after)
        timer = self._system.later(after, lambda: self._run(component))
        due = self._system.clock.uptime + after
        self.pending[component.class_name] = JobRecord(component, due, network, persisted, timer)

    def cancel(self, class_name: str) -> None:
        """Forget a job."""
        job = self.pending.pop(class_name, None)
        if job is not None:
            job.timer.cancel()

    def remove_package(self, package: str) -> None:
        """Forget all of a package."""
        for class_name, job in list(self.pending.items()):
            if job.component.package == package:
                self.cancel(class_name)

    def rebooted(self) -> None:
        """Keep what is persisted, with the time that was left."""
        kept = [job for job in self.pending.values() if job.persisted]
        self.pending.clear()
        for job in kept:
            self.schedule(job.component, 30.0, network=job.network, persisted=True)

    def _run(self, component: Component) -> None:
        self.pending.pop(component.class_name, None)
        package = self._system.packages.get(component.package)
        if package is None or package.stopped or component.python_class is None:
            return
        if self._system.start_manager.refuses(Attempt(StartKind.JOB, component)):
            return

        def run(process: ProcessRecord) -> None:
            job = process.runtime.new_component(component.python_class)
            Broadcasts.run_in(process, job.on_start_job)

        self._system.truth("job", package=component.package, component=component.short)
        self._system.process_list.with_process(component, "service", None, run)
