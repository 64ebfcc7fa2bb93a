"""One ADB stream (an OPEN and what follows), with flow control in both directions.

Outgoing data is queued and goes out once per turn of the event loop, so that small writes (log lines) share a packet.
A peer with delayed acknowledgement gives a window of bytes; any other lets one packet be under way at a time
(packages/modules/adb/sockets.cpp, protocol.txt).
"""

from __future__ import annotations

import asyncio
import struct
from collections import deque
from collections.abc import Callable
from typing import Protocol

from device_farm.virtual.adbd.packet import CLSE, MAX_PAYLOAD, OKAY, WRTE

DELAYED_ACK_WINDOW = 32 << 20  # INITIAL_DELAYED_ACK_BYTES of adb.h
QUEUE_LIMIT = 4 * MAX_PAYLOAD  # a service waits while more than this is queued
LAST_READ_SECONDS = 1.0
_ACK = struct.Struct("<i")


class StreamClosed(BrokenPipeError):
    """Nobody reads the stream any more."""


class Carrier(Protocol):
    """The channel that takes the packets of a stream to its peer."""

    max_payload: int

    def send(self, command: int, arg0: int, arg1: int, data: bytes | memoryview = b"") -> None:
        """Send one packet."""

    def forget(self, stream: Stream) -> None:
        """Drop a stream that closed itself."""


class Stream:
    """A byte stream to the peer; satisfies ``device.Connection`` and ``shell.call.Output``."""

    def __init__(self, transport: Carrier, local_id: int, remote_id: int, window: int | None) -> None:
        """Make a stream; ``window`` is how many bytes the peer takes unasked, None without delayed acknowledgement."""
        self._transport = transport
        self.local_id, self.remote_id = local_id, remote_id
        self._delayed = window is not None
        self._credit = window if window is not None else 1  # bytes, or packets
        self._outgoing: deque[memoryview] = deque()
        self._outgoing_size = 0
        self._incoming: deque[bytes] = deque()
        self._incoming_size = 0
        self._wake_reader = asyncio.Event()
        self._wake_writer = asyncio.Event()
        self._flush_due = False
        self._ending = False  # no more writes; CLSE follows the queue
        self.closed = False
        self.opened: asyncio.Future[bool] | None = None  # of a stream that the device opens
        self.task: asyncio.Task[None] | None = None  # the service that serves it
        self.on_sent: Callable[[int], None] | None = None  # told how many bytes of data went out

    # what services use
    async def read(self, limit: int = -1) -> bytes:
        """Return bytes the peer sent (at most ``limit``), waiting for them; empty once the peer closed."""
        while not self._incoming:
            if self.closed:
                return b""
            self._wake_reader.clear()
            await self._wake_reader.wait()
        data = self._incoming.popleft()
        self._incoming_size -= len(data)
        if 0 <= limit < len(data):
            self._incoming.appendleft(data[limit:])
            self._incoming_size += len(data) - limit
            data = data[:limit]
            if self._delayed:
                self._acknowledge(len(data))
        else:
            self._acknowledge(len(data))
        return data

    async def write(self, data: bytes | memoryview) -> None:
        """Send bytes, waiting while the peer is slow; raises StreamClosed once it closed."""
        if self.closed or self._ending:
            raise StreamClosed
        if not data:
            return
        self._outgoing.append(memoryview(data))
        self._outgoing_size += len(data)
        self._flush_soon()
        while self._outgoing_size > QUEUE_LIMIT:
            self._wake_writer.clear()
            await self._wake_writer.wait()
            if self.closed:
                raise StreamClosed

    def close(self) -> None:
        """Send what is queued, then close."""
        self._ending = True
        self._flush()

    # what the transport calls
    def receive(self, data: bytes) -> bool:
        """Take a WRTE; False if the peer sends more than it may, which ends the stream."""
        if self._ending:
            return True
        self._incoming.append(data)
        self._incoming_size += len(data)
        self._wake_reader.set()
        return self._incoming_size <= (DELAYED_ACK_WINDOW if self._delayed else 2 * MAX_PAYLOAD)

    def acknowledged(self, payload: bytes) -> None:
        """Take an OKAY: the peer has room again."""
        if self._delayed:
            self._credit += _ACK.unpack(payload)[0] if len(payload) == _ACK.size else 0
        else:
            self._credit = 1
        self._flush()

    def peer_closed(self) -> None:
        """Take a CLSE, or the loss of the connection: nothing can be sent any more."""
        self.closed = True
        self._outgoing.clear()
        self._outgoing_size = 0
        self._wake_reader.set()
        self._wake_writer.set()
        if self.task is None:
            return
        if self._incoming:  # let the service read what came before the end (adb exec-in)
            asyncio.get_running_loop().call_later(LAST_READ_SECONDS, self.task.cancel)
        else:
            self.task.cancel()

    # inside
    def _acknowledge(self, size: int) -> None:
        if not self.closed:
            self._transport.send(OKAY, self.local_id, self.remote_id, _ACK.pack(size) if self._delayed else b"")

    def _flush_soon(self) -> None:
        if not self._flush_due:
            self._flush_due = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        self._flush_due = False
        if self.closed:
            return
        while self._outgoing and self._credit > 0:
            limit = self._transport.max_payload
            data = self._take(min(limit, self._credit) if self._delayed else limit)
            self._credit -= len(data) if self._delayed else 1
            self._transport.send(WRTE, self.local_id, self.remote_id, data)
            if self.on_sent is not None:
                self.on_sent(len(data))
        if self._outgoing_size <= QUEUE_LIMIT // 2:
            self._wake_writer.set()
        if self._ending and not self._outgoing:
            self.closed = True
            self._transport.send(CLSE, self.local_id, self.remote_id)
            self._transport.forget(self)

    def _take(self, limit: int) -> bytes | memoryview:
        """Take up to ``limit`` bytes off the queue; a large chunk is sliced, small ones are joined."""
        first = self._outgoing[0]
        if len(first) >= limit:
            self._outgoing[0] = first[limit:]
            if not self._outgoing[0]:
                self._outgoing.popleft()
            self._outgoing_size -= limit
            return first[:limit]
        chunks, size = [], 0
        while self._outgoing and size < limit:
            chunk = self._outgoing.popleft()
            if size + len(chunk) > limit:
                self._outgoing.appendleft(chunk[limit - size :])
                chunk = chunk[: limit - size]
            chunks.append(chunk)
            size += len(chunk)
        self._outgoing_size -= size
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)
