"""Services whose commands are a few switches, a table each: ``cmd wifi``, ``phone``, ``notification`` and others.

Sources: packages/modules/Wifi service/java/com/android/server/wifi/WifiShellCommand.java, packages/services/Telephony
src/com/android/phone/TelephonyShellCommand.java, packages/modules/Bluetooth service/src/com/android/server/bluetooth/
BluetoothShellCommand.java, frameworks/base services/core/java/com/android/server/location/LocationShellCommand.java of
Android 13.

``cmd connectivity airplane-mode``.

Source: packages/modules/Connectivity service/src/com/android/server/ConnectivityService.java ShellCmd (11 and later).

``cmd notification``: what is posted, and which apps may read it.

Source: frameworks/base services/core/java/com/android/server/notification/NotificationShellCmd.java (until 9 in
NotificationManagerService.java). A listener that is allowed stands in the secure setting that bindings go by.

``cmd statusbar``: opens and closes the notification shade.

Source: frameworks/base services/core/java/com/android/server/statusbar/StatusBarShellCommand.java of Android 12L. The
quick settings are the upper part of the same shade here.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service

_SINCE = dict.fromkeys(("wifi", "phone", "bluetooth_manager", "location"), 30)  # API level of these forms of the commands
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


async def start_or_stop(call: Call) -> int:
    """``start``, ``stop``: root alone may stop the framework (system/core toolbox/start.cpp)."""
    if call.uid == 0:
        return await call.not_modelled()
    await call.error("Must be root")
    return 1


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


_LISTENERS = "enabled_notification_listeners"


async def list_keys(call: Call, arguments: Arguments) -> int:
    """``list``: the key of each notification that is posted."""
    for item in call.device.system.notifications.active:
        await call.print(call.device.system.notifications.key(item))
    return 0


async def change_listener(call: Call, arguments: Arguments, *, allowed: bool) -> int:
    """``allow_listener COMPONENT [USER]``, ``disallow_listener`` likewise: says nothing where it is done."""
    component = arguments.required()
    if not all(component.partition("/")):
        await call.error("Invalid listener - must be a ComponentName")
        return FAILED
    secure = call.device.settings.setdefault("secure", {})
    names = [name for name in secure.get(_LISTENERS, "").split(":") if name and name != component]
    secure[_LISTENERS] = ":".join([*names, component] if allowed else names)
    call.device.system.settings_changed("secure", _LISTENERS)
    return 0


async def expand(call: Call, arguments: Arguments) -> int:
    """``expand-notifications``, ``expand-settings``."""
    call.device.system.shade.expand()
    return 0


async def collapse(call: Call, arguments: Arguments) -> int:
    """``collapse``."""
    call.device.system.shade.collapse()
    return 0


async def check_support(call: Call, arguments: Arguments) -> int:
    """``check-support``: of quick settings tiles."""
    await call.print("true")
    return 0


async def run_connectivity(call: Call, words: list[str]) -> int:
    """Run a command of the connectivity service; before 11 it has none."""
    if call.device.rom.sdk < 30:
        await call.error("cmd: Can't find service: connectivity")
        return 20
    return await Service({"airplane-mode": airplane_mode})(call, words)


_SERVICES = {
    "wifi": Service(
        {"set-wifi-enabled": set_wifi_enabled},
        """status list-networks list-scan-results start-scan connect-network add-network forget-network add-suggestion
        remove-suggestion start-softap stop-softap set-scan-always-available force-country-code get-country-code""",
    ),
    "phone": Service(
        {"data": mobile_data},
        """ims cc carrier_restriction_status src number-verification-source ecc thermal-mitigation end-block-suppression
        get-imei get-sim-slots-mapping restart-modem unattended-reboot""",
    ),
    "bluetooth_manager": Service({"enable": enable_bluetooth, "disable": disable_bluetooth}, "wait-for-state"),
    "location": Service(
        {"is-location-enabled": is_location_enabled, "set-location-enabled": set_location_enabled},
        "providers set-adas-gnss-location-enabled is-automotive-gnss-suspended",
    ),
    "notification": Service(
        {
            "allow_listener": partial(change_listener, allowed=True),
            "disallow_listener": partial(change_listener, allowed=False),
            "list": list_keys,
        },
        """help allow_assistant disallow_assistant allow_dnd disallow_dnd reset_assistant_user_set get_approved_assistant
        post get snooze unsnooze set_dnd set_bubbles set_bubbles_channel suspend_package unsuspend_package distract_package
        redact_otp_from_untrusted_listeners set_exempt_th_force_grouping""",
    ),
    "statusbar": Service(
        {"check-support": check_support, "collapse": collapse, "expand-notifications": expand, "expand-settings": expand},
        "add-tile remove-tile click-tile get-status-icons disable-for-setup send-disable-flag tracing run-gc dump",
    ),
}


async def _run(service: str, call: Call, words: list[str]) -> int:
    if call.device.rom.sdk < _SINCE.get(service, 0):
        return await call.not_modelled()  # other commands, or none
    return await _SERVICES[service](call, words)


SERVICES: dict[str, Callable[[Call, list[str]], Awaitable[int]]] = {
    "connectivity": run_connectivity, **{service: partial(_run, service) for service in _SERVICES},
}  # fmt: skip
COMMANDS: dict[str, Command] = {"start": start_or_stop, "stop": start_or_stop}
