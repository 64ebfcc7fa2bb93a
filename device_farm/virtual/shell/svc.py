"""``svc``: Wi-Fi, mobile data and power.

Source: frameworks/base cmds/svc/src/com/android/commands/svc/ (WifiCommand, DataCommand, PowerCommand) of Android 13.
The switches are silent; what they change can be read from the settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call, Command

_STAY_ON = {"true": 15, "false": 0, "ac": 1, "usb": 2, "wireless": 4}  # BatteryManager.BATTERY_PLUGGED_*


async def svc(call: Call) -> int:
    """``svc wifi|data|bluetooth enable|disable``, ``svc power stayon ...``, ``svc power reboot``."""
    match call.args:
        case [("wifi" | "data" | "bluetooth") as radio, ("enable" | "disable") as state]:
            call.device.system.connectivity.switch(radio, on=state == "enable")
            return 0
        case ["power", "stayon", word] if word in _STAY_ON:
            _put(call, "stay_on_while_plugged_in", str(_STAY_ON[word]))
            return 0
        case ["power", "reboot", *_]:
            call.device.reboot()
            return 0
    return await call.not_modelled()


def _put(call: Call, key: str, value: str) -> None:
    call.device.settings.setdefault("global", {})[key] = value


COMMANDS: dict[str, Command] = {"svc": svc}
