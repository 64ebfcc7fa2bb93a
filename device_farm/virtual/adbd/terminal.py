"""A pseudo terminal: echo, line editing, interrupt key, and newlines as carriage return and line feed."""

import asyncio
from collections.abc import Callable

from device_farm.virtual.adbd.stream import Stream
from device_farm.virtual.shell.call import Output
from device_farm.virtual.shell.language.redirects import Streams
from device_farm.virtual.shell.pipes import Pipe

_INTERRUPT, _END, _KILL_LINE = b"\x03", b"\x04", b"\x15"
_ERASE = {b"\x08", b"\x7f"}
_MAX_LINE = 4096  # what a line of a Linux terminal holds


class RawTerminal:
    """A terminal in raw mode: nothing typed is edited or shown, no newline is changed."""

    is_terminal = True

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    async def read(self, limit: int = -1) -> bytes:
        """Return what the client sent."""
        return await self._stream.read(limit)

    async def write(self, data: bytes) -> None:
        """Send bytes."""
        await self._stream.write(data)


class TerminalOutput:
    """Output of programs on the terminal."""

    is_terminal = True

    def __init__(self, output: Output) -> None:
        self._output = output

    async def write(self, data: bytes) -> None:
        """Send bytes, each newline as carriage return and line feed."""
        await self._output.write(data.replace(b"\n", b"\r\n"))


class Terminal:
    """The device's side of a terminal whose other side is the client's window; an Input of finished lines."""

    is_terminal = True

    def __init__(self, client: Streams) -> None:
        """Take keys from ``client.stdin`` and show on ``client.stdout``."""
        self._client = client
        self.output = TerminalOutput(client.stdout)
        self.on_interrupt: Callable[[], None] | None = None
        self._lines = Pipe()
        self._line = b""
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Take no more keys."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def read(self, limit: int = -1) -> bytes:
        """Return what was typed, up to the end of a line; empty after the end-of-file key."""
        return await self._lines.read(limit)

    async def _run(self) -> None:
        while keys := await self._client.stdin.read():
            for index in range(len(keys)):
                await self._key(keys[index : index + 1])
        self._lines.close_writing()
        self._interrupt()

    async def _key(self, key: bytes) -> None:
        if key == _INTERRUPT:
            self._line = b""
            self._lines.clear()  # as a terminal without NOFLSH: typed ahead and interrupted is gone
            await self._client.stdout.write(b"^C")
            self._interrupt()
        elif key in {b"\r", b"\n"}:
            await self._client.stdout.write(b"\r\n")
            await self._lines.write(self._line + b"\n")
            self._line = b""
        elif key == _END:
            if self._line:
                await self._lines.write(self._line)
                self._line = b""
            else:
                self._lines.close_writing()
        elif key in _ERASE or key == _KILL_LINE:
            await self._erase(everything=key == _KILL_LINE)
        elif len(self._line) < _MAX_LINE:
            self._line += key
            await self._client.stdout.write(key if key >= b" " or key == b"\t" else b"^" + bytes([key[0] + 64]))

    async def _erase(self, *, everything: bool) -> None:
        text = self._line.decode("utf-8", "surrogateescape")
        gone = text if everything else text[-1:]
        self._line = text[: len(text) - len(gone)].encode("utf-8", "surrogateescape")
        width = sum(2 if ord(character) >= 0x1100 and ord(character) < 0xDC00 else 1 for character in gone)
        await self._client.stdout.write(b"\b \b" * width)

    def _interrupt(self) -> None:
        if self.on_interrupt is not None:
            self.on_interrupt()
