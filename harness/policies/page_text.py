"""The text of a policy as screens show it: the lines of one, and screen after screen put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
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
    """The lines of a screen from top to bottom; texts side by side are a row."""
    found: list[Line] = []
    for root in roots:
        for node in root.walk():
            text = node.text or node.description
            if not node.visible or not text.strip():
                continue
            last = found[-1] if found else None
            if last is not None and _beside(last.bounds, node.bounds):
                (left, top, _right, bottom), (_left, its_top, right, its_bottom) = last.bounds, node.bounds
                found[-1] = Line(f"{last.text}\t{text.strip()}", (left, min(top, its_top), right, max(bottom, its_bottom)))
            else:
                found.append(Line(text.strip(), node.bounds))
    return found


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
    """Put a screen behind what was read so far; False where they do not overlap: something between was not seen."""
    new = [line.text for line in page]
    for count in range(min(len(told), len(new)), 0, -1):
        if all(map(_same, told[-count:], new[:count])):
            told += new[count:]
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
