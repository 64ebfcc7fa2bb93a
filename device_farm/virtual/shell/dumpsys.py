"""``dumpsys``: asks a service to print its state (frameworks/native cmds/dumpsys/dumpsys.cpp)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.dumps.service_list import DUMPS, service_names
from device_farm.virtual.framework.text_formats import wall_text
from device_farm.virtual.shell import battery, deviceidle
from device_farm.virtual.shell.service_command import caller_pid

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from device_farm.virtual.shell.call import Call, Command

_RULE = "-" * 79

# Services whose dump takes the arguments of ``cmd SERVICE`` too (BatteryService.dumpInternal,
# DeviceIdleController.dump).
COMMANDS_OF: dict[str, Callable[[Call, list[str]], Awaitable[int]]] = {"battery": battery.run, "deviceidle": deviceidle.run}


async def dumpsys(call: Call) -> int:
    """``dumpsys [-l] [-t SECONDS] [SERVICE [ARGS]]``; what is not modelled is refused by name."""
    args = list(call.args)
    while args and args[0] in ("-t", "-T") and len(args) > 1:
        args = args[2:]  # the time limits of dumps that never hang
    if args == ["-l"]:
        return await _list(call)
    if not args:
        return await _all(call)
    service, *rest = args
    if service.startswith("-"):
        return await call.not_modelled()
    if service not in service_names(call.device.rom.sdk):
        await call.error(f"Can't find service: {service}")
        return 0
    if "empty-dump" in call.device.faults.active:
        return 0
    if service in call.device.faults.lacks:
        who = f"from from pid={caller_pid(call)}, uid=2000"  # twice, as DumpUtils.java has it
        await call.print(f"Permission Denial: can't dump {service} {who} due to missing android.permission.DUMP permission")
        return 0
    commands = COMMANDS_OF.get(service)
    if commands is not None and rest and not rest[0].startswith("-"):
        return await commands(call, rest)
    dump = DUMPS.get(service)
    text = None if dump is None else dump(call.device, rest)
    if text is None:
        return await call.not_modelled()
    await call.print(text, end="")
    return 0


async def _list(call: Call) -> int:
    await call.print("Currently running services:")
    for name in service_names(call.device.rom.sdk):
        await call.print(f"  {name}")
    return 0


async def _all(call: Call) -> int:
    """Every service that is modelled, each between its header and its footer."""
    await _list(call)
    if "empty-dump" in call.device.faults.active:
        return 0
    for name in service_names(call.device.rom.sdk):
        text = DUMPS[name](call.device, []) if name in DUMPS else None
        if text is None:
            continue
        await call.print(f"{_RULE}\nDUMP OF SERVICE {name}:\n{text}", end="")
        ended = wall_text(call.device, call.device.clock.wall)
        await call.print(f"--------- 0.001s was the duration of dumpsys {name}, ending at: {ended}")
    return 0


COMMANDS: dict[str, Command] = {"dumpsys": dumpsys}
