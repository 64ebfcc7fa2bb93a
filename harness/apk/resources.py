"""Looks single values up in resources.arsc: labels by language, and whatever a manifest refers to.

Layout: ``ResTable_*`` in frameworks/base ``libs/androidfw/include/androidfw/ResourceTypes.h``. Only the type chunks of
the asked resource are opened, so a table of 100 MB costs as much as a small one.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from harness.apk.chunks import STRING_POOL, TYPE_DYNAMIC_REFERENCE, TYPE_REFERENCE, TYPE_STRING, Chunk, StringPool, Value, chunks, unpack

_WHAT = "resources.arsc"
_PACKAGE, _TYPE = 0x0200, 0x0201
_SPARSE, _SHORT_OFFSETS = 0x01, 0x02
_COMPLEX, _COMPACT = 0x0001, 0x0008
_MAX_REFERENCES = 8
_MAX_CANDIDATES = 2000
_MAX_EACH = 400  # languages and densities of one label or icon

_TABLE_TYPE = struct.Struct("<BBHII")
_ENTRY = struct.Struct("<HHI")
_VALUE = struct.Struct("<HBBI")
_SPARSE_ENTRY = struct.Struct("<HH")


@dataclass(frozen=True, slots=True)
class Candidate:
    """The value of a resource in one configuration; ``plain`` means that nothing but the language qualifies it."""

    language: str  # "" is the default, else zh or zh-CN
    plain: bool
    value: Value


class Resources:
    """One resource table."""

    def __init__(self, data: bytes) -> None:
        """Find the string pool and the packages; raises FormatError for a damaged table."""
        self._data = data
        self._strings: StringPool | None = None
        self._types: dict[tuple[int, int], list[Chunk]] = {}  # (package id, type id) -> its configurations
        top = next(chunks(data, 0, len(data), _WHAT), None)
        if top is None:
            return
        for chunk in chunks(data, top.body, top.end, _WHAT):
            if chunk.kind == STRING_POOL and self._strings is None:
                self._strings = StringPool(data, chunk, _WHAT)
            elif chunk.kind == _PACKAGE:
                package = unpack(struct.Struct("<I"), data, chunk.start + 8, _WHAT)[0]
                for part in chunks(data, chunk.body, chunk.end, _WHAT):
                    if part.kind == _TYPE:
                        kind = unpack(_TABLE_TYPE, data, part.start + 8, _WHAT)[0]
                        self._types.setdefault((package & 0xFF, kind), []).append(part)

    def resolve(self, value: Value, language: str = "") -> Value | None:
        """Follow references to a value in ``language`` ("" or "zh"); None for what is not in this table."""
        for _ in range(_MAX_REFERENCES):
            if value.kind not in (TYPE_REFERENCE, TYPE_DYNAMIC_REFERENCE):
                return value
            chosen = _choose(list(self._candidates(value.data)), language)
            if chosen is None:
                return None
            value = chosen
        return None

    def each(self, value: Value) -> list[tuple[str, Value]]:
        """The values behind a reference in every configuration, plain ones first, each with its language."""
        if value.kind not in (TYPE_REFERENCE, TYPE_DYNAMIC_REFERENCE):
            return [("", value)]
        found = sorted(islice(self._candidates(value.data), _MAX_EACH), key=lambda one: (one.language, not one.plain))
        followed = ((one.language, self.resolve(one.value, one.language.partition("-")[0])) for one in found)
        return [(language, target) for language, target in followed if target is not None]

    def _candidates(self, identity: int) -> Iterator[Candidate]:
        """The values of a resource id (0xPPTTEEEE) in every configuration that has one."""
        entry = identity & 0xFFFF
        configurations = self._types.get((identity >> 24, identity >> 16 & 0xFF), [])
        for chunk in configurations[:_MAX_CANDIDATES]:
            at = self._entry_offset(chunk, entry)
            value = None if at is None else self._value(at)
            if value is not None:
                language, plain = self._configuration(chunk.start + 20)
                yield Candidate(language, plain, value)

    def _entry_offset(self, chunk: Chunk, entry: int) -> int | None:
        """Where the entry with this number lies in the file, None if this configuration lacks it."""
        _, flags, _, count, start = unpack(_TABLE_TYPE, self._data, chunk.start + 8, _WHAT)
        if flags & _SPARSE:
            for index in range(min(count, (chunk.end - chunk.body) // 4)):
                number, offset = unpack(_SPARSE_ENTRY, self._data, chunk.body + 4 * index, _WHAT)
                if number == entry:
                    return chunk.start + start + offset * 4
            return None
        if entry >= count:
            return None
        if flags & _SHORT_OFFSETS:
            offset = unpack(struct.Struct("<H"), self._data, chunk.body + 2 * entry, _WHAT)[0]
            return None if offset == 0xFFFF else chunk.start + start + offset * 4
        offset = unpack(struct.Struct("<I"), self._data, chunk.body + 4 * entry, _WHAT)[0]
        return None if offset == 0xFFFFFFFF else chunk.start + start + offset

    def _value(self, at: int) -> Value | None:
        """The simple value of an entry; None for a bag (style, array, plural)."""
        size, flags, word = unpack(_ENTRY, self._data, at, _WHAT)
        if flags & _COMPACT:  # Android 14: the size field is the key, the type sits in the flags
            return self._with_text(flags >> 8, word)
        if flags & _COMPLEX:
            return None
        _, _, kind, data = unpack(_VALUE, self._data, at + size, _WHAT)
        return self._with_text(kind, data)

    def _with_text(self, kind: int, data: int) -> Value:
        text = self._strings.get(data) if kind == TYPE_STRING and self._strings is not None else None
        return Value(kind, data, text)

    def _configuration(self, at: int) -> tuple[str, bool]:
        """Language tag of a ResTable_config, and whether all its other fields are zero."""
        size = unpack(struct.Struct("<I"), self._data, at, _WHAT)[0]
        config = self._data[at : at + min(size, 64)]
        language, region = _locale_part(config[8:10], "a"), _locale_part(config[10:12], "0")
        plain = not any(config[4:8]) and not any(config[12:32])
        return (f"{language}-{region}" if region else language), plain


def _locale_part(raw: bytes, base: str) -> str:
    """Two letters, or three packed into 15 bits with the top bit set (ResTable_config::unpackLanguageOrRegion)."""
    if len(raw) < 2 or not raw[0]:
        return ""
    if not raw[0] & 0x80:
        return raw.decode("ascii", "replace")
    packed = raw[1] | raw[0] << 8
    return "".join(chr(ord(base) + (packed >> shift & 0x1F)) for shift in (0, 5, 10))


def _choose(candidates: list[Candidate], language: str) -> Value | None:
    """The best candidate: the asked language (China's variety first), else only for "" the default or any at all."""
    if language:
        wanted = [c for c in candidates if c.language == language or c.language.startswith(language + "-")]
        wanted.sort(key=lambda c: (c.language != language + "-CN", c.language != language, not c.plain))
        if wanted:
            return wanted[0].value
    best = sorted(candidates, key=lambda c: (c.language != "", not c.plain))
    return best[0].value if best else None
