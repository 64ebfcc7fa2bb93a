"""A stream of the device whose other end is in the same process: bytes change threads, and nothing else is between.

The device's side is ``adbd.stream.Stream``, as of any other client; the host's side is a ``Channel``, as to a phone.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable

from device_farm.virtual.adbd.packet import CLSE, MAX_PAYLOAD, OKAY, WRTE
from device_farm.virtual.adbd.stream import DELAYED_ACK_WINDOW, Stream
from harness.device.adb_link import Channel

_ACKNOWLEDGED = DELAYED_ACK_WINDOW // 8  # bytes that are read between two words of it to the device
_CHUNK = 1 << 16


class _Carrier:
    """What the device's end of a stream sends its packets with."""

    max_payload = MAX_PAYLOAD

    def __init__(self, channel: MemoryChannel) -> None:
        self._channel = channel

    def send(self, command: int, arg0: int, arg1: int, data: bytes | memoryview = b"") -> None:
        self._channel.take(command, data)

    def forget(self, stream: Stream) -> None:
        self._channel.ended()


class MemoryChannel(Channel):
    """The host's end of one stream. ``stream`` is the device's; only the loop's thread touches that."""

    def __init__(self, loop: asyncio.AbstractEventLoop, timeout: float | None, forget: Callable[[MemoryChannel], None]) -> None:
        """``forget`` is called on the loop when the stream has ended."""
        self._loop, self._forget = loop, forget
        self._deadline = None if timeout is None else time.monotonic() + timeout
        self._news = threading.Condition()
        self._chunks: deque[memoryview] = deque()
        self._read = self._sent = 0  # bytes that the other side was not told of, and that it did not take yet
        self._ended = self._closed = False
        self.stream = Stream(_Carrier(self), 1, 1, DELAYED_ACK_WINDOW)

    # --- the device's end, on the loop ----------------------------------------------------------------------------

    def take(self, command: int, data: bytes | memoryview) -> None:
        with self._news:
            if command == WRTE and not self._closed:
                self._chunks.append(memoryview(data))
            elif command == CLSE:
                self._ended = True
            elif command == OKAY:
                self._sent -= int.from_bytes(data, "little", signed=True)
            self._news.notify_all()

    def ended(self) -> None:
        """The device has closed the stream."""
        self._forget(self)

    def drop(self) -> None:
        """End the stream: by our wish, or because the device went away."""
        self._forget(self)
        self.stream.peer_closed()
        with self._news:
            self._ended = True
            self._news.notify_all()

    # --- the host's end, in any thread ----------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Send all of ``data``; waits while the device is slow to take it."""
        with self._news:
            self._await(lambda: self._ended or self._sent + len(data) <= DELAYED_ACK_WINDOW)
            if self._ended or self._closed:
                raise BrokenPipeError
            self._sent += len(data)
        self._loop.call_soon_threadsafe(self.stream.receive, data)

    def answered(self) -> bool:
        """Whether there is something to read already, be it the end."""
        with self._news:
            return bool(self._chunks) or self._ended

    def receive(self, size: int = _CHUNK) -> bytes:
        """Up to ``size`` bytes as they come; empty at the end."""
        with self._news:
            self._await(lambda: self._chunks or self._ended)
            return bytes(self._take(size))

    def receive_into(self, view: memoryview) -> int:
        """Fill the front of ``view``; the number of bytes, 0 at the end."""
        with self._news:
            self._await(lambda: self._chunks or self._ended)
            data = self._take(len(view))
        view[: len(data)] = data
        return len(data)

    def finish(self, seconds: float) -> None:
        """Tell the service to end; what it has sent, then the end, can be read for ``seconds`` more."""
        self._deadline = time.monotonic() + seconds
        self._on_loop(self.drop)
        with self._news:
            self._news.wait_for(lambda: self._ended, seconds)

    def close(self) -> None:
        """Let go of the stream; a read in another thread ends."""
        with self._news:
            over, self._closed, self._ended = self._ended, True, True
            self._chunks.clear()
            self._news.notify_all()
        if not over:
            self._on_loop(self.drop)

    def _await(self, come: Callable[[], object]) -> None:
        left = None if self._deadline is None else self._deadline - time.monotonic()
        if not self._news.wait_for(come, left if left is None else max(0.0, left)):
            raise TimeoutError

    def _take(self, size: int) -> memoryview:
        if not self._chunks:
            return memoryview(b"")
        first = self._chunks[0]
        if len(first) > size:
            self._chunks[0] = first[size:]
            first = first[:size]
        else:
            self._chunks.popleft()
        self._read += len(first)
        if self._read >= _ACKNOWLEDGED and not self._ended:
            told, self._read = self._read.to_bytes(4, "little"), 0
            self._on_loop(self.stream.acknowledged, told)
        return first

    def _on_loop(self, act: Callable[..., None], *words: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act, *words)
