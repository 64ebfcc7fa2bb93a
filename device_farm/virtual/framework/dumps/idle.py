"""``dumpsys deviceidle`` and ``dumpsys usagestats``.

After DeviceIdleController.dump (apex/jobscheduler/service/java/com/android/server) and UserUsageStatsService.dump,
UsageStatsService.dump (services/usage/java/com/android/server/usage).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.background import device_idle as doze
from device_farm.virtual.framework.background.cleaners import RARE

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_DAY = 86400.0


def deviceidle(device: VirtualDevice) -> str:
    """The state; the commands of the service (``step`` ...) are the shell's."""
    idle, power = device.system.device_idle, device.system.power
    lines = ["  Settings:", *_settings()]
    system = sorted(package.name for package in device.system.packages.values() if package.system and package.uid >= 10000)
    if system:
        lines += ["  Whitelist (except idle) system apps:", *(f"    {name}" for name in system)]
    if idle.user_allowlist:
        lines += ["  Whitelist user apps:", *(f"    {name}" for name in sorted(idle.user_allowlist))]
    flags = {
        "mScreenOn": power.screen_on,
        "mScreenLocked": False,
        "mNetworkConnected": device.system.connectivity.connected,
        "mCharging": power.charging,
        "mMotionActive": False,
        "mNotMoving": False,
    }
    lines += [
        "  mLightEnabled=true  mDeepEnabled=true",
        f"  mForceIdle={str(idle.forced).lower()}",
        *(f"  {name}={str(value).lower()}" for name, value in flags.items()),
        f"  mState={idle.state} mLightState={idle.light}",
        f"  mInactiveTimeout={text_formats.duration(doze.INACTIVE_TO)}",
    ]
    return "\n".join(lines) + "\n"


def _settings() -> Iterator[str]:
    """DeviceIdleController.Constants.dump, those that act here."""
    values = {
        "light_after_inactive_to": doze.LIGHT_AFTER_INACTIVE_TO,
        "light_idle_to": doze.LIGHT_IDLE_TO,
        "light_idle_factor": doze.LIGHT_IDLE_FACTOR,
        "light_max_idle_to": doze.LIGHT_MAX_IDLE_TO,
        "light_idle_maintenance_min_budget": doze.LIGHT_MAINTENANCE,
        "inactive_to": doze.INACTIVE_TO,
        "sensing_to": doze.SENSING_TO,
        "locating_to": doze.LOCATING_TO,
        "idle_after_inactive_to": doze.IDLE_AFTER_INACTIVE_TO,
        "idle_pending_to": doze.IDLE_PENDING_TO,
        "max_idle_pending_to": doze.MAX_IDLE_PENDING_TO,
        "idle_pending_factor": doze.IDLE_PENDING_FACTOR,
        "idle_to": doze.IDLE_TO,
        "max_idle_to": doze.MAX_IDLE_TO,
        "idle_factor": doze.IDLE_FACTOR,
    }
    for name, value in values.items():
        yield f"    {name}={value if name.endswith('factor') else text_formats.duration(value)}"


def _moment(device: VirtualDevice, wall: float) -> str:
    """A time of usage: ISO since 9, before as DateUtils.formatDateTime writes a numeric date with its time."""
    text = text_formats.wall_text(device, wall)
    if device.rom.sdk >= 28:
        return text
    year, month, day, hour, minute = (int(text[start:end]) for start, end in ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16)))
    if device.spec.language == "zh":
        return f"{year}/{month}/{day} {hour:02d}:{minute:02d}"
    return f"{month}/{day}/{year}, {hour % 12 or 12}:{minute:02d} {'AM' if hour < 12 else 'PM'}"


def usagestats(device: VirtualDevice) -> str:
    """The events of the last day, and the standby buckets (UserUsageStatsService.java dump, printEvent).

    8.1 has them in the statistics of the day, with times as its language writes them, to the minute.
    """
    wall, old = device.clock.wall, device.rom.sdk < 28
    first, last = (_moment(device, moment) for moment in (wall - _DAY, wall))
    lines = ["user=0 "]
    if old:
        lines += ["  In-memory daily stats", f'  timeRange="{first} – {last}" ', "    packages", "", "    ChooserCounts"]
        lines += ["    configurations", "    events"]
    else:
        lines.append(f'  Last 24 hour events (timeRange="{first} – {last}" )')
    for event in device.system.usage.events:
        if event.wall >= wall - _DAY:
            details = f" {event.details}" if event.details else ""
            told = f'time="{_moment(device, event.wall)}" type={event.kind} package={event.package}{details} flags=0x0 '
            lines.append(f"{'      ' if old else '    '}{told}")
    lines += ["", "  App Standby States:"]
    for package in device.system.packages.values():
        if not package.system:
            bucket = device.system.standby.bucket(package.name)
            ago = text_formats.duration(device.clock.uptime)
            by_user = f" usedByUser={ago}" if device.rom.sdk >= 31 else ""
            lines.append(
                f"    package={package.name} u=0 bucket={bucket} reason=u-si used={ago}{by_user} usedScr={ago} lastPred={ago}"
                f" activeLeft=-{ago[1:]} wsLeft=-{ago[1:]} lastJob=-24855d3h14m7s974ms idle={'n' if bucket < RARE else 'y'}"
            )
    return "\n".join(lines) + "\n"
