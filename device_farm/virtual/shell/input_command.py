"""``input``: touches, keys and text.

Source: frameworks/base services/core/java/com/android/server/input/InputShellCommand.java of Android 13.
"""

from device_farm.virtual.agent.appium_settings import typed
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.service_command import Arguments, JavaError, Service, illegal_argument, script, security

_SOURCES = ("keyboard", "dpad", "gamepad", "touchscreen", "mouse", "stylus", "trackball", "touchpad", "touchnavigation",
            "joystick")  # fmt: skip
_SWIPE_MS = 300  # InputShellCommand.sendSwipe's default duration
_LONG_PRESS_MS = 400  # ViewConfiguration.DEFAULT_LONG_PRESS_TIMEOUT
_TOUCH_SLOP = 21  # pixels: ViewConfiguration's 8 dp at 420 dpi


def _coordinate(arguments: Arguments, command: str) -> int:
    word = arguments.required()
    try:
        return int(float(word))
    except (ValueError, OverflowError):
        raise illegal_argument(f"Error: Invalid arguments for command: {command}") from None


async def tap(call: Call, arguments: Arguments) -> int:
    """``tap X Y``."""
    x, y = _coordinate(arguments, "tap"), _coordinate(arguments, "tap")
    await call.device.faults.delay("tap")
    call.device.screen.tap(x, y)
    return 0


async def swipe(call: Call, arguments: Arguments) -> int:
    """``swipe X1 Y1 X2 Y2 [MS]``: a long press where it stays in one place for long enough."""
    return await _swipe(call, arguments, "swipe")


async def drag_and_drop(call: Call, arguments: Arguments) -> int:
    """``draganddrop X1 Y1 X2 Y2 [MS]``: a swipe that holds first, for a long press."""
    await call.device.clock.elapse(_LONG_PRESS_MS / 1000)
    return await _swipe(call, arguments, "draganddrop")


async def _swipe(call: Call, arguments: Arguments, command: str) -> int:
    x1, y1, x2, y2 = (_coordinate(arguments, command) for _ in range(4))
    rest = arguments.rest()
    try:
        duration = int(rest[0]) if rest else _SWIPE_MS
    except ValueError:
        raise illegal_argument(f"Error: Invalid arguments for command: {command}") from None
    await call.device.clock.elapse(max(0, duration) / 1000)
    if max(abs(x1 - x2), abs(y1 - y2)) <= _TOUCH_SLOP:
        (call.device.screen.long_press if duration >= _LONG_PRESS_MS else call.device.screen.tap)(x1, y1)
    else:
        call.device.screen.swipe(x1, y1, x2, y2)
    return 0


async def motion_event(call: Call, arguments: Arguments) -> int:
    """``motionevent DOWN|UP|MOVE|CANCEL X Y``: one event of a touch."""
    action = arguments.required().upper()
    if action not in ("DOWN", "UP", "MOVE", "CANCEL"):
        raise illegal_argument(f"Unknown action: {action}")
    x, y = _coordinate(arguments, "motionevent"), _coordinate(arguments, "motionevent")
    if action == "DOWN":
        call.device.screen.finger_down(x, y)
    elif action == "UP":
        call.device.screen.finger_up(x, y)
    elif action == "CANCEL":
        call.device.screen.finger = None
    return 0


async def text(call: Call, arguments: Arguments) -> int:
    """``text STRING``: ``%s`` is a space; for characters that no key makes KeyCharacterMap.getEvents gives null."""
    word = arguments.required()
    if not word.isascii():
        raise JavaError("java.lang.NullPointerException", "Attempt to get length of null array")
    call.device.screen.type_text(typed(call.device, word.replace("%s", " ")))
    return 0


async def key_event(call: Call, arguments: Arguments) -> int:
    """``keyevent [--longpress|--doubletap|--async|--delay MS] KEY...``; by number or name, unknown keys do nothing."""
    repeat = 1
    word: str | None = arguments.required()
    while word is not None and word.startswith("--"):
        if word == "--delay":
            arguments.required()
        elif word == "--doubletap":
            repeat = 2
        word = arguments.next()
    while word is not None:
        key: str | int = int(word) if word.isdigit() else word.upper().removeprefix("KEYCODE_")
        for _ in range(repeat):
            call.device.screen.key(key)
        word = arguments.next()
    return 0


async def _refused(call: Call, arguments: Arguments) -> int:
    """Any of them without INJECT_EVENTS (services/core .../server/input/InputManagerService.java, 12 and 13)."""
    if call.device.rom.sdk < 33:
        raise security("Injecting to another application requires INJECT_EVENTS permission")
    whom = "the caller (or the source of the instrumentation, if any)"
    raise security(f"Injecting input events requires {whom} to have the INJECT_EVENTS permission.")


_UNMODELLED = "press roll keycombination"
SERVICE = Service(
    {
        "tap": tap, "swipe": swipe, "draganddrop": drag_and_drop, "text": text, "keyevent": key_event,
        "motionevent": motion_event,
    },
    _UNMODELLED,
)  # fmt: skip
_REFUSED = Service(dict.fromkeys(SERVICE.handlers, _refused), _UNMODELLED)


async def run(call: Call, words: list[str]) -> int:
    """Run a command of the input service; a source and ``-d DISPLAY`` may come first."""
    if words and words[0] in _SOURCES:
        words = words[1:]
    if words[:1] == ["-d"]:
        words = words[2:]
    return await (SERVICE if call.device.options.shell_holds("INJECT_EVENTS") else _REFUSED)(call, words)


COMMANDS: dict[str, Command] = {"input": script(run)}
