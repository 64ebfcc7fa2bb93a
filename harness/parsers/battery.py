"""The battery, from ``dumpsys battery``: how full, how warm, and what charges it.

Source: frameworks/base services/core/java/com/android/server/BatteryService.java, dumpInternal; the temperature is in
tenths of a degree Celsius. ``Dock powered`` came with Android 13.
"""

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"^\s*(level|scale|temperature): (-?\d+)\s*$", re.M)  # "  level: 100", "  temperature: 262"
_POWERED = re.compile(r"^\s*(AC|USB|Wireless|Dock) powered: true", re.M)  # "  USB powered: true"


@dataclass(frozen=True, slots=True)
class Battery:
    """``level`` is in percent, ``celsius`` the battery's temperature, ``powered`` names what charges it.

    What is not told is None.
    """

    level: int | None = None
    celsius: float | None = None
    powered: tuple[str, ...] = ()


def parse_battery(text: str) -> Battery:
    told = {name: int(value) for name, value in _NUMBER.findall(text)}
    level, scale, tenths = told.get("level"), told.get("scale", 100), told.get("temperature")
    return Battery(
        level=None if level is None or scale <= 0 else round(100 * level / scale),
        celsius=None if tenths is None else tenths / 10,
        powered=tuple(_POWERED.findall(text)),
    )
