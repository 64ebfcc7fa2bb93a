"""Reads the input of commands, from named files or standard input, as bytes or line by line."""

from collections.abc import AsyncIterator, Callable

from device_farm.virtual.kernel.file_nodes import absolute, normalise
from device_farm.virtual.kernel.file_system import FileSystem
from device_farm.virtual.shell.call import Call, Input
from device_farm.virtual.shell.pipes import FileInput, Noise, Zeros

MAX_LINE = 4 << 20  # a longer line is handled in pieces
MAX_WHOLE = 64 << 20  # of standard input that a command must have whole (sort, tail of a pipe)


class InputTooLong(OSError):
    """Standard input is larger than what is kept for a command that needs all of it."""


def path_of(call: Call, name: str) -> str:
    """Absolute path of an argument."""
    return absolute(name, call.cwd)


_DEVICES: dict[str, Callable[[], Input]] = {"/dev/zero": Zeros, "/dev/urandom": Noise, "/dev/random": Noise}


def open_file(files: FileSystem, path: str, uid: int) -> Input:
    """Open a file or a character device for reading; raises OSError."""
    device = _DEVICES.get(normalise(path))
    return device() if device is not None else FileInput(files.reader(path, uid=uid))


async def open_inputs(call: Call, names: list[str]) -> tuple[list[tuple[str, Input]], bool]:
    """Open the files ``names`` (none, or ``-``: standard input); say which fail, and return whether one did."""
    opened: list[tuple[str, Input]] = []
    failed = False
    for name in names or ["-"]:
        if name == "-":
            opened.append(("-", call.stdin))
            continue
        try:
            opened.append((name, open_file(call.device.files, path_of(call, name), call.uid)))
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
