"""How important a process is: oom_score_adj, process state and importance.

After OomAdjuster (services/core/java/com/android/server/am), ProcessList.*_ADJ and ActivityManager.PROCESS_STATE_*
of Android 12 and later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.model import ActivityState

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import ProcessRecord
    from device_farm.virtual.framework.system import System

PERSISTENT, TOP, FOREGROUND_SERVICE, IMPORTANT_FOREGROUND = 0, 2, 4, 6
SERVICE, RECEIVER, HOME, LAST_ACTIVITY, CACHED_ACTIVITY, CACHED_EMPTY = 10, 11, 14, 15, 16, 19
_VISIBLE = (ActivityState.RESUMED, ActivityState.PAUSED, ActivityState.STARTED, ActivityState.INITIALIZING)


def update(system: System) -> None:
    """Rank every process anew, after anything that may have changed it."""
    for record in system.processes.values():
        record.adj, record.proc_state = _rank(system, record)


def _rank(system: System, record: ProcessRecord) -> tuple[int, int]:
    if record.name == "system":
        return -900, PERSISTENT
    if system.is_persistent(record):
        return -800, PERSISTENT
    activities = [a for task in system.tasks for a in task.activities if a.process is record]
    if system.resumed is not None and system.resumed.process is record:
        return 0, TOP
    if any(a.state in _VISIBLE and system.in_front(a) for a in activities):
        return (0, TOP) if any(a.state is ActivityState.INITIALIZING for a in activities) else (100, TOP)
    services = [s for s in system.services if s.process is record]
    if any(s.foreground for s in services):
        return 200, FOREGROUND_SERVICE
    if any(c.alive and c.adj <= 100 and c is not record for s in services for c in s.clients):
        return 100, IMPORTANT_FOREGROUND
    if any(a.task.kind == "home" for a in activities):
        return 600, HOME
    if any(s.start_requested for s in services):
        return 500, SERVICE
    if system.activities.previous is not None and system.activities.previous in activities:
        return 700, LAST_ACTIVITY
    return (900, CACHED_ACTIVITY) if activities else (905, CACHED_EMPTY)


def importance(record: ProcessRecord) -> int:
    """ActivityManager.RunningAppProcessInfo.procStateToImportance."""
    steps = ((TOP, 100), (FOREGROUND_SERVICE, 125), (IMPORTANT_FOREGROUND, 200), (RECEIVER, 300))
    if record.adj == 100:
        return 200
    return next((value for state, value in steps if record.proc_state <= state), 400)
