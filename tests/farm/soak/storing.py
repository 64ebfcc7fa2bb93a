"""100,000 artifacts, stored by processes that are killed meanwhile: none is lost that a try names.

Each takes units of the store, writes the files of a unit, stores them and names them in the transaction that ends the
try, as the farm does.
"""

import hashlib
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.store import FILE
from device_farm.store.database import Store, open_store
from device_farm.store.models import Artifact, Attempt, Unit
from device_farm.store.transitions import Ended, begin, expire, finish
from device_farm.units.unit import End, UnitState
from tests.farm.soak.figures import Figures
from tests.farm.soak.killing import Victim
from tests.farm.soak.once import not_once
from tests.farm.store.made import LEASE, add_unit, result

A_UNIT = 20
"""Files of a run that is not packed: some it has in common with others, as each run has its rules."""
WORKERS = 4
KILL_SECONDS = (0.3, 4.0)
OPEN = (UnitState.WAITING, UnitState.QUEUED)


def content(unit: int, number: int) -> bytes:
    """What a file of a unit holds; the first is the same in all."""
    what = "all" if number == 0 else f"{unit} {number}"
    return hashlib.sha256(what.encode()).digest() * (1 + (unit * 31 + number * 7) % 60)


def store_one(store: Store, artifacts: Artifacts, folder: Path, name: str) -> bool:
    """One unit; False where none is left that nobody has."""
    with store.begin() as session:
        unit = session.scalar(select(Unit.id).where(Unit.state.in_(OPEN)).order_by(Unit.id).limit(1))
        attempt = begin(session, unit, device=None, worker=name, lease_seconds=LEASE) if unit is not None else None
    if unit is None or attempt is None:
        return unit is not None
    rows = []
    for number in range(A_UNIT):
        path = folder / f"{name}-{number}"
        path.write_bytes(content(unit, number))
        rows.append(Artifact(path=f"raw/{number}", sha256=artifacts.put(path), size=path.stat().st_size))
    with store.begin() as session:
        finish(session, attempt, Ended(End.DONE, run="artifact", results=(result(),), artifacts=tuple(rows)))
    return True


def missing(store: Store, artifacts: Artifacts) -> tuple[int, list[str]]:
    """How many artifacts the tries that count name, and what is wrong with them; each is read whole once."""
    wrong, named = [], 0
    seen: dict[str, bool] = {}
    with store.begin() as session:
        rows = select(Artifact.sha256, Artifact.size, Attempt.unit_id, Artifact.path).join(Attempt, Attempt.id == Artifact.attempt_id)
        for sha256, size, unit, path in session.execute(rows.where(Attempt.end == End.DONE)):
            named += 1
            data = content(unit, int(path.rpartition("/")[2]))
            if hashlib.sha256(data).hexdigest() != sha256 or len(data) != size:
                wrong.append(f"unit {unit} {path}: named wrongly")
            if sha256 not in seen:
                seen[sha256] = artifacts.check(sha256)
            if not seen[sha256]:
                wrong.append(f"unit {unit} {path}: {sha256} is lost")
    return named, wrong


def soak(folder: Path, count: int, seed: int) -> Figures:
    """Store ``count`` artifacts with kills, and check them."""
    chance, began = Random(seed), time.monotonic()
    (folder / "made").mkdir()
    store, artifacts = open_store(folder / FILE), Artifacts(folder / "artifacts")
    units = -(-count // A_UNIT)
    with store.begin() as session:
        for number in range(units):
            add_unit(session, f"u{number}")
    with ExitStack() as stack:
        victims = []
        for number in range(WORKERS):
            victim = Victim(work, (folder, f"w{number}"), folder / "log")
            stack.callback(victim.end)
            victims.append(victim)
        _until_done(store, victims, chance)
    kills = sum(len(victim.kills) for victim in victims)
    named, wrong = missing(store, artifacts)
    wrong += not_once(store, units)
    if named != units * A_UNIT:
        wrong.append(f"{named} artifacts are named, of {units * A_UNIT}")
    store.close()
    return Figures("artifacts", {"artifacts": named, "kills": kills, "lost": len(wrong)}, wrong, time.monotonic() - began)


def _until_done(store: Store, victims: list[Victim], chance: Random) -> None:
    """Kill one now and then, give up what it had, and start it again, until nothing is left to do."""
    next_kill = time.monotonic() + chance.uniform(*KILL_SECONDS)
    while True:
        for victim in victims:
            if not victim.runs:
                with store.begin() as session:
                    expire(session, worker=victim.arguments[-1])
                    left = session.scalar(select(func.count()).where(Unit.state != UnitState.DONE))
                if not left:
                    return
                victim.start()
        if time.monotonic() >= next_kill:
            chance.choice(victims).kill()
            next_kill = time.monotonic() + chance.uniform(*KILL_SECONDS)
        time.sleep(0.02)


def work(folder: Path, name: str) -> None:
    """Be one of those that are killed."""
    store, artifacts = open_store(folder / FILE, create=False), Artifacts(folder / "artifacts")
    while store_one(store, artifacts, folder / "made", name):
        pass
