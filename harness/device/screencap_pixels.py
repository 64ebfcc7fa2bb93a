"""Decode the output of ``screencap`` to pixels.

Raw format: AOSP frameworks/base, cmds/screencap/screencap.cpp: u32 little-endian width, height, pixel format, on
Android 9+ a colour space, then rows without padding. Pixel formats: system/core, libsystem/include/system/graphics.h.
"""

import struct

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.errors import FormatError
from harness.language import _, quoted

_HEADS = (16, 12)
_LONGEST_SIDE = 16384
_PNG = b"\x89PNG\r\n\x1a\n"
_TO_BGR = {  # pixel format: bytes a pixel, conversion
    1: (4, cv2.COLOR_RGBA2BGR),
    2: (4, cv2.COLOR_RGBA2BGR),
    3: (3, cv2.COLOR_RGB2BGR),
    4: (2, cv2.COLOR_BGR5652BGR),
    5: (4, cv2.COLOR_BGRA2BGR),
}
HEAD_SIZE = 12
SCREENCAP_LIMIT = 256 * 1024 * 1024


def raw_size(head: bytes) -> int | None:
    """Bytes of a raw picture with its longest header, from its first 12 bytes; None when the format is not known."""
    if len(head) < HEAD_SIZE:
        return None
    width, height, pixel_format = struct.unpack_from("<3I", head)
    if pixel_format not in _TO_BGR or not (0 < width <= _LONGEST_SIDE and 0 < height <= _LONGEST_SIDE):
        return None
    size = int(width * height * _TO_BGR[pixel_format][0]) + max(_HEADS)
    return size if size <= SCREENCAP_LIMIT else None


def decode_raw(data: memoryview) -> NDArray[np.uint8]:
    """Pixels of a whole raw picture as BGR, shape (height, width, 3); raises FormatError when the length is wrong."""
    largest = raw_size(bytes(data[:HEAD_SIZE]))
    start = len(data) - (largest - max(_HEADS)) if largest is not None else 0
    if start not in _HEADS:
        raise FormatError(_("screencap: the raw picture is cut or of an unknown format: try again with the screen on"))
    width, height, pixel_format = struct.unpack_from("<3I", data)
    channels, conversion = _TO_BGR[pixel_format]
    pixels = np.frombuffer(data, np.uint8, offset=start).reshape(height, width, channels)
    return np.asarray(cv2.cvtColor(pixels, conversion), np.uint8)


def decode_png(data: bytes) -> NDArray[np.uint8]:
    """Pixels of a PNG as BGR; text that a device prints before it (a warning about displays) is skipped."""
    start = data.find(_PNG)
    picture = cv2.imdecode(np.frombuffer(data, np.uint8, offset=start), cv2.IMREAD_COLOR) if start >= 0 else None
    if picture is None:
        words = " ".join(data[:200].decode("utf-8", "replace").split())
        raise FormatError(_("screencap gave no picture ({words}): wake the screen and try again", words=quoted(words) or _("no output")))
    return np.asarray(picture, np.uint8)
