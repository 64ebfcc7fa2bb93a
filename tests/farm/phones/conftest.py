"""A night on both databases; nothing of it is committed, so that all tests of a file share one store."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy.orm import Session

from device_farm.phones import charging, inventory_records, phone_transitions
from device_farm.store import transitions
from device_farm.store.database import Store, open_store
from tests.farm.phones.night import Night


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with nothing in it."""
    url = str(tmp_path_factory.mktemp("store") / "farm.sqlite")
    if request.param == "postgres":
        server = request.getfixturevalue("postgres_server")
        name = f"phones_{request.module.__name__.rpartition('.')[2]}"
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(f'create database "{name}"')
        url = server.url(name)
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def night(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Night]:
    """The store for one test, and a clock that stands until the test moves it."""
    with Session(store.engine, expire_on_commit=False) as session:
        made = Night(session)
        for module in (charging, inventory_records, phone_transitions, transitions):
            monkeypatch.setattr(module, "now", lambda session: made.time)
        yield made
        session.rollback()
