"""Log lines of services and broadcasts: made, refused, restarted, timed out.

Sources under frameworks/base services/core/java/com/android/server/am.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.narrator.log_writer import LogWriter

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.broadcast_record import BroadcastRecord, Delivery
    from device_farm.virtual.framework.records.system_records import Component, Intent, ProcessRecord, ServiceRecord


class ServiceNarrator(LogWriter):
    """The part of Narrator about services and broadcasts."""

    # how records are printed in messages
    def service_text(self, service: ServiceRecord) -> str:
        """``ServiceRecord{b26f688 u0 com.x/.Service}`` (ServiceRecord.toString)."""
        return f"ServiceRecord{{{service.token:x} u0 {service.component.short}}}"

    def process_text(self, process: ProcessRecord) -> str:
        """``ProcessRecord{6d4467 3091:com.x/u0a39}`` (ProcessRecord.toString)."""
        return text_formats.process_text(process)

    def intent_text(self, intent: Intent) -> str:
        """``Intent { act=... }`` (Intent.toString)."""
        return f"Intent {{ {text_formats.intent_text(intent)} }}"

    # services
    def service_created(self, service: ServiceRecord) -> None:
        """am_create_service (ActiveServices.realStartServiceLocked); the name is cut at its last period."""
        short, process = service.component.short, service.process
        if process is not None:
            name = short[short.rfind(".") :]
            self._event("create_service", token=service.token, name=name, uid=process.uid, pid=process.pid)

    def service_destroyed(self, service: ServiceRecord) -> None:
        """am_destroy_service (ActiveServices.bringDownServiceLocked)."""
        self._event("destroy_service", token=service.token, pid=0 if service.process is None else service.process.pid)

    def service_restart_scheduled(self, service: ServiceRecord, delay_ms: int, reason: str) -> None:
        """``Scheduling restart of crashed service`` (ActiveServices.performScheduleRestartLocked)."""
        self._say_line("restart_service", "W", component=service.component.short, delay=delay_ms, reason=reason)
        self._event("schedule_service_restart", component=service.component.short, time=delay_ms)

    def service_crashed_too_much(self, service: ServiceRecord) -> None:
        """am_service_crashed_too_much (ActiveServices.killServicesLocked)."""
        count = service.crash_count
        self._say("W", "ActivityManager", f"Service crashed {count} times, stopping: {self.service_text(service)}")
        self._event("service_crashed_too_much", count=count, component=service.component.short, pid=-1)

    def service_stopped_idle(self, service: ServiceRecord, uid: int) -> None:
        """am_stop_idle_service and its line (ActiveServices.stopInBackgroundLocked)."""
        short = service.component.short
        self._event("stop_idle_service", uid=uid, component=short)
        age = text_formats.duration(service.created - self._device.clock.uptime)
        self._say("W", "ActivityManager", f"Stopping service due to app idle: {text_formats.uid_text(uid)} {age} {short}")

    def background_start_refused(
        self, intent: Intent, component: Component, uid: int, package: str | None, caller: ProcessRecord | None
    ) -> None:
        """``Background start not allowed`` (ActiveServices.startServiceLocked); since 9 with the kind of start."""
        pid = -1 if caller is None else caller.pid
        foreground = " startFg?=false" if self._device.rom.sdk >= 28 else ""
        text = f"{self.intent_text(intent)} to {component.short} from pid={pid} uid={uid} pkg={package}{foreground}"
        self._say("W", "ActivityManager", f"Background start not allowed: service {text}")

    def bad_process(self, service: ServiceRecord, uid: int) -> None:
        """A service whose process crashed too often (ActiveServices.bringUpServiceLocked)."""
        text = f"Unable to launch app {service.component.package}/{uid} for service {self.intent_text(service.intent)}"
        self._say("W", "ActivityManager", f"{text}: process is bad")

    # in the foreground
    def foreground_service(self, key: str, service: ServiceRecord, seconds: float) -> None:
        """am_foreground_service_start, _stop, _denied or _timed_out (ActiveServices.logFGSStateChangeLocked)."""
        package = self._device.system.packages.get(service.component.package)
        target = 0 if package is None else package.target_sdk
        self._event(
            key,
            component=service.component.short, while_in_use=1, reason=service.foreground_reason or "DENIED", target_sdk=target,
            caller_sdk=target, deferred=0, shown=0, duration=round(seconds * 1000), count=1,
            stop_reason="STOP_FOREGROUND" if key.endswith("stop") else "", fgs_type=0,
        )  # fmt: skip

    def foreground_start_denied(self, service: ServiceRecord) -> None:
        """A foreground service from the background (ActiveServices.startServiceLocked, 12 and later)."""
        info = f"[callingPackage: {service.caller_package}; callingUid: {service.caller_uid}; uidState: SVC ; intent: "
        details = f"{info}{self.intent_text(service.intent)}; code:DENIED]"
        self._say("W", "ActivityManager", f"Background started FGS: Disallowed {details}")
        text = "startForegroundService() not allowed due to mAllowStartForeground false: service "
        self._say("W", "ActivityManager", text + service.component.short)
        self.foreground_service("foreground_service_denied", service, 0.0)

    # broadcasts
    def broadcast_timed_out(self, record: BroadcastRecord, delivery: Delivery, milliseconds: int) -> None:
        """A receiver took too long (BroadcastQueue.broadcastTimeoutLocked)."""
        text = f"BroadcastRecord{{{record.token:x} u-1 {record.intent.action}}}"
        receiver = text_formats.identity("receiver", delivery.scheduled)
        started = f"receiver=android.os.BinderProxy@{receiver}, started {milliseconds}ms ago"
        self._say("W", "BroadcastQueue", f"Timeout of broadcast {text} - {started}")
        app = "(unknown)" if delivery.process is None else text_formats.process_short(delivery.process)
        number = record.deliveries.index(delivery)
        self._event("broadcast_discard_app", broadcast=record.token, action=record.intent.action, number=number, app=app)
