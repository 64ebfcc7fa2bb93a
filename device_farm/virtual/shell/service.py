"""``service list|check|call``: the service manager's own client (frameworks/native cmds/service/service.cpp).

Transactions are numbers that change from version to version; ``call`` knows those of the status bar, which are the
first of its interface and the same on all versions (frameworks/base
core/java/com/android/internal/statusbar/IStatusBarService.aidl).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.dumps.service_list import service_names

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call, Command

_NO_SERVICE = 10  # the exit code of everything that goes wrong
_EXPAND = "1"  # and 2 collapses
_EMPTY_REPLY = "Result: Parcel(00000000    '....')"


async def service(call: Call) -> int:
    """``service check NAME``, ``service call statusbar 1|2``; a list would need every service's interface."""
    match call.args:
        case ["check"]:
            await call.error("service: No service specified for check")
            return _NO_SERVICE
        case ["check", name, *_]:
            await call.print(f"Service {name}: {'found' if name in service_names(call.device.rom.sdk) else 'not found'}")
            return 0
        case ["call", name, _, *_] if name not in service_names(call.device.rom.sdk):
            await call.error(f"service: Service {name} does not exist")
            return _NO_SERVICE
        case ["call", "statusbar", ("1" | "2") as code]:
            shade = call.device.system.shade
            (shade.expand if code == _EXPAND else shade.collapse)()
            await call.print(_EMPTY_REPLY)
            return 0
    return await call.not_modelled()


COMMANDS: dict[str, Command] = {"service": service}
