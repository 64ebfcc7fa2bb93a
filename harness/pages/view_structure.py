"""The parts of a page by the structure of its views alone.

Adverts, lists, rows, and words without their numbers.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from harness.dialogs.close_marks import names_close
from harness.dialogs.word_patterns import WordFile
from harness.parsers.hierarchy import Node

STATUS_BAR = "com.android.systemui"
ALIKE = 3
"""So many neighbours of one shape are the rows of a list [PROJECT]: two buttons beside each other are none."""
ADVERT_SHARE = 0.5
"""A part that calls itself an advert and covers more than this share of its window is a page of its own [PROJECT]: a
splash."""

PICTURES = ("ImageView", "ImageButton")
"""What is a picture and says a mere count: a heart, and how many pressed it."""
MENU_SHARE = 0.7
"""A window that is no wider, as a share of the largest one, is a menu [PROJECT]."""
_LIST = re.compile(r"(List|Recycler|Grid)View$")  # android.widget.AbsListView and its heirs, androidx RecyclerView
_DIGITS = re.compile(r"[0-9０-９]+([.,:/-][0-9]+)*\+?")
_ID_PART = re.compile(r"[a-z]+|[A-Z][a-z]*")
_ADVERT_IDS = frozenset({"ad", "ads", "advert", "adview", "ksad", "splashad"})
_PICTURES = ("ImageView", "VideoView", "TextureView", "SurfaceView", "WebView")
_ADVERTS = WordFile("adverts.toml")
_BADGE_IDS = frozenset({"badge", "unread", "dot", "redpoint"})


@lru_cache(maxsize=16384)
def unnumbered(text: str) -> str:
    """A text with each number as ``#``: a countdown, a price or a count of unread messages stays the same text."""
    return _DIGITS.sub("#", " ".join(text.split()))


@lru_cache(maxsize=4096)
def id_parts(resource_id: str) -> frozenset[str]:
    """The words of a resource id, lower case: ``iv_close``, ``ivClose`` -> iv, close."""
    return frozenset(part.lower() for part in _ID_PART.findall(resource_id.rpartition("id/")[2]))


def is_list(node: Node) -> bool:
    """Whether its children are rows, of which there may be any number."""
    return _LIST.search(node.class_name) is not None


def is_advert(node: Node, window: Node) -> bool:
    """Whether the part calls itself an advert by the mark 广告 that stands in it, or by its id and looks like one."""
    called = bool(node.resource_id) and not _ADVERT_IDS.isdisjoint(id_parts(node.resource_id)) and _shows_one(node)
    marks = [each.text for each in (node, *node.children) if each.text and (each is node or not each.children)]
    if (not called and not marks) or node.area > window.area * ADVERT_SHARE:
        return False
    return called or any(text.strip().lower() in _ADVERTS.words("mark.views") for text in marks)


def _shows_one(node: Node) -> bool:
    """Whether a part is a picture, for the most, or can be closed by a mark of its own: an id alone says little."""
    inside = [each for each in node.walk() if each.visible]
    return any(
        (2 * each.area >= node.area and each.class_name.endswith(_PICTURES)) or (each is not node and names_close(each.resource_id))
        for each in inside
    )


def is_badge(node: Node) -> bool:
    """Whether it is a mark that comes and goes: a count, a dot."""
    if node.children or node.clickable or node.class_name.endswith("EditText"):
        return False
    return bool(_BADGE_IDS & id_parts(node.resource_id)) or (bool(node.text) and unnumbered(node.text).strip(" #.+") == "")


def shape(node: Node, window: Node, depth: int = 0) -> str:
    """Return the classes and ids of a part.

    Numbers in ids, all but one of equal neighbours, adverts, badges and the rows of lists are left out.
    """
    name = f"{node.class_name.rpartition('.')[2]}#{unnumbered(node.short_id)}"
    if is_list(node) or depth >= 30:
        return name
    inside = [
        shape(child, window, depth + 1) for child in node.children if child.visible and not is_advert(child, window) and not is_badge(child)
    ]
    once = [part for place, part in enumerate(inside) if place == 0 or inside[place - 1] != part]
    return f"{name}({','.join(once)})"


def rows_of(node: Node, window: Node) -> tuple[Node, ...]:
    """Return the children of a part that are rows.

    These are all children of a list, else those of ALIKE or more equal neighbours below each other.
    """
    seen = [child for child in node.children if child.visible and child.area > 0]
    if is_list(node):
        return tuple(seen)
    if len(seen) < ALIKE:
        return ()
    found: list[Node] = []
    run: list[Node] = []
    last = ""
    for child in seen:
        if not (run and child.bounds[1] >= run[-1].bounds[3] and child.class_name == run[-1].class_name):
            now = ""  # what could be no row needs no shape
        else:
            last = last or shape(run[-1], window)
            now = shape(child, window)
        if not now or now != last:
            found += run if len(run) >= ALIKE else []
            run = []
        run.append(child)
        last = now
    return tuple(found + (run if len(run) >= ALIKE else []))


def cut_rows(node: Node) -> tuple[Node, ...]:
    """The first and last row of a list that moves, where its edge hides a part of what a neighbour shows.

    A swipe brings the rest.
    """
    seen = [child for child in node.children if child.visible and child.area > 0] if is_list(node) and node.scrollable else []
    if len(seen) < ALIKE:
        return ()
    whole = [_parts(row) for row in seen[1:-1]]
    above = seen[0].bounds[1] <= node.bounds[1] and any(_ends(_parts(seen[0]), other) for other in whole)
    below = seen[-1].bounds[3] >= node.bounds[3] and any(_begins(_parts(seen[-1]), other) for other in whole)
    return (*seen[:above], *seen[len(seen) - below :])


def cell_of(row: Node, node: Node, window: Node) -> Node:
    """The column of a row that a view is in, where most of the row are columns of one layout beside each other."""
    part = row
    while (child := next((each for each in part.children if any(inner is node for inner in each.walk())), None)) is not None:
        beside = (each for each in part.children if each.visible and (each is child or _is_beside(each, child)))
        columns = [each for each in beside if shape(each, window) == shape(child, window)]
        if len(columns) > 1 and 2 * sum(each.area for each in columns) > row.area:
            return child
        part = child
    return row


def drawn_id(node: Node) -> str:
    """The id of the one picture in a view that takes each press on it: of iv_like, beside its count."""
    inner = [each for child in node.children for each in child.walk() if each.visible]
    pictures = [each.short_id for each in inner if each.class_name.endswith(PICTURES)]
    return pictures[0] if len(pictures) == 1 and not any(each.clickable for each in inner) else ""


def _is_beside(node: Node, other: Node) -> bool:
    """Whether two parts stand in one line, neither over the other."""
    apart = node.bounds[2] <= other.bounds[0] or other.bounds[2] <= node.bounds[0]
    return apart and node.bounds[1] < other.bounds[3] and other.bounds[1] < node.bounds[3]


def _parts(row: Node) -> list[str]:
    """The classes and ids of a row, its own first."""
    return [f"{inner.class_name}#{unnumbered(inner.short_id)}" for inner in row.walk() if inner.visible and inner.area > 0]


def _begins(row: list[str], other: list[str]) -> bool:
    return len(row) < len(other) and other[: len(row)] == row


def _ends(row: list[str], other: list[str]) -> bool:
    return len(row) < len(other) and row[0] == other[0] and other[len(other) - len(row) + 1 :] == row[1:]


def own_windows(roots: Sequence[Node], package: str) -> list[Node]:
    """The windows of ``package`` where it has any, else the last one but the status bar."""
    return [root for root in roots if root.package == package] or [root for root in roots if root.package != STATUS_BAR][-1:]


def in_front(roots: Sequence[Node], package: str) -> Node | None:
    """The topmost window; a menu over its page, which its rows fill, as large as that: shares of the screen tell."""
    own = own_windows(roots, package)
    if not own:
        return None
    window, screen = own[-1], max(own, key=lambda each: each.area)
    return replace(window, bounds=screen.bounds) if window.box[2] <= screen.box[2] * MENU_SHARE else window
