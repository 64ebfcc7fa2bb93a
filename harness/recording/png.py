"""Pixels to a PNG file, quickly: of a screen three rows in four are the row above again.

A picture is compressed as the differences of its rows from the one above. Rows without a difference are not looked at
twice: what they are in the file depends on their width and number alone, and is remembered. RFC 1950, RFC 1951 and the
PNG specification, section 6 (filter Up), allow that: after a full flush nothing refers to what is before it.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UP = 2  # the filter: each byte less the one above it
_LEVEL = 1  # the quickest; others save a tenth and take twice the time
_LEAST = 8  # fewer equal rows are compressed with those around them: each change of hands costs some bytes
_MODULUS = 65521  # of Adler-32


def encode_png(picture: NDArray[np.uint8]) -> bytes:
    """The PNG file of BGR pixels, shape (height, width, 3), neither of them 0."""
    height, width = picture.shape[:2]
    rows = np.ascontiguousarray(picture).reshape(height, width * 3)
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    parts, checksum = [b"\x78\x01"], 1  # the header of a zlib stream, and what its end checks
    for start, end, equal in _stretches(rows):
        if equal:
            parts.append(_equal_rows(width, end - start))
            checksum = _checksum_of_equal(checksum, width, end - start)
        else:
            filtered = _filtered(rows, start, end, width)
            parts += [deflate.compress(filtered.data), deflate.flush(zlib.Z_FULL_FLUSH)]
            checksum = zlib.adler32(filtered.data, checksum)
    parts += [deflate.flush(), struct.pack(">I", checksum)]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits of red, green and blue
    return b"".join((_SIGNATURE, _chunk(b"IHDR", header), _chunk(b"IDAT", b"".join(parts)), _chunk(b"IEND", b"")))


def _stretches(rows: NDArray[np.uint8]) -> Iterator[tuple[int, int, bool]]:
    """First row, the one after the last, and whether all of them are like the row above the first."""
    equal = np.zeros(len(rows), bool)
    equal[1:] = ~(rows[1:] != rows[:-1]).any(axis=1)
    turns = [*(np.flatnonzero(equal[1:] != equal[:-1]) + 1).tolist(), len(rows)]
    different, start = 0, 0
    for end in turns:
        if equal[start] and end - start >= _LEAST:
            if different < start:
                yield different, start, False
            yield start, end, True
            different = end
        start = end
    if different < len(rows):
        yield different, len(rows), False


def _filtered(rows: NDArray[np.uint8], start: int, end: int, width: int) -> NDArray[np.uint8]:
    """Some rows as the file has them: the filter's number, then the differences from the row above."""
    above = max(start - 1, 0)
    pixels = rows[above:end].reshape(end - above, width, 3)
    rgb = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), np.uint8).reshape(end - above, width * 3)
    filtered = np.empty((end - start, 1 + width * 3), np.uint8)
    filtered[:, 0] = _UP
    if start == 0:
        filtered[0, 1:] = rgb[0]
    np.subtract(rgb[1:], rgb[:-1], out=filtered[start == 0 :, 1:])
    return filtered


@lru_cache(maxsize=512)
def _equal_rows(width: int, count: int) -> bytes:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress((bytes((_UP,)) + bytes(3 * width)) * count) + deflate.flush(zlib.Z_FULL_FLUSH)


def _checksum_of_equal(checksum: int, width: int, count: int) -> int:
    """Adler-32 after so many more equal rows, each one 2 and zeros: its sums without adding them up."""
    low, high = checksum & 0xFFFF, checksum >> 16
    high += (3 * width + 1) * (count * low + _UP * count * (count + 1) // 2)
    return high % _MODULUS << 16 | (low + _UP * count) % _MODULUS


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
