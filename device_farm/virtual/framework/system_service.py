"""What every service of the modelled framework is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.system import System


class SystemService:
    """A part of the framework, made once for a device; what it asks of the others it asks of their ``System``."""

    def __init__(self, system: System) -> None:
        self._system = system
        self.made()

    def made(self) -> None:
        """The device is new: as after a reboot, where nothing is kept over one."""
        self.rebooted()

    def rebooted(self) -> None:
        """The device was turned off and on: lose what Android keeps in memory only."""
