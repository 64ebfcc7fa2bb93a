"""Log lines of the device itself: boot, display, battery, doze."""

from __future__ import annotations

from device_farm.virtual.framework.narrator.log_writer import SYSTEM, LogWriter
from device_farm.virtual.framework.records.storage import INTERNAL

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

    def line_of_rom(self, priority: str, tag: str, text: str) -> None:
        """Say what a ROM's own part of system_server says."""
        self._say(priority, tag, text)

    def boot_progress(self, key: str) -> None:
        """boot_progress_ams_ready or boot_progress_enable_screen (am/ActivityManagerService.java)."""
        self._event(key, time=round(self._device.clock.uptime * 1000))

    def screen_toggled(self, *, on: bool) -> None:
        """screen_toggled, power_screen_state (policy/PhoneWindowManager.java, power/Notifier.java)."""
        self._event("screen_toggled", on=int(on))
        self._event("power_screen_state", on=int(on), because_of_user=0, touch_down_time=0, touch_cycles=0, latency=120)

    def install_commit_failed(self, session: int, message: str) -> None:
        """Write what the commit found when it read the files.

        Source: pm/PackageInstallerSession.java, until 11; 9 and 10 taken as 11.
        """
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
