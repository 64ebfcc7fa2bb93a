"""Android key codes and what the screen does with them (core/java/android/view/KeyEvent.java)."""

HOME, BACK, POWER, CLEAR, ENTER, DEL, MENU, APP_SWITCH = 3, 4, 26, 28, 66, 67, 82, 187
ZERO = 7  # KEYCODE_0, the other digits follow
SLEEP, WAKEUP = 223, 224

NAMES = {
    "home": HOME,
    "back": BACK,
    "call": 5,
    "endcall": 6,
    "up": 19,
    "dpad_up": 19,
    "down": 20,
    "dpad_down": 20,
    "left": 21,
    "dpad_left": 21,
    "right": 22,
    "dpad_right": 22,
    "center": 23,
    "dpad_center": 23,
    "volume_up": 24,
    "volume_down": 25,
    "power": POWER,
    "camera": 27,
    "clear": CLEAR,
    "tab": 61,
    "space": 62,
    "enter": ENTER,
    "del": DEL,
    "delete": DEL,
    "menu": MENU,
    "search": 84,
    "volume_mute": 164,
    "recent": APP_SWITCH,
    "app_switch": APP_SWITCH,
    "sleep": SLEEP,
    "wakeup": WAKEUP,
    "wake_up": WAKEUP,
}


def key_code(key: str | int) -> int | None:
    """The code of ``home``, ``KEYCODE_HOME``, ``3`` or ``"3"``; None for a name that is not known here."""
    if isinstance(key, int):
        return key
    name = key.strip()
    if name.isascii() and name.isdigit():
        return int(name) if len(name) < 6 else None
    return NAMES.get(name.lower().removeprefix("keycode_"))
