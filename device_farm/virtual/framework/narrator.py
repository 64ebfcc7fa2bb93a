"""Tells the log what happened, in the words of the device's Android version and ROM.

The runtime calls these methods at the moment a thing happens; each writes the lines that the real services print, to the
buffers where they print them, with the pid and uid that print them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.framework.model import (
        ActivityRecord,
        Intent,
        ProcessRecord,
        ServiceRecord,
        Task,
    )


class Narrator:
    """The log lines of one device."""

    def __init__(self, device: VirtualDevice) -> None:
        """Write to ``device.logs`` in the texts of ``device.rom``."""
        self._device = device

    # processes
    def process_started(self, process: ProcessRecord) -> None: ...  # noqa: D102, E704
    def process_bound(self, process: ProcessRecord) -> None: ...  # noqa: D102, E704
    def process_killed(self, process: ProcessRecord, reason: str) -> None:
        """ActivityManager kills it: am_kill, Killing; ``process_gone`` follows."""

    def process_gone(self, process: ProcessRecord, *, status: int | None, signal: int | None, by_am: bool) -> None:
        """Zygote's line, am_proc_died and (unless killed by ActivityManager) ``has died``, WIN DEATH of its windows."""

    def runtime_exit(self, process: ProcessRecord, status: int) -> None:
        """System.exit: the app's own lines before it is gone."""

    def crashed(self, process: ProcessRecord, exception: str, message: str, frames: list[str]) -> None:
        """FATAL EXCEPTION in the crash and main buffers, am_crash; exception is a Java class name."""

    def anr(self, process: ProcessRecord, reason: str) -> None: ...  # noqa: D102, E704
    def low_memory_kill(self, process: ProcessRecord) -> None:
        """lmkd's line; ``process_gone`` with signal 9 follows."""

    def force_stopping(self, package: str, uid: int, why: str) -> None:
        """``Force stopping PKG appid=N user=0: why``."""

    # activities and tasks
    def start_requested(self, intent: Intent, resolved: str | None, uid: int, package: str | None, result: int) -> None:
        """START u0 {...}; ``resolved`` is the short component."""

    def task_created(self, task: Task) -> None: ...  # noqa: D102, E704
    def task_to_front(self, task: Task) -> None: ...  # noqa: D102, E704
    def task_moved_to_back(self, task: Task) -> None:
        """moveTaskToBack of the app itself or of Back on a root launcher activity (12+)."""

    def task_removed(self, task: Task) -> None: ...  # noqa: D102, E704
    def activity_created(self, activity: ActivityRecord) -> None: ...  # noqa: D102, E704
    def activity_resumed(self, activity: ActivityRecord) -> None: ...  # noqa: D102, E704
    def activity_paused(self, activity: ActivityRecord, reason: str) -> None: ...  # noqa: D102, E704
    def activity_stopped(self, activity: ActivityRecord) -> None: ...  # noqa: D102, E704
    def activity_finished(self, activity: ActivityRecord, reason: str) -> None:
        """Reasons as Android prints them: app-request, request-affinity, finish-activity, force-stop ..."""

    def activity_destroyed(self, activity: ActivityRecord, reason: str) -> None: ...  # noqa: D102, E704

    # the rest
    def service_created(self, service: ServiceRecord) -> None: ...  # noqa: D102, E704
    def service_destroyed(self, service: ServiceRecord) -> None: ...  # noqa: D102, E704
    def service_restart_scheduled(self, service: ServiceRecord, delay_ms: int) -> None: ...  # noqa: D102, E704
    def permission_result(self, package: str, uid: int, permission: str, result: int) -> None:
        """The permission controller's ``Permission grant result`` line, for each permission of a request."""

    def notification_posted(self, package: str, uid: int, pid: int, number: int) -> None: ...  # noqa: D102, E704
    def start_refused(self, text: str) -> None:
        """A background start that Android refused: the warning line as the version prints it, without the tag."""
