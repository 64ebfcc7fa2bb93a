"""Open the store: a file of SQLite on this computer, or PostgreSQL; brought to this version's schema."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, func, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import Session

from device_farm.store.models import Base, Setting
from device_farm.store.urls import without_password
from harness.errors import FormatError, HarnessError
from harness.language import _

if TYPE_CHECKING:
    from alembic.config import Config

BUSY_SECONDS = 30.0
POOL_SECONDS = 5.0
"""How long somebody waits for a connection that others have: then they are told, rather than kept."""
_SILENT = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 15_000}
"""A server that went off without a word is noticed within a lease (libpq, seconds and milliseconds)."""
MIGRATIONS = Path(__file__).parent / "migrations"


class StoreError(HarnessError):
    """The store cannot be reached or is of another version; what was recorded stays where it is."""

    @classmethod
    def of(cls, error: SQLAlchemyError) -> StoreError:
        return cls(_("the store cannot be used: {reason}", reason=_first_line(error)))


class Store:
    """A store that is open; one transaction a block."""

    def __init__(self, engine: Engine) -> None:
        """``engine`` is of a schema that fits (``open_store``)."""
        self.engine = engine

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A transaction: committed at the end of the block, or as if nothing had been. Raises StoreError."""
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except (OperationalError, InterfaceError, NoConnection) as error:  # the second: a connection that was closed
            raise StoreError.of(error) from error

    def close(self) -> None:
        """Give its connections back."""
        self.engine.dispose()


def open_store(url: str | Path, *, create: bool = True) -> Store:
    """Open the store at a path of a SQLite file, or a URL as ``postgresql://...``.

    With ``create`` it is made or brought to this version's schema. Raises StoreError where it cannot be reached, where
    its schema is newer than this version, or old and not to be changed.
    """
    engine = _engine(url)
    try:
        found, newest = schema_version(engine), newest_schema()
        if found != newest:
            _refuse_newer(found)
            if not create:
                raise StoreError(
                    _(
                        "the store's schema is {found}, this version's is {newest}: run 'apprights farm init'",
                        found=found or "-",
                        newest=newest,
                    )
                )
            upgrade(engine)
    except SQLAlchemyError as error:
        engine.dispose()
        raise StoreError(_("the store cannot be opened: {reason}", reason=_first_line(error))) from error
    except HarnessError:
        engine.dispose()
        raise
    return Store(engine)


def now(session: Session) -> datetime:
    """The time by the store's own clock: hosts may disagree, leases may not."""
    if session.get_bind().dialect.name != "postgresql":
        return datetime.now(UTC)
    told: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return told


def upgrade(engine: Engine) -> None:
    """Make the tables where there are none; bring up those of an older version."""
    from alembic import command  # as long to import as all else of the store: whoever opens one that fits needs none of it

    old = schema_version(engine) is not None
    with engine.begin() as connection:
        if old:
            command.upgrade(_config(connection), "head")
        else:
            Base.metadata.create_all(connection)
            command.stamp(_config(connection), "head")


def schema_version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("select version_num from alembic_version")).scalar_one_or_none()
        return found


def newest_schema() -> str:
    """The version that this program knows."""
    return schemas()[-1]


def schemas() -> list[str]:
    """The versions that this program can bring up, oldest first: the names of the files that lead to them."""
    return sorted(path.stem for path in (MIGRATIONS / "versions").glob("0*.py"))


def _refuse_newer(found: str | None) -> None:
    if found is not None and found not in schemas():
        raise StoreError(_("the store's schema {found} is newer than this version of AppRights: bring AppRights up to date", found=found))


def _engine(url: str | Path) -> Engine:
    if isinstance(url, Path) or "://" not in str(url):
        engine = create_engine(f"sqlite:///{url}", connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _as_a_desk_needs_it)
        return engine
    if not str(url).startswith(("postgresql://", "postgresql+psycopg://")):
        raise FormatError(_("'{url}' is no store: a path, or postgresql://USER@HOST/NAME", url=without_password(str(url))[:200]))
    try:
        place = make_url(str(url).replace("postgresql://", "postgresql+psycopg://", 1))
    except (ArgumentError, ValueError):  # the second: a port that is no number
        raise FormatError(_("'{url}' is no store: a path, or postgresql://USER@HOST/NAME", url=without_password(str(url))[:200])) from None
    return create_engine(place, pool_pre_ping=True, pool_size=2, max_overflow=8, pool_timeout=POOL_SECONDS, connect_args=dict(_SILENT))


def _as_a_desk_needs_it(connection: Any, _record: Any) -> None:
    """WAL: whoever looks on does not stop whoever writes. NORMAL loses at most the last moment in a power cut."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _config(connection: Any) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _first_line(error: SQLAlchemyError) -> str:
    text = str(getattr(error, "orig", None) or error)
    return next((line.strip() for line in text.splitlines() if line.strip()), type(error).__name__)[:300]


ARTIFACTS = "artifacts"
"""The setting that says where the farm's artifacts lie."""


def artifacts_place(store: Store) -> str:
    """Return the place of artifacts that ``farm init`` set; empty where there is none, as on a desk."""
    with store.begin() as session:
        kept = session.get(Setting, ARTIFACTS)
    return kept.value if kept is not None else ""
