"""The thermal throttling of the phone: ``dumpsys thermalservice`` (Android 10 and later).

Source: frameworks/base services/core/java/com/android/server/power/ThermalManagerService.java, dump; the numbers are
PowerManager's: 0 none, 1 light, 2 moderate, 3 severe ("UX is largely impacted"), 4 critical, 5 emergency, 6 shutdown.
Many phones publish nothing there and stay at 0 however hot they are: the battery's temperature is looked at, too.
"""

import re

SEVERE = 3
_STATUS = re.compile(r"^Thermal Status: (\d+)\s*$", re.M)


def parse_thermal_status(text: str) -> int | None:
    found = _STATUS.search(text)
    return int(found[1]) if found else None
