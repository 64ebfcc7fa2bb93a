"""Who listens to the phone's motion, as each version of ``dumpsys sensorservice`` prints it."""

import pytest

from harness.errors import FormatError
from harness.parsers.motion_sensors import motion_sensors

APP, UID = "com.example.shop", 10071
LIST = """Sensor Device:
Total 4 h/w sensors, 4 running 0 disabled clients:
0x00000001) active-count = 1; sampling_period(ms) = {20.0}, selected = 20.00 ms; batching_period(ms) = {0.0}, selected = 0.00 ms
Sensor List:
0x00000001) bmi2xy acc                | bosch           | ver: 1 | type: android.sensor.accelerometer(1) | perm: n/a | flags: 0x00000000
\tcontinuous | minRate=12.50Hz | maxRate=400.00Hz | FIFO (max,reserved) = (4500, 3000) events | non-wakeUp |\x20
0x00000005) stk3bfx als               | sensortek       | ver: 1 | type: android.sensor.light(5) | perm: n/a | flags: 0x00000002
0x00000004) bmi2xy gyro               | bosch           | ver: 1 | type: android.sensor.gyroscope(4) | perm: n/a | flags: 0x00000000
0000000000) Accelerometer sensor      | AOSP            | ver: 1 | type: android.sensor.linear_acceleration(10) | perm: n/a
Fusion States:
9-axis fusion disabled (0 clients), gyro-rate= 200.00Hz, q=< 0, 0, 0, 0 > (0), b=< 0, 0, 0 >
Active sensors:
bmi2xy acc (handle=0x00000001, connections=1)
Socket Buffer size = 39 events
WakeLock Status: not held\x20
Mode : NORMAL
"""
LATER = """Previous Registrations:
23:07:41 + 0x00000001 pid=16587 uid=10071 package=com.other.Shake samplingPeriod=66667us batchingPeriod=0us
"""


def connection(uid: int, *sensors: str, number: int = 0) -> str:
    """One connection as SensorEventConnection.cpp prints it."""
    rows = "".join(f"\t {sensor} | status: active | pending flush events 0 \n" for sensor in sensors)
    owner = f"\t org.sdk.ShakeListener | WakeLockRefCount 0 | uid {uid} | cache size 0 | max cache size 0\n"
    return f"Connection Number: {number} \n\tOperating Mode: NORMAL\n{owner}{rows}"


ACC, LIGHT, GYRO = "bmi2xy acc 0x00000001", "stk3bfx als 0x00000005", "bmi2xy gyro 0x00000004"
DIRECT = (
    "1 open direct connections\nDirect connection 0:\n\tPackage {}, HAL channel handle 5, total sensor activated 1\n\t\tSensor {}, rate 2\n"
)


@pytest.mark.parametrize(
    ("dump", "listens"),
    [
        (f"1 active connections\n{connection(UID, ACC)}0 direct connections\n", ("accelerometer",)),
        (f"2 open event connections\n{connection(10002, GYRO)}{connection(UID, LIGHT, ACC, number=1)}", ("accelerometer",)),
        (f"2 active connections\n{connection(UID, GYRO)}{connection(UID, ACC, number=1)}", ("accelerometer", "gyroscope")),
        (f"2 active connections\n{connection(UID, LIGHT)}{connection(10002, ACC, number=1)}", ()),
        (f"1 active connections\n{connection(UID)}", ()),
        (f"1 active connections\n{connection(UID, 'made up 0x0000abcd')}", ("0x0000abcd",)),
        ("0 active connections\n0 direct connections\n", ()),
        (f"0 open event connections\n{DIRECT.format(APP, '0x000004')}", ("gyroscope",)),
        (f"0 open event connections\n{DIRECT.format(APP, '00000000')}", ("linear_acceleration",)),
        (f"0 open event connections\n{DIRECT.format('com.other', '0x000004')}", ()),
    ],
)  # fmt: skip
def test_who_listens_to_motion_is_told_by_uid(dump: str, listens: tuple[str, ...]) -> None:
    assert motion_sensors(LIST + dump + LATER, UID, APP) == listens


def test_a_phone_without_sensors_moves_nobody() -> None:
    assert motion_sensors("Captured at: 16:45:16.929\nNo Sensors on the device\ndevInitCheck : -19\n", UID, APP) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Can't find service: sensorservice\n",
        "Permission Denial: can't dump SensorService from pid=1, uid=2000\n",
        LIST,  # cut off before the connections
        f"{LIST}1 active connections\nConnection Number: 0 \n\tOperating Mode: NORMAL\n{LATER}",
    ],
)
def test_what_does_not_tell_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        motion_sensors(text, UID, APP)
