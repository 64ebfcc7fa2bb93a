"""The classes.dex of an app file: its classes by name and what each extends, and no code, which is the app file itself.

Layout: the Dalvik executable format, version 035 (source.android.com, docs/core/runtime/dex-format): header_item,
string_ids, type_ids, class_defs. Without methods the other tables are empty.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADER = 0x70
_ENDIAN, _PUBLIC, _NONE = 0x12345678, 0x1, 0xFFFFFFFF


def dex_file(classes: Mapping[str, str]) -> bytes:
    """Return the file; ``classes`` maps each class, in dots, to the one it extends."""
    names = sorted({_descriptor(name) for pair in classes.items() for name in pair})
    place = {name: number for number, name in enumerate(names)}
    type_ids = _HEADER + 4 * len(names)
    class_defs = type_ids + 4 * len(names)
    data = class_defs + 32 * len(classes)
    offsets, texts = b"", b""
    for name in names:
        offsets += struct.pack("<I", data + len(texts))
        texts += _uleb128(len(name)) + name.encode() + b"\0"
    types = struct.pack(f"<{len(names)}I", *range(len(names)))
    defined = b"".join(
        struct.pack("<8I", place[_descriptor(own)], _PUBLIC, place[_descriptor(parent)], 0, _NONE, 0, 0, 0)
        for own, parent in sorted(classes.items())
    )
    tables = struct.pack("<4I", len(names), _HEADER, len(names), type_ids)
    tables += struct.pack("<6I", 0, 0, 0, 0, 0, 0) + struct.pack("<4I", len(classes), class_defs, len(texts), data)
    rest = struct.pack("<6I", data + len(texts), _HEADER, _ENDIAN, 0, 0, 0) + tables + offsets + types + defined + texts
    signed = hashlib.sha1(rest, usedforsecurity=False).digest() + rest
    return b"dex\n035\0" + struct.pack("<I", zlib.adler32(signed)) + signed


def _descriptor(name: str) -> str:
    return f"L{name.replace('.', '/')};"


def _uleb128(number: int) -> bytes:
    low, high = number & 0x7F, number >> 7
    return bytes((low | 0x80,)) + _uleb128(high) if high else bytes((low,))
