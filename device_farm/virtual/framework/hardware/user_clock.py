"""The wall clock and the zone, moved by hand: alarms are re-evaluated, apps hear of it.

After AlarmManagerService.setTimeImpl, setTimeZoneImpl and its ClockReceiver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework import text_formats
from device_farm.virtual.framework.broadcasts.skip_policy import ACTION

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System


def set_time(system: System, wall: float) -> None:
    """Move the wall clock to ``wall`` (Unix seconds); the time since boot is not touched."""
    before = text_formats.local_date(system.device, system.clock.wall)
    system.clock.set_wall(wall)
    system.narrator.wall_clock_set(wall)
    system.truth("clock", wall=round(wall, 3))
    system.alarms.reevaluate()
    system.broadcasts.send_system(ACTION + "TIME_SET", flags=0x21000000)
    if text_formats.local_date(system.device, wall) != before:
        system.broadcasts.send_system(ACTION + "DATE_CHANGED", flags=0x20000000)


def set_zone(system: System, name: str) -> None:
    """Change the time zone; alarms keep their moment."""
    if system.device.properties.get("persist.sys.timezone") == name:
        return
    system.device.properties["persist.sys.timezone"] = name
    system.truth("zone", zone=name)
    system.broadcasts.send_system(ACTION + "TIMEZONE_CHANGED", flags=0x21000000, extras={"time-zone": name})
