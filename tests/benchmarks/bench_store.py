"""Pages of a store of the national size, on SQLite and on PostgreSQL: each question under 300 ms, memory flat."""

import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.dispatch.embedded_postgres import Embedded
from device_farm.morning import store_queries
from device_farm.morning.page_model import Why
from device_farm.store.database import Store
from device_farm.store.models import App, FindingRow
from harness.events.findings import Outcome
from tests.benchmarks.many_units import BEGINS, CAMPAIGNS, FINDINGS, UNITS, fill
from tests.benchmarks.rows import Row, row

AIM = "<= 300"
_SHORT = 100  # part of it that is filled where the whole takes too long
_ROUNDS = 5


def run(*, long: bool = False) -> list[Row]:
    """Fill both databases and ask everything that pages ask."""
    units, findings = (UNITS, FINDINGS) if long else (UNITS // _SHORT, FINDINGS // _SHORT)
    rows = []
    with _folder() as folder:
        rows += _measured("SQLite", folder / "farm.sqlite", units, findings)
    with _folder() as folder, _server(folder) as url:
        rows += _measured("PostgreSQL", url, units, findings)
    return rows


def _measured(name: str, url: str | Path, units: int, findings: int) -> Iterator[Row]:
    start = time.perf_counter()
    store = fill(url, units=units, findings=findings)
    yield row(f"{name}: fill {units:,} units, {findings:,} findings", time.perf_counter() - start, "s")
    before = _memory()
    for what, ask in _questions(store).items():
        wall, here = _milliseconds(store, ask)
        yield row(f"{name}: {what}", wall, "ms", aim=AIM, note=f"{here:.0f} ms of it this process's own work")
    yield row(f"{name}: memory that the pages took", _memory() - before, "MB", aim="<= 20")
    store.close()


def _questions(store: Store) -> dict[str, Callable[[Session], object]]:
    """Every function of ``queries`` at its hardest: the largest campaign, the last page, the commonest rule and SDK."""
    last = CAMPAIGNS
    with store.begin() as session:
        deep = session.scalars(select(FindingRow.id).order_by(FindingRow.id.desc()).limit(1)).one() // 2
        rule = store_queries.clauses(session)[0].rules[0].rule
        sdk = store_queries.sdks(session)[0].sdk
        unit, app = session.execute(select(FindingRow.unit_id, FindingRow.app_id).where(FindingRow.id == deep)).one()
        package = session.get_one(App, app).package
    today = BEGINS.date()
    asked: dict[str, Callable[[Session], Any]] = {
        "campaigns": store_queries.campaigns,
        "tonight, 200,000 units of it": lambda session: store_queries.tonight(session, 1, at=BEGINS + timedelta(days=1)),
        "tonight, under way": lambda session: store_queries.tonight(session, last),
        "phones": lambda session: store_queries.phones(session, campaign=last),
        "apps, first page": lambda session: store_queries.apps(session, 1),
        "apps, a page in the middle": lambda session: store_queries.apps(session, 1, place="3:100000"),
        "apps, by outcome": lambda session: store_queries.apps(session, 1, outcome=Outcome.CLEAR),
        "untested, first page": lambda session: store_queries.untested(session, 1),
        "untested, waiting": lambda session: store_queries.untested(session, last, why=Why.WAITING),
        "search": lambda session: store_queries.find_apps(session, "com.example.p1"),
        "clauses of all": store_queries.clauses,
        "clauses of one": lambda session: store_queries.clauses(session, 1),
        "SDKs of all": store_queries.sdks,
        "findings of all": store_queries.findings,
        "findings of a campaign": lambda session: store_queries.findings(session, 1),
        "findings of a campaign, page in the middle": lambda session: store_queries.findings(session, 1, place=f"2:{deep // 2}"),
        "findings of a clause in a small campaign": lambda session: store_queries.findings(session, 50, clause="5"),
        "findings of a rule": lambda session: store_queries.findings(session, rule=rule, outcome=Outcome.SUSPECTED),
        "findings of an SDK": lambda session: store_queries.findings(session, sdk=sdk),
        "findings of an SDK in a campaign": lambda session: store_queries.findings(session, 50, sdk=sdk),
        "findings of a rule that nobody broke": lambda session: store_queries.findings(session, 2, rule="c6-self-start"),
        "app history": lambda session: store_queries.app_history(session, package),
        "queue": store_queries.queue,
        "deadlines": lambda session: store_queries.deadlines(session, today),
        "deadlines, a page in the middle": lambda session: store_queries.deadlines(session, today, place="2000"),
        "run page": lambda session: store_queries.unit_view(session, unit),
    }
    return asked


def _milliseconds(store: Store, ask: Callable[[Session], object]) -> tuple[float, float]:
    """The median of some, each in a session of its own, and the processor's time of it; the first warms the pages."""
    walls, works = [], []
    for _round in range(_ROUNDS + 1):
        with store.begin() as session:
            start, worked = time.perf_counter(), time.process_time()
            ask(session)
            walls.append(time.perf_counter() - start)
            works.append(time.process_time() - worked)
    return statistics.median(walls[1:]) * 1000, statistics.median(works[1:]) * 1000


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="apprights-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    server = Embedded(folder, durable=False)
    server.start()
    try:
        yield server.url()
    finally:
        server.stop()
