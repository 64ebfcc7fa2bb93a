from pathlib import Path

import pytest

from tests.unit.rectification.made import Maker


@pytest.fixture
def made(tmp_path: Path) -> Maker:
    return Maker(tmp_path)
