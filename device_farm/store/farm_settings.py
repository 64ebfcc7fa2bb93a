"""Settings of a whole farm, kept in its store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.store.models import Setting

if TYPE_CHECKING:
    from device_farm.store.database import Store

ARTIFACTS = "artifacts"
"""The setting that says where the farm's artifacts lie."""


def artifacts_place(store: Store) -> str:
    """Return the place of artifacts that ``farm init`` set; empty where there is none, as on a desk."""
    with store.begin() as session:
        kept = session.get(Setting, ARTIFACTS)
    return kept.value if kept is not None else ""
