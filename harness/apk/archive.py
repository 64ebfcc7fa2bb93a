"""A zip archive as Android reads it, in bounded memory.

Own reader instead of ``zipfile``, because an APK is hostile input: sizes are checked before anything is unpacked, the
signing block in front of the central directory is needed, and disagreement between the two copies of an entry's header
must be seen. Zip64 is refused: Android's package parser of most versions does not read it either. The rules follow
system/libziparchive (``zip_archive.cc``): the central directory is the truth, an unknown compression method is stored.
"""

import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from harness.errors import FormatError
from harness.language import _

MIB = 1024 * 1024
MAX_DIRECTORY = 32 * MIB
BOMB_SIZE, BOMB_RATIO = 256 * MIB, 200  # unpacked bytes in all, and how many times the file's own size

_END = struct.Struct("<4sHHHHIIH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_STORED, _DEFLATED = 0, 8
_DATA_DESCRIPTOR = 0x0008


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the archive, as the central directory describes it; sizes in bytes."""

    name: str
    method: int
    packed: int
    size: int
    offset: int  # of the local header
    has_descriptor: bool


class Archive:
    """The entries of one open APK; ``warnings`` collects what is odd but can be read."""

    def __init__(self, path: PurePath, stream: BinaryIO) -> None:
        """Read the directory of ``stream``; raises FormatError for what is not a zip file or is a trap."""
        self.path = path
        self.warnings: list[str] = []
        self._stream = stream
        self.file_size = stream.seek(0, 2)
        count, size, self.directory_offset = self._find_end()
        self.entries: dict[str, Entry] = {}
        self._duplicates: set[str] = set()
        self._read_directory(count, size)
        self._refuse_bombs()

    def refuse(self, what: str) -> FormatError:
        """Return the error for this file, as one line."""
        return FormatError(_("{name}: {what}", name=self.path.name, what=what))

    def read_at(self, offset: int, size: int) -> bytes:
        """Return exactly ``size`` bytes of the file itself; raises FormatError when they are not there."""
        if offset < 0 or size < 0 or offset + size > self.file_size:
            raise self.refuse(_("truncated: it points behind its own end"))
        self._stream.seek(offset)
        return self._stream.read(size)

    def read(self, name: str, limit: int) -> bytes:
        """Return the unpacked bytes of an entry of at most ``limit`` bytes; raises FormatError, KeyError if absent."""
        entry = self.entries[name]
        if name in self._duplicates:
            raise self.refuse(_("{name} is in it twice", name=name))
        if entry.size > limit:
            raise self.refuse(_("{name} claims {size} bytes unpacked, more than {limit}", name=name, size=entry.size, limit=limit))
        packed = self.read_at(self._data_offset(entry), entry.packed)
        if entry.method != _DEFLATED:
            return packed[:limit]
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            data = inflater.decompress(packed, entry.size + 1)
        except zlib.error as error:
            raise self.refuse(_("{name} is damaged: {error}", name=name, error=error)) from None
        if len(data) != entry.size:
            raise self.refuse(_("{name} does not unpack to the {size} bytes that the directory claims", name=name, size=entry.size))
        return data

    def place(self, name: str) -> tuple[int, int] | None:
        """Offset and size of the bytes of an entry that is stored as it is; None for one that is packed.

        Raises FormatError, KeyError if absent.
        """
        entry = self.entries[name]
        return None if entry.method == _DEFLATED else (self._data_offset(entry), entry.packed)

    def _find_end(self) -> tuple[int, int, int]:
        """Entry count, size and offset of the central directory."""
        tail_size = min(self.file_size, _END.size + 0xFFFF)
        tail = self.read_at(self.file_size - tail_size, tail_size)
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or at + _END.size > len(tail):
            starts_as_zip = self.read_at(0, min(4, self.file_size)) == b"PK\x03\x04"
            raise self.refuse(_("truncated: its directory is missing") if starts_as_zip else _("not an APK: not a zip file"))
        _magic, _disk, _start, _here, count, size, offset, _comment = _END.unpack_from(tail, at)
        end_offset = self.file_size - tail_size + at
        if offset == 0xFFFFFFFF or size == 0xFFFFFFFF:
            raise self.refuse(_("not an APK: a zip64 archive"))
        if offset + size > end_offset:
            raise self.refuse(_("truncated: its directory lies behind its end"))
        if size > MAX_DIRECTORY:
            raise self.refuse(_("its directory alone has {size} bytes, more than {max_directory}", size=size, max_directory=MAX_DIRECTORY))
        return count, size, offset

    def _read_directory(self, count: int, size: int) -> None:
        data = self.read_at(self.directory_offset, size)
        at = 0
        for _turn in range(count):
            if at + _CENTRAL.size > len(data) or data[at : at + 4] != b"PK\x01\x02":
                raise self.refuse(
                    _("its directory is damaged: {entries} of {count} entries can be read", entries=len(self.entries), count=count)
                )
            fields = _CENTRAL.unpack_from(data, at)
            flags, method, packed, unpacked = fields[3], fields[4], fields[8], fields[9]
            name_size, extra_size, comment_size, offset = fields[10], fields[11], fields[12], fields[16]
            start = at + _CENTRAL.size
            name = data[start : start + name_size].decode("utf-8", "replace")
            at = start + name_size + extra_size + comment_size
            if name in self.entries:
                self._duplicates.add(name)
            self.entries[name] = Entry(name, method, packed, unpacked, offset, bool(flags & _DATA_DESCRIPTOR))
        if self._duplicates:
            self.warnings.append(
                _("{count} names are in the archive twice: {first!r}", count=len(self._duplicates), first=min(self._duplicates))
            )

    def _refuse_bombs(self) -> None:
        total = sum(entry.size for entry in self.entries.values())
        if total > BOMB_SIZE and total > self.file_size * BOMB_RATIO:
            raise self.refuse(_("zip bomb: {total} bytes unpacked from a file of {file_size}", total=total, file_size=self.file_size))

    def _data_offset(self, entry: Entry) -> int:
        """Where the packed bytes begin; checks the local header against the central one."""
        header = self.read_at(entry.offset, _LOCAL.size)
        magic, _version, _flags, method, _time, _date, _crc, packed, size, name_size, extra_size = _LOCAL.unpack(header)
        if magic != b"PK\x03\x04":
            raise self.refuse(_("{name} has no local header", name=entry.name))
        name = self.read_at(entry.offset + _LOCAL.size, name_size).decode("utf-8", "replace")
        if name != entry.name:
            raise self.refuse(_("its two headers disagree: {name!r} is {name2!r} in place", name=entry.name, name2=name))
        if not entry.has_descriptor and (packed, size) != (entry.packed, entry.size):
            self.warnings.append(_("{name}: sizes differ between its two headers", name=entry.name))
        if method != entry.method:
            self.warnings.append(_("{name}: compression method differs between its two headers", name=entry.name))
        if entry.method not in (_STORED, _DEFLATED):
            self.warnings.append(_("{name}: unknown compression method {method}, read as stored", name=entry.name, method=entry.method))
        return int(entry.offset + _LOCAL.size + name_size + extra_size)
