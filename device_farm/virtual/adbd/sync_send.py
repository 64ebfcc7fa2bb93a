"""The receiving half of the sync: service, for ``adb push``.

Source: packages/modules/adb/daemon/file_sync_service.cpp send_impl.
"""

import contextlib
import posixpath
import re
import stat
from collections.abc import Callable
from typing import TypeVar

from device_farm.virtual.adbd import sync_wire as wire
from device_farm.virtual.adbd.compression import Decoder, DecompressFailed
from device_farm.virtual.adbd.sync_wire import EndOfRequests, Failure, Incoming
from device_farm.virtual.kernel.file_nodes import SHELL, Writer
from device_farm.virtual.kernel.file_system import FileSystem

_Made = TypeVar("_Made")
_NUMBER = re.compile(r"\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)")


class Upload:
    """One file or symlink that a client sends. A Failure is what the client is told; the stream is closed after it."""

    def __init__(
        self, files: FileSystem, incoming: Incoming, path: str, mode: int, *, decoder: Decoder | None = None, dry_run: bool
    ) -> None:
        """Take what ``incoming`` brings to ``path``.

        A dry run changes nothing but, as adbd, the time of what is there.
        """
        self._files, self._incoming, self._path, self._dry_run = files, incoming, path, dry_run
        self._mode, self._decoder = mode, decoder
        self._unlinks = False

    async def take(self) -> None:
        """Take it all; raises Failure."""
        if not self._dry_run:
            self._unlink_old()
        mtime = await (self._take_link() if stat.S_ISLNK(self._mode) else self._take_file())
        with contextlib.suppress(OSError):
            self._files.utime(self._path, mtime, uid=SHELL, follow=False)

    def _unlink_old(self) -> None:
        """Remove what is there, unless it is a directory or a device, or a link that a link replaces."""
        with contextlib.suppress(OSError):
            old = self._files.stat(self._path, follow=False)
            if not (stat.S_ISREG(old.mode) or (old.is_link and not stat.S_ISLNK(self._mode))):
                return
        self._unlinks = True
        self._unlink()

    def _unlink(self) -> None:
        with contextlib.suppress(OSError):
            self._files.remove(self._path, uid=SHELL)

    # files
    async def _take_file(self) -> int:
        try:
            return await self._take_data(None if self._dry_run else self._create())
        except (Failure, EndOfRequests) as ending:
            if self._unlinks:
                self._unlink()
            if isinstance(ending, Failure):
                ending.more_data = True
            raise

    def _create(self) -> Writer:
        mode = self._mode & 0o777  # and the bits of the user for group and others
        mode |= mode >> 3 & 0o070
        mode |= mode >> 3 & 0o007
        try:
            return self._with_directories("secure_mkdirs() failed", lambda: self._files.open(self._path, mode=mode, uid=SHELL))
        except OSError as error:
            raise Failure("couldn't create file", error) from error

    async def _take_data(self, writer: Writer | None) -> int:
        """Take DATA until DONE and return its time."""
        while True:
            identity, size = wire.REQUEST.unpack(await self._incoming.exactly(wire.REQUEST.size))
            if identity == b"DONE":
                return int(size)
            if identity != b"DATA":
                raise Failure("invalid data message")
            failed: Failure | None = None
            while size:
                block = await self._incoming.some(size)
                size -= len(block)
                if failed is None:
                    failed = self._write(writer, block)
            if failed is not None:
                raise failed

    def _write(self, writer: Writer | None, block: memoryview) -> Failure | None:
        """Write a block, decompressed; return what prevents it."""
        try:
            for piece in (block,) if self._decoder is None else self._decoder.decode(bytes(block)):
                if writer is not None:
                    writer.write(piece)
        except OSError as error:
            return Failure("write failed", error)
        except DecompressFailed:
            return Failure("decompress failed")
        return None

    # symlinks
    async def _take_link(self) -> int:
        identity, size = wire.REQUEST.unpack(await self._incoming.exactly(wire.REQUEST.size))
        if identity != b"DATA":
            raise Failure("invalid data message: expected ID_DATA")
        if size > wire.DATA_MAX:
            raise Failure("oversize data message")
        target = (await self._incoming.exactly(size)).partition(b"\0")[0].decode("utf-8", "surrogateescape")
        if not self._dry_run:
            self._make_link(target)
        identity, mtime = wire.REQUEST.unpack(await self._incoming.exactly(wire.REQUEST.size))
        if identity != b"DONE":
            raise Failure("invalid data message: expected ID_DONE")
        return int(mtime)

    def _make_link(self, target: str) -> None:
        with contextlib.suppress(OSError):
            if self._files.readlink(self._path) == target:
                return
        self._unlink()
        try:
            self._with_directories("secure_mkdirs failed", lambda: self._files.symlink(target, self._path, uid=SHELL))
        except OSError as error:
            raise Failure("symlink failed", error) from error

    def _with_directories(self, text: str, make: Callable[[], _Made]) -> _Made:
        """Do ``make``, once more with the directories above made if there were none; raises its OSError, or Failure."""
        try:
            return make()
        except FileNotFoundError as missing:
            try:
                if not self._path.startswith("/"):
                    raise missing
                self._make_directories()
            except OSError as error:
                raise Failure(text, error) from error
        return make()

    def _make_directories(self) -> None:
        """Make every directory above, part by part as the path names them (secure_mkdirs)."""
        parts = [part for part in posixpath.dirname(self._path.rstrip("/")).split("/") if part]
        for count in range(1, len(parts) + 1):
            with contextlib.suppress(FileExistsError):
                self._files.mkdir("/" + "/".join(parts[:count]), mode=0o775, uid=SHELL)


async def drain(incoming: Incoming) -> None:
    """Throw away what comes until DONE: a client that sends on may not read what it was told before it is through."""
    with contextlib.suppress(EndOfRequests):
        while True:
            identity, size = wire.REQUEST.unpack(await incoming.exactly(wire.REQUEST.size))
            if identity != b"DATA" or size > wire.DATA_MAX:
                return
            while size:
                size -= len(await incoming.some(size))


def parse_mode(text: str) -> int:
    """Read a number as strtoul with base 0 does, as far as it is one (none: 0); raises ValueError beyond 64 bits."""
    match = _NUMBER.match(text[:100])
    if match is None:
        return 0
    digits = match[2]
    value = int(digits, 16) if digits[:2].lower() == "0x" else int(digits, 8 if digits.startswith("0") else 10)
    if value >= 1 << 64:
        raise ValueError(text)
    return (-value if match[1] == "-" else value) & 0xFFFFFFFF
