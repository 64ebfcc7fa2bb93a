"""Read the store and nothing else: a page that only shows cannot write, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from device_farm.store.database import Store

LONGEST_SECONDS = 10
"""A query that takes longer is ended by PostgreSQL, so that a page cannot hold up the farm."""


@contextmanager
def reading(store: Store) -> Iterator[Session]:
    """A transaction in which the database refuses to write. Raises StoreError."""
    with store.begin() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{LONGEST_SECONDS}s'")
            yield session
            return
        connection.exec_driver_sql("PRAGMA query_only=ON")
        try:
            yield session
        finally:
            connection.exec_driver_sql("PRAGMA query_only=OFF")
