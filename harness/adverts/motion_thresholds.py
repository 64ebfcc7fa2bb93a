"""The least acceleration, turn and time at which an advert jumps on motion, found by few motions. Pure.

Whoever moves the phone answers whether it jumped. The search halves one quantity while the others are ample, so it
finds what an advert wants of each; one that wants nothing of a quantity jumps at its least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    Jumps = Callable[["Motion"], bool | None]


@dataclass(frozen=True, slots=True)
class Motion:
    """One motion: m/s² apart from gravity, degrees turned, seconds; ``name`` where it is one of daily life."""

    acceleration: float = 0.0
    angle: float = 0.0
    seconds: float = 0.0
    name: str = ""


STANDARD = Motion(15.0, 35.0, 3.0)
"""T/TAF 078.7-2022: what a motion must reach, all three, before it may lead elsewhere."""
AMPLE = Motion(30.0, 90.0, 3.5)
"""A motion that leaves no doubt [PROJECT]: twice the standard's push and turn, and over before
a splash of 5 s is."""
LEAST = Motion(0.5, 0.0, 0.2)
"""The least that is tried of each [PROJECT]: less is the noise of a phone that lies still."""
WITHIN = Motion(1.0, 3.0, 0.2)
"""How exactly each threshold is found: what jumped is at most twice as far above what did not."""
BELOW = (
    replace(AMPLE, acceleration=STANDARD.acceleration - WITHIN.acceleration),
    replace(AMPLE, angle=STANDARD.angle - WITHIN.angle),
    replace(AMPLE, seconds=STANDARD.seconds - WITHIN.seconds),
)
"""Motions that lack just one of the three; none may jump."""
DAILY = ("walk", "run", "pocket", "pick_up", "vehicle", "put_down")
"""Six motions of daily life, as the virtual device has them; none may jump. The last leaves the phone at rest."""


class Threshold(NamedTuple):
    """The greatest value of a quantity that was tried and did not jump, None where each did, and the least that did."""

    kept: float | None
    jumped: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What it wants of each quantity; None where the search broke off."""

    acceleration: Threshold | None
    angle: Threshold | None
    seconds: Threshold | None


def search(jumps: Jumps, quick: Callable[[], bool] = lambda: True, below: Sequence[bool | None] = (None, None, None)) -> Thresholds:
    """Halve each quantity until it is known within ``WITHIN``; ``quick`` says whether there is time for another.

    ``below`` is what became of the motions of ``BELOW``, None for one that was not made.
    """
    return Thresholds(
        *(_halved(name, jumps, quick, known) for name, known in zip(("acceleration", "angle", "seconds"), below, strict=True))
    )


def _halved(name: str, jumps: Jumps, quick: Callable[[], bool], below: bool | None) -> Threshold | None:
    low, high, within, standard = (float(getattr(motion, name)) for motion in (LEAST, AMPLE, WITHIN, STANDARD))
    kept: float | None = None
    if below is not None:
        low, high, kept = (low, standard - within, None) if below else (standard - within, high, standard - within)
    while high - low > 2 * within:
        if not quick():
            return None
        middle = (low + high) / 2
        jumped = jumps(with_value(name, middle))
        if jumped is None:
            return None
        low, high, kept = (low, middle, kept) if jumped else (middle, high, middle)
    return Threshold(kept, high)


def with_value(name: str, value: float) -> Motion:
    """An ample motion with one quantity of another value."""
    values = {"acceleration": AMPLE.acceleration, "angle": AMPLE.angle, "seconds": AMPLE.seconds} | {name: value}
    return Motion(values["acceleration"], values["angle"], values["seconds"])


def spoken(motion: Motion) -> Iterator[str]:
    """The words of a motion as a command has them."""
    if motion.name:
        yield motion.name
    else:
        yield from (f"{motion.acceleration:g}", f"{motion.angle:g}", f"{motion.seconds:g}")
