"""The base.apk of an app file: a compiled manifest in a zip, so that ``adb pull`` and APK readers see a real package.

Binary XML as frameworks/base libs/androidfw/include/androidfw/ResourceTypes.h lays it out: a string pool, a map of
attribute ids, then start and end elements. Its classes have names and no code; what runs is the app file.

The classes.dex of an app file: its classes by name and what each extends, and no code, which is the app file itself.

Layout: the Dalvik executable format, version 035 (source.android.com, docs/core/runtime/dex-format): header_item,
string_ids, type_ids, class_defs. Without methods the other tables are empty.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from device_farm.virtual.framework.packages.apk_signature import padded, signed
from device_farm.virtual.framework.packages.app_manifest import ICON, ICON_PATH, LABEL, chunk, resource_table, string_pool
from device_farm.virtual.framework.records.download import FileContent
from device_farm.virtual.framework.records.system_records import Package

# frameworks/base core/res/res/values/public-final.xml
_IDS = {
    "label": 0x01010001,
    "icon": 0x01010002,
    "name": 0x01010003,
    "exported": 0x01010010,
    "minSdkVersion": 0x0101020C,
    "versionCode": 0x0101021B,
    "versionName": 0x0101021C,
    "targetSdkVersion": 0x01010270,
}
_ANDROID = "http://schemas.android.com/apk/res/android"
_NONE = 0xFFFFFFFF
_XML, _NAMESPACE, _NAMESPACE_END, _START, _END, _MAP = 0x0003, 0x0100, 0x0101, 0x0102, 0x0103, 0x0180
_REFERENCE, _STRING, _INT, _BOOLEAN = 0x01, 0x03, 0x10, 0x12  # Res_value data types


@dataclass(frozen=True, slots=True)
class _Resource:
    """A reference to a resource by its id."""

    id: int


_Value = str | int | bool | _Resource


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, _Value] = field(default_factory=dict)
    children: list[_Element] = field(default_factory=list)


def base_apk(package: Package) -> bytes:
    """The APK of an installed package, signed by its developer."""
    return signed(_archive(package), package.developer or package.name)


def padded_apk(package: Package, size: int) -> FileContent:
    """Return the APK with exactly ``size`` bytes where that is more than the package needs."""
    return padded(_archive(package), package.developer or package.name, size)


def _archive(package: Package) -> bytes:
    files = {"AndroidManifest.xml": _Compiler().compile(_manifest(package)), "classes.dex": dex_file(package.classes), **package.files}
    if package.labels or package.icon:
        files["resources.arsc"] = resource_table(package.name, package.labels)
    if package.icon:
        files[ICON_PATH] = package.icon
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)  # the fixed date of ZipInfo: the same package, the same bytes
    return buffer.getvalue()


def _manifest(package: Package) -> _Element:
    top: dict[str, _Value] = {"package": package.name, "versionCode": package.version_code}
    if package.version_name is not None:
        top["versionName"] = package.version_name
    components = []
    for component in package.components:
        actions = [_Element("action", {"name": action}) for action in component.actions]
        categories = [_Element("category", {"name": category}) for category in component.categories]
        filters = [_Element("intent-filter", {}, actions + categories)] if actions else []
        attributes: dict[str, _Value] = {"name": component.class_name, "exported": component.exported}
        components.append(_Element(component.kind.value, attributes, filters))
    declared = [name for name in package.requested_permissions if name not in package.implicit_permissions]
    return _Element(
        "manifest",
        top,
        [
            _Element("uses-sdk", {"minSdkVersion": package.min_sdk, "targetSdkVersion": package.target_sdk}),
            *(_Element("uses-permission", {"name": name}) for name in declared),
            _Element("application", _application(package), components),
        ],
    )


def _application(package: Package) -> dict[str, _Value]:
    """Its label, a text or a resource with one in each language, and its icon."""
    attributes: dict[str, _Value] = {"label": _Resource(LABEL) if package.labels else package.label}
    return attributes | {"icon": _Resource(ICON)} if package.icon else attributes


class _Compiler:
    """Text tree to binary XML; the strings of attribute names come first, parallel to the map of their ids."""

    def __init__(self) -> None:
        self._strings = list(_IDS)
        self._numbers = {name: number for number, name in enumerate(_IDS)}

    def compile(self, root: _Element) -> bytes:
        place = struct.pack("<II", 1, _NONE)
        names = struct.pack("<II", self._text("android"), self._text(_ANDROID))
        body = chunk(_NAMESPACE, place, names) + self._element(root) + chunk(_NAMESPACE_END, place, names)
        ids = chunk(_MAP, b"", struct.pack(f"<{len(_IDS)}I", *_IDS.values()))
        return chunk(_XML, b"", string_pool(self._strings) + ids + body)

    def _text(self, value: str) -> int:
        if value not in self._numbers:
            self._numbers[value] = len(self._strings)
            self._strings.append(value)
        return self._numbers[value]

    def _element(self, element: _Element) -> bytes:
        attributes = b""
        for name, value in sorted(element.attributes.items(), key=lambda item: _IDS.get(item[0], _NONE)):
            space = self._text(_ANDROID) if name in _IDS else _NONE
            raw = self._text(value) if isinstance(value, str) else _NONE
            if isinstance(value, bool):
                kind, word = _BOOLEAN, _NONE if value else 0
            elif isinstance(value, int):
                kind, word = _INT, value & _NONE
            elif isinstance(value, _Resource):
                kind, word = _REFERENCE, value.id
            else:
                kind, word = _STRING, raw
            attributes += struct.pack("<IIIHBBI", space, self._text(name), raw, 8, 0, kind, word)
        place = struct.pack("<II", 1, _NONE)
        tag = self._text(element.tag)
        head = struct.pack("<IIHHHHHH", _NONE, tag, 20, 20, len(element.attributes), 0, 0, 0)
        inside = b"".join(self._element(child) for child in element.children)
        return chunk(_START, place, head + attributes) + inside + chunk(_END, place, struct.pack("<II", _NONE, tag))


_HEADER = 0x70
_ENDIAN, _PUBLIC, _NO_INDEX = 0x12345678, 0x1, 0xFFFFFFFF


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
        struct.pack("<8I", place[_descriptor(own)], _PUBLIC, place[_descriptor(parent)], 0, _NO_INDEX, 0, 0, 0)
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
