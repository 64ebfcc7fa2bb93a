"""A farm with an empty store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from device_farm.dispatch.engine import Intervals
from tests.farm.dispatch.shelf import PATIENT, Shelf, shelf


@pytest.fixture
def intervals() -> Intervals:
    """Its pace; a module in which workers die has its own."""
    return PATIENT


@pytest.fixture
def farm(postgres: str, tmp_path: Path, intervals: Intervals) -> Iterator[Shelf]:
    """On the PostgreSQL of the session."""
    with shelf(postgres, tmp_path, intervals) as made:
        yield made
