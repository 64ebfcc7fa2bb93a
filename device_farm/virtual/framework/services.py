"""Services: started, bound, in the foreground, restarted when sticky.

After ActiveServices (services/core/java/com/android/server/am).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.app import START_STICKY
from device_farm.virtual.framework import oom
from device_farm.virtual.framework.model import Intent, ServiceRecord, new_hash
from device_farm.virtual.framework.start_manager import Attempt, StartKind

if TYPE_CHECKING:
    from device_farm.virtual.framework.model import Component, ProcessRecord
    from device_farm.virtual.framework.system import System

RESTART_MS = 1000  # ActivityManagerConstants.SERVICE_RESTART_DURATION
BACKGROUND_ADJ = 500


class ActiveServices:
    """The running services; ``system.services`` is the list of them."""

    def __init__(self, system: System) -> None:
        """Start with none."""
        self._system = system
        self._sticky: set[int] = set()  # tokens of the records whose last command said START_STICKY

    def start(self, intent: Intent, *, uid: int, package: str | None, foreground: bool = False) -> bool:
        """StartService; False when there is none or the app may not start one from the background."""
        component = self._system.resolve_service(intent, uid)
        if component is None:
            return False
        if not foreground and self._is_background(component, uid):
            self._system.narrator.start_refused(
                f"Background start not allowed: service Intent {{ cmp={component.short} }} to {component.short} "
                f"from pid=0 uid={uid} pkg={package} startFg?=false"
            )
            return False
        if self._system.start_manager.refuses(Attempt(StartKind.SERVICE, component, package, intent)):
            return False
        self._deliver(component, intent, uid, package)
        return True

    def _is_background(self, component: Component, uid: int) -> bool:
        """Whether the target app is idle in the background (targets of Android 8 and later)."""
        package = self._system.packages[component.package]
        if package.system or package.target_sdk < 26 or self._system.is_system_uid(uid):
            return False
        running = self._system.process_list.of_package(component.package)
        return not any(record.adj < BACKGROUND_ADJ or record.runtime.in_receiver for record in running)

    def _deliver(self, component: Component, intent: Intent | None, uid: int | None, package: str | None) -> None:
        def run(process: ProcessRecord) -> None:
            record = self._record(component, process, uid, package)
            record.start_requested = True
            oom.update(self._system)

            def message() -> None:
                sticky = record.python_object.on_start_command(intent) == START_STICKY
                (self._sticky.add if sticky else self._sticky.discard)(record.token)

            if record.python_object is not None:
                process.runtime.looper.post(message)

        self._system.process_list.with_process(component, "service", package, run)

    def _record(
        self, component: Component, process: ProcessRecord, uid: int | None, package: str | None
    ) -> ServiceRecord:
        """The running service of a component, made if need be."""
        for record in self._system.services:
            if record.component is component and record.process is process:
                return record
        record = ServiceRecord(
            token=new_hash(),
            component=component,
            process=process,
            created=self._system.clock.uptime,
            caller_package=package,
            caller_uid=uid,
        )
        self._system.services.append(record)
        if component.python_class is not None:
            record.python_object = process.runtime.new_component(component.python_class)
            record.python_object._record = record
            if hasattr(record.python_object, "on_create"):
                process.runtime.looper.post(record.python_object.on_create)
        self._system.narrator.service_created(record)
        self._system.truth(
            "service", package=component.package, component=component.short, pid=process.pid, caller=package
        )
        return record

    def bind(self, intent: Intent, client: ProcessRecord) -> None:
        """BindService with BIND_AUTO_CREATE, for as long as ``client`` lives."""
        component = self._system.resolve_service(intent, client.uid)
        if component is None or self._system.start_manager.refuses(
            Attempt(StartKind.BIND, component, client.package, intent)
        ):
            return

        def run(process: ProcessRecord) -> None:
            record = self._record(component, process, client.uid, client.package)
            if client.alive and client not in record.clients:
                record.clients.append(client)
                if record.python_object is not None:
                    process.runtime.looper.post(lambda: record.python_object.on_bind(intent))
            oom.update(self._system)

        self._system.process_list.with_process(component, "service", client.package, run)

    def start_foreground(self, record: ServiceRecord, title: str, text: str) -> None:
        """Service.startForeground."""
        record.foreground = True
        package = self._system.packages[record.component.package]
        self._system.notifications.post(package, record.process.pid, title, text)
        oom.update(self._system)

    def stop_component(self, target: tuple[str, str]) -> None:
        """StopService."""
        for record in list(self._system.services):
            if (record.component.package, record.component.class_name) == target:
                self.stop(record)

    def stop(self, record: ServiceRecord) -> None:
        """The service is not started any more; it goes unless somebody is bound to it."""
        record.start_requested = record.foreground = False
        self._sticky.discard(record.token)
        self._drop_unused(record)

    def _drop_unused(self, record: ServiceRecord) -> None:
        if record.start_requested or any(client.alive for client in record.clients):
            return
        if record in self._system.services:
            self._system.services.remove(record)
            self._system.narrator.service_destroyed(record)
            if record.python_object is not None and record.process.alive:
                record.process.runtime.looper.post(record.python_object.on_destroy)
            oom.update(self._system)

    def task_removed(self, package: str) -> None:
        """The user swiped the task of ``package`` away (Service.onTaskRemoved)."""
        for record in self._system.services:
            if record.component.package == package and record.python_object is not None and record.start_requested:
                record.process.runtime.looper.post(record.python_object.on_task_removed)

    def remove_package(self, package: str) -> None:
        """Services of a stopped package go and do not come back."""
        for record in [r for r in self._system.services if r.component.package == package]:
            self._system.services.remove(record)
            self._sticky.discard(record.token)
            self._system.narrator.service_destroyed(record)

    def process_died(self, process: ProcessRecord, *, stopped: bool) -> None:
        """Sticky services of a dead process are started again a second later, others are gone."""
        for record in list(self._system.services):
            if process in record.clients:
                record.clients.remove(process)
                self._drop_unused(record)
            if record.process is not process or record not in self._system.services:
                continue
            self._system.services.remove(record)
            clients = [client for client in record.clients if client.alive]
            if record.start_requested and record.token in self._sticky and not stopped:
                self._restart(record)
            for client in clients:
                self.bind(Intent(component=(record.component.package, record.component.class_name)), client)
            self._sticky.discard(record.token)

    def _restart(self, record: ServiceRecord) -> None:
        system, component = self._system, record.component
        if system.start_manager.refuses(Attempt(StartKind.RESTART, component)):
            return
        system.narrator.service_restart_scheduled(record, RESTART_MS)

        def restart() -> None:
            package = system.packages.get(component.package)
            if package is not None and not package.stopped and component in package.components:
                self._deliver(component, None, None, None)

        system.later(RESTART_MS / 1000, restart)

