"""Lines that Android cut at a width: those of an IndentingPrintWriter of 120 characters.

Source: frameworks/base/core/java/android/util/IndentingPrintWriter.java, write (internal/util until 10). A pair that
does not fit begins a line of its own. What is longer than a line is cut where the line is full, even in a word;
only such a line has the full width, and what follows comes behind the writer's own indent.
"""

from collections.abc import Iterable, Iterator

_WIDTH = 120


def uncut(lines: Iterable[str], indent: int) -> Iterator[str]:
    """Put together what was cut; ``indent`` is the writer's."""
    whole = ""
    for line in lines:
        blanks = len(line) - len(line.lstrip(" "))
        whole += line[min(indent, blanks) :] if whole else line
        if _units(line) != _WIDTH:
            yield whole
            whole = ""
    if whole:
        yield whole


def _units(line: str) -> int:
    """Java's length: a character beyond U+FFFF counts twice."""
    return len(line) + sum(letter > "\uffff" for letter in line)
