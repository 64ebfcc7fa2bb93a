"""``dumpsys thermalservice`` (10 and later): how warm the phone is, and how far it is slowed down for that.

After ThermalManagerService (services/core/java/com/android/server/power) and Temperature.java (core/java/android/os).
Which sensors there are is the maker's: here the battery, and the skin, whose status is the phone's.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_BATTERY, _SKIN = 2, 3  # Temperature.TYPE_*


def thermal_status(device: VirtualDevice) -> int:
    """Temperature.THROTTLING_*: 0 none, 3 severe, 6 shutdown."""
    power = device.system.power
    if not power.battery.works:
        return 0
    return bisect_right(device.rom.data["battery"]["thermal"], power.battery.reading.temperature / 10)


def thermal_service(device: VirtualDevice, args: list[str]) -> str | None:
    """The status, and the temperatures as the service keeps them and as the HAL gives them."""
    if args not in ([], ["-a"]):
        return None
    status, degrees = thermal_status(device), device.system.power.battery.reading.temperature / 10
    rows = "".join(
        f"\tTemperature{{mValue={degrees}, mType={kind}, mName={name}, mStatus={status}}}\n"
        for kind, name in ((_BATTERY, "battery"), (_SKIN, "skin"))
    )
    listeners = "\tcallbacks: 1\n\tkilled: false\n\tbroadcasts count: -1\n"
    return (
        f"IsStatusOverride: false\nThermalEventListeners:\n{listeners}ThermalStatusListeners:\n{listeners}"
        f"Thermal Status: {status}\nCached temperatures:\n{rows}HAL Ready: true\nHAL connection:\n"
        f"\tThermalHAL 2.0 connected: yes\nCurrent temperatures from HAL:\n{rows}Current cooling devices from HAL:\n"
    )
