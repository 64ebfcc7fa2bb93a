"""Pages beside each other that a swipe to the side turns, told by their class or by the dots that count them. Pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from harness.pages.view_structure import is_list, own_windows
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import screen_of

WIDE, HIGH = 0.8, 0.15
"""A pager takes no less of the screen's width and height than these shares [PROJECT]."""
DOT_SHARE, LEAST_DOTS = 0.03, 3
"""Dots that count pages are no wider than this share of the screen, and there are so many at least [PROJECT]."""
LARGE = 0.5
"""Of the screen's height, what a pager takes at least whose pages a row of tabs beside it may lead to [PROJECT]."""
ACROSS = (0.8, 0.2)
"""From where to where a finger turns a page, as shares of its width [PROJECT]."""
FULL, MOST_TEXTS, MOST_SIGNS = 0.85, 4, 80
"""A page of a guide: the share of its window that its pager takes at least, as that of a leaf does, and the texts and
signs that it has at most [PROJECT]."""
HEIGHTS = (0.5, 0.3, 0.7, 0.15, 0.85)
"""Where it goes, as shares of the height, so that no row of a list lies under it [PROJECT]: a swipe may delete one."""
MOST_TURNS = 6
"""How often the page of a pager is turned to the side at most [PROJECT]: a guide has four pages, cards five."""
_MOVED = ("HorizontalScrollView", "SeekBar", "Slider", "Switch", "WebView")


class Pager(NamedTuple):
    """A pager: where a finger turns its page, None where rows lie all over it, and whether tabs lead to its pages."""

    start: tuple[int, int] | None
    end: tuple[int, int] | None
    tabs: bool


def find_pager(roots: Sequence[Node], package: str) -> Pager | None:
    """The largest pager in the window of ``package`` in front, None where there is none."""
    own = own_windows(roots, package)
    if not own:
        return None
    width, height = screen_of(roots)
    wide = [node for node in own[-1].walk() if node.visible and node.box[2] >= WIDE * width and node.box[3] >= HIGH * height]
    named = [node for node in wide if "Pager" in node.class_name]
    found = max(named, key=lambda node: node.area, default=None) or next((node for node in wide if _counted(node, own[-1], width)), None)
    if found is None:
        return None
    x, y, across, down = found.box
    left, right = (int(x + across * share) for share in reversed(ACROSS))
    busy = list(_busy(found))
    heights = (int(y + down * share) for share in HEIGHTS)
    free = next((at for at in heights if not any(node.bounds[1] <= at < node.bounds[3] for node in busy)), None)
    tabs = any("TabLayout" in node.class_name or (node.selected and node.class_name.endswith("Tab")) for node in own[-1].walk())
    tabs = tabs or (down >= LARGE * height and any(_are_tabs(node, found) for node in own[-1].walk()))
    return Pager(None, None, tabs) if free is None else Pager((right, free), (left, free), tabs)


def is_leaf(window: Node) -> bool:
    """Whether all that a window shows is one page of a pager."""
    return any("Pager" in node.class_name and node.visible and node.area > FULL * window.area for node in window.walk())


def _are_tabs(row: Node, pager: Node) -> bool:
    """Whether a row beside a pager has words next to each other, of which one is selected."""
    tabs = [child for child in row.children if child.visible and any(node.text or node.description for node in child.walk())]
    beside = row.bounds[3] == pager.bounds[1] or row.bounds[1] == pager.bounds[3]
    level = len({tab.bounds[1] for tab in tabs}) == 1 < len(tabs)
    return beside and level and sum(any(node.selected for node in tab.walk()) for tab in tabs) == 1


def _busy(pager: Node) -> Iterator[Node]:
    """The parts of its pages that may take a swipe to the side themselves: rows of lists, sliders, pages of the web."""
    for node in pager.walk():
        if node is not pager and node.visible and ((is_list(node) and not _is_of_pages(node)) or node.class_name.endswith(_MOVED)):
            yield node


def _is_of_pages(rows: Node) -> bool:
    """Whether each row of a list is as large as the list itself: a ViewPager2 is made of one."""
    pages = [child for child in rows.children if child.visible and child.area > 0]
    return bool(pages) and all(page.area >= WIDE * rows.area for page in pages)


def _counted(part: Node, window: Node, width: int) -> bool:
    """Whether dots that count its pages stand in the foot of a part that moves."""
    if not part.scrollable or is_list(part):
        return False
    dots = next(_rows_of_dots(window, width), None)
    return dots is not None and part.bounds[1] < dots.bounds[1] <= part.bounds[3] + 2 * DOT_SHARE * width


def has_drawer(roots: Sequence[Node], package: str) -> bool:
    """Whether the window of ``package`` in front can hold a drawer, which a swipe from the edge opens."""
    own = own_windows(roots, package)
    return bool(own) and any(node.visible and node.class_name.endswith("DrawerLayout") for node in own[-1].walk())


def is_guide(window: Node, *, turned: bool) -> bool:
    """Whether a window is a page of a guide, which says little: dots count it and nothing in it moves.

    Or a pager fills it of which pages without a control were ``turned`` before.
    """
    texts = [node.text for node in window.walk() if node.visible and node.text]
    if len(texts) > MOST_TEXTS or sum(map(len, texts)) > MOST_SIGNS:
        return False
    moving = [node for node in window.walk() if node.visible and node.scrollable]
    if moving:
        return turned and any("Pager" in node.class_name and node.area > FULL * window.area for node in moving)
    return next(_rows_of_dots(window, window.box[2]), None) is not None


def _rows_of_dots(window: Node, width: int) -> Iterator[Node]:
    """The rows of nothing but dots, which count pages."""
    for holder in window.walk():
        dots = [child for child in holder.children if child.visible and _is_dot(child, width)]
        level = {child.bounds[1] + child.bounds[3] for child in dots}
        if len(dots) >= LEAST_DOTS and len(dots) == len(holder.children) and len(level) == 1:
            yield holder


def _is_dot(node: Node, width: int) -> bool:
    across, down = node.box[2:]
    return not node.children and not node.text and 0 < max(across, down) <= DOT_SHARE * width and max(across, down) <= 3 * min(across, down)
