"""A desk without phones or processes: what would be carried out is told by a table."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from device_farm.desk.coordinator import Coordinator
from device_farm.desk.executor import Executor
from device_farm.desk.next_unit import KnownPhone
from device_farm.intake.add_apps import add_apps
from device_farm.store.database import Store, now
from device_farm.store.models import Device, FindingRow, Result
from device_farm.store.transitions import Ended
from device_farm.units.job import Job, Phone
from device_farm.units.unit import AppFile, End, Plan
from harness.language import Text
from tests.farm.new_store import new_store

VIOLATION = "c5-exit-after-denial"


class FakeShelf:
    """Phones that are always well, but for what a test says."""

    def __init__(self, store: Store, count: int, labels: dict[str, str] | None = None) -> None:
        self.ends: list[tuple[int, End]] = []
        self.sick: set[int] = set()
        self.closed = False
        with store.begin() as session:
            rows = [_device(session, f"phone-{number}", labels or {"android": "13"}) for number in range(count)]
            self._executors = [Executor(KnownPhone(row.id, row.labels), Phone(row.address)) for row in rows]

    def executors(self) -> Sequence[Executor]:
        return self._executors

    def may_take(self, session: Session, executor: Executor) -> bool:
        return executor.known.device not in self.sick

    def on_trial(self, session: Session, executor: Executor) -> bool:
        return False

    def after(self, session: Session, executor: Executor, end: End) -> None:
        self.ends.append((executor.known.device, end))

    def prepare_phone(self, executor: Executor) -> bool:
        return True

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeWork:
    """Each job ends as ``end`` says of it; ``hold`` keeps the work going until it is set."""

    end: Callable[[Job, Phone], Ended]
    hold: threading.Event | None = None
    began: list[tuple[int, int, str]] = field(default_factory=list)
    most: int = 0
    _at_work: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(
        self,
        jobs: Sequence[Job],
        phone: Phone,
        *,
        stop: threading.Event,
        progress: Callable[[Text], None],
        recording: Callable[[Job, str], None],
    ) -> Iterator[tuple[Job, Ended]]:
        for job in jobs:
            with self._lock:
                self.began.append((job.unit, job.number, phone.address))
                self._at_work += 1
                self.most = max(self.most, self._at_work)
            recording(job, f"runs/{job.unit}-{job.number}")
            progress(Text("first launch"))
            while self.hold is not None and not self.hold.wait(0.01):
                if stop.is_set():
                    break
            with self._lock:
                self._at_work -= 1
            yield job, Ended(End.STOPPED, Text("stopped")) if stop.is_set() else self.end(job, phone)


def judged(*outcomes: str, seconds: float = 1.0) -> Ended:
    """A try that was judged."""
    results = tuple(Result(rule=f"c5-{n}", clause="5", outcome=each, reason_zh="", reason_en="") for n, each in enumerate(outcomes))
    findings = tuple(
        FindingRow(rule=VIOLATION, clause="5", outcome=each, part="CAMERA", key=f"{n:012d}", reason_zh="", reason_en="")
        for n, each in enumerate(outcomes)
        if each == "violation"
    )
    return Ended(End.DONE, run="runs/x", results=results, findings=findings, seconds=seconds)


def fault(end: End) -> Ended:
    """A try that came to nothing."""
    return Ended(end, Text(end.value))


def desk(tmp_path: Path, units: int = 3, *, plan: Plan | None = None) -> Store:
    """A store with so many units."""
    store = new_store(tmp_path / "farm.sqlite")
    add_apps(store, [app(number) for number in range(units)], plan or Plan((5,)), "night")
    return store


def app(number: int) -> AppFile:
    return AppFile(f"{number:064x}", f"/apps/{number}.apk", package=f"com.example.app{number}", label=f"应用{number}")


def coordinator(store: Store, pool: FakeShelf, work: FakeWork, tmp_path: Path, **more: object) -> Coordinator:
    return Coordinator(store, pool, work, tmp_path, "desk:1", least_free_mb=0, **more)  # type: ignore[arg-type]


def _device(session: Session, address: str, labels: dict[str, str]) -> Device:
    at = now(session)
    row = Device(host="desk", address=address, serial=address, labels=labels, facts={}, changed_at=at, seen_at=at)
    session.add(row)
    session.flush()
    return row
