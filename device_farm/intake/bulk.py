"""Insert many rows in one statement, on both databases; the insert says what becomes of rows that exist.

PostgreSQL gets a thousand rows as one value of JSON: as a thousand statements, or as one with ten thousand parameters,
they cost us three times as much. SQLite is in this process, where a statement a row costs nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Double, Integer, Table, Text, cast, column, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from device_farm.store import column_types
from device_farm.store.column_types import Moment, Sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Column
    from sqlalchemy.orm import Session
    from sqlalchemy.types import TypeEngine

    from device_farm.store.models import Base


def insert_rows(session: Session, kind: type[Base], rows: Sequence[Mapping[str, Any]], settled: Callable[[Any], Any]) -> int:
    """Insert rows of the same columns; ``settled`` adds to an insert what becomes of those that are there. How many."""
    table = kind.__table__
    assert isinstance(table, Table)
    connection, counted = session.connection(), {"preserve_rowcount": True}
    if connection.dialect.name != "postgresql":
        return connection.execute(settled(sqlite.insert(table)), list(rows), execution_options=counted).rowcount
    columns = [table.c[name] for name in rows[0]]
    sent = func.jsonb_to_recordset(cast(literal(json.dumps(list(rows), default=str), Text), postgresql.JSONB))
    told = sent.table_valued(*(column(each.name, _sent(each)) for each in columns), name="told").render_derived(with_types=True)
    read = select(*(_read(each, told.c[each.name]) for each in columns))
    insert = settled(postgresql.insert(table).from_select([each.name for each in columns], read))
    return connection.execute(insert, execution_options=counted).rowcount


def _sent(its: Column[Any]) -> TypeEngine[Any]:
    """Return the JSON value of a column."""
    if isinstance(its.type, Sha256 | Moment | column_types.String | column_types.Text):
        return Text()
    if isinstance(its.type, Integer | BigInteger):
        return BigInteger()
    if isinstance(its.type, Double):
        return Double()
    return postgresql.JSONB()


def _read(its: Column[Any], sent: Any) -> Any:
    """Return the stored value."""
    if isinstance(its.type, Sha256):
        return func.decode(sent, "hex")
    return cast(sent, postgresql.TIMESTAMP(timezone=True)) if isinstance(its.type, Moment) else sent
