"""Ends of streams inside the shell: pipes between commands, files, nothing, and a collected output."""

import asyncio
import os
from collections import deque

from device_farm.virtual.kernel.file_nodes import Reader, Writer

PIPE_CAPACITY = 65536
PIECE = 1 << 20  # bytes of a file that are read at once
_MAX_READ = 64 << 20  # from a device that never ends
COLLECT_LIMIT = 16 << 20  # of a command substitution


class Pipe:
    """A bounded pipe: both an Input and an Output."""

    def __init__(self) -> None:
        self._chunks: deque[bytes] = deque()
        self._size = 0
        self._written, self._emptied = asyncio.Event(), asyncio.Event()
        self._no_writer = self._no_reader = False

    async def read(self, limit: int = -1) -> bytes:
        """Return some bytes; empty once the writer has closed."""
        while not self._chunks:
            if self._no_writer:
                return b""
            self._written.clear()
            await self._written.wait()
        data = self._chunks.popleft()
        if 0 <= limit < len(data):
            self._chunks.appendleft(data[limit:])
            data = data[:limit]
        self._size -= len(data)
        self._emptied.set()
        return data

    async def write(self, data: bytes) -> None:
        """Add bytes, waiting while the pipe is full; raises BrokenPipeError once the reader has closed."""
        while self._size >= PIPE_CAPACITY and not self._no_reader:
            self._emptied.clear()
            await self._emptied.wait()
        if self._no_reader:
            raise BrokenPipeError
        if data:
            self._chunks.append(data)
            self._size += len(data)
            self._written.set()

    def clear(self) -> None:
        """Throw away what was not read yet."""
        self._chunks.clear()
        self._size = 0
        self._emptied.set()

    def close_writing(self) -> None:
        """Let the reader come to the end."""
        self._no_writer = True
        self._written.set()

    def close_reading(self) -> None:
        """Let the writer fail."""
        self._no_reader = True
        self._emptied.set()


class Nothing:
    """``/dev/null``: reads as empty, takes everything."""

    async def read(self, limit: int = -1) -> bytes:
        """Return the end."""
        del limit
        return b""

    async def write(self, data: bytes) -> None:
        """Forget the bytes."""


class Zeros:
    """``/dev/zero``."""

    async def read(self, limit: int = -1) -> bytes:
        """Return zeros."""
        await asyncio.sleep(0)  # it never waits, so others would never get a turn
        return bytes(min(limit, _MAX_READ) if limit >= 0 else PIPE_CAPACITY)


class Noise:
    """``/dev/urandom`` and ``/dev/random``."""

    async def read(self, limit: int = -1) -> bytes:
        """Return random bytes."""
        await asyncio.sleep(0)
        return os.urandom(min(limit, _MAX_READ) if limit >= 0 else PIPE_CAPACITY)


class FileInput:
    """A file opened for reading."""

    def __init__(self, source: Reader | bytes) -> None:
        self._reader = Reader(source) if isinstance(source, bytes) else source

    async def read(self, limit: int = -1) -> bytes:
        """Return the next bytes, a piece of them where there is no limit."""
        return self._reader.read(PIECE if limit < 0 else limit)


class FileOutput:
    """A file opened for writing."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def write(self, data: bytes) -> None:
        """Append to the file; raises OSError (ENOSPC) when the device is full."""
        self._writer.write(data)


class Kept:
    """Standard output or error of a command, kept to its end."""

    def __init__(self) -> None:
        self.data = bytearray()

    async def write(self, data: bytes) -> None:
        """Keep the bytes."""
        self.data += data


class Collected(Kept):
    """Keeps what is written, for ``$(...)``."""

    async def write(self, data: bytes) -> None:
        """Keep the bytes; raises BrokenPipeError beyond the limit."""
        if len(self.data) + len(data) > COLLECT_LIMIT:
            raise BrokenPipeError
        self.data += data
