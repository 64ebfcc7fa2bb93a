"""Calls about the device as a whole: information, keys, clipboard, apps, settings of the server itself."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from device_farm.virtual.agent.java_errors import InvalidParams, JavaError, by_name, flag, integer, number, text
from device_farm.virtual.framework.records.system_records import Intent

if TYPE_CHECKING:
    from device_farm.virtual.agent.uiautomator2_server import Server

SHELL_UID = 2000
KEY_NAMES = frozenset(
    {"home", "back", "left", "right", "up", "down", "center", "menu", "search", "enter", "delete", "del", "recent"}
    | {"volume_up", "volume_down", "volume_mute", "camera", "power"}
)
_ORIENTATIONS = {"left": 1, "l": 1, "right": 3, "r": 3, "natural": 0, "n": 0}  # Surface.ROTATION_*
CONFIGURATOR = {  # milliseconds; defaults of Configurator.java
    "actionAcknowledgmentTimeout": 3000,
    "keyInjectionDelay": 0,
    "scrollAcknowledgmentTimeout": 200,
    "waitForIdleTimeout": 10000,
    "waitForSelectorTimeout": 10000,
}


def ping(server: Server) -> str:
    return "pong"


def device_info(server: Server) -> dict[str, Any]:
    """DeviceInfo; sizes in pixels and dp."""
    device, screen = server.device, server.screen
    focused = device.system.focused_window()
    scale = device.spec.density / 160
    return {
        "currentPackageName": None if focused is None else focused.package,
        "displayHeight": screen.height,
        "displayRotation": device.system.display.rotation,
        "displaySizeDpX": round(screen.width / scale),
        "displaySizeDpY": round(screen.height / scale),
        "displayWidth": screen.width,
        "productName": device.properties.get("ro.product.name", ""),
        "screenOn": screen.on,
        "sdkInt": device.rom.sdk,
        "naturalOrientation": True,
    }


def press_key(server: Server, name: object) -> bool:
    """A key by the server's own names; False for any other."""
    return text(name) in KEY_NAMES and server.screen.key(text(name))


def press_key_code(server: Server, code: object, meta_state: object = 0) -> bool:
    integer(meta_state)
    return server.screen.key(integer(code))


def wake_up(server: Server) -> None:
    server.screen.key("wakeup")


def sleep(server: Server) -> None:
    """Turn the display off."""
    server.screen.key("sleep")


def is_screen_on(server: Server) -> bool:
    return server.screen.on


def get_clipboard(server: Server) -> str | None:
    """Return the configurator as it was set last."""
    return server.device.system.clipboard.text


def set_clipboard(server: Server, label: object, content: object) -> None:
    """Set the clipboard; the label may be null."""
    if label is not None:
        text(label)
    server.device.system.clipboard.put(text(content), SHELL_UID)


def paste_clipboard(server: Server) -> None:
    """Ctrl+V into the field that has the focus."""
    pasted = server.device.system.clipboard.text
    if pasted is not None:
        server.screen.type_text(pasted)


def clear_input_text(server: Server) -> None:
    """Ctrl+A and DEL in the field that has the focus."""
    server.screen.clear_text()


def launch_app(server: Server, package: object) -> bool:
    """Start the launcher activity of a package; False without one."""
    system = server.device.system
    component = system.launcher_component(text(package))
    if component is None:
        return False
    intent = Intent(
        action="android.intent.action.MAIN",
        categories=["android.intent.category.LAUNCHER"],
        component=(component.package, component.class_name),
        flags=0x10000000,
    )
    system.start_activity(intent, uid=SHELL_UID, package="com.android.shell")
    return True


def get_configurator(server: Server) -> dict[str, int]:
    return dict(server.configurator)


def set_configurator(server: Server, values: object) -> dict[str, int]:
    """Change timeouts; returns all of them."""
    if not isinstance(values, dict) or not set(values) <= set(CONFIGURATOR):
        raise InvalidParams("not a configurator")
    server.configurator.update({name: integer(value) for name, value in values.items()})
    return dict(server.configurator)


def get_last_traversed_text(server: Server) -> str | None:
    """Text that an accessibility focus passed: nothing moves one here."""
    return None


def clear_last_traversed_text(server: Server) -> None:
    """Forget it."""


def set_orientation(server: Server, name: object) -> None:
    """Lock a rotation (UiDevice.setOrientationLeft ...); names the server does not know it ignores."""
    rotation = _ORIENTATIONS.get(text(name))
    if rotation is not None:
        server.device.system.display_rotation.freeze(rotation)


def freeze_rotation(server: Server, freeze: object) -> None:
    """UiDevice.freezeRotation: lock the present rotation, or follow the accelerometer again."""
    rotation = server.device.system.display_rotation
    if flag(freeze):
        rotation.freeze()
    else:
        rotation.thaw()


def open_notification(server: Server) -> bool:
    server.device.system.shade.expand()
    return True


def open_quick_settings(server: Server) -> bool:
    """Open the quick settings, which are the upper part of the same shade here."""
    server.device.system.shade.expand()
    return True


def execute_shell_command(server: Server, command: object, timeout_ms: object) -> dict[str, Any]:
    """Refused: the client uses adb for it."""
    integer(timeout_ms)
    raise _not_modelled(server, f"executeShellCommand {text(command)[:200]}")


def _not_modelled(server: Server, what: str) -> JavaError:
    server.device.unmodelled.add(f"uiautomator2 {what}")
    return JavaError("java.lang.UnsupportedOperationException", f"virtual: not modelled: {what}")


METHODS: dict[str, Callable[..., object]] = by_name(
    ping, device_info, press_key, press_key_code, wake_up, sleep, is_screen_on, get_clipboard, set_clipboard,
    paste_clipboard, clear_input_text, launch_app, get_configurator, set_configurator, get_last_traversed_text,
    clear_last_traversed_text, set_orientation, freeze_rotation, open_notification, open_quick_settings,
    execute_shell_command,
)  # fmt: skip


LONGEST_SECONDS = 366 * 86400.0
_STARTS = frozenset({"am_proc_start", "am_create_activity", "wm_create_activity"})


def wait_for_change(server: Server, seconds: object, windows_only: object = False) -> dict[str, float | bool]:
    """Let time pass until there is something new to be seen since the last dump, or ``seconds`` are over.

    The answer has both clocks, and by how much the time was skipped.
    """
    limit, narrow = number(seconds), flag(windows_only)
    if not 0 <= limit <= LONGEST_SECONDS:
        raise InvalidParams("not a number of seconds")
    clock, screen = server.device.clock, server.screen
    skipped = clock.skip_until(limit, lambda: screen.changed(windows_only=narrow))
    return _reading(server, skipped, changed=screen.changed())


def pass_time(server: Server, seconds: object) -> dict[str, float | bool]:
    """Let time pass at once, with all that is due on the way."""
    skipped = number(seconds)
    if not 0 <= skipped <= LONGEST_SECONDS:
        raise InvalidParams("not a number of seconds")
    clock = server.device.clock
    if skipped:
        clock.skip(skipped)
    return _reading(server, skipped, changed=True)


def pass_quiet_time(server: Server, seconds: object, step: object) -> dict[str, float | bool]:
    """Let time pass by one step after the other until the log told of a start in one of them.

    What it told since the last call counts as well: the harness was busy with something else then.
    """
    limit, stride = number(seconds), number(step)
    if not (0 <= limit <= LONGEST_SECONDS and stride > 0):
        raise InvalidParams("not a number of seconds")
    clock, skipped, started = server.device.clock, 0.0, False
    while skipped < limit and not started:
        part = min(stride, limit - skipped)
        skipped += part
        clock.skip(part, then=limit - skipped)
        started = _started(server)
    return _reading(server, skipped, changed=started)


def _started(server: Server) -> bool:
    """Whether the event log told of a process or a page that started, since this was asked before."""
    newest, events = server.heard, server.device.logs.buffers["events"]
    server.heard = events[-1].number if events else newest
    fresh = itertools.takewhile(lambda entry: entry.number > newest, reversed(events))
    return any(entry.tag in _STARTS for entry in fresh)


def _reading(server: Server, skipped: float, *, changed: bool) -> dict[str, float | bool]:
    """Both clocks, and the host's at the same moment: all three go on side by side until the next skip."""
    clock = server.device.clock
    clock.catch_up()
    return {"changed": changed, "skipped": skipped, "uptime": clock.uptime, "wall": clock.wall, "host": time.monotonic()}


TIME_METHODS: dict[str, Callable[..., object]] = {
    "apprightsWaitForChange": wait_for_change, "apprightsPassTime": pass_time, "apprightsPassQuietTime": pass_quiet_time,
}  # fmt: skip
