"""``cmd apprights``: what no phone has. The harness lets time pass with it, and moves the phone.

``idle SECONDS``, ``sensor X Y Z``, ``motion ACCELERATION ANGLE SECONDS [--axis x|y|z] [--direction both|+|-]``,
``motion NAME [SECONDS]``.
"""

import math

from device_farm.virtual.framework.hardware import motions
from device_farm.virtual.framework.hardware.motions import Motion
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service

_LONGEST_IDLE = 400 * 86400.0  # seconds; more than a year is a mistake


async def idle(call: Call, arguments: Arguments) -> int:
    """``idle SECONDS``: lets device time pass at once and answers when all that is due was done."""
    word = arguments.required()
    try:
        seconds = float(word)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _LONGEST_IDLE:
        await call.error(f"idle: not a number of seconds: {word}")
        return FAILED
    call.device.clock.skip(seconds)
    return 0


async def sensor(call: Call, arguments: Arguments) -> int:
    """``sensor X Y Z``: the accelerometer reads these from now on, m/s² with gravity."""
    words = _words(arguments)
    try:
        x, y, z = map(float, words)
        call.device.system.sensors.inject(x, y, z)
    except ValueError:
        await call.error(f"sensor: three numbers in m/s² are needed, at most 8 g: {' '.join(words)}")
        return FAILED
    return 0


async def motion(call: Call, arguments: Arguments) -> int:
    """``motion ...``: moves the phone, and answers when that is over with when it began and ended."""
    words = _words(arguments)
    clock, system = call.device.clock, call.device.system
    try:
        wanted, told = _motion(words, system.sensors.values)
        clock.catch_up()
        begun = clock.uptime
        system.sensors.move(wanted)
    except ValueError as error:
        await call.error(f"motion: {error}")
        return FAILED
    system.truth("motion", **told, seconds=wanted.seconds, begun=round(begun, 3), ended=round(begun + wanted.seconds, 3))
    clock.skip(wanted.seconds)
    await call.print(f"motion begun={begun:.3f} ended={begun + wanted.seconds:.3f}")
    return 0


def _words(arguments: Arguments) -> list[str]:
    """All that follows; a number may be below zero, so that it looks like an option."""
    words: list[str] = []
    while (word := arguments.next()) is not None:
        words.append(word)
    return words


def _motion(words: list[str], held: motions.Vector) -> tuple[Motion, dict[str, object]]:
    """The motion that the words ask for, and what is told of it; raises ValueError."""
    options = {"--axis": "x", "--direction": "both"}
    plain: list[str] = []
    rest = iter(words)
    for word in rest:
        if word in options:
            options[word] = next(rest, "")
        elif word.startswith("--"):
            raise ValueError(f"unknown option {word}; known: {', '.join(options)}")
        else:
            plain.append(word)
    if plain and plain[0] in motions.DAILY:
        if len(plain) > 2:
            raise ValueError("a name and seconds")
        return motions.daily(plain[0], held, _number(plain[1]) if len(plain) > 1 else None), {"name": plain[0]}
    if len(plain) != 3:
        raise ValueError(f"ACCELERATION ANGLE SECONDS, or one of {', '.join(motions.DAILY)}")
    acceleration, angle, seconds = map(_number, plain)
    told = {"acceleration": acceleration, "angle": angle, "axis": options["--axis"], "direction": options["--direction"]}
    return motions.exact(held, acceleration, angle, seconds, options["--axis"], options["--direction"]), told


def _number(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(f"not a number: {word}")
    return number


SERVICE = Service({"idle": idle, "sensor": sensor, "motion": motion})
