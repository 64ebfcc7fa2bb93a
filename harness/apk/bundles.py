"""The form in which an app is delivered: an APK, a split of one, or a bundle of several (.apks, .apkm, .xapk).

A bundle is a zip archive with APKs in it, the base among them. It is hostile input like an APK: the inner APK is read
in place where it is stored as it is, else unpacked into memory within a limit, and its own limits hold for it too.
"""

import io
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath
from typing import BinaryIO

from harness.apk import Apk, read_open
from harness.apk.archive import MIB, Archive
from harness.errors import FormatError
from harness.language import _

MANIFEST = "AndroidManifest.xml"
MAX_INNER = 64 * MIB
"""Bytes of a packed inner APK that are unpacked at most [PROJECT]: most bundles store theirs, being packed already."""
MAX_TRIED = 12
"""Inner APKs that are looked at for the base [PROJECT]; its usual names come first."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The identity of a file. ``form`` is apk, split or bundle; of a bundle ``apk`` is its base."""

    form: str
    apk: Apk


def read_delivered(path: PurePath, stream: BinaryIO) -> Delivered:
    """Read an open file; raises FormatError with what it is instead, or what is wrong with it."""
    archive = Archive(path, stream)
    if MANIFEST in archive.entries:
        apk = read_open(path, stream)
        return Delivered("apk" if apk.split is None else "split", apk)
    inner = [name for name in archive.entries if name.lower().endswith(".apk")]
    if not inner:
        raise archive.refuse(_("not an APK: {manifest} is missing", manifest=MANIFEST))
    problem: FormatError | None = None
    for name in sorted(inner, key=_unlike_a_base)[:MAX_TRIED]:
        try:
            apk = read_open(PurePosixPath(name), _opened(archive, stream, name))
        except FormatError as error:
            problem = problem or error
            continue
        if apk.split is None:
            return Delivered("bundle", apk)
    raise problem or archive.refuse(_("a bundle of {count} APKs without a base", count=len(inner)))


def _unlike_a_base(name: str) -> tuple[bool, bool, int, str]:
    """base.apk comes first, then what is not called a part (config.arm64_v8a.apk, split_config.zh.apk)."""
    last = PurePosixPath(name).name.lower()
    return last != "base.apk" and not last.startswith("base-master"), last.startswith(("config.", "split_", "split-")), len(last), name


def _opened(archive: Archive, stream: BinaryIO, name: str) -> BinaryIO:
    place = archive.place(name)
    if place is None:
        return io.BytesIO(archive.read(name, MAX_INNER))
    offset, size = place
    if offset + size > archive.file_size:
        raise archive.refuse(_("truncated: it points behind its own end"))
    return io.BufferedReader(_Part(stream, offset, size))


class _Part(io.RawIOBase):
    """Some bytes of an open file as a file of its own."""

    def __init__(self, stream: BinaryIO, offset: int, size: int) -> None:
        self._stream, self._offset, self._size, self._at = stream, offset, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stubs know no type for a buffer of bytes
        count = max(0, min(len(buffer), self._size - self._at))
        self._stream.seek(self._offset + self._at)
        data = self._stream.read(count)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
