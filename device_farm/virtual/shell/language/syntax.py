"""The syntax tree of a shell script, from the parser to the interpreter. Nothing here changes once made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """Plain text; ``quoted`` text is neither split nor a file pattern."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """``$NAME`` or ``${NAME<operator><word>}``; the operator ``length`` is ``${#NAME}``."""

    name: str
    quoted: bool = False
    operator: str = ""
    word: Word = ()


@dataclass(frozen=True, slots=True)
class Substitution:
    """``$(script)``."""

    script: Script
    quoted: bool = False


Part: TypeAlias = Literal | Variable | Substitution
Word: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """``[fd]operator target``; operators ``> >> < >& <&``."""

    descriptor: int
    operator: str
    target: Word


@dataclass(frozen=True, slots=True)
class Simple:
    """Assignments, words and redirects."""

    assignments: tuple[tuple[str, Word], ...]
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]


@dataclass(frozen=True, slots=True)
class If:
    """Branches of condition and body, and the body of ``else``."""

    branches: tuple[tuple[Script, Script], ...]
    otherwise: Script


@dataclass(frozen=True, slots=True)
class Loop:
    """``while``, or ``until`` where ``ends_on`` success."""

    condition: Script
    body: Script
    until: bool


@dataclass(frozen=True, slots=True)
class For:
    """``for name in words``."""

    name: str
    words: tuple[Word, ...] | None  # None: the positional parameters
    body: Script


@dataclass(frozen=True, slots=True)
class Group:
    """``{ body; }``, or ``( body )`` in a shell of its own."""

    body: Script
    subshell: bool


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound command with the redirects after it."""

    command: CompoundCommand
    redirects: tuple[Redirect, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Commands joined by ``|``."""

    commands: tuple[Command, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class AndOr:
    """Pipelines joined by ``&&`` and ``||``; the first one's operator is empty."""

    pipelines: tuple[tuple[str, Pipeline], ...]
    background: bool


CompoundCommand: TypeAlias = If | Loop | For | Group
Command: TypeAlias = Simple | Compound
Script: TypeAlias = tuple[AndOr, ...]


class SyntaxProblem(Exception):
    """The script cannot be parsed; the text is what mksh prints after its own name.

    ``before`` are the commands of the lines before the wrong one: a shell reads line by line, so they have run by then.
    """

    before: Script = ()


class UnmodelledSyntax(SyntaxProblem):
    """The script uses what this shell does not model; the text names it."""


class Incomplete(SyntaxProblem):
    """The script stops in the middle of a construct: an interactive shell asks for another line."""
