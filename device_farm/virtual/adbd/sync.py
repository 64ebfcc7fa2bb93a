"""The sync: service: stat, list, push and pull (packages/modules/adb/daemon/file_sync_service.cpp, with its texts)."""

from __future__ import annotations

import contextlib
import errno
import posixpath
from typing import TYPE_CHECKING

from device_farm.virtual.adbd import sync_wire as wire
from device_farm.virtual.adbd.sync_wire import EndOfRequests, Incoming
from device_farm.virtual.file_nodes import SHELL

if TYPE_CHECKING:
    from device_farm.virtual.adbd.stream import Stream
    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.files import FileSystem, Writer

_OKAY = wire.REQUEST.pack(b"OKAY", 0)
_DONE = wire.REQUEST.pack(b"DONE", 0)


async def serve(device: VirtualDevice, stream: Stream) -> None:
    """Answer requests until QUIT, an error or the end of the stream."""
    session = _Session(device.files, stream)
    try:
        while await session.request():
            pass
    except EndOfRequests:
        pass


class _Session:
    """One sync connection. Requests return whether another may follow."""

    def __init__(self, files: FileSystem, stream: Stream) -> None:
        self._files, self._stream = files, stream
        self._incoming = Incoming(stream)

    async def request(self) -> bool:
        identity, length = wire.REQUEST.unpack(await self._incoming.exactly(wire.REQUEST.size))
        if length > wire.PATH_MAX:
            return await self._fail("path too long")
        path = (await self._incoming.exactly(length)).partition(b"\0")[0].decode("utf-8", "surrogateescape")
        if identity == b"QUIT":
            return False
        if identity in {b"STAT", b"STA2", b"LST2"}:
            return await self._stat(identity, path)
        if identity in {b"LIST", b"LIS2"}:
            return await self._list(path, v2=identity == b"LIS2")
        if identity == b"SEND":
            return await self._send_v1(path)
        if identity == b"SND2":
            return await self._send_v2(path)
        if identity == b"RECV":
            return await self._receive(path)
        if identity == b"RCV2":
            _, flags = wire.RECV_V2.unpack(await self._incoming.exactly(wire.RECV_V2.size))
            return await self._receive(path) if not flags else await self._fail(f"unknown flags: {flags}")
        return await self._fail(f"unknown command {int.from_bytes(identity, 'little'):08x}")

    async def _fail(self, text: str, error: OSError | None = None) -> bool:
        await self._stream.write(wire.failure(text, error))
        return False

    async def _stat(self, identity: bytes, path: str) -> bool:
        facts, failed = None, None
        try:
            facts = self._files.stat(path, follow=identity == b"STA2")
        except OSError as error:
            failed = error
        answer = wire.stat_v1(facts) if identity == b"STAT" else wire.stat_v2(identity, facts, failed)
        await self._stream.write(answer)
        return True

    async def _list(self, path: str, *, v2: bool) -> bool:
        try:
            names = [".", "..", *self._files.listdir(path, uid=SHELL)]
        except OSError:
            names = []  # a directory that cannot be opened is an empty one
        for name in names:
            facts = self._files.stat(f"{path}/{name}", follow=False)
            await self._stream.write(wire.entry(facts, name.encode("utf-8", "surrogateescape"), v2=v2))
        await self._stream.write(wire.end_of_list(v2=v2))
        return True

    async def _receive(self, path: str) -> bool:
        try:
            facts = self._files.stat(path)
            if facts.is_dir:
                return await self._fail("read failed", OSError(errno.EISDIR, "Is a directory"))
            content = memoryview(self._files.read(path, uid=SHELL))
        except OSError as error:
            return await self._fail("open failed", error)
        for start in range(0, len(content), wire.DATA_MAX):
            block = content[start : start + wire.DATA_MAX]
            await self._stream.write(wire.REQUEST.pack(b"DATA", len(block)))
            await self._stream.write(block)
        await self._stream.write(_DONE)
        return True

    async def _send_v1(self, spec: str) -> bool:
        path, comma, mode_text = spec.rpartition(",")
        if not comma:
            return await self._fail("missing , in ID_SEND_V1")
        try:
            mode = _parse_mode(mode_text)
        except ValueError:
            return await self._fail("bad mode")
        return await self._send(path, mode, dry_run=False)

    async def _send_v2(self, path: str) -> bool:
        _, mode, flags = wire.SEND_V2.unpack(await self._incoming.exactly(wire.SEND_V2.size))
        if unknown := flags & ~wire.FLAG_DRY_RUN:
            return await self._fail(f"unknown flags: {unknown}")
        return await self._send(path, mode, dry_run=bool(flags))

    async def _send(self, path: str, mode: int, *, dry_run: bool) -> bool:
        if wire.is_link(mode):
            return await self._send_link(path, dry_run=dry_run)
        permissions = mode & 0o777  # and the bits of the user for group and others
        permissions |= permissions >> 3 & 0o070
        permissions |= permissions >> 3 & 0o007
        writer, failure = None, b""
        if not dry_run:
            try:
                writer = self._create(path, permissions)
            except OSError as error:
                text = "secure_mkdirs() failed" if error.filename != path else "couldn't create file"
                failure = wire.failure(text, error)
                await self._stream.write(failure)
        mtime = await self._take_data(writer, told=bool(failure))
        if mtime is None:
            if writer is not None:
                self._files.remove(path)
            return False
        if not dry_run:
            self._files.utime(path, mtime)
        await self._stream.write(_OKAY)
        return True

    def _create(self, path: str, permissions: int) -> Writer:
        """Open ``path`` anew, making the directories above it; an OSError's file name tells which of the two failed."""
        try:
            facts = self._files.stat(path, follow=False)
        except OSError:
            facts = None
        if facts is not None and not facts.is_dir:
            with contextlib.suppress(OSError):  # opening it tells why
                self._files.remove(path, uid=SHELL)
        above = posixpath.dirname(path)
        if not self._files.exists(above):
            self._files.mkdir(above, mode=0o775, parents=True, uid=SHELL)
        try:
            return self._files.open(path, mode=permissions, uid=SHELL)
        except OSError as error:
            raise OSError(error.errno, error.strerror, path) from error

    async def _take_data(self, writer: Writer | None, *, told: bool) -> int | None:
        """Take DATA until DONE and return its time; None after a failure, when what follows was thrown away.

        ``told`` says that the client was sent a FAIL already.
        """
        failed = told
        while True:
            identity, size = wire.REQUEST.unpack(await self._incoming.exactly(wire.REQUEST.size))
            if identity == b"DONE":
                return None if failed else size
            if identity != b"DATA":
                if not failed:
                    await self._fail("invalid data message")
                return None
            while size:
                block = await self._incoming.some(size)
                size -= len(block)
                if writer is None or failed:
                    continue
                try:
                    writer.write(block)
                except OSError as error:
                    failed = True
                    await self._fail("write failed", error)

    async def _send_link(self, path: str, *, dry_run: bool) -> bool:
        identity, size = wire.REQUEST.unpack(await self._incoming.exactly(wire.REQUEST.size))
        if identity != b"DATA":
            return await self._fail("invalid data message: expected ID_DATA")
        if size > wire.DATA_MAX:
            return await self._fail("oversize data message")
        target = (await self._incoming.exactly(size)).partition(b"\0")[0].decode("utf-8", "surrogateescape")
        if not dry_run:
            try:
                self._make_link(target, path)
            except OSError as error:
                return await self._fail("symlink failed", error)
        identity, mtime = wire.REQUEST.unpack(await self._incoming.exactly(wire.REQUEST.size))
        if identity != b"DONE":
            return await self._fail("invalid data message: expected ID_DONE")
        if not dry_run:
            self._files.utime(path, mtime, follow=False)
        await self._stream.write(_OKAY)
        return True

    def _make_link(self, target: str, path: str) -> None:
        above = posixpath.dirname(path)
        if not self._files.exists(above):
            self._files.mkdir(above, mode=0o775, parents=True, uid=SHELL)
        with contextlib.suppress(FileNotFoundError):
            self._files.remove(path, uid=SHELL)
        self._files.symlink(target, path, uid=SHELL)


def _parse_mode(text: str) -> int:
    """Read a number as strtoul with base 0 does: 0x.., 0.. octal, else decimal; no digits at all are 0."""
    text = text.strip()
    if text.lower().startswith("0x"):
        return int(text, 16)
    if text.startswith("0") and len(text) > 1:
        return int(text, 8)
    return int(text or "0")
