"""Script text to syntax: the part of mksh's grammar that adb clients and installation scripts use."""

import re
from collections.abc import Callable
from functools import lru_cache

from device_farm.virtual.shell.language.syntax import (
    AndOr,
    Command,
    Compound,
    CompoundCommand,
    For,
    Group,
    If,
    Incomplete,
    Loop,
    Pipeline,
    Redirect,
    Script,
    Simple,
    SyntaxProblem,
    UnmodelledSyntax,
    Word,
)
from device_farm.virtual.shell.language.word_parser import WordParser

_RESERVED = re.compile(r"(if|then|elif|else|fi|for|do|done|while|until|case|esac|in|function|\[\[|\{|\}|!)(?=[\s;&|()<>]|$)")
_REDIRECT = re.compile(r"(\d*)(>>|>\||>&|<&|<<|>|<)")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=")
_NOT_MODELLED = frozenset({"case", "function", "[["})
_NAME = re.compile(r"[A-Za-z_]\w*")


@lru_cache(maxsize=256)
def parse(text: str) -> Script:
    """Parse a whole script; raises SyntaxProblem, or Incomplete where more text could make it right."""
    parser = _Parser(text)
    try:
        script = parser.script(frozenset())
        if not parser.at_end():
            raise SyntaxProblem(f"syntax error: unexpected '{parser.peek()}'")
    except SyntaxProblem as problem:
        problem.before = parser.whole_lines
        raise
    return script


class _Parser(WordParser):
    """Recursive descent over the text."""

    whole_lines: Script = ()  # what the lines before the present one hold

    def script(self, ends: frozenset[str]) -> Script:
        """Parse commands up to one of the reserved words ``ends``, a closing parenthesis or the end."""
        items: list[AndOr] = []
        with self.nested():
            while True:
                start = self.position
                self._skip_lines()
                if self._depth == 1 and "\n" in self.text[max(start - 1, 0) : self.position]:
                    self.whole_lines = tuple(items)
                if self.at_end() or self.peek() == ")" or self._reserved() in ends:
                    return tuple(items)
                items.append(self._and_or())

    def _and_or(self) -> AndOr:
        pipelines = [("", self._pipeline())]
        while True:
            self.blank()
            operator = self.text[self.position : self.position + 2]
            if operator not in {"&&", "||"}:
                break
            self.position += 2
            self._skip_lines()
            pipelines.append((operator, self._pipeline()))
        background = self.take("&")
        ended = background or self.take(";") or self.newline() or self.at_end()
        if not ended and self.peek() != ")":
            raise SyntaxProblem(f"syntax error: unexpected '{self.peek()}'")
        return AndOr(tuple(pipelines), background)

    def _pipeline(self) -> Pipeline:
        self.blank()
        negated = self._take_reserved("!")
        commands = [self._command()]
        while True:
            self.blank()
            if self.follows("||") or not self.take("|"):
                return Pipeline(tuple(commands), negated)
            self._skip_lines()
            commands.append(self._command())

    def _command(self) -> Command:
        self.blank()
        if self.take("("):
            return self._compound(Group(self._body_until(")"), subshell=True))
        word = self._reserved()
        if word is None or word == "in":
            return self._simple()
        parsers: dict[str, Callable[[], CompoundCommand]] = {
            "if": self._if, "while": self._loop, "until": self._loop, "for": self._for, "{": self._group,
        }  # fmt: skip
        if word in _NOT_MODELLED:
            raise UnmodelledSyntax(word)
        parse_rest = parsers.get(word)
        if parse_rest is None:
            raise SyntaxProblem(f"syntax error: unexpected '{word}'")
        return self._compound(parse_rest())

    def _compound(self, command: CompoundCommand) -> Compound:
        redirects = []
        while (redirect := self._redirect()) is not None:
            redirects.append(redirect)
        return Compound(command, tuple(redirects))

    def _simple(self) -> Simple:
        assignments: list[tuple[str, Word]] = []
        words: list[Word] = []
        redirects: list[Redirect] = []
        while True:
            if (redirect := self._redirect()) is not None:
                redirects.append(redirect)
            elif not words and (match := _ASSIGNMENT.match(self.text, self.position)):
                self.position = match.end()
                assignments.append((match[1], self.word() or ()))
            elif (word := self.word()) is not None:
                words.append(word)
            else:
                break
        if not (assignments or words or redirects):
            self._unexpected()
        if self.peek() == "(":
            raise UnmodelledSyntax("functions") if words else SyntaxProblem("syntax error: unexpected '('")
        return Simple(tuple(assignments), tuple(words), tuple(redirects))

    def _redirect(self) -> Redirect | None:
        self.blank()
        match = _REDIRECT.match(self.text, self.position)
        if match is None:
            return None
        if match[2] == "<<":
            raise UnmodelledSyntax("here documents")
        self.position = match.end()
        self.blank()
        target = self.word()
        if target is None:
            self._unexpected()
            raise AssertionError
        operator = ">" if match[2] == ">|" else match[2]
        descriptor = int(match[1][:4]) if match[1] else (0 if operator.startswith("<") else 1)
        return Redirect(descriptor, operator, target)

    # compound commands; each starts at its reserved word
    def _if(self) -> If:
        branches = []
        word = "if"
        while word in {"if", "elif"}:
            self._expect(word)
            condition = self._body_before("then")
            self._expect("then")
            branches.append((condition, self._body_before("elif", "else", "fi")))
            word = self._reserved() or ""
        otherwise = self._body_before("fi") if self._take_reserved("else") else ()
        self._expect("fi")
        return If(tuple(branches), otherwise)

    def _loop(self) -> Loop:
        until = self._reserved() == "until"
        self.position += 5
        condition = self._body_before("do")
        return Loop(condition, self._do(), until)

    def _for(self) -> For:
        self._expect("for")
        name = self._name()
        self.blank()
        words: list[Word] | None = None
        if self._take_reserved("in"):
            words = []
            self.blank()
            while (word := self.word()) is not None:
                words.append(word)
                self.blank()
        self.blank()
        self.take(";")
        return For(name, None if words is None else tuple(words), self._do())

    def _group(self) -> Group:
        self._expect("{")
        body = self._body_before("}")
        self._expect("}")
        return Group(body, subshell=False)

    def _do(self) -> Script:
        self._skip_lines()
        self._expect("do")
        body = self._body_before("done")
        self._expect("done")
        return body

    def _body_before(self, *ends: str) -> Script:
        body = self.script(frozenset(ends))
        if self._reserved() not in ends:
            self._unexpected()
        return body

    def _body_until(self, closing: str) -> Script:
        body = self.script(frozenset())
        if not self.take(closing):
            self._unexpected()
        return body

    # tokens
    def _name(self) -> str:
        self.blank()
        match = _NAME.match(self.text, self.position)
        if match is None:
            self._unexpected()
            raise AssertionError
        self.position = match.end()
        return match[0]

    def _skip_lines(self) -> None:
        self.blank()
        while self.newline():
            self.blank()

    def _reserved(self) -> str | None:
        match = _RESERVED.match(self.text, self.position)
        return match[1] if match else None

    def _take_reserved(self, word: str) -> bool:
        if self._reserved() != word:
            return False
        self.position += len(word)
        return True

    def _expect(self, word: str) -> None:
        self.blank()
        if not self._take_reserved(word):
            self._unexpected()

    def _unexpected(self) -> None:
        if self.at_end():
            raise Incomplete("syntax error: unexpected EOF")
        what = self._reserved() or self.peek()
        raise SyntaxProblem(f"syntax error: unexpected '{'newline' if what == chr(10) else what}'")
