"""Ends apps on behalf of the user and of the ROM.

Swipe and clear-all in Recents, and the ROM's cleaner, each with the reason that this ROM writes.

``[cleaners]`` of the ROM's file says how: ``remove-task`` is Android's own, ``force-stop`` stops the package with what
belongs to it (alarms, jobs), ``kill`` ends its processes for a reason written as it is.

App standby buckets: how often an app that the user rarely opens may have alarms and jobs.

After AppStandbyController (apex/jobscheduler/service/java/com/android/server/usage) and the quotas of
AlarmManagerService and QuotaController. A device that charges restricts nothing (parole).
"""

from collections import deque

from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.system_records import ExitReason, Package, Task
from device_farm.virtual.framework.system_service import SystemService

FORCE_STOP = 21  # ApplicationExitInfo.SUBREASON_FORCE_STOP


class Cleaners(SystemService):
    """Ends apps as the ROM does."""

    def made(self) -> None:
        """Read the ROM's ways."""
        self._data = self._system.device.rom.data["cleaners"]

    def swiped_away(self, task: Task) -> None:
        self._remove(task, "swipe")

    def clear_all(self) -> None:
        """The user pressed the button of Recents that clears all tasks."""
        self._system.truth("clear_all")
        for task in [task for task in self._system.tasks if task.kind != "home"]:
            self._remove(task, "clear_all")

    def clean(self, package: str) -> None:
        """The ROM's cleaner, or its guard over power and memory, ends a package."""
        self._end(package, "cleaner")

    def _remove(self, task: Task, by: str) -> None:
        system, package = self._system, task.package
        system.active_services.task_removed(package)
        system.activities.remove_task(task, "remove-task")
        self._end(package, by)

    def _end(self, package: str, by: str) -> None:
        system, way = self._system, self._data[by]
        if package not in system.packages:
            return
        if way["how"] == "force-stop" and not self._is_spared(package, by):
            system.package_manager.force_stop(package, way["why"], subreason=way.get("subreason", FORCE_STOP))
            return
        for process in system.process_list.of_package(package):
            if way["how"] == "remove-task":
                process.waiting_to_kill = way["why"]  # at once, or as soon as it is in the background
            else:
                system.process_list.kill(process, way["why"], ExitReason.OTHER, way.get("subreason", 0))
        oom_adjuster.update(system)

    def _is_spared(self, package: str, by: str) -> bool:
        """Whether the app may start again: then a ROM's manager only ends its processes as the user clears them."""
        manager = self._system.start_manager
        may_start = manager.managed and manager.allowed(package)
        return by != "cleaner" and (self._system.packages[package].system or may_start)


ACTIVE, WORKING_SET, FREQUENT, RARE, RESTRICTED, NEVER = 10, 20, 30, 40, 45, 50  # UsageStatsManager.STANDBY_BUCKET_*
# (alarms, in so many seconds): standby_*_quota and app_standby_window, standby_restricted_window
QUOTAS = {ACTIVE: (720, 3600.0), WORKING_SET: (10, 3600.0), FREQUENT: (2, 3600.0), RARE: (1, 3600.0), RESTRICTED: (1, 86400.0)}
KEPT = 10  # deliveries remembered a package; the quota of an active app is never reached


class Standby(SystemService):
    """The buckets of the installed packages."""

    def made(self) -> None:
        """Everything is in the active bucket, as after an install; AppIdleHistory keeps the buckets in /data."""
        self._buckets: dict[str, int] = {}
        self._delivered: dict[str, deque[float]] = {}

    def bucket(self, package: str) -> int:
        found = self._system.packages.get(package)
        exempt = found is not None and (found.system or package in self._system.device_idle.user_allowlist)
        return 5 if exempt else self._buckets.get(package, ACTIVE)  # STANDBY_BUCKET_EXEMPTED

    def set_bucket(self, package: str, bucket: int) -> None:
        """``am set-standby-bucket``."""
        self._buckets[package] = bucket
        self._system.usage.bucket_changed(package, bucket)
        self._system.alarms.reevaluate()
        self._system.jobs.changed()

    def opened(self, package: str) -> None:
        """The user opened an activity of it: it is active (reportEvent, REASON_MAIN_USAGE)."""
        if self._buckets.pop(package, ACTIVE) != ACTIVE:
            self._system.usage.bucket_changed(package, ACTIVE)

    def alarm_delivered(self, package: Package) -> None:
        self._delivered.setdefault(package.name, deque(maxlen=KEPT)).append(self._system.clock.uptime)

    def alarm_allowed_at(self, package: Package, due: float) -> float:
        """The uptime at which the quota lets the next alarm through; ``due`` when it does already."""
        bucket = self.bucket(package.name)
        if self._system.power.charging or bucket <= ACTIVE:
            return due
        if bucket == NEVER:
            return due + 10 * 86400.0  # standby_never_delay
        allowed, window = QUOTAS[bucket]
        recent = [moment for moment in self._delivered.get(package.name, ()) if moment > due - window]
        return due if len(recent) < allowed else max(due, recent[-allowed] + window)

    def job_allowed(self, package: Package) -> bool:
        """Whether jobs run at all: not in the restricted bucket while the device does not charge."""
        return self._system.power.charging or self.bucket(package.name) < RESTRICTED
