"""A farm of hosts on PostgreSQL whose workers, hosts, server and database are killed at random while it works."""

import json
import os
import signal
import sys
import threading
import time
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.dispatch.agent import Agent
from device_farm.dispatch.embedded_postgres import Embedded
from device_farm.dispatch.engine import Intervals
from device_farm.dispatch.farm_scheduler import FarmScheduler
from device_farm.dispatch.phone_worker_process import Settings
from device_farm.dispatch.procrastinate_engine import Procrastinate
from device_farm.intake.add_apps import add_apps
from device_farm.store.database import Store, StoreError, open_store
from device_farm.store.models import Artifact, Attempt, Unit
from device_farm.units.job import Virtual
from device_farm.units.unit import ENDED, AppFile, End, UnitState
from device_farm.units.unit import Plan as UnitPlan
from tests.farm.any_disk import AnyDisk
from tests.farm.soak.adb_host import AdbHost
from tests.farm.soak.figures import Figures
from tests.farm.soak.killing import Victim
from tests.farm.soak.once import AGAIN_SECONDS, not_once, waits_until_given_up
from tests.farm.soak.page import Page, there_is_one
from tests.farm.soak.stub import PLAN, Plan
from tests.farm.soak.wrongs import wrongly_clear

WORKER = "tests.farm.soak.farm_worker"
HOSTS = 3
KILL_SECONDS = (3.0, 10.0)
DATABASE_DOWN_SECONDS = (0.5, 4.0)
MOST_SECONDS = 1800.0
KINDS = ("worker", "worker", "host", "database", "server")
ADB_KINDS = ("adb server", "phone", "phone")
ADB_PHONES = 3
"""So many of the phones are behind an adb server; the others come and go with each unit."""


def host(url: str, folder: Path, name: str, phones: int, words: str, plan: str, adb_port: int | None) -> None:
    """A computer of the farm with its phones, until it is killed; with ``adb_port`` those of an adb server."""
    os.environ[PLAN] = plan
    store = open_store(url, create=False)
    place = str(folder / "artifacts")
    settings = Settings(
        database=url, artifacts=place, device=0, host=name, address="", folder=str(folder / name), intervals=words, adb_port=adb_port
    )
    agent = Agent(store, settings, pace_of(words), adb=adb_port is not None, virtual=[Virtual()] * phones, module=WORKER, told=logged)
    agent.run(threading.Event(), threading.Event())


def serve(url: str, folder: Path, words: str) -> None:
    """A server of the farm; of two one leads."""
    store = open_store(url, create=False)
    told = FarmScheduler(store, Procrastinate(url), AnyDisk(folder / "artifacts"), pace_of(words), told=logged)
    told.run(threading.Event())


def logged(line: str) -> None:
    sys.stderr.write(line + "\n")


def pace_of(words: str) -> Intervals:
    """As it goes through pipes."""
    return replace(Intervals(), **{name: float(value) for name, _sign, value in (word.partition("=") for word in words.split(","))})


def descendants(pid: int) -> list[int]:
    """All processes that came from one, itself first."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return found


def kill_all(victim: Victim) -> list[int]:
    """A computer goes off: each of its processes at once; which they were."""
    if not victim.runs:
        return []
    processes = descendants(victim.pid)
    victim.kill()
    for pid in processes[1:]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return processes


class Farm:
    """A database, two servers and some hosts; each can be killed, and is started again."""

    def __init__(self, folder: Path, phones: int, plan: Plan, intervals: Intervals, *, adb_phones: int = 0) -> None:
        self.folder, self.kills, self.dead = folder, list[str](), dict[int, float]()
        self.outages = list[tuple[float, float]]()
        self.grace = intervals.grace
        self.database = Embedded(folder / "postgres")
        self.url = self.database.start()
        self.store = open_store(self.url)
        with self.store.begin() as session:
            Procrastinate(self.url).install(session)
        words, told = intervals.words(), json.dumps({**plan_dict(plan)})
        self.adb = AdbHost(folder, adb_phones)
        self.servers = [Victim(serve, (self.url, folder, words), folder / f"serve-{number}.log") for number in range(2)]
        phones -= adb_phones
        shares = [phones // HOSTS + (number < phones % HOSTS) for number in range(HOSTS)]
        self.hosts = [
            Victim(host, (self.url, folder, f"host-{number}", share, words, told, None), folder / f"host-{number}.log")
            for number, share in enumerate(shares)
        ]
        if adb_phones:
            given = (self.url, folder, "host-adb", 0, words, told, self.adb.port)
            self.hosts.append(Victim(host, given, folder / "host-adb.log"))

    def start(self) -> None:
        if self.adb.phones:
            self.adb.start()
        for victim in (*self.servers, *self.hosts):
            if not victim.runs:
                victim.start()

    def strike(self, kind: str, chance: Random) -> None:
        at, dead = time.time(), list[int]()
        if kind == "worker":
            workers = [pid for each in self.hosts if each.runs for pid in descendants(each.pid)[1:] if _is_worker(pid)]
            if not workers:
                return
            dead = [chance.choice(workers)]
            os.kill(dead[0], signal.SIGKILL)
        elif kind == "host":
            dead = kill_all(chance.choice(self.hosts))
        elif kind == "adb server":
            self.adb.kill_server()
        elif kind == "phone":
            self.adb.kill_phone(chance)
        elif kind == "server":
            kill_all(chance.choice(self.servers))
        else:
            assert self.database.pid is not None
            os.kill(self.database.pid, signal.SIGKILL)
            time.sleep(chance.uniform(*DATABASE_DOWN_SECONDS))
            self.database.start()
            self.store.engine.dispose()
            self.outages.append((at, time.time() + self.grace))
        self.kills.append(kind)
        self.dead |= dict.fromkeys(dead, at)

    def close(self) -> None:
        for victim in (*self.servers, *self.hosts):
            kill_all(victim)
            victim.end()
        self.adb.close()
        self.store.close()
        self.database.stop()


def plan_dict(plan: Plan) -> dict[str, object]:
    return {name: getattr(plan, name) for name in plan.__dataclass_fields__}


def _is_worker(pid: int) -> bool:
    with suppress(OSError):
        return WORKER.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def submit(store: Store, folder: Path, units: int) -> None:
    """So many units, each of an app of its own."""
    import hashlib

    (folder / "apps").mkdir()
    apps = []
    for number in range(units):
        file = folder / "apps" / f"{number}.py"
        file.write_text(f"# {number}\n", "utf-8")
        apps.append(AppFile(hashlib.sha256(file.read_bytes()).hexdigest(), str(file), package=f"com.example.app{number}"))
    add_apps(store, apps, UnitPlan((5,)), "soak")


def kills(folder: Path, units: int, phones: int, seed: int) -> Figures:
    """A night of so many units on so many phones in which something is killed every few seconds."""
    folder.chmod(0o755)
    chance, began = Random(seed), time.monotonic()
    adb_phones = ADB_PHONES if phones > ADB_PHONES + HOSTS else 0
    farm = Farm(folder, phones, Plan(seed, seconds=(1.0, 12.0), log=str(folder / "begun")), Intervals(), adb_phones=adb_phones)
    with ExitStack() as stack:
        stack.callback(farm.close)
        submit(farm.store, folder, units)
        page = Page(farm.url, folder) if there_is_one() else None
        farm.start()
        _until_ended(farm, chance)
        waits = waits_until_given_up(farm.store, _deaths(farm), farm.outages)
        wrong = [*not_once(farm.store, units), *wrongly_clear(farm.store), *_not_stored(farm)]
        wrong += page.close() if page is not None else []
        wrong += [f"given up after {wait:.1f} s" for wait in waits if wait > AGAIN_SECONDS]
        with farm.store.begin() as session:
            tries = session.scalar(select(func.count()).select_from(Attempt)) or 0
    told = {f"kills of a {kind}": farm.kills.count(kind) for kind in dict.fromkeys((*KINDS, *ADB_KINDS))}
    told |= {f"page {status}": count for status, count in page.answers.items()} if page is not None else {}
    figures = {"units": units, "phones": phones, **told, "tries": tries, "broken off": len(waits)}
    return Figures("farm", {**figures, "longest wait": round(max(waits, default=0.0), 1)}, wrong, time.monotonic() - began)


def _deaths(farm: Farm) -> dict[tuple[int, int], float]:
    """When the process of which try was killed."""
    begun = [json.loads(line) for line in (farm.folder / "begun").read_text("utf-8").splitlines()]
    return {(each["unit"], each["try"]): farm.dead[each["pid"]] for each in begun if each["pid"] in farm.dead}


def _until_ended(farm: Farm, chance: Random) -> None:
    until, next_kill, began = time.monotonic() + MOST_SECONDS, float("inf"), False
    while time.monotonic() < until:
        farm.start()
        with suppress(StoreError), farm.store.begin() as session:
            if not session.scalar(select(func.count()).select_from(Unit).where(Unit.state.not_in(ENDED))):
                return
            if not began and session.scalar(select(func.count()).select_from(Unit).where(Unit.state == UnitState.DONE)):
                began, next_kill = True, time.monotonic() + chance.uniform(*KILL_SECONDS)
        if time.monotonic() >= next_kill:
            farm.strike(chance.choice((*KINDS, *(ADB_KINDS if farm.adb.phones else ()))), chance)
            next_kill = time.monotonic() + chance.uniform(*KILL_SECONDS)
        time.sleep(0.2)


def _not_stored(farm: Farm) -> list[str]:
    """Artifacts that a try that counts names and the store does not have whole."""
    artifacts = Artifacts(farm.folder / "artifacts")
    with farm.store.begin() as session:
        named = set(
            session.scalars(select(Artifact.sha256).join(Attempt, Attempt.id == Artifact.attempt_id).where(Attempt.end == End.DONE))
        )
    return [f"{sha256} is lost" for sha256 in named if not artifacts.check(sha256)] + ([] if named else ["nothing was stored"])
