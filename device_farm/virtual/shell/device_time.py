"""The device's time zone and the file times that ls and stat print."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_CHINA = timezone(timedelta(hours=8), "CST")


def zone(device: VirtualDevice) -> tzinfo:
    """Time zone of persist.sys.timezone; China's offset where the host has no data for it."""
    name = device.properties.get("persist.sys.timezone", "Asia/Shanghai")
    if name in {"", "UTC", "GMT"}:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return _CHINA


def local(device: VirtualDevice, wall: float) -> datetime:
    """Wall time of the device as a date; times beyond the calendar are its ends."""
    return datetime.fromtimestamp(min(max(wall, 0.0), 32503680000.0), zone(device))
