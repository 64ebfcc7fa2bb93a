"""The text of a policy as screens show it: the lines of one, and screen after screen put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from harness.policies.policy_lines import dense

if TYPE_CHECKING:
    from harness.parsers.hierarchy import Bounds, Node

ALIKE, SHORT = 0.9, 9
"""How alike two lines of more signs are at least that were read from pixels twice [PROJECT]."""
SAME_PLACE = 8
"""Pixels by which a line that stays in its place is elsewhere at most [PROJECT]: one read from pixels twice."""
_NUMBERS = re.compile(r"\d+")


class Line(NamedTuple):
    """A line of a screen and where it stands; the cells of a row of a table are apart by tabs."""

    text: str
    bounds: Bounds


def lines_of(roots: Iterable[Node]) -> list[Line]:
    """The lines of a screen from top to bottom; texts side by side are a row, those below each other in one a cell."""
    rows: list[list[Line]] = []
    for root in roots:
        for node in root.walk():
            text = node.text or node.description
            if not node.visible or not text.strip():
                continue
            new = Line(text.strip(), node.bounds)
            if rows and _goes_on(rows[-1], new):
                rows[-1][-1] = _joined(rows[-1][-1], new, " ")
                continue
            at = len(rows)
            while at and _left_of(rows[at - 1], new):
                at -= 1
            rows[at:] = [[*_cells(cell for row in rows[at:] for cell in row), new]]
    return [reduce(lambda one, other: _joined(one, other, "\t"), row) for row in rows]


def _goes_on(row: list[Line], new: Line) -> bool:
    """Whether a text stands below the last cell of a row, at the height of its other cells: it is part of that cell."""
    middle = (new.bounds[1] + new.bounds[3]) / 2
    return _same_column(row[-1], new) and any(cell.bounds[1] < middle < cell.bounds[3] for cell in row[:-1])


def _left_of(row: list[Line], new: Line) -> bool:
    """Whether all cells of a row stand to the left of a text, and one of them at its height."""
    return all(cell.bounds[2] <= new.bounds[0] for cell in row) and any(_beside(cell.bounds, new.bounds) for cell in row)


def _cells(texts: Iterable[Line]) -> list[Line]:
    """The cells of a row of these texts: those below each other are one."""
    found: list[Line] = []
    for text in texts:
        at = next((place for place, cell in enumerate(found) if _same_column(cell, text)), len(found))
        found[at:] = [_joined(found[at], text, " "), *found[at + 1 :]] if at < len(found) else [text]
    return found


def _same_column(one: Line, other: Line) -> bool:
    return max(one.bounds[0], other.bounds[0]) < min(one.bounds[2], other.bounds[2])


def _joined(one: Line, other: Line, sign: str) -> Line:
    (left, top, right, bottom), (its_left, its_top, its_right, its_bottom) = one.bounds, other.bounds
    bounds = min(left, its_left), min(top, its_top), max(right, its_right), max(bottom, its_bottom)
    return Line(f"{one.text}{sign}{other.text}", bounds)


def _beside(one: Bounds, other: Bounds) -> bool:
    """Whether a text stands to the right of another, at its height."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return one[2] <= other[0] and 2 * shared > min(one[3] - one[1], other[3] - other[1])


def moved(page: Sequence[Line], before: Sequence[Line]) -> list[Line]:
    """The lines of a screen but for those that stand where they stood on the one before: bars, titles, buttons.

    None is left where a swipe did not move the screen: that is the end of the text.
    """
    return [line for line in page if not any(_stays(line, known) for known in before)]


def join(told: list[str], page: Sequence[Line]) -> bool:
    """Put a screen behind what was read so far; False where they do not overlap: something between was not seen.

    The last row of a screen and the first of the next may be cut off at its edge: the whole one counts.
    """
    new = [line.text for line in page]
    for below, above in ((0, 0), (1, 0), (0, 1), (1, 1)):
        known, rest = told[: len(told) - below], new[above:]
        for count in range(min(len(known), len(rest)), 0, -1):
            if all(map(_same, known[-count:], rest[:count])):
                told[:] = [*known, *rest[count:]]
                return True
    told += new
    return False


def _stays(line: Line, known: Line) -> bool:
    near = all(abs(one - other) <= SAME_PLACE for one, other in zip(line.bounds, known.bounds, strict=True))
    return near and _same(line.text, known.text)


def _same(one: str, other: str) -> bool:
    """Whether two lines are one; what was read from pixels twice may differ in a sign, but in no number."""
    said, again = dense(one), dense(other)
    if said == again or _NUMBERS.findall(said) != _NUMBERS.findall(again):
        return said == again
    return min(len(said), len(again)) > SHORT and SequenceMatcher(None, said, again, autojunk=False).ratio() >= ALIKE
