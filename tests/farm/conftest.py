"""For tests of the farm: a real PostgreSQL, started once a process, and an empty database of it for each test."""

import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from device_farm.dispatch.embedded_postgres import Embedded
from tests.farm.made_store import Made

psycopg = pytest.importorskip("psycopg", reason="the extra `farm` is not installed")
_numbers = count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Embedded]:
    """A PostgreSQL of this process, with no care for power cuts."""
    yield from _server(durable=False)


@pytest.fixture
def postgres(postgres_server: Embedded) -> Iterator[str]:
    """The URL of an empty database on the server of the session."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield postgres_server.url(name)
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def own_postgres() -> Iterator[Embedded]:
    """A PostgreSQL of this test alone, as durable as any, to be killed and started again."""
    yield from _server(durable=True)


@pytest.fixture(scope="session")
def whole_farm(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A farm that no test changes."""
    from tests.farm.made_store import made_store  # here, for most tests of the farm need none

    made = made_store(tmp_path_factory.mktemp("farm"))
    made.store.close()
    return made


def _server(*, durable: bool) -> Iterator[Embedded]:
    folder = Path(tempfile.mkdtemp(prefix="apprights-test-"))  # pytest's own folders are closed to other users
    server = Embedded(folder, durable=durable)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
