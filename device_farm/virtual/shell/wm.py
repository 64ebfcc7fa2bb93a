"""``wm``: the size and density of the display.

Source: frameworks/base services/core/java/com/android/server/wm/WindowManagerShellCommand.java of Android 13. The
display of this device cannot be changed, so overriding its size or density is refused as not modelled.
"""

from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.service_command import FAILED, Arguments, Service, script


async def size(call: Call, arguments: Arguments) -> int:
    """``size [reset|WxH]``."""
    word = arguments.next()
    if word in (None, "-d"):
        await call.print(f"Physical size: {call.device.spec.width}x{call.device.spec.height}")
        return 0
    if word == "reset":
        return 0
    if "x" not in (word or "")[1:-1]:
        await call.error(f"Error: bad size {word}")
        return FAILED
    return await call.not_modelled()


async def density(call: Call, arguments: Arguments) -> int:
    """``density [reset|DPI]``."""
    word = arguments.next()
    if word in (None, "-d"):
        await call.print(f"Physical density: {call.device.spec.density}")
        return 0
    if word == "reset":
        return 0
    if not (word or "").isdigit():
        await call.error(f'Error: bad number java.lang.NumberFormatException: For input string: "{word}"')
        return FAILED
    if int(word or "0") < 72:
        await call.error("Error: density must be >= 72")
        return FAILED
    return await call.not_modelled()


async def dismiss_keyguard(call: Call, arguments: Arguments) -> int:
    """``dismiss-keyguard``: a lock without a PIN goes, one with a PIN asks for it."""
    call.device.system.keyguard.dismiss()
    return 0


async def user_rotation(call: Call, arguments: Arguments) -> int:
    """``user-rotation [-d ID] [free|lock [0-3]]``: without a mode it tells the present one."""
    rotation = call.device.system.display_rotation
    mode = arguments.next()
    if mode == "-d":
        arguments.number()
        mode = arguments.next()
    if mode is None:
        await call.print(f"lock {rotation.user_rotation}" if rotation.locked else "free")
    elif mode == "free":
        rotation.thaw()
    elif mode != "lock":
        await call.error("Error: argument needs to be either -d, free or lock.")
        return FAILED
    else:
        word = arguments.next()
        try:
            rotation.freeze(None if word in (None, "-1") else int(word or ""))
        except ValueError as error:
            await call.error(f"Error: {error}")
            return FAILED
    return 0


SERVICE = Service(
    {"size": size, "density": density, "dismiss-keyguard": dismiss_keyguard, "user-rotation": user_rotation},
    """folded-area scaling tracing logging fixed-to-user-rotation reset
    set-ignore-orientation-request get-ignore-orientation-request dump-visible-window-views set-letterbox-style""",
)
COMMANDS: dict[str, Command] = {"wm": script(SERVICE)}
