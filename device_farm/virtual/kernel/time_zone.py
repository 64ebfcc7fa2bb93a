"""The time zone of a device, as its ``persist.sys.timezone`` names it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

DEFAULT = "Asia/Shanghai"
_CHINA = timezone(timedelta(hours=8), "CST")  # where the host has no zone data


def zone(device: VirtualDevice) -> tzinfo:
    """The zone of persist.sys.timezone; UTC for a name that nobody knows, as libc does with it."""
    name = device.properties.get("persist.sys.timezone", DEFAULT)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _CHINA if name == DEFAULT else UTC


def time_of_day(device: VirtualDevice, wall: float) -> str:
    """Return the time of day as a status bar shows it."""
    return _to_the_minute(wall // 60, zone(device))


@lru_cache(maxsize=16)
def _to_the_minute(minutes: float, where: tzinfo) -> str:
    """It is asked for at each look."""
    return datetime.fromtimestamp(minutes * 60, where).strftime("%H:%M")
