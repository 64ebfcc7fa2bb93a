"""A shortcut that an app has pinned to the home screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Intent


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A pinned shortcut: its label, and the intent that a tap starts."""

    package: str
    id: str
    label: str
    intent: Intent
