"""A store of the size of the national target: 400,000 units and 4 million findings, written in bulk."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from device_farm.store.models import Base, FindingRow
from device_farm.store.opened import Store, open_store
from device_farm.store.tallies import recount
from harness.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

UNITS, FINDINGS = 400_000, 4_000_000
CAMPAIGNS, PHONES, RESULTS = 139, 200, 8
SDKS = tuple(f"SDK {number}" for number in range(400))
BEGINS = datetime(2026, 7, 24, 12, tzinfo=UTC)
_DAY = timedelta(days=1)
_AT_ONCE = 20_000
_OUTCOMES = ("violation", "suspected", "inconclusive", "clear", "not_exercised")
Row = tuple[Any, ...]


def fill(url: str | Path, *, units: int = UNITS, findings: int = FINDINGS) -> Store:
    """Open an empty store and fill it: half of the units are of one campaign, the newest is under way."""
    store = open_store(url)
    postgres = store.engine.dialect.name == "postgresql"
    indexes = [index for table in Base.metadata.sorted_tables for index in table.indexes]
    with store.engine.begin() as connection:
        for index in indexes:
            index.drop(connection)
    raw = store.engine.raw_connection()
    if not postgres:
        raw.cursor().execute("PRAGMA foreign_keys=OFF")
    for table, rows in _tables(units, findings):
        _write(raw, table, rows, postgres=postgres)
    raw.commit()
    raw.close()
    with store.engine.begin() as connection:
        for index in indexes:
            index.create(connection)
    with store.begin() as session:
        recount(session)
    if postgres:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum analyze"))  # what PostgreSQL does by itself, a little later
    return store


def _write(raw: Any, table: str, rows: Iterable[Row], *, postgres: bool) -> None:
    """Rows with all columns of the table in their order."""
    columns = [column.name for column in Base.metadata.tables[table].columns]
    cursor = raw.cursor()
    named = ", ".join(f'"{name}"' for name in columns)
    if postgres:
        with cursor.copy(f"copy {table} ({named}) from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        key = Base.metadata.tables[table].columns.get("id")
        if key is not None:
            cursor.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))")
        return
    asked = ", ".join("?" * len(columns))
    cursor.executemany(f"insert into {table} ({named}) values ({asked})", (_plain(row) for row in rows))


def _plain(row: Row) -> Row:
    """As SQLite keeps it."""
    return tuple(f"{cell:%Y-%m-%d %H:%M:%S.%f}" if isinstance(cell, datetime) else cell for cell in row)


def _tables(units: int, findings: int) -> Iterator[tuple[str, Iterable[Row]]]:
    rules = [rule for rule in load_rules() if rule.clause.number in (1, 5, 7)]
    yield "campaigns", ((n + 1, f"夜检 {n + 1}", BEGINS + n * _DAY, "杭州", BEGINS + n * _DAY, None) for n in range(CAMPAIGNS))
    yield "devices", (_device(number) for number in range(1, PHONES + 1))
    yield "apps", (_app(number) for number in range(1, units + 1))
    yield "units", (_unit(number, units) for number in range(1, units + 1))
    yield "attempts", (_attempt(number, units) for number in range(1, units + 1) if _state(number, units)[0] not in ("waiting", "queued"))
    yield "results", _results(units, rules)
    yield "findings", _findings(units, findings, rules)
    yield "tellings", ((n, n * 7, BEGINS.date() + n // 400 * _DAY, BEGINS.date() + (n // 400 + 7) * _DAY, "2026-10") for n in range(1, 40_000))
