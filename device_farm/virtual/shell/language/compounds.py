"""Compound commands of the shell: if, for, while, until, case, groups and functions."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.language import syntax
from device_farm.virtual.shell.language.builtins import FunctionReturn, LoopControl
from device_farm.virtual.shell.language.expansion import expand_fields, expand_pattern, expand_text
from device_farm.virtual.shell.language.redirects import Streams
from device_farm.virtual.shell.toybox.basics import compare, unary
from device_farm.virtual.shell.toybox.toybox_options import UsageProblem

if TYPE_CHECKING:
    from device_farm.virtual.shell.language.interpreter import Shell

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


_MAX_DEPTH = 40
_PATTERNS = frozenset({"=", "==", "!="})
_NUMBERS = frozenset({"-eq", "-ne", "-lt", "-le", "-gt", "-ge"})


async def run_conditional(shell: Shell, command: syntax.Conditional) -> int:
    """Return 0 where the condition holds, 1 where not, 2 where it is none."""
    reader = _Reader(shell, command.items)
    try:
        holds = await reader.alternatives(live=True)
        if reader.rest:
            raise UsageProblem("unexpected operator/operand")
    except UsageProblem as problem:
        await shell.complain(f"[[: {problem}")
        return 2
    return int(not holds)


class _Reader:
    """Recursive descent over the items; what is not ``live`` is read without being expanded."""

    def __init__(self, shell: Shell, items: tuple[syntax.Word | str, ...]) -> None:
        self._shell, self.rest = shell, list(items[::-1])
        self._depth = 0

    async def alternatives(self, *, live: bool) -> bool:
        holds = await self._all(live=live)
        while self._take("||"):
            holds = await self._all(live=live and not holds) or holds
        return holds

    async def _all(self, *, live: bool) -> bool:
        holds = await self._one(live=live)
        while self._take("&&"):
            holds = await self._one(live=live and holds) and holds
        return holds

    async def _one(self, *, live: bool) -> bool:
        if self.rest and self.rest[-1] in {"!", "("}:
            return await self._nested(str(self.rest.pop()), live=live)
        first = self._word()
        operator = _plain(first)
        if operator.startswith("-") and len(operator) == 2 and self.rest and not isinstance(self.rest[-1], str):
            value = self._word()
            return live and unary(self._call(), operator, await expand_text(self._shell, value))
        return await self._comparison(first, live=live)

    async def _nested(self, operator: str, *, live: bool) -> bool:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise UsageProblem("nested too deeply")
        holds = not await self._one(live=live) if operator == "!" else await self.alternatives(live=live)
        if operator == "(" and not self._take(")"):
            raise UsageProblem("missing )")
        self._depth -= 1
        return holds

    async def _comparison(self, left: syntax.Word, *, live: bool) -> bool:
        following = self.rest[-1] if self.rest else ""
        operator = following if isinstance(following, str) else _plain(following)
        if operator not in _PATTERNS | _NUMBERS | {"<", ">"}:
            return live and bool(await expand_text(self._shell, left))
        self.rest.pop()
        right = self._word()
        if not live:
            return False
        value = await expand_text(self._shell, left)
        if operator in _PATTERNS:
            found = (await expand_pattern(self._shell, right)).fullmatch(value) is not None
            return found != (operator == "!=")
        return compare(value, operator, await expand_text(self._shell, right))

    def _word(self) -> syntax.Word:
        if not self.rest or isinstance(self.rest[-1], str):
            raise UsageProblem("unexpected operator/operand" if self.rest else "missing expression")
        word = self.rest.pop()
        assert not isinstance(word, str)
        return word

    def _take(self, operator: str) -> bool:
        if not self.rest or self.rest[-1] != operator:
            return False
        self.rest.pop()
        return True

    def _call(self) -> Call:
        shell = self._shell
        return Call(shell.device, "[[", [], *shell.streams, cwd=shell.cwd, uid=shell.uid, commands=shell.commands)


def _plain(word: syntax.Word) -> str:
    """Text of an unquoted word, empty for any other."""
    only = word[0] if len(word) == 1 else None
    return only.text if isinstance(only, syntax.Literal) and not only.quoted else ""
