"""``$((...))``: integer arithmetic of 64 bits with C's operators, as mksh does it."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING

from device_farm.virtual.shell.language.syntax import SyntaxProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TOKEN = re.compile(r"\s*(0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%<>&|^~!()?:])")
_LEVELS: tuple[dict[str, Callable[[int, int], int]], ...] = (
    {"||": lambda a, b: int(bool(a or b))},
    {"&&": lambda a, b: int(bool(a and b))},
    {"|": operator.or_},
    {"^": operator.xor},
    {"&": operator.and_},
    {"==": lambda a, b: int(a == b), "!=": lambda a, b: int(a != b)},
    {"<=": lambda a, b: int(a <= b), ">=": lambda a, b: int(a >= b), "<": lambda a, b: int(a < b),
     ">": lambda a, b: int(a > b)},
    {"<<": lambda a, b: a << (b & 63), ">>": lambda a, b: a >> (b & 63)},
    {"+": operator.add, "-": operator.sub},
    {"*": operator.mul, "/": lambda a, b: _divide(a, b), "%": lambda a, b: a - b * _divide(a, b)},
)  # fmt: skip


def evaluate(expression: str, variables: Mapping[str, str]) -> int:
    """Return the value; raises SyntaxProblem with mksh's text."""
    tokens: list[str] = []
    position = 0
    expression = expression.strip() or "0"
    while position < len(expression):
        match = _TOKEN.match(expression, position)
        if match is None or len(tokens) > 500:
            raise SyntaxProblem(f"{expression}: unexpected '{expression[position:].strip()}'")
        tokens.append(match[1])
        position = match.end()
    reader = _Reader(tokens, variables)
    value = reader.choice(0)
    if reader.tokens:
        raise SyntaxProblem(f"{expression}: unexpected '{reader.tokens[-1]}'")
    return value


class _Reader:
    def __init__(self, tokens: list[str], variables: Mapping[str, str]) -> None:
        self.tokens = tokens[::-1]
        self._variables = variables

    def choice(self, depth: int) -> int:
        value = self._binary(0, depth)
        if not self._take("?"):
            return value
        yes = self.choice(depth + 1)
        if not self._take(":"):
            raise SyntaxProblem("missing ':'")
        no = self.choice(depth + 1)
        return yes if value else no

    def _binary(self, level: int, depth: int) -> int:
        if level == len(_LEVELS):
            return self._unary(depth)
        value = self._binary(level + 1, depth)
        while self.tokens and (function := _LEVELS[level].get(self.tokens[-1])) is not None:
            self.tokens.pop()
            value = _wrap(function(value, self._binary(level + 1, depth)))
        return value

    def _unary(self, depth: int) -> int:
        if depth > 20 or not self.tokens:
            raise SyntaxProblem("unexpected end of expression")
        token = self.tokens.pop()
        if token in {"-", "+", "!", "~"}:
            value = self._unary(depth + 1)
            return {"-": -value, "+": value, "!": int(not value), "~": ~value}[token]
        if token == "(":
            value = self.choice(depth + 1)
            if not self._take(")"):
                raise SyntaxProblem("missing )")
            return value
        return _wrap(_number(self._variables.get(token, "0") if token[0].isalpha() or token[0] == "_" else token))

    def _take(self, token: str) -> bool:
        if not self.tokens or self.tokens[-1] != token:
            return False
        self.tokens.pop()
        return True


def _number(text: str) -> int:
    text = text.strip()[:40] or "0"
    try:
        return int(text, 16) if text.lower().startswith("0x") else int(text)
    except ValueError:
        raise SyntaxProblem(f"{text}: bad number") from None


def _divide(a: int, b: int) -> int:
    if not b:
        raise SyntaxProblem("zero divisor")
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


def _wrap(value: int) -> int:
    return (value + (1 << 63)) % (1 << 64) - (1 << 63)
