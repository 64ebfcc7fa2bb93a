"""The resources.arsc of a made-up APK: its label in each language, and where its icon is.

Layout: ResTable_* in frameworks/base libs/androidfw/include/androidfw/ResourceTypes.h.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from device_farm.virtual.framework.packages.binary_chunks import chunk, string_pool

if TYPE_CHECKING:
    from collections.abc import Mapping

LABEL, ICON = 0x7F010000, 0x7F020000  # resource ids: the only entries of the types string and mipmap
ICON_PATH = "res/mipmap/ic_launcher.png"
_TABLE, _PACKAGE, _TYPE, _SPEC = 0x0002, 0x0200, 0x0201, 0x0202
_STRING = 0x03  # Res_value data type
_PACKAGE_HEADER = 288
_CONFIG_BYTES = 64
_LOCALE = 0x4  # ACONFIGURATION_LOCALE: what the entries of a type differ in


def resource_table(package: str, labels: Mapping[str, str]) -> bytes:
    """The table of a package; ``labels`` by language ("" is the default)."""
    values = [*labels.values(), ICON_PATH]
    types, keys = string_pool(["string", "mipmap"]), string_pool(["app_name", "ic_launcher"])
    body = types + keys
    body += chunk(_SPEC, struct.pack("<BBHI", 1, 0, 0, 1), struct.pack("<I", _LOCALE if len(labels) > 1 else 0))
    for number, language in enumerate(labels):
        body += _type(1, 0, number, language)
    body += chunk(_SPEC, struct.pack("<BBHI", 2, 0, 0, 1), struct.pack("<I", 0))
    body += _type(2, 1, len(labels), "")
    name = package.encode("utf-16-le")[:254].ljust(256, b"\0")
    places = struct.pack("<IIIII", _PACKAGE_HEADER, 0, _PACKAGE_HEADER + len(types), 0, 0)
    inside = chunk(_PACKAGE, struct.pack("<I", 0x7F) + name + places, body)
    return chunk(_TABLE, struct.pack("<I", 1), string_pool(values) + inside)


def _type(number: int, key: int, value: int, language: str) -> bytes:
    """The one entry of a type in one configuration: a string of the pool."""
    config = struct.pack("<I", _CONFIG_BYTES) + bytes(4) + language.encode("ascii", "replace")[:2].ljust(4, b"\0")
    config = config.ljust(_CONFIG_BYTES, b"\0")
    header = struct.pack("<BBHII", number, 0, 0, 1, 20 + len(config) + 4) + config
    entry = struct.pack("<HHI", 8, 0, key) + struct.pack("<HBBI", 8, 0, _STRING, value)
    return chunk(_TYPE, header, struct.pack("<I", 0) + entry)
