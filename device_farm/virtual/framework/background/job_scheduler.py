"""Jobs: work that runs once its time has come and its constraints hold.

After JobSchedulerService, JobStatus and JobServiceContext (apex/jobscheduler/service/java/com/android/server/job). Jobs
that are not persisted are lost at a reboot; all go when the package is stopped by force. A job's number is the place of
its class among the Job classes of the app, from 1.

Limits how many jobs an app runs in the background while the device does not charge.

After QuotaController (apex/jobscheduler/service/java/com/android/server/job/controllers) of Android 11 and later. Jobs
of an app in the foreground, or run while the device charges, are free and do not count. The limits on minutes and on
sessions are not kept: jobs here are over as soon as they return, so the count is what an app meets first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from device_farm.virtual.framework.background.cleaners import ACTIVE, FREQUENT, NEVER, RARE, RESTRICTED, WORKING_SET
from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.start_cause import Attempt, Cause, StartKind, Trigger
from device_farm.virtual.framework.records.system_records import Component, Package, ProcessRecord
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.kernel.device_clock import Timer
from device_farm.virtual.vocabulary.components import Job

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

HISTORY = 100  # JobPackageTracker.EVENT_BUFFER_SIZE
BIND = 0.02  # seconds from the binding of a job's service to onStartJob: two calls between processes and a message
TIMEOUT = 600.0  # seconds a job may run (JobServiceContext.EXECUTING_TIMESLICE_MILLIS)
AFTER_BOOT = 30.0  # seconds until persisted jobs whose time had come are run again


class Constraint(StrEnum):
    """The constraints of a job, by the word of JobStatus.dumpConstraints."""

    CHARGING = "CHARGING"
    CONNECTIVITY = "CONNECTIVITY"
    CONTENT_TRIGGER = "CONTENT_TRIGGER"
    IDLE = "IDLE"


@dataclass(slots=True, eq=False)
class JobRecord:
    """One scheduled job (JobStatus). ``earliest`` and ``enqueued`` are uptimes, ``every`` is seconds."""

    number: int
    component: Component
    earliest: float
    enqueued: float
    constraints: frozenset[Constraint]
    persisted: bool
    every: float | None
    sdk: str | None
    content: str | None = None  # the URI whose change it waits for (JobInfo.TriggerContentUri)
    changed: bool = False  # whether that has changed
    timer: Timer | None = None


@dataclass(frozen=True, slots=True)
class JobEvent:
    """A line of the job history: START or STOP at an uptime."""

    uptime: float
    started: bool
    number: int
    uid: int
    component: Component
    periodic: bool
    why: str = ""


class JobScheduler(SystemService):
    """The jobs that are scheduled or run."""

    def made(self) -> None:
        self.pending: dict[str, JobRecord] = {}  # by full class name
        self.running: dict[str, tuple[JobRecord, ProcessRecord]] = {}
        self.history: deque[JobEvent] = deque(maxlen=HISTORY)
        self.quota = JobQuota(self._system, self.changed)

    def schedule(
        self,
        component: Component,
        after: float,
        *,
        network: bool = False,
        charging: bool = False,
        device_idle: bool = False,
        persisted: bool = False,
        every: float | None = None,
        content: str | None = None,
        sdk: str | None = None,
    ) -> None:
        """Run a Job in ``after`` seconds, once its constraints hold; one of the same class is replaced."""
        self.cancel(component.class_name)
        asked = {
            Constraint.CONNECTIVITY: network,
            Constraint.CHARGING: charging,
            Constraint.IDLE: device_idle,
            Constraint.CONTENT_TRIGGER: content is not None,
        }
        uptime = self._system.clock.uptime
        job = JobRecord(
            number=self._number(component),
            component=component,
            earliest=uptime + max(0.0, after),
            enqueued=uptime,
            constraints=frozenset(name for name, wanted in asked.items() if wanted),
            persisted=persisted,
            every=every,
            sdk=sdk,
            content=content,
        )
        self._add(job)

    def _add(self, job: JobRecord) -> None:
        self.pending[job.component.class_name] = job
        job.timer = self._system.later(job.earliest - self._system.clock.uptime, lambda: self._try(job))

    def _number(self, component: Component) -> int:
        components = self._system.packages[component.package].components
        jobs = [c for c in components if c.python_class is not None and issubclass(c.python_class, Job)]
        return 1 + next((place for place, job in enumerate(jobs) if job is component), len(jobs))

    def find(self, package: str, number: int) -> JobRecord | None:
        return next((j for j in self.pending.values() if j.component.package == package and j.number == number), None)

    def cancel(self, class_name: str) -> None:
        job = self.pending.pop(class_name, None)
        if job is not None and job.timer is not None:
            job.timer.cancel()

    def remove_package(self, package: str) -> None:
        for class_name, job in list(self.pending.items()):
            if job.component.package == package:
                self.cancel(class_name)

    def rebooted(self) -> None:
        """Keep what is persisted; what was due before runs soon after the boot."""
        kept = [job for job in self.pending.values() if job.persisted]
        self.pending.clear()
        self.running.clear()
        self.quota = JobQuota(self._system, self.changed)
        for job in kept:
            job.earliest = job.enqueued = self._system.clock.uptime
            job.earliest += AFTER_BOOT
            self._add(job)

    # when
    def satisfied(self, job: JobRecord) -> frozenset[Constraint]:
        """The constraints of a job that hold now."""
        system = self._system
        now = {
            Constraint.CHARGING: system.power.charging,
            Constraint.CONNECTIVITY: system.connectivity.connected,
            Constraint.IDLE: not system.device.screen.on,
            Constraint.CONTENT_TRIGGER: job.changed,
        }
        return frozenset(name for name in job.constraints if now[name])

    def is_ready(self, job: JobRecord) -> bool:
        """Whether it may run now: its time has come, its constraints hold, doze, standby and the quota let it."""
        system = self._system
        if system.clock.uptime < job.earliest or self.satisfied(job) != job.constraints:
            return False
        package = system.packages.get(job.component.package)
        if package is None or system.device_idle.holds_jobs(package) or not system.standby.job_allowed(package):
            return False
        return system.clock.uptime >= self.quota.free_at(package)

    def changed(self) -> None:
        """A constraint may hold now that did not: run what is ready."""
        for job in list(self.pending.values()):
            self._try(job)

    def content_changed(self, uri: str) -> None:
        """A content URI changed: jobs that wait for it or for what it is under may run."""
        for job in list(self.pending.values()):
            if job.content is not None and (uri == job.content or uri.startswith(job.content.rstrip("/") + "/")):
                job.changed = True
                self._try(job)

    def _try(self, job: JobRecord) -> None:
        if self.pending.get(job.component.class_name) is not job:
            return
        if self.is_ready(job):
            self.run(job)
        elif (package := self._system.packages.get(job.component.package)) is not None:
            self.quota.wait(package)

    # running
    def run(self, job: JobRecord, *, forced: bool = False) -> None:
        """Bind the job's service and start it; ``forced`` is ``cmd jobscheduler run -f``."""
        system, component = self._system, job.component
        package = system.packages.get(component.package)
        self.cancel(component.class_name)
        if package is None or package.stopped or component.python_class is None:
            return
        if system.start_manager.refuses(Attempt(StartKind.JOB, component)):
            return
        details = {"sdk": component.sdk} if component.sdk else {}
        if forced:
            details["forced"] = "cmd jobscheduler run"
        system.truth("job", package=component.package, component=component.short, **details)
        cause = Cause(Trigger.JOB, None, job.sdk)
        system.process_list.with_process(component, "service", "android", partial(self._start, job), cause)

    def _start(self, job: JobRecord, process: ProcessRecord) -> None:
        system, component = self._system, job.component
        self.running[component.class_name] = (job, process)
        process.jobs += 1
        process.last_activity = system.clock.uptime
        self._note(job, process, started=True)
        self.quota.started(process)
        oom_adjuster.update(system)
        service = process.runtime.new_component(component.python_class)

        def message() -> None:
            try:
                service.on_start_job()
            finally:
                timer.cancel()
                self._finished(job, process, "app called jobFinished")

        timer = system.later(TIMEOUT, lambda: self._finished(job, process, "timeout"))
        process.runtime.looper.post(message, BIND)

    def _finished(self, job: JobRecord, process: ProcessRecord, why: str) -> None:
        running = self.running.get(job.component.class_name)
        if running is None or running[0] is not job:
            return
        del self.running[job.component.class_name]
        process.jobs -= 1
        self._note(job, process, started=False, why=why)
        if process.alive:
            oom_adjuster.update(self._system)
        if job.every is not None and job.component.class_name not in self.pending:
            job.enqueued = self._system.clock.uptime
            job.earliest = job.enqueued + job.every
            self._add(job)

    def process_died(self, process: ProcessRecord) -> None:
        """Jobs in it end."""
        for job, runner in list(self.running.values()):
            if runner is process:
                self._finished(job, process, "device_state")

    def _note(self, job: JobRecord, process: ProcessRecord, *, started: bool, why: str = "") -> None:
        uptime = self._system.clock.uptime
        periodic = job.every is not None
        self.history.append(JobEvent(uptime, started, job.number, process.uid, job.component, periodic, why))


SINCE = 30  # SDK
HOUR = 3600.0
PER_MINUTE = (20, 60.0)  # MAX_JOB_COUNT_PER_RATE_LIMITING_WINDOW
# (jobs, in so many seconds) by bucket: DEFAULT_MAX_JOB_COUNT_* in DEFAULT_WINDOW_SIZE_*
LIMITS = {
    ACTIVE: (75, 600.0), WORKING_SET: (120, 2 * HOUR), FREQUENT: (200, 8 * HOUR), RARE: (48, 24 * HOUR), RESTRICTED: (10, 24 * HOUR),
}  # fmt: skip
_KEPT = max(count for count, _window in LIMITS.values())


class JobQuota:
    """The jobs that count, by package, and who waits."""

    def __init__(self, system: System, retry: Callable[[], None]) -> None:
        """``retry`` is called when a package that waits may run jobs again."""
        self._system = system
        self._retry = retry
        self._started: dict[str, deque[float]] = {}  # uptimes
        self._waiting: set[str] = set()

    def started(self, process: ProcessRecord) -> None:
        """A job starts in ``process``: count it, unless it is free."""
        if not self._is_free(process.uid):
            self._started.setdefault(process.package, deque(maxlen=_KEPT)).append(self._system.clock.uptime)

    def free_at(self, package: Package) -> float:
        """The uptime from which the package may run a job; one that is past when it may now."""
        bucket = self._system.standby.bucket(package.name)
        if bucket == NEVER or self._is_free(package.uid):
            return 0.0
        started = self._started.get(package.name, ())
        limits = (PER_MINUTE, LIMITS[max(bucket, ACTIVE)])
        return max((started[-count] + window for count, window in limits if len(started) >= count), default=0.0)

    def wait(self, package: Package) -> None:
        """Try again once the quota lets it (maybeScheduleStartAlarmLocked)."""
        delay = self.free_at(package) - self._system.clock.uptime
        if delay > 0 and package.name not in self._waiting:
            self._waiting.add(package.name)
            self._system.later(delay, lambda: self._over(package.name))

    def _over(self, package: str) -> None:
        self._waiting.discard(package)
        self._retry()

    def _is_free(self, uid: int) -> bool:
        system = self._system
        if system.sdk < SINCE or system.power.charging:
            return True
        states = (process.proc_state for process in system.processes.values() if process.uid == uid)
        return min(states, default=oom_adjuster.CACHED_EMPTY) <= oom_adjuster.FOREGROUND_SERVICE
