"""The accelerometer: a phone that lies still until a test moves it, and the activities that listen.

On an emulator the values are set by its console's ``sensor set acceleration X:Y:Z``; here by
``ctl SERIAL sensor X Y Z``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.protocols.framework import Framework
    from device_farm.virtual.framework.records.model import ActivityRecord

GRAVITY = 9.81
SENSOR_PERIOD = 0.2  # SensorManager.SENSOR_DELAY_NORMAL
SHAKE = 18.0  # m/s²: what a hand that shakes a phone gives, well beyond the 2 g of common shake detectors
SHAKE_SECONDS = 2.0
MAX_REGISTRATIONS = 200  # SensorService.h SENSOR_REGISTRATIONS_BUF_SIZE
MAX_VALUE = 78.4  # m/s², 8 g: the range of common accelerometers


@dataclass(frozen=True, slots=True)
class Registration:
    """One call of registerListener or unregisterListener; ``wall`` is Unix seconds."""

    wall: float
    pid: int
    uid: int
    package: str
    listening: bool


class Sensors:
    """What the accelerometer reads, m/s² with gravity along x (right), y (up) and z (out of the screen)."""

    def __init__(self, system: Framework) -> None:
        """Lie flat."""
        self._system = system
        self.rebooted()

    def rebooted(self) -> None:
        """Nobody listens, and it lies flat."""
        self.listeners: list[ActivityRecord] = []
        self.registrations: list[Registration] = []
        self.values = (0.0, 0.0, GRAVITY)

    def register(self, record: ActivityRecord) -> None:
        """Send values to an activity until it unregisters or ends."""
        if record not in self.listeners:
            self.listeners.append(record)
            self._remember(record, listening=True)
            self._tick(record)

    def unregister(self, record: ActivityRecord) -> None:
        """Send no more."""
        if record in self.listeners:
            self.listeners.remove(record)
            self._remember(record, listening=False)

    def inject(self, x: float, y: float, z: float) -> None:
        """Hold the phone so that it reads these values; listeners get them at once. Raises ValueError beyond 8 g."""
        if not all(math.isfinite(value) and abs(value) <= MAX_VALUE for value in (x, y, z)):
            raise ValueError(f"acceleration is three numbers within {MAX_VALUE} m/s²")
        self.values = (x, y, z)
        self._system.truth("sensor", values=[x, y, z])
        self._system.display_rotation.sensed(self.values)
        for record in list(self.listeners):
            self._deliver(record)

    def shake(self) -> None:
        """Shake the phone for two seconds, then hold it as before."""
        before = self.values
        count = int(SHAKE_SECONDS / SENSOR_PERIOD)
        for n in range(count):
            push = SHAKE if n % 2 == 0 else -SHAKE
            self._system.later(n * SENSOR_PERIOD, partial(self.inject, push, 0.0, GRAVITY))
        self._system.later(SHAKE_SECONDS, partial(self.inject, *before))

    def _remember(self, record: ActivityRecord, *, listening: bool) -> None:
        package = self._system.packages[record.component.package]
        pid = 0 if record.process is None else record.process.pid
        entry = Registration(self._system.clock.wall, pid, package.uid, package.name, listening)
        self.registrations = [*self.registrations[1 - MAX_REGISTRATIONS :], entry]

    def _tick(self, record: ActivityRecord) -> None:
        if record in self.listeners and self._deliver(record):
            self._system.later(SENSOR_PERIOD, partial(self._tick, record))

    def _deliver(self, record: ActivityRecord) -> bool:
        """Hand the present values over; False when nobody is there any more."""
        process, activity, values = record.process, record.python_object, self.values
        if process is None or not process.alive or activity is None:
            self.unregister(record)
            return False
        process.runtime.looper.post(lambda: activity.on_sensor(values))
        return True
