"""Doze: a device that lies still, dark and unplugged goes idle, with short windows of maintenance.

After DeviceIdleController (apex/jobscheduler/service/java/com/android/server/DeviceIdleController.java), whose states
and constants have the same names here. ``step`` is what the shell command does: the next state, whatever the clock
says.
"""

from collections.abc import Callable
from enum import StrEnum

from device_farm.virtual.framework.records.system_records import Package
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.kernel.device_clock import Timer

# Seconds, by the key of dumpsys deviceidle.
INACTIVE_TO, IDLE_AFTER_INACTIVE_TO, SENSING_TO, LOCATING_TO = 1800.0, 1800.0, 240.0, 30.0
IDLE_TO, MAX_IDLE_TO, IDLE_FACTOR = 3600.0, 21600.0, 2.0
IDLE_PENDING_TO, MAX_IDLE_PENDING_TO, IDLE_PENDING_FACTOR = 300.0, 600.0, 2.0
LIGHT_AFTER_INACTIVE_TO, LIGHT_IDLE_TO, LIGHT_MAX_IDLE_TO, LIGHT_IDLE_FACTOR = 180.0, 300.0, 900.0, 2.0
LIGHT_MAINTENANCE = 60.0  # light_idle_maintenance_min_budget


class DeepState(StrEnum):
    """DeviceIdleController.STATE_*."""

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"
    IDLE_PENDING = "IDLE_PENDING"
    SENSING = "SENSING"
    LOCATING = "LOCATING"
    IDLE = "IDLE"
    IDLE_MAINTENANCE = "IDLE_MAINTENANCE"


class LightState(StrEnum):
    """DeviceIdleController.LIGHT_STATE_*."""

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"
    IDLE = "IDLE"
    IDLE_MAINTENANCE = "IDLE_MAINTENANCE"
    OVERRIDE = "OVERRIDE"


class DeviceIdle(SystemService):
    """The doze of a device."""

    def made(self) -> None:
        self.state, self.light = DeepState.ACTIVE, LightState.ACTIVE
        self.forced = False
        self.user_allowlist: set[str] = set()  # battery optimisation switched off by the user
        self._timers: dict[str, Timer] = {}
        self._idle_to, self._pending_to, self._light_to = IDLE_TO, IDLE_PENDING_TO, LIGHT_IDLE_TO
        self._until = 0.0  # uptime at which the deep state that holds now ends

    # what it holds back
    def alarms_held_until(self, due: float) -> float:
        """The uptime before which no ordinary alarm comes; ``due`` itself when nothing holds it."""
        return max(due, self._until) if self.state is DeepState.IDLE else due

    def holds_jobs(self, package: Package) -> bool:
        """Whether jobs of an app wait for maintenance."""
        dozing = self.state is DeepState.IDLE or self.light is LightState.IDLE
        return dozing and not package.system and package.name not in self.user_allowlist

    # what it depends on
    def conditions_changed(self) -> None:
        """The screen or the charger changed: become active, or begin to become idle."""
        if self.forced:
            return
        if self._system.power.screen_on or self._system.power.charging:
            self.become_active()
        else:
            self.become_inactive()

    def become_active(self) -> None:
        """Leave doze (becomeActiveLocked)."""
        self._cancel()
        dozed = self.state is not DeepState.ACTIVE or self.light is not LightState.ACTIVE
        self.state, self.light = DeepState.ACTIVE, LightState.ACTIVE
        self._idle_to, self._pending_to, self._light_to = IDLE_TO, IDLE_PENDING_TO, LIGHT_IDLE_TO
        if dozed:
            self._told()

    def become_inactive(self) -> None:
        """Begin to count (becomeInactiveIfAppropriateLocked)."""
        if self.state is DeepState.ACTIVE:
            self.state = DeepState.INACTIVE
            self._in("deep", INACTIVE_TO, self.step)
        if self.light is LightState.ACTIVE:
            self.light = LightState.INACTIVE
            self._in("light", LIGHT_AFTER_INACTIVE_TO, self.step_light)

    def rebooted(self) -> None:
        """A boot begins active; what was set by hand but the user's list is forgotten."""
        self.forced = False
        self._timers.clear()
        self.state, self.light = DeepState.ACTIVE, LightState.ACTIVE

    def step(self) -> None:
        """The next deep state (stepIdleStateLocked)."""
        match self.state:
            case DeepState.INACTIVE:
                self._deep(DeepState.IDLE_PENDING, IDLE_AFTER_INACTIVE_TO)
            case DeepState.IDLE_PENDING:
                self._deep(DeepState.SENSING, SENSING_TO)
            case DeepState.SENSING:
                self._deep(DeepState.LOCATING, LOCATING_TO)
            case DeepState.LOCATING | DeepState.IDLE_MAINTENANCE:
                self.light = LightState.OVERRIDE
                self._deep(DeepState.IDLE, self._idle_to)
                self._idle_to = min(self._idle_to * IDLE_FACTOR, MAX_IDLE_TO)
            case DeepState.IDLE:
                self._deep(DeepState.IDLE_MAINTENANCE, self._pending_to)
                self._pending_to = min(self._pending_to * IDLE_PENDING_FACTOR, MAX_IDLE_PENDING_TO)
            case DeepState.ACTIVE:
                pass

    def step_light(self) -> None:
        """The next light state (stepLightIdleStateLocked)."""
        if self.light in (LightState.INACTIVE, LightState.IDLE_MAINTENANCE):
            self.light = LightState.IDLE
            self._in("light", self._light_to, self.step_light)
            self._light_to = min(self._light_to * LIGHT_IDLE_FACTOR, LIGHT_MAX_IDLE_TO)
        elif self.light is LightState.IDLE:
            self.light = LightState.IDLE_MAINTENANCE
            self._in("light", LIGHT_MAINTENANCE, self.step_light)
        else:
            return
        self._told()

    def force_deep(self) -> None:
        """``force-idle``: straight to IDLE."""
        self.forced = True
        self.become_inactive()
        while self.state is not DeepState.IDLE:
            self.step()

    def force_light(self) -> None:
        """``force-idle light``."""
        self.forced = True
        self.become_inactive()
        while self.light not in (LightState.IDLE, LightState.OVERRIDE):
            self.step_light()

    def unforce(self) -> None:
        """``unforce``: back to what the screen and the charger say."""
        self.forced = False
        self.become_active()
        self.conditions_changed()

    def _deep(self, state: DeepState, seconds: float) -> None:
        was = self.state
        self.state, self._until = state, self._system.clock.uptime + seconds
        self._in("deep", seconds, self.step)
        if DeepState.IDLE in (state, was):
            self._told()

    def _in(self, name: str, seconds: float, then: Callable[[], None]) -> None:
        old = self._timers.get(name)
        if old is not None:
            old.cancel()
        self._timers[name] = self._system.later(seconds, then)

    def _cancel(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _told(self) -> None:
        """Others hear of the change, alarms and jobs are looked at again."""
        system = self._system
        system.narrator.device_idle_changed(self.state, self.light)
        system.truth("device_idle", deep=str(self.state), light=str(self.light))
        system.broadcasts.send_system("android.os.action.DEVICE_IDLE_MODE_CHANGED", flags=0x40000000)
        system.alarms.reevaluate()
        system.jobs.changed()
