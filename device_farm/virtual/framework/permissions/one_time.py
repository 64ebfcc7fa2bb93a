"""One-time grants: taken back a minute after the app left the foreground, and its processes killed.

After OneTimePermissionUserManager (services/core/java/com/android/server/pm/permission, Android 11 and later).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.system_records import ExitReason

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Package
    from device_farm.virtual.framework.system import System

TIMEOUT, KILLED_DELAY, STEP = 60.0, 5.0, 1.0  # one_time_permissions_timeout_millis, .._killed_delay_millis; our look
FOREGROUND_SERVICE_ADJ = 200


class OneTimeGrants:
    """The packages that hold one."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        self._left: dict[str, float] = {}  # package -> uptime at which it was last in the foreground

    def rebooted(self) -> None:
        """They end with the boot, their flag stays: on disk no grant with it is one.

        Source: RuntimePermissionsPersistenceImpl.
        """
        self._left.clear()
        for package in self._system.packages.values():
            for state in package.runtime_permissions.values():
                if "ONE_TIME" in state.flags:
                    state.granted = False

    def watch(self, package: Package) -> None:
        """``package`` was granted something for this time only."""
        if package.name not in self._left:
            self._left[package.name] = self._system.clock.uptime
            self._look(package)

    def _look(self, package: Package) -> None:
        system = self._system
        if self._system.packages.get(package.name) is not package:
            self._left.pop(package.name, None)
            return
        running = system.process_list.of_package(package.name)
        if any(record.adj <= FOREGROUND_SERVICE_ADJ for record in running):
            self._left[package.name] = system.clock.uptime
        if system.clock.uptime - self._left[package.name] >= (TIMEOUT if running else KILLED_DELAY):
            self._revoke(package)
        else:
            system.later(STEP, lambda: self._look(package))

    def _revoke(self, package: Package) -> None:
        del self._left[package.name]
        for state in package.runtime_permissions.values():
            if "ONE_TIME" in state.flags:
                state.granted = False
                state.flags -= {"ONE_TIME", "USER_SET"}
        why = "one-time permission revoked"
        self._system.process_list.kill_package(package.name, why, ExitReason.PERMISSION_CHANGE)
