"""The developer options and the like that a tester has to switch on before ADB may do its work.

Without them shell lacks permissions that AOSP gives it, the log leaves parts out, or installing is refused. The device
starts as a tester prepares it; ``ctl SERIAL option NAME on|off`` switches. Which options there are is data
(``[options]`` of the ROM's file). Two more exist everywhere, off at first: ROMs are known to do so, but not which do
today.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from harness.language import _

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

SWALLOWS_SECOND_REQUEST = "swallow_second_request"
REPORTS_GRANTED = "report_granted_after_refusal"
USB_INSTALL, USB_INSTALL_CONFIRM = "usb_install", "usb_install_confirm"
NO_SHAKE_JUMP = "no_shake_jump"  # where the ROM has it: apps get no shaking
_PRIORITIES = "VDIWEF"
_EVERYWHERE = (SWALLOWS_SECOND_REQUEST, REPORTS_GRANTED)


class DeviceOptions:
    """The options of one device."""

    def __init__(self, device: VirtualDevice) -> None:
        """Set them as the ROM's data has them."""
        self._device = device
        self._data: Mapping[str, Any] = device.rom.data["options"]
        self._on: dict[str, bool] = dict.fromkeys(_EVERYWHERE, False)
        self._on |= {name: bool(self._data[name]["on"]) for name in self._data}
        self._apply()

    def states(self) -> dict[str, bool]:
        return dict(sorted(self._on.items()))

    def label(self, name: str) -> str:
        """Return the name on the phone's own page; empty for the two that no page has."""
        return str(self._data[name]["label"]) if name in self._data else ""

    def is_on(self, name: str, *, absent: bool = False) -> bool:
        """Whether an option is on; ``absent`` where the ROM has none of that name."""
        return self._on.get(name, absent)

    def switch(self, name: str, *, on: bool) -> None:
        """Switch one; raises ValueError with the choices for an unknown one."""
        if name not in self._on:
            known = ", ".join(self.states())
            raise ValueError(_("unknown option '{name}'; {rom} has: {options}", name=name, rom=self._device.rom.name, options=known))
        self._on[name] = on
        self._apply()
        self._device.record_truth("option", name=name, on=on)

    def shell_holds(self, permission: str) -> bool:
        """Whether shell has a permission (short name) that AOSP gives it."""
        withheld = any(permission in self._data[name].get("withholds", []) for name in self._off())
        return not withheld and permission not in self._device.faults.lacks

    def _off(self) -> list[str]:
        return [name for name in self._data if not self._on[name]]

    def _apply(self) -> None:
        """Have the log leave out what the options that are off hide; their properties tell how they stand."""
        hiding = [self._data[name] for name in self._off()]
        for name, option in self._data.items():
            if "property" in option:
                self._device.properties[option["property"]] = "1" if self._on[name] else "0"
            if "setting" in option:
                namespace, _, key = str(option["setting"]).partition("/")
                self._device.settings[namespace][key] = "1" if self._on[name] else "0"
        buffers = {buffer for option in hiding for buffer in option.get("hides_buffers", [])}
        lowest = max((_PRIORITIES.index(option.get("hides_below", "V")) for option in hiding), default=0)
        self._device.logs.hidden_buffers = frozenset(buffers)
        self._device.logs.hidden_priorities = frozenset(_PRIORITIES[:lowest])
