"""Icons of apps: a PNG file beside the app file, or a plain square of one colour."""

from __future__ import annotations

import struct
import sys
import zlib
from functools import lru_cache
from pathlib import Path

from device_farm.virtual.vocabulary.pen import colour

SIDE = 144  # pixels of a launcher icon at this density (48 dp)
MAX_BYTES = 1 << 20
_MAGIC = b"\x89PNG\r\n\x1a\n"


def folder_of(app: type[object]) -> Path:
    """Where the file is that an App class stands in."""
    return Path(getattr(sys.modules.get(app.__module__), "__file__", None) or ".").parent


def icon_png(source: str, folder: Path) -> bytes:
    """The PNG of an icon; raises ValueError for what is neither a colour nor a PNG file."""
    if not source:
        return b""
    if source.startswith("#"):
        return _square(source)
    try:
        data = (folder / source).read_bytes()
    except (OSError, ValueError):
        raise ValueError(f"icon: not a colour, and no file that can be read: {source!r}") from None
    if not data.startswith(_MAGIC) or len(data) > MAX_BYTES:
        raise ValueError(f"icon: not a PNG of at most {MAX_BYTES >> 20} MiB: {source!r}")
    return data


@lru_cache(maxsize=64)
def _square(word: str) -> bytes:
    red, green, blue, _alpha = colour(word)
    row = b"\0" + bytes((red, green, blue)) * SIDE
    parts = ((b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(row * SIDE)), (b"IEND", b""))
    return _MAGIC + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
