"""Services in the foreground: the promise of startForegroundService, and what the log tells of them.

After ActiveServices.setServiceForegroundInnerLocked, serviceForegroundTimeout and serviceForegroundCrash
(services/core/ java/com/android/server/am).

Services whose process died: which come back, and when.

After ActiveServices.scheduleServiceRestartLocked (services/core/java/com/android/server/am) with the constants of
ActivityManagerConstants: one second at first, four times as long when it did not run for a minute, ten seconds between
two restarts of any services, half an hour and more for one that crashes.

Decides who may start a service, and who may bring one to the foreground.

After ActiveServices.startServiceLocked and shouldAllowFgsStartForegroundLocked, and ActivityManagerService.
getAppStartModeLOSP (services/core/java/com/android/server/am): Android 8 stops apps that are idle in the background
from starting services, Android 12 from starting foreground services.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.processes.uid_states import in_foreground
from device_farm.virtual.framework.records.notification_record import Posting
from device_farm.virtual.framework.records.start_cause import Attempt, Cause, StartKind, Trigger
from device_farm.virtual.framework.records.system_records import Component, ProcessRecord, ServiceRecord
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.vocabulary.components import START_REDELIVER_INTENT, START_STICKY
from device_farm.virtual.vocabulary.context import ForegroundServiceStartNotAllowedException, MissingForegroundServiceTypeException

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

_BROKEN = "Context.startForegroundService() did not then call Service.startForeground()"


class ForegroundServices:
    """The services that are in the foreground or promised to go there."""

    def __init__(self, system: System, rules: ServiceStartPolicy) -> None:
        self._system, self._rules = system, rules
        # ActiveServices.SERVICE_START_FOREGROUND_TIMEOUT: 5 s in 8, 10 s since 9, 30 s since 13
        self.timeout = 5.0 if system.sdk < 28 else 10.0 if system.sdk < 33 else 30.0
        self._since: dict[int, float] = {}  # token -> uptime

    def rebooted(self) -> None:
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
        since = self._since.pop(record.token, None)
        if record.foreground and since is not None:
            self._system.narrator.foreground_service("foreground_service_stop", record, self._system.clock.uptime - since)
            self._system.usage.foreground_service(record.component.package, record.component.class_name, started=False)
        record.foreground = False


# ActivityManagerConstants.SERVICE_*, in seconds
RESTART, RESET_RUN, FACTOR, BETWEEN = 1.0, 60.0, 4.0, 10.0
CRASH_RESTART, CRASH_MAX_RETRY = 1800.0, 16


class ServiceRestarts:
    """The restarts that are scheduled."""

    def __init__(self, system: System, bring_up: Callable[[ServiceRecord, Cause], None]) -> None:
        self._system, self._bring_up = system, bring_up

    def count_crash(self, record: ServiceRecord) -> None:
        long_ago = self._system.clock.uptime > record.restarted + CRASH_RESTART
        record.crash_count = 1 if long_ago else record.crash_count + 1

    def schedule(self, record: ServiceRecord, ended: str) -> bool:
        """Restart a service of a dead process later; False if nothing asks for it. ``ended``: how the process died."""
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


FIRST_APP_UID = 10000
ACTIVITY_GRACE = 10.0  # seconds since an activity of the app (FGS_BG_START: REASON_START_ACTIVITY_FLAG and its grace)
ALERT_WINDOW = "android.permission.SYSTEM_ALERT_WINDOW"
# Types that a BOOT_COMPLETED receiver may not start (Android 15, developer documentation "Changes to foreground
# services"): REASON_BOOT_COMPLETED does not count for them.
NOT_AT_BOOT = {"dataSync", "camera", "mediaPlayback", "phoneCall", "mediaProjection", "microphone"}


class ServiceStartPolicy(SystemService):
    """Asks the state of a device."""

    def may_start(self, component: Component, caller: ProcessRecord | None) -> bool:
        """Whether startService is allowed now: the app of the service is not idle, or the caller is in front."""
        package = self._system.packages[component.package]
        if package.target_sdk < 26 or package.persistent or package.uid < FIRST_APP_UID:
            return True
        return in_foreground(caller) or not self._system.uid_states.is_idle(package.uid)

    def foreground_reason(self, record: ServiceRecord, caller: ProcessRecord | None, uid: int) -> str | None:
        """Why the service may be in the foreground, by its name in am_foreground_service_start; None if not."""
        system = self._system
        if system.sdk < 31:
            return "UNKNOWN"  # not asked before 12
        if caller is not None and caller.alive and caller.proc_state <= oom_adjuster.BOUND_TOP:
            return "PROC_STATE_PERSISTENT" if caller.adj < 0 else "PROC_STATE_TOP"
        if uid < FIRST_APP_UID:
            return "SYSTEM_UID"
        if (allowance := system.uid_states.allowance(uid)) is not None and allowance.foreground_service:
            return None if self._barred_at_boot(record, allowance.reason) else allowance.reason
        if system.process_list.finished_activity(uid, within=ACTIVITY_GRACE):
            return "ACTIVITY_STARTER"
        package = next((p for p in system.packages.values() if p.uid == uid), None)
        if package is not None and package.name in system.device_idle.user_allowlist:
            return "SYSTEM_ALLOW_LISTED"
        if package is not None and ALERT_WINDOW in package.requested_permissions and system.holds(package, ALERT_WINDOW):
            return "SYSTEM_ALERT_WINDOW_PERMISSION"
        return None

    def restricts_foreground(self, component: Component) -> bool:
        """Whether the app of the service is bound by the rule at all (targets of 12 and later)."""
        return self._system.sdk >= 31 and self._system.packages[component.package].target_sdk >= 31

    def lacks_type(self, component: Component) -> bool:
        """Whether the manifest names no foregroundServiceType where Android 14 wants one."""
        target = self._system.packages[component.package].target_sdk
        return self._system.sdk >= 34 and target >= 34 and not getattr(component.python_class, "foreground_type", "")

    def _barred_at_boot(self, record: ServiceRecord, reason: str) -> bool:
        package = self._system.packages[record.component.package]
        types = set(str(getattr(record.component.python_class, "foreground_type", "")).split("|"))
        return reason == "BOOT_COMPLETED" and self._system.sdk >= 35 and package.target_sdk >= 35 and bool(types & NOT_AT_BOOT)
