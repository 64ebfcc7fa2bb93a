"""A desk whose coordinator is killed again and again, and whose sessions die; the same command goes on each time."""

import json
import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from device_farm.desk.coordinator import Coordinator
from device_farm.desk.executor import Executor, run_jobs
from device_farm.desk.next_unit import KnownPhone
from device_farm.execution.child_process import prepare
from device_farm.intake.add_apps import add_apps
from device_farm.store import FILE
from device_farm.store.database import Store, now, open_store
from device_farm.store.models import Attempt, Device, Unit
from device_farm.units.job import Phone
from device_farm.units.unit import ENDED, AppFile, End, UnitState
from device_farm.units.unit import Plan as UnitPlan
from tests.farm.soak.figures import Figures
from tests.farm.soak.killing import Victim
from tests.farm.soak.once import AGAIN_SECONDS, not_once, waits_until_given_up
from tests.farm.soak.stub import Plan
from tests.farm.soak.wrongs import wrongly_clear

KILL_UNITS, KILL_SECONDS = (1, 12), (0.0, 1.0)
"""A coordinator is killed so many units after it began, and some time more."""
MOST_SECONDS = 1800.0
"""A part that takes longer is not going to end."""


class StubShelf:
    """Phones that are always there and well."""

    def __init__(self, store: Store, count: int) -> None:
        with store.begin() as session:
            self._executors = [_slot(session, f"phone-{number}") for number in range(count)]

    def executors(self) -> Sequence[Executor]:
        return self._executors

    def may_take(self, session: Session, executor: Executor) -> bool:
        return True

    def on_trial(self, session: Session, executor: Executor) -> bool:
        return False

    def after(self, session: Session, executor: Executor, end: End) -> None:
        """Nothing to settle."""

    def prepare_phone(self, executor: Executor) -> bool:
        return True

    def close(self) -> None:
        """Nothing to end."""


def _slot(session: Session, address: str) -> Executor:
    row = session.scalar(select(Device).where(Device.host == "soak", Device.address == address))
    if row is None:
        at = now(session)
        row = Device(host="soak", address=address, serial=address, labels={"android": "13"}, facts={}, changed_at=at, seen_at=at)
        session.add(row)
        session.flush()
    return Executor(KnownPhone(row.id, row.labels), Phone(address, None, "soak"))


def session(folder: Path, phones: int, plan: Plan) -> None:
    """One coordinator, until nothing is left to do or it is killed."""
    plan.set()
    store = open_store(folder / FILE, create=False)
    (folder / "runs").mkdir(exist_ok=True)
    prepare()
    Coordinator(store, StubShelf(store, phones), run_jobs, folder / "runs", f"desk:{os.getpid()}", least_free_mb=0, rest_seconds=0.05).run()


def submit(folder: Path, units: int) -> Store:
    store = open_store(folder / FILE)
    apps = [AppFile(f"{number:064x}", f"/apps/{number}.apk", package=f"com.example.app{number}") for number in range(1, units + 1)]
    add_apps(store, apps, UnitPlan((5,)), "soak")
    return store


def kills(folder: Path, units: int, phones: int, seed: int) -> Figures:
    """A night whose coordinator is killed at random moments."""
    chance, began = Random(seed), time.monotonic()
    store, victim = submit(folder, units), Victim(session, (folder, phones, Plan(seed)), folder / "log")
    with ExitStack() as stack:
        stack.callback(store.close)
        stack.callback(victim.end)
        _until_ended(store, victim, chance)
        waits = waits_until_given_up(store, _broken_off(store, victim.kills))
        wrong = [*not_once(store, units), *wrongly_clear(store)]
        wrong += [f"given up after {wait:.1f} s" for wait in waits if wait > AGAIN_SECONDS]
        tries = _tries(store)
    figures = {"units": units, "phones": phones, "kills": len(victim.kills), "tries": tries, "broken off": len(waits)}
    return Figures("desk", {**figures, "longest wait": round(max(waits, default=0.0), 2)}, wrong, time.monotonic() - began)


def deaths(folder: Path, count: int, phones: int, seed: int) -> Figures:
    """Sessions that die under their coordinator, each in one of seven manners; the next try goes well."""
    began, log = time.monotonic(), folder / "deaths"
    plan = replace(Plan(seed), seconds=(0.0, 0.2), dies=1, log=str(log))
    store, victim = submit(folder, count), Victim(session, (folder, phones, plan), folder / "log")
    with ExitStack() as stack:
        stack.callback(store.close)
        stack.callback(victim.end)
        _until_ended(store, victim, None)
        wrong = [*not_once(store, count), *wrongly_clear(store)]
        died = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
        with store.begin() as opened:
            ends = {
                (unit, number): ended
                for unit, number, ended in opened.execute(select(Attempt.unit_id, Attempt.number, Attempt.ended_at)).tuples()
            }
        busy = [ended.timestamp() - each["at"] for each in died if (ended := ends.get((each["unit"], each["try"]))) is not None]
    wrong += [f"a phone was busy for {seconds:.1f} s after its session died" for seconds in busy if seconds > AGAIN_SECONDS]
    if not len(died) == len(busy) == count:
        wrong.append(f"{len(died)} sessions died of {count}, {len(busy)} ended")
    figures = {"deaths": len(died), "busy after 60 s": sum(seconds > AGAIN_SECONDS for seconds in busy)}
    return Figures("deaths", {**figures, "longest busy": round(max(busy, default=0.0), 2)}, wrong, time.monotonic() - began)


def _broken_off(store: Store, kills: Sequence[float]) -> dict[tuple[int, int], float]:
    """When each try that was lost was broken off: the coordinator that had it was killed then."""
    with store.begin() as opened:
        found = select(Attempt.unit_id, Attempt.number, Attempt.started_at).where(Attempt.end.in_((End.LOST, End.SUPERSEDED)))
        tries = opened.execute(found).tuples().all()
    return {(unit, number): next(at for at in kills if at >= started.timestamp()) for unit, number, started in tries}


def _until_ended(store: Store, victim: Victim, chance: Random | None) -> None:
    """Let it run until every unit has an end; with ``chance`` kill it now and then, and start it again."""
    next_kill, enough, until = float("inf"), 0, time.monotonic() + MOST_SECONDS
    while time.monotonic() < until:
        if not victim.runs:
            with store.begin() as opened:
                if not opened.scalar(select(func.count()).select_from(Unit).where(Unit.state.not_in(ENDED))):
                    return
            victim.start()
            next_kill, enough = float("inf"), _done(store) + (chance.randint(*KILL_UNITS) if chance is not None else 0)
        if chance is not None and next_kill == float("inf") and _done(store) >= enough:
            next_kill = time.monotonic() + chance.uniform(*KILL_SECONDS)
        if time.monotonic() >= next_kill:
            victim.kill(group=chance is None or chance.random() < 0.5)
        time.sleep(0.05)


def _done(store: Store) -> int:
    with store.begin() as opened:
        return opened.scalar(select(func.count()).select_from(Unit).where(Unit.state == UnitState.DONE)) or 0


def _tries(store: Store) -> int:
    with store.begin() as opened:
        return opened.scalar(select(func.count()).select_from(Attempt)) or 0
