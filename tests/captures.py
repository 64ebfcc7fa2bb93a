"""Where the real captures are: beside the project, or where APPRIGHTS_CAPTURES says."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "captures"


def capture(name: str) -> Path:
    """Return the path of a capture; the test is skipped where it is absent."""
    path = Path(os.environ.get("APPRIGHTS_CAPTURES", _BESIDE)) / name
    if not path.exists():
        pytest.skip(f"real capture {name} is not on this machine")
    return path
