"""Alarms: what an app has the system do at a moment of the wall clock (AlarmManager.RTC_WAKEUP).

After AlarmManagerService and Alarm (apex/jobscheduler/service/java/com/android/server/alarm). They are lost at a reboot
and at a force-stop. An inexact one comes with the next tick of the minute since 12 while the device is awake, else at
the end of its window; doze holds back all but alarm clocks until the next maintenance.
"""

from dataclasses import dataclass

from device_farm.virtual.framework.records.start_cause import Trigger
from device_farm.virtual.framework.records.system_records import (
    Component,
    ComponentKind,
    ExitReason,
    Intent,
    Package,
    ProcessRecord,
    new_hash,
)
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.kernel.device_clock import Timer
from device_farm.virtual.vocabulary.context import SecurityException

MIN_FUTURITY, MIN_INTERVAL = 5.0, 60.0  # seconds: min_futurity, min_interval of AlarmManagerService.Constants
MIN_FUZZABLE, FUZZ, MAX_WINDOW = 10.0, 0.75, 3600.0  # AlarmManagerService.maxTriggerTime
TICK = 60.0  # TIME_TICK, at each full minute of the wall clock
ALLOWANCE = 10.0  # seconds on the temporary allowlist (allow_while_idle_whitelist_duration)
FOREGROUND_BROADCAST, FROM_BACKGROUND = 0x10000000, 0x4  # Intent.FLAG_RECEIVER_FOREGROUND, FLAG_FROM_BACKGROUND
EXACT_PERMISSION, REVOKED = "SCHEDULE_EXACT_ALARM", "schedule_exact_alarm revoked"


@dataclass(slots=True, eq=False)
class Alarm:
    """One alarm. ``when`` is Unix time, ``window`` and ``every`` are seconds, ``sdk`` is the Sdk whose code set it."""

    token: int
    package: Package
    id: str
    when: float
    window: float
    every: float | None
    alarm_clock: bool
    sdk: str | None
    count: int = 0
    timer: Timer | None = None
    delivery: float = 0.0  # uptime at which it comes, as things are now

    @property
    def exact(self) -> bool:
        """Whether it has no window."""
        return self.window == 0


class AlarmManager(SystemService):
    """The alarms that are set."""

    def rebooted(self) -> None:
        """Forget all alarms, as AlarmManager does: apps set theirs again at the boot."""
        self.pending: dict[tuple[str, str], Alarm] = {}
        self.wakeups: dict[str, tuple[int, float]] = {}  # package -> how often, and the uptime of the last time

    def set(
        self,
        package: Package,
        id: str,
        after: float,
        every: float | None,
        *,
        exact: bool,
        alarm_clock: bool = False,
        sdk: str | None = None,
    ) -> None:
        """Set an alarm ``after`` seconds from now; the same id is replaced. SecurityException without the right."""
        exact = exact or alarm_clock
        if exact and not self.may_be_exact(package):
            raise SecurityException(
                f"Caller {package.name} needs to hold android.permission.SCHEDULE_EXACT_ALARM or "
                "android.permission.USE_EXACT_ALARM to set exact alarms."
            )
        self.cancel(package.name, id)
        after = max(MIN_FUTURITY, after) if after > 0 else 0.0
        every = None if every is None else max(MIN_INTERVAL, every)
        alarm = Alarm(
            token=new_hash(),
            package=package,
            id=id,
            when=self._system.clock.wall + after,
            window=0.0 if exact else self._window(after if every is None else every),
            every=every,
            alarm_clock=alarm_clock,
            sdk=sdk,
        )
        self.pending[package.name, id] = alarm
        self._schedule(alarm)

    def may_be_exact(self, package: Package) -> bool:
        """Whether the user has not taken "Alarms & reminders" from the app (the app op of 12 and later)."""
        bound = self._system.sdk >= 31 and package.target_sdk >= 31
        return not bound or package.op_modes.get(EXACT_PERMISSION, "allow") in ("allow", "default")

    def _window(self, futurity: float) -> float:
        """AlarmManagerService.maxTriggerTime: three quarters of the time to go; an hour at most since 12."""
        window = FUZZ * (futurity if futurity >= MIN_FUZZABLE else 0.0)
        return max(0.001, min(window, MAX_WINDOW) if self._system.sdk >= 31 else window)

    def cancel(self, package: str, id: str) -> None:
        alarm = self.pending.pop((package, id), None)
        if alarm is not None and alarm.timer is not None:
            alarm.timer.cancel()

    def remove_package(self, package: str) -> None:
        for owner, id in [key for key in self.pending if key[0] == package]:
            self.cancel(owner, id)

    def reevaluate(self) -> None:
        """The wall clock, doze or the power changed: find the moment of each alarm anew."""
        for alarm in list(self.pending.values()):
            self._schedule(alarm)

    def _schedule(self, alarm: Alarm) -> None:
        if alarm.timer is not None:
            alarm.timer.cancel()
        clock = self._system.clock
        alarm.delivery = max(clock.uptime, self._delivery(alarm))
        alarm.timer = self._system.later(alarm.delivery - clock.uptime, lambda: self._fire(alarm))

    def _delivery(self, alarm: Alarm) -> float:
        """The uptime at which it comes, unless something changes before."""
        system = self._system
        due = system.clock.uptime + alarm.when - system.clock.wall
        if not alarm.exact and system.sdk >= 31:
            tick = -(-alarm.when // TICK) * TICK - alarm.when  # to the next full minute
            due += min(tick, alarm.window) if system.power.awake else alarm.window
        if not alarm.alarm_clock:
            due = max(due, system.device_idle.alarms_held_until(due), system.standby.alarm_allowed_at(alarm.package, due))
        return due

    def _fire(self, alarm: Alarm) -> None:
        system, package, key = self._system, alarm.package, (alarm.package.name, alarm.id)
        if self.pending.get(key) is not alarm:
            return
        system.standby.alarm_delivered(package)
        if alarm.every is None:
            del self.pending[key]
        else:
            missed = max(0, int((system.clock.wall - alarm.when) // alarm.every))
            alarm.when += alarm.every * (1 + missed)
            alarm.count += 1
            self._schedule(alarm)
        if system.packages.get(package.name) is not package or package.stopped:
            return
        self.wakeups[package.name] = (self.wakeups.get(package.name, (0, 0.0))[0] + 1, system.clock.uptime)
        if alarm.exact and (system.sdk >= 31 or alarm.alarm_clock):
            reason = "ALARM_MANAGER_ALARM_CLOCK" if alarm.alarm_clock else "ALARM_MANAGER_WHILE_IDLE"
            system.uid_states.allow(package.uid, ALLOWANCE, reason, foreground_service=True)
        kind = "alarm_clock" if alarm.alarm_clock else "exact" if alarm.exact else "inexact"
        details = {} if alarm.sdk is None else {"sdk": alarm.sdk}
        system.truth("alarm", package=package.name, id=alarm.id, kind=kind, **details)
        self._send(alarm)

    def _send(self, alarm: Alarm) -> None:
        """Send the PendingIntent: a broadcast to the app's own receiver, which calls ``on_alarm``."""
        package, id = alarm.package, alarm.id
        receiver = self.receiver(package)
        intent = Intent(
            component=(package.name, receiver.class_name),
            flags=FROM_BACKGROUND | FOREGROUND_BROADCAST,
            extras={"android.intent.extra.ALARM_COUNT": 1},
        )

        def run(process: ProcessRecord) -> None:
            process.runtime.app.on_alarm(id)

        self._system.broadcasts.send(
            intent, uid=package.uid, package=package.name, sdk=alarm.sdk, trigger=Trigger.ALARM, run=run, receiver=receiver
        )

    @staticmethod
    def receiver(package: Package) -> Component:
        """The receiver behind ``App.on_alarm``, which no app file declares."""
        return Component(ComponentKind.RECEIVER, package.name, f"{package.name}.AlarmReceiver", package.name)

    def exact_revoked(self, package: Package) -> None:
        """The right to exact alarms was taken: they go, the app is killed (removeExactAlarmsOnPermissionRevoked)."""
        for key in [key for key, alarm in self.pending.items() if alarm.package is package and alarm.exact]:
            self.cancel(*key)
        self._system.process_list.kill_package(package.name, REVOKED, ExitReason.PERMISSION_CHANGE)
