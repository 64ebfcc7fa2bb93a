"""What holds for a whole farm and stands in its store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.store.models import Setting

if TYPE_CHECKING:
    from device_farm.store.database import Store

ARTIFACTS = "artifacts"
"""The setting that says where the farm's artifacts lie."""


def artifacts_place(store: Store) -> str:
    """Where artifacts lie, as ``farm init`` was told; empty where nobody said, as on a desk."""
    with store.begin() as session:
        kept = session.get(Setting, ARTIFACTS)
    return kept.value if kept is not None else ""
