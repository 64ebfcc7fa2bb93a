"""What other rooms ask of what starts and holds back apps that nobody looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.model import Component, Intent, Package, ProcessRecord
    from device_farm.virtual.framework.records.start_attempts import Attempt


class StartManager(Protocol):
    """Decides about starts, and remembers what the user switched."""

    @property
    def managed(self) -> bool:
        """Whether this ROM has such a manager."""

    def switches(self) -> list[str]:
        """The switches that an app has on the manager's page."""

    def allowed(self, package: str, switch: str = "self_start") -> bool:
        """Whether the user, or the ROM before the user chose, lets ``package`` start that way."""

    def allow(self, package: str, switch: str, *, allowed: bool) -> None:
        """The user moved a switch."""

    def installed(self, package: str) -> None:
        """A package was installed or replaced: on many ROMs its switches are as at the first time."""

    def refuses(self, attempt: Attempt) -> bool:
        """Whether the ROM prevents this start; if so, its line is in the log."""

    def background_activity_refused(self, intent: Intent, package: str | None, uid: int) -> None:
        """An activity of an app in the background was refused by Android; some ROMs say so in a line of their own."""


class Syncs(Protocol):
    """Which adapters are synced now and then, and what ran."""

    def remove_package(self, name: str) -> None:
        """Its syncs go with it."""

    def add_periodic(self, package: Package, class_name: str, every: float) -> None:
        """ContentResolver.addPeriodicSync of an account whose sync the user has turned on."""

    def request(self, package: Package, class_name: str) -> None:
        """ContentResolver.requestSync: now, and told as the app's own wish (SyncOperation.reasonToString)."""


class Bindings(Protocol):
    """What the system binds and updates."""

    @property
    def syncs(self) -> Syncs:
        """Accounts whose sync is on."""

    def user_unlocked(self) -> None:
        """The boot is so far: bind all that was chosen."""

    def installed(self, package: Package) -> None:
        """A package is there: bind what the user chose of it."""

    def update_widgets(self) -> None:
        """The home screen asks every widget on it for its content."""


class DeviceIdle(Protocol):
    """The doze of a device."""

    @property
    def user_allowlist(self) -> set[str]:
        """Packages whose battery optimisation the user switched off."""

    def alarms_held_until(self, due: float) -> float:
        """The uptime before which no ordinary alarm comes; ``due`` itself when nothing holds it."""

    def holds_jobs(self, package: Package) -> bool:
        """Whether jobs of an app wait for maintenance."""

    def conditions_changed(self) -> None:
        """The screen or the charger changed: become active, or begin to become idle."""


class Standby(Protocol):
    """The buckets of the installed packages."""

    def bucket(self, package: str) -> int:
        """The bucket of a package."""

    def opened(self, package: str) -> None:
        """The user opened an activity of it: it is active (reportEvent, REASON_MAIN_USAGE)."""

    def alarm_delivered(self, package: Package) -> None:
        """Count an alarm."""

    def alarm_allowed_at(self, package: Package, due: float) -> float:
        """The uptime at which the quota lets the next alarm through; ``due`` when it does already."""

    def job_allowed(self, package: Package) -> bool:
        """Whether jobs run at all: not in the restricted bucket while the device does not charge."""


class Alarms(Protocol):
    """The alarms that are set."""

    def set(
        self,
        package: Package,
        id: str,
        after: float,
        every: float | None,
        *,
        exact: bool,
        alarm_clock: bool = False,
        sdk: str | None = None,
    ) -> None:
        """Set an alarm ``after`` seconds from now; one of the same id is replaced.

        SecurityException without the right.
        """

    def cancel(self, package: str, id: str) -> None:
        """Forget an alarm."""

    def remove_package(self, package: str) -> None:
        """Forget all of a package."""

    def reevaluate(self) -> None:
        """The wall clock, doze or the power changed: find the moment of each alarm anew."""


class Jobs(Protocol):
    """The jobs that are scheduled or run."""

    def schedule(
        self,
        component: Component,
        after: float,
        *,
        network: bool = False,
        charging: bool = False,
        device_idle: bool = False,
        persisted: bool = False,
        every: float | None = None,
        content: str | None = None,
        sdk: str | None = None,
    ) -> None:
        """Run a Job in ``after`` seconds, once its constraints hold; one of the same class is replaced."""

    def remove_package(self, package: str) -> None:
        """Forget all of a package."""

    def changed(self) -> None:
        """A constraint may hold now that did not: run what is ready."""

    def content_changed(self, uri: str) -> None:
        """A content URI changed: jobs that wait for it or for what it is under may run."""

    def process_died(self, process: ProcessRecord) -> None:
        """Jobs in it end."""
