from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.rectification.made import Maker

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def made(tmp_path: Path) -> Maker:
    return Maker(tmp_path)
