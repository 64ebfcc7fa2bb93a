"""Compound commands of the shell: if, for, while, until and groups."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from device_farm.virtual.shell.language import syntax
from device_farm.virtual.shell.language.builtins import LoopControl
from device_farm.virtual.shell.language.expansion import expand_fields

if TYPE_CHECKING:
    from device_farm.virtual.shell.language.interpreter import Shell


async def run_compound(shell: Shell, command: syntax.CompoundCommand) -> int:
    """Run a compound command and return its exit code."""
    if isinstance(command, syntax.If):
        return await _if(shell, command)
    if isinstance(command, syntax.For):
        return await _for(shell, command)
    if isinstance(command, syntax.Loop):
        return await _loop(shell, command)
    if command.subshell:
        return await shell.child(shell.streams).run_inner(command.body)
    await shell.run_parsed(command.body)
    return shell.status


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
