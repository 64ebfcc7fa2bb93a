"""A farm for tests: a store in PostgreSQL, phones, workers that are processes, and a server in a thread."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.dispatch.engine import Intervals
from device_farm.dispatch.farm_scheduler import FarmScheduler
from device_farm.dispatch.phone_worker_process import Settings
from device_farm.dispatch.procrastinate_engine import Procrastinate
from device_farm.store.database import Store, now, open_store
from device_farm.store.models import App, Attempt, Campaign, Device, Result, Unit
from device_farm.units.unit import End, UnitState
from tests.farm.any_disk import AnyDisk
from tests.farm.store.made import digest

ROOT = Path(__file__).parents[3]
QUICK = Intervals(lease=3, renew=0.5, heartbeat=0.5, stalled=3, feed=0.1, reap=0.3, grace=1, poll=2, rest=0.2, host=0.5, host_gone=5)
PATIENT = replace(QUICK, lease=60, stalled=60)
"""Where nobody dies: who is only held up by a busy computer loses nothing."""
PATIENCE = 240.0


def until(condition: Callable[[], bool], what: str, seconds: float = PATIENCE, *, pause: float = 0.05) -> float:
    """Wait for a condition; how long it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"{what}: not within {seconds} s"
        threading.Event().wait(pause)
    return time.monotonic() - began


def processor_seconds(pid: int, *, ended: bool = False) -> float:
    """What a process took until now, in it and for it, also with its children that ``ended`` (proc(5), utime on)."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11 : 15 if ended else 13])) / float(os.sysconf("SC_CLK_TCK"))


def children(pid: int) -> list[int]:
    """The processes that one started, as far as they live."""
    return [int(word) for file in Path(f"/proc/{pid}/task").glob("*/children") for word in file.read_text("utf-8").split()]


@dataclass(slots=True)
class Shelf:
    url: str
    folder: Path
    store: Store
    intervals: Intervals = QUICK
    engine: Procrastinate = field(init=False)
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.engine = Procrastinate(self.url)
        with self.store.begin() as session:
            self.engine.install(session)

    @property
    def artifacts(self) -> Artifacts:
        return AnyDisk(self.folder / "artifacts")

    @property
    def log(self) -> list[dict[str, Any]]:
        """What fake work wrote."""
        path = self.folder / "log"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []

    def add_phone(self, address: str, **labels: str) -> int:
        with self.store.begin() as session:
            at = now(session)
            phone = Device(host="desk", address=address, labels=labels, facts={}, changed_at=at, seen_at=at)
            session.add(phone)
            session.flush()
            return phone.id

    def add_units(self, count: int, *, campaign: str = "tonight", **values: Any) -> list[int]:
        """Units that wait."""
        with self.store.begin() as session:
            at = now(session)
            row = session.scalars(select(Campaign).where(Campaign.name == campaign)).first() or Campaign(name=campaign, created_at=at)
            session.add(row)
            session.flush()
            first = session.scalars(select(func.count()).select_from(App)).one()
            return [self._unit(session, row, f"app{first + each}", at, values) for each in range(count)]

    def _unit(self, session: Session, campaign: Campaign, name: str, at: Any, values: Mapping[str, Any]) -> int:
        file = self.folder / f"{name}.py"
        file.write_text(name, "utf-8")
        app = App(sha256=digest(name), place=str(file), package=f"com.example.{name}", first_seen_at=at)
        session.add(app)
        session.flush()
        row = {"kind": "single", "clauses": [5], "options": {}, "requirement": "any"} | dict(values)
        unit = Unit(key=digest(f"unit {name}"), campaign_id=campaign.id, app_id=app.id, submitted_at=at, changed_at=at, **row)
        session.add(unit)
        session.flush()
        return unit.id

    def start_worker(
        self,
        device: int,
        *,
        seconds: float = 0.0,
        sick: str = "",
        end: End = End.DEVICE_FAULT,
        rules: int = 1,
        module: str = "tests.farm.dispatch.fake_worker",
    ) -> subprocess.Popen[str]:
        """A process that is the worker of a phone."""
        with self.store.begin() as session:
            address = session.get_one(Device, device).address
        settings = Settings(
            database=self.url,
            artifacts=str(self.folder / "artifacts"),
            device=device,
            host="desk",
            address=address,
            folder=str(self.folder / "work"),
            intervals=self.intervals.words(),
            virtual=True,
        )
        given = {
            "FAKE_LOG": str(self.folder / "log"),
            "FAKE_SECONDS": str(seconds),
            "FAKE_SICK": sick,
            "FAKE_END": end.value,
            "FAKE_RULES": str(rules),
        }
        with (self.folder / f"{address}.out").open("a") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=out, stderr=out, text=True, cwd=ROOT, env=os.environ | given
            )
        process.stdin.write(settings.line())
        process.stdin.flush()
        self.workers.append(process)
        return process

    @contextmanager
    def serving(self, **options: Any) -> Iterator[list[str]]:
        """A server; what it says."""
        stop, said = threading.Event(), list[str]()
        store = open_store(self.url, create=False)
        server = FarmScheduler(store, Procrastinate(self.url), self.artifacts, self.intervals, told=said.append, **options)
        thread = threading.Thread(target=server.run, args=(stop,), daemon=True)
        thread.start()
        try:
            yield said
        finally:
            stop.set()
            thread.join()
            store.close()

    def states(self) -> dict[int, str]:
        with self.store.begin() as session:
            return dict(session.execute(select(Unit.id, Unit.state)).all())

    def ended(self) -> bool:
        return set(self.states().values()) == {UnitState.DONE.value}

    def tries(self, unit: int) -> list[tuple[int, str | None, int | None]]:
        """The tries of a unit: number, end, phone."""
        with self.store.begin() as session:
            found = select(Attempt.number, Attempt.end, Attempt.device_id).where(Attempt.unit_id == unit).order_by(Attempt.number)
            return [(number, end, device) for number, end, device in session.execute(found)]

    def need_each_once(self, units: list[int]) -> None:
        """Every unit has the results of one try, and no unit those of two."""
        with self.store.begin() as session:
            counted = dict(session.execute(select(Result.unit_id, func.count()).group_by(Result.unit_id)).all())
            answers = select(Attempt.unit_id, func.count()).where(Attempt.end == "done").group_by(Attempt.unit_id)
            done = dict(session.execute(answers).all())
        assert counted == dict.fromkeys(units, 1)
        assert done == dict.fromkeys(units, 1)

    def close(self) -> None:
        for process in self.workers:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stdin.close()
        self.store.close()


@contextmanager
def shelf(url: str, folder: Path, intervals: Intervals = QUICK) -> Iterator[Shelf]:
    made = Shelf(url, folder, open_store(url), intervals)
    try:
        yield made
    finally:
        made.close()
