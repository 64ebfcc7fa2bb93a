"""A store of the size of the national target: 400,000 units and 4 million findings, written in bulk."""

import hashlib
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from device_farm.store.database import Store, open_store
from device_farm.store.models import Base
from device_farm.store.tallies import recount
from harness.rules import load_rules

UNITS, FINDINGS = 400_000, 4_000_000
CAMPAIGNS, PHONES, RESULTS = 139, 200, 8
SDKS = tuple(f"SDK {number}" for number in range(400))
BEGINS = datetime(2026, 7, 24, 12, tzinfo=UTC)
_DAY = timedelta(days=1)
SDK_SHARE = 0.3
_OUTCOMES = ("violation", "suspected", "inconclusive", "clear", "not_exercised")
Row = tuple[Any, ...]


def fill(url: str | Path, *, units: int = UNITS, findings: int = FINDINGS) -> Store:
    """Open an empty store and fill it: half of the units are of the first campaign, the last is under way."""
    store = open_store(url)
    indexes = [index for table in Base.metadata.sorted_tables for index in table.indexes]
    with store.engine.begin() as connection:
        for index in indexes:
            index.drop(connection)
    raw = store.engine.raw_connection()
    if store.engine.dialect.name == "postgresql":
        for table, columns, rows in _tables(units, findings):
            _copy(raw.cursor(), table, columns, rows)
    else:
        raw.cursor().execute("PRAGMA foreign_keys=OFF")
        for table, columns, rows in _tables(units, findings):
            raw.cursor().executemany(f"insert into {table} ({columns}) values ({_asked(columns)})", map(_plain, rows))
    raw.commit()
    raw.close()
    with store.engine.begin() as connection:
        for index in indexes:
            index.create(connection)
    with store.begin() as session:
        recount(session)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze" if store.engine.dialect.name == "postgresql" else "analyze"))
    return store


def _copy(cursor: Any, table: str, columns: str, rows: Iterable[Row]) -> None:
    last = 0
    with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
            last = row[0]
    cursor.execute("select setval(pg_get_serial_sequence(%s, 'id'), %s)", (table, last))


def _asked(columns: str) -> str:
    return ", ".join("?" for _column in columns.split(","))


def _plain(row: Row) -> Row:
    """As SQLite keeps it."""
    return tuple(f"{cell:%Y-%m-%d %H:%M:%S.%f}" if isinstance(cell, datetime) else cell for cell in row)


def _tables(units: int, findings: int) -> Iterator[tuple[str, str, Iterable[Row]]]:
    rules = [(rule.id, str(rule.clause.number)) for rule in load_rules() if rule.clause.number in (1, 5, 7)]
    days = range(CAMPAIGNS)
    yield (
        "campaigns",
        "id, name, created_at, city, begins_at",
        ((day + 1, f"夜检 {day + 1}", BEGINS + day * _DAY, "杭州", BEGINS + day * _DAY) for day in days),
    )
    yield (
        "devices",
        "id, host, address, serial, labels, facts, state, reason_zh, reason_en, faults, changed_at, seen_at",
        (_device(number) for number in range(1, PHONES + 1)),
    )
    yield (
        "apps",
        "id, sha256, place, size, package, label, version_name, version_code, signer, store, first_seen_at",
        (_app(number, units) for number in range(1, units + 1)),
    )
    yield (
        "units",
        "id, key, campaign_id, app_id, kind, clauses, options, requirement, priority, limit_seconds, words, version, state, tries, counts,"
        " outcome, reason_zh, reason_en, submitted_at, changed_at",
        (_unit(number, units) for number in range(1, units + 1)),
    )
    yield (
        "attempts",
        'id, unit_id, number, device_id, worker, started_at, lease_until, ended_at, "end", reason_zh, reason_en, run, root, seconds,'
        " device_seconds",
        (_attempt(number, units) for number in range(1, units + 1) if _state(number, units)[0] not in ("waiting", "queued")),
    )
    yield "results", "id, unit_id, rule, clause, outcome, reason_zh, reason_en", _results(units, rules)
    yield (
        "findings",
        "id, campaign_id, unit_id, app_id, rule, clause, outcome, part, key, sdk, reason_zh, reason_en, found_at",
        _findings(units, findings, rules),
    )
    told = ((number, number * 7, BEGINS.date() + number // 400 * _DAY) for number in range(1, units // 10))
    yield "tellings", "id, app_id, told_on, due_on, by", ((id, app, day, day + 7 * _DAY, "2026-10") for id, app, day in told)


def _day(number: int, units: int) -> int:
    """Which campaign a unit is of, from nought."""
    half = units // 2
    return 0 if number <= half else 1 + (number - half - 1) * (CAMPAIGNS - 1) // (units - half)


def _state(number: int, units: int) -> tuple[str, str | None]:
    """State and outcome of a unit; most of the last campaign waits, some of each has no answer."""
    if _day(number, units) == CAMPAIGNS - 1 and number % 3:
        return ("running", None) if number % 50 == 1 else ("waiting", None)
    if number % 400 == 7:
        return ("quarantined", "given-up", "cancelled")[number // 400 % 3], None
    return "done", "violation" if _found(number) else _OUTCOMES[2 + number % 3]


def _found(number: int) -> int:
    """How many findings a unit has, before they are brought to the sum that is wanted; three in five have any."""
    return number * 7919 % 33 if number % 5 < 3 else 0


def _hash(*words: object) -> bytes:
    return hashlib.sha256(" ".join(map(str, words)).encode()).digest()


def _device(number: int) -> Row:
    state = ("idle", "busy", "busy", "busy", "charging")[number % 5] if number % 23 else "quarantined"
    labels = f'{{"abi": "arm64-v8a", "android": "{10 + number % 6}", "kind": "real", "rom": "rom{number % 8}"}}'
    facts = '{"model": "Phone 13", "battery": 61, "temperature": 31.5}'
    at = BEGINS + CAMPAIGNS * _DAY
    return (number, f"host-{number // 20}", f"S{number:04d}", f"S{number:04d}", labels, facts, state, "", "", 0, at, at)


def _app(number: int, units: int) -> Row:
    """Two versions of each package, half of all apart."""
    package = number % (units // 2)
    version = 1 + number // (units // 2)
    named = (
        f"com.example.p{package:06d}",
        f"应用 {package}",
        f"{version}.0",
        version,
        _hash("signer", package).hex(),
        f"商店 {package % 5}",
    )
    return (number, _hash("app", number), f"apks/{number}.apk", 38_000_000, *named, BEGINS)


def _unit(number: int, units: int) -> Row:
    state, outcome = _state(number, units)
    day, tries = _day(number, units), int(state not in ("waiting", "queued"))
    at = BEGINS + day * _DAY + number % 40_000 * timedelta(seconds=2)
    needed = "any" if number % 4 else f"rom=rom{number % 8}"
    plan = ("single", "[1, 5, 7]", "{}", needed, 50, 0.0, "", "0")
    return (number, _hash("unit", number), day + 1, number, *plan, state, tries, tries or None, outcome, "", "", at, at)


def _attempt(number: int, units: int) -> Row:
    state, _outcome = _state(number, units)
    at = BEGINS + _day(number, units) * _DAY + number % 40_000 * timedelta(seconds=2)
    over = None if state == "running" else at + timedelta(minutes=15)
    end = None if over is None else "done" if state == "done" else "lost"
    device = 1 + number % PHONES
    return (
        number,
        number,
        1,
        device,
        f"host-{device // 20}/S{device}",
        at,
        at,
        over,
        end,
        "",
        "",
        f"runs/{number}",
        _hash(number),
        900.0,
        900.0,
    )


def _results(units: int, rules: list[tuple[str, str]]) -> Iterator[Row]:
    id = 0
    for number in range(1, units + 1):
        state, outcome = _state(number, units)
        for place in range(RESULTS if state == "done" else 0):
            id += 1
            rule, clause = rules[(number + place) % len(rules)]
            yield id, number, rule, clause, outcome if place == 0 else "clear", "未见异常", "nothing was seen"


def _findings(units: int, findings: int, rules: list[tuple[str, str]]) -> Iterator[Row]:
    chance, id = random.Random(16), 0
    share = findings / sum(_found(number) for number in range(1, units + 1) if _state(number, units)[1] == "violation")
    owed = 0.0
    for number in range(1, units + 1):
        if _state(number, units)[1] != "violation":
            continue
        day = _day(number, units)
        at = BEGINS + day * _DAY + number % 40_000 * timedelta(seconds=2)
        owed += _found(number) * share
        while owed >= 1:
            owed, id = owed - 1, id + 1
            rule, clause = rules[int(len(rules) * chance.random() ** 2)]
            part = f"android.permission-group.{id % 9}"
            sdk = SDKS[int(len(SDKS) * chance.random() ** 3)] if chance.random() < SDK_SHARE else ""
            key = _hash(number % (units // 2), rule, part).hex()[:12]
            yield (
                *(id, day + 1, number, number, rule, clause, _OUTCOMES[id % 2], part, key, sdk),
                *("拒绝权限后应用退出，没有其他说明", "the app ends after a permission is denied", at),
            )
