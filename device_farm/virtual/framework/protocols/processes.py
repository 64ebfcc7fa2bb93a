"""What other rooms ask of processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.framework.records.allowance import Allowance
    from device_farm.virtual.framework.records.causes import Cause
    from device_farm.virtual.framework.records.model import ActivityRecord, Component, ExitReason, ProcessRecord


class UidStates(Protocol):
    """The running uids, and the temporary allowlist."""

    def is_idle(self, uid: int) -> bool:
        """Whether the app is idle in the background, or does not run at all."""

    def text(self, uid: int) -> str:
        """What a refusal says of the app: ``app is in background uid UidRecord{...}`` (UidRecord.toString)."""

    def allowance(self, uid: int) -> Allowance | None:
        """The app's place in the temporary allowlist."""

    def allow(self, uid: int, seconds: float, reason: str, *, foreground_service: bool) -> None:
        """Put an app on the temporary allowlist; a longer stay is kept."""

    def update(self) -> None:
        """Look at every running process; called after each ranking."""

    def update_uid(self, uid: int) -> None:
        """Look at the processes of one app."""


class CachedProcesses(Protocol):
    """The cached processes of a device."""

    def update(self) -> None:
        """After a ranking: thaw what is needed again, freeze what stays cached, kill what may go or is too much."""

    def update_one(self, process: ProcessRecord) -> None:
        """The same for one process; the cache is not trimmed."""

    def thaw(self, process: ProcessRecord) -> None:
        """Let a frozen process run again."""


class Processes(Protocol):
    """The process list of a device."""

    @property
    def by_pid(self) -> dict[int, ProcessRecord]:
        """The running processes."""

    def find(self, package: str, name: str) -> ProcessRecord | None:
        """The running process called ``name`` of ``package``."""

    def of_package(self, package: str) -> list[ProcessRecord]:
        """All running processes of a package, oldest first."""

    def finished_activity(self, uid: int, *, within: float) -> bool:
        """Whether a process of ``uid`` finished an activity at most that many seconds ago."""

    def with_process(
        self, component: Component, hosting: str, caller: str | None, then: Callable[[ProcessRecord], None], cause: Cause | None = None
    ) -> ProcessRecord:
        """Call ``then`` once the process of ``component`` is up, starting it if need be."""

    def is_bad(self, name: str, uid: int) -> bool:
        """Whether it crashed too often to be started for anything but an activity."""

    def exit_self(self, record: ProcessRecord, status: int) -> None:
        """System.exit: its own lines, then zygote reaps it."""

    def kill_by_signal(self, record: ProcessRecord, *, by: ProcessRecord | None = None) -> None:
        """Signal 9 from its own uid (Process.killProcess) or from a ROM's cleaner."""

    def crash(self, record: ProcessRecord, exception: str, message: str, frames: list[str]) -> None:
        """An uncaught exception. No dialog at a first crash on Android 8+ (AppErrors: SHOW_FIRST_CRASH_DIALOG is 0)."""

    def kill(self, record: ProcessRecord, why: str, reason: ExitReason, subreason: int = 0) -> None:
        """ActivityManager kills it (ProcessRecord.killLocked): am_kill with ``why``."""

    def kill_package(self, package: str, why: str, reason: ExitReason, subreason: int = 0) -> int:
        """Kill every process of a package; how many there were."""

    def check_memory(self, record: ProcessRecord) -> None:
        """After an allocation: when memory is short, lmkd kills cached processes first, then the one that took it."""


class StartInfo(Protocol):
    """The records by package, newest last."""

    def started(self, process: ProcessRecord) -> None:
        """Write a start down."""


class NotResponding(Protocol):
    """The ANRs of a device."""

    def input_timed_out(self, record: ActivityRecord) -> None:
        """The main thread of ``record`` did not take an input event in 5 seconds."""

    def timed_out(self, process: ProcessRecord, reason: str) -> None:
        """A service, a receiver or a promise was not in time (AnrHelper).

        A process that nobody sees is killed at once.
        """

    def process_died(self, process: ProcessRecord) -> None:
        """Its dialog goes with it."""
