"""``cmd wifi``, ``cmd phone``, ``cmd bluetooth_manager`` and ``cmd location``: the switches that test tools turn.

Sources: packages/modules/Wifi service/java/com/android/server/wifi/WifiShellCommand.java, packages/services/Telephony
src/com/android/phone/TelephonyShellCommand.java, packages/modules/Bluetooth service/src/com/android/server/bluetooth/
BluetoothShellCommand.java, frameworks/base services/core/java/com/android/server/location/LocationShellCommand.java of
Android 13.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from device_farm.virtual.shell.service_command import FAILED, Arguments, Handler, run_service

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from device_farm.virtual.shell.call import Call, Command

_SINCE = 30  # API level of these forms of the commands
_LOCATION_OFF, _LOCATION_ON = "0", "3"  # Settings.Secure.LOCATION_MODE_OFF, LOCATION_MODE_HIGH_ACCURACY


async def set_wifi_enabled(call: Call, arguments: Arguments) -> int:
    """``wifi set-wifi-enabled enabled|disabled``."""
    word = arguments.required()
    if word not in ("enabled", "disabled"):
        problem = f"java.lang.IllegalArgumentException: Expected 'enabled' or 'disabled' as next arg but got '{word}'"
        await call.print(f"Invalid args for set-wifi-enabled: {problem}")
        return FAILED
    call.device.system.connectivity.switch("wifi", on=word == "enabled")
    return 0


async def mobile_data(call: Call, arguments: Arguments) -> int:
    """``phone data enable|disable``."""
    word = arguments.required()
    if word not in ("enable", "disable"):
        return await call.not_modelled()
    call.device.system.connectivity.switch("data", on=word == "enable")
    return 0


async def enable_bluetooth(call: Call, arguments: Arguments) -> int:
    """``bluetooth_manager enable``: silent."""
    call.device.system.connectivity.switch("bluetooth", on=True)
    return 0


async def disable_bluetooth(call: Call, arguments: Arguments) -> int:
    """``bluetooth_manager disable``: silent."""
    call.device.system.connectivity.switch("bluetooth", on=False)
    return 0


async def is_location_enabled(call: Call, arguments: Arguments) -> int:
    """``location is-location-enabled [--user ID]``."""
    mode = call.device.settings.get("secure", {}).get("location_mode", _LOCATION_OFF)
    await call.print(str(mode != _LOCATION_OFF).lower())
    return 0


async def set_location_enabled(call: Call, arguments: Arguments) -> int:
    """``location set-location-enabled true|false [--user ID]``; what is not true is false (Boolean.parseBoolean)."""
    on = arguments.required().lower() == "true"
    call.device.settings.setdefault("secure", {})["location_mode"] = _LOCATION_ON if on else _LOCATION_OFF
    call.device.system.settings_changed("secure", "location_mode")
    return 0


_HANDLERS: dict[str, dict[str, Handler]] = {
    "wifi": {"set-wifi-enabled": set_wifi_enabled},
    "phone": {"data": mobile_data},
    "bluetooth_manager": {"enable": enable_bluetooth, "disable": disable_bluetooth},
    "location": {"is-location-enabled": is_location_enabled, "set-location-enabled": set_location_enabled},
}
_UNMODELLED = {
    "wifi": """status list-networks list-scan-results start-scan connect-network add-network forget-network add-suggestion
        remove-suggestion start-softap stop-softap set-scan-always-available force-country-code get-country-code""",
    "phone": """ims cc carrier_restriction_status src number-verification-source ecc thermal-mitigation end-block-suppression
        get-imei get-sim-slots-mapping restart-modem unattended-reboot""",
    "bluetooth_manager": "wait-for-state",
    "location": "providers set-adas-gnss-location-enabled is-automotive-gnss-suspended",
}


async def _run(service: str, call: Call, words: list[str]) -> int:
    if call.device.rom.sdk < _SINCE:
        return await call.not_modelled()  # other commands, or none
    return await run_service(call, words, _HANDLERS[service], frozenset(_UNMODELLED[service].split()))


SERVICES: dict[str, Callable[[Call, list[str]], Awaitable[int]]] = {service: partial(_run, service) for service in _HANDLERS}


async def start_or_stop(call: Call) -> int:
    """``start``, ``stop``: root alone may stop the framework (system/core toolbox/start.cpp)."""
    if call.uid == 0:
        return await call.not_modelled()
    await call.error("Must be root")
    return 1


COMMANDS: dict[str, Command] = {"start": start_or_stop, "stop": start_or_stop}
