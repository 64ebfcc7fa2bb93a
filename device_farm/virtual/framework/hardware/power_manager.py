"""The battery, the charger and whether the display is lit: what they make the system tell the apps.

After BatteryService (services/core/java/com/android/server) and Notifier (server/power): SCREEN_ON and SCREEN_OFF, the
power connected and disconnected, BATTERY_CHANGED. USER_PRESENT follows SCREEN_ON where no screen lock is set.

When the activities sleep: the display is off, or the lock screen stands before them.

After ActivityTaskManagerService.updateSleepIfNeededLocked, RootWindowContainer.applySleepTokens and
KeyguardController.updateKeyguardSleepToken (services/core/java/com/android/server/wm). A display that is off and a
keyguard that nothing occludes each hold a sleep token; while there is one, what was in front is paused and stopped.
"""

from device_farm.virtual.framework.broadcasts.skip_policy import ACTION, EXCLUDE_STOPPED
from device_farm.virtual.framework.hardware.battery_service import BatteryService
from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.framework.system_service import SystemService

BATTERY_CHANGED = ACTION + "BATTERY_CHANGED"
AC, USB, WIRELESS = 1, 2, 4  # BatteryManager.BATTERY_PLUGGED_*
GOOD, OVERHEAT = 2, 3  # BatteryManager.BATTERY_HEALTH_*
LOW_LEVEL, CLOSE_LEVEL = 15, 20  # config_lowBatteryWarningLevel and where it ends
FOREGROUND, REGISTERED_ONLY = 0x10000000, 0x40000000  # Intent.FLAG_RECEIVER_*
_CHANGED_FLAGS = REGISTERED_ONLY | 0x20000000  # FLAG_RECEIVER_REPLACE_PENDING
KEYGUARD_GONE = 0.2  # seconds from the lit display until the keyguard without a lock is away


class PowerManager(SystemService):
    """The power supply of the device, and whether it is awake."""

    def made(self) -> None:
        """Full, on USB, lit."""
        self.battery = BatteryService(self._system, self.read_battery)
        self._system.device.screen.on_toggled = self.screen_changed
        self.rebooted()

    def rebooted(self) -> None:
        """A boot lights the screen and reads the battery anew."""
        self.battery.rebooted()
        found = self.battery.reading
        self.plugged, self.level, self.status, self.temperature = found.plugged, found.level, found.status, found.temperature
        self.updates_stopped = False  # dumpsys battery set or unplug: the values are the tester's
        self.screen_on = self._system.device.screen.on = True

    @property
    def charging(self) -> bool:
        return self.plugged != 0

    @property
    def awake(self) -> bool:
        """Whether the processor does not sleep: the display is lit or a charger is in."""
        return self.screen_on or self.charging

    def screen_changed(self, on: bool) -> None:
        if on == self.screen_on:
            return
        self.battery.settle()
        self.screen_on = on
        system = self._system
        system.narrator.screen_toggled(on=on)
        system.truth("screen", on=on)
        system.usage.screen_changed(on=on)
        action = ACTION + ("SCREEN_ON" if on else "SCREEN_OFF")
        system.broadcasts.send_system(action, flags=FOREGROUND | REGISTERED_ONLY)
        if not on:
            system.keyguard.display_off()
        system.display_sleep.update()
        if on and system.keyguard.window is None:
            system.later(KEYGUARD_GONE, self.keyguard_gone)
        self._conditions_changed()

    def keyguard_gone(self) -> None:
        """Nothing stands before the user any more."""
        if self.screen_on:
            self._system.broadcasts.send_system(ACTION + "USER_PRESENT", flags=0x20000000)

    def read_battery(self) -> None:
        """The battery tells something new; what a tester has set stays as it is set."""
        if self.battery.empty:
            self._system.device.turn_off()
        if not self._system.booted:
            return
        found = self.battery.reading
        if self.updates_stopped or (found.level, found.status, found.plugged, found.temperature) == (
            self.level, self.status, self.plugged, self.temperature,
        ):  # fmt: skip
            return
        self.status, self.temperature = found.status, found.temperature
        if found.plugged != self.plugged:
            self.set_plugged(found.plugged)
        self.set_level(found.level)

    @property
    def health(self) -> int:
        """BatteryManager.BATTERY_HEALTH_*: too hot, or good."""
        if not self.battery.works:
            return GOOD
        return OVERHEAT if self.temperature >= self._system.device.rom.data["battery"]["overheat"] * 10 else GOOD

    def set_plugged(self, plugged: int) -> None:
        """A charger was put in or taken out; ``plugged`` is 0 or one of BATTERY_PLUGGED_*."""
        before, self.plugged = self.plugged, plugged
        if bool(before) != bool(plugged):
            system = self._system
            system.truth("power", plugged=plugged)
            action = ACTION + ("ACTION_POWER_CONNECTED" if plugged else "ACTION_POWER_DISCONNECTED")
            system.broadcasts.send_system(action)
        self.changed()
        self._conditions_changed()

    def set_level(self, level: int) -> None:
        before, self.level = self.level, level
        if before != level:
            self._system.narrator.battery_level(level, self.battery.reading.voltage, self.temperature)
        if before > LOW_LEVEL >= level:
            self._system.broadcasts.send_system(ACTION + "BATTERY_LOW")
        if before < CLOSE_LEVEL <= level:
            self._system.broadcasts.send_system(ACTION + "BATTERY_OKAY")
        self.changed()

    def changed(self) -> None:
        """BATTERY_CHANGED, a sticky broadcast, and the event."""
        self._system.narrator.battery_status(self.status, self.plugged, self.health)
        self._system.broadcasts.send_system(BATTERY_CHANGED, flags=_CHANGED_FLAGS, sticky=True, extras=self._extras())

    def restore_sticky(self) -> None:
        """A boot: the sticky broadcast is there before anybody registers."""
        self._system.broadcasts.sticky[BATTERY_CHANGED] = Intent(
            action=BATTERY_CHANGED, flags=EXCLUDE_STOPPED | _CHANGED_FLAGS, extras=self._extras()
        )

    def _extras(self) -> dict[str, int]:
        found = self.battery.reading
        more = {"health": self.health, "voltage": found.voltage, "temperature": self.temperature} if self.battery.works else {}
        return {"level": self.level, "plugged": self.plugged, "status": self.status, "scale": 100, **more}

    def reset(self) -> None:
        """``dumpsys battery reset``: the real values again."""
        self.updates_stopped = False
        found = self.battery.reading
        self.status, self.temperature = found.status, found.temperature
        self.set_level(found.level)
        self.set_plugged(found.plugged)

    def _conditions_changed(self) -> None:
        system = self._system
        system.device_idle.conditions_changed()
        system.alarms.reevaluate()
        system.jobs.changed()


class DisplaySleep(SystemService):
    """Whether the activities of a device sleep."""

    def rebooted(self) -> None:
        self.sleeping = False

    def update(self) -> None:
        """The display or the keyguard changed: put the activities to sleep, or resume the top one."""
        system = self._system
        sleeping = not system.power.screen_on or system.keyguard.window is not None
        if sleeping == self.sleeping:
            return
        self.sleeping = sleeping
        system.narrator.top_process_state_changed(sleeping=sleeping)
        if sleeping:
            system.activities.go_to_sleep()
        else:
            system.activities.awake()
        oom_adjuster.update(system)
