"""One call of requestPermissions, from the app to its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import ActivityRecord, Intent, Package


@dataclass(slots=True)
class Request:
    """One call of requestPermissions. ``waiting`` are the groups that still need a dialog, with their permissions.

    ``by_system``: Android asks for the app, which is not told. ``background``: all the time is asked for in Settings.
    """

    caller: ActivityRecord
    package: Package
    names: list[str]
    intent: Intent
    waiting: list[tuple[str, list[str]]] = field(default_factory=list)
    by_system: bool = False
    background: bool = False
