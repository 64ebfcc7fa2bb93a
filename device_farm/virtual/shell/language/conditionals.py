"""``[[ ... ]]`` of mksh: its words are neither split nor file patterns, the right side of ``=`` is a pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.language import syntax
from device_farm.virtual.shell.language.expansion import expand_pattern, expand_text
from device_farm.virtual.shell.toybox.basics import compare, unary
from device_farm.virtual.shell.toybox.toybox_options import UsageProblem

if TYPE_CHECKING:
    from device_farm.virtual.shell.language.interpreter import Shell

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
