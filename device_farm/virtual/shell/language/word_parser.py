"""Words of a shell script: quoting, escapes, variables, substitutions."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager

from device_farm.virtual.shell.language.syntax import (
    Arithmetic,
    Incomplete,
    Literal,
    Part,
    Script,
    Substitution,
    SyntaxProblem,
    Variable,
    Word,
)

_META = frozenset(" \t\n;&|<>()")
_MAX_DEPTH = 40  # of nested substitutions and compound commands; Python's own stack stays far away
_NAME = re.compile(r"[A-Za-z_]\w*|\d|[?$#@*!-]")
_BRACED = re.compile(r"(#?)([A-Za-z_]\w*|\d+|[?$#@*!-])(:?[-=+?]|%%?|##?|)")
_PLAIN = re.compile(r"[^\s;&|<>()'\"\\$`}]+")
_ANSI = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "e": "\x1b", "0": "\0"}


class WordParser(ABC):
    """Reads words; the grammar around them is in ``parser``."""

    def __init__(self, text: str) -> None:
        """Start at the beginning of ``text``."""
        self.text, self.position = text, 0
        self._depth = 0
        self._documents: tuple[int, int] | None = None  # the end of the line whose here-documents were read, and their end

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
        """Whether the text is used up."""
        return self.position >= len(self.text)

    def peek(self) -> str:
        """Next character, empty at the end."""
        return self.text[self.position : self.position + 1]

    def follows(self, text: str) -> bool:
        """Whether ``text`` comes next."""
        return self.text.startswith(text, self.position)

    def take(self, text: str) -> bool:
        """Step over ``text`` if it comes next."""
        if not self.follows(text):
            return False
        self.position += len(text)
        return True

    def newline(self) -> bool:
        """Step over the end of a line and the here-documents of that line."""
        if not self.follows("\n"):
            return False
        documents, self._documents = self._documents, None
        self.position = documents[1] if documents is not None and documents[0] == self.position else self.position + 1
        return True

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

    def here_document(self, delimiter: Word, *, strip_tabs: bool) -> Word:
        """Read the text below this line, up to ``delimiter``; expansions are done in it unless that was quoted.

        A line that has a here-document and ends inside quotes is not modelled: its text is looked for below it.
        """
        end = "".join(part.text for part in delimiter if isinstance(part, Literal))
        line_end = self.text.find("\n", self.position)
        if line_end < 0:
            raise Incomplete(f"here document '{end}' unclosed")
        position = self._documents[1] if self._documents is not None and self._documents[0] == line_end else line_end + 1
        lines: list[str] = []
        while position < len(self.text):
            line, newline, _ = self.text[position:].partition("\n")
            position += len(line) + len(newline)
            line = line.lstrip("\t") if strip_tabs else line
            if line == end:
                self._documents = (line_end, position)
                return self._document_word("".join(lines), literal=any(isinstance(p, Literal) and p.quoted for p in delimiter))
            lines.append(line + newline)
        raise Incomplete(f"here document '{end}' unclosed")

    def _document_word(self, text: str, *, literal: bool) -> Word:
        if literal:
            return (Literal(text, quoted=True),)
        inner = type(self)(text)
        inner._depth = self._depth + 1
        return tuple(inner._quoted(None))

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
        parts = self._quoted('"')
        self.position += 1
        return parts or [Literal("", quoted=True)]

    def _quoted(self, closing: str | None) -> list[Part]:
        """Parse up to ``closing`` as in double quotes; None: to the end, where a double quote is plain text."""
        parts: list[Part] = []
        plain = ""
        escapable = {"$", "`", "\\", "\n", *([] if closing is None else ['"'])}
        while not self.at_end() if closing is None else not self.follows(closing):
            character = self.peek()
            if not character:
                raise Incomplete("no closing quote")
            if character == "\\" and self.text[self.position + 1 : self.position + 2] in escapable:
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
        if self.take("(("):
            with self.nested():
                expression = tuple(self._quoted("))"))
            self.position += 2
            return Arithmetic(expression, quoted)
        if self.take("("):
            script = self.script(frozenset())
            if not self.take(")"):
                raise Incomplete("syntax error: unexpected EOF")
            return Substitution(script, quoted)
        if self.take("{"):
            return self._braced(quoted=quoted)
        if not quoted and self.follows("'"):
            return Literal(self._ansi(), quoted=True)
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
        word = tuple(self._parts(frozenset("}")))
        if not self.take("}"):
            raise Incomplete("no closing brace") if self.at_end() else SyntaxProblem("bad substitution")
        return Variable(match[2], quoted, "length" if match[1] else match[3], word)

    def _ansi(self) -> str:
        """Parse ``$'...'`` with its backslash escapes."""
        self.position += 1
        text = ""
        while not self.take("'"):
            if self.at_end():
                raise Incomplete("no closing quote")
            if self.take("\\") and not self.at_end():
                text += _ANSI.get(self.peek(), "\\" + self.peek())
            else:
                text += self.peek()
            self.position += 1
        return text

    def _backtick(self, *, quoted: bool) -> Substitution:
        match = re.compile(r"`((?:[^`\\]|\\.)*)`", re.DOTALL).match(self.text, self.position)
        if match is None:
            raise Incomplete("no closing quote")
        inner = type(self)(re.sub(r"\\([`$\\])", r"\1", match[1]))
        inner._depth = self._depth + 1
        script = inner.script(frozenset())
        self.position = match.end()
        return Substitution(script, quoted)
