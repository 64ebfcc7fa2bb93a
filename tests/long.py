"""Which tests ``make test`` leaves to ``make test-long``: ``tests/long.txt`` says it of the beginnings of their ids.

A line of it is a word and a beginning. ``all``, ``first`` or ``none`` of the tests that begin so are for the short
command: ``first`` is the first one of each parametrised function. The last line that fits decides; without any it is
``all``.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

LINES = Path(__file__).with_suffix(".txt")
WORDS = ("all", "first", "none")


@cache
def lines() -> list[tuple[str, str]]:
    """(word, beginning of a test's id), as they stand."""
    text = [line for line in LINES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [(word, beginning) for word, _, beginning in (line.partition("\t") for line in text)]


@cache
def _of_file(path: str) -> list[tuple[str, str]]:
    """The lines that can fit tests of a file, the last one first."""
    return [(word, beginning) for word, beginning in reversed(lines()) if beginning.startswith(path) or path.startswith(beginning)]


def word_of(test: str) -> str:
    """What the last line that fits says of a test."""
    return next((word for word, beginning in _of_file(test.partition("::")[0]) if test.startswith(beginning)), "all")


def long_ones(tests: Iterable[str]) -> Iterator[bool]:
    """Whether each of these tests is long. They are in the order in which they are collected."""
    seen = set()
    for test in tests:
        word, function = word_of(test), test.partition("[")[0]
        yield word == "none" or (word == "first" and function in seen)
        seen.add(function)


def file_has(path: str, *, long: bool) -> bool:
    """Whether a file can have tests of one part: the others need not be imported."""
    spared = "all" if long else "none"
    return word_of(f"{path}::") != spared or any(beginning.startswith(f"{path}::") for _, beginning in lines())
