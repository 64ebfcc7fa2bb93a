"""Services whose process died: which come back, and when.

After ActiveServices.scheduleServiceRestartLocked (services/core/java/com/android/server/am) with the constants of
ActivityManagerConstants: one second at first, four times as long when it did not run for a minute, ten seconds between
two restarts of any services, half an hour and more for one that crashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.start_attempts import Attempt, StartKind
from device_farm.virtual.framework.records.start_cause import Cause, Trigger
from device_farm.virtual.vocabulary.components import START_REDELIVER_INTENT, START_STICKY

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.framework.records.system_records import ServiceRecord
    from device_farm.virtual.framework.system import System

# ActivityManagerConstants.SERVICE_*, in seconds
RESTART, RESET_RUN, FACTOR, BETWEEN = 1.0, 60.0, 4.0, 10.0
CRASH_RESTART, CRASH_MAX_RETRY = 1800.0, 16


class ServiceRestarts:
    """The restarts that are scheduled."""

    def __init__(self, system: System, bring_up: Callable[[ServiceRecord, Cause], None]) -> None:
        """Bring services up with ``bring_up``."""
        self._system, self._bring_up = system, bring_up

    def count_crash(self, record: ServiceRecord) -> None:
        """The process of the service crashed."""
        long_ago = self._system.clock.uptime > record.restarted + CRASH_RESTART
        record.crash_count = 1 if long_ago else record.crash_count + 1

    def schedule(self, record: ServiceRecord, ended: str) -> bool:
        """Restart a service of a dead process later; False when nothing asks for that.

        ``ended``: how the process died.
        """
        system = self._system
        record.clients = [client for client in record.clients if client.alive]
        if record.crash_count >= CRASH_MAX_RETRY:
            system.narrator.service_crashed_too_much(record)
            return False
        wanted = record.start_requested and (record.sticky in (START_STICKY, START_REDELIVER_INTENT) or bool(record.pending_starts))
        if not wanted and not record.clients:
            return False
        if system.start_manager.refuses(Attempt(StartKind.RESTART, record.component)):
            return False
        record.start_requested = wanted
        if wanted and not record.pending_starts:
            record.pending_starts = [record.delivered if record.sticky == START_REDELIVER_INTENT else None]
        self._set_delay(record)
        due = record.restart_at = self._free_moment(record)
        record.restart_delay = due - system.clock.uptime
        record.created_from_foreground = False
        reason = "start-requested" if wanted else "connection"
        system.narrator.service_restart_scheduled(record, round(record.restart_delay * 1000), reason)
        system.later(record.restart_delay, lambda: self._restart(record, due, ended))
        return True

    def _set_delay(self, record: ServiceRecord) -> None:
        uptime = self._system.clock.uptime
        if record.restart_delay == 0:
            record.restart_count += 1
            record.restart_delay = RESTART
        elif record.crash_count > 1:
            record.restart_delay = CRASH_RESTART * (record.crash_count - 1)
        elif uptime > record.restarted + RESET_RUN:
            record.restart_count, record.restart_delay = 1, RESTART
        else:
            record.restart_delay *= FACTOR

    def _free_moment(self, record: ServiceRecord) -> float:
        """The uptime of the restart, ten seconds away from every other."""
        due = self._system.clock.uptime + record.restart_delay
        others = [r.restart_at for r in self._system.services if r is not record and r.restart_at is not None]
        while (near := next((other for other in others if other - BETWEEN <= due < other + BETWEEN), None)) is not None:
            due = near + BETWEEN
        return due

    def _restart(self, record: ServiceRecord, due: float, ended: str) -> None:
        system = self._system
        package = system.packages.get(record.component.package)
        if record.restart_at != due or record not in system.services or package is None or package.stopped:
            return
        self._bring_up(record, Cause(Trigger.STICKY, package.name, record.component.sdk, after=ended))
