"""The shell:, exec: and abb services (packages/modules/adb/daemon/shell_service.cpp, services.cpp ShellService)."""

import asyncio
import struct
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from device_farm.virtual.adbd import security_log
from device_farm.virtual.adbd.packet import MAX_PAYLOAD
from device_farm.virtual.adbd.stream import Stream
from device_farm.virtual.adbd.terminal import RawTerminal, Terminal
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.kernel.file_nodes import SHELL
from device_farm.virtual.kernel.procfs import ADBD_PID
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.language.execute import execute
from device_farm.virtual.shell.language.interactive import run_interactive, run_on_terminal, run_piped
from device_farm.virtual.shell.language.interpreter import ENVIRONMENT, SIGPIPE_STATUS, Shell
from device_farm.virtual.shell.language.redirects import Streams
from device_farm.virtual.shell.process_table import SIGNALS, ShellProcess
from device_farm.virtual.shell.registry import COMMANDS

Service = Callable[[Stream], Awaitable[None]]


def shell(device: VirtualDevice, name: str) -> Service | None:
    """Serve ``shell[,v2][,raw|,pty][,TERM=..]:[command]``; unknown arguments are ignored, as adbd does."""
    head, colon, script = name.removeprefix("shell").partition(":")
    if not colon:
        return None
    arguments = head.split(",")
    terminal_name = next((a.removeprefix("TERM=") for a in arguments if a.startswith("TERM=")), "dumb")
    pty = "pty" in arguments or (not script and "raw" not in arguments)
    v2 = "v2" in arguments

    async def serve(stream: Stream) -> None:
        streams = _framed(stream) if v2 else _merged(stream)
        if pty:
            status = await _on_terminal(device, streams, script, terminal_name)
        else:
            status = await _as_process(*_shell(device, streams, terminal_name, script))
        if v2:
            await stream.write(exit_frame(status))

    return serve


async def run_script(device: VirtualDevice, streams: Streams, script: str) -> int:
    """Run ``script`` as ``shell,v2:`` does, on streams of the caller's; the exit code."""
    return await _as_process(*_shell(device, streams, "dumb", script))


def run_line(device: VirtualDevice, script: str) -> Service | None:
    """Serve ``exec:command``: raw, standard error among standard output, no exit code; a shell without a command."""

    async def serve(stream: Stream) -> None:
        await _as_process(*_shell(device, _merged(stream), "dumb", script))

    return serve


def run_words(device: VirtualDevice, words: list[str], *, v2: bool) -> Service:
    """Serve one command given as words, without a shell."""

    async def serve(stream: Stream) -> None:
        streams = _framed(stream) if v2 else _merged(stream)
        call = Call(device, words[0], words[1:], *streams, env=dict(ENVIRONMENT), commands=COMMANDS)
        status = await execute(call)
        if v2:
            await stream.write(exit_frame(status))

    return serve


def _framed(stream: Stream) -> Streams:
    return Streams(FramedInput(stream), FramedOutput(stream, STDOUT), FramedOutput(stream, STDERR))


def _merged(stream: Stream) -> Streams:
    """Make the streams without the shell protocol: a terminal in raw mode, on which both outputs are one."""
    terminal = RawTerminal(stream)
    return Streams(terminal, terminal, terminal)


def _shell(
    device: VirtualDevice, streams: Streams, terminal_name: str, script: str, terminal: Terminal | None = None
) -> tuple[Shell, ShellProcess, Coroutine[Any, Any, int]]:
    """Make a shell, its process, and what it is to do: ``script``, or what it reads."""
    security_log.write_command(device, script)
    words = ("/system/bin/sh", *(("-c", script) if script else ("-",)))
    process = device.shell_processes.new(words, parent=ADBD_PID, uid=SHELL)
    runner = Shell(device, streams, commands=COMMANDS, pid=process.pid)
    runner.variables["TERM"] = terminal_name
    runner.exported.add("TERM")
    process.handler = runner.traps.signal
    if terminal is not None:
        work = run_on_terminal(runner, terminal, script) if script else run_interactive(runner, terminal)
    else:
        work = runner.run(script) if script else run_piped(runner)
    return runner, process, work


async def _as_process(runner: Shell, process: ShellProcess, work: Coroutine[Any, Any, int]) -> int:
    """Run a shell until it ends. When the client leaves it gets SIGHUP, its end unless it has an action for that."""
    task = runner.device.shell_processes.start(process, _to_its_end(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not runner.traps.signal(SIGNALS["HUP"]):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        raise


async def _to_its_end(work: Coroutine[Any, Any, int]) -> int:
    try:
        return await work
    except BrokenPipeError:  # nobody reads any more
        return SIGPIPE_STATUS


async def _on_terminal(device: VirtualDevice, streams: Streams, script: str, terminal_name: str) -> int:
    terminal = Terminal(streams)
    own = Streams(terminal, terminal.output, terminal.output)
    try:
        terminal.start()
        return await _as_process(*_shell(device, own, terminal_name, script, terminal))
    finally:
        await terminal.stop()


STDIN, STDOUT, STDERR, EXIT, CLOSE_STDIN, WINDOW_SIZE = range(6)
_FRAME = struct.Struct("<BI")
_PIECE = MAX_PAYLOAD - _FRAME.size


class FramedOutput:
    """Standard output or error: everything written goes out in packets of one id."""

    def __init__(self, stream: Stream, identity: int) -> None:
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
    return _FRAME.pack(EXIT, 1) + bytes([status & 0xFF])


class FramedInput:
    """Standard input: what the peer sends as stdin packets, read when a command wants it."""

    def __init__(self, stream: Stream) -> None:
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
