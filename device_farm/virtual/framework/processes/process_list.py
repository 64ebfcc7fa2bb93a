"""Processes: how they start, how they end, and what Android writes down about the end.

After ProcessList, AppErrors and AppExitInfoTracker of frameworks/base services/core/java/com/android/server/am.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.start_cause import Cause, Trigger
from device_farm.virtual.framework.records.system_records import Component, ExitReason, ExitRecord, Package, ProcessRecord
from device_farm.virtual.framework.system_service import SystemService

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

FORK, REAP, LMKD = 0.1, 0.03, 0.05  # seconds: fork to bindApplication, death to its notice, shortage to the kill
FREE_MB = 2048  # what apps may allocate together before lmkd acts
MAX_EXITS = 16  # records kept per package (AppExitInfoTracker.APP_EXIT_INFO_HISTORY_LIST_SIZE)
SIGKILL = 9
PID_MAX, FIRST_PID = 32768, 1200  # kernel.pid_max; where numbering starts, and again after the last
MIN_CRASH_INTERVAL = 60.0  # seconds; ActivityManagerConstants.MIN_CRASH_INTERVAL, 2 minutes since 12
KILL_BACKGROUND = 24  # ApplicationExitInfo.SUBREASON_KILL_BACKGROUND


class ProcessList(SystemService):
    """The process list of a device."""

    def __init__(self, system: System, new_runtime: Callable[[System, ProcessRecord, Package], object]) -> None:
        """Start with none; ``new_runtime`` makes the app's side of a process."""
        self._new_runtime = new_runtime
        self.exits: list[ExitRecord] = []
        self.by_pid: dict[int, ProcessRecord] = {}
        super().__init__(system)

    def rebooted(self) -> None:
        """Nothing runs any more; how processes ended is kept."""
        for process in list(self.by_pid.values()):
            process.alive = False
            process.runtime.looper.kill()
        self.by_pid = {}
        self._next_pid = FIRST_PID
        self._waiting: dict[int, list[Callable[[], None]]] = {}
        self._crashed: dict[tuple[str, int], float] = {}  # (process, uid) -> uptime of its last crash
        self._bad: set[tuple[str, int]] = set()  # crashed too often: only the user may start them

    def find(self, package: str, name: str) -> ProcessRecord | None:
        return next((p for p in self.by_pid.values() if p.name == name and p.package == package), None)

    def of_package(self, package: str) -> list[ProcessRecord]:
        """All running processes of a package, oldest first."""
        return [p for p in self.by_pid.values() if p.package == package]

    def finished_activity(self, uid: int, *, within: float) -> bool:
        """Whether a process of ``uid`` finished an activity at most that many seconds ago.

        Each process has its own moment, gone with it (WindowProcessController.setLastActivityFinishTimeIfNeeded).
        """
        now = self._system.clock.uptime
        moments = [p.activity_finished for p in self.by_pid.values() if p.uid == uid]
        return any(moment is not None and now - moment < within for moment in moments)

    def with_process(
        self, component: Component, hosting: str, caller: str | None, then: Callable[[ProcessRecord], None], cause: Cause | None = None
    ) -> ProcessRecord:
        """Call ``then`` once the process of ``component`` is up, starting it if need be."""
        package = self._system.packages[component.package]
        name = f"{component.package}/{component.class_name}"
        record = self.find(package.name, component.process)
        if record is None:
            record = self.start(package, component.process, hosting, name, caller, cause, component.sdk)
        self.when_bound(record, lambda: then(record))
        return record

    def when_bound(self, record: ProcessRecord, then: Callable[[], None]) -> None:
        """Call ``then`` once the process can run the app's code."""
        if record.pid in self._waiting:
            self._waiting[record.pid].append(then)
        else:
            then()

    def start(
        self,
        package: Package,
        name: str,
        hosting: str,
        hosting_name: str | None,
        caller: str | None,
        cause: Cause | None = None,
        sdk: str | None = None,
    ) -> ProcessRecord:
        """Fork a process from zygote; it is bound ``FORK`` seconds later. ``sdk`` is the one of the component."""
        system = self._system
        record = ProcessRecord(
            pid=self._new_pid(),
            uid=package.uid,
            name=name,
            package=package.name,
            hosting_type=hosting,
            hosting_name=hosting_name,
            started=system.clock.uptime,
            parent_pid=system.zygote_pid,
            caller_package=caller,
            cause=cause or self._cause_of(hosting, caller),
            was_force_stopped=package.stopped and not package.not_launched,
            last_activity=system.clock.uptime,
        )
        record.runtime = self._new_runtime(system, record, package)
        self.by_pid[record.pid] = record
        self._waiting[record.pid] = []
        if hosting.endswith("activity") and (name, package.uid) in self._bad:
            self._bad.discard((name, package.uid))
            system.narrator.process_good(record)
        package.stopped = package.not_launched = False
        system.narrator.process_started(record)
        self._tell_start(record, sdk)
        system.start_info.started(record)
        system.later(FORK, lambda: self._bound(record))
        oom_adjuster.update(system)
        return record

    def _new_pid(self) -> int:
        while True:
            self._next_pid += 1 + (self._next_pid * 7) % 13
            if self._next_pid >= PID_MAX:
                self._next_pid = FIRST_PID
            if self._next_pid not in self.by_pid:
                return self._next_pid

    def _cause_of(self, hosting: str, caller: str | None) -> Cause:
        """The cause of a start that came without one: an activity's, or that of a persistent process."""
        if not hosting.endswith("activity"):
            return Cause(Trigger.SYSTEM, caller)
        by_user = caller is None or caller == "com.android.shell" or self._is_launcher(caller)
        return Cause(Trigger.USER if by_user else Trigger.ACTIVITY, caller)

    def _is_launcher(self, name: str) -> bool:
        package = self._system.packages.get(name)
        home = "android.intent.category.HOME"
        return package is not None and any(home in component.categories for component in package.components)

    def _tell_start(self, record: ProcessRecord, sdk: str | None) -> None:
        cause = record.cause or Cause(Trigger.SYSTEM)
        told: dict[str, object] = {"trigger": str(cause.trigger)}
        details = {"action": cause.action, "sdk": sdk, "caller_sdk": cause.caller_sdk, "after": cause.after}
        told |= {key: value for key, value in details.items() if value is not None}
        if record.was_force_stopped:
            told["was_force_stopped"] = True
        self._system.truth(
            "start", package=record.package, process=record.name, pid=record.pid, hosting=record.hosting_type,
            component=record.hosting_name, caller=None if record.caller_package == "android" else record.caller_package, **told,
        )  # fmt: skip

    def is_bad(self, name: str, uid: int) -> bool:
        """Whether it crashed too often to be started for anything but an activity."""
        return (name, uid) in self._bad

    def _bound(self, record: ProcessRecord) -> None:
        if not record.alive:
            return
        self._system.narrator.process_bound(record)
        record.runtime.bind()
        if record.was_force_stopped and self._system.sdk >= 35:
            self._system.boot_phases.started_after_force_stop(record)
        for then in self._waiting.pop(record.pid, []):
            then()

    # the ways to end
    def exit_self(self, record: ProcessRecord, status: int) -> None:
        """System.exit: its own lines, then zygote reaps it."""
        self._system.narrator.runtime_exit(record, status)
        self._dying(record, ExitReason.EXIT_SELF, status=status)

    def kill_by_signal(self, record: ProcessRecord, *, by: ProcessRecord | None = None) -> None:
        """Signal 9 from its own uid (Process.killProcess) or from a ROM's cleaner."""
        self._dying(record, ExitReason.SIGNALED, status=SIGKILL, signal=SIGKILL, cause=by.name if by else None)

    def crash(self, record: ProcessRecord, exception: str, message: str, frames: list[str]) -> None:
        """An uncaught exception. No dialog at a first crash on Android 8+ (AppErrors: SHOW_FIRST_CRASH_DIALOG is 0)."""
        if not record.alive:
            return
        system, key = self._system, (record.name, record.uid)
        system.narrator.crashed(record, exception, message, frames)
        system.activities.finish_crashed(record)
        last = self._crashed.get(key)
        interval = MIN_CRASH_INTERVAL * (2 if system.sdk >= 31 else 1)
        self._crashed[key] = system.clock.uptime
        system.active_services.process_crashed(record)
        if last is not None and system.clock.uptime - last < interval and not system.is_persistent(record):
            system.narrator.process_crashed_too_much(record)
            system.active_services.remove_process(record)
            self._bad.add(key)
        self.kill(record, "crash", ExitReason.CRASH)

    def low_memory_kill(self, record: ProcessRecord) -> None:
        """Kill as lmkd does: its line, then signal 9."""
        if record.alive:
            self._system.narrator.low_memory_kill(record)
            self._dying(record, ExitReason.LOW_MEMORY, signal=SIGKILL)

    def kill(self, record: ProcessRecord, why: str, reason: ExitReason, subreason: int = 0) -> None:
        """Kill it as ActivityManager does (ProcessRecord.killLocked): am_kill with ``why``."""
        if record.alive:
            self._system.narrator.process_killed(record, why)
            self._dying(record, reason, subreason=subreason, signal=SIGKILL, by_am=True, description=why)

    def kill_package(self, package: str, why: str, reason: ExitReason, subreason: int = 0) -> int:
        """Kill every process of a package; how many there were."""
        victims = self.of_package(package)
        for record in victims:
            self.kill(record, why, reason, subreason)
        return len(victims)

    def check_memory(self, record: ProcessRecord) -> None:
        """After an allocation: when memory is short, lmkd kills cached processes first, then the one that took it."""

        def relieve() -> None:
            others = sorted((p for p in self.by_pid.values() if p.adj > oom_adjuster.PERCEPTIBLE_ADJ), key=_least_needed)
            for victim in [*[p for p in others if p is not record], record]:
                if self._allocated() > FREE_MB:
                    self.low_memory_kill(victim)
            if not any(p.adj >= oom_adjuster.CACHED_ADJ for p in self.by_pid.values()):
                self._system.narrator.low_memory(len(self.by_pid))

        if self._allocated() > FREE_MB:
            self._system.later(LMKD, relieve)

    def _allocated(self) -> int:
        return sum(p.runtime.native_mb for p in self.by_pid.values())

    def _dying(
        self,
        record: ProcessRecord,
        reason: ExitReason,
        *,
        status: int = 0,
        subreason: int = 0,
        signal: int | None = None,
        by_am: bool = False,
        description: str | None = None,
        cause: str | None = None,
    ) -> None:
        """No more app code runs; the system notices a moment later."""
        if not record.alive:
            return
        system = self._system
        system.cached_processes.thaw(record)
        exit_record = ExitRecord(
            package=record.package,
            process=record.name,
            pid=record.pid,
            uid=record.uid,
            reason=reason,
            subreason=subreason,
            status=status,
            importance=oom_adjuster.importance(record),
            description=description,
            timestamp=system.clock.wall,
            pss=record.rss_kb * 3 // 4,
            rss=record.rss_kb,
        )
        record.alive = False
        self.by_pid.pop(record.pid, None)
        self._waiting.pop(record.pid, None)
        record.runtime.looper.kill()
        system.app_downloads.process_died(record)
        self._remember(exit_record)
        system.truth("exit", package=record.package, process=record.name, pid=record.pid, reason=reason.name,
                     status=status, description=description, cause=cause)  # fmt: skip

        def noticed() -> None:
            system.narrator.process_gone(record, status=None if signal else status, signal=signal, by_am=by_am)
            system.broadcasts.process_died(record)
            system.providers.process_died(record)
            system.jobs.process_died(record)
            ended = description or reason.name.lower()
            system.active_services.process_died(record, stopped=system.is_stopped(record.package), ended=ended)
            system.activities.process_died(record)
            system.anr.process_died(record)
            system.overlays.process_died(record)
            oom_adjuster.update(system)
            if system.is_persistent(record):
                system.start_persistent(record.package)

        system.later(0.0 if by_am else REAP, noticed)

    def _remember(self, record: ExitRecord) -> None:
        self.exits.append(record)
        same = [e for e in self.exits if e.package == record.package]
        if len(same) > MAX_EXITS:
            self.exits.remove(same[0])


def _least_needed(process: ProcessRecord) -> tuple[int, float]:
    """The order in which lmkd kills: the highest oom_score_adj, and of equals the largest process."""
    return -process.adj, -process.rss_kb
