"""Compression of the sync: service, version 2 (packages/modules/adb/compression_utils.h).

The codecs are packages that this project does without (extra ``compression``): a device on a host that has one takes
and gives files so compressed, any other does not announce it. Python 3.14 has Zstandard of its own.
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol

BROTLI, LZ4, ZSTD = 1, 2, 4  # SyncFlag of file_sync_protocol.h
_PIECE = 1 << 16  # of what is decompressed at once, so that a small file that grows huge fills no memory


class DecompressFailed(Exception):
    """The data that was sent is not compressed in that format."""


class Decoder(Protocol):
    """Decompresses a file block by block."""

    def decode(self, data: bytes) -> Iterator[bytes]:
        """Give what ``data`` holds, in pieces; raises DecompressFailed."""


class Encoder(Protocol):
    """Compresses a file block by block."""

    def encode(self, data: bytes) -> bytes:
        """Give what is ready."""

    def finish(self) -> bytes:
        """Give the rest."""


@dataclass(frozen=True, slots=True)
class Codec:
    """A compression that this host has."""

    feature: str
    decoder: Callable[[], Decoder]
    encoder: Callable[[], Encoder]


class _Frames:
    """Decoder over an object with ``decompress(data, max_length)``, as the standard library's (lz4, zstd)."""

    def __init__(self, decompressor: Any, error: type[Exception]) -> None:
        self._decompressor, self._error = decompressor, error

    def decode(self, data: bytes) -> Iterator[bytes]:
        try:
            while not self._decompressor.eof:
                piece = self._decompressor.decompress(data, _PIECE)
                data = b""
                if piece:
                    yield piece
                elif self._decompressor.needs_input:
                    return
        except self._error as error:
            raise DecompressFailed from error


class _BrotliDecoder:
    def __init__(self, brotli: ModuleType) -> None:
        self._brotli, self._decompressor = brotli, brotli.Decompressor()

    def decode(self, data: bytes) -> Iterator[bytes]:
        try:
            while piece := self._decompressor.process(data, output_buffer_limit=_PIECE):
                yield piece
                data = b""
        except self._brotli.error as error:
            raise DecompressFailed from error


class _Plain:
    """Encoder over a function for each block and one for the end."""

    def __init__(self, encode: Callable[[bytes], bytes], finish: Callable[[], bytes], start: bytes = b"") -> None:
        self._encode, self._finish, self._start = encode, finish, start

    def encode(self, data: bytes) -> bytes:
        start, self._start = self._start, b""
        return start + self._encode(data)

    def finish(self) -> bytes:
        start, self._start = self._start, b""
        return start + self._finish()


def _brotli(brotli: ModuleType) -> Codec | None:
    try:
        brotli.Decompressor().process(b"", output_buffer_limit=_PIECE)
    except TypeError:  # before 1.2 its output had no bound
        return None

    def encoder() -> Encoder:
        compressor = brotli.Compressor(quality=1)
        return _Plain(compressor.process, compressor.finish)

    return Codec("sendrecv_v2_brotli", lambda: _BrotliDecoder(brotli), encoder)


def _lz4(frame: ModuleType) -> Codec:
    def encoder() -> Encoder:
        compressor = frame.LZ4FrameCompressor()
        return _Plain(compressor.compress, compressor.flush, compressor.begin())

    return Codec("sendrecv_v2_lz4", lambda: _Frames(frame.LZ4FrameDecompressor(), RuntimeError), encoder)


def _zstd(zstd: ModuleType) -> Codec:
    def encoder() -> Encoder:
        compressor = zstd.ZstdCompressor(level=1)
        return _Plain(compressor.compress, compressor.flush)

    return Codec("sendrecv_v2_zstd", lambda: _Frames(zstd.ZstdDecompressor(), zstd.ZstdError), encoder)


def _load() -> dict[int, Codec]:
    """Find the codecs of this host, by their flag."""
    makers: list[tuple[int, str, Callable[[ModuleType], Codec | None]]] = [
        (BROTLI, "brotli", _brotli),
        (LZ4, "lz4.frame", _lz4),
        (ZSTD, "compression.zstd", _zstd),
        (ZSTD, "backports.zstd", _zstd),
    ]
    found: dict[int, Codec] = {}
    for flag, name, make in makers:
        try:
            codec = make(importlib.import_module(name))
        except ImportError:
            continue
        if codec is not None:
            found.setdefault(flag, codec)
    return found


CODECS = _load()
