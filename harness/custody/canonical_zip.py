"""A zip in the one form that ``pack`` writes: the same files are the same bytes, with every Python on every system.

Nothing is compressed, because what one zlib makes of a file another does not. Times, rights and order are fixed. So a
reader can make all of the zip again but the files themselves, and a zip with another byte anywhere is none of ours:
what would be a trick with paths, links, lengths or hidden parts ends there, before a file is read.
"""

import stat
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from harness.console import printable
from harness.errors import EvidenceError, why
from harness.language import Text, _

_LOCAL, _CENTRAL = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L")
_END, _END64, _WHERE64 = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_UTF8, _DAY = 0x0800, 0x0021  # names are UTF-8; 1980-01-01, the first day that a zip knows
_UNIX, _RIGHTS = 3 << 8, (stat.S_IFREG | 0o644) << 16
_PLAIN, _LARGE = 20, 45  # the versions of the format that a reader needs
_MAX16, _MAX32 = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED = 0x1
_CHUNK = 1 << 20
_FORBIDDEN = frozenset('\\:<>"|?*') | frozenset(map(chr, range(32))) | {"\x7f"}


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip: its bytes begin at ``start``."""

    name: str
    crc: int
    size: int
    start: int


class ZipWriter:
    """Writes a zip into a file that can be sought in, one member after the other; ``end`` makes it whole."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._members = file, list[Member]()

    def add(self, name: str, chunks: Iterable[bytes], size: int) -> None:
        """A member of ``size`` bytes; raises EvidenceError where there are more or fewer of them."""
        offset, found, crc = self._file.tell(), 0, 0
        head = _local(name, 0, size)
        self._file.write(head)
        for chunk in chunks:
            crc, found = zlib.crc32(chunk, crc), found + len(chunk)
            self._file.write(chunk)
        if found != size:
            raise EvidenceError(_("{name} changed while it was packed: pack again", name=name))
        self._file.seek(offset)
        self._file.write(_local(name, crc, size))
        self._file.seek(offset + len(head) + size)
        self._members.append(Member(name, crc, size, offset + len(head)))

    def end(self) -> None:
        """The list of the members behind them."""
        self._file.write(_listing(self._members, self._file.tell()))


def members(path: Path) -> dict[str, Member]:
    """The files in a zip of ``pack``, by name; raises EvidenceError, one clear line, for every other file.

    Only what stands round the files is read here: their bytes and checksums are for ``digest``.
    """
    try:
        with path.open("rb") as file:
            end = file.seek(0, 2)
            start, length = _listing_place(path, file, end)
            file.seek(start)
            listed = file.read(length)
            found = _parsed(path, listed, start)
            if _listing(found, start) != listed or not _follow(file, found, start):
                raise other_form(path)
    except OSError as error:
        raise EvidenceError(_("{path} cannot be read: {reason}", path=path, reason=why(error))) from error
    return {member.name: member for member in found}


def _listing_place(path: Path, file: IO[bytes], end: int) -> tuple[int, int]:
    """Where the list of the members begins, and how long it is with what ends the zip."""
    file.seek(max(0, end - _END.size))
    tail = file.read(_END.size)
    if len(tail) < _END.size or not tail.startswith(b"PK\5\6"):
        file.seek(0)
        if file.read(4) in (b"PK\3\4", b"PK\5\6"):
            raise EvidenceError(_("{path} is cut off, or has something behind its end: it is not whole", path=path))
        raise EvidenceError(_("{path} is no zip", path=path))
    *_rest, start, _comment = _END.unpack(tail)
    if start == _MAX32 and end >= _END.size + _WHERE64.size + _END64.size:
        file.seek(end - _END.size - _WHERE64.size - _END64.size)
        start = _END64.unpack(file.read(_END64.size))[-1]
    if start > end - _END.size:
        raise other_form(path)
    return start, end - start


def _parsed(path: Path, listed: bytes, until: int) -> list[Member]:
    """The members that a list names; every danger that it shows has a line of its own."""
    found: list[Member] = []
    place, total, seen = 0, 0, set[str]()
    while listed.startswith(b"PK\1\2", place):
        try:
            fields = _CENTRAL.unpack_from(listed, place)
        except struct.error:
            raise other_form(path) from None
        _made, _needs, flags, method = fields[1:5]
        crc, packed, size, named, extra, comment = fields[7:13]
        raw = listed[place + _CENTRAL.size : place + _CENTRAL.size + named]
        more = listed[place + _CENTRAL.size + named : place + _CENTRAL.size + named + extra]
        place += _CENTRAL.size + named + extra + comment
        name = raw.decode("utf-8", "replace")
        if problem := _problem(name, flags, method, fields[15] >> 16, seen):
            raise EvidenceError(_("{path}: {problem}: nothing in it is read", path=path, problem=problem))
        if size == _MAX32 and len(more) >= 12:
            size = int(struct.unpack_from("<Q", more, 4)[0])
        total += size
        if total > until or (packed not in (size, _MAX32)):
            raise EvidenceError(
                _("{path}: {problem}: nothing in it is read", path=path, problem=_("it claims to hold more than it has bytes"))
            )
        seen.add(name.casefold())
        start = (found[-1].start + found[-1].size if found else 0) + len(_local(name, crc, size))
        found.append(Member(name, crc, size, start))
    return found


def _problem(name: str, flags: int, method: int, mode: int, seen: set[str]) -> Text | None:
    """What is dangerous about a member, None where nothing is."""
    shown = " ".join(printable(name[:100]).split())
    if flags & _ENCRYPTED:
        return _("'{name}' is encrypted", name=shown)
    if not fit(name):
        return _("'{name}' is no path within a folder", name=shown)
    if stat.S_ISLNK(mode):
        return _("'{name}' is a link", name=shown)
    if name.casefold() in seen:
        return _("'{name}' is there twice", name=shown)
    if method:
        return _("'{name}' is compressed, which pack never does; unpack it and verify the run folders", name=shown)
    return None


def fit(name: str) -> bool:
    """Whether a name is a plain path within a folder, on every system."""
    parts = name.split("/")
    plain = all(part not in ("", ".", "..") and part == part.rstrip(". ") for part in parts)
    return plain and not _FORBIDDEN & set(name) and str(PurePosixPath(name)) == name and name.isprintable()


def _follow(file: IO[bytes], found: Sequence[Member], until: int) -> bool:
    """Whether the members stand one behind the other, each with the head that we write, and nothing else does."""
    place = 0
    for member in found:
        head = _local(member.name, member.crc, member.size)
        file.seek(place)
        if file.read(len(head)) != head:
            return False
        place += len(head) + member.size
    return place == until


def other_form(path: Path) -> EvidenceError:
    """The error of a zip that is not in the one form, which whoever finds it raises."""
    return EvidenceError(
        _("{path} is not as pack wrote it: it was changed, or another program made it; unpack it and verify the run folders", path=path)
    )


def _local(name: str, crc: int, size: int) -> bytes:
    """The head before a member's bytes."""
    large, raw = size >= _MAX32, name.encode()
    extra = struct.pack("<2H2Q", 1, 16, size, size) if large else b""
    known = _MAX32 if large else size
    needs = _LARGE if large else _PLAIN
    return _LOCAL.pack(b"PK\3\4", needs, _UTF8, 0, 0, _DAY, crc, known, known, len(raw), len(extra)) + raw + extra


def _listing(found: Sequence[Member], start: int) -> bytes:
    """The list of the members, which stands at ``start``, and the end of the zip."""
    listed = b"".join(map(_listed, found))
    count, large = len(found), start >= _MAX32 or len(found) >= _MAX16 or len(listed) >= _MAX32
    more = b""
    if large:
        more = _END64.pack(b"PK\6\6", _END64.size - 12, _UNIX | _LARGE, _LARGE, 0, 0, count, count, len(listed), start)
        more += _WHERE64.pack(b"PK\6\7", 0, start + len(listed), 1)
    counts = _MAX16 if large else count
    sizes = (_MAX32, _MAX32) if large else (len(listed), start)
    return listed + more + _END.pack(b"PK\5\6", 0, 0, counts, counts, *sizes, 0)


def _listed(member: Member) -> bytes:
    raw = member.name.encode()
    offset = member.start - len(_local(member.name, member.crc, member.size))
    wide = member.size >= _MAX32, offset >= _MAX32
    values = [*([member.size, member.size] if wide[0] else []), *([offset] if wide[1] else [])]
    extra = struct.pack(f"<2H{len(values)}Q", 1, 8 * len(values), *values) if values else b""
    needs = _LARGE if values else _PLAIN
    size, place = (_MAX32 if wide[0] else member.size), (_MAX32 if wide[1] else offset)
    fixed = _CENTRAL.pack(
        b"PK\1\2", _UNIX | needs, needs, _UTF8, 0, 0, _DAY, member.crc, size, size, len(raw), len(extra), 0, 0, 0, _RIGHTS, place
    )
    return fixed + raw + extra
