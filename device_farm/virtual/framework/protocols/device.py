"""What the framework asks of the device that it runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from device_farm.virtual.framework.records.phone import Phone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping

    from device_farm.virtual.files import FileSystem
    from device_farm.virtual.framework.device_options import DeviceOptions
    from device_farm.virtual.framework.narrator.narrator import Narrator
    from device_farm.virtual.framework.protocols.framework import Framework
    from device_farm.virtual.framework.records.model import Window
    from device_farm.virtual.screen.layout import Placed
    from device_farm.virtual.spec import Spec


class Screen(Protocol):
    """The display, as the framework uses it."""

    on: bool
    on_toggled: Callable[[bool], None]

    def placed(self, window: Window) -> Iterator[Placed]:
        """The views of a window with their places."""

    def draw_canvases(self, window: Window) -> None:
        """Let the app draw each Canvas of its window, at its size; runs on the app's main thread."""

    def type_text(self, text: str) -> bool:
        """Append to the field that has the focus; False without one."""

    def key(self, key: str | int) -> bool:
        """Press a key by name or code; False for one that is not known."""


class Faults(Protocol):
    """The faults that are switched on, by name."""

    active: set[str]


class Device(Phone, Protocol):
    """The parts of a device below and beside its framework."""

    @property
    def spec(self) -> Spec:
        """What device it is, and its apps."""

    @property
    def system(self) -> Framework:
        """Its framework."""

    @property
    def narrator(self) -> Narrator:
        """Who writes its log."""

    @property
    def files(self) -> FileSystem:
        """Its file system."""

    @property
    def settings(self) -> dict[str, MutableMapping[str, str]]:
        """The settings provider's rows, by namespace."""

    @property
    def options(self) -> DeviceOptions:
        """What a tester switches on its developer page."""

    @property
    def screen(self) -> Screen:
        """Its display."""

    @property
    def faults(self) -> Faults:
        """What was made to go wrong."""

    def debugging_off(self) -> None:
        """USB debugging was switched off: no host sees the device any more."""

    def turn_off(self) -> None:
        """Go off, as with an empty battery."""
