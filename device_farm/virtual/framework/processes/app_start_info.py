"""The history of process starts that ``dumpsys activity start-info`` prints since Android 15.

After AppStartInfoTracker (services/core/java/com/android/server/am) and ApplicationStartInfo (core/java/android/app).
"""

from dataclasses import dataclass

from device_farm.virtual.framework.records.start_cause import Cause, Trigger, start_reason
from device_farm.virtual.framework.records.system_records import Intent, ProcessRecord
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.framework.text_formats import intent_text

KEPT = 16  # records a package (APP_START_INFO_HISTORY_LIST_SIZE)
MAIN, LAUNCHER = "android.intent.action.MAIN", "android.intent.category.LAUNCHER"


@dataclass(frozen=True, slots=True)
class StartRecord:
    """ApplicationStartInfo of one start; ``uptime`` is the fork in seconds since boot, ``intent`` its printed text."""

    package: str
    process: str
    pid: int
    uid: int
    reason: str
    was_force_stopped: bool
    intent: str | None
    uptime: float


class AppStartInfo(SystemService):
    """The records by package, newest last."""

    def made(self) -> None:
        """Start with none; they outlive a reboot (AppStartInfoTracker writes them to /data)."""
        self.records: dict[str, list[StartRecord]] = {}

    def started(self, process: ProcessRecord) -> None:
        cause = process.cause or Cause(Trigger.SYSTEM)
        if cause.trigger is Trigger.SYSTEM:
            return
        reason, intent = start_reason(cause.trigger), self._intent(process, cause)
        if process.hosting_type.endswith("activity"):
            launched = intent is not None and intent.action == MAIN and LAUNCHER in intent.categories
            reason = "LAUNCHER" if launched else "START ACTIVITY"
        package, _slash, class_name = (process.hosting_name or "").partition("/")
        component = f"{package}/{class_name.removeprefix(package)}" if class_name else None
        text = None if intent is None else f"Intent {{ {intent_text(intent, component)} }}"
        mine = self.records.setdefault(process.package, [])
        mine.append(
            StartRecord(
                process.package, process.name, process.pid, process.uid, reason, process.was_force_stopped, text,
                process.started,
            )
        )  # fmt: skip
        del mine[:-KEPT]

    def _intent(self, process: ProcessRecord, cause: Cause) -> Intent | None:
        top = self._system.activities.top()
        if process.hosting_type.endswith("activity") and top is not None and top.component.package == process.package:
            return top.intent
        return Intent(action=cause.action)
