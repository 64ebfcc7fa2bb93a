"""A farm with an empty store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.farm.dispatch.shelf import Shelf, shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def farm(postgres: str, tmp_path: Path) -> Iterator[Shelf]:
    """On the PostgreSQL of the session."""
    with shelf(postgres, tmp_path) as made:
        yield made
