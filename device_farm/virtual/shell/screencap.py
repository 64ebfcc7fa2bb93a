"""``screencap``: the pixels of the screen (frameworks/base cmds/screencap/screencap.cpp).

Raw output is four little-endian words (width, height, PixelFormat 1 = RGBA_8888, colour space 1 = sRGB) and the rows;
``-p`` or a name ending in .png gives a PNG.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


COMMANDS: dict[str, Command] = {"screencap": screencap}
