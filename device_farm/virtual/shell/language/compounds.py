"""Compound commands of the shell: if, for, while, until, case, groups and functions."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from device_farm.virtual.shell.language import syntax
from device_farm.virtual.shell.language.builtins import FunctionReturn, LoopControl
from device_farm.virtual.shell.language.conditionals import run_conditional
from device_farm.virtual.shell.language.expansion import expand_fields, expand_pattern, expand_text

if TYPE_CHECKING:
    from device_farm.virtual.shell.language.interpreter import Shell
    from device_farm.virtual.shell.language.redirects import Streams

_MAX_CALLS = 40  # functions in functions; Python's own stack stays far away


async def run_compound(shell: Shell, command: syntax.CompoundCommand) -> int:
    """Run a compound command and return its exit code."""
    if isinstance(command, syntax.If):
        return await _if(shell, command)
    if isinstance(command, syntax.For):
        return await _for(shell, command)
    if isinstance(command, syntax.Loop):
        return await _loop(shell, command)
    if isinstance(command, syntax.Case):
        return await _case(shell, command)
    if isinstance(command, syntax.Conditional):
        return await run_conditional(shell, command)
    if command.subshell:
        return await shell.child(shell.streams).run_inner(command.body)
    await shell.run_parsed(command.body)
    return shell.status


async def call_function(shell: Shell, body: syntax.Compound, words: list[str], streams: Streams) -> int:
    """Run a function with its own parameters, streams and ``local`` variables."""
    if len(shell.frames) >= _MAX_CALLS:
        raise syntax.UnmodelledSyntax(f"functions nested deeper than {_MAX_CALLS}")
    outer_parameters, outer_streams = shell.parameters, shell.streams
    shell.parameters, shell.streams = words[1:], streams
    frame: dict[str, str | None] = {}
    shell.frames.append(frame)
    try:
        return await shell.run_command(body)
    except FunctionReturn as ending:
        return ending.status
    finally:
        shell.frames.pop()
        shell.parameters, shell.streams = outer_parameters, outer_streams
        for name, value in frame.items():
            if value is None:
                shell.variables.pop(name, None)
            else:
                shell.variables[name] = value


async def _if(shell: Shell, command: syntax.If) -> int:
    for condition, body in command.branches:
        if await _holds(shell, condition):
            await shell.run_parsed(body)
            return shell.status
    shell.status = 0
    await shell.run_parsed(command.otherwise)
    return shell.status


async def _for(shell: Shell, command: syntax.For) -> int:
    if command.words is None:
        values = list(shell.parameters)
    else:
        values = [field for word in command.words for field in await expand_fields(shell, word)]
    shell.status = 0
    for value in values:
        shell.variables[command.name] = value
        if await _turn(shell, command.body):
            break
    return shell.status


async def _loop(shell: Shell, command: syntax.Loop) -> int:
    status = 0
    while await _holds(shell, command.condition) != command.until:
        if await _turn(shell, command.body):
            return shell.status
        status = shell.status
    return status


async def _holds(shell: Shell, condition: syntax.Script) -> bool:
    """Whether a condition is met; a failure in it never ends a shell with ``set -e``."""
    with shell.tested():
        await shell.run_parsed(condition)
    return shell.status == 0


async def _turn(shell: Shell, body: syntax.Script) -> bool:
    """Run the body of a loop once; True to leave the loop."""
    await asyncio.sleep(0)  # a busy loop must not stop the device
    try:
        await shell.run_parsed(body)
    except LoopControl as control:
        control.levels -= 1
        if control.levels > 0:
            raise
        return control.leave
    return False


async def _case(shell: Shell, command: syntax.Case) -> int:
    value = await expand_text(shell, command.word)
    for patterns, body in command.arms:
        for pattern in patterns:
            if (await expand_pattern(shell, pattern)).fullmatch(value):
                shell.status = 0
                await shell.run_parsed(body)
                return shell.status
    return 0
