"""Kinds of columns that SQLite and PostgreSQL keep alike."""

import re
from datetime import UTC, datetime
from typing import Any

import sqlalchemy
from sqlalchemy import JSON, BigInteger, DateTime, Integer, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

Number = BigInteger().with_variant(Integer, "sqlite")
"""A key that counts up: SQLite counts only an INTEGER."""
_UNFIT = re.compile("[\x00\ud800-\udfff]")
Json = JSON().with_variant(JSONB, "postgresql")


class Text(TypeDecorator[str]):
    """A text that an app, a phone or a person wrote: what a database refuses in it must not cost a try its results.

    PostgreSQL knows no sign of the number nought, neither of them half of a pair of surrogates.
    """

    impl = sqlalchemy.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else _UNFIT.sub("\N{REPLACEMENT CHARACTER}", value)


class String(TypeDecorator[str]):
    """The same of at most so many signs: PostgreSQL refuses a longer one, SQLite does not count."""

    impl = sqlalchemy.String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else _UNFIT.sub("\N{REPLACEMENT CHARACTER}", value)[: self.length]


class Moment(TypeDecorator[datetime]):
    """A moment, aware and in UTC; SQLite knows no zones, so there it is kept as UTC without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As it is kept; a moment without a zone is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sha256(TypeDecorator[str]):
    """A hash, 64 hexadecimal digits in Python, 32 bytes on disk."""

    impl = LargeBinary(32)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else bytes(value).hex()
