"""Processes that nobody needs now: kept for a quick return, frozen, and trimmed when there are too many.

After CachedAppOptimizer and OomAdjuster.updateAndTrimProcessLSP (services/core/java/com/android/server/am). Whether a
version freezes, and after how long, is in the ROM's data (``freezer``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.system_records import ExitReason

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import ProcessRecord
    from device_farm.virtual.framework.system import System

FIRST_APP_UID = 10000
MAX_EMPTY = 16  # half of MAX_CACHED_PROCESSES (ActivityManagerConstants)
MAX_EMPTY_TIME = 1800.0  # seconds, ProcessList.MAX_EMPTY_TIME
TRIM_EMPTY_ABOVE = 8  # CUR_TRIM_EMPTY_PROCESSES: below this an old empty process stays
TOO_MANY_EMPTY, TRIM_EMPTY, REMOVE_TASK = 3, 4, 22  # ApplicationExitInfo.SUBREASON_*


class CachedProcesses:
    """The cached processes of a device."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        freezer = system.device.rom.data["freezer"]
        self.freezes: bool = freezer["enabled"]
        self.debounce: float = freezer["debounce"]
        self.rebooted()

    def rebooted(self) -> None:
        """Nothing of it outlives a reboot."""
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
        if process.proc_state <= oom_adjuster.TOP:
            process.waiting_to_kill = None
        elif why is not None and process.adj > oom_adjuster.PERCEPTIBLE_ADJ and not process.executing and not process.receiving:
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
        empty = [p for p in self._system.processes.values() if p.proc_state == oom_adjuster.CACHED_EMPTY]
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
