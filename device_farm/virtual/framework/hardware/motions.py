"""Motions of a phone as traces over time: an exact one for thresholds, and those of daily life.

A trace says for each moment how the phone is held and how it is pushed; gravity, the accelerometer and the gyroscope
follow from that. x is right, y up, z out of the screen (SensorEvent). The strengths of the daily ones are assumed, of
the order that studies of gait and of driving give for a phone: a walking hand sways 1 to 3 m/s² at two steps a second,
a runner's 8 to 12, a thigh swings about 30 degrees, a car brakes with 3.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

GRAVITY = 9.81
AXES = {"x": 0, "y": 1, "z": 2}
DIRECTIONS = ("both", "+", "-")
MAX_ACCELERATION, MAX_SECONDS, MAX_ANGLE = 60.0, 600.0, 3600.0
FLIPS = 4  # changes of direction a second, to and fro
_STEP = 0.001  # seconds: over which a turn is measured
_EASE = 1.0  # seconds in which a phone is taken up, or put back

Vector = tuple[float, float, float]
Pose = tuple[float, float, Vector]  # turn about x and about y from lying flat, radians; push, m/s²


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of both sensors: m/s² with gravity, rad/s."""

    acceleration: Vector
    rotation: Vector


@dataclass(frozen=True, slots=True)
class Motion:
    """A trace of ``seconds``; ``after`` is how the phone is held at its end, None as before it."""

    name: str
    seconds: float
    reading: Callable[[float], Reading]
    after: Vector | None = None


def exact(held: Vector, acceleration: float, angle: float, seconds: float, axis: str, direction: str) -> Motion:
    """A push along an axis and a turn about it, at an even rate; raises ValueError for what no hand does."""
    if axis not in AXES or direction not in DIRECTIONS:
        raise ValueError(f"an axis is x, y or z, a direction {', '.join(DIRECTIONS)}")
    if not (0 <= acceleration <= MAX_ACCELERATION and abs(angle) <= MAX_ANGLE and 0 < seconds <= MAX_SECONDS):
        raise ValueError(f"at most {MAX_ACCELERATION:g} m/s², {MAX_ANGLE:g} degrees and {MAX_SECONDS:g} seconds")
    number, turn = AXES[axis], math.radians(angle)

    def reading(at: float) -> Reading:
        gravity = _turned(held, number, turn * at / seconds)
        back = direction == "both" and int(at * FLIPS + 0.5 + 1e-9) % 2 == 1
        push = -acceleration if direction == "-" or back else acceleration
        pushed = [value + (push if index == number else 0.0) for index, value in enumerate(gravity)]
        rates = [turn / seconds if index == number else 0.0 for index in range(3)]
        return Reading((pushed[0], pushed[1], pushed[2]), (rates[0], rates[1], rates[2]))

    return Motion("exact", seconds, reading)


def _turned(vector: Vector, axis: int, angle: float) -> Vector:
    """Return a vector of the room as a phone reads it that was turned about its own axis."""
    first, second = [(1, 2), (2, 0), (0, 1)][axis]
    cosine, sine = math.cos(angle), math.sin(angle)
    found = list(vector)
    found[first] = cosine * vector[first] + sine * vector[second]
    found[second] = cosine * vector[second] - sine * vector[first]
    return found[0], found[1], found[2]


def daily(name: str, held: Vector, seconds: float | None) -> Motion:
    """A motion of daily life by its name; raises ValueError for an unknown one."""
    if name not in DAILY:
        raise ValueError(f"known motions: {', '.join(DAILY)}")
    usual, pose, stays = DAILY[name]
    span = usual if seconds is None else seconds
    if not 0 < span <= MAX_SECONDS:
        raise ValueError(f"a motion takes at most {MAX_SECONDS:g} seconds")
    start = math.atan2(held[1], held[2]), math.atan2(-held[0], math.hypot(held[1], held[2]))
    trace = pose(start, span)

    def reading(at: float) -> Reading:
        pitch, roll, push = trace(at)
        later = trace(at + _STEP)
        x, y, z = _gravity(pitch, roll)
        return Reading((x + push[0], y + push[1], z + push[2]), ((later[0] - pitch) / _STEP, (later[1] - roll) / _STEP, 0.0))

    return Motion(name, span, reading, _gravity(*trace(span)[:2]) if stays else None)


def _gravity(pitch: float, roll: float) -> Vector:
    return (-GRAVITY * math.sin(roll), GRAVITY * math.sin(pitch) * math.cos(roll), GRAVITY * math.cos(pitch) * math.cos(roll))


def _eased(share: float) -> float:
    """From 0 to 1 as a hand moves: slow, fast, slow."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def _carried(start: tuple[float, float], seconds: float, hold: float, sway: Callable[[float], Pose]) -> Callable[[float], Pose]:
    """A phone that is taken up, carried with a sway, and put back as it was."""
    ease = min(_EASE, seconds / 4)

    def trace(at: float) -> Pose:
        share = _eased(at / ease) * _eased((seconds - at) / ease)
        pitch, roll, push = sway(at)
        down = start[0] + (hold - start[0]) * share + pitch * share, start[1] * (1 - share) + roll * share
        return down[0], down[1], (push[0] * share, push[1] * share, push[2] * share)

    return trace


def _wave(at: float, hertz: float, amplitude: float, phase: float = 0.0) -> float:
    return amplitude * math.sin(2 * math.pi * hertz * at + phase)


def _walk(start: tuple[float, float], seconds: float) -> Callable[[float], Pose]:
    """In the hand, looked at: two steps a second."""

    def sway(at: float) -> Pose:
        push = _wave(at, 1.0, 0.6), _wave(at, 2.0, 2.2), _wave(at, 2.0, 1.2, 0.8)
        return _wave(at, 1.0, 0.05), _wave(at, 1.0, 0.04, 1.0), push

    return _carried(start, seconds, math.radians(45), sway)


def _run(start: tuple[float, float], seconds: float) -> Callable[[float], Pose]:
    """In the hand of a runner: nearly three steps a second."""

    def sway(at: float) -> Pose:
        push = _wave(at, 1.4, 2.5), _wave(at, 2.8, 9.0), _wave(at, 2.8, 3.5, 0.8)
        return _wave(at, 1.4, 0.18), _wave(at, 1.4, 0.1, 1.0), push

    return _carried(start, seconds, math.radians(60), sway)


def _pocket(start: tuple[float, float], seconds: float) -> Callable[[float], Pose]:
    """In a trouser pocket, upright: the thigh swings, each step is a blow."""

    def sway(at: float) -> Pose:
        blow = max(0.0, math.sin(2 * math.pi * 1.9 * at)) ** 6
        return _wave(at, 0.95, math.radians(15)), _wave(at, 0.95, 0.05, 0.5), (_wave(at, 0.95, 0.8), 5.0 * blow - 1.0, 2.0 * blow)

    return _carried(start, seconds, math.radians(85), sway)


def _vehicle(start: tuple[float, float], seconds: float) -> Callable[[float], Pose]:
    """In a holder in a car: the engine, the road, and a braking in the middle."""

    def sway(at: float) -> Pose:
        road = _wave(at, 1.3, 0.5) + _wave(at, 7.0, 0.25, 0.4) + _wave(at, 13.0, 0.12, 1.1)
        braking = 3.0 * math.exp(-(((at - seconds / 2) / 1.0) ** 2))
        return _wave(at, 1.3, 0.01), _wave(at, 0.7, 0.015), (_wave(at, 0.4, 0.4), road, -braking)

    return _carried(start, seconds, math.radians(70), sway)


def _pick_up(start: tuple[float, float], seconds: float) -> Callable[[float], Pose]:
    """From the table to before the eyes."""

    def trace(at: float) -> Pose:
        share = _eased(at / seconds)
        lift = 2.5 * math.sin(2 * math.pi * min(1.0, at / seconds))
        return start[0] + (math.radians(50) - start[0]) * share, start[1] * (1 - share), (0.0, 0.4 * lift, lift)

    return trace


def _put_down(start: tuple[float, float], seconds: float) -> Callable[[float], Pose]:
    """Down to the table, with a knock at the end."""

    def trace(at: float) -> Pose:
        share = _eased(at / seconds)
        knock = 6.0 * math.exp(-(((at - 0.95 * seconds) / 0.02) ** 2))
        return start[0] * (1 - share), start[1] * (1 - share), (0.0, 0.0, knock - 1.5 * math.sin(2 * math.pi * min(1.0, at / seconds)))

    return trace


def _shake(start: tuple[float, float], seconds: float) -> Callable[[float], Pose]:
    """Shaken on purpose, to the sides: three times a second, turning with the wrist."""

    def trace(at: float) -> Pose:
        share = _eased(at / 0.15) * _eased((seconds - at) / 0.15)
        return (
            start[0],
            start[1] + _wave(at, 3.0, math.radians(35)) * share,
            (_wave(at, 3.0, 22.0) * share, 0.0, _wave(at, 6.0, 4.0) * share),
        )

    return trace


# seconds unless said, the trace, and whether the phone stays as it is held at the end
DAILY: dict[str, tuple[float, Callable[[tuple[float, float], float], Callable[[float], Pose]], bool]] = {
    "walk": (10.0, _walk, False),
    "run": (10.0, _run, False),
    "pocket": (10.0, _pocket, False),
    "pick_up": (2.0, _pick_up, True),
    "put_down": (2.0, _put_down, True),
    "vehicle": (10.0, _vehicle, False),
    "shake": (2.0, _shake, False),
}
