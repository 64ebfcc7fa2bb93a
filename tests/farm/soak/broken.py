"""Faults of every kind in real checks of a guilty app: whatever comes of it, it is never shown as passed or clear.

Each unit is a check by ``run_unit`` in a process of its own, on a virtual phone in which a fault begins at a moment
that the seed decides: those of the catalogue, at the device; those of a process, at the process; and what a broken
process says, at what is told. The app closes itself when it is refused a permission, so "clear" is a lie.
"""

import json
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from device_farm.execution import child_process, run_unit, unit_process
from device_farm.execution.child_process import prepare
from device_farm.intake.add_apps import add_apps
from device_farm.samples.sample import OWN_APPS
from device_farm.store import FILE
from device_farm.store.database import Store, open_store
from device_farm.store.models import Result, Unit
from device_farm.store.transitions import Ended, begin, finish
from device_farm.units.job import Job, Phone, Virtual
from device_farm.units.unit import AppFile, UnitState
from device_farm.units.unit import Plan as UnitPlan
from tests.farm.soak.figures import Figures
from tests.farm.soak.stub import DEATHS, Plan
from tests.farm.soak.stub import carry_out as stub_unit
from tests.farm.store.made import LEASE
from tests.faults.kinds import KINDS, Kind

Tell = Callable[[Any], None]

APP, PACKAGE, RULE = OWN_APPS / "exit_by_finish.py", "com.example.linjia.shops", "c5-exit-after-denial"
BROKEN = "APPRIGHTS_SOAK_BROKEN"
LATEST_SECONDS = 90.0
"""Of device time after the first start of the app: a check of this app is over some time later."""
SAID_AT_ONCE = 40
KILL_SECONDS = (0.5, 20.0)
"""Of the computer's time: when a process of a check is killed."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong in one unit: at ``layer`` device, process or told."""

    layer: str
    name: str
    words: tuple[str, ...] = ()
    lasts: float | None = None


CATALOGUE = tuple(Fault("device", kind.name, kind.words, kind.lasts) for kind in KINDS)
PROCESS = tuple(Fault("process", name) for name in ("killed", "stopped for ever"))
TOLD = tuple(Fault("told", name) for name in DEATHS)


def carry_out(tell: Tell, job: Job, phone: Phone) -> None:
    """A real check whose phone, or whose process, fails."""
    from device_farm.samples import in_process_device
    from tests.faults.disturbed import FaultyDevice

    told = json.loads(os.environ[BROKEN])[str(job.unit)]
    chance = Random(f"{told['seed']}/{job.unit}")
    if told["layer"] == "told":
        stub_unit(tell, job, phone)
        return
    if told["layer"] == "process":
        number = signal.SIGKILL if told["name"] == "killed" else signal.SIGSTOP
        timer = threading.Timer(chance.uniform(*KILL_SECONDS), os.kill, (os.getpid(), number))
        timer.daemon = True
        timer.start()
    else:
        kind = Kind(tuple(told["words"]), told["lasts"])
        after = round(chance.choice((0.1, chance.uniform(0.0, 10.0), chance.uniform(0.0, LATEST_SECONDS))), 2)
        in_process_device.InProcessDevice = lambda thread: FaultyDevice(thread, PACKAGE, kind, after)  # type: ignore[assignment,misc]
    unit_process.carry_out(tell, job, phone)


def soak(folder: Path, real: int, told: int, seed: int, jobs: int) -> Figures:
    """``real`` checks with faults, and ``told`` units that say what broken processes say."""
    began = time.monotonic()
    store = open_store(folder / FILE)
    units = _submit(store, real + told)
    faults = {unit: (CATALOGUE + PROCESS)[number % len(CATALOGUE + PROCESS)] for number, unit in enumerate(units[:real])}
    faults |= {unit: TOLD[number % len(TOLD)] for number, unit in enumerate(units[real:])}
    plan = Plan(seed, seconds=(0.0, 0.1), dies=99, log=str(folder / "deaths"))
    plan.set()
    os.environ[BROKEN] = json.dumps(
        {unit: {"layer": f.layer, "name": f.name, "words": f.words, "lasts": f.lasts, "seed": seed} for unit, f in faults.items()}
    )
    run_unit.carry_out, child_process._PRELOADED = carry_out, "tests.farm.soak.loaded"
    prepare()
    with ThreadPoolExecutor(jobs) as checks, ThreadPoolExecutor(SAID_AT_ONCE) as saying:
        begun = [(saying if faults[unit].layer == "told" else checks).submit(_one, store, unit, folder) for unit in units]
        ends = [future.result() for future in begun]
    wrong = _shown(store, faults)
    counts = Counter(f"{faults[unit].layer}: {ended.end}" for unit, ended in zip(units, ends, strict=True))
    store.close()
    figures = {
        "units": len(units),
        "kinds": len(set(faults.values())),
        "shown as passed or clear": len(wrong),
        **dict(sorted(counts.items())),
    }
    return Figures("faults", figures, wrong, time.monotonic() - began)


def _submit(store: Store, count: int) -> list[int]:
    apps = [AppFile(f"{number:064x}", str(APP), package=PACKAGE) for number in range(1, count + 1)]
    add_apps(store, apps, UnitPlan((5,)), "faults")
    with store.begin() as session:
        return list(session.scalars(select(Unit.id).order_by(Unit.id)))


def _one(store: Store, unit: int, folder: Path) -> Ended:
    """One try, written to the store as a desk does."""
    with store.begin() as session:
        attempt = begin(session, unit, device=None, worker="w", lease_seconds=LEASE)
        key = session.get_one(Unit, unit).key
    job = Job(unit, key, attempt.number, str(APP), (5,), folder / "runs", limit_seconds=120.0)
    ended = run_unit.run_unit(job, Phone(f"virtual-{unit}", virtual=Virtual()), stop=threading.Event())
    with store.begin() as session:
        finish(session, attempt, ended)
    return ended


def _shown(store: Store, faults: dict[int, Fault]) -> list[str]:
    """Every unit that is shown as if nothing had been."""
    wrong = []
    with store.begin() as session:
        for unit in session.scalars(select(Unit)):
            said = dict(session.execute(select(Result.rule, Result.outcome).where(Result.unit_id == unit.id)).tuples().all())
            fault = faults[unit.id]
            if said and said.get(RULE) not in ("violation", "suspected", "inconclusive"):
                wrong.append(f"unit {unit.id} ({fault.layer}, {fault.name}): {RULE} is {said.get(RULE)}")
            if unit.outcome in ("clear", "not_exercised") or (unit.state == UnitState.DONE and not said):
                wrong.append(f"unit {unit.id} ({fault.layer}, {fault.name}): {unit.state}, {unit.outcome}")
            if fault.layer == "told" and unit.state == UnitState.DONE:
                wrong.append(f"unit {unit.id} ({fault.name}): is done")
    return wrong
