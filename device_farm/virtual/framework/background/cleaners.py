"""Ends apps on behalf of the user and of the ROM.

Swipe and clear-all in Recents, and the ROM's cleaner, each with the reason that this ROM writes.

``[cleaners]`` of the ROM's file says how: ``remove-task`` is Android's own, ``force-stop`` stops the package with what
belongs to it (alarms, jobs), ``kill`` ends its processes for a reason written as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.system_records import ExitReason

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.system_records import Task
    from device_farm.virtual.framework.system import System

FORCE_STOP = 21  # ApplicationExitInfo.SUBREASON_FORCE_STOP


class Cleaners:
    """Ends apps as the ROM does."""

    def __init__(self, system: System) -> None:
        """Read the ROM's ways."""
        self._system = system
        self._data = system.device.rom.data["cleaners"]

    def rebooted(self) -> None:
        """It keeps nothing."""

    def swiped_away(self, task: Task) -> None:
        """The user swiped one task away in Recents."""
        self._remove(task, "swipe")

    def clear_all(self) -> None:
        """The user pressed the button of Recents that clears all tasks."""
        self._system.truth("clear_all")
        for task in [task for task in self._system.tasks if task.kind != "home"]:
            self._remove(task, "clear_all")

    def clean(self, package: str) -> None:
        """The ROM's cleaner, or its guard over power and memory, ends a package."""
        self._end(package, "cleaner")

    def _remove(self, task: Task, by: str) -> None:
        system, package = self._system, task.package
        system.active_services.task_removed(package)
        system.activities.remove_task(task, "remove-task")
        self._end(package, by)

    def _end(self, package: str, by: str) -> None:
        system, way = self._system, self._data[by]
        if package not in system.packages:
            return
        if way["how"] == "force-stop" and not self._is_spared(package, by):
            system.package_manager.force_stop(package, way["why"], subreason=way.get("subreason", FORCE_STOP))
            return
        for process in system.process_list.of_package(package):
            if way["how"] == "remove-task":
                process.waiting_to_kill = way["why"]  # at once, or as soon as it is in the background
            else:
                system.process_list.kill(process, way["why"], ExitReason.OTHER, way.get("subreason", 0))
        oom_adjuster.update(system)

    def _is_spared(self, package: str, by: str) -> bool:
        """Whether the app may start again.

        A ROM's manager that lets it only ends its processes when the user clears them.
        """
        manager = self._system.start_manager
        may_start = manager.managed and manager.allowed(package)
        return by != "cleaner" and (self._system.packages[package].system or may_start)
