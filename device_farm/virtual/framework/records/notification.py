"""A posted notification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.model import Intent

AUTO_CANCEL, ONGOING = 0x10, 0x02  # Notification.FLAG_*


@dataclass(frozen=True, slots=True)
class Notification:
    """A posted notification."""

    package: str
    number: int
    title: str
    text: str
    wall: float  # Unix seconds
    flags: int = AUTO_CANCEL
    intent: Intent | None = None  # what a tap starts
