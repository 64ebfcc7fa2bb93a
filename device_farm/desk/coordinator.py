"""The coordinator of a desk: it gives each phone the next unit, keeps the leases, and writes down how each try ended.

The store is its own thread's business alone. A try is begun before its process starts and ended when its process is
gone, each in one transaction: wherever it is killed, the next coordinator finds tries without an end, gives them up and
goes on. Processes that outlive it end by themselves.
"""

from __future__ import annotations

import queue
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.desk.desk_status import held_phones
from device_farm.desk.executor import Executor, JobRunner
from device_farm.desk.next_unit import counts, job_of, next_unit, unmatched, waiting_for
from device_farm.desk.unit_wording import ended_words
from device_farm.execution.incompatible import placed
from device_farm.execution.unit_process import NOT_BEGUN
from device_farm.store.database import Store, StoreError
from device_farm.store.models import App, Attempt, Unit
from device_farm.store.transitions import Ended, begin, expire, finish, note_run, tell
from device_farm.units.job import Job
from device_farm.units.unit import End, Kind, UnitState, fits
from harness.language import Text, _, quoted

if TYPE_CHECKING:
    from device_farm.desk.phone_pool import DeskPhonePool

LEASE_SECONDS, RENEW_SECONDS = 60.0, 15.0
"""Who looks on takes a try for dead after the first; it is renewed four times as often [PROJECT]."""
LISTEN_SECONDS = 0.5
COUNT_SECONDS = 1.0
LEAST_FREE_MB = 500
"""With less room on the disk nothing is begun [PROJECT]: eight runs record some 20 MB each."""
PATIENCE_SECONDS = 900.0
"""So long units wait for a phone that was here and is gone or sick; then the session ends, and they wait for the next
[PROJECT]."""
HOST_REST_SECONDS = 2.0
"""After a fault of the computer a phone waits so long, doubled each time [PROJECT]."""
STORE_SECONDS = 60.0
"""So long it is tried to write down how a try ended [PROJECT]."""
ANSWERS = (End.DONE, End.APP_FAULT)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A try has a run folder."""

    attempt: int
    folder: str


@dataclass(frozen=True, slots=True)
class Over:
    """A try came to its end."""

    executor: Executor
    attempt: Attempt
    ended: Ended


@dataclass(frozen=True, slots=True)
class Free:
    """A phone has nothing to do any more; ``fit`` as it was found, None where nobody looked at it."""

    executor: Executor
    fit: bool | None = None


@dataclass(slots=True)
class Coordinator:
    """One session of a desk. ``groups`` makes shared nights of units; without it each is by itself."""

    store: Store
    pool: DeskPhonePool
    work: JobRunner
    runs: Path
    worker: str
    groups: Callable[[Sequence[Unit]], Sequence[Sequence[Unit]]] = lambda units: [[unit] for unit in units[:1]]
    most_of_a_night: int = 20
    told: Callable[[Text], None] = lambda text: None
    patience_seconds: float = PATIENCE_SECONDS
    renew_seconds: float = RENEW_SECONDS
    rest_seconds: float = HOST_REST_SECONDS
    least_free_mb: float = LEAST_FREE_MB
    stopping: bool = False
    held_up: Text | None = None
    """Why nothing is begun although there is work."""
    ended: int = 0
    seconds: float = 0.0
    """Units that ended in this session, and the seconds that they took."""
    left: dict[str, int] = field(default_factory=dict)
    """Units by their state, as of the last change."""
    _held: set[int] = field(default_factory=set)
    """Phones of which was told that a person took them out."""
    _without: dict[int, set[int]] = field(default_factory=dict)
    """Units whose app some phones of this session do not have, and which."""
    _events: queue.SimpleQueue[Recorded | Over | Free] = field(default_factory=queue.SimpleQueue)
    _renewed: float = 0.0
    _counted: float = 0.0
    _busy_at: float = 0.0

    def run(self) -> None:
        """Work until nothing is left that a phone here could do, or ``stop`` is called.

        Raises StoreError where the store cannot be written: nothing is lost then, and the same command goes on.
        """
        self._give_up_dead()
        self._busy_at = time.monotonic()
        try:
            while True:
                self._fill()
                if self._nothing_to_wait_for():
                    return
                self._hear()
                self._renew()
        finally:
            self.stop()
            self.pool.close()

    def stop(self) -> None:
        """Begin nothing more; what runs puts its phone back and seals. For the handler of a signal, too."""
        self.stopping = True
        for executor in self.pool.executors():
            executor.stop.set()

    @property
    def open(self) -> int:
        """Units without an end."""
        return sum(self.left.get(state, 0) for state in (UnitState.WAITING, UnitState.QUEUED, UnitState.RUNNING))

    def _give_up_dead(self) -> None:
        """Give up the tries of an earlier coordinator that died: their units wait again."""
        with self.store.begin() as session:
            for worker in session.scalars(select(Attempt.worker).distinct().where(Attempt.ended_at.is_(None))).all():
                for lost in expire(session, worker=worker):
                    tell(session, "lost", _("try {number} was broken off with its coordinator", number=lost.number), unit=lost.unit_id)
            self._count(session, now=True)

    def _count(self, session: Session, *, now: bool = False) -> None:
        """Count the units by state, now and then: a store may have very many."""
        at = time.monotonic()
        if now or at - self._counted > COUNT_SECONDS:
            self._counted, self.left = at, counts(session)

    def _fill(self) -> None:
        """Give work to every phone that can take some."""
        now = time.monotonic()
        ready = [executor for executor in self.pool.executors() if executor.here and not executor.busy and now >= executor.again_at]
        if self.stopping or not ready:
            return
        self.held_up = self._no_room() or self._all_held()
        for executor in ready if self.held_up is None else ():
            if self._is_over():
                return
            with self.store.begin() as session:
                if not self.pool.may_take(session, executor):
                    continue
                begun = self._begin(session, executor) if executor.fit else self._look_at(executor)
            if begun:
                if self._is_over():  # a signal came in between: it set a stop that was not yet this try's
                    executor.stop.set()
                threading.Thread(target=begun, args=(executor,), name=executor.phone.address, daemon=True).start()

    def _is_over(self) -> bool:
        """Whether a signal came: it may come between any two lines."""
        return self.stopping

    def _look_at(self, executor: Executor) -> Callable[[Executor], None]:
        executor.take({}, (), _("is looked at"))
        return self._prepare_phone

    def _begin(self, session: Session, executor: Executor) -> Callable[[Executor], None] | None:
        """Begin the next unit, or a night of them, on a phone; None where there is none for it."""
        units = self._next(session, executor)
        tries: dict[int, Attempt] = {}
        for unit in units:
            attempt = begin(session, unit.id, device=executor.known.device, worker=self.worker, lease_seconds=LEASE_SECONDS)
            if attempt is not None:
                tries[unit.id] = attempt
        units = [unit for unit in units if unit.id in tries]
        if not units:
            return None
        apps = [session.get_one(App, unit.app_id) for unit in units]
        names = [app.label or app.package or app.place for app in apps]
        for unit, name in zip(units, names, strict=True):
            tell(
                session, "begun", _("{app} on {phone}", app=name, phone=executor.phone.address), unit=unit.id, device=executor.known.device
            )
        jobs = tuple(job_of(session, unit, tries[unit.id].number, self.runs) for unit in units)
        named = quoted(names[0]) if len(jobs) == 1 else _("a night of {count} apps", count=len(jobs))
        executor.take(tries, jobs, named)
        self.told(_("{phone}: {app} begins", phone=executor.phone.address, app=named))
        self._count(session)
        return self._work

    def _next(self, session: Session, executor: Executor) -> Sequence[Unit]:
        others = [other.known for other in self.pool.executors() if other is not executor]
        last = self.pool.on_trial(session, executor)
        unit = next_unit(session, executor.known, others, kind=Kind.SINGLE, last=last, without=self._without)
        if unit is not None:
            return [unit]
        night = waiting_for(
            session, executor.known, others, kind=Kind.NIGHT, most=1 if last else 4 * self.most_of_a_night, without=self._without
        )
        return next(iter(self.groups(night)), ()) if night else ()

    def _work(self, executor: Executor) -> None:
        """In a thread of its own: carry out what an executor took."""
        tries = dict(executor.tries)

        def recording(job: Job, folder: str) -> None:
            self._events.put(Recorded(tries[job.unit].id, folder))

        try:
            if executor.stop.is_set():
                while tries:
                    self._events.put(Over(executor, tries.popitem()[1], Ended(End.STOPPED, NOT_BEGUN)))
                return
            for job, ended in self.work(executor.jobs, executor.phone, stop=executor.stop, progress=executor.hear, recording=recording):
                self._events.put(Over(executor, tries.pop(job.unit), ended))
        finally:
            for attempt in tries.values():
                self._events.put(Over(executor, attempt, Ended(End.HOST_FAULT, _("nothing was told of how it ended"))))
            self._events.put(Free(executor))

    def _prepare_phone(self, executor: Executor) -> None:
        """In a thread of its own: clean a phone, and look at it."""
        fit = False
        try:
            fit = self.pool.prepare_phone(executor)
        finally:
            self._events.put(Free(executor, fit))

    def _hear(self) -> None:
        """Wait a moment for what the threads tell, and take all of it."""
        try:
            self._take(self._events.get(timeout=LISTEN_SECONDS))
            while True:
                self._take(self._events.get_nowait())
        except queue.Empty:
            return

    def _take(self, event: Recorded | Over | Free) -> None:
        match event:
            case Recorded():
                with self.store.begin() as session:
                    note_run(session, event.attempt, event.folder)
            case Over():
                self._settle(event)
            case Free():
                event.executor.free()
                event.executor.fit = bool(event.fit)

    def _settle(self, over: Over) -> None:
        """Write down how a try ended, as often as it takes: it is the only place where this is known."""
        until = time.monotonic() + STORE_SECONDS
        while True:
            try:
                with self.store.begin() as session:
                    ended = self._known(session, over)
                    mine = finish(session, over.attempt, ended)
                    self.pool.after(session, over.executor, over.ended.end)
                    words = ended_words(session, over.executor.phone.address, over.attempt, ended)
                    tell(session, "ended" if mine else "superseded", words, unit=over.attempt.unit_id, device=over.executor.known.device)
                    self._count(session)
                break
            except StoreError:
                if time.monotonic() > until:
                    raise
                threading.Event().wait(LISTEN_SECONDS)
        over.executor.tries.pop(over.attempt.unit_id, None)
        self._busy_at = time.monotonic()
        if ended.end is End.HOST_FAULT:
            over.executor.rest(self.rest_seconds)
        elif ended.end in ANSWERS:
            over.executor.host_faults = 0
            self.ended, self.seconds = self.ended + 1, self.seconds + ended.seconds
        self.told(words)

    def _known(self, session: Session, over: Over) -> Ended:
        """Return the end of a try, given the phones that there are."""
        if over.ended.end is End.ABSENT:
            return self._absent(session, over)
        here = [executor.known for executor in self.pool.executors() if executor.here or executor is over.executor]
        return placed(session, over.attempt, over.ended, [(known.device, known.labels) for known in here])

    def _absent(self, session: Session, over: Over) -> Ended:
        """A try that found no app: it is the unit's end where no other phone of this session could have it."""
        unit = session.get_one(Unit, over.attempt.unit_id)
        app = session.get_one(App, unit.app_id)
        if app.package != app.place:  # a file, and all phones hang on this computer
            return replace(over.ended, final=True)
        without = self._without.setdefault(unit.id, set())
        without.add(over.executor.known.device)
        if any(
            executor.known.device not in without and fits(unit.requirement, executor.known.labels) for executor in self.pool.executors()
        ):
            return over.ended
        told = _("no phone here has {package} installed: install it, or give its APK file", package=app.package)
        return replace(over.ended, reason=told, final=True)

    def _renew(self) -> None:
        now = time.monotonic()
        if now - self._renewed < self.renew_seconds:
            return
        self._renewed = now
        with self.store.begin() as session:
            for executor in self.pool.executors():
                executor.renew(session, LEASE_SECONDS)

    def _no_room(self) -> Text | None:
        free = shutil.disk_usage(self.runs).free / (1 << 20)
        if free >= self.least_free_mb:
            return None
        return _("the disk of {folder} has {free} MB left: make room, then give the same command again", folder=self.runs, free=round(free))

    def _all_held(self) -> Text | None:
        """Tell of each phone that a person took out; why nothing is begun where no other is left."""
        with self.store.begin() as session:
            held = held_phones(session, self.runs.parent)
        here = [executor.known.device for executor in self.pool.executors()]
        mine = [device for device in here if device in held]
        all_held = bool(mine) and len(mine) == len(here)
        for device in mine[1:] if all_held else mine:
            if device not in self._held:
                self.told(held[device])
        self._held = set(mine)
        return held[mine[0]] if all_held else None

    def _nothing_to_wait_for(self) -> bool:
        """Whether the session is over."""
        executors = self.pool.executors()
        now = time.monotonic()
        if any(executor.busy for executor in executors):
            self._busy_at = now if any(executor.tries for executor in executors) else self._busy_at
            return False
        if self.stopping or self.held_up is not None:
            return True
        with self.store.begin() as session:
            self._count(session, now=True)
            hopeless = sum(unmatched(session, [executor.known for executor in executors]).values())
        return not self.open or hopeless >= self.open or now - self._busy_at > self.patience_seconds
