"""The sync: service: stat, list, push and pull (packages/modules/adb/daemon/file_sync_service.cpp, with its texts)."""

import errno

from device_farm.virtual.adbd import sync_wire as wire
from device_farm.virtual.adbd.compression import BROTLI, CODECS, LZ4, ZSTD, Codec
from device_farm.virtual.adbd.stream import Stream
from device_farm.virtual.adbd.sync_send import Upload, drain, parse_mode
from device_farm.virtual.adbd.sync_wire import EndOfRequests, Failure, Incoming
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.kernel.file_nodes import SHELL, fail
from device_farm.virtual.kernel.file_system import FileSystem

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
    except Failure as failure:
        await stream.write(wire.failure(failure.text, failure.error))
        if failure.more_data:
            await session.drain()


class _Session:
    """One sync connection."""

    def __init__(self, files: FileSystem, stream: Stream) -> None:
        self._files, self._stream = files, stream
        self._incoming = Incoming(stream)

    async def drain(self) -> None:
        """Throw away the rest of a file that could not be written."""
        await drain(self._incoming)

    async def request(self) -> bool:
        """Answer one request; False after QUIT. Raises Failure, after which there is no other."""
        identity, length = wire.REQUEST.unpack(await self._incoming.exactly(wire.REQUEST.size))
        if length > wire.PATH_MAX:
            raise Failure("path too long")
        path = (await self._incoming.exactly(length)).partition(b"\0")[0].decode("utf-8", "surrogateescape")
        if identity == b"QUIT":
            return False
        if identity in {b"STAT", b"STA2", b"LST2"}:
            await self._stat(identity, path)
        elif identity in {b"LIST", b"LIS2"}:
            await self._list(path, v2=identity == b"LIS2")
        elif identity == b"SEND":
            await self._send_v1(path)
        elif identity == b"SND2":
            await self._send_v2(path)
        elif identity == b"RECV":
            await self._receive(path)
        elif identity == b"RCV2":
            _, flags = wire.RECV_V2.unpack(await self._incoming.exactly(wire.RECV_V2.size))
            codec = _codec(flags)
            await self._receive(path, codec)
        else:
            raise Failure(f"unknown command {int.from_bytes(identity, 'little'):08x}")
        return True

    async def _stat(self, identity: bytes, path: str) -> None:
        facts, failed = None, None
        try:
            facts = self._files.stat(path, follow=identity == b"STA2")
        except OSError as error:
            failed = error
        answer = wire.stat_v1(facts) if identity == b"STAT" else wire.stat_v2(identity, facts, failed)
        await self._stream.write(answer)

    async def _list(self, path: str, *, v2: bool) -> None:
        try:
            names = [".", "..", *self._files.listdir(path, uid=SHELL)]
        except OSError:
            names = []  # a directory that cannot be opened is an empty one
        for name in names:
            facts = self._files.stat(f"{path}/{name}", follow=False)
            await self._stream.write(wire.entry(facts, name.encode("utf-8", "surrogateescape"), v2=v2))
        await self._stream.write(wire.end_of_list(v2=v2))

    async def _receive(self, path: str, codec: Codec | None = None) -> None:
        try:
            facts = self._files.stat(path)
            if facts.is_dir:
                raise Failure("read failed", fail(errno.EISDIR, path))
            reader = self._files.reader(path, uid=SHELL)
        except OSError as error:
            raise Failure("open failed", error) from error
        encoder = codec.encoder() if codec is not None else None
        while block := reader.read(wire.DATA_MAX):
            await self._send_data(block if encoder is None else encoder.encode(block))
        if encoder is not None:
            await self._send_data(encoder.finish())
        await self._stream.write(_DONE)

    async def _send_data(self, data: bytes | memoryview) -> None:
        for start in range(0, len(data), wire.DATA_MAX):
            block = data[start : start + wire.DATA_MAX]
            await self._stream.write(wire.REQUEST.pack(b"DATA", len(block)))
            await self._stream.write(block)

    async def _send_v1(self, spec: str) -> None:
        path, comma, mode_text = spec.rpartition(",")
        if not comma:
            raise Failure("missing , in ID_SEND_V1")
        try:
            mode = parse_mode(mode_text)
        except ValueError:
            raise Failure("bad mode") from None
        await self._send(path, mode, dry_run=False)

    async def _send_v2(self, path: str) -> None:
        _, mode, flags = wire.SEND_V2.unpack(await self._incoming.exactly(wire.SEND_V2.size))
        codec = _codec(flags & ~wire.FLAG_DRY_RUN)
        await self._send(path, mode, dry_run=bool(flags & wire.FLAG_DRY_RUN), codec=codec)

    async def _send(self, path: str, mode: int, *, dry_run: bool, codec: Codec | None = None) -> None:
        decoder = codec.decoder() if codec is not None else None
        await Upload(self._files, self._incoming, path, mode, decoder=decoder, dry_run=dry_run).take()
        await self._stream.write(_OKAY)


def _codec(flags: int) -> Codec | None:
    """Find what a request asks to be compressed with; what is unknown is refused as a signed number, as adbd does."""
    asked = [flag for flag in (BROTLI, LZ4, ZSTD) if flags & flag]
    if len(asked) > 1:
        raise Failure(f"multiple compression flags received: {_signed(flags)}")
    unknown = flags & ~(BROTLI | LZ4 | ZSTD) or next((flag for flag in asked if flag not in CODECS), 0)
    if unknown:
        raise Failure(f"unknown flags: {_signed(unknown)}")
    return CODECS[asked[0]] if asked else None


def _signed(number: int) -> int:
    return number - (1 << 32) if number >> 31 else number
