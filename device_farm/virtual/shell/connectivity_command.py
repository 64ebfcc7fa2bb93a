"""``cmd connectivity airplane-mode``.

Source: packages/modules/Connectivity service/src/com/android/server/ConnectivityService.java ShellCmd (11 and later).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.shell.service_command import FAILED, Arguments, Handler, run_service

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call


async def airplane_mode(call: Call, arguments: Arguments) -> int:
    """``airplane-mode [enable|disable]``; without a word it tells the state."""
    word, connectivity = arguments.next(), call.device.system.connectivity
    if word is None:
        await call.print("enabled" if connectivity.airplane_mode else "disabled")
    elif word in ("enable", "disable"):
        connectivity.set_airplane_mode(on=word == "enable")
    else:
        return FAILED
    return 0


_HANDLERS: dict[str, Handler] = {"airplane-mode": airplane_mode}


async def run(call: Call, words: list[str]) -> int:
    """Run a command of the connectivity service; before 11 it has none."""
    if call.device.rom.sdk < 30:
        await call.error("cmd: Can't find service: connectivity")
        return 20
    return await run_service(call, words, _HANDLERS, frozenset())
