"""``dumpsys sensorservice`` (8 and later): which sensors that move with the phone an app listens to at this moment.

Source: frameworks/native services/sensorservice (SensorService.cpp, SensorEventConnection.cpp,
SensorDirectConnection.cpp and SensorList.cpp, dump; read of 8.0, 10, 12 and 16). A connection is named by the class of
its listener (SystemSensorManager.java, SensorEventQueue), which need not be in the app's package: its uid tells whose
it is. A direct channel prints the package and no uid.
"""

from __future__ import annotations

import re

from harness.errors import FormatError
from harness.language import _
from harness.parsers.dump_sections import not_a

_HEADING = re.compile(r"^(?:Sensor (?:Device|List):|No Sensors on the device)", re.M)
# 0x00000001) bmi2xy acc                | bosch   | ver: 1 | type: android.sensor.accelerometer(1) | perm: n/a | ...
# 0000000000) Accelerometer sensor      | ...                                   printf writes the handle 0 without 0x
_LISTED = re.compile(r"(?:0x)?([0-9a-f]{8,10})\) .*\| type: +(?:android\.sensor\.)?([\w.]+)\((\d+)\)")
# 2 active connections              12+: 2 open event connections             0 direct connections
_COUNT = re.compile(r"(\d{1,6}) (active|open event|open direct|direct) connections?\s*$")
# Connection Number: 0                                      Direct connection 0:
_CONNECTION = re.compile(r"Connection Number: \d+\s*$|Direct connection \d+:\s*$")
# 	 com.x.ShakeListener | WakeLockRefCount 0 | uid 10071 | cache size 0 | max cache size 0
_OWNER = re.compile(r"\s.*\| WakeLockRefCount -?\d+ \| uid (\d{1,10}) \|")
# 	Package com.x, HAL channel handle 5, total sensor activated 1
_DIRECT = re.compile(r"\s+Package (\S*), HAL channel handle ")
# 	 bmi2xy acc 0x00000001 | status: active | pending flush events 0             		Sensor 0x000001, rate 2
_SENSOR = re.compile(r"\s.* 0x([0-9a-f]{8}) \| status: |\s+Sensor (?:0x)?([0-9a-f]{1,10}), rate ")
# Sensor.TYPE_* (core/java/android/hardware/Sensor.java) of what does not move with the phone: magnetic field, light,
# pressure, temperature, proximity, humidity, ambient temperature, heart rate and beat, step counter, off-body, hinge
_STILL = frozenset({2, 5, 6, 7, 8, 12, 13, 14, 19, 21, 31, 34, 36})


def motion_sensors(text: str, uid: int, package: str) -> tuple[str, ...]:
    """The types of the sensors, without Android's prefix; what the list does not have is told by its handle.

    Raises FormatError for another text, and where it does not tell whose a connection is.
    """
    if not _HEADING.search(text):
        raise not_a("dumpsys sensorservice", text)
    types: dict[int, tuple[str, int]] = {}
    found: set[str] = set()
    told, mine, waits = "No Sensors on the device" in text, False, False
    for line in text.splitlines():
        if listed := _LISTED.match(line):
            types[int(listed[1], 16)] = listed[2], int(listed[3])
        elif (count := _COUNT.match(line)) or _CONNECTION.match(line) or line.startswith("Previous Registrations:"):
            if waits:
                break
            told, mine, waits = told or count is not None, False, count is None and "onnection" in line
        elif waits and (owner := _OWNER.match(line) or _DIRECT.match(line)):
            mine, waits = owner[1] in (str(uid), package), False
        elif mine and (sensor := _SENSOR.match(line)):
            handle = int(sensor[1] or sensor[2], 16)
            name, kind = types.get(handle, (f"0x{handle:08x}", 0))
            found.update([name] if kind not in _STILL else [])
    if waits or not told:
        raise FormatError(_("dumpsys sensorservice does not tell who listens to the sensors"))
    return tuple(sorted(found))
