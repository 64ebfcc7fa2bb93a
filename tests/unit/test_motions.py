"""Motions: the search for thresholds, those that may never jump, which switch ends a jump, and which sensors listen."""

import itertools
import math
from types import SimpleNamespace
from typing import Any

import pytest

from device_farm.virtual.framework.hardware import motions
from harness.adverts import motion_thresholds
from harness.adverts.motion_thresholds import AMPLE, BELOW, LEAST, STANDARD, WITHIN, Motion, Thresholds, search, spoken
from harness.adverts.shake_switch import read_shake_switch
from harness.detectors.daily_motions import DAILY
from harness.device.protocol import ShellResult
from harness.errors import FormatError
from harness.parsers.motion_sensors import motion_sensors
from harness.parsers.shake_rows import shake_rows
from harness.recording.steps import ShakeSwitchSeen

NAMES = ("acceleration", "angle", "seconds")
GRID = ((3.0, 8.0, 12.0, 15.0, 20.0, 27.0), (8.0, 20.0, 35.0, 60.0, 80.0), (0.5, 1.0, 2.0, 3.0, 3.3))
"""Thresholds of m/s², degrees and seconds: some far below the standard, its own, some above."""


def advert(wants: Motion, asked: list[Motion]):
    def jumps(motion: Motion) -> bool:
        asked.append(motion)
        return all(getattr(motion, name) >= getattr(wants, name) for name in NAMES)

    return jumps


def test_each_threshold_is_found_within_its_tolerance_by_twelve_motions() -> None:
    for wants in (Motion(*each) for each in itertools.product(*GRID)):
        asked: list[Motion] = []
        found = search(advert(wants, asked))
        assert len(asked) == 12, wants
        for name in NAMES:
            kept, jumped = getattr(found, name)
            low, within = kept or 0.0, 2 * getattr(WITHIN, name)
            assert low < getattr(wants, name) <= jumped <= (kept or getattr(LEAST, name)) + within, wants


def test_what_wants_nothing_of_a_quantity_is_found_at_its_least_and_nothing_was_kept() -> None:
    found = search(advert(Motion(12.0, 0.0, 0.0), []))
    assert found.seconds is not None
    assert found.angle.kept is None
    assert found.angle.jumped < 2 * WITHIN.angle
    assert found.seconds.jumped < 3 * WITHIN.seconds


def test_what_the_motions_below_the_standard_did_is_known() -> None:
    asked: list[Motion] = []
    assert search(advert(Motion(14.97, 34.5, 3.0), asked), below=(False, False, False)).acceleration == (14.0, 16.0)
    assert min(motion.acceleration for motion in asked) > 14.0


def test_where_time_is_up_or_the_advert_does_not_come_nothing_is_said() -> None:
    turns = iter([True] * 5 + [False] * 99)
    found = search(advert(Motion(10.0, 20.0, 1.0), []), lambda: next(turns))
    assert found.acceleration.jumped == pytest.approx(10.0, abs=2.0)
    assert (found.angle, found.seconds) == (None, None)
    assert search(lambda motion: None) == Thresholds(None, None, None)


def test_each_motion_below_the_standard_lacks_one_thing_alone() -> None:
    lacking = [[name for name in NAMES if getattr(motion, name) < getattr(STANDARD, name)] for motion in BELOW]
    assert lacking == [["acceleration"], ["angle"], ["seconds"]]
    assert all(getattr(AMPLE, name) > getattr(STANDARD, name) for name in NAMES)


def test_a_motion_is_spoken_by_its_numbers_or_its_name() -> None:
    assert list(spoken(Motion(14.5, 90, 4.0))) == ["14.5", "90", "4"]
    assert list(spoken(Motion(seconds=10.0, name="walk"))) == ["walk"]


SECONDS = 10.0


@pytest.mark.parametrize("name", motion_thresholds.DAILY)
def test_the_peak_is_that_of_the_model(name: str) -> None:
    _usual, pose, _stays = motions.DAILY[name]
    trace = pose((0.0, 0.0), SECONDS)
    peak = max(math.hypot(*trace(number / 1000)[2]) for number in range(int(SECONDS * 1000)))
    assert DAILY[name].peak == pytest.approx(peak, abs=0.06)


def test_every_motion_that_is_tried_has_a_name() -> None:
    assert set(DAILY) == set(motion_thresholds.DAILY)


LISTED = """accelerometer_rotation=1
motion_shake_to_mute=1
app_shake_jump_prevent=1
prevent_shake_ads_jump=0
block_shake_jump=maybe
"""


class Phone:
    def __init__(self, listed: str, rom: str) -> None:
        self.listed, self.rom = listed, rom

    def shell(self, command: list[str]) -> ShellResult:
        text = self.rom if command[0] == "getprop" else self.listed if command[-1] == "system" else "volume_ring=5\n"
        return ShellResult(text, "", 0)


def session(listed: str = "", rom: str = "") -> Any:
    written: list[Any] = []
    return SimpleNamespace(device=Phone(listed, rom), journal=SimpleNamespace(write=written.append), written=written)


def test_only_rows_that_keep_shaking_from_leading_away_count() -> None:
    assert shake_rows(LISTED) == [("app_shake_jump_prevent", True), ("prevent_shake_ads_jump", False), ("block_shake_jump", None)]


@pytest.mark.parametrize(
    ("listed", "rom", "on", "written"),
    [
        ("app_shake_jump_prevent=1\n", "", True, [ShakeSwitchSeen(name="app_shake_jump_prevent", on=True)]),
        ("app_shake_jump_prevent=0\n", "", False, [ShakeSwitchSeen(name="app_shake_jump_prevent", on=False)]),
        ("", "[ro.vivo.os.version]: [4.0]\n", None, [ShakeSwitchSeen(name="OriginOS", on=None)]),
        ("", "[ro.build.version.release]: [14]\n", None, []),
    ],
)
def test_what_is_read_is_on_record(listed: str, rom: str, on: bool | None, written: list[ShakeSwitchSeen]) -> None:
    found = session(listed, rom)
    assert read_shake_switch(found) is on
    assert found.written == written


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
