"""``locksettings``: the lock of the screen.

Source: services/core/java/com/android/server/locksettings/LockSettingsShellCommand.java.
"""

from device_farm.virtual.framework.windows.keyguard import MAX_PIN, MIN_PIN
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service, script


async def _old_matches(call: Call, arguments: Arguments) -> tuple[bool, str | None]:
    """Whether ``--old PIN`` is the present one, and the word after the options; a mistake was said."""
    old, word = "", arguments.next()
    while word in ("--old", "--user"):
        value = arguments.required()
        old = value if word == "--old" else old
        word = arguments.next()
    if call.device.system.keyguard.pin != old:
        secure = bool(call.device.system.keyguard.pin)
        await call.print(f"Old password '{old}' didn't match" if secure else "Old password provided but user has no password")
        return False, word
    return True, word


async def set_pin(call: Call, arguments: Arguments) -> int:
    """``set-pin [--old PIN] PIN``."""
    matches, word = await _old_matches(call, arguments)
    if not matches:
        return 0
    if word is None or not word.isdigit() or not MIN_PIN <= len(word) <= MAX_PIN:
        why = f"java.lang.IllegalArgumentException: pin must be {MIN_PIN} to {MAX_PIN} digits"
        await call.error(f"Error while executing command: set-pin\n{why}")
        return FAILED
    keyguard = call.device.system.keyguard
    keyguard.enabled, keyguard.pin = True, word
    await call.print(f"Pin set to '{word}'")
    return 0


async def clear(call: Call, arguments: Arguments) -> int:
    """``clear [--old PIN]``."""
    matches, _word = await _old_matches(call, arguments)
    if matches:
        call.device.system.keyguard.pin = ""
        await call.print("Lock credential cleared")
    return 0


async def verify(call: Call, arguments: Arguments) -> int:
    """``verify [--old PIN]``."""
    matches, _word = await _old_matches(call, arguments)
    if matches:
        await call.print("Lock credential verified successfully")
    return 0


async def get_disabled(call: Call, arguments: Arguments) -> int:
    """``get-disabled``."""
    await call.print(str(not call.device.system.keyguard.enabled).lower())
    return 0


async def set_disabled(call: Call, arguments: Arguments) -> int:
    """``set-disabled true|false``: without a PIN, whether there is a screen to swipe away."""
    disabled = arguments.required().lower() == "true"
    if not call.device.system.keyguard.pin:
        call.device.system.keyguard.enabled = not disabled
    await call.print(f"Lock screen disabled set to {str(disabled).lower()}")
    return 0


SERVICE = Service(
    {"set-pin": set_pin, "clear": clear, "verify": verify, "get-disabled": get_disabled, "set-disabled": set_disabled},
    "set-pattern set-password sp get-disabled-by-policy set-resume-on-reboot-provider-package require-strong-auth",
)
COMMANDS: dict[str, Command] = {"locksettings": script(SERVICE)}
