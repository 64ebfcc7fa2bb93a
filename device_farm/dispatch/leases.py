"""Leases of a worker: those of its tries, which it renews, and the lock of its phone against other hosts.

Reports of hosts: their version, their phones, and the offset of their clock.

Only the clock of the store counts for leases and windows. A host whose clock is off is told all the same: the times in
its runs are its own.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from types import TracebackType

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from device_farm.dispatch.engine import Intervals
from device_farm.store.database import Store, StoreError, now
from device_farm.store.models import Host
from device_farm.store.transitions import renew
from harness import __version__
from harness.language import Text, _, both


class PhoneLock:
    """A phone that is ours among all hosts, as long as the connection lives; two hosts may reach one over the network.

    On its own host the operating system's lock of the check keeps others away.
    """

    def __init__(self, engine: Engine, identity: str) -> None:
        self._engine, self._identity = engine, identity
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Hold it, or go on holding it; False where somebody else does. Raises StoreError."""
        try:
            if self._connection is not None:
                try:
                    self._connection.execute(text("select 1"))
                except SQLAlchemyError:
                    self.release()
                else:
                    return True
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            try:
                got = connection.execute(
                    text("select pg_try_advisory_lock(hashtextextended(:name, 0))"), {"name": self._identity}
                ).scalar_one()
            except SQLAlchemyError:
                connection.close()
                raise
        except SQLAlchemyError as error:
            raise StoreError.of(error) from error
        if not got:
            connection.close()
            return False
        self._connection = connection
        return True

    def release(self) -> None:
        """Let go; the connection is not used again, for a lock may stay with it."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
        self._connection = None


class LeaseRenewal:
    """Renews tries in the background; sets ``stop`` when one of them is not ours any more.

    While the store is away it goes on: nobody can take a try from us then, and whoever looks after leases waits for us
    when the store is back.
    """

    def __init__(self, store: Store, attempts: Iterable[int], intervals: Intervals, *, hold: PhoneLock, stop: threading.Event) -> None:
        self._store, self._intervals, self._hold, self._stop = store, intervals, hold, stop
        self._attempts = set(attempts)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="leases", daemon=True)

    def __enter__(self) -> LeaseRenewal:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def ended(self, attempt: int) -> None:
        self._attempts.discard(attempt)

    def _keep(self) -> None:
        while not self._over.wait(self._intervals.renew):
            try:
                with self._store.begin() as session:
                    mine = [renew(session, attempt, self._intervals.lease) for attempt in sorted(self._attempts)]
                ours = self._hold.take() and (not mine or any(mine))
            except StoreError:
                continue
            if not ours and self._attempts:
                self._stop.set()
                return


CLOCK_SECONDS = 5.0
"""A host's clock may be so far from the store's [PROJECT]: an answer takes part of it."""
DAY_SECONDS = 86_400.0


def report(session: Session, name: str, *, phones: int, reason: Text | None = None) -> Host:
    """Record that a host is alive; ``reason`` is why it takes nothing."""
    at, here = now(session), datetime.now(UTC)
    host = session.scalars(select(Host).where(Host.name == name)).first()
    if host is None:
        host = Host(name=name, draining=False)
        session.add(host)
    host.version, host.phones, host.seen_at = __version__, phones, at
    host.clock_off = round((here - at).total_seconds(), 1)
    host.reason_zh, host.reason_en = both(reason) if reason is not None else ("", "")
    session.flush()
    return host


def clock_words(host: Host) -> Text | None:
    """Say how far the clock of a host is off; None where it stands right."""
    if abs(host.clock_off) <= CLOCK_SECONDS:
        return None
    if abs(host.clock_off) < DAY_SECONDS:
        off = _("{seconds} s", seconds=round(host.clock_off))
    else:
        off = _("{days:.1f} days", days=host.clock_off / DAY_SECONDS)
    return _(
        "the clock of {host} is {off} from that of the store: leases go by the store's, its runs are dated wrongly", host=host.name, off=off
    )


def complaints(session: Session) -> Iterator[tuple[str, Text]]:
    """Yield the problems of hosts, each with a key so that it is reported once."""
    for host in session.scalars(select(Host).order_by(Host.name)):
        if (told := clock_words(host)) is not None:
            yield f"clock {host.name}", told
        if host.version != __version__:
            told = _("{host} has AppRights {version}, here it is {ours}", host=host.name, version=host.version, ours=__version__)
            yield f"version {host.name} {host.version}", told
