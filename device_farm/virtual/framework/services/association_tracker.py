"""Tracks which app uses whose services and providers, once ``am track-associations`` has been given.

After ActivityManagerService.Association (services/core/java/com/android/server/am): a target component, a source
process, how often and how long.
"""

from dataclasses import dataclass

from device_farm.virtual.framework.records.system_records import Component, ProcessRecord, ServiceRecord
from device_farm.virtual.framework.system_service import SystemService


@dataclass(slots=True)
class Association:
    """One pair. ``seconds`` are those that ended, ``since`` is the uptime at which the present ones began."""

    component: Component
    target_uid: int
    source_process: str
    source_uid: int
    source_state: int
    count: int = 0
    nesting: int = 0
    seconds: float = 0.0
    since: float = 0.0


class AssociationTracker(SystemService):
    """The pairs; empty while tracking is off."""

    def rebooted(self) -> None:
        self.tracking = False
        self.pairs: dict[tuple[str, str, int, str], Association] = {}

    def track(self, *, on: bool) -> bool:
        """Switch tracking; whether that changed anything. Switching forgets what was seen."""
        changed = self.tracking != on
        self.tracking = on
        if changed:
            self.pairs.clear()
        return changed

    def used(self, component: Component, source: ProcessRecord) -> None:
        """A provider is used by ``source``, as long as both live."""
        self._begin(component, source)

    def bound(self, record: ServiceRecord, client: ProcessRecord) -> None:
        self._begin(record.component, client)

    def unbound(self, record: ServiceRecord, client: ProcessRecord) -> None:
        self._end(record.component, client)

    def service_gone(self, record: ServiceRecord) -> None:
        for client in record.clients:
            self._end(record.component, client)

    def process_died(self, process: ProcessRecord) -> None:
        """End all that a dead process used."""
        for pair in self.pairs.values():
            if (pair.source_process, pair.source_uid) == (process.name, process.uid) and pair.nesting:
                self._stop(pair)

    def _begin(self, component: Component, source: ProcessRecord) -> None:
        if not self.tracking:
            return
        target = self._system.packages[component.package]
        key = (component.package, component.class_name, source.uid, source.name)
        if key not in self.pairs:
            self.pairs[key] = Association(component, target.uid, source.name, source.uid, source.proc_state)
        pair = self.pairs[key]
        pair.count += 1
        pair.source_state = source.proc_state
        if pair.nesting == 0:
            pair.since = self._system.clock.uptime
        pair.nesting += 1

    def _end(self, component: Component, source: ProcessRecord) -> None:
        pair = self.pairs.get((component.package, component.class_name, source.uid, source.name))
        if pair is not None and pair.nesting:
            self._stop(pair)

    def _stop(self, pair: Association) -> None:
        pair.seconds += self._system.clock.uptime - pair.since
        pair.nesting = 0
