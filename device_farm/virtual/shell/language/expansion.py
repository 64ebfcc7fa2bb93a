"""Words to text: variables, command substitution, field splitting and file patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from device_farm.virtual.kernel.file_system import FileSystem
from device_farm.virtual.shell.language.syntax import Literal, Part, SyntaxProblem, UnmodelledSyntax, Variable, Word

if TYPE_CHECKING:
    from device_farm.virtual.shell.language.interpreter import Shell

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
        found = matching_paths(shell.device.files, fragments, shell.cwd, shell.uid) if is_pattern(fragments) else []
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
    if isinstance(part, Literal):
        return part.text
    return await shell.substitute(part.script)


async def _variable(shell: Shell, part: Variable) -> str:
    value = shell.lookup(part.name)
    operator = part.operator.removeprefix(":")
    if operator == "length":
        return str(len(value or ""))
    if operator:
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
    return value or ""


Fragment = tuple[str, bool]  # text, quoted
_SPECIAL = frozenset("*?[")
_MAX_MATCHES = 10_000


def is_pattern(fragments: Iterable[Fragment]) -> bool:
    """Whether unquoted text has a wildcard."""
    return any(not quoted and not _SPECIAL.isdisjoint(text) for text, quoted in fragments)


def translate(fragments: Iterable[Fragment]) -> re.Pattern[str]:
    """Make the regular expression of a pattern; quoted text stands for itself."""
    expression = ""
    for text, quoted in fragments:
        position = 0
        while position < len(text):
            character = text[position]
            position += 1
            if quoted or character not in _SPECIAL:
                expression += re.escape(character)
            elif character == "*":
                expression += ".*" if not expression.endswith(".*") else ""
            elif character == "?":
                expression += "."
            else:
                end = text.find("]", position + 1)
                if end < 0:
                    expression += r"\["
                    continue
                members = text[position:end].replace("\\", r"\\").replace("[", r"\[")
                expression += "[" + ("^" + members[1:] if members[0] == "!" else members) + "]"
                position = end + 1
    try:
        return re.compile(expression, re.DOTALL)
    except re.error:  # such as [z-a]
        return re.compile(re.escape("".join(text for text, _ in fragments)))


def matching_paths(files: FileSystem, fragments: list[Fragment], cwd: str, uid: int) -> list[str]:
    """Paths that match, sorted; hidden names only where the pattern starts with a dot."""
    parts = _split(fragments)
    absolute = not "".join(text for text, _ in parts[0])
    found = ["/"] if absolute else [""]
    for part in parts[1 if absolute else 0 :]:
        plain = "".join(text for text, _ in part)
        if not is_pattern(part):
            found = [base + plain + "/" for base in found if files.exists(_resolve(base + plain, cwd))]
            continue
        expression = translate(part)
        found = [
            base + name + "/"
            for base in found
            for name in _names(files, _resolve(base, cwd), uid)
            if expression.fullmatch(name) and (plain.startswith(".") or not name.startswith("."))
        ][:_MAX_MATCHES]
    return sorted(path.rstrip("/") or "/" for path in found)


def _names(files: FileSystem, path: str, uid: int) -> list[str]:
    try:
        return files.listdir(path, uid=uid)
    except OSError:
        return []


def _resolve(path: str, cwd: str) -> str:
    return path if path.startswith("/") else f"{cwd}/{path}"


def _split(fragments: list[Fragment]) -> list[list[Fragment]]:
    """Split at slashes, quoted or not."""
    parts: list[list[Fragment]] = [[]]
    for text, quoted in fragments:
        first, *more = text.split("/")
        parts[-1].append((first, quoted))
        parts.extend([(piece, quoted)] for piece in more)
    return parts
