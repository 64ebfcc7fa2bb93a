"""The classes that a DEX file defines, and what each extends.

Source: the Dalvik executable format (source.android.com, docs/core/runtime/dex-format): header_item, string_ids,
type_ids, class_defs. Only names are read, never code. The file is hostile input: every offset is checked.
"""

import struct
from collections.abc import Iterator

from harness.errors import FormatError
from harness.language import _

_MAGIC = b"dex\n"
_HEADER_SIZE = 0x70
_STRING_IDS, _TYPE_IDS, _CLASS_DEFS = 0x38, 0x40, 0x60  # each a count and an offset, two 32-bit numbers
_CLASS_DEF = struct.Struct("<8I")
_NO_INDEX = 0xFFFFFFFF
_MOST_ITEMS = 10_000_000
_MOST_NAME = 2000  # bytes of a class name


def superclasses(data: bytes) -> dict[str, str | None]:
    """Map each class of the file, in dots, to the one it extends; None where it extends nothing.

    Raises FormatError for a file that is no DEX or is damaged.
    """
    if not data.startswith(_MAGIC) or len(data) < _HEADER_SIZE:
        raise FormatError(_("not a DEX file"))
    try:
        return dict(_class_defs(data))
    except (struct.error, IndexError):
        raise FormatError(_("a damaged DEX file: it points behind its own end")) from None


def _class_defs(data: bytes) -> Iterator[tuple[str, str | None]]:
    names: dict[int, str] = {}
    count, offset = _table(data, _CLASS_DEFS)
    for number in range(count):
        own, _flags, parent, *_rest = _CLASS_DEF.unpack_from(data, offset + number * _CLASS_DEF.size)
        for index in (own, parent):
            if index != _NO_INDEX and index not in names:
                names[index] = _type_name(data, index)
        yield names[own], names.get(parent)


def _table(data: bytes, at: int) -> tuple[int, int]:
    count, offset = struct.unpack_from("<2I", data, at)
    if count > _MOST_ITEMS:
        raise FormatError(_("a damaged DEX file: it claims {count} items", count=count))
    return count, offset


def _type_name(data: bytes, index: int) -> str:
    """``Lcom/x/Main;`` as ``com.x.Main``."""
    types, type_offset = _table(data, _TYPE_IDS)
    strings, string_offset = _table(data, _STRING_IDS)
    (string,) = struct.unpack_from("<I", data, type_offset + 4 * index) if index < types else (_NO_INDEX,)
    if string >= strings:
        raise FormatError(_("a damaged DEX file: a class without a name"))
    (place,) = struct.unpack_from("<I", data, string_offset + 4 * string)
    while data[place] & 0x80:  # the length in UTF-16 units, as unsigned LEB128
        place += 1
    end = data.find(b"\0", place + 1, place + 1 + _MOST_NAME)
    if end < 0:
        raise FormatError(_("a damaged DEX file: a class name without end"))
    descriptor = data[place + 1 : end].decode("utf-8", "replace")
    return descriptor.removeprefix("L").removesuffix(";").replace("/", ".")
