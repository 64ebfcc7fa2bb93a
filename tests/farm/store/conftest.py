"""The store on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from device_farm.store.database import Store, open_store
from tests.farm.new_store import new_store


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    sqlite = request.param == "sqlite"
    opened = new_store(tmp_path / "farm.sqlite") if sqlite else open_store(request.getfixturevalue("postgres"))
    yield opened
    opened.close()
