"""A shell that reads its commands: from a person at a terminal, or from a pipe."""

import asyncio
from collections.abc import Awaitable

from device_farm.virtual.adbd.terminal import Terminal
from device_farm.virtual.shell.language.builtins import LoopControl, ShellExit
from device_farm.virtual.shell.language.interpreter import INTERRUPTED_STATUS, Shell
from device_farm.virtual.shell.language.parser import parse
from device_farm.virtual.shell.language.syntax import Incomplete, Script, SyntaxProblem

_MAX_SCRIPT = 1 << 20


async def run_piped(shell: Shell) -> int:
    """Run commands from standard input as they come, without a prompt (``adb shell < file``)."""
    return await _read_and_run(shell, None)


async def run_interactive(shell: Shell, terminal: Terminal) -> int:
    """Run commands typed at a terminal, with prompts."""
    return await _read_and_run(shell, terminal)


async def run_on_terminal(shell: Shell, terminal: Terminal, script: str) -> int:
    """Run one script with a terminal (``adb shell -t COMMAND``); the interrupt key ends it."""
    return await _interruptible(shell.run(script), terminal)


async def _read_and_run(shell: Shell, terminal: Terminal | None) -> int:
    text = ""
    shell.name = "/system/bin/sh"
    while True:
        if terminal is not None:
            host = shell.lookup("HOSTNAME") or "localhost"
            await shell.streams.stdout.write((f"{host}:{shell.cwd} $ " if not text else "> ").encode())
        line = await _line(shell)
        text += line
        if not line and not text:
            return shell.status
        try:
            script = parse(text)
        except Incomplete as problem:
            if line and len(text) < _MAX_SCRIPT:
                continue
            await shell.complain(str(problem))
            return 1
        except SyntaxProblem as problem:
            await shell.report(problem)
            text = ""
            continue
        text = ""
        try:
            if terminal is None:
                await shell.run_parsed(script)
            elif await _interruptible(_as_status(shell, script), terminal) == INTERRUPTED_STATUS:
                shell.status = INTERRUPTED_STATUS
        except ShellExit as ending:
            return ending.status
        except LoopControl:
            pass
        except SyntaxProblem as problem:
            await shell.report(problem)


async def _as_status(shell: Shell, script: Script) -> int:
    await shell.run_parsed(script)
    return shell.status


async def _interruptible(work: Awaitable[int], terminal: Terminal) -> int:
    """Wait for ``work``; the interrupt key cancels it."""
    task = asyncio.ensure_future(work)
    terminal.on_interrupt = task.cancel  # type: ignore[assignment]  # its answer is of no interest
    try:
        await asyncio.wait({task})
        return INTERRUPTED_STATUS if task.cancelled() else task.result()
    finally:
        terminal.on_interrupt = None
        task.cancel()


async def _line(shell: Shell) -> str:
    """Read up to a newline, byte by byte, so that a command run from here can read what follows."""
    line = b""
    while not line.endswith(b"\n") and len(line) < _MAX_SCRIPT:
        byte = await shell.streams.stdin.read(1)
        if not byte:
            break
        line += byte
    return line.decode("utf-8", "surrogateescape")
