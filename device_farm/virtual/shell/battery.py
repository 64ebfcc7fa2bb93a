"""``cmd battery`` and ``dumpsys battery``: take the charger out, set a level.

Source: frameworks/base services/core/java/com/android/server/BatteryService.java onShellCommand (12).
"""

from device_farm.virtual.framework.hardware.power_manager import AC, USB, WIRELESS
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service

_PLUGS = {"ac": AC, "usb": USB, "wireless": WIRELESS}
_UNMODELLED_KEYS = ("present", "counter", "temp", "invalid")


def _skip_options(arguments: Arguments) -> None:
    """Skip ``-f``, which forces the update that is always done here."""
    while arguments.option() is not None:
        continue


async def unplug(call: Call, arguments: Arguments) -> int:
    """``unplug``: no charger any more, whatever is in the socket."""
    _skip_options(arguments)
    power = call.device.system.power
    power.updates_stopped = True
    power.set_plugged(0)
    return 0


async def set_value(call: Call, arguments: Arguments) -> int:
    """``set ac|usb|wireless|status|level NUMBER``."""
    _skip_options(arguments)
    power = call.device.system.power
    key, value = arguments.next(), arguments.next()
    if key is None or value is None:
        await call.print("No property specified" if key is None else "No value specified")
        return FAILED
    if key in _UNMODELLED_KEYS:
        return await call.not_modelled()
    if key not in (*_PLUGS, "status", "level"):
        await call.print(f"Unknown set option: {key}")
        return 0
    try:
        number = int(value)
    except ValueError:
        await call.print(f"Bad value: {value}")
        return FAILED
    power.updates_stopped = True
    if key in _PLUGS:
        power.set_plugged(_PLUGS[key] if number else 0 if power.plugged == _PLUGS[key] else power.plugged)
    elif key == "level":
        power.set_level(number)
    else:
        power.status = number
        power.changed()
    return 0


async def reset(call: Call, arguments: Arguments) -> int:
    """``reset``: the real values again."""
    _skip_options(arguments)
    call.device.system.power.reset()
    return 0


SERVICE = Service({"unplug": unplug, "set": set_value, "reset": reset}, "get suspend_input")
