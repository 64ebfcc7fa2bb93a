"""Redirects: which streams a command gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from device_farm.virtual.kernel.file_nodes import absolute
from device_farm.virtual.shell.call import Input, Output
from device_farm.virtual.shell.input_files import open_file
from device_farm.virtual.shell.language.expansion import expand_text
from device_farm.virtual.shell.language.syntax import Redirect
from device_farm.virtual.shell.pipes import FileOutput, Nothing

if TYPE_CHECKING:
    from device_farm.virtual.shell.language.interpreter import Shell

NOTHING = Nothing()


class RedirectProblem(Exception):
    """A redirect cannot be done; the text is mksh's."""


class Streams(NamedTuple):
    """Standard input, output and error of a command."""

    stdin: Input
    stdout: Output
    stderr: Output


async def redirected(shell: Shell, redirects: tuple[Redirect, ...]) -> Streams:
    """Apply redirects, in order, to the present streams of ``shell``; raises RedirectProblem."""
    stdin, outputs = shell.streams.stdin, {1: shell.streams.stdout, 2: shell.streams.stderr}
    for redirect in redirects:
        target = await expand_text(shell, redirect.target)
        if redirect.operator == ">&" and redirect.descriptor in outputs:
            outputs[redirect.descriptor] = _duplicate(target, outputs)
        elif redirect.operator in {">", ">>"} and redirect.descriptor in outputs:
            outputs[redirect.descriptor] = _create(shell, target, append=redirect.operator == ">>")
        elif redirect.operator == "<" and redirect.descriptor == 0:
            stdin = _open(shell, target)
        elif redirect.operator == "<&" and target == "-":
            stdin = NOTHING
        else:
            refused = f"{redirect.descriptor}{redirect.operator}{target}"
            shell.device.unmodelled.add(f"sh: {refused}")
            raise RedirectProblem(f"virtual: not modelled: {refused}")
    return Streams(stdin, outputs[1], outputs[2])


def _duplicate(target: str, outputs: dict[int, Output]) -> Output:
    if target == "-":
        return NOTHING
    if target not in {"1", "2"}:
        raise RedirectProblem(f"{target}: bad file descriptor")
    return outputs[int(target)]


def _create(shell: Shell, target: str, *, append: bool) -> Output:
    try:
        path = absolute(target, shell.cwd)
        return FileOutput(shell.device.files.open(path, append=append, mode=0o666, uid=shell.uid))
    except OSError as error:
        raise RedirectProblem(f"can't create {target}: {error.strerror}") from error


def _open(shell: Shell, target: str) -> Input:
    try:
        return open_file(shell.device.files, absolute(target, shell.cwd), shell.uid)
    except OSError as error:
        raise RedirectProblem(f"can't open {target}: {error.strerror}") from error
