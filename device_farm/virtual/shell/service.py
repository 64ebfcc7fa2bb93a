"""``service list|check|call``: the service manager's own client (frameworks/native cmds/service/service.cpp).

Transactions are numbers that change from version to version; ``call`` knows those of the status bar, which are the
first of its interface and the same on all versions (frameworks/base
core/java/com/android/internal/statusbar/IStatusBarService.aidl).

``svc``: Wi-Fi, mobile data and power.

Source: frameworks/base cmds/svc/src/com/android/commands/svc/ (WifiCommand, DataCommand, PowerCommand) of Android 13.
The switches are silent; what they change can be read from the settings.
"""

from dataclasses import replace

from device_farm.virtual.framework.dumps.service_list import service_names
from device_farm.virtual.kernel.file_nodes import ROOT, SHELL, SYSTEM
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.language.execute import execute_words

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


_STAY_ON = {"true": 15, "false": 0, "ac": 1, "usb": 2, "wireless": 4}  # BatteryManager.BATTERY_PLUGGED_*


async def svc(call: Call) -> int:
    """``svc wifi|data|bluetooth enable|disable``, ``svc power stayon ...``, ``svc power reboot``."""
    match call.args:
        case ["wifi", "enable" | "disable"] if not call.device.options.shell_holds("CHANGE_WIFI_STATE"):
            await call.error("java.lang.SecurityException: WifiService: Neither user 2000 nor current process has CHANGE_WIFI_STATE.")
            return 1
        case [("wifi" | "data" | "bluetooth") as radio, ("enable" | "disable") as state]:
            call.device.system.connectivity.switch(radio, on=state == "enable")
            return 0
        case ["power", "stayon", word] if word in _STAY_ON:
            call.device.settings.setdefault("global", {})["stay_on_while_plugged_in"] = str(_STAY_ON[word])
            return 0
        case ["power", "reboot", *_]:
            call.device.reboot()
            return 0
    return await call.not_modelled()


_WHO = {"root": ROOT, "system": SYSTEM, "shell": SHELL}
_MAY = (ROOT, SHELL)


async def _su(call: Call) -> int:
    """Run a command as another user; a shell of another user to type in is not modelled."""
    if call.device.properties.get("ro.debuggable") != "1":
        await call.error(f"/system/bin/sh: {call.name}: inaccessible or not found")
        return 127
    if call.uid not in _MAY:
        await call.error("su: not allowed")
        return 1
    if len(call.args) < 2:
        return await call.not_modelled()
    who, words = call.args[0], call.args[1:]
    uid = _WHO.get(who, int(who) if who.isdecimal() else None)
    if uid is None:
        await call.error(f"su: invalid uid/gid '{who}'")
        return 1
    return await execute_words(replace(call, uid=uid), words)


COMMANDS: dict[str, Command] = {"service": service, "svc": svc, "su": _su}
