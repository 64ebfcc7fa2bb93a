"""Syncs of accounts whose sync the user has turned on (services/core/java/com/android/server/content/SyncManager.java).

An app file names only the service of its sync adapter; the phone has one account of each such app, of a type that is
called as the package, with one authority for each adapter.
"""

from collections import deque
from dataclasses import dataclass
from functools import partial

from device_farm.virtual.framework.records.start_cause import Cause, Trigger
from device_farm.virtual.framework.records.system_records import Intent, Package, ProcessRecord
from device_farm.virtual.framework.system_service import SystemService

MIN_SYNC_INTERVAL = 900.0  # SyncStorageEngine / JobInfo minimum period
SYNC_SECONDS = 5.0  # how long a sync keeps its adapter bound
SYNC_ACTION = "android.content.SyncAdapter"
MAX_HISTORY = 100  # SyncStorageEngine.MAX_HISTORY
ACCOUNT = "user@example.com"


@dataclass(frozen=True, slots=True)
class Target:
    """A sync: one adapter of one account."""

    package: str
    class_name: str

    @property
    def account(self) -> str:
        return ACCOUNT

    @property
    def authority(self) -> str:
        """The content authority that the adapter is for."""
        return f"{self.package}.{self.class_name.rpartition('.')[2].lower()}"


@dataclass(slots=True)
class Synced:
    """One sync. ``source`` and ``reason`` are Android's words; ``seconds`` is 0 while it runs."""

    target: Target
    wall: float
    uptime: float
    source: str
    reason: str
    seconds: float = 0.0


class SyncManager(SystemService):
    """The adapters that are synced periodically, and the syncs that ran."""

    def made(self) -> None:
        self.targets: list[Target] = []  # each that was ever asked for
        self.periods: dict[Target, float] = {}  # seconds between two syncs
        self.running: dict[Target, Synced] = {}
        self.history: deque[Synced] = deque(maxlen=MAX_HISTORY)

    def booted(self) -> None:
        """A boot ended what ran, and the periods begin anew."""
        self.running.clear()
        for target, every in self.periods.items():
            self._system.later(every, partial(self._due, target))

    def add_periodic(self, package: Package, class_name: str, every: float) -> None:
        """ContentResolver.addPeriodicSync of an account whose sync the user has turned on."""
        target = self._target(package, class_name)
        known = target in self.periods
        self.periods[target] = max(MIN_SYNC_INTERVAL, every)
        if not known:
            self._system.later(self.periods[target], partial(self._due, target))

    def request(self, package: Package, class_name: str) -> None:
        """ContentResolver.requestSync: now, and told as the app's own wish (SyncOperation.reasonToString)."""
        self._run(self._target(package, class_name), "OTHER", package.name)

    def remove_package(self, name: str) -> None:
        self.targets = [target for target in self.targets if target.package != name]
        self.periods = {target: every for target, every in self.periods.items() if target.package != name}

    def _target(self, package: Package, class_name: str) -> Target:
        target = Target(package.name, class_name)
        if target not in self.targets:
            self.targets.append(target)
        return target

    def _due(self, target: Target) -> None:
        every = self.periods.get(target)
        if every is None:
            return
        self._system.later(every, partial(self._due, target))
        if self._system.connectivity.connected:
            self._run(target, "PERIODIC", "Periodic")

    def _run(self, target: Target, source: str, reason: str) -> None:
        system = self._system
        package, server = system.packages.get(target.package), system.process_list.find("android", "system")
        if package is None or package.stopped or server is None:
            return
        system.truth("sync", package=target.package, component=target.class_name)
        key = (target.package, target.class_name)
        cause = Cause(Trigger.SYNC, None, None, SYNC_ACTION)
        if not system.active_services.bind(Intent(action=SYNC_ACTION, component=key), server, cause):
            return
        sync = Synced(target, system.clock.wall, system.clock.uptime, source, reason)
        self.history.append(sync)
        self.running[target] = sync
        system.later(SYNC_SECONDS, partial(self._ended, sync, server))

    def _ended(self, sync: Synced, server: ProcessRecord) -> None:
        sync.seconds = SYNC_SECONDS
        if self.running.get(sync.target) is sync:
            del self.running[sync.target]
        for record in list(self._system.services):
            if (record.component.package, record.component.class_name) == (sync.target.package, sync.target.class_name):
                self._system.active_services.unbind(record, server)
