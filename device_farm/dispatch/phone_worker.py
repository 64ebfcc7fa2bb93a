"""A worker has one phone and carries out one unit after the other on it; each is begun, kept, stored and ended here.

The order is what makes it safe: a try is begun before the phone is touched, its lease is renewed by the store's clock
while it runs, what it recorded is stored and read back before the transaction that ends it, and that transaction writes
only if the try is still the newest. Whoever was taken for dead and comes back stops, and nothing of it counts.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.artifacts.artifact_store import Artifacts
from device_farm.desk.executor import JobRunner
from device_farm.dispatch.artifact_transfers import AppUnavailable, download_app, upload_run
from device_farm.dispatch.claims import Claim, ClaimedAttempt, Outdated, claim_units, least_urgent
from device_farm.dispatch.command_environment import LONG_SECONDS, StoreAvailability
from device_farm.dispatch.engine import Intervals, own_queue, queue_name
from device_farm.dispatch.leases import LeaseRenewal, PhoneLock
from device_farm.dispatch.phone_snapshots import phone_snapshots
from device_farm.execution.incompatible import placed
from device_farm.execution.run_unit import seal_interrupted
from device_farm.phones.health import Health
from device_farm.phones.phone_transitions import after, may_take, on_trial
from device_farm.phones.state_names import PhoneState
from device_farm.store.database import Store, StoreError
from device_farm.store.models import Attempt, Device
from device_farm.store.transitions import Ended, expire, finish, note_run, unqueue
from device_farm.units.job import Phone
from device_farm.units.unit import INCOMPATIBLE, End, queues
from harness.language import Text, _, said

if TYPE_CHECKING:
    from device_farm.dispatch.procrastinate_engine import Procrastinate

LOOKED_SECONDS = 60.0
"""A look at a phone that is older is taken again before a unit is begun [PROJECT]."""
T = TypeVar("T")


@dataclass(slots=True)
class PhoneWorker:
    """The worker of a phone, until ``leave`` is set: it ends what it has; ``stop`` breaks that off, too."""

    store: Store
    engine: Procrastinate
    artifacts: Artifacts
    device: int
    phone: Phone
    hold: PhoneLock
    folder: Path
    intervals: Intervals
    work: JobRunner
    told: Callable[[str], None] = lambda line: None
    leave: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)
    outdated: bool = False
    """A unit came from a newer version: this program must be brought up to date."""
    _name: str = ""
    _looked: float = float("-inf")
    _last_told: str = ""
    _unsealed: bool = True
    """Tries of a worker that had the phone before us may have left records that are not sealed."""
    _availability: StoreAvailability = field(init=False)

    def __post_init__(self) -> None:
        """The agent of the host speaks of an outage at once."""
        self._availability = StoreAvailability(self.told, LONG_SECONDS)

    def run(self) -> None:
        """Work, wait while the phone may not or the store does not answer, and go on."""
        self._name = f"{self.phone.host}/{self.phone.address}"
        try:
            while not (self.leave.is_set() or self.outdated):
                try:
                    worked = self._turn()
                    self._availability.back()
                except StoreError as error:
                    self._availability.away(error)
                    worked = False
                if not worked:
                    self.leave.wait(self.intervals.rest)
        finally:
            self.hold.release()

    def _turn(self) -> bool:
        """Take units as long as the phone may; False where it may not now."""
        if not self.hold.take():
            self._tell(said(_("another worker has it: two on one computer need names of their own (--name)")))
            return False
        with self.store.begin() as session:
            expire(session, worker=self._name)  # of a worker that had the phone before us, and is gone
            labels = session.get_one(Device, self.device).labels
            fit = may_take(session, self.device)
            trial = fit and on_trial(session, self.device)
        self._seal()
        if not fit or not self._fit():
            return False
        self._last_told = ""
        names = [*(queue_name(each) for each in queues(labels)), own_queue(self.device)]
        if trial:
            return self._prove(labels)
        self.engine.work(names, self.carry_out, stop=self.leave, intervals=self.intervals)
        return True

    def _prove(self, labels: dict[str, str]) -> bool:
        """A phone on trial gets what can wait."""
        with self.store.begin() as session:
            unit = least_urgent(session, labels)
        if unit is not None:
            self.carry_out(unit)
        return unit is not None

    def _fit(self) -> bool:
        """Look at the phone, where that was not done just now; False, and it is written down, where it is not fit."""
        if time.monotonic() - self._looked < LOOKED_SECONDS:
            return True
        health = self._health()
        self._looked = time.monotonic()
        if health is None or health.ok:
            return True
        self._settle(None, health)
        return False

    def _health(self, packages: Sequence[str] = ()) -> Health | None:
        """How the phone is once these apps are gone; None for a virtual one, which comes and goes with each unit."""
        from device_farm.phones.cleaning import cleaned_and_examined  # with OpenCV

        return None if self.phone.virtual is not None else cleaned_and_examined(self.phone, packages)

    def _settle(self, end: End | None, health: Health) -> None:
        self._looked = float("-inf")
        with self.store.begin() as session:
            after(session, self.device, end, health)

    def carry_out(self, unit: int) -> bool:
        """Carry out a unit, and whatever shares its night; False where this phone may take nothing more now.

        Called in a thread of the engine. Nothing is raised but StoreError before something was begun.
        """
        if self.leave.is_set() or not self._fit():
            self._put_back(unit)
            return False
        try:
            with self.store.begin() as session:
                lease, runs = self.intervals.lease, self.folder / "runs"
                begun = claim_units(session, unit, device=self.device, worker=self._name, lease_seconds=lease, runs=runs)
        except StoreError as error:
            self._availability.away(error)
            return False  # the job is lost to the engine, not to the store: it waits for whoever looks after it
        if isinstance(begun, Outdated):
            self.outdated = True
            self._tell(said(begun.reason))
            return False
        if not begun.tries:
            return begun.go_on
        return self._carried_out(begun)

    def _seal(self) -> None:
        """Seal what tries before us left, until nothing is left to seal."""
        if self._unsealed:
            with suppress(StoreError):
                self._unsealed = seal_interrupted(self.store, device=self.device, host=self.phone.host)

    def _put_back(self, unit: int) -> None:
        try:
            with self.store.begin() as session:
                unqueue(session, [unit])
        except StoreError as error:
            self._availability.away(error)

    def _carried_out(self, begun: Claim) -> bool:
        stop, open_tries = threading.Event(), {taken.job.unit: taken for taken in begun.tries}
        watched = threading.Thread(target=self._pass_on, args=(stop,), name="stop", daemon=True)
        watched.start()
        try:
            with LeaseRenewal(self.store, [taken.attempt.id for taken in begun.tries], self.intervals, hold=self.hold, stop=stop) as leases:
                packages, well = sorted({taken.package for taken in begun.tries if taken.package}), False
                for unit, ended in self._work(begun, stop):
                    taken = open_tries.pop(unit)
                    well = self._end(taken, upload_run(ended, self.artifacts), clean=None if open_tries else packages)
                    leases.ended(taken.attempt.id)
                for taken in open_tries.values():
                    well = self._end(taken, Ended(End.HOST_FAULT, _("nothing was heard of it")), clean=packages)
        finally:
            stop.set()
            watched.join()
        self._seal()  # whoever still recorded then let go of the phone before us
        return well and not self.leave.is_set()

    def _pass_on(self, stop: threading.Event) -> None:
        """Break off what runs when the whole worker is to stop."""
        while not stop.wait(0.2):
            if self.stop.is_set():
                stop.set()

    def _work(self, begun: Claim, stop: threading.Event) -> Iterator[tuple[int, Ended]]:
        """Each unit with its end; one whose app cannot be had here is a fault of the host."""
        jobs, attempts = [], {taken.job.unit: taken.attempt.id for taken in begun.tries}
        for taken in begun.tries:
            try:
                app = download_app(taken.job.app, taken.sha256, self.folder / "apps", self.artifacts)
            except AppUnavailable as error:
                yield taken.job.unit, Ended(End.HOST_FAULT, Text("{reason}", {"reason": error}))
            else:
                jobs.append(replace(taken.job, app=str(app)))
        if not jobs:
            return
        done = self.work(
            jobs, self.phone, stop=stop, progress=lambda text: None, recording=lambda job, run: self._recording(attempts[job.unit], run)
        )
        for job, ended in done:
            yield job.unit, ended

    def _recording(self, attempt: int, folder: str) -> None:
        """Note where a try records, for whoever looks for it after a death."""
        with suppress(StoreError), self.store.begin() as session:
            note_run(session, attempt, f"{self.phone.host}:{folder}")

    def _end(self, taken: ClaimedAttempt, ended: Ended, *, clean: Sequence[str] | None) -> bool:
        """End a try, after the last one with the phone cleaned; its state is settled in the same transaction.

        Whether the phone is well and may have the next at once: else it is asked anew what it may.
        """
        health = self._health(clean) if clean is not None else None
        self._looked = time.monotonic() if health is not None and health.ok else float("-inf")

        def write(session: Session) -> tuple[bool, bool]:
            written = session.scalar(select(Attempt.end).where(Attempt.id == taken.attempt.id))
            if written is not None and written != End.LOST:
                return written != End.SUPERSEDED, False  # the answer to our commit was lost with the connection, not the commit
            phones = ((phone.id, phone.labels) for phone in phone_snapshots(session) if phone.works) if ended.end in INCOMPATIBLE else ()
            mine = finish(session, taken.attempt, placed(session, taken.attempt, ended, phones))
            state = after(session, self.device, ended.end if mine else None, health) if clean is not None else None
            return mine, state is PhoneState.IDLE

        mine, well = self._insist(write)
        if not mine:
            job = taken.job
            self._tell(said(_("try {number} of unit {unit} came back too late: it counts for nothing", number=job.number, unit=job.unit)))
        return well

    def _insist(self, write: Callable[[Session], T]) -> T:
        """Do it, again and again while the store is away: a restart of it must not lose what was found."""
        while True:
            try:
                with self.store.begin() as session:
                    return write(session)
            except StoreError as error:
                self._availability.away(error)
                if self.stop.wait(min(1.0, self.intervals.rest)):
                    raise

    def _tell(self, line: str) -> None:
        """A line for the log, once as long as nothing changes."""
        if line != self._last_told:
            self._last_told = line
            self.told(line)
