"""File name patterns: ``* ? [...]`` to regular expressions, and the paths that match one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from device_farm.virtual.kernel.file_system import FileSystem

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
