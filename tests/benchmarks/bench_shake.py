"""The shake bench against adverts of known thresholds: how exactly these are found, and in how much device time.

An advert that keeps the standard may not be told to jump at less: not at a motion that lacks one thing, nor at any of
daily life.
"""

from __future__ import annotations

import tempfile
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.adverts.advert_check import AdvertCheck
from harness.adverts.motion_thresholds import STANDARD, Motion, Thresholds
from harness.engine.scenario_run import Run
from harness.session.check_options import Options
from tests.benchmarks.rows import Row, row

if TYPE_CHECKING:
    from harness.session.session import Session

APP = Path(__file__).resolve().parents[1] / "virtual" / "adverts" / "shaken.py"
WANTS = "ACCELERATION, ANGLE, SECONDS = 8.0, 20.0, 1.0"
GRID = ((3.0, 8.0, 12.0, 15.0, 20.0, 27.0), (8.0, 20.0, 35.0, 60.0, 80.0), (0.5, 1.0, 2.0, 3.0, 3.3))
"""Thresholds of m/s², degrees and seconds: some far below the standard, its own, some above."""
ON_A_DEVICE = (
    *product((3.0, 12.0), (20.0, 60.0), (0.5, 2.0)),
    (15.0, 35.0, 3.0),
    (20.0, 60.0, 3.3),
    (12.0, 35.0, 3.0),
    (15.0, 20.0, 3.0),
    (15.0, 35.0, 2.0),
)
"""Those of the grid, and some near the standard, that are tried on a device."""
NAMES = ("acceleration", "angle", "seconds")


class Benched(NamedTuple):
    """What the bench found of one advert, at which motions it jumped, and in how much device time."""

    found: Thresholds | None
    jumped: tuple[Motion, ...]
    seconds: float


def run() -> list[Row]:
    """Try each advert on a device of its own and return the rows; the worst counts."""
    tried = {wants: bench(*wants) for wants in ON_A_DEVICE}
    errors = {name: max(_error(one, name, wants[place]) for wants, one in tried.items()) for place, name in enumerate(NAMES)}
    kept = [one for wants, one in tried.items() if all(value >= limit for value, limit in zip(wants, _numbers(STANDARD), strict=True))]
    false = sum(len([motion for motion in one.jumped if motion.name or _lacks(motion)]) for one in kept)
    note = f"{len(tried)} adverts on a virtual device"
    return [
        row("shake bench: worst error of the acceleration", errors["acceleration"], "m/s²", aim="<= 1", note=note),
        row("shake bench: worst error of the angle", errors["angle"], "°", aim="<= 3", note=note),
        row("shake bench: worst error of the time", errors["seconds"], "s", aim="<= 0.2", note=note),
        row("shake bench: longest search in device time", max(one.seconds for one in tried.values()), "s", aim="<= 180", note=note),
        row("shake bench: false jumps of adverts that keep the standard", float(false), "jumps", aim="<= 0", note=f"{len(kept)} adverts"),
    ]


def bench(acceleration: float, angle: float, seconds: float) -> Benched:
    """One advert with these thresholds."""
    text = APP.read_text(encoding="utf-8")
    assert WANTS in text
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / APP.name
        app.write_text(text.replace(WANTS, f"ACCELERATION, ANGLE, SECONDS = {acceleration}, {angle}, {seconds}"), encoding="utf-8")
        apps = load_app_file(app)
        with devices_in_thread([partial(VirtualDevice, Spec(apps=tuple(reversed(apps))))]) as thread:
            return _on(InProcessDevice(thread), apps[0].package, Path(folder) / "runs")


def _on(device: InProcessDevice, package: str, runs: Path) -> Benched:
    made: list[Benched] = []

    def drive(session: Session, canary: str) -> None:
        del canary
        session.reset()
        campaign = AdvertCheck(session)
        with campaign.deliveries.ledger_for():
            campaign.deliveries.begin()
            campaign.reach.start()
            (slot,) = campaign.slots.worst_first()
            campaign.motion_trials.prepare()
            campaign.motion_trials.run(slot)
        shaking = campaign.motion_trials
        found, spent = shaking.found.get(slot.name, (None, 0.0))
        made.append(Benched(found, tuple(shaking.jumped), spent))

    run = Run.open(device, package, runs, Options(clauses=(7,)))
    try:
        run.drive("shake-bench", drive)
    finally:
        run.close()
    return made[0]


def _error(one: Benched, name: str, wants: float) -> float:
    told = getattr(one.found, name) if one.found is not None else None
    return abs((told.jumped + (told.kept or 0.0)) / 2 - wants) if told is not None else float("inf")


def _numbers(motion: Motion) -> tuple[float, ...]:
    return motion.acceleration, motion.angle, motion.seconds


def _lacks(motion: Motion) -> bool:
    return any(value < limit for value, limit in zip(_numbers(motion), _numbers(STANDARD), strict=True))
