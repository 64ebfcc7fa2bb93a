"""The events of the last day that UsageStatsService keeps: the lines of ``dumpsys usagestats``.

After UserUsageStatsService.reportEvent (services/usage) and UsageEvents.Event (core/java/android/app/usage).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import ActivityRecord
    from device_farm.virtual.framework.system import System

KEPT = 2000  # events; a busy phone has about as many in a day


@dataclass(frozen=True, slots=True)
class UsageEvent:
    """One event; ``wall`` is Unix time, ``details`` what is printed after the package."""

    wall: float
    kind: str
    package: str
    details: str = ""


class UsageEvents:
    """The newest events, oldest first."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        self.events: deque[UsageEvent] = deque(maxlen=KEPT)

    def rebooted(self) -> None:
        """Its events stay (UsageStatsService writes them to /data)."""

    def activity(self, record: ActivityRecord, kind: str) -> None:
        """ACTIVITY_RESUMED, ACTIVITY_PAUSED or ACTIVITY_STOPPED; 8 and 9 know only the first two, by other names."""
        if self._system.sdk < 29:
            old = {"ACTIVITY_RESUMED": "MOVE_TO_FOREGROUND", "ACTIVITY_PAUSED": "MOVE_TO_BACKGROUND"}
            if kind not in old:
                return
            kind, details = old[kind], f"class={record.component.class_name}"
        else:
            root = record.task.activities[0].component if record.task.activities else record.component
            details = (
                f"class={record.component.class_name} instanceId={record.token} "
                f"taskRootPackage={root.package} taskRootClass={root.class_name}"
            )
        self._add(kind, record.component.package, details)
        if kind in ("ACTIVITY_RESUMED", "MOVE_TO_FOREGROUND"):
            self._system.standby.opened(record.component.package)

    def foreground_service(self, package: str, class_name: str, *, started: bool) -> None:
        """A service went to the foreground or left it (10 and later)."""
        if self._system.sdk >= 29:
            kind = "FOREGROUND_SERVICE_START" if started else "FOREGROUND_SERVICE_STOP"
            self._add(kind, package, f"class={class_name}")

    def screen_changed(self, *, on: bool) -> None:
        """The display was lit or put out."""
        self._add("SCREEN_INTERACTIVE" if on else "SCREEN_NON_INTERACTIVE", "android")

    def bucket_changed(self, package: str, bucket: int) -> None:
        """An app went to another standby bucket."""
        self._add("STANDBY_BUCKET_CHANGED", package, f"standbyBucket={bucket} reason=u-si")

    def _add(self, kind: str, package: str, details: str = "") -> None:
        self.events.append(UsageEvent(self._system.clock.wall, kind, package, details))
