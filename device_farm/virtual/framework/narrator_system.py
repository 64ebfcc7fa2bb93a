"""Log lines of the device itself: boot, display, battery, doze."""

from __future__ import annotations

from device_farm.virtual.framework.voice import Voice


class SystemNarrator(Voice):
    """The part of Narrator about the device."""

    def boot_progress(self, key: str) -> None:
        """boot_progress_ams_ready or boot_progress_enable_screen (am/ActivityManagerService.java)."""
        self._event(key, time=round(self._device.clock.uptime * 1000))

    def screen_toggled(self, *, on: bool) -> None:
        """screen_toggled, power_screen_state (policy/PhoneWindowManager.java, power/Notifier.java)."""
        self._event("screen_toggled", on=int(on))
        self._event("power_screen_state", on=int(on), because_of_user=0, touch_down_time=0, touch_cycles=0, latency=120)

    def battery_status(self, status: int, plugged: int) -> None:
        """battery_status (BatteryService.java processValuesLocked)."""
        self._event("battery_status", status=status, health=2, present=1, plugged=plugged, technology="Li-ion")

    def device_idle_changed(self, deep: str, light: str) -> None:
        """device_idle and device_idle_light (DeviceIdleController.java, EventLogTags.logtags)."""
        states = ("ACTIVE", "INACTIVE", "IDLE_PENDING", "SENSING", "LOCATING", "IDLE", "IDLE_MAINTENANCE")
        self._event("device_idle", state=states.index(deep), reason="s:alarm")
        lights = ("ACTIVE", "INACTIVE", "PRE_IDLE", "", "IDLE", "WAITING_FOR_NETWORK", "IDLE_MAINTENANCE", "OVERRIDE")
        self._event("device_idle_light", state=lights.index(light), reason="s:alarm")
