"""The charge and the temperature of the battery over device time.

A battery is full, cool and on USB for ever until something sets it to work (``work``): then it drains with the screen
lit or dark, charges where the port gives enough, and warms with both. The figures are those of the ROM's data.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from device_farm.virtual.kernel.device_clock import Timer

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

CHARGING, DISCHARGING, FULL = 2, 3, 5  # BatteryManager.BATTERY_STATUS_*
USB = 2  # BatteryManager.BATTERY_PLUGGED_USB
FULL_PERCENT = 100.0
_EVERY = 60.0  # seconds between two looks of the health HAL at what changed little
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of the health HAL: percent, BatteryManager's words, millivolts, tenths of a degree, µAh."""

    level: int = 100
    status: int = FULL
    plugged: int = USB
    voltage: int = 4401
    temperature: int = 262
    counter: int = 2761287


class BatteryService:
    """One battery; ``told`` is called with each new reading."""

    def __init__(self, system: System, told: Callable[[], None]) -> None:
        """Full, on USB, and nobody looks at it."""
        self._system, self._told = system, told
        self.works = False
        self.charge, self.celsius = FULL_PERCENT, 0.0
        self.port, self.enough = True, True  # whether the USB port gives power, and as much as is used
        self.held_at: float | None = None  # degrees: something heats the phone
        self._since = 0.0
        self._timer: Timer | None = None

    def rebooted(self) -> None:
        """Keep the charge; the clock began anew."""
        self._since, self._timer = self._system.clock.uptime, None
        if self.works:
            self._arm()

    def work(self, *, level: float | None = None, celsius: float | None = None) -> None:
        """Drain, charge and warm from now on."""
        if not self.works:
            self.works, self._since = True, self._system.clock.uptime
            self.celsius = self._system.device.rom.data["battery"]["warms"]["room"]
        self.settle()
        if level is not None:
            self.charge = level
        if celsius is not None:
            self.celsius = celsius
        self.changed()

    def changed(self) -> None:
        """Report at once that what feeds or heats it changed."""
        self.settle()
        self._told()
        self._arm()

    @property
    def reading(self) -> Reading:
        if not self.works:
            return Reading()
        self.settle()
        level = int(self.charge)
        status = DISCHARGING if not (self.port and self.enough) else FULL if level >= FULL_PERCENT else CHARGING
        volts = self._system.device.rom.data["battery"]["millivolts"]
        voltage = round(volts["empty"] + (volts["full"] - volts["empty"]) * self.charge / FULL_PERCENT)
        counter = round(Reading().counter * self.charge / FULL_PERCENT)
        return Reading(level, status, USB if self.port else 0, voltage, round(self.celsius * 10), counter)

    @property
    def empty(self) -> bool:
        """Whether the phone goes off: nothing is left and nothing charges (BatteryService.shouldShutdownLocked)."""
        return self.works and self.charge < 1.0 and not (self.port and self.enough)

    def settle(self) -> None:
        """Bring charge and warmth to this moment; called before what they depend on changes."""
        now = self._system.clock.uptime
        seconds, self._since = now - self._since, now
        if not self.works or seconds <= 0:
            return
        data, lit = self._system.device.rom.data["battery"], self._system.device.screen.on
        fed, an_hour, warms = self.port and self.enough, data["percent_an_hour"], data["warms"]
        rate = an_hour["charging"] if fed else -an_hour["lit" if lit else "dark"]
        self.charge = min(FULL_PERCENT, max(0.0, self.charge + rate * seconds / _HOUR))
        target = warms["room"] + (warms["lit"] if lit else 0.0) + (warms["charging"] if fed and self.charge < FULL_PERCENT else 0.0)
        if self.held_at is not None:
            self.celsius = self.held_at
        else:
            self.celsius = target + (self.celsius - target) * math.exp(-seconds / warms["seconds"])

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._system.later(_EVERY, self.changed)
