"""Content providers: a query starts the provider's process and waits for its rows.

After ContentProviderHelper (services/core/java/com/android/server/am). A provider that was published stays so while its
process lives; whoever used it keeps a connection.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.start_cause import Attempt, Cause, StartKind, Trigger
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, ProcessRecord
from device_farm.virtual.framework.system_service import SystemService
from device_farm.virtual.vocabulary.context import SecurityException

WAIT, STEP = 10.0, 0.02  # seconds a caller waits for the provider (ContentResolver), and between two looks


@dataclass(slots=True)
class Connection:
    """A client of a provider (ContentProviderConnection): how often it took a reference, and since which uptime."""

    client: ProcessRecord
    created: float
    references: int = 0


class ContentProviders(SystemService):
    """The providers of the installed packages."""

    def rebooted(self) -> None:
        self.published: dict[str, tuple[Component, ProcessRecord, list[Connection]]] = {}  # by full class name

    def query(self, uri: str, caller: ProcessRecord, sdk: str | None = None) -> list[dict[str, Any]]:
        """Return the rows; the calling thread waits while the provider's process starts. No provider gives none."""
        component = self._find(urlsplit(uri).netloc)
        if component is None or component.python_class is None:
            self._system.narrator.provider_not_found(caller.package, urlsplit(uri).netloc)
            return []
        uid = self._system.packages[component.package].uid
        if not component.exported and uid != caller.uid:
            raise SecurityException(
                f"Permission Denial: opening provider {component.class_name} from "
                f"{self._system.narrator.process_text(caller)} (pid={caller.pid}, uid={caller.uid}) "
                f"that is not exported from UID {uid}"
            )
        if self._system.start_manager.refuses(Attempt(StartKind.PROVIDER, component, caller.package)):
            return []
        rows: list[list[dict[str, Any]]] = []
        self._system.process_list.with_process(
            component,
            "content provider",
            caller.package,
            lambda process: self._answer(component, process, caller, uri, rows),
            Cause(Trigger.PROVIDER, caller.package, sdk),
        )
        waited = 0.0
        while not rows and waited < WAIT:
            caller.runtime.looper.sleep(STEP)
            waited += STEP
        return rows[0] if rows else []

    def _answer(
        self, component: Component, process: ProcessRecord, caller: ProcessRecord, uri: str, rows: list[list[dict[str, Any]]]
    ) -> None:
        """Have the provider's process answer, on a binder thread of it (here: its main thread)."""
        cached = process.runtime.providers
        if component.class_name not in cached:
            cached[component.class_name] = process.runtime.new_component(component.python_class)
        provider = cached[component.class_name]
        self._connect(component, process, caller)
        if process is caller:
            rows.append(provider.query(uri))
            return
        process.executing += 1
        process.last_activity = self._system.clock.uptime
        oom_adjuster.update(self._system)

        def message() -> None:
            try:
                rows.append(provider.query(uri))
            finally:
                process.executing -= 1
                if process.alive:
                    oom_adjuster.update(self._system)

        process.runtime.looper.post(message)

    def _connect(self, component: Component, process: ProcessRecord, caller: ProcessRecord) -> None:
        known = self.published.get(component.class_name)
        if known is None or known[1] is not process:
            known = self.published[component.class_name] = (component, process, [])
        if process is caller:
            return
        connection = next((c for c in known[2] if c.client is caller), None)
        if connection is None:
            connection = Connection(caller, self._system.clock.uptime)
            known[2].append(connection)
            self._system.associations.used(component, caller)
        connection.references += 1

    def process_died(self, process: ProcessRecord) -> None:
        """Its providers are not published any more, its connections are closed."""
        self._system.associations.process_died(process)
        for name, (_component, owner, connections) in list(self.published.items()):
            if owner is process:
                del self.published[name]
            connections[:] = [connection for connection in connections if connection.client is not process]

    def _find(self, authority: str) -> Component | None:
        for package in self._system.packages.values():
            for component in package.components:
                if component.kind is ComponentKind.PROVIDER and component.authority == authority and component.enabled:
                    return component
        return None
