"""The text of a policy as screens show it: the lines of one, and screen after screen put together.

What a WebView has out of sight is in the tree, clamped to an edge of it and so without width or height (Chromium,
AccessibilityNodeInfoBuilder.convertWebRectToAndroidCoordinates; older ones leave it beside the screen); its tables are
GridViews. Of other views what is out of sight is not in the tree, and a HorizontalScrollView is scrollable where it
holds more than it shows (AOSP, HorizontalScrollView.onInitializeAccessibilityNodeInfoInternal).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import reduce
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from harness.parsers.hierarchy import Bounds, Node
from harness.policies.policy_lines import dense, is_mark, whole_signs

ALIKE, SHORT = 0.9, 9
"""How alike two lines of more signs are at least that were read from pixels twice [PROJECT]."""
SAME_PLACE = 8
"""Pixels by which a line that stays in its place is elsewhere at most [PROJECT]: one read from pixels twice."""
LEAST_PICTURE = 400, 60
"""Pixels of a picture that may hold lines, at least [PROJECT]: a third of a screen of 1080, and one line."""
_OPENS, _CLOSES = tuple("：:（("), tuple("、，。；：）)")
_NUMBERS = re.compile(r"\d+")


class Line(NamedTuple):
    """A line of a screen and where it stands; the cells of a row of a table are apart by tabs."""

    text: str
    bounds: Bounds


def texts_of(roots: Iterable[Node]) -> list[Line]:
    """The texts in sight, in the order of the tree; a cell of a table of a page is one, with the place of the cell."""
    found: list[Line] = []
    waiting = [(root, False) for root in roots][::-1]
    while waiting:
        node, table = waiting.pop()
        table = table or node.class_name.endswith("GridView")
        text = _said(node)
        if node.visible and node.area and text:
            found.append(Line(text, node.bounds))
        row = table and _is_row(node)
        for child in reversed(node.children if not row else ()):
            waiting.append((child, table))
        for cell in node.children if row else ():
            said = " ".join(_said(each) for each in cell.walk() if each.visible)
            if cell.area:  # an empty one holds its column
                found.append(Line(" ".join(said.split()), cell.bounds))
    return found


def is_picture(node: Node) -> bool:
    """Whether it is a picture without words that may hold lines of the text: no sign or badge beside them."""
    wide = node.box[2] >= LEAST_PICTURE[0] and node.box[3] >= LEAST_PICTURE[1]
    return wide and node.visible and not node.children and not _said(node) and node.class_name.endswith(("ImageView", ".Image"))


def with_pictures(node: Node, read: Callable[[Node], tuple[Node, ...]]) -> Node:
    """A tree in which each picture has the lines that are read in it."""
    below = read(node) if is_picture(node) else tuple(with_pictures(child, read) for child in node.children)
    return replace(node, children=below)


def _said(node: Node) -> str:
    return whole_signs((node.text or node.description).strip())


def _is_row(node: Node) -> bool:
    """Whether the parts of a node stand side by side, and none is a table of its own."""
    sides = [child.bounds for child in node.children]
    beside = len(sides) > 1 and all(one[2] <= other[0] + 1 for one, other in pairwise(sides))
    return beside and not any(each.class_name.endswith("GridView") for child in node.children for each in child.walk())


def lines(texts: Iterable[Line]) -> list[Line]:
    """The lines of texts from top to bottom; texts side by side are a row, those below each other in one a cell."""
    rows: list[list[Line]] = []
    for new in texts:
        if rows and _goes_on(rows[-1], new):
            rows[-1][-1] = _joined(rows[-1][-1], new, " ")
            continue
        at = len(rows)
        while at and _left_of(rows[at - 1], new):
            at -= 1
        rows[at:] = [[*_cells(cell for row in rows[at:] for cell in row), new]]
    for above, row in pairwise(rows):  # a cell that spans rows is in each of them
        row[:0] = [cell for cell in above if _beside(cell.bounds, row[0].bounds)]
    return [_line(row) for row in rows]


def _line(row: list[Line]) -> Line:
    """The line of a row; the bullet or the number of an item is no cell, a number before several is."""
    line = reduce(lambda one, other: _joined(one, other, _between(one, other)), row)
    mark, _tab, item = line.text.partition("\t")
    marked = bool(mark) and is_mark(mark) and ("\t" not in item or not any(map(str.isalnum, mark)))
    return Line(f"{mark} {item}", line.bounds) if marked and item else line


def _between(one: Line, other: Line) -> str:
    """What parts two texts side by side: nothing where a sign says that they are one, as 用途： and what it is."""
    return "" if one.text.endswith(_OPENS) or other.text.startswith(_CLOSES) else "\t"


def lines_of(roots: Iterable[Node]) -> list[Line]:
    """The lines of a screen."""
    return lines(texts_of(roots))


def cut_at_side(roots: Iterable[Node]) -> Iterator[tuple[Bounds, bool]]:
    """The places to swipe sideways over because a table may go on beside the screen, and whether it surely does."""
    for view in (node for root in roots for node in root.walk() if node.visible and node.area):
        if view.class_name.endswith("HorizontalScrollView") and view.scrollable and texts_of([view]):
            yield view.bounds, True
        elif view.class_name.endswith("WebView"):
            start, _top, edge, _bottom = view.bounds
            for node in view.walk():
                left, top, right, bottom = node.bounds
                clamped = left == right == edge and bool(_said(node))
                if node.visible and top < bottom and (clamped or (right >= edge and node.class_name.endswith("GridView"))):
                    yield (start, top, edge, bottom), clamped


def widened(wide: list[Line], before: Sequence[Line], now: Sequence[Line], area: Bounds, shift: int) -> int | None:
    """Put the texts that a swipe sideways over ``area`` brought beside those seen so far, in the places of the first.

    ``wide`` are those, ``shift`` is by how much ``before`` had been moved; returns by how much ``now`` is. None where
    that cannot be told, for they share no column.
    """
    known, seen = (dict.fromkeys(line for line in texts if _within(line, area)) for texts in (before, now))
    fresh = seen.keys() - known.keys()
    moving = [line for line in seen if any(_level(line, each) for each in fresh)]
    same = [(one, other) for one in known for other in moving if one.text and one.text == other.text and _same_heights(one, other)]
    steps = Counter(one.bounds[0] - other.bounds[0] for one, other in same if other.bounds[0] > area[0])
    steps += Counter(one.bounds[2] - other.bounds[2] for one, other in same if one.bounds[2] < area[2])
    # of a column as wide as the screen no side is in both: what comes behind it stands behind what was seen of it
    exact = [(step, votes) for step, votes in steps.items() if step > 0]
    least = Counter(one.bounds[2] - other.bounds[2] for one, other in same).items()
    step, _votes = max(exact or least, key=itemgetter(1), default=(-1, 0))
    placed: list[Line] = []
    for line in moving if step >= 0 else ():
        left, top, right, bottom = line.bounds
        at = [one.bounds[0] for one, other in same if other is line]
        if line not in known or left + step >= area[2] or any(abs(place - left - step) <= SAME_PLACE for place in at):
            placed.append(Line(line.text, (left + shift + step, top, right + shift + step, bottom)))  # else a column that stays
    begin = area[0] + shift + step
    if not placed or any(_contradicts(one, new) for one in wide for new in placed if new.bounds[0] > begin):
        return None
    for new in placed:
        place = next((n for n, one in enumerate(wide) if one.text == new.text and _same_heights(one, new) and _same_column(one, new)), None)
        if place is None:
            wide.insert(_place(wide, new), new)
        else:
            begins, top, ends, bottom = wide[place].bounds
            wide[place] = Line(new.text, (begins, top, max(ends, new.bounds[2]), bottom))
    return shift + step


def _contradicts(one: Line, other: Line) -> bool:
    """Whether two texts would stand in one place."""
    shared = min(one.bounds[2], other.bounds[2]) - max(one.bounds[0], other.bounds[0])
    return one.text != other.text and shared > SAME_PLACE and _same_heights(one, other)


def _within(line: Line, area: Bounds) -> bool:
    return area[0] <= line.bounds[0] and line.bounds[2] <= area[2]


def _place(wide: list[Line], new: Line) -> int:
    """Where a text comes in the order of reading: behind the last at its height that stands to its left."""
    return next((at + 1 for at in range(len(wide) - 1, -1, -1) if _level(wide[at], new) and wide[at].bounds[0] <= new.bounds[0]), len(wide))


def _level(one: Line, other: Line) -> bool:
    return one.bounds[1] < other.bounds[3] and other.bounds[1] < one.bounds[3]


def _same_heights(one: Line, other: Line) -> bool:
    return abs(one.bounds[1] - other.bounds[1]) <= SAME_PLACE and abs(one.bounds[3] - other.bounds[3]) <= SAME_PLACE


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
                told[:] = [*known[:-count], *map(_longer, known[-count:], rest[:count]), *rest[count:]]
                return True
    told += new
    return False


def _longer(one: str, other: str) -> str:
    """The one of two likes that holds more: a row of which a cell was out of sight is like the whole one."""
    return other if len(dense(other)) > len(dense(one)) else one


def _stays(line: Line, known: Line) -> bool:
    near = all(abs(one - other) <= SAME_PLACE for one, other in zip(line.bounds, known.bounds, strict=True))
    return near and _same(line.text, known.text)


def _same(one: str, other: str) -> bool:
    """Whether two lines are one; what was read from pixels twice may differ in a sign, but in no number."""
    said, again = dense(one), dense(other)
    if said == again or _NUMBERS.findall(said) != _NUMBERS.findall(again):
        return said == again
    return min(len(said), len(again)) > SHORT and SequenceMatcher(None, said, again, autojunk=False).ratio() >= ALIKE
