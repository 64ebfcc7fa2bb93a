"""``uiautomator dump``: the active window's views as XML (DumpCommand.java, frameworks/base cmds/uiautomator)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.agent.screen_queries import EMPTY_DUMP
from device_farm.virtual.agent.uiautomator2_server import NOT_CONNECTED
from device_farm.virtual.screen.hierarchy_dump import EMPTY, PROLOG, shell_dump, windows_dump

if TYPE_CHECKING:
    from device_farm.virtual.shell.call import Call, Command

DEFAULT_FILE = "/sdcard/window_dump.xml"
TERMINAL = "/dev/tty"


async def uiautomator(call: Call) -> int:
    """``uiautomator dump [--compressed|--windows] [file]``; the other subcommands are not modelled."""
    if not call.args or call.args[0] != "dump":
        return await call.not_modelled()
    options = [word for word in call.args[1:] if word.startswith("-")]
    paths = [word for word in call.args[1:] if not word.startswith("-")]
    if any(option not in ("--compressed", "--windows") for option in options) or len(options) > 1:
        return await call.not_modelled()
    path = paths[0] if paths else DEFAULT_FILE
    faults, root = call.device.faults.active, call.device.screen.active_root()
    await call.device.faults.delay("dump")
    if NOT_CONNECTED in faults:
        await call.error("java.lang.IllegalStateException: UiAutomation not connected!")
        return 1
    if root is None:
        await call.error("ERROR: null root node returned by UiTestAutomationBridge.")
        return 0
    sdk, rotation = call.device.rom.sdk, call.device.system.display.rotation
    if "--windows" in options:
        text = windows_dump(call.device.screen.tree(), root, sdk=sdk, rotation=rotation)
    else:
        text = shell_dump(root, sdk=sdk, compressed="--compressed" in options, rotation=rotation)
    if EMPTY_DUMP in faults:
        text = PROLOG + EMPTY
    if path == TERMINAL:
        await call.print(text, end="")
    else:
        try:
            call.device.files.write(path, text.encode("utf-8", "replace"), uid=call.uid)
        except OSError as error:
            await call.error(f"java.io.FileNotFoundException: {path}: open failed: ({error.strerror})")
            return 1
    await call.print(f"UI hierchary dumped to: {path}")
    return 0


COMMANDS: dict[str, Command] = {"uiautomator": uiautomator}
