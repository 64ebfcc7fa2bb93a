"""Times as commands print them, in the device's time zone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from device_farm.virtual.kernel.time_zone import zone

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice


def local(device: VirtualDevice, wall: float) -> datetime:
    """Wall time of the device as a date; times beyond the calendar are its ends."""
    return datetime.fromtimestamp(min(max(wall, 0.0), 32503680000.0), zone(device))
