"""Insert many rows in one statement, on both databases; the insert says what becomes of rows that exist.

PostgreSQL gets a thousand rows as one value of JSON: as a thousand statements, or as one with ten thousand parameters,
they cost us three times as much. SQLite is in this process, where a statement a row costs nothing.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    Integer,
    Table,
    Text,
    cast,
    column,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from device_farm.intake.submission_rows import Place, Refused
from device_farm.store import column_types
from device_farm.store.column_types import Moment, Sha256
from device_farm.store.database import now
from device_farm.store.models import Base, Refusal
from harness.language import both


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
    if isinstance(its.type, Sha256 | Moment | column_types.String | column_types.Text):
        return Text()
    if isinstance(its.type, Integer | BigInteger):
        return BigInteger()
    if isinstance(its.type, Double):
        return Double()
    return postgresql.JSONB()


def _read(its: Column[Any], sent: Any) -> Any:
    if isinstance(its.type, Sha256):
        return func.decode(sent, "hex")
    return cast(sent, postgresql.TIMESTAMP(timezone=True)) if isinstance(its.type, Moment) else sent


def keep(session: Session, campaign: int, refused: Sequence[Refused], accepted: Iterable[Place] = ()) -> None:
    """Write down what is refused now; what stands at the same place is no longer what was refused there before."""
    if session.scalar(select(exists().where(Refusal.campaign_id == campaign))):
        places = {_where(at) for at in (*accepted, *(row.at for row in refused))}
        mine = Refusal.campaign_id == campaign
        session.execute(delete(Refusal).where(mine, tuple_(Refusal.source, Refusal.line).in_(sorted(places))))
    at = now(session)
    rows = []
    for row in refused:
        (source, line), (zh, en) = _where(row.at), both(row.reason)
        rows.append({"campaign_id": campaign, "source": source, "line": line, "reason_zh": zh, "reason_en": en, "refused_at": at})
    if rows:
        session.execute(insert(Refusal), rows)


def forget(session: Session, campaign: int, sources: Iterable[str], before: datetime) -> None:
    """Let go of what was refused in some files or folders ``before`` they were read again, and was not met any more."""
    for source in map(_absolute, sources):
        within = or_(Refusal.source == source, Refusal.source.startswith(source.rstrip(os.sep) + os.sep, autoescape=True))
        session.execute(delete(Refusal).where(Refusal.campaign_id == campaign, Refusal.refused_at < before, within))


def _where(at: Place) -> tuple[str, int]:
    return _absolute(at.source), at.line


def _absolute(source: str) -> str:
    """A file by its whole path, so that it is the same from another folder; a package stays as it was typed."""
    path = Path(source)
    if not os.path.lexists(source):
        return source
    return str(path.resolve() if path.is_dir() else path.parent.resolve() / path.name)  # not where a link leads
