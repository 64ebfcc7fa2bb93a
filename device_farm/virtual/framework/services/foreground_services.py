"""Services in the foreground: the promise of startForegroundService, and what the log tells of them.

After ActiveServices.setServiceForegroundInnerLocked, serviceForegroundTimeout and serviceForegroundCrash
(services/core/ java/com/android/server/am).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.notification_record import Posting
from device_farm.virtual.vocabulary.context import (
    ForegroundServiceStartNotAllowedException,
    MissingForegroundServiceTypeException,
)

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import ProcessRecord, ServiceRecord
    from device_farm.virtual.framework.services.service_start_policy import ServiceStartPolicy
    from device_farm.virtual.framework.system import System

_BROKEN = "Context.startForegroundService() did not then call Service.startForeground()"


class ForegroundServices:
    """The services that are in the foreground or promised to go there."""

    def __init__(self, system: System, rules: ServiceStartPolicy) -> None:
        """Start with none."""
        self._system, self._rules = system, rules
        # ActiveServices.SERVICE_START_FOREGROUND_TIMEOUT: 5 s in 8, 10 s since 9, 30 s since 13
        self.timeout = 5.0 if system.sdk < 28 else 10.0 if system.sdk < 33 else 30.0
        self._since: dict[int, float] = {}  # token -> uptime

    def rebooted(self) -> None:
        """None is left."""
        self._since.clear()

    def asked(self, record: ServiceRecord, caller: ProcessRecord | None, uid: int) -> None:
        """Somebody starts the service: whether it may go to the foreground is decided now and kept while it lives."""
        if record.foreground_reason is None:
            record.foreground_reason = self._rules.foreground_reason(record, caller, uid)

    def is_denied(self, record: ServiceRecord) -> bool:
        """Whether startForegroundService is refused."""
        return self._rules.restricts_foreground(record.component) and record.foreground_reason is None

    def start(self, record: ServiceRecord, title: str, text: str) -> None:
        """Service.startForeground; raises what Android throws into the app."""
        system, component, process = self._system, record.component, record.process
        if process is None:
            return
        if self._rules.lacks_type(component):
            raise MissingForegroundServiceTypeException(
                f"Starting FGS without a type  callerApp={system.narrator.process_text(process)} "
                f"targetSDK={system.packages[component.package].target_sdk}"
            )
        if self.is_denied(record):
            system.narrator.foreground_start_denied(record)
            system.truth("start_refused", package=component.package, component=component.short, why="foreground not allowed")
            raise ForegroundServiceStartNotAllowedException(
                f"Service.startForeground() not allowed due to mAllowStartForeground false: service {component.short}"
            )
        record.foreground_required = False
        if not record.foreground:
            record.foreground = True
            self._since[record.token] = system.clock.uptime
            system.narrator.foreground_service("foreground_service_start", record, 0.0)
            system.usage.foreground_service(component.package, component.class_name, started=True)
        system.notifications.post(system.packages[component.package], process.pid, Posting(title, text))
        oom_adjuster.update(system)

    def watch(self, record: ServiceRecord) -> None:
        """It was started with startForegroundService: it must call startForeground in time."""
        process = record.process

        def late() -> None:
            if record.foreground_required and record.process is process and process is not None and process.alive:
                record.foreground_required = False
                self._system.narrator.foreground_service("foreground_service_timed_out", record, 0.0)
                self._system.active_services.stop(record)
                self._system.anr.timed_out(process, f"{_BROKEN}: {self._system.narrator.service_text(record)}")

        self._system.later(self.timeout, late)

    def not_kept(self, record: ServiceRecord) -> None:
        """It ended before it called startForeground: its app crashes (serviceForegroundCrash)."""
        process, system = record.process, self._system
        record.foreground_required = False
        if process is None:
            return
        name = "android.app.RemoteServiceException"
        if system.sdk >= 31:
            name += "$ForegroundServiceDidNotStartInTimeException"
        message = f"{_BROKEN}: {system.narrator.service_text(record)}"
        frames = ["android.app.ActivityThread$H.handleMessage(ActivityThread.java:2116)"]
        system.later(0.0, lambda: system.process_list.crash(process, name, message, frames))

    def ended(self, record: ServiceRecord) -> None:
        """It is not in the foreground any more."""
        since = self._since.pop(record.token, None)
        if record.foreground and since is not None:
            self._system.narrator.foreground_service("foreground_service_stop", record, self._system.clock.uptime - since)
            self._system.usage.foreground_service(record.component.package, record.component.class_name, started=False)
        record.foreground = False
