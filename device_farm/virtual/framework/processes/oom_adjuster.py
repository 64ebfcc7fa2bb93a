"""Ranks processes: oom_score_adj, process state and importance.

After OomAdjuster (services/core/java/com/android/server/am), ProcessList.*_ADJ and ActivityManager.PROCESS_STATE_*
of Android 12 and later.

Processes that nobody needs now: kept for a quick return, frozen, and trimmed when there are too many.

After CachedAppOptimizer and OomAdjuster.updateAndTrimProcessLSP (services/core/java/com/android/server/am). Whether a
version freezes, and after how long, is in the ROM's data (``freezer``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.records.system_records import ActivityRecord, ActivityState, ExitReason, ProcessRecord, ServiceRecord
from device_farm.virtual.framework.system_service import SystemService

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System

PERSISTENT, TOP, BOUND_TOP, FOREGROUND_SERVICE, BOUND_FOREGROUND, IMPORTANT_FOREGROUND = 0, 2, 3, 4, 5, 6
TRANSIENT_BACKGROUND = 8
SERVICE, RECEIVER, TOP_SLEEPING, HOME, LAST_ACTIVITY, CACHED_ACTIVITY, CACHED_EMPTY = 10, 11, 12, 14, 15, 16, 19
FOREGROUND_ADJ, VISIBLE_ADJ, PERCEPTIBLE_ADJ, PERCEPTIBLE_LOW_ADJ, SERVICE_ADJ = 0, 100, 200, 250, 500
CACHED_ADJ = 900
MAX_SERVICE_INACTIVITY = 1800.0  # seconds after which a started service does not keep its process from the cache
_VISIBLE = (ActivityState.RESUMED, ActivityState.PAUSED, ActivityState.STARTED, ActivityState.INITIALIZING)

Rank = tuple[int, int]
"""oom_score_adj and process state."""


def update(system: System) -> None:
    """Rank every process anew, after anything that may have changed it."""
    held = _Held(system)
    for record in system.processes.values():
        record.adj, record.proc_state = _rank(system, record, held)
    for record in system.processes.values():
        _rank_by_clients(record, held)
        _note_cached(system, record)
    system.uid_states.update()
    system.cached_processes.update()


def update_one(system: System, record: ProcessRecord) -> None:
    """Rank one process anew, after something that concerns it alone; the others too if they depend on it."""
    if any(service.process is record or record in service.clients for service in system.services):
        update(system)
        return
    record.adj, record.proc_state = _rank(system, record, _Held(system))
    _note_cached(system, record)
    system.uid_states.update_uid(record.uid)
    system.cached_processes.update_one(record)


def _note_cached(system: System, record: ProcessRecord) -> None:
    cached = record.adj >= CACHED_ADJ
    if cached != (record.cached_since is not None):
        record.cached_since = system.clock.uptime if cached else None


class _Held:
    """The activities and services by the process (its pid) that they run in."""

    def __init__(self, system: System) -> None:
        self.activities: dict[int, list[ActivityRecord]] = {}
        self.services: dict[int, list[ServiceRecord]] = {}
        for task in system.tasks:
            for activity in task.activities:
                if activity.process is not None:
                    self.activities.setdefault(activity.process.pid, []).append(activity)
        for service in system.services:
            if service.process is not None:
                self.services.setdefault(service.process.pid, []).append(service)


def _rank(system: System, record: ProcessRecord, held: _Held) -> Rank:
    if record.name == "system":
        return -900, PERSISTENT
    if system.is_persistent(record):
        return -800, PERSISTENT
    activities = held.activities.get(record.pid, [])
    if system.display_sleep.sleeping:
        adj, state = _rank_behind(system, record, activities, held.services.get(record.pid, []))
        top = system.activities.top()
        return (FOREGROUND_ADJ, min(state, TOP_SLEEPING)) if top is not None and top.process is record else (adj, state)
    if system.resumed is not None and system.resumed.process is record:
        return FOREGROUND_ADJ, TOP
    if system.activities.is_starting(record):
        return FOREGROUND_ADJ, TOP
    if any(a.state in _VISIBLE and system.in_front(a) for a in activities):
        starting = any(a.state is ActivityState.INITIALIZING for a in activities)
        return (FOREGROUND_ADJ if starting else VISIBLE_ADJ), TOP
    return _rank_behind(system, record, activities, held.services.get(record.pid, []))


def _rank_behind(system: System, record: ProcessRecord, activities: list[ActivityRecord], services: list[ServiceRecord]) -> Rank:
    """The rank of a process that shows nothing; "top-sleeping" in OomAdjuster counts only behind all this."""
    if any(s.foreground for s in services):
        return PERCEPTIBLE_ADJ, FOREGROUND_SERVICE
    if record.receiving:
        return FOREGROUND_ADJ, RECEIVER
    if record.executing:
        return FOREGROUND_ADJ, SERVICE
    if record.jobs:  # bound by the system with BIND_NOT_FOREGROUND and BIND_NOT_PERCEPTIBLE
        return PERCEPTIBLE_LOW_ADJ, TRANSIENT_BACKGROUND
    if any(a.task.kind == "home" for a in activities):
        return 600, HOME
    if any(s.start_requested and system.clock.uptime - s.last_activity < MAX_SERVICE_INACTIVITY for s in services):
        return SERVICE_ADJ, SERVICE
    if system.activities.previous is not None and system.activities.previous in activities:
        return 700, LAST_ACTIVITY
    return (CACHED_ADJ, CACHED_ACTIVITY) if activities else (CACHED_ADJ + 5, CACHED_EMPTY)


def _rank_by_clients(record: ProcessRecord, held: _Held) -> None:
    """A bound service is nearly as important as who bound it (OomAdjuster.computeServiceHostOomAdjLSP)."""
    for service in held.services.get(record.pid, []):
        for client in service.clients:
            if client is record or not client.alive:
                continue
            if client.adj < 0 or client.proc_state <= TOP:
                rank = (VISIBLE_ADJ, IMPORTANT_FOREGROUND if client.adj < 0 else BOUND_TOP)
            else:
                rank = (max(client.adj, VISIBLE_ADJ), max(client.proc_state, BOUND_FOREGROUND))
            record.adj, record.proc_state = min(record.adj, rank[0]), min(record.proc_state, rank[1])


def importance(record: ProcessRecord) -> int:
    """ActivityManager.RunningAppProcessInfo.procStateToImportance."""
    steps = ((TOP, 100), (FOREGROUND_SERVICE, 125), (IMPORTANT_FOREGROUND, 200), (RECEIVER, 300), (TOP_SLEEPING, 325))
    if record.adj == VISIBLE_ADJ:
        return 200
    return next((value for state, value in steps if record.proc_state <= state), 400)


FIRST_APP_UID = 10000
MAX_EMPTY = 16  # half of MAX_CACHED_PROCESSES (ActivityManagerConstants)
MAX_EMPTY_TIME = 1800.0  # seconds, ProcessList.MAX_EMPTY_TIME
TRIM_EMPTY_ABOVE = 8  # CUR_TRIM_EMPTY_PROCESSES: below this an old empty process stays
TOO_MANY_EMPTY, TRIM_EMPTY, REMOVE_TASK = 3, 4, 22  # ApplicationExitInfo.SUBREASON_*


class CachedProcesses(SystemService):
    """The cached processes of a device."""

    def made(self) -> None:
        freezer = self._system.device.rom.data["freezer"]
        self.freezes: bool = freezer["enabled"]
        self.debounce: float = freezer["debounce"]
        self.rebooted()

    def rebooted(self) -> None:
        self._trimming = False
        self._waiting: set[int] = set()  # pids that are to be frozen if they stay cached

    def update(self) -> None:
        """After a ranking: thaw what is needed again, freeze what stays cached, kill what may go or is too much."""
        for process in list(self._system.processes.values()):
            self.update_one(process)
        self._trim()

    def update_one(self, process: ProcessRecord) -> None:
        """Freeze or thaw one process after a ranking; the cache is not trimmed."""
        if process.waiting_to_kill is not None and self._may_kill(process):
            return
        if process.cached_since is None:
            self.thaw(process)
        elif self.freezes and not process.frozen and process.pid not in self._waiting and process.uid >= FIRST_APP_UID:
            self._waiting.add(process.pid)
            self._system.later(self.debounce, lambda: self._freeze(process))

    def _may_kill(self, process: ProcessRecord) -> bool:
        """Kill a process of a removed task once it is in the background (OomAdjuster.applyOomAdjLSP)."""
        why = process.waiting_to_kill
        if process.proc_state <= TOP:
            process.waiting_to_kill = None
        elif why is not None and process.adj > PERCEPTIBLE_ADJ and not process.executing and not process.receiving:
            self._system.process_list.kill(process, why, ExitReason.USER_REQUESTED, REMOVE_TASK)
            return True
        return False

    def thaw(self, process: ProcessRecord) -> None:
        """Let a frozen process run again."""
        if process.frozen:
            process.frozen = False
            self._system.narrator.process_unfrozen(process)
            process.runtime.looper.thaw()
            self._system.app_downloads.thawed(process)

    def _freeze(self, process: ProcessRecord) -> None:
        self._waiting.discard(process.pid)
        if not process.alive or process.cached_since is None:
            return
        left = self.debounce - (self._system.clock.uptime - process.cached_since)
        if left > 0.001:
            self._waiting.add(process.pid)
            self._system.later(left, lambda: self._freeze(process))
            return
        process.frozen = True
        process.runtime.looper.freeze()
        self._system.app_downloads.frozen(process)
        self._system.narrator.process_frozen(process)

    def _trim(self) -> None:
        if self._trimming:
            return
        empty = [p for p in self._system.processes.values() if p.proc_state == CACHED_EMPTY]
        if len(empty) <= TRIM_EMPTY_ABOVE:
            return
        self._trimming = True
        empty.sort(key=lambda process: -process.last_activity)
        for number, process in enumerate(empty, 1):
            if number > MAX_EMPTY:
                self._system.process_list.kill(process, f"empty #{number}", ExitReason.OTHER, TOO_MANY_EMPTY)
            elif number > TRIM_EMPTY_ABOVE and (idle := self._system.clock.uptime - process.last_activity) > MAX_EMPTY_TIME:
                self._system.process_list.kill(process, f"empty for {int(idle)}s", ExitReason.OTHER, TRIM_EMPTY)
        self._trimming = False
