"""What other rooms ask of services and providers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.causes import Cause
    from device_farm.virtual.framework.records.model import Component, Intent, ProcessRecord, ServiceRecord
    from device_farm.virtual.framework.records.start_attempts import StartResult


class ForegroundServices(Protocol):
    """The services that are in the foreground or promised to go there."""

    def start(self, record: ServiceRecord, title: str, text: str) -> None:
        """Service.startForeground; raises what Android throws into the app."""


class ActiveServices(Protocol):
    """The services; ``system.services`` is the list of them."""

    @property
    def foreground(self) -> ForegroundServices:
        """Those in the foreground."""

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
        """StartService, or startForegroundService.

        ``caller`` is the asking process, ``sdk`` the Sdk whose code asks.
        """

    def bind(self, intent: Intent, client: ProcessRecord, cause: Cause | None = None) -> bool:
        """BindService with BIND_AUTO_CREATE, for as long as ``client`` lives; whether there is such a service."""

    def unbind(self, record: ServiceRecord, client: ProcessRecord) -> None:
        """UnbindService: the service goes if nobody else needs it."""

    def stop_component(self, target: tuple[str, str]) -> None:
        """StopService."""

    def stop(self, record: ServiceRecord) -> None:
        """The service is not started any more; it goes unless somebody is bound to it."""

    def task_removed(self, package: str) -> None:
        """The user swiped the task of ``package`` away (cleanUpServices, Service.onTaskRemoved)."""

    def stop_in_background(self, uid: int) -> None:
        """An app turned idle: the services it had started go (stopInBackgroundLocked)."""

    def remove_package(self, package: str) -> None:
        """Services of a stopped package go and do not come back."""

    def remove_process(self, process: ProcessRecord) -> None:
        """Services of a process that crashed too often go and do not come back."""

    def process_crashed(self, process: ProcessRecord) -> None:
        """Count the crash of each service in it (ProcessServiceRecord.incServiceCrashCountLocked)."""

    def process_died(self, process: ProcessRecord, *, stopped: bool, ended: str) -> None:
        """Its clients let go of what they bound; its own services are restarted or gone. ``ended``: how it died."""


class Providers(Protocol):
    """The providers of the installed packages."""

    def query(self, uri: str, caller: ProcessRecord, sdk: str | None = None) -> list[dict[str, Any]]:
        """Return the rows; the calling thread waits while the provider's process starts. No provider gives none."""

    def process_died(self, process: ProcessRecord) -> None:
        """Its providers are not published any more, its connections are closed."""


class Associations(Protocol):
    """The pairs; empty while tracking is off."""

    def used(self, component: Component, source: ProcessRecord) -> None:
        """A provider is used by ``source``, as long as both live."""

    def bound(self, record: ServiceRecord, client: ProcessRecord) -> None:
        """A service was bound."""

    def unbound(self, record: ServiceRecord, client: ProcessRecord) -> None:
        """A client let go."""

    def service_gone(self, record: ServiceRecord) -> None:
        """A service went with its connections."""

    def process_died(self, process: ProcessRecord) -> None:
        """What the process used it uses no more."""
