"""Decides who may start a service, and who may bring one to the foreground.

After ActiveServices.startServiceLocked and shouldAllowFgsStartForegroundLocked, and ActivityManagerService.
getAppStartModeLOSP (services/core/java/com/android/server/am): Android 8 stops apps that are idle in the background
from starting services, Android 12 from starting foreground services.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.processes.uid_states import in_foreground

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Component, ProcessRecord, ServiceRecord
    from device_farm.virtual.framework.system import System

FIRST_APP_UID = 10000
ACTIVITY_GRACE = 10.0  # seconds since an activity of the app (FGS_BG_START: REASON_START_ACTIVITY_FLAG and its grace)
ALERT_WINDOW = "android.permission.SYSTEM_ALERT_WINDOW"
# Types that a BOOT_COMPLETED receiver may not start (Android 15, developer documentation "Changes to foreground
# services"): REASON_BOOT_COMPLETED does not count for them.
NOT_AT_BOOT = {"dataSync", "camera", "mediaPlayback", "phoneCall", "mediaProjection", "microphone"}


class ServiceStartPolicy:
    """Asks the state of a device."""

    def __init__(self, system: System) -> None:
        """Look at the processes of ``system``."""
        self._system = system

    def may_start(self, component: Component, caller: ProcessRecord | None) -> bool:
        """Whether startService is allowed now: the app of the service is not idle, or the caller is in front."""
        package = self._system.packages[component.package]
        if package.target_sdk < 26 or package.persistent or package.uid < FIRST_APP_UID:
            return True
        return in_foreground(caller) or not self._system.uid_states.is_idle(package.uid)

    def foreground_reason(self, record: ServiceRecord, caller: ProcessRecord | None, uid: int) -> str | None:
        """Why the service may be in the foreground, by the name that am_foreground_service_start prints.

        None if not.
        """
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
