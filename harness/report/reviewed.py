"""What people made of the findings of a run, by the keys of the findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from harness.report.model import ReviewView


def reviews(folder: Path) -> Mapping[str, tuple[ReviewView, ...]]:
    """Each finding that was looked at, with every decision, the latest last."""
    return {}
