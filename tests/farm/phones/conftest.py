"""A night on both databases; nothing of it is committed, so that all tests of a file share one store."""

from collections.abc import Iterator, Sequence
from functools import partial

import psycopg
import pytest
from sqlalchemy.orm import Session

from device_farm.phones import charging, inventory_records, phone_transitions
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.store import transitions
from device_farm.store.database import Store, open_store
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.protocol import ShellResult
from tests.farm.phones.night import Night


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
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


class Answering(InProcessDevice):
    """A virtual phone on which some commands answer as a test says, wherever they stand in a script."""

    def __init__(self, thread: ServerThread) -> None:
        super().__init__(thread)
        self.said: dict[str, str] = {}

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        script = command if isinstance(command, str) else " ".join(command)
        for words, answer in self.said.items():
            script = script.replace(words, "printf %s " + "'" + answer + "'")
        return super().shell(script, timeout=timeout)


@pytest.fixture
def thread() -> Iterator[ServerThread]:
    with devices_in_thread([partial(VirtualDevice, Spec())]) as started:
        yield started


@pytest.fixture
def phone(thread: ServerThread) -> Iterator[Answering]:
    with Answering(thread) as device:
        yield device


@pytest.fixture
def night(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Night]:
    """The store for one test, and a clock that stands until the test moves it."""
    with Session(store.engine, expire_on_commit=False) as session:
        made = Night(session)
        for module in (charging, inventory_records, phone_transitions, transitions):
            monkeypatch.setattr(module, "now", lambda session: made.time)
        yield made
        session.rollback()
