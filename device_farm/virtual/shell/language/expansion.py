"""Words to text: variables, command substitution, arithmetic, field splitting and file patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.shell.language import arithmetic
from device_farm.virtual.shell.language.patterns import is_pattern, matching_paths, translate
from device_farm.virtual.shell.language.syntax import Arithmetic, Literal, SyntaxProblem, UnmodelledSyntax, Variable

if TYPE_CHECKING:
    import re

    from device_farm.virtual.shell.language.interpreter import Shell
    from device_farm.virtual.shell.language.patterns import Fragment
    from device_farm.virtual.shell.language.syntax import Part, Word

_MAX_TEXT = 4 << 20


async def expand_fields(shell: Shell, word: Word) -> list[str]:
    """Expand to any number of fields, as the words of a command are."""
    fields: list[list[Fragment]] = [[]]
    for part in _with_home(shell, word):
        if isinstance(part, Literal):
            fields[-1].append((part.text, part.quoted))
        elif part.quoted and isinstance(part, Variable) and part.name == "@":
            for number, parameter in enumerate(shell.parameters):
                if number:
                    fields.append([])
                fields[-1].append((parameter, True))
        else:
            value = await _value(shell, part)
            if part.quoted:
                fields[-1].append((value, True))
            else:
                _split_into(fields, value)
    result = []
    for fragments in fields:
        if not any(text or quoted for text, quoted in fragments):
            continue
        text = _bounded("".join(text for text, _ in fragments))
        patterned = "noglob" not in shell.options and is_pattern(fragments)
        found = matching_paths(shell.device.files, fragments, shell.cwd, shell.uid) if patterned else []
        result.extend(found or [text])
    return result


async def expand_text(shell: Shell, word: Word) -> str:
    """Expand to one text without splitting: values of assignments, targets of redirects."""
    parts = [part.text if isinstance(part, Literal) else await _value(shell, part) for part in _with_home(shell, word)]
    return _bounded("".join(parts))


def _bounded(text: str) -> str:
    """Refuse what doubles itself until the memory is full; a phone's shell is killed by then."""
    if len(text) > _MAX_TEXT:
        raise UnmodelledSyntax(f"texts longer than {_MAX_TEXT >> 20} MB")
    return text


def _with_home(shell: Shell, word: Word) -> Word:
    """Put $HOME for the ``~`` of ``~`` and ``~/...``."""
    first = word[0] if word else None
    if not isinstance(first, Literal) or first.quoted or not (first.text.startswith("~/") or (first.text == "~" and len(word) == 1)):
        return word
    home = shell.lookup("HOME")
    return word if home is None else (Literal(home, quoted=True), Literal(first.text[1:]), *word[1:])


async def expand_pattern(shell: Shell, word: Word) -> re.Pattern[str]:
    """Expand to a pattern: arms of ``case``, ``${NAME%pattern}``."""
    return translate([(p.text, p.quoted) if isinstance(p, Literal) else (await _value(shell, p), p.quoted) for p in word])


def _split_into(fields: list[list[Fragment]], value: str) -> None:
    """Add an unquoted value: white space in it starts a new field."""
    pieces = value.split()
    if value[:1].isspace() and fields[-1]:
        fields.append([])
    for number, piece in enumerate(pieces):
        if number:
            fields.append([])
        fields[-1].append((piece, False))
    if pieces and value[-1:].isspace():
        fields.append([])


async def _value(shell: Shell, part: Part) -> str:
    if isinstance(part, Variable):
        return await _variable(shell, part)
    if isinstance(part, Arithmetic):
        return str(arithmetic.evaluate(await expand_text(shell, part.expression), shell.variables))
    if isinstance(part, Literal):
        return part.text
    return await shell.substitute(part.script)


async def _variable(shell: Shell, part: Variable) -> str:
    value = shell.lookup(part.name)
    if value is None and "nounset" in shell.options and part.operator in {"", "length"}:
        raise SyntaxProblem(f"{part.name}: parameter not set")
    operator = part.operator.removeprefix(":")
    if operator == "length":
        return str(len(value or ""))
    if operator and operator in "-=+?":
        empty = value is None or (part.operator.startswith(":") and not value)
        if operator == "+":
            return "" if empty else await expand_text(shell, part.word)
        if not empty:
            return value or ""
        text = await expand_text(shell, part.word)
        if operator == "?":
            raise SyntaxProblem(f"{part.name}: {text or 'parameter null or not set'}")
        if operator == "=":
            shell.variables[part.name] = text
        return text
    if operator:
        return _cut(value or "", operator, await expand_pattern(shell, part.word))
    return value or ""


def _cut(value: str, operator: str, pattern: re.Pattern[str]) -> str:
    """Take off what matches at the start (``#``, ``##``) or the end (``%``, ``%%``), the shortest or the longest."""
    lengths = range(len(value) + 1) if len(operator) == 1 else range(len(value), -1, -1)
    for length in lengths:
        if operator[0] == "#" and pattern.fullmatch(value[:length]):
            return value[length:]
        if operator[0] == "%" and pattern.fullmatch(value[len(value) - length :]):
            return value[: len(value) - length]
    return value
