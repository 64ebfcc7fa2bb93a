"""Parts of the app's own pages that lie over others and are no card: menus, drawers, panes, loading, controls on a map.

Each is told by its shape alone. What closes, or calls itself an advert, is for others to judge before it is asked here.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from harness.dialogs.close_marks import is_close_mark
from harness.dialogs.dialog_words import plain
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.word_patterns import WordFile
from harness.events.box import Box, centre, union
from harness.pages.advert_parts import BARS, words_on
from harness.pages.page_layers import MODAL_SHARE, controls_in, is_bar, is_large
from harness.pages.view_structure import ALIKE, is_list
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import drawn

_CONTROLS = WordFile("controls.toml")
NARROW_SHARE, WIDE_SHARE = 0.85, 0.95
"""A menu and a drawer are narrower than the first share of the screen, a pane and a sheet as wide as the second
[PROJECT]."""
EDGE_SHARE, OFF_CENTRE_SHARE = 0.05, 0.04
"""What lies at an edge is so near to it; the middle of a menu lies so far from that of the screen, of a dialog's it
does not [PROJECT]."""
PANE_SHARE = 0.4
"""A pane takes so much of the height at least [PROJECT]; a lower one is a sheet."""
TOLD_LENGTH, TOLD_SHARE = 60, 0.2
"""Characters of the one line of a hint or a snack bar, and what it takes of the height, at most [PROJECT]."""
WHOLE_SHARE = 0.75
"""A layer with controls over a page takes so much of the screen at least [PROJECT], without the bars."""
LEAST_ENTRIES = 2
"""Rows below each other, none of them a button, that make a menu of a drawer [PROJECT]."""
FILLED_SHARE = 0.25
"""What is seen on a card fills more of it; controls over a map leave the map free [PROJECT]."""


def is_own_part(layer: Node, box: Box, screen: tuple[int, int]) -> bool:
    """Whether what lies over a page, with its contents in ``box``, is a part of the app's own by its shape."""
    seen = [node for node in layer.walk() if node.visible and node.area > 0]
    if layer.class_name == PAINTED or any(node.class_name == PAINTED for node in seen):
        return False
    pressed = list(controls_in(layer))
    return (
        _is_menu(seen, box, screen)
        or is_bar(layer, screen)
        or _is_drawer(layer, screen)
        or _is_pane(layer, box, pressed, screen)
        or _is_loading(seen, pressed)
        or _only_tells(seen, pressed, screen)
        or _floats_apart(layer, seen, box, pressed, screen)
    )


def open_drawer(window: Node, screen: tuple[int, int]) -> Node | None:
    """The menu at one side that lies over all else in a window; None where it has no entries: that may be an advert.

    What lies beside it takes no touch but the one that shuts it, so it is the page, whatever is marked in it.
    """
    node = window
    while shown := [child for child in drawn(node) if child.visible and child.area > 0 and child.short_id not in BARS]:
        *below, node = shown
        if _is_drawer(node, screen) and any(other.intersects(node) for other in below):
            return node if _has_entries(node) else None
    return None


def _has_entries(drawer: Node) -> bool:
    """Whether words to press stand below each other, of one left edge and one height, as no advert has them.

    Of what is no button two are enough: the rows of a menu are texts and layouts.
    """
    said = [node for node in controls_in(drawer) if any(words_on(inner) for inner in node.walk())]
    most = Counter((node.bounds[0], node.box[3]) for node in said)
    rows = Counter((node.bounds[0], node.box[3]) for node in said if not node.class_name.endswith("Button") and not is_close_mark(node))
    return max(most.values(), default=0) >= ALIKE or max(rows.values(), default=0) >= LEAST_ENTRIES


def _is_menu(seen: Sequence[Node], box: Box, screen: tuple[int, int]) -> bool:
    """Whether it is anchored rows: beside the middle of the screen, or a sheet of rows at its lower edge."""
    rows = _rows(seen)
    if not rows or any(is_large(node, screen) for node in seen):
        return False
    narrow = box[2] <= NARROW_SHARE * screen[0]
    beside = narrow and abs(centre(box)[0] - screen[0] / 2) > OFF_CENTRE_SHARE * screen[0]
    return beside or (len(rows) >= ALIKE and _at_foot(box, screen))


def _rows(seen: Sequence[Node]) -> list[Node]:
    """The rows that are most of what is seen: of one width, below each other, with a line of text each."""
    lists = [node for node in seen if is_list(node) and node.children]
    rows = [child for child in lists[0].children if child.visible] if len(lists) == 1 else [node for node in seen if node.clickable]
    rows = [row for row in rows if sum(bool(node.text) for node in row.walk()) in (1, 2)]
    kept = [row for row in rows if row.bounds[::2] == rows[0].bounds[::2]]
    below = all(lower.bounds[1] >= upper.bounds[3] for upper, lower in pairwise(kept))
    lines = sum(bool(node.text) for node in seen)
    inside = sum(bool(node.text) for row in kept for node in row.walk())
    high = max((row.box[3] for row in kept), default=0)
    low = min((row.box[3] for row in kept), default=0)
    return kept if below and inside + 1 >= lines and 2 * low >= high else []


def _is_drawer(layer: Node, screen: tuple[int, int]) -> bool:
    """Whether it has a page's height and lies at the left or right edge."""
    left, _, right, _ = layer.bounds
    high = layer.box[3] >= MODAL_SHARE * screen[1]
    one_side = (left <= 0) != (right >= screen[0])
    return high and one_side and layer.box[2] <= NARROW_SHARE * screen[0]


def _is_pane(layer: Node, box: Box, pressed: Sequence[Node], screen: tuple[int, int]) -> bool:
    """Whether it goes on with the page: from side to side down to the lower edge, nothing darkened, no cross."""
    goes_on = layer.area < MODAL_SHARE * screen[0] * screen[1] and layer.box[3] >= PANE_SHARE * screen[1]
    return goes_on and _at_foot(layer.box, screen) and _at_foot(box, screen) and not any(map(is_close_mark, pressed))


def _at_foot(box: Box, screen: tuple[int, int]) -> bool:
    x, y, width, height = box
    low = y + height >= screen[1] * (1 - 2 * EDGE_SHARE)  # the bar of the system lies below it
    return width >= WIDE_SHARE * screen[0] and x <= EDGE_SHARE * screen[0] and low


def _is_loading(seen: Sequence[Node], pressed: Sequence[Node]) -> bool:
    """Whether it shows how far something has come, and has nothing to press."""
    begins = _CONTROLS.words("loading.begins")
    moves = any(node.class_name.endswith("ProgressBar") or plain(node.text).startswith(begins) for node in seen)
    return moves and not pressed


def _only_tells(seen: Sequence[Node], pressed: Sequence[Node], screen: tuple[int, int]) -> bool:
    """Whether it is a hint or a snack bar: one short line, and no picture, nor a word to press."""
    lines = [node for node in seen if node.text or node.description]
    worded = any(node.text or node.description for each in pressed for node in each.walk() if node.clickable)
    short = len(lines) == 1 and len(lines[0].text or lines[0].description) <= TOLD_LENGTH and lines[0].box[3] <= TOLD_SHARE * screen[1]
    return short and not worded and not any(is_large(node, screen) for node in seen)


def _floats_apart(layer: Node, seen: Sequence[Node], box: Box, pressed: Sequence[Node], screen: tuple[int, int]) -> bool:
    """Whether controls stand apart over a page that is seen between them, as on a map, and no card holds them."""
    leaves = [node for node in seen if not node.children and (node.text or node.clickable or node.class_name.endswith("ImageView"))]
    outer = [node for node in (*leaves, *pressed) if node.area < MODAL_SHARE * layer.area]
    whole = union(node.box for node in outer)
    if len(pressed) < 2 or min(whole[3], box[3]) <= PANE_SHARE * screen[1] or layer.area < WHOLE_SHARE * screen[0] * screen[1]:
        return False
    if any(node.children and node.area < MODAL_SHARE * layer.area and _holds(node, whole) for node in seen):
        return False
    filled = sum(node.area for node in outer if not any(other is not node and other.contains(node) for other in outer))
    return filled < FILLED_SHARE * whole[2] * whole[3]


def _holds(node: Node, box: Box) -> bool:
    x, y, width, height = box
    left, top, right, bottom = node.bounds
    return left <= x and top <= y and right >= x + width and bottom >= y + height
