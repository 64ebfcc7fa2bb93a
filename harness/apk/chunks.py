"""The binary chunks that compiled XML and resources.arsc share.

Layouts: frameworks/base ``libs/androidfw/include/androidfw/ResourceTypes.h`` (ResChunk_header, ResStringPool_header,
Res_value). Numbers are little-endian. Nothing here trusts a size or an index.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from harness.errors import FormatError
from harness.language import _

STRING_POOL = 0x0001
NO_INDEX = 0xFFFFFFFF

TYPE_REFERENCE, TYPE_STRING, TYPE_DYNAMIC_REFERENCE = 0x01, 0x03, 0x07
TYPE_INT_FIRST, TYPE_INT_LAST, TYPE_BOOLEAN = 0x10, 0x1F, 0x12

_UTF8_POOL = 0x100
_MAX_STRING = 0x8000  # bytes or UTF-16 units; aapt2 refuses longer ones too


@dataclass(frozen=True, slots=True)
class Value:
    """Res_value: a type (TYPE_*) and 32 bits; ``text`` is the string of a TYPE_STRING."""

    kind: int
    data: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: its type, and where its header ends and it ends itself in the data."""

    kind: int
    start: int
    body: int
    end: int


def unpack(layout: struct.Struct, data: bytes, at: int, what: str) -> tuple[int, ...]:
    """Return the fields at ``at``; raises FormatError when ``what`` ends too early."""
    if at < 0 or at + layout.size > len(data):
        raise FormatError(_("{what} is cut off", what=what))
    return layout.unpack_from(data, at)


_HEADER = struct.Struct("<HHI")


def chunks(data: bytes, start: int, end: int, what: str) -> Iterator[Chunk]:
    """Yield the chunks between two offsets; each is at least its header, so this always ends."""
    at = start
    while at + _HEADER.size <= end:
        kind, header_size, size = _HEADER.unpack_from(data, at)
        if header_size < _HEADER.size or size < header_size or at + size > end:
            raise FormatError(_("{what} has a chunk of impossible size at byte {at}", what=what, at=at))
        yield Chunk(kind, at, at + header_size, at + size)
        at += size


class StringPool:
    """Strings by index, decoded when asked for."""

    _LAYOUT = struct.Struct("<IIIII")
    _OFFSET = struct.Struct("<I")

    def __init__(self, data: bytes, chunk: Chunk, what: str) -> None:
        self._data, self._end, self._what = data, chunk.end, what
        self.count, _styles, flags, strings, _at = unpack(self._LAYOUT, data, chunk.start + 8, what)
        self._offsets, self._strings = chunk.body, chunk.start + strings
        self._utf8 = bool(flags & _UTF8_POOL)
        if chunk.body + 4 * self.count > chunk.end:
            raise FormatError(_("{what} claims {count} strings, more than it has room for", what=what, count=self.count))

    def get(self, index: int) -> str | None:
        """Return a string; None for "no string", an index out of range or a string that runs out of the pool."""
        if index >= self.count:
            return None
        at = self._strings + self._OFFSET.unpack_from(self._data, self._offsets + 4 * index)[0]
        unit = 1 if self._utf8 else 2
        if self._utf8:
            _units, at = self._length(at, 1)  # in UTF-16 units, of no use here
        size, at = self._length(at, unit)
        if size > _MAX_STRING or at + size * unit > self._end:
            return None
        return self._data[at : at + size * unit].decode("utf-8" if self._utf8 else "utf-16-le", "replace")

    def _length(self, at: int, unit: int) -> tuple[int, int]:
        """A length of one or two units, the first one's top bit telling which; and the offset behind it."""
        if at + 2 * unit > self._end:
            return _MAX_STRING + 1, at
        first = int.from_bytes(self._data[at : at + unit], "little")
        top = 1 << (8 * unit - 1)
        if not first & top:
            return first, at + unit
        second = int.from_bytes(self._data[at + unit : at + 2 * unit], "little")
        return (first & (top - 1)) << (8 * unit) | second, at + 2 * unit
