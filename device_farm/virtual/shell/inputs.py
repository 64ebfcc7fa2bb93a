"""What commands read: named files or standard input, as bytes or line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.file_nodes import absolute
from device_farm.virtual.shell.pipes import FileInput

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from device_farm.virtual.shell.call import Call, Input

MAX_LINE = 4 << 20  # a longer line is handled in pieces
MAX_WHOLE = 64 << 20  # of standard input that a command must have whole (sort, tail of a pipe)


class InputTooLong(OSError):
    """Standard input is larger than what is kept for a command that needs all of it."""


def path_of(call: Call, name: str) -> str:
    """Absolute path of an argument."""
    return absolute(name, call.cwd)


async def open_inputs(call: Call, names: list[str]) -> tuple[list[tuple[str, Input]], bool]:
    """Open the files ``names`` (none, or ``-``: standard input); say which fail, and return whether one did."""
    opened: list[tuple[str, Input]] = []
    failed = False
    for name in names or ["-"]:
        if name == "-":
            opened.append(("-", call.stdin))
            continue
        try:
            opened.append((name, FileInput(call.device.files.read(path_of(call, name), uid=call.uid))))
        except OSError as error:
            await call.error(f"{call.name}: {name}: {error.strerror}")
            failed = True
    return opened, failed


async def whole(source: Input) -> bytes:
    """Read to the end; raises InputTooLong beyond the bound."""
    data = bytearray()
    while chunk := await source.read():
        data += chunk
        if len(data) > MAX_WHOLE:
            raise InputTooLong(12, "Cannot allocate memory")
    return bytes(data)


async def line_batches(source: Input) -> AsyncIterator[list[bytes]]:
    """Lines without their newline, as many at a time as have arrived."""
    rest = b""
    while chunk := await source.read():
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > MAX_LINE:
            lines.append(rest)
            rest = b""
        if lines:
            yield lines
    if rest:
        yield [rest]
