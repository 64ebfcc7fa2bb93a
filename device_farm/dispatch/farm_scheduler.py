"""The scheduler that one computer runs for the whole farm: it feeds queues, reaps dead workers and clears up.

Several may be started: one of them leads, by a lock in the store, and another takes over when it is gone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from device_farm.artifacts.artifact_store import ArtifactError, Artifacts
from device_farm.dispatch.command_environment import StoreAvailability
from device_farm.dispatch.engine import Intervals
from device_farm.dispatch.feeder import WINDOW, feed, reroute
from device_farm.dispatch.leases import complaints
from device_farm.phones.phone_transitions import LINK, busy_phones, move
from device_farm.phones.state_names import PhoneState
from device_farm.store.database import Store, StoreError, now
from device_farm.store.models import App, Artifact, Device, FindingRow, Host, Unit
from device_farm.store.transitions import expire, tell, unqueue
from device_farm.units.unit import UnitState
from harness.language import Text, _, said

if TYPE_CHECKING:
    from device_farm.dispatch.procrastinate_engine import Procrastinate

_LEADER = 0x6170707269676874
"""The number of the lock of whoever leads; the letters ``appright``."""
SWEEP_SECONDS = 86_400.0
"""Between two clearings of the artifact store [PROJECT]."""


@dataclass(slots=True)
class FarmScheduler:
    """``run`` it until ``stop`` is set."""

    store: Store
    engine: Procrastinate
    artifacts: Artifacts
    intervals: Intervals
    told: Callable[[str], None] = lambda line: None
    window: int = WINDOW
    _said: set[str] = field(default_factory=set)

    def run(self, stop: threading.Event) -> None:
        """Lead, or wait to lead; a store that does not answer is asked again."""
        availability = StoreAvailability(self.told)
        while not stop.is_set():
            try:
                with self._leading() as connection:
                    availability.back()
                    if connection is not None:
                        self._lead(connection, stop)
                    else:
                        self._tell(_("another 'apprights farm serve' leads; this one waits"))
            except StoreError as error:
                availability.away(error)
            stop.wait(self.intervals.rest)

    @contextmanager
    def _leading(self) -> Iterator[Connection | None]:
        """The connection that holds the lock; None where another one does."""
        connection = None
        try:
            connection = self.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            mine = connection.execute(text("select pg_try_advisory_lock(:number)"), {"number": _LEADER}).scalar_one()
            yield connection if mine else None
        except SQLAlchemyError as error:
            raise StoreError.of(error) from error
        finally:
            if connection is not None:
                with suppress(SQLAlchemyError):
                    connection.invalidate()  # the lock ends with it
                connection.close()

    def _lead(self, connection: Connection, stop: threading.Event) -> None:
        self._said.clear()
        self._tell(_("serving"))
        with self.store.begin() as session:
            tell(session, "serve", _("'farm serve' leads from now on: units are handed out"))
        begun = time.monotonic()
        reaped = looked = begun
        swept = begun - SWEEP_SECONDS
        while not stop.wait(self.intervals.feed):
            connection.execute(text("select 1"))
            at = time.monotonic()
            if at - reaped >= self.intervals.reap:
                reaped = at
                with self.store.begin() as session:
                    reap(session, self.engine, self.intervals)
            self._feed()
            if at - looked >= self.intervals.host:
                looked = at
                self._look()
            if at - swept >= SWEEP_SECONDS:
                swept = at
                threading.Thread(target=self._sweep, name="sweep", daemon=True).start()

    def _feed(self) -> None:
        try:
            full = self.artifacts.nearly_full()
        except ArtifactError as error:
            self._tell(error)
            return
        if full:
            self._tell(_("the disk of the artifacts {url} is nearly full: nothing more is begun", url=self.artifacts.url))
            return
        with self.store.begin() as session:
            fed = feed(session, self.engine, window=self.window)
            for needed, count in fed.unmatched.items():
                told = _("no phone of the farm is {labels}: units that wait for one: {count}", labels=needed, count=count)
                if self._tell(told, key=needed):
                    tell(session, "no-phone", told)

    def _look(self) -> None:
        with self.store.begin() as session:
            for name in mark_silent_hosts(session, self.intervals):
                silent = _("nothing is heard of the host {host}", host=name)
                if self._tell(silent):
                    tell(session, "host", silent)
            for key, complaint in complaints(session):
                self._tell(complaint, key=key)

    def _sweep(self) -> None:
        """Clear the artifact store of what no row names."""

        def named(hashes: Set[str]) -> Set[str]:
            with self.store.begin() as session:
                rows = (Artifact.sha256, App.sha256, FindingRow.picture)
                return {sha256 for row in rows for sha256 in session.scalars(select(row).where(row.in_(hashes))) if sha256 is not None}

        try:
            self.artifacts.sweep(named)
        except (ArtifactError, StoreError) as error:
            self._tell(error)

    def _tell(self, line: Text | Exception, key: str = "") -> bool:
        """A line for the log, once as long as this one leads; whether it was said."""
        words = said(line)
        if (key or words) in self._said:
            return False
        self._said.add(key or words)
        self.told(words)
        return True


def reap(session: Session, engine: Procrastinate, intervals: Intervals) -> int:
    """Give up tries whose lease is over, forget what the engine has of the dead, and let their units wait; how many."""
    if started_within(session, intervals.grace):
        return 0
    lost = expire(session)
    for attempt in lost:
        told = _(
            "try {number} of unit {unit} was lost: {worker} is silent", number=attempt.number, unit=attempt.unit_id, worker=attempt.worker
        )
        tell(session, "lost", told, unit=attempt.unit_id, device=attempt.device_id)
    engine.reap(session, intervals.stalled)
    queued = set(session.scalars(select(Unit.id).where(Unit.state == UnitState.QUEUED)))
    back = unqueue(session, sorted(queued - engine.held(session)))
    return len(lost) + len(back) + reroute(session, engine)


def started_within(session: Session, seconds: float) -> bool:
    """Whether PostgreSQL started so short ago: while it was away nobody could renew a lease.

    That another server leads now is no reason to wait: workers renew in the store, whoever leads.
    """
    age = session.execute(select(func.extract("epoch", func.clock_timestamp() - func.pg_postmaster_start_time()))).scalar_one()
    return float(age) < seconds


def mark_silent_hosts(session: Session, intervals: Intervals) -> list[str]:
    """Phones of hosts that were not heard of are offline; the names of those hosts."""
    since = now(session) - timedelta(seconds=intervals.host_gone)
    silent = list(session.scalars(select(Host.name).where(Host.seen_at < since)))
    busy = busy_phones(session)
    for phone in session.scalars(select(Device).where(Device.host.in_(silent), Device.state.not_in(LINK), ~Device.held)):
        if phone.id not in busy and phone.state != PhoneState.QUARANTINED:
            move(session, phone, PhoneState.OFFLINE, _("nothing is heard of its host {host}", host=phone.host))
    return silent
