"""The shell protocol of version 2: packets for stdin, stdout, stderr and the exit code (adb shell_protocol.h)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from device_farm.virtual.adbd.packet import MAX_PAYLOAD

if TYPE_CHECKING:
    from device_farm.virtual.adbd.stream import Stream

STDIN, STDOUT, STDERR, EXIT, CLOSE_STDIN, WINDOW_SIZE = range(6)
_FRAME = struct.Struct("<BI")
_PIECE = MAX_PAYLOAD - _FRAME.size


class FramedOutput:
    """Standard output or error: everything written goes out in packets of one id."""

    def __init__(self, stream: Stream, identity: int) -> None:
        """Write to ``stream`` under ``identity``."""
        self._stream, self._identity = stream, identity

    async def write(self, data: bytes) -> None:
        """Send bytes."""
        if len(data) <= 4096:
            if data:
                await self._stream.write(_FRAME.pack(self._identity, len(data)) + data)
            return
        view = memoryview(data)
        for start in range(0, len(view), _PIECE):
            piece = view[start : start + _PIECE]
            await self._stream.write(_FRAME.pack(self._identity, len(piece)))
            await self._stream.write(piece)


def exit_frame(status: int) -> bytes:
    """Encode the exit code."""
    return _FRAME.pack(EXIT, 1) + bytes([status & 0xFF])


class FramedInput:
    """Standard input: what the peer sends as stdin packets, read when a command wants it."""

    def __init__(self, stream: Stream) -> None:
        """Read packets from ``stream``."""
        self._stream = stream
        self._raw = bytearray()
        self._ready = b""
        self.ended = False

    async def read(self, limit: int = -1) -> bytes:
        """Return bytes; empty once the peer closed standard input."""
        while not self._ready:
            if self.ended:
                return b""
            self._ready = await self._next()
        if 0 <= limit < len(self._ready):
            data, self._ready = self._ready[:limit], self._ready[limit:]
            return data
        data, self._ready = self._ready, b""
        return data

    async def _next(self) -> bytes:
        """Read one packet and return its input; empty for one that carries none."""
        while len(self._raw) < _FRAME.size or len(self._raw) < _FRAME.size + _FRAME.unpack_from(self._raw)[1]:
            chunk = await self._stream.read()
            if not chunk or (len(self._raw) >= _FRAME.size and _FRAME.unpack_from(self._raw)[1] > MAX_PAYLOAD):
                self.ended = True
                return b""
            self._raw += chunk
        identity, length = _FRAME.unpack_from(self._raw)
        data = bytes(self._raw[_FRAME.size : _FRAME.size + length])
        del self._raw[: _FRAME.size + length]
        if identity == CLOSE_STDIN:
            self.ended = True
        return data if identity == STDIN else b""
