"""``dumpsys sensorservice`` (8 and later): which sensors that move with the phone an app listens to, and since when.

Source: frameworks/native services/sensorservice (SensorService.cpp, SensorEventConnection.cpp,
SensorDirectConnection.cpp, SensorList.cpp and SensorRegistrationInfo.h, dump; read of 8.0, 10, 12 and 16). A connection
is named by the class of its listener (SystemSensorManager.java, SensorEventQueue), which need not be in the app's
package: its uid tells whose it is. A direct channel prints the package and no uid.
"""

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
# 09:10:23 + 0x00000001 pid= 3456 uid=10123 package=sdk.Shake$1 samplingPeriod=20000us batchingPeriod=0us
# 09:10:23 + 0x00000001 pid= 3456 uid=10123 samplingPeriod=   20000us ... result=OK (sensor, package): (acc, sdk.A)   16
_REGISTERED = re.compile(r"(\d\d:\d\d:\d\d) \+ (?:0x)?([0-9a-f]{8,10}) pid= *-?\d+ uid= *(\d+)\b(?!.* result=(?!OK\b))")
# Sensor.TYPE_* (core/java/android/hardware/Sensor.java) of what does not move with the phone: magnetic field, light,
# pressure, temperature, proximity, humidity, ambient temperature, heart rate and beat, step counter, off-body, hinge
_STILL = frozenset({2, 5, 6, 7, 8, 12, 13, 14, 19, 21, 31, 34, 36})


def motion_sensors(text: str, uid: int, package: str) -> tuple[str, ...]:
    """The types of the sensors, without Android's prefix; what the list does not have is told by its handle.

    Raises FormatError for another text, and where it does not tell whose a connection is.
    """
    if not _HEADING.search(text):
        raise not_a("dumpsys sensorservice", text)
    types = _types(text)
    found: set[str] = set()
    told, mine, waits = "No Sensors on the device" in text, False, False
    for line in text.splitlines():
        if (count := _COUNT.match(line)) or _CONNECTION.match(line) or line.startswith("Previous Registrations:"):
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


def registered_motion_sensors(text: str, uid: int) -> tuple[tuple[str, str], ...]:
    """When, by the phone's time of day in whole seconds, the app began to listen to which of them; newest first.

    What such a line calls package is the class of the listener, too, which may be an SDK's or have no package at all.
    Raises FormatError for another text. The last 200 calls of all apps are kept (SensorService.h).
    """
    if not _HEADING.search(text):
        raise not_a("dumpsys sensorservice", text)
    types, found = _types(text), []
    for line in text.splitlines():
        if (entry := _REGISTERED.match(line)) and int(entry[3]) == uid:
            name, kind = types.get(int(entry[2], 16), (f"0x{entry[2]}", 0))
            found += [(entry[1], name)] if kind not in _STILL else []
    return tuple(found)


def _types(text: str) -> dict[int, tuple[str, int]]:
    listed = filter(None, map(_LISTED.match, text.splitlines()))
    return {int(each[1], 16): (each[2], int(each[3])) for each in listed}
