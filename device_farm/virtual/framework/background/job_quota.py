"""Limits how many jobs an app runs in the background while the device does not charge.

After QuotaController (apex/jobscheduler/service/java/com/android/server/job/controllers) of Android 11 and later. Jobs
of an app in the foreground, or run while the device charges, are free and do not count. The limits on minutes and on
sessions are not kept: jobs here are over as soon as they return, so the count is what an app meets first.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from device_farm.virtual.framework.background.cleaners import ACTIVE, FREQUENT, NEVER, RARE, RESTRICTED, WORKING_SET
from device_farm.virtual.framework.processes import oom_adjuster

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.framework.records.system_records import Package, ProcessRecord
    from device_farm.virtual.framework.system import System

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
