"""What every service of the framework has."""

from __future__ import annotations

from typing import Protocol


class Service(Protocol):
    """A part of the framework, made once for a device."""

    def rebooted(self) -> None:
        """The device was turned off and on: lose what Android keeps in memory only."""
