"""Commands that change the shell itself: cd, export, exec, exit, read and the like."""

from __future__ import annotations

import asyncio
import errno
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from device_farm.virtual.kernel.file_nodes import normalise
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.language.execute import find
from device_farm.virtual.shell.language.parser import parse
from device_farm.virtual.shell.language.redirects import Streams
from device_farm.virtual.shell.process_table import NAMES, SIGNALS, signal_number

if TYPE_CHECKING:
    from device_farm.virtual.shell.language.interpreter import Shell

    Builtin = Callable[[Shell, list[str], Streams], Awaitable[int]]

# builtins of mksh that are refused by name instead of being said not to exist
_NOT_MODELLED = (
    ".", "alias", "bg", "bind", "builtin", "fc", "fg", "getopts", "hash", "jobs", "let", "local", "mknod", "print", "readonly",
    "rename", "return", "select", "source", "suspend", "times", "type", "typeset", "ulimit", "unalias", "whence",
)  # fmt: skip


class ShellExit(Exception):
    """``exit``: ends the shell."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class LoopControl(Exception):
    """``break`` or ``continue`` out of ``levels`` loops."""

    def __init__(self, levels: int, *, leave: bool) -> None:
        """``leave`` is True for break."""
        super().__init__(levels)
        self.levels, self.leave = levels, leave


async def _cd(shell: Shell, args: list[str], streams: Streams) -> int:
    target = args[0] if args else shell.variables.get("HOME", "/")
    if target == "-":
        target = shell.variables.get("OLDPWD", shell.cwd)
        await streams.stdout.write(f"{target}\n".encode("utf-8", "surrogateescape"))
    path = normalise(target, shell.cwd)
    try:
        if not shell.device.files.stat(path).is_dir:
            raise OSError(errno.ENOTDIR, "Not a directory")
    except OSError as error:
        await shell.complain(f"cd: {target}: {error.strerror}")
        return 2
    shell.variables["OLDPWD"], shell.cwd = shell.cwd, path
    return 0


async def _export(shell: Shell, args: list[str], streams: Streams) -> int:
    if not args or args == ["-p"]:
        lines = [f"export {name}={shell.variables.get(name, '')}\n" for name in sorted(shell.exported)]
        await streams.stdout.write("".join(lines).encode("utf-8", "surrogateescape"))
    for argument in args:
        name, equals, value = argument.partition("=")
        if equals:
            shell.variables[name] = value
        shell.exported.add(name)
    return 0


async def _unset(shell: Shell, args: list[str], streams: Streams) -> int:
    for name in args:
        shell.variables.pop(name, None)
        shell.exported.discard(name)
    return 0


async def _exec(shell: Shell, args: list[str], streams: Streams) -> int:
    if not args:
        shell.streams = streams
        return 0
    process = shell.device.shell_processes.alive.get(shell.pid)
    if process is not None:  # a signal meets the command that it has become
        process.handler, process.replaced = None, True
    raise ShellExit(await shell.execute(args, streams))


async def _exit(shell: Shell, args: list[str], streams: Streams) -> int:
    raise ShellExit(_status(args[0]) if args else shell.status)


async def _set(shell: Shell, args: list[str], streams: Streams) -> int:
    """``set -- PARAMETER ...``."""
    if args[:1] != ["--"]:
        return await _refuse(f"set {' '.join(args)}".rstrip())(shell, args, streams)
    shell.parameters = args[1:]
    return 0


async def _trap(shell: Shell, args: list[str], streams: Streams) -> int:
    """``trap [ACTION SIGNAL ...]``; ``-`` or a signal first takes the action away, an empty action ignores."""
    words = args[1:] if args[:1] == ["--"] else args
    if not words:
        await streams.stdout.write(shell.traps.listing().encode("utf-8", "surrogateescape"))
        return 0
    reset = words[0] == "-" or shell.traps.name(words[0]) is not None
    status = 0
    for text in words[1:] if words[0] == "-" or not reset else words:
        name = shell.traps.name(text)
        if name is None:
            await shell.complain(f"trap: bad signal '{text}'")
            status = 1
        elif reset:
            shell.traps.actions.pop(name, None)
        else:
            shell.traps.actions[name] = words[0]
    return status


async def _shift(shell: Shell, args: list[str], streams: Streams) -> int:
    count = _status(args[0]) if args else 1
    if count > len(shell.parameters):
        await shell.complain("shift: nothing to shift")
        return 1
    del shell.parameters[:count]
    return 0


async def _nothing(shell: Shell, args: list[str], streams: Streams) -> int:
    return 0


async def _break(shell: Shell, args: list[str], streams: Streams) -> int:
    raise LoopControl(_status(args[0]) if args else 1, leave=True)


async def _continue(shell: Shell, args: list[str], streams: Streams) -> int:
    raise LoopControl(_status(args[0]) if args else 1, leave=False)


async def _eval(shell: Shell, args: list[str], streams: Streams) -> int:
    await shell.run_parsed(parse(" ".join(args)))
    return shell.status


async def _wait(shell: Shell, args: list[str], streams: Streams) -> int:
    wanted = [int(text) for text in args if text.isdigit()] or list(shell.jobs)
    jobs = [asyncio.shield(shell.jobs[pid]) for pid in wanted if pid in shell.jobs]
    if args and len(jobs) < len(wanted):
        return 127
    try:
        results = await shell.traps.interruptible(asyncio.gather(*jobs, return_exceptions=True)) if jobs else []
    except Signalled as signalled:
        return signalled.status
    return results[-1] if args and results and isinstance(results[-1], int) else 0


async def _read(shell: Shell, args: list[str], streams: Streams) -> int:
    names = [argument for argument in args if not argument.startswith("-")] or ["REPLY"]
    line = b""
    while not line.endswith(b"\n") and len(line) < 65536:
        try:
            byte = await shell.traps.interruptible(asyncio.ensure_future(streams.stdin.read(1)))
        except Signalled as signalled:
            return signalled.status
        if not byte:
            break
        line += byte
    text = line.decode("utf-8", "surrogateescape").rstrip("\n")
    values = text.split(None, len(names) - 1)
    for number, name in enumerate(names):
        shell.variables[name] = values[number].strip() if number < len(values) else ""
    return 0 if line.endswith(b"\n") else 1


async def _command(shell: Shell, args: list[str], streams: Streams) -> int:
    """``command -v NAME`` and ``command NAME ARGS``."""
    if args[:1] not in (["-v"], ["-V"]):
        return await shell.execute([a for a in args if a != "-p"], streams) if args else 0
    call = Call(shell.device, "command", args, *streams, commands=shell.commands)
    for name in args[1:]:
        if name in BUILTINS:
            await call.print(name)
        elif find(call, name) is not None:
            await call.print(name if "/" in name else f"/system/bin/{name}")
        else:
            return 1
    return 0


def _refuse(name: str) -> Builtin:
    async def refuse(shell: Shell, args: list[str], streams: Streams) -> int:
        shell.device.unmodelled.add(f"sh: {name}")
        await shell.complain(f"virtual: not modelled: {name}")
        return 127

    return refuse


def _status(text: str) -> int:
    return int(text) & 0xFF if text.lstrip("-").isdigit() else 1


BUILTINS: dict[str, Builtin] = {
    ":": _nothing, "break": _break, "cd": _cd, "command": _command,
    "continue": _continue, "eval": _eval, "exec": _exec, "exit": _exit, "export": _export, "read": _read,
    "set": _set, "shift": _shift, "trap": _trap, "umask": _nothing, "unset": _unset, "wait": _wait,
    **{name: _refuse(name) for name in _NOT_MODELLED},
}  # fmt: skip


EXIT = "EXIT"
_Result = TypeVar("_Result")


class Signalled(Exception):
    """A signal with an action came while a builtin waited; ``status`` is what the builtin returns then."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Traps:
    """The actions of one shell."""

    def __init__(self) -> None:
        self.actions: dict[str, str] = {}
        self.pending: deque[str] = deque()
        self._arrived = asyncio.Event()

    @staticmethod
    def name(text: str) -> str | None:
        """Name that ``trap`` prints for ``HUP``, ``SIGHUP``, ``1``, ``EXIT`` or ``0``; None for what is no signal."""
        number = 0 if text.upper() == EXIT else signal_number(text)
        return None if number is None else EXIT if number == 0 else NAMES[number]

    def signal(self, number: int) -> bool:
        """Take a signal; False where no action is set for it. An empty action ignores it."""
        action = self.actions.get(NAMES.get(number, ""))
        if action:
            self.pending.append(NAMES[number])
            self._arrived.set()
        return action is not None

    async def interruptible(self, work: asyncio.Future[_Result]) -> _Result:
        """Wait for ``work``; raises Signalled when a signal with an action comes first."""
        self._arrived.clear()
        arrival = asyncio.ensure_future(self._arrived.wait())
        either: set[asyncio.Future[object]] = {work, arrival}  # type: ignore[arg-type]  # Future is invariant
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise Signalled(128 + SIGNALS.get(self.pending[0], 0) if self.pending else 128)
            return work.result()
        finally:
            arrival.cancel()
            work.cancel()

    def listing(self) -> str:
        """Print as ``trap`` without arguments does."""
        order = [EXIT, *SIGNALS]
        return "".join(
            "trap -- '{}' {}\n".format(self.actions[name].replace("'", "'\\''"), name) for name in sorted(self.actions, key=order.index)
        )
