"""What the words of a device are made from: its version and language, its clock, what its framework holds.

Logs and dumps are written from this alone, so that whoever writes them depends on no service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from device_farm.virtual.clock import DeviceClock
    from device_farm.virtual.device_model import DeviceModel
    from device_farm.virtual.framework.records.logs import Logs
    from device_farm.virtual.framework.records.model import ActivityRecord, Display, Package, ProcessRecord, Task, Window
    from device_farm.virtual.roms import Rom


class Holdings(Protocol):
    """The records that the framework holds. ``tasks`` and ``windows`` have the front one last."""

    packages: dict[str, Package]
    tasks: list[Task]
    windows: list[Window]
    resumed: ActivityRecord | None

    @property
    def processes(self) -> dict[int, ProcessRecord]:
        """The running processes by pid."""

    @property
    def display(self) -> Display:
        """The size of the screen in pixels as it is held now."""

    @property
    def sdk(self) -> int:
        """The API level."""


class Phone(Protocol):
    """A device as far as its logs and options go."""

    @property
    def spec(self) -> DeviceModel:
        """What device it is."""

    @property
    def rom(self) -> Rom:
        """The data of its version and ROM."""

    @property
    def clock(self) -> DeviceClock:
        """Its uptime and wall clock."""

    @property
    def logs(self) -> Logs:
        """What logd keeps."""

    @property
    def properties(self) -> MutableMapping[str, str]:
        """System properties."""

    @property
    def settings(self) -> dict[str, MutableMapping[str, str]]:
        """The settings provider's rows, by namespace."""

    @property
    def system(self) -> Holdings:
        """Its framework."""

    def record_truth(self, what: str, **details: Any) -> None:
        """Write down what really happened, for ``ctl truth``; the harness never reads it."""
