"""The call of a shell command: its arguments, its streams and the device."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.kernel.device_clock import zone


class Input(Protocol):
    """Standard input of a command."""

    async def read(self, limit: int = -1) -> bytes:
        """Return some bytes (at most ``limit``), waiting for them; empty at the end."""


class Output(Protocol):
    """Standard output or error of a command; ``write`` waits while the peer is slow."""

    async def write(self, data: bytes) -> None:
        """Send bytes; raises BrokenPipeError once nobody reads any more."""


def is_terminal(stream: Input | Output) -> bool:
    """Whether a stream of a command is a terminal (isatty)."""
    return bool(getattr(stream, "is_terminal", False))


@dataclass(slots=True)
class Call:
    """One invocation of one command. ``args`` is without the command's own name.

    The command is cancelled (asyncio.CancelledError) when the client closes the stream.
    """

    device: VirtualDevice
    name: str
    args: list[str]
    stdin: Input
    stdout: Output
    stderr: Output
    env: dict[str, str] = field(default_factory=dict)
    cwd: str = "/"
    uid: int = 2000
    parent_pid: int = 904  # of the shell that runs it; adbd's where there is none
    pid: int = 0
    commands: Mapping[str, Command] = field(default_factory=dict)  # what else can be run (xargs, timeout, toybox X)

    async def print(self, text: str = "", end: str = "\n") -> None:
        """Write text and a newline to standard output."""
        await self.stdout.write((text + end).encode("utf-8", "surrogateescape"))

    async def error(self, text: str) -> None:
        """Write a line to standard error."""
        await self.stderr.write((text + "\n").encode("utf-8", "surrogateescape"))

    async def not_modelled(self, what: str | None = None) -> int:
        """Refuse by name what this device does not model, and remember it for ``ctl unmodelled``."""
        command = what or " ".join([self.name, *self.args])
        self.device.unmodelled.add(command)
        await self.error(f"virtual: not modelled: {command}")
        return 127


Command = Callable[[Call], Awaitable[int]]
"""A shell command: takes a call, returns its exit code."""


def local(device: VirtualDevice, wall: float) -> datetime:
    """Wall time of the device as a date; times beyond the calendar are its ends."""
    return datetime.fromtimestamp(min(max(wall, 0.0), 32503680000.0), zone(device))
