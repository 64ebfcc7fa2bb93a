"""Motion of the phone: exact for thresholds, plausible for daily life, and what an app measures of it."""

import itertools
import math
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from device_farm.virtual import Activity, App, Text
from device_farm.virtual.framework.dumps.app_data import sensor_service
from device_farm.virtual.framework.hardware import motions
from tests.virtual.shell_calls import run

from .conftest import Phone

PACKAGE, G = "com.example.splash", 9.81


class Splash(App):
    """An advert that jumps once 15 m/s² have come for 3 s in which the phone turned by 35 degrees."""

    package, label = PACKAGE, "开屏"
    seen: ClassVar[list[tuple[str, float, tuple[float, float, float]]]] = []

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("摇一摇 打开应用"))
            self.since: float | None = None
            self.before: float | None = None
            self.angle = 0.0
            self.register_sensor("accelerometer", rate="game")
            self.register_sensor("gyroscope", rate="game")

        def on_gyroscope(self, values: tuple[float, float, float]) -> None:
            Splash.seen.append(("gyroscope", self.sensor_timestamp, values))
            if self.since is not None and self.before is not None:
                self.angle += math.degrees(math.hypot(*values)) * (self.sensor_timestamp - self.before)
            self.before = self.sensor_timestamp

        def on_sensor(self, values: tuple[float, float, float]) -> None:
            Splash.seen.append(("accelerometer", self.sensor_timestamp, values))
            x, y, z = values
            if x * x + y * y + z * z < 15.0**2 + G**2 - 1e-6:
                self.since, self.angle = None, 0.0
            elif self.since is None:
                self.since = self.sensor_timestamp
            elif self.sensor_timestamp - self.since >= 3 - 1e-6 and self.angle >= 35 - 0.3:
                self.unregister_sensor()
                self.open_market("com.game.fun")


@pytest.fixture
def splash(phone: Callable[..., Phone]) -> Phone:
    return opened(phone)


def opened(phone: Callable[..., Phone], rom: str = "aosp") -> Phone:
    device = phone(Splash, rom=rom)
    device.launch(PACKAGE)
    Splash.seen.clear()
    return device


def move(device: Phone, words: str) -> Any:
    said = run(device.device, f"cmd apprights motion {words}")
    device.wait(1)
    return said


@pytest.mark.parametrize(
    ("words", "jumps"),
    [
        ("15 35 3", True),
        ("16 40 4", True),
        ("14 60 6", False),
        ("20 30 4", False),
        ("20 60 2.9", False),
        ("15.2 36 3.1 --direction +", True),
    ],
)
def test_an_advert_measures_exactly_what_was_fed(splash: Phone, words: str, jumps: bool) -> None:
    assert move(splash, words).code == 0
    assert (splash.front != PACKAGE) == jumps
    assert [entry["cause"] for entry in splash.truth("jump")] == (["shake"] if jumps else [])


@pytest.mark.parametrize("name", ["walk", "run", "pocket", "pick_up", "put_down", "vehicle"])
def test_daily_life_reaches_no_threshold(splash: Phone, name: str) -> None:
    assert move(splash, name).code == 0
    assert splash.front == PACKAGE
    strong = [values for sensor, _at, values in Splash.seen if sensor == "accelerometer" and math.hypot(*values) > 10.3]
    assert strong, "the phone was moved"


def test_the_answer_says_when_it_ended_and_values_come_at_the_rate(splash: Phone) -> None:
    begun = splash.clock.uptime
    said = run(splash.device, "cmd apprights motion 12 0 2 --axis y --direction -")
    assert said.out == f"motion begun={begun:.3f} ended={begun + 2:.3f}\n"
    moving = [(at, values) for sensor, at, values in Splash.seen if sensor == "accelerometer" and values[1] < -1]
    assert [moving[0][0], moving[-1][0]] == pytest.approx([begun, begun + 2])
    assert len(moving) == 101
    assert {round(values[1], 9) for _at, values in moving} == {-12.0}
    splash.wait(0.1)
    assert splash.system.sensors.values == (0.0, 0.0, G)


def test_the_turn_adds_up_and_gravity_turns_with_the_phone(splash: Phone) -> None:
    move(splash, "0 90 3")
    turns = [(at, values) for sensor, at, values in Splash.seen if sensor == "gyroscope" and values[0]]
    angle = sum(values[0] * (at - before) for (before, _), (at, values) in itertools.pairwise(turns))
    assert math.degrees(angle) == pytest.approx(90, abs=0.01)
    at_end = [values for sensor, _at, values in Splash.seen if sensor == "accelerometer" and values[1] > 9.8]
    assert at_end[-1] == pytest.approx((0.0, G, 0.0), abs=1e-6)


def test_what_lies_still_tells_little_whatever_rate_was_asked_for(splash: Phone) -> None:
    splash.wait(100)
    assert len(Splash.seen) <= 2 * 5 * 101


@pytest.mark.parametrize(
    "words",
    ["", "15 35", "15 35 0", "15 35 -1", "nan 0 1", "500 0 1", "15 35 3 --axis q", "15 35 3 --speed 2", "dance", "walk 2 3", "walk x"],
)
def test_nonsense_is_refused_in_one_line(splash: Phone, words: str) -> None:
    said = move(splash, words)
    assert said.code != 0
    assert said.err.startswith("motion: ")
    assert said.err.count("\n") == 1
    assert splash.truth("motion") == []


def test_sensor_holds_the_phone(splash: Phone) -> None:
    assert run(splash.device, "cmd apprights sensor 0 9.81 0").code == 0
    assert splash.system.sensors.values == (0.0, 9.81, 0.0)
    assert run(splash.device, "cmd apprights sensor -9.81 0 0").code == 0
    assert run(splash.device, "cmd apprights sensor 1 2").code != 0


def test_picked_up_it_stays_up_and_put_down_it_lies(splash: Phone) -> None:
    move(splash, "pick_up")
    assert splash.system.sensors.values[1] > 7
    move(splash, "put_down")
    assert splash.system.sensors.values == pytest.approx((0.0, 0.0, G), abs=1e-6)


def test_the_dump_names_both_sensors_with_their_rates(splash: Phone) -> None:
    text = sensor_service(splash.device)
    assert "Total 2 h/w sensors, 2 running" in text
    assert "0x00000002) active-count = 1; sampling_period(ms) = {20.0}, selected = 20.00 ms;" in text
    assert "samplingPeriod=20000us" in text


@pytest.mark.parametrize("rom", ["miui", "coloros", "originos"])
def test_a_rom_that_keeps_apps_from_jumping_gives_them_no_shaking(phone: Callable[..., Phone], rom: str) -> None:
    device = opened(phone, rom)
    assert run(device.device, "settings get secure no_shake_jump").out == "0\n"
    device.device.options.switch("no_shake_jump", on=True)
    assert run(device.device, "settings get secure no_shake_jump").out == "1\n"
    move(device, "20 60 5")
    assert device.front == PACKAGE
    assert {values for sensor, _at, values in Splash.seen if sensor == "accelerometer"} == {(0.0, 0.0, G)}
    device.device.options.switch("no_shake_jump", on=False)
    move(device, "20 60 5")
    assert device.truth("jump") != []


def test_unknown_sensors_and_rates_are_refused(splash: Phone) -> None:
    activity = splash.system.resumed.python_object if splash.system.resumed else None
    with pytest.raises(ValueError, match="gyroscope"):
        activity.register_sensor("barometer")
    with pytest.raises(ValueError, match="fastest"):
        activity.register_sensor(rate="slow")


def test_every_motion_has_a_length_and_a_trace() -> None:
    for name in motions.DAILY:
        motion = motions.daily(name, (0.0, 0.0, G), None)
        strongest = max(math.hypot(*motion.reading(at / 100).acceleration) for at in range(int(motion.seconds * 100) + 1))
        assert 10.3 < strongest < 40, name
