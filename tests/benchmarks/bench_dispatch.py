"""A farm on PostgreSQL: what handing out a unit costs, and how long phones stand idle between units while work waits.

The phones are processes as on a host, with work that is a wait; PostgreSQL is as durable as that of a farm. Wall time
counts whatever else the computer does, so the least of several rounds is told, with the processor time beside it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from device_farm.dispatch.embedded_postgres import Embedded
from device_farm.dispatch.engine import Intervals
from tests.benchmarks.rows import Row, row
from tests.farm.dispatch.shelf import Shelf, children, processor_seconds, shelf, until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PHONES, ROUNDS = 4, 3
UNITS = 25
"""Of one phone and one round, where a unit takes no time."""
RULES = 20
"""That a unit tells of, as clauses 1, 5 and 7 do."""
UNIT_SECONDS, LONG_UNITS = 3.0, 5
"""A real unit takes a quarter of an hour: what is idle between such short ones is far above it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one round, in seconds; ``gap`` is between the end of a unit and the begin of the next on its phone."""

    gap: float
    first: float
    worker: float
    server: float
    idle: float


def run() -> list[Row]:
    """Units that end at once, and units of some seconds."""
    name = f"PostgreSQL, {PHONES} phones: dispatch of a unit"
    if sys.platform != "linux":
        return [row(name, None, "ms", aim="<= 50", note="the hosts of a farm run Linux")]
    with _farm() as (farm, server):
        names = [f"p{number}" for number in range(PHONES)]
        pids = [farm.start_worker(farm.add_phone(each, serial=each), rules=RULES).pid for each in names]
        for each in names:
            farm.add_units(1, requirement=f"serial={each}")
        with farm.serving():
            until(farm.ended, "every worker has started")
            short = [_round(farm, server, pids, UNITS, 0.0) for _each in range(ROUNDS)]
            longer = [_round(farm, server, pids, LONG_UNITS, UNIT_SECONDS) for _each in range(ROUNDS)]
    gap, idle = min(each.gap for each in longer), min(each.idle for each in longer)
    note = f"wall, from the end of a unit to the begin of the next of its phone; least of {ROUNDS} rounds"
    return [
        row(name, gap * 1000, "ms", aim="<= 50", note=note),
        row(f"{name}, all phones at once without a pause", min(each.gap for each in short) * 1000, "ms"),
        row(f"{name}, processor of the worker", min(each.worker for each in short) * 1000, "ms"),
        row(f"{name}, processor of PostgreSQL", min(each.server for each in short) * 1000, "ms"),
        row(f"PostgreSQL, {PHONES} phones: idle between units of {UNIT_SECONDS:g} s", idle * 100, "%", aim="<= 2"),
        row("PostgreSQL: from submitted to begun, phones being idle", min(each.first for each in longer) * 1000, "ms"),
    ]


def _round(farm: Shelf, server: Embedded, pids: Sequence[int], units: int, seconds: float) -> Figures:
    worker, database, since = sum(map(processor_seconds, pids)), _of_server(server), time.monotonic()
    count = len(farm.add_units(units * PHONES, limit_seconds=seconds))
    until(farm.ended, "all units are done", pause=0.5)
    worker, database = sum(map(processor_seconds, pids)) - worker, _of_server(server) - database
    gaps, first, span = _gaps(farm.log, since)
    return Figures(sum(gaps) / len(gaps), first, worker / count, database / count, sum(gaps) / span)


def _gaps(log: Sequence[dict[str, Any]], since: float) -> tuple[list[float], float, float]:
    """What passed between units of a phone, how long the first waited, and all the time of phones in the round."""
    of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in sorted(log, key=lambda each: float(each["at"])):
        if each["at"] >= since:
            of[each["phone"]].append(each)
    gaps = [begun["at"] - ended["at"] for rows in of.values() for ended, begun in zip(rows[1::2], rows[2::2], strict=False)]
    return gaps, min(rows[0]["at"] for rows in of.values()) - since, sum(rows[-1]["at"] - rows[0]["at"] for rows in of.values())


def _of_server(server: Embedded) -> float:
    """What PostgreSQL took of the processor until now, with those of its processes that are gone."""
    assert server.pid is not None
    return processor_seconds(server.pid, ended=True) + sum(map(processor_seconds, children(server.pid)))


@contextmanager
def _farm() -> Iterator[tuple[Shelf, Embedded]]:
    folder = Path(tempfile.mkdtemp(prefix="apprights-bench-"))
    server = Embedded(folder)
    try:
        server.start()
        (folder / "shelf").mkdir()
        with shelf(server.url(), folder / "shelf", Intervals()) as farm:
            yield farm, server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
