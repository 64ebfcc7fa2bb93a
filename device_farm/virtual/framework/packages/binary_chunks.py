"""Chunks of Android's binary resource files, and their pool of strings.

Layout: frameworks/base libs/androidfw/include/androidfw/ResourceTypes.h.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_POOL = 0x0001


def chunk(kind: int, header: bytes, body: bytes = b"") -> bytes:
    """A chunk: its kind, the size of its header, the size of all of it."""
    return struct.pack("<HHI", kind, 8 + len(header), 8 + len(header) + len(body)) + header + body


def string_pool(strings: Iterable[str]) -> bytes:
    """The string pool in UTF-16, as aapt writes manifests."""
    offsets, data, count = b"", b"", 0
    for text in strings:
        offsets += struct.pack("<I", len(data))
        raw = text.encode("utf-16-le", "surrogatepass")[:0xFFFE]
        data += struct.pack("<H", len(raw) // 2) + raw + b"\0\0"
        count += 1
    data += b"\0" * (-len(data) % 4)
    return chunk(_POOL, struct.pack("<IIIII", count, 0, 0, 28 + len(offsets), 0), offsets + data)
