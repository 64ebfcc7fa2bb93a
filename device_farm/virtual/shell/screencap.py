"""``screencap``: the pixels of the screen (frameworks/base cmds/screencap/screencap.cpp).

Raw output is four little-endian words (width, height, PixelFormat 1 = RGBA_8888, colour space 1 = sRGB) and the rows;
``-p`` or a name ending in .png gives a PNG.
"""

import struct

from device_farm.virtual.agent.screen_queries import EMPTY_DUMP
from device_farm.virtual.agent.uiautomator2_server import NOT_CONNECTED
from device_farm.virtual.screen.hierarchy_dump import EMPTY, PROLOG, shell_dump, windows_dump
from device_farm.virtual.shell.call import Call, Command

RGBA_8888 = 1
SRGB = 1
DISPLAY_ID = 4619827259835644672  # the physical id that dumpsys SurfaceFlinger --display-id prints

USAGE = """usage: screencap [-hp] [-d display-id] [FILENAME]
   -h: this message
   -p: save the file as a png.
   -d: specify the physical display ID to capture (default: {id})
       see "dumpsys SurfaceFlinger --display-id" for valid display IDs.
If FILENAME ends with .png it will be saved as a png.
If FILENAME is not given, the results will be printed to stdout."""


def header(width: int, height: int) -> bytes:
    """Return the header before the RGBA rows in the raw format."""
    return struct.pack("<IIII", width, height, RGBA_8888, SRGB)


async def screencap(call: Call) -> int:
    """Write a picture of the screen to standard output or a file."""
    png, path, words = False, None, list(call.args)
    while words:
        word = words.pop(0)
        if word == "-d":
            display = words.pop(0) if words else ""
            if display not in (str(DISPLAY_ID), "0"):
                await call.error("Invalid display ID")
                return 1
        elif word == "-p":
            png = True
        elif word == "-h" or word.startswith("-"):
            await call.error(USAGE.format(id=DISPLAY_ID))
            return 1
        else:
            path = word
    await call.device.faults.delay("screencap")
    screen = call.device.screen
    png = png or (path or "").endswith(".png")
    parts = [screen.png()] if png else [header(screen.width, screen.height), screen.raw()]
    if path is None:
        for part in parts:
            await call.stdout.write(part)
        return 0
    try:
        call.device.files.write(_absolute(path, call.cwd), b"".join(parts), uid=call.uid)
    except OSError as error:
        await call.error(f"Error opening file: {path} ({error.strerror})")
        return 1
    return 0


def _absolute(path: str, cwd: str) -> str:
    return path if path.startswith("/") else f"{cwd.rstrip('/')}/{path}"


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


COMMANDS: dict[str, Command] = {"screencap": screencap, "uiautomator": uiautomator}
