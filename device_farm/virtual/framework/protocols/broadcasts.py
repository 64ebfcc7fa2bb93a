"""What other rooms ask of broadcasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from device_farm.virtual.framework.records.broadcasts import BroadcastRecord
    from device_farm.virtual.framework.records.causes import Trigger
    from device_farm.virtual.framework.records.model import Component, Intent, ProcessRecord


class Broadcasts(Protocol):
    """The queues, the registered receivers and the sticky broadcasts of a device."""

    @property
    def sticky(self) -> dict[str, Intent]:
        """The sticky broadcasts by action."""

    def send_system(
        self,
        action: str,
        *,
        package: str | None = None,
        data: str | None = None,
        flags: int = 0,
        sticky: bool = False,
        trigger: Trigger | None = None,
        component: tuple[str, str] | None = None,
        extras: dict[str, Any] | None = None,
    ) -> int:
        """A broadcast of the system itself."""

    def send(
        self,
        intent: Intent,
        *,
        uid: int,
        package: str | None,
        caller: ProcessRecord | None = None,
        sdk: str | None = None,
        ordered: bool = False,
        sticky: bool = False,
        trigger: Trigger | None = None,
        run: Callable[[ProcessRecord], None] | None = None,
        receiver: Component | None = None,
        on_finished: Callable[[BroadcastRecord], None] | None = None,
    ) -> int:
        """Deliver ``intent``; how many receivers may have it."""

    def register(self, process: ProcessRecord, class_name: str, actions: tuple[str, ...], receiver: Any) -> None:
        """RegisterReceiver; sticky broadcasts that match come at once."""

    def process_died(self, process: ProcessRecord) -> None:
        """Its registered receivers are gone, what it was busy with ends."""


class BootPhases(Protocol):
    """The boot of a device."""

    def started_after_force_stop(self, process: ProcessRecord) -> None:
        """An app comes out of the stopped state: others hear of it, itself gets the broadcasts of the boot."""
