"""Words of a shell script: quoting, escapes, variables, substitutions."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from device_farm.virtual.shell.language.syntax import (
    Incomplete,
    Literal,
    Part,
    Script,
    Substitution,
    SyntaxProblem,
    UnmodelledSyntax,
    Variable,
    Word,
)

_META = frozenset(" \t\n;&|<>()")
_ESCAPABLE = frozenset('$`"\\\n')
_MAX_DEPTH = 40  # of nested substitutions and compound commands; Python's own stack stays far away
_NAME = re.compile(r"[A-Za-z_]\w*|\d|[?$#@*!-]")
_BRACED = re.compile(r"(#?)([A-Za-z_]\w*|\d+|[?$#@*!-])(:?[-=+?]|)")
_PLAIN = re.compile(r"[^\s;&|<>()'\"\\$`}]+")


class WordParser(ABC):
    """Reads words; the grammar around them is in ``parser``."""

    def __init__(self, text: str) -> None:
        self.text, self.position = text, 0
        self._depth = 0

    @abstractmethod
    def script(self, ends: frozenset[str]) -> Script:
        """Parse commands; given by the grammar."""

    @contextmanager
    def nested(self) -> Iterator[None]:
        """Count one level of nesting; raises SyntaxProblem where there are too many."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise SyntaxProblem("syntax error: nested too deeply")
        yield
        self._depth -= 1

    # characters
    def at_end(self) -> bool:
        return self.position >= len(self.text)

    def peek(self) -> str:
        """Next character, empty at the end."""
        return self.text[self.position : self.position + 1]

    def follows(self, text: str) -> bool:
        return self.text.startswith(text, self.position)

    def take(self, text: str) -> bool:
        """Step over ``text`` if it comes next."""
        if not self.follows(text):
            return False
        self.position += len(text)
        return True

    def newline(self) -> bool:
        """Step over the end of a line."""
        return self.take("\n")

    def blank(self) -> None:
        """Step over spaces, continued lines and a comment."""
        while True:
            if self.peek() in {" ", "\t", "\r"} and not self.at_end():
                self.position += 1
            elif self.follows("\\\n"):
                self.position += 2
            elif self.peek() == "#":
                end = self.text.find("\n", self.position)
                self.position = len(self.text) if end < 0 else end
            else:
                return

    # words
    def word(self) -> Word | None:
        """Parse the word that starts here, None if none does."""
        start = self.position
        parts = self._parts(_META)
        return tuple(parts) if self.position > start else None

    def _parts(self, stop: frozenset[str]) -> list[Part]:
        parts: list[Part] = []
        with self.nested():
            while not self.at_end() and (character := self.peek()) not in stop:
                if match := _PLAIN.match(self.text, self.position):
                    self.position = match.end()
                    parts.append(Literal(match[0]))
                elif character == "'":
                    parts.append(Literal(self._single(), quoted=True))
                elif character == '"':
                    parts.extend(self._double())
                elif character == "\\":
                    self.position += 2
                    escaped = self.text[self.position - 1 : self.position]
                    if escaped != "\n":
                        parts.append(Literal(escaped, quoted=True))
                elif character == "$":
                    parts.append(self._dollar(quoted=False))
                elif character == "`":
                    parts.append(self._backtick(quoted=False))
                else:
                    self.position += 1
                    parts.append(Literal(character))
        return parts

    def _single(self) -> str:
        end = self.text.find("'", self.position + 1)
        if end < 0:
            raise Incomplete("no closing quote")
        text = self.text[self.position + 1 : end]
        self.position = end + 1
        return text

    def _double(self) -> list[Part]:
        self.position += 1
        parts: list[Part] = []
        plain = ""
        while not self.take('"'):
            character = self.peek()
            if not character:
                raise Incomplete("no closing quote")
            if character == "\\" and self.text[self.position + 1 : self.position + 2] in _ESCAPABLE:
                plain += self.text[self.position + 1].replace("\n", "")
                self.position += 2
            elif character in "$`":
                if plain:  # an empty one would make a field of "$@" without parameters
                    parts.append(Literal(plain, quoted=True))
                plain = ""
                parts.append(self._dollar(quoted=True) if character == "$" else self._backtick(quoted=True))
            else:
                plain += character
                self.position += 1
        if plain or not parts:
            parts.append(Literal(plain, quoted=True))
        return parts

    def _dollar(self, *, quoted: bool) -> Part:
        self.position += 1
        if self.follows("(("):
            raise UnmodelledSyntax("$((")
        if self.take("("):
            script = self.script(frozenset())
            if not self.take(")"):
                raise Incomplete("syntax error: unexpected EOF")
            return Substitution(script, quoted)
        if self.take("{"):
            return self._braced(quoted=quoted)
        if not quoted and self.follows("'"):
            raise UnmodelledSyntax("$'")
        match = _NAME.match(self.text, self.position)
        if match is None:
            return Literal("$", quoted=True)
        self.position = match.end()
        return Variable(match[0], quoted)

    def _braced(self, *, quoted: bool) -> Variable:
        match = _BRACED.match(self.text, self.position)
        if match is None:
            raise SyntaxProblem("bad substitution")
        self.position = match.end()
        word = tuple(self._parts(frozenset("}"))) if match[3] else ()
        if not self.take("}"):
            raise Incomplete("no closing brace") if self.at_end() else UnmodelledSyntax(f"${{{match[0]}{self.peek()}")
        return Variable(match[2], quoted, "length" if match[1] else match[3], word)

    def _backtick(self, *, quoted: bool) -> Substitution:
        match = re.compile(r"`((?:[^`\\]|\\.)*)`", re.DOTALL).match(self.text, self.position)
        if match is None:
            raise Incomplete("no closing quote")
        inner = type(self)(re.sub(r"\\([`$\\])", r"\1", match[1]))
        inner._depth = self._depth + 1
        script = inner.script(frozenset())
        self.position = match.end()
        return Substitution(script, quoted)
