"""Accelerometer and gyroscope: a phone that lies still until a test moves it, and the activities that listen.

On an emulator the values are set by its console's ``sensor set acceleration X:Y:Z``; here by ``ctl SERIAL sensor X Y
Z`` or ``cmd apprights sensor`` and ``motion``. While nothing moves, values come at 5 Hz at most, whatever rate was
asked for: they are all the same. A motion begins and ends with a value of its own for each listener, so that what an
app measures is what was fed.
"""

import math
from dataclasses import dataclass
from functools import partial

from device_farm.virtual.framework.device_options import NO_SHAKE_JUMP
from device_farm.virtual.framework.hardware.motions import GRAVITY, Motion, Reading
from device_farm.virtual.framework.records.system_records import ActivityRecord
from device_farm.virtual.framework.system_service import SystemService

ACCELEROMETER, GYROSCOPE = "accelerometer", "gyroscope"
SENSORS = (ACCELEROMETER, GYROSCOPE)
RATES = {"normal": 0.2, "ui": 0.066667, "game": 0.02, "fastest": 0.01}  # seconds; SensorManager.getDelay
SENSOR_PERIOD = RATES["normal"]
SHAKE = 18.0  # m/s²: what a hand that shakes a phone gives, well beyond the 2 g of common shake detectors
SHAKE_SECONDS = 2.0
MAX_REGISTRATIONS = 200  # SensorService.h SENSOR_REGISTRATIONS_BUF_SIZE
MAX_VALUE = 78.4  # m/s², 8 g: the range of common accelerometers
_AT_ONCE = 1e-6  # seconds


@dataclass(frozen=True, slots=True)
class Registration:
    """One call of registerListener or unregisterListener; ``wall`` is Unix seconds, ``period`` seconds.

    ``listener`` is the class of the listener (SystemSensorManager.java, registerListenerImpl).
    """

    wall: float
    pid: int
    uid: int
    listener: str
    listening: bool
    sensor: str = ACCELEROMETER
    period: float = SENSOR_PERIOD


@dataclass(slots=True)
class Listener:
    """An activity that gets the values of one sensor every ``period`` seconds."""

    record: ActivityRecord
    sensor: str
    period: float
    run: int = 0  # a tick of an earlier run is void


class Sensors(SystemService):
    """The readings of the sensors: m/s² with gravity, rad/s, along x (right), y (up) and z (out of the screen)."""

    def rebooted(self) -> None:
        """Nobody listens, and it lies flat."""
        self.listeners: list[Listener] = []
        self.registrations: list[Registration] = []
        self.values = (0.0, 0.0, GRAVITY)  # while nothing moves it
        self._motion: tuple[Motion, float] | None = None  # with the uptime of its begin

    def register(self, record: ActivityRecord, sensor: str = ACCELEROMETER, rate: str = "normal") -> None:
        """Send values to an activity until it unregisters or ends; raises ValueError for an unknown sensor or rate."""
        if sensor not in SENSORS or rate not in RATES:
            raise ValueError(f"a sensor is {' or '.join(SENSORS)}, a rate {', '.join(RATES)}, not {sensor!r}, {rate!r}")
        if any(each.record is record and each.sensor == sensor for each in self.listeners):
            return
        listener = Listener(record, sensor, RATES[rate])
        self.listeners.append(listener)
        self._remember(listener, listening=True)
        self._tick(listener, 0)

    def unregister(self, record: ActivityRecord, sensor: str | None = None) -> None:
        for listener in [each for each in self.listeners if each.record is record and sensor in (None, each.sensor)]:
            self.listeners.remove(listener)
            self._remember(listener, listening=False)

    def inject(self, x: float, y: float, z: float) -> None:
        """Hold the phone so that it reads these values; listeners get them at once. Raises ValueError beyond 8 g."""
        if not all(math.isfinite(value) and abs(value) <= MAX_VALUE for value in (x, y, z)):
            raise ValueError(f"acceleration is three numbers within {MAX_VALUE} m/s²")
        self.values = (x, y, z)
        self._system.truth("sensor", values=[x, y, z])
        self._system.jumps.note("shake")
        self._system.display_rotation.sensed(self.values)
        for listener in [each for each in self.listeners if each.sensor == ACCELEROMETER]:
            self._deliver(listener)

    def shake(self) -> None:
        """Shake the phone for two seconds, then hold it as before."""
        before = self.values
        count = int(SHAKE_SECONDS / SENSOR_PERIOD)
        for n in range(count):
            push = SHAKE if n % 2 == 0 else -SHAKE
            self._system.later(n * SENSOR_PERIOD, partial(self.inject, push, 0.0, GRAVITY))
        self._system.later(SHAKE_SECONDS, partial(self.inject, *before))

    def move(self, motion: Motion) -> None:
        """Move the phone; over after ``motion.seconds`` of device time. Raises ValueError while it moves already."""
        if self._motion is not None:
            raise ValueError("the phone is moved already")
        self._each()  # once more as it was
        self._motion = (motion, self._system.clock.uptime)
        self._each()
        self._system.later(motion.seconds, partial(self._moved, motion))

    def _moved(self, motion: Motion) -> None:
        self._each(again=False)
        self._motion = None
        if motion.after is not None:
            self.values = motion.after
            self._system.display_rotation.sensed(self.values)
        for listener in list(self.listeners):
            listener.run += 1
            self._system.later(listener.period, partial(self._tick, listener, listener.run))

    def _each(self, *, again: bool = True) -> None:
        """A value for each listener now; with ``again`` the next after its period."""
        for listener in list(self.listeners):
            listener.run += 1
            if self._deliver(listener) and again:
                self._system.later(self._wait(listener), partial(self._tick, listener, listener.run))

    def reading(self) -> Reading:
        if self._motion is None:
            return Reading(self.values, (0.0, 0.0, 0.0))
        motion, begun = self._motion
        self._system.jumps.note("shake")
        return motion.reading(min(motion.seconds, self._system.clock.uptime - begun))

    def _wait(self, listener: Listener) -> float:
        return listener.period if self._motion is not None else max(listener.period, SENSOR_PERIOD)

    def _remember(self, listener: Listener, *, listening: bool) -> None:
        record = listener.record
        uid = self._system.packages[record.component.package].uid
        pid = 0 if record.process is None else record.process.pid
        entry = Registration(self._system.clock.wall, pid, uid, record.component.class_name, listening, listener.sensor, listener.period)
        self.registrations = [*self.registrations[1 - MAX_REGISTRATIONS :], entry]

    def _tick(self, listener: Listener, run: int) -> None:
        if listener not in self.listeners or listener.run != run:
            return
        if self._motion is not None and self._motion[1] + self._motion[0].seconds - self._system.clock.uptime < _AT_ONCE:
            return  # the end has a value of its own
        if self._deliver(listener):
            self._system.later(self._wait(listener), partial(self._tick, listener, run))

    def _deliver(self, listener: Listener) -> bool:
        """Hand the present values over; False when nobody is there any more."""
        record = listener.record
        process, activity = record.process, record.python_object
        if process is None or not process.alive or activity is None:
            self.unregister(record)
            return False
        reading, now = self._shown_to(record), self._system.clock.uptime
        values = reading.acceleration if listener.sensor == ACCELEROMETER else reading.rotation
        called = activity.on_sensor if listener.sensor == ACCELEROMETER else activity.on_gyroscope

        def message() -> None:
            activity._sensor_time = now
            called(values)

        process.runtime.looper.post(message)
        return True

    def _shown_to(self, record: ActivityRecord) -> Reading:
        """Return the reading for an app: a still phone while the ROM keeps apps from jumping by a shake."""
        package = self._system.packages.get(record.component.package)
        held = self._system.device.options.is_on(NO_SHAKE_JUMP) and package is not None and not package.system
        reading = self.reading()
        return Reading((0.0, 0.0, GRAVITY), (0.0, 0.0, 0.0)) if held else reading
