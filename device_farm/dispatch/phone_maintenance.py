"""Maintenance of a phone between units: the app is removed, the phone is examined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from device_farm.phones.health import Check, Health, examine
from harness.errors import HarnessError
from harness.language import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from device_farm.units.job import Phone


class PhoneMaintenance(Protocol):
    """Maintenance of one phone; nothing is raised for what goes wrong with it."""

    def look(self) -> Health | None:
        """Examine the phone; None where there is nothing to examine."""

    def clean(self, packages: Sequence[str]) -> Health | None:
        """Remove apps, then examine the phone."""


class NoMaintenance:
    """For a virtual phone that comes and goes with each unit."""

    def look(self) -> Health | None:
        """Examine nothing between units."""
        return None

    def clean(self, packages: Sequence[str]) -> Health | None:
        """Clean nothing: no phone is left."""
        return None


class AdbMaintenance:
    """For a phone that adb reaches."""

    def __init__(self, phone: Phone) -> None:
        """``phone`` is asked when it is looked at."""
        self._phone = phone

    def look(self) -> Health | None:
        """Examine the phone."""
        return self.clean(())

    def clean(self, packages: Sequence[str]) -> Health | None:
        """Remove apps, then examine the phone; one that cannot be cleaned is not fit."""
        from device_farm.phones.cleaning import clean
        from harness.device.adb import open_device
        from harness.restore.device_lock import DeviceLock

        try:
            with open_device(self._phone.address, port=self._phone.adb_port) as device:
                lock = DeviceLock.take(device, hint=False, wait=True)
                try:
                    for package in packages:
                        cleaned = clean(device, package)
                        if not cleaned.ok:
                            return _sick("cleaning", cleaned.reason)
                    return examine(device)
                finally:
                    lock.release()
        except HarnessError as error:
            return _sick("adb", error)


def _sick(name: str, reason: object) -> Health:
    return Health(ok=False, checks=(Check(name, ok=False, reason=Text("{reason}", {"reason": reason})),))
