"""Compiled XML (AndroidManifest.xml in an APK) as a tree of elements.

Layout: ``ResXMLTree_*`` in frameworks/base ``libs/androidfw/include/androidfw/ResourceTypes.h``. Android knows an
attribute of its own namespace by resource id, not by its printed name, which packers change or empty; so do we. Own
reader, because apkInspector's cuts UTF-8 strings with Chinese characters short, goes by the printed names and
configures the root logger when it is imported.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from harness.apk.chunks import NO_INDEX, STRING_POOL, TYPE_STRING, StringPool, Value, chunks, unpack
from harness.errors import FormatError
from harness.language import _

_RESOURCE_MAP, _START_ELEMENT, _END_ELEMENT = 0x0180, 0x0102, 0x0103
_MAX_DEPTH, _MAX_ELEMENTS = 64, 200_000

# android.R.attr, frameworks/base core/res/res/values/public-final.xml
ATTRIBUTES = {
    0x01010001: "label",
    0x01010002: "icon",
    0x01010003: "name",
    0x01010006: "permission",
    0x0101000D: "persistent",
    0x0101000E: "enabled",
    0x01010010: "exported",
    0x01010011: "process",
    0x01010018: "authorities",
    0x0101001C: "priority",
    0x01010026: "mimeType",
    0x01010027: "scheme",
    0x01010028: "host",
    0x01010202: "targetActivity",
    0x0101020C: "minSdkVersion",
    0x0101021B: "versionCode",
    0x0101021C: "versionName",
    0x01010270: "targetSdkVersion",
    0x01010272: "testOnly",
    0x01010576: "versionCodeMajor",
    0x01010591: "isSplitRequired",
}

_ELEMENT = struct.Struct("<IIHHH")
_ATTRIBUTE = struct.Struct("<IIIHBBI")
_WORD = struct.Struct("<I")


@dataclass(slots=True)
class Element:
    """An element. Android's attributes are under ``android:NAME`` (those of ATTRIBUTES only), others by their name."""

    tag: str
    attributes: dict[str, Value] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Element]:
        return (child for child in self.children if child.tag in tags)

    def first(self, tag: str) -> Element | None:
        return next(self.all(tag), None)


def parse_axml(data: bytes, what: str) -> Element:
    """Return the root element; ``what`` names the file in errors (FormatError)."""
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise FormatError(_("{what} is XML as text: the APK was never compiled", what=what))
    _kind, header_size, size = unpack(struct.Struct("<HHI"), data, 0, what)
    end = min(size, len(data))
    if size > len(data):
        raise FormatError(_("{what} is cut off: {data} of {size} bytes", what=what, data=len(data), size=size))
    pool: StringPool | None = None
    ids: tuple[int, ...] = ()
    root: Element | None = None
    open_elements: list[Element] = []
    count = 0
    for chunk in chunks(data, header_size, end, what):
        if chunk.kind == STRING_POOL and pool is None:
            pool = StringPool(data, chunk, what)
        elif chunk.kind == _RESOURCE_MAP:
            words = (chunk.end - chunk.body) // 4
            ids = struct.unpack_from(f"<{words}I", data, chunk.body)
        elif chunk.kind == _START_ELEMENT:
            if pool is None:
                raise FormatError(_("{what} has an element before its strings", what=what))
            element = _element(data, chunk.body, chunk.end, pool, ids, what)
            count += 1
            if count > _MAX_ELEMENTS or len(open_elements) >= _MAX_DEPTH:
                raise FormatError(_("{what} has more elements or levels than any real one", what=what))
            if open_elements:
                open_elements[-1].children.append(element)
            elif root is None:
                root = element
            open_elements.append(element)
        elif chunk.kind == _END_ELEMENT and open_elements:
            open_elements.pop()
    if root is None:
        raise FormatError(_("{what} has no element: it is not compiled XML", what=what))
    return root


def _element(data: bytes, at: int, end: int, pool: StringPool, ids: tuple[int, ...], what: str) -> Element:
    """Read ResXMLTree_attrExt and its attributes."""
    _namespace, name, first, stride, count = unpack(_ELEMENT, data, at, what)
    element = Element(pool.get(name) or "")
    if count and (stride < _ATTRIBUTE.size or at + first + stride * count > end):
        raise FormatError(_("{what} has attributes of impossible size", what=what))
    for index in range(count):
        place = at + first + stride * index
        _namespace, name, raw, _size, _zero, kind, word = _ATTRIBUTE.unpack_from(data, place)
        identity = ids[name] if name < len(ids) else 0
        if identity:
            if identity not in ATTRIBUTES:
                continue
            key = "android:" + ATTRIBUTES[identity]
        else:
            key = pool.get(name) or ""
        text = pool.get(word if kind == TYPE_STRING else raw) if kind == TYPE_STRING or raw != NO_INDEX else None
        element.attributes.setdefault(key, Value(kind, word, text))
    return element
