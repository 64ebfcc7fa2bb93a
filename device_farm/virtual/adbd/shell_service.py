"""The shell:, exec: and abb services (packages/modules/adb/daemon/shell_service.cpp, services.cpp ShellService)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.adbd.shell_frames import STDERR, STDOUT, FramedInput, FramedOutput, exit_frame
from device_farm.virtual.adbd.terminal import Terminal
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.execute import execute
from device_farm.virtual.shell.interactive import run_interactive, run_on_terminal, run_piped
from device_farm.virtual.shell.interpreter import ENVIRONMENT, Shell
from device_farm.virtual.shell.redirects import Streams
from device_farm.virtual.shell.registry import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from device_farm.virtual.adbd.stream import Stream
    from device_farm.virtual.device import VirtualDevice

    Service = Callable[[Stream], Awaitable[None]]


def shell(device: VirtualDevice, name: str) -> Service | None:
    """Serve ``shell[,v2][,raw|,pty][,TERM=..]:[command]``; unknown arguments are ignored, as adbd does."""
    head, colon, script = name.partition(":")
    if not colon:
        return None
    arguments = head.split(",")[1:]
    terminal_name = next((a.removeprefix("TERM=") for a in arguments if a.startswith("TERM=")), "dumb")
    pty = "pty" in arguments or (not script and "raw" not in arguments)
    v2 = "v2" in arguments

    async def serve(stream: Stream) -> None:
        streams = _framed(stream) if v2 else Streams(stream, stream, stream)
        if pty:
            status = await _on_terminal(device, streams, script, terminal_name)
        else:
            runner = _shell(device, streams, terminal_name)
            status = await (runner.run(script) if script else run_piped(runner))
        if v2:
            await stream.write(exit_frame(status))

    return serve


def run_line(device: VirtualDevice, script: str) -> Service | None:
    """Serve ``exec:command``: raw, standard error among standard output, no exit code."""
    if not script:
        return None

    async def serve(stream: Stream) -> None:
        await _shell(device, Streams(stream, stream, stream), "dumb").run(script)

    return serve


def run_words(device: VirtualDevice, words: list[str], *, v2: bool) -> Service:
    """Serve one command given as words, without a shell."""

    async def serve(stream: Stream) -> None:
        streams = _framed(stream) if v2 else Streams(stream, stream, stream)
        call = Call(device, words[0], words[1:], *streams, env=dict(ENVIRONMENT), commands=COMMANDS)
        status = await execute(call)
        if v2:
            await stream.write(exit_frame(status))

    return serve


def _framed(stream: Stream) -> Streams:
    return Streams(FramedInput(stream), FramedOutput(stream, STDOUT), FramedOutput(stream, STDERR))


def _shell(device: VirtualDevice, streams: Streams, terminal_name: str) -> Shell:
    runner = Shell(device, streams, commands=COMMANDS)
    runner.variables["TERM"] = terminal_name
    runner.exported.add("TERM")
    return runner


async def _on_terminal(device: VirtualDevice, streams: Streams, script: str, terminal_name: str) -> int:
    terminal = Terminal(streams)
    runner = _shell(device, Streams(terminal, terminal.output, terminal.output), terminal_name)
    try:
        terminal.start()
        return await (run_on_terminal(runner, terminal, script) if script else run_interactive(runner, terminal))
    finally:
        await terminal.stop()
