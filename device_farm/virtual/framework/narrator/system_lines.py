"""Log lines of the device itself: boot, display, battery, doze.

The log lines of an idle phone: a few lines of its daemons, over and over.

A client that follows the log is never kept waiting on a phone (adbutils ends a recording at the next line it reads), so
it must not be here. The lines are the ROM's data. While device time skips ahead the phone lies still and sleeps: then
they are rare, so that a day of ``idle`` costs no more than the alarms in it.

Log lines of services and broadcasts: made, refused, restarted, timed out.

Sources under frameworks/base services/core/java/com/android/server/am.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.narrator.log_writer import SYSTEM, LogWriter
from device_farm.virtual.framework.records.broadcast_record import BroadcastRecord, Delivery
from device_farm.virtual.framework.records.storage import INTERNAL
from device_farm.virtual.framework.records.system_records import Component, Intent, ProcessRecord, ServiceRecord

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_NOR_SINCE = 30  # SDK
_OWN_TAG_SINCE, _COMMIT_TELLS_UNTIL, _VERIFY_REASON_UNTIL = 28, 30, 33  # SDK


class SystemNarrator(LogWriter):
    """The part of Narrator about the device."""

    def clipboard_refused(self, package: str) -> None:
        """Say who asked for the clipboard without the focus (clipboard/ClipboardService.java; its grammar since 11)."""
        neither = "neither is" if self._device.rom.sdk < _NOR_SINCE else "nor is it"
        words = f"Denying clipboard access to {package}, application is not in focus {neither} a system service for user 0"
        self._say("E", "ClipboardService", words)

    def identifiers_refused(self, package: str, method: str) -> None:
        """Say who asked for an identifier, as the phone process does.

        Source: telephony TelephonyPermissions.java, reportAccessDeniedToReadIdentifiers; with the number of the
        subscription since 11.
        """
        more = "isPreinstalled=false:isPrivApp=false" if self._device.rom.sdk < _NOR_SINCE else "1"
        phone = next((found for found in self._device.system.processes.values() if found.package == "com.android.phone"), None)
        pid, uid = (self._system_pid, SYSTEM) if phone is None else (phone.pid, phone.uid)
        text = f"reportAccessDeniedToReadIdentifiers:{package}:{method}:{more}"
        self._logs.write("main", "W", "TelephonyPermissions", text, pid=pid, uid=uid)

    def boot_progress(self, key: str) -> None:
        """boot_progress_ams_ready or boot_progress_enable_screen (am/ActivityManagerService.java)."""
        self._event(key, time=round(self._device.clock.uptime * 1000))

    def screen_toggled(self, *, on: bool) -> None:
        """screen_toggled, power_screen_state (policy/PhoneWindowManager.java, power/Notifier.java)."""
        self._event("screen_toggled", on=int(on))
        self._event("power_screen_state", on=int(on), because_of_user=0, touch_down_time=0, touch_cycles=0, latency=120)

    def install_commit_failed(self, session: int, message: str) -> None:
        """What the commit found in the files (pm/PackageInstallerSession.java, until 11; 9 and 10 taken as 11)."""
        if self._device.rom.sdk <= _COMMIT_TELLS_UNTIL:
            tag = "PackageInstaller" if self._device.rom.sdk < _OWN_TAG_SINCE else "PackageInstallerSession"
            self._say("E", tag, f"Commit of session {session} failed: {message}")

    def install_verify_failed(self, session: int, failure: str) -> None:
        """onSessionVerificationFailure (pm/PackageInstallerSession.java, 12+): the reason only until 13."""
        if self._device.rom.sdk > _COMMIT_TELLS_UNTIL:
            why = f" [{failure}]" if self._device.rom.sdk <= _VERIFY_REASON_UNTIL else ""
            self._say("E", "PackageInstallerSession", f"Failed to verify session {session}{why}")

    def battery_status(self, status: int, plugged: int, health: int) -> None:
        """battery_status (BatteryService.java processValuesLocked)."""
        self._event("battery_status", status=status, health=health, present=1, plugged=plugged, technology="Li-ion")

    def battery_level(self, level: int, voltage: int, temperature: int) -> None:
        """battery_level (BatteryService.java processValuesLocked): not for voltage and temperature alone."""
        self._event("battery_level", level=level, voltage=voltage, temperature=temperature)

    def storage_state(self, before: int, level: int, usable: int, total: int) -> None:
        """storage_state (storage/DeviceStorageMonitorService.java check)."""
        self._event("storage_state", uuid=INTERNAL, old_state=before, new_state=level, usable=usable, total=total)

    def device_idle_changed(self, deep: str, light: str) -> None:
        """device_idle and device_idle_light (DeviceIdleController.java, EventLogTags.logtags)."""
        states = ("ACTIVE", "INACTIVE", "IDLE_PENDING", "SENSING", "LOCATING", "IDLE", "IDLE_MAINTENANCE")
        self._event("device_idle", state=states.index(deep), reason="s:alarm")
        lights = ("ACTIVE", "INACTIVE", "PRE_IDLE", "", "IDLE", "WAITING_FOR_NETWORK", "IDLE_MAINTENANCE", "OVERRIDE")
        self._event("device_idle_light", state=lights.index(light), reason="s:alarm")


AWAKE_SECONDS, ASLEEP_SECONDS = 1.0, 60.0  # device time between two lines


class DaemonLines:
    """The daemons of one device; ``start`` once a boot, a reboot ends it with every other timer."""

    def __init__(self, device: VirtualDevice) -> None:
        """Write to ``device.logs`` what the ROM's data lists, in that order, again and again."""
        self._device = device
        self._lines: Iterator[dict[str, Any]] = itertools.cycle(device.rom.data["quiet_life"].unread()["lines"])

    def start(self) -> None:
        """Write the first line after the first pause."""
        clock = self._device.clock
        pause = ASLEEP_SECONDS if clock.ahead > ASLEEP_SECONDS else AWAKE_SECONDS
        clock.call_later(pause, self._write)

    def _write(self) -> None:
        line = next(self._lines)
        self._device.logs.write(line["buffer"], line["priority"], line["tag"], line["text"], pid=line["pid"], uid=line["uid"])
        self.start()


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
