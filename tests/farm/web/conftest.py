"""A dashboard over a made-up farm: asked in this process, or served on a port of its own."""

import shutil
import socket
import tarfile
import threading
import time
import warnings
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the extra `web` is not installed")

from starlette.exceptions import StarletteDeprecationWarning

with warnings.catch_warnings():
    warnings.simplefilter("ignore", StarletteDeprecationWarning)  # it would rather have httpx2, which we do not use
    from fastapi.testclient import TestClient

from collections.abc import Callable, Iterator

from device_farm.store import FILE
from device_farm.store.database import Store, open_store
from device_farm.web.access import Token
from device_farm.web.application import make_app, server
from device_farm.web.web_settings import Settings
from tests.farm.made_store import Made

TOKEN = "a-token-of-this-test-0123456789"
HERE = "http://127.0.0.1:8416"


@pytest.fixture
def made(whole_farm: Made, tmp_path: Path) -> Iterator[Made]:
    """A farm of this test's own; its pictures are shared."""
    shutil.copy(whole_farm.folder / FILE, tmp_path / FILE)
    store = open_store(tmp_path / FILE)
    yield replace(whole_farm, store=store)
    store.close()


@pytest.fixture
def client(made: Made) -> Iterator[TestClient]:
    """A browser at a dashboard without a token."""
    with TestClient(make_app(made.store, Settings(folder=made.folder)), base_url=HERE) as opened:
        yield opened


@pytest.fixture
def keeper(made: Made) -> Iterator[TestClient]:
    """A browser at a dashboard with a token, not signed in yet."""
    settings = Settings(folder=made.folder, tokens=(Token("token", TOKEN),))
    with TestClient(make_app(made.store, settings), base_url=HERE, follow_redirects=False) as opened:
        yield opened


@contextmanager
def served(store: Store, settings: Settings) -> Iterator[str]:
    """A dashboard on a port; its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    running = server(store, settings)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        until(lambda: running.started)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        running.stop()
        thread.join(120)
        assert not thread.is_alive()


def until(true: Callable[[], bool], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.01)


@pytest.fixture
def old_run(tmp_path: Path) -> Path:
    """A run folder that is kept with the tests."""
    packed = Path(__file__).parents[2] / "data" / "old_runs" / "bank-lost-device.tar.xz"
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path / "old", filter="data")
    return next(path.parent for path in (tmp_path / "old").rglob("run.json"))
