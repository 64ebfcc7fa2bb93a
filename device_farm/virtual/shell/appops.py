"""``appops``: app operations of a package.

Source: AppOpsService.onShellCommand in frameworks/base services/core/java/com/android/server/appop/AppOpsService.java
of Android 13. Operations behind runtime permissions follow the permission; a mode set by hand is kept per package.

The app ops that only a ROM has: numbers without a name, ``MIUIOP(10008)`` on MIUI and HyperOS.

Which there are is data (``[rom_ops]`` of the ROM's file): a mode, or ``autostart`` where the op is the switch of the
start manager.
"""

from collections.abc import Mapping

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.background.alarm_manager import EXACT_PERMISSION
from device_farm.virtual.framework.background.rom_start_manager import SELF
from device_farm.virtual.framework.dumps.app_data import op_line as noted_op
from device_farm.virtual.framework.permissions.permissions import op_of
from device_farm.virtual.framework.records.system_records import Package
from device_farm.virtual.framework.text_formats import duration
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service, installed, script, skip_user

MODES = ("allow", "ignore", "deny", "default", "foreground")
_WHILE_IN_USE = ("FINE_LOCATION", "COARSE_LOCATION", "CAMERA", "RECORD_AUDIO")
_WITHOUT_PERMISSION = """SYSTEM_ALERT_WINDOW WRITE_SETTINGS REQUEST_INSTALL_PACKAGES RUN_IN_BACKGROUND
    RUN_ANY_IN_BACKGROUND START_FOREGROUND READ_DEVICE_IDENTIFIERS READ_CLIPBOARD WRITE_CLIPBOARD GET_USAGE_STATS SCHEDULE_EXACT_ALARM
    MANAGE_EXTERNAL_STORAGE QUERY_ALL_PACKAGES TOAST_WINDOW WAKE_LOCK MOCK_LOCATION PROJECT_MEDIA PICTURE_IN_PICTURE"""
_OTHER_OPS = frozenset(_WITHOUT_PERMISSION.split())


def permission_modes(package: Package) -> dict[str, str]:
    """The uid modes that the runtime permissions give: allow, foreground or ignore."""
    modes = {}
    for permission, state in package.runtime_permissions.items():
        op = op_of(permission)
        modes[op] = "ignore" if not state.granted else "foreground" if op in _WHILE_IN_USE else "allow"
    return modes


def _known(call: Call, op: str) -> bool:
    return op in _OTHER_OPS or op in {op_of(permission) for permission in call.device.system.permission_groups}


async def _target(call: Call, arguments: Arguments) -> Package | None:
    """The package operand; None after its absence was reported."""
    while (option := arguments.option()) is not None:
        if not skip_user(arguments, option) and option != "--uid":
            await call.error(f"Error: Unknown option: {option}")
            return None
    name = arguments.next()
    package = installed(call, name) if name else None
    if package is None:
        await call.error(f"Error: No UID for {name} in user 0" if name else "Error: Package name or UID not specified")
    return package


async def _operation(call: Call, word: str) -> str | None:
    """The operation's short name; None after an unknown one was reported."""
    op = word.removeprefix("android:").upper() if word.startswith("android:") else word
    if not _known(call, op):
        await call.error(f"Error: Unknown operation string: {word}")
        return None
    return op


async def get(call: Call, arguments: Arguments) -> int:
    """``get PACKAGE [OP]``; an op that only the ROM has by its number."""
    package = await _target(call, arguments)
    if package is None:
        return FAILED
    word = arguments.next()
    rom_ops = ops_of(call.device, package)
    if word in rom_ops:
        await call.print(op_line(call.device, package, word))
        return 0
    op = await _operation(call, word) if word else None
    if word and op is None:
        return FAILED
    uid_modes = {name: mode for name, mode in permission_modes(package).items() if op in (None, name)}
    noted = call.device.system.app_ops.latest(package.name)
    own = [name for name in dict.fromkeys([*noted, *package.op_modes]) if op in (None, name) and name not in rom_ops]
    for name, mode in uid_modes.items():
        await call.print(f"Uid mode: {name}: {mode}")
    for name in own:
        await call.print(noted_op(call.device, package, name))
    if op is None:
        for number in rom_ops:
            await call.print(op_line(call.device, package, number))
    if not own and not (rom_ops and op is None):
        await call.print("No operations.")
        if op is not None:
            await call.print(f"Default mode: {'allow' if op not in _OTHER_OPS else 'default'}")
    return 0


async def put(call: Call, arguments: Arguments) -> int:
    """``set PACKAGE OP MODE``: silent."""
    package = await _target(call, arguments)
    if package is None:
        return FAILED
    word = arguments.next()
    if word is None:
        await call.error("Error: Operation not specified")
        return FAILED
    of_rom = word in ops_of(call.device, package)
    op, mode = word if of_rom else await _operation(call, word), arguments.next()
    if op is None:
        return FAILED
    if mode is None or mode not in (ROM_MODES if of_rom else MODES):
        await call.error("Error: Mode not specified" if mode is None else f"Error: Mode {mode} is not valid")
        return FAILED
    if of_rom:
        set_op(call.device, package, op, mode)
    elif mode == "default":
        package.op_modes.pop(op, None)
    else:
        package.op_modes[op] = mode
    if op == EXACT_PERMISSION and not call.device.system.alarms.may_be_exact(package):
        call.device.system.alarms.exact_revoked(package)
    return 0


async def reset(call: Call, arguments: Arguments) -> int:
    """``reset [PACKAGE]``."""
    while (option := arguments.option()) is not None:
        skip_user(arguments, option)
    name = arguments.next()
    for package in call.device.system.packages.values():
        if name in (None, package.name):
            package.op_modes.clear()
    await call.print(f"Reset all modes for: user 0, {f'package {name}' if name else 'all packages'}")
    return 0


SERVICE = Service({"get": get, "set": put, "reset": reset}, "query-op start stop write-settings read-settings note")
COMMANDS: dict[str, Command] = {"appops": script(SERVICE)}


AUTOSTART = "autostart"
ROM_MODES = ("allow", "ignore", "deny", "default", "foreground", "ask")  # ask: the ROM's own mode 5


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
