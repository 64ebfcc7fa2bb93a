"""What other rooms ask of the phone itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.model import ActivityRecord


class DisplayRotation(Protocol):
    """The rotation of the one display. ``update`` works it out anew."""

    def sensed(self, values: tuple[float, float, float]) -> None:
        """The accelerometer reads ``values``, m/s² with gravity (WindowOrientationListener)."""

    def update(self) -> None:
        """Turn the display if it should be shown another way (DisplayContent.updateOrientation)."""


class Media(Protocol):
    """The media store of a device."""

    def mounted(self) -> None:
        """The shared storage is there: a boot is so far, and all of it is scanned."""

    def scanned(self, uri: str) -> str:
        """One file was scanned (``am broadcast -a ...MEDIA_SCANNER_SCAN_FILE -d file:///...``).

        The content URI of its kind.
        """


class Power(Protocol):
    """What feeds the device and whether it is awake."""

    @property
    def screen_on(self) -> bool:
        """Whether the display is lit."""

    @property
    def charging(self) -> bool:
        """Whether it is plugged in."""

    @property
    def awake(self) -> bool:
        """Whether the processor does not sleep: the display is lit or a charger is in."""

    def keyguard_gone(self) -> None:
        """Nothing stands before the user any more."""


class Connectivity(Protocol):
    """The networks of a device; the switches are its global settings."""

    @property
    def connected(self) -> bool:
        """Whether there is a network."""

    @property
    def network(self) -> int | None:
        """The type of the default network (ConnectivityManager.TYPE_*); None without one."""

    def switch(self, radio: str, *, on: bool) -> None:
        """``svc wifi|data|bluetooth enable|disable``."""


class NetStats(Protocol):
    """The traffic of a device."""

    def count(self, uid: int, *, received: int, sent: int, tag: int = 0) -> None:
        """Bytes of a uid over the network that there is; none without one."""


class Sensors(Protocol):
    """What the sensors read: m/s² with gravity, rad/s, along x (right), y (up) and z (out of the screen)."""

    def register(self, record: ActivityRecord, sensor: str = ..., rate: str = ...) -> None:
        """Send values to an activity until it unregisters or ends; raises ValueError for an unknown sensor or rate."""

    def unregister(self, record: ActivityRecord, sensor: str | None = None) -> None:
        """Send no more of one sensor, or of all."""


class DisplaySleep(Protocol):
    """Whether the activities of a device sleep."""

    @property
    def sleeping(self) -> bool:
        """Whether the activities sleep."""

    def update(self) -> None:
        """The display or the keyguard changed: put the activities to sleep, or resume the top one."""
