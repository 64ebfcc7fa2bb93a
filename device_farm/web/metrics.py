"""Numbers for Prometheus: how the farm is, and how long this server takes.

What counts a whole table is counted again only after a while, so that a scrape every few seconds costs the farm
nothing. No label comes from an app: a name in a label is kept for ever.
"""

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from device_farm.artifacts.artifact_store import ArtifactError, Artifacts
from device_farm.store.database import Store, StoreError, now
from device_farm.store.models import Artifact, Attempt, Device, Unit
from device_farm.units.unit import UnitState
from device_farm.web.live import Live
from device_farm.web.read_only_store import reading

FEW_SECONDS = 5.0
SOME_MINUTES = 600.0
"""For what reads all artifacts or all tries."""
MOST_QUEUES = 200
"""Requirements that have a line of their own."""
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)
_OPEN = (UnitState.WAITING, UnitState.QUEUED)


class Metrics:
    """The registry of one server."""

    def __init__(self, store: Store, live: Live, folder: Path | None, artifacts: str = "") -> None:
        self._registry = CollectorRegistry()
        self._took = Histogram(
            "apprights_request_seconds", "How long an answer took.", ("route", "status"), registry=self._registry, buckets=BOUNDS
        )
        self._registry.register(_Farm(store, live, folder, Artifacts(artifacts) if artifacts else None))

    def measure(self, route: str, status: int, seconds: float) -> None:
        """Note an answer."""
        self._took.labels(route, str(status)).observe(seconds)

    def text(self) -> bytes:
        """All numbers as Prometheus reads them."""
        return generate_latest(self._registry)


class _Farm:
    """What the store says, each part as old as it may be."""

    def __init__(self, store: Store, live: Live, folder: Path | None, artifacts: Artifacts | None) -> None:
        self._store, self._live, self._folder, self._artifacts = store, live, folder, artifacts
        self._kept: dict[str, tuple[float, list[Metric]]] = {}

    def describe(self) -> Iterable[Metric]:
        """Nothing: names are not looked up when it is registered, so that a store that is away does not matter."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Every number; the store's are left out while it is away, which ``apprights_store_up`` says."""
        up = GaugeMetricFamily("apprights_store_up", "Whether the store answers.", value=1)
        parts: list[Metric] = []
        try:
            parts += self._part("units", FEW_SECONDS, _units)
            parts += self._part("phones", FEW_SECONDS, _phones)
            parts += self._part("leases", FEW_SECONDS, _leases)
            parts += self._part("tries", SOME_MINUTES, _tries)
            parts += self._part("artifacts", SOME_MINUTES, _artifacts)
        except (StoreError, SQLAlchemyError):
            up = GaugeMetricFamily("apprights_store_up", "Whether the store answers.", value=0)
        yield up
        yield from parts
        yield GaugeMetricFamily("apprights_live_pages", "Pages that listen to what happens.", value=self._live.pages)
        disk = GaugeMetricFamily(
            "apprights_disk_free_bytes", "Room where runs and artifacts lie; a bucket does not say.", labels=("where",)
        )
        for where, free in self._room().items():
            disk.add_metric((where,), free)
        yield disk

    def _room(self) -> dict[str, int]:
        """What the disks have left; a place that does not answer says nothing."""
        found: dict[str, int] = {}
        if self._folder is not None:
            with suppress(OSError):
                found["runs"] = shutil.disk_usage(self._folder).free
        if self._artifacts is not None:
            with suppress(ArtifactError):
                if (room := self._artifacts.room()) is not None:
                    found["artifacts"] = room
        return found

    def _part(self, name: str, seconds: float, read: Callable[[Session], list[Metric]]) -> list[Metric]:
        at, kept = self._kept.get(name, (-1e9, []))
        if time.monotonic() - at >= seconds:
            with reading(self._store) as session:
                kept = read(session)
            self._kept[name] = time.monotonic(), kept
        return kept


def _units(session: Session) -> list[Metric]:
    states = GaugeMetricFamily("apprights_units", "Units by state.", labels=("state",))
    counted = dict(session.execute(select(Unit.state, func.count()).group_by(Unit.state)).all())
    for state in UnitState:
        states.add_metric((state.value,), counted.get(state.value, 0))
    outcomes = GaugeMetricFamily("apprights_units_outcome", "Units that have an answer, by outcome.", labels=("outcome",))
    for outcome, count in session.execute(select(Unit.outcome, func.count()).where(Unit.outcome.is_not(None)).group_by(Unit.outcome)):
        outcomes.add_metric((str(outcome),), count)
    queue = GaugeMetricFamily("apprights_queue", "Units that wait for a phone, by what it must be.", labels=("requirement",))
    waiting = select(Unit.requirement, func.count()).where(Unit.state.in_(_OPEN)).group_by(Unit.requirement)
    for needed, count in session.execute(waiting.order_by(func.count().desc()).limit(MOST_QUEUES)):
        queue.add_metric((needed,), count)
    return [states, outcomes, queue]


def _phones(session: Session) -> list[Metric]:
    phones = GaugeMetricFamily("apprights_phones", "Phones by state.", labels=("state",))
    for state, count in session.execute(select(Device.state, func.count()).group_by(Device.state)):
        phones.add_metric((state,), count)
    return [phones]


def _leases(session: Session) -> list[Metric]:
    """Since when tries run, and how far beyond its lease the worst of them is."""
    at = now(session)
    count, oldest, least = session.execute(
        select(func.count(), func.min(Attempt.started_at), func.min(Attempt.lease_until)).where(Attempt.ended_at.is_(None))
    ).one()
    age = (at - oldest).total_seconds() if count else 0.0
    over = max(0.0, (at - least).total_seconds()) if count else 0.0
    return [
        GaugeMetricFamily("apprights_tries_open", "Tries that are being carried out.", value=count),
        GaugeMetricFamily("apprights_try_oldest_seconds", "Age of the oldest of them.", value=age),
        GaugeMetricFamily("apprights_lease_overdue_seconds", "How long the most overdue lease is over.", value=over),
    ]


def _tries(session: Session) -> list[Metric]:
    tries = CounterMetricFamily("apprights_tries", "Tries that ended, by how.", labels=("end",))
    for end, count in session.execute(select(Attempt.end, func.count()).where(Attempt.end.is_not(None)).group_by(Attempt.end)):
        tries.add_metric((str(end),), count)
    return [tries]


def _artifacts(session: Session) -> list[Metric]:
    count, size = session.execute(select(func.count(), func.sum(Artifact.size))).one()
    return [
        GaugeMetricFamily("apprights_artifacts", "Files that tries left.", value=count),
        GaugeMetricFamily("apprights_artifact_bytes", "Bytes of these files; equal ones are counted each time.", value=float(size or 0)),
    ]
