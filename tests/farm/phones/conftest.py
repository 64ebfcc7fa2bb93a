"""A night on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from device_farm.phones import recording, states
from device_farm.store import transitions
from device_farm.store.opened import open_store
from tests.farm.phones.night import Night

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["sqlite", "postgres"])
def night(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Night]:
    """An empty store, and a clock that stands until a test moves it."""
    store = open_store(tmp_path / "farm.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgres"))
    with store.begin() as session:
        made = Night(session)
        for module in (recording, states, transitions):
            monkeypatch.setattr(module, "now", lambda session: made.time)
        yield made
    store.close()
