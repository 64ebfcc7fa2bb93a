"""Services: started, bound, and gone.

After ActiveServices (services/core/java/com/android/server/am). A record exists from the moment somebody asks for the
service; its process may come later. Restarts are in ``restarts``, the foreground in ``foreground_services``,
who may start what in ``rules``.
"""

from collections.abc import Callable

from device_farm.virtual.framework.processes import oom_adjuster
from device_farm.virtual.framework.records.start_cause import Attempt, Cause, StartKind, StartResult, Trigger
from device_farm.virtual.framework.records.system_records import Component, ComponentKind, Intent, ProcessRecord, ServiceRecord, new_hash
from device_farm.virtual.framework.services.foreground_services import ForegroundServices, ServiceRestarts, ServiceStartPolicy
from device_farm.virtual.framework.system_service import SystemService

TIMEOUT, BACKGROUND_TIMEOUT = 20.0, 200.0  # seconds a callback may take (ActiveServices.SERVICE_TIMEOUT)


class ActiveServices(SystemService):
    """The services; ``system.services`` is the list of them."""

    def made(self) -> None:
        self.rules = ServiceStartPolicy(self._system)
        self.foreground = ForegroundServices(self._system, self.rules)
        self.restarts = ServiceRestarts(self._system, self.bring_up)

    def rebooted(self) -> None:
        self._system.services.clear()
        self.foreground.rebooted()

    # asking
    def start(
        self,
        intent: Intent,
        *,
        uid: int,
        package: str | None,
        caller: ProcessRecord | None = None,
        sdk: str | None = None,
        foreground: bool = False,
    ) -> StartResult:
        """Start a service, as startService or startForegroundService.

        ``caller`` is the asking process, ``sdk`` the Sdk whose code asks.
        """
        component = self._system.package_manager.resolve(intent, ComponentKind.SERVICE)
        if component is None:
            return StartResult.NOT_FOUND
        if not self._may_use(component, uid):
            return StartResult.PRIVATE
        if self._system.start_manager.refuses(Attempt(StartKind.SERVICE, component, package, intent)):
            return StartResult.NOT_FOUND
        record = self._retrieve(component, intent)
        record.caller_package, record.caller_uid = package, uid
        self.foreground.asked(record, caller, uid)
        refusal = self._refusal(record, intent, uid, package, caller, foreground=foreground)
        if refusal is not None:
            self._drop_unused(record)
            return refusal
        record.start_requested = True
        record.last_start_id += 1
        record.pending_starts.append(intent)
        record.last_activity = self._system.clock.uptime
        if record.process is None:
            self._system.truth("service", package=component.package, component=component.short, caller=package)
        if foreground and self._system.packages[component.package].target_sdk >= 26:
            record.foreground_required = not record.foreground
        self.bring_up(record, Cause(Trigger.SERVICE, package, sdk, intent.action))
        return StartResult.STARTED

    def _refusal(
        self, record: ServiceRecord, intent: Intent, uid: int, package: str | None, caller: ProcessRecord | None, *, foreground: bool
    ) -> StartResult | None:
        """Why it may not start, None if it may; the log says so too."""
        system, component = self._system, record.component
        if foreground:
            if not self.foreground.is_denied(record):
                return None
            system.narrator.foreground_start_denied(record)
            refusal = StartResult.FOREGROUND_DENIED
        elif record.start_requested or self.rules.may_start(component, caller):
            return None
        else:
            system.narrator.background_start_refused(intent, component, uid, package, caller)
            refusal = StartResult.BACKGROUND
        system.truth("start_refused", package=component.package, component=component.short, caller=package, why=str(refusal))
        return refusal

    def bind(self, intent: Intent, client: ProcessRecord, cause: Cause | None = None) -> bool:
        """Bind a service with BIND_AUTO_CREATE, for as long as ``client`` lives; whether there is such a service."""
        component = self._system.package_manager.resolve(intent, ComponentKind.SERVICE)
        if component is None or not self._may_use(component, client.uid):
            return False
        if self._system.start_manager.refuses(Attempt(StartKind.BIND, component, client.package, intent)):
            return False
        record = self._retrieve(component, intent)
        if record.caller_package is None:
            record.caller_package, record.caller_uid = client.package, client.uid
        if client not in record.clients:
            record.clients.append(client)
        record.last_activity = self._system.clock.uptime
        if record.process is None:
            self._system.truth("service", package=component.package, component=component.short, caller=client.package)
        self._system.associations.bound(record, client)
        self.bring_up(record, cause or Cause(Trigger.BIND, client.package, None, intent.action))
        return True

    def unbind(self, record: ServiceRecord, client: ProcessRecord) -> None:
        """Unbind a service: it goes if nobody else needs it."""
        if client in record.clients:
            record.clients.remove(client)
            self._system.associations.unbound(record, client)
            self._drop_unused(record)

    def _may_use(self, component: Component, uid: int) -> bool:
        return component.exported or uid in (0, 1000, self._system.packages[component.package].uid)

    def _retrieve(self, component: Component, intent: Intent) -> ServiceRecord:
        """The record of a component, made if need be (ActiveServices.retrieveServiceLocked)."""
        for record in self._system.services:
            if record.component is component:
                return record
        uptime = self._system.clock.uptime
        record = ServiceRecord(new_hash(), component, None, uptime, intent, last_activity=uptime)
        self._system.services.append(record)
        return record

    # running
    def bring_up(self, record: ServiceRecord, cause: Cause) -> None:
        """Bring the service up in its process, or hand what is pending to the running one."""
        system, component = self._system, record.component
        if record.process is not None and record.python_object is not None:
            self._deliver(record)
            return
        if cause.trigger is not Trigger.STICKY:
            record.restart_at = None
        uid = system.packages[component.package].uid
        if system.process_list.is_bad(component.process, uid):
            system.narrator.bad_process(record, uid)
            self.bring_down(record)
            return
        caller = None if cause.trigger is Trigger.STICKY else cause.caller
        system.process_list.with_process(component, "service", caller, lambda process: self._realize(record, process), cause)

    def _realize(self, record: ServiceRecord, process: ProcessRecord) -> None:
        """Make the service in its process (ActiveServices.realStartServiceLocked)."""
        system, component = self._system, record.component
        if record not in system.services:
            return
        if record.process is not process:
            record.process, record.restart_at, record.bound = process, None, False
            record.restarted = record.last_activity = system.clock.uptime
            process.last_activity = system.clock.uptime
            system.narrator.service_created(record)
            if component.python_class is not None:
                record.python_object = process.runtime.new_component(component.python_class)
                record.python_object._record = record
                self._run(record, getattr(record.python_object, "on_create", lambda: None))
        self._deliver(record)

    def _deliver(self, record: ServiceRecord) -> None:
        """Call onBind for the first client, onStartCommand for each start (requestServiceBindings, sendServiceArgs)."""
        process, service = record.process, record.python_object
        if process is None or service is None:
            oom_adjuster.update(self._system)
            return
        if record.clients and not record.bound and hasattr(service, "on_bind"):
            record.bound = True
            self._run(record, lambda: service.on_bind(record.intent))
        starts, record.pending_starts = record.pending_starts, []
        for intent in starts:
            self._run(record, self._command(record, intent))
        if record.foreground_required:
            self.foreground.watch(record)
        oom_adjuster.update(self._system)

    def _command(self, record: ServiceRecord, intent: Intent | None) -> Callable[[], None]:
        def command() -> None:
            record.delivered = intent
            record.sticky = record.python_object.on_start_command(intent)

        return command

    def _run(self, record: ServiceRecord, callback: Callable[[], None]) -> None:
        """Run a callback of a service on its main thread, in time."""
        process, done = record.process, False
        if process is None:
            return
        process.executing += 1
        limit = BACKGROUND_TIMEOUT if self._system.uid_states.is_idle(process.uid) else TIMEOUT

        def message() -> None:
            nonlocal done
            try:
                callback()
            finally:
                done = True
                timer.cancel()
                process.executing -= 1
                if process.alive:
                    oom_adjuster.update(self._system)

        def late() -> None:
            if not done and process.alive:
                self._system.anr.timed_out(process, f"executing service {record.component.short}")

        timer = self._system.later(limit, late)
        oom_adjuster.update(self._system)
        process.runtime.looper.post(message)

    # ending
    def stop_component(self, target: tuple[str, str]) -> None:
        """StopService."""
        for record in list(self._system.services):
            if (record.component.package, record.component.class_name) == target:
                self.stop(record)

    def stop(self, record: ServiceRecord) -> None:
        """The service is not started any more; it goes unless somebody is bound to it."""
        record.start_requested = False
        record.pending_starts.clear()
        self._drop_unused(record)

    def _drop_unused(self, record: ServiceRecord) -> None:
        if not record.start_requested and not any(client.alive for client in record.clients):
            self.bring_down(record)

    def bring_down(self, record: ServiceRecord) -> None:
        """The service goes (ActiveServices.bringDownServiceLocked)."""
        system, process = self._system, record.process
        if record not in system.services:
            return
        system.services.remove(record)
        record.start_requested, record.restart_at = False, None
        system.associations.service_gone(record)
        if process is None:
            return
        system.narrator.service_destroyed(record)
        self.foreground.ended(record)
        if record.foreground_required and process.alive:
            self.foreground.not_kept(record)
        elif record.python_object is not None and process.alive:
            self._run(record, record.python_object.on_destroy if hasattr(record.python_object, "on_destroy") else lambda: None)
        oom_adjuster.update(system)

    def task_removed(self, package: str) -> None:
        """The user swiped the task of ``package`` away (cleanUpServices, Service.onTaskRemoved)."""
        for record in list(self._system.services):
            service = record.python_object
            if record.component.package == package and record.start_requested and hasattr(service, "on_task_removed"):
                self._run(record, service.on_task_removed)

    def stop_in_background(self, uid: int) -> None:
        """An app turned idle: the services it had started go (stopInBackgroundLocked)."""
        for record in list(self._system.services):
            owner = self._system.packages.get(record.component.package)
            if owner is not None and owner.uid == uid and record.start_requested:
                if self.rules.may_start(record.component, None):
                    continue
                self._system.narrator.service_stopped_idle(record, uid)
                self.stop(record)

    def remove_package(self, package: str) -> None:
        """Services of a stopped package go and do not come back."""
        for record in [r for r in self._system.services if r.component.package == package]:
            record.foreground_required = False
            record.clients.clear()
            self.bring_down(record)

    def remove_process(self, process: ProcessRecord) -> None:
        """Services of a process that crashed too often go and do not come back."""
        for record in [r for r in self._system.services if r.process is process]:
            record.clients.clear()
            record.foreground_required = False
            record.python_object = None
            self.bring_down(record)

    def process_crashed(self, process: ProcessRecord) -> None:
        """Count the crash of each service in it (ProcessServiceRecord.incServiceCrashCountLocked)."""
        for record in self._system.services:
            if record.process is process:
                self.restarts.count_crash(record)

    def process_died(self, process: ProcessRecord, *, stopped: bool, ended: str) -> None:
        """Its clients let go of what they bound; its own services are restarted or gone. ``ended``: how it died."""
        for record in list(self._system.services):
            if process in record.clients:
                self.unbind(record, process)
        for record in list(self._system.services):
            if record.process is not process:
                continue
            record.process = record.python_object = None
            record.bound = record.foreground_required = False
            self.foreground.ended(record)
            if stopped or not self.restarts.schedule(record, ended):
                self.bring_down(record)
