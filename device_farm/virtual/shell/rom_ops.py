"""The app ops that only a ROM has: numbers without a name, ``MIUIOP(10008)`` on MIUI and HyperOS.

Which there are is data (``[rom_ops]`` of the ROM's file): a mode, or ``autostart`` where the op is the switch of the
start manager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.background.rom_start_manager import SELF
from device_farm.virtual.framework.text_formats import duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.framework.records.system_records import Package

AUTOSTART = "autostart"
MODES = ("allow", "ignore", "deny", "default", "foreground", "ask")  # ask: the ROM's own mode 5


def ops_of(device: VirtualDevice, package: Package) -> list[str]:
    """The numbers of the ROM's ops, lowest first; an app of the ROM has none."""
    table: Mapping[str, str] = device.rom.data["rom_ops"]
    return [] if package.system else sorted(table, key=int)


def op_line(device: VirtualDevice, package: Package, op: str) -> str:
    """One op as ``appops get`` prints it: the mode, and when the ROM last refused a start."""
    mode = package.op_modes.get(op, device.rom.data["rom_ops"][op])
    ago = ""
    if mode == AUTOSTART:
        manager = device.system.start_manager
        mode = "allow" if manager.allowed(package.name) else "ignore"
        if (rejected := manager.rejected.get(package.name)) is not None:
            ago = f"; rejectTime={duration(device.clock.uptime - rejected)} ago"
    return f"MIUIOP({op}): {mode}{ago}"


def set_op(device: VirtualDevice, package: Package, op: str, mode: str) -> None:
    """``appops set``: the switch for autostart moves, another mode is kept."""
    if device.rom.data["rom_ops"][op] == AUTOSTART:
        device.system.start_manager.allow(package.name, SELF, allowed=mode == "allow")
    else:
        package.op_modes[op] = mode
