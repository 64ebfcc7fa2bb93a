"""The frame of a page: what stays the same while its contents change.

The frame is made of what can be used: controls, fields, lists, and the parts with an id that hold them. Texts come and
go, and say which page it is only as its title, as the tab that is selected and as the words of its own buttons. Rows,
adverts, badges, what turns by itself, and what is shown for a moment over the contents are no part of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.dialogs.dialog_words import plain
from harness.dialogs.matcher import is_back
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.word_patterns import WordFile
from harness.pages.view_structure import id_parts, is_advert, is_badge, is_list, rows_of, shape, unnumbered
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import hidden

TITLE_LENGTH = 20
LABEL_LENGTH = 10
HEADING_LENGTH = 40
"""The heading of a web page may be a question [PROJECT]."""
TOP_SHARE = 0.25
"""A title stands in the upper quarter of its window [PROJECT]."""
WIDE_SHARE = 0.6
"""In a control that is wider than this share of its window stands what it leads to: the hint of a search, the song that
plays [PROJECT]."""
BAR_SHARE = 0.15
"""What is lower than this share of its window is a bar [PROJECT]."""
PASSING_SHARE = 0.08
"""What covers less than this share of the window, with a single text over contents that move, is shown for a moment
[PROJECT]."""
PAGE_SHARE = 0.5
"""A row of a list is smaller than this share of its window, a page of a pager larger [PROJECT]."""
BANNER_SHARE = 1 / 3
"""A pager that takes less of its window turns banners or songs, and not pages [PROJECT]."""
COUNTS = 3
"""A page of a pager with so many counts is one piece of a feed [PROJECT]: likes, comments, shares."""
POOR = 2
"""A page with no more controls than these, and nothing that moves, has a poor frame [PROJECT]."""

_HOLDERS = ("EditText", "WebView", "SurfaceView", "TextureView")
_CONTROLS = WordFile("controls.toml")
_LETTER = re.compile(r"[^\W\d_]")
_TURNING = re.compile(r"(Flipper|Switcher|Marquee\w*|Banner\w*)$")  # android.widget.ViewFlipper, TextSwitcher
_PAGER = re.compile(r"Pager2?$")
_TITLE_OF_A_PART = frozenset({"tab", "tag", "card", "item", "sub", "left", "right", "back"})
_NAMES = frozenset({"nick", "nickname", "username", "author", "tag"})
_HINTS = frozenset({"hint", "search"})
_CLOSE_IDS = frozenset({"close"})


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one window.

    ``outline`` are the classes and ids of what can be used, ``labels`` the words that say which page it is, ``shown``
    all views that nothing lies over.
    """

    title: str
    labels: tuple[str, ...]
    outline: str
    shown: tuple[Node, ...]


def frame_of(window: Node) -> Frame:
    return _Reader(window).frame()


class _Reader:
    """Reads one window; what lies below another part of it is left out throughout."""

    def __init__(self, window: Node) -> None:
        self._window = window
        self._hidden = hidden(window)
        self._parts: dict[int, list[Node]] = {}
        self._shown = tuple(self._walk(window))
        self._spoken = any(node.text for node in self._shown if not node.class_name.endswith("EditText"))
        """Whether views have texts; where none has, as in Flutter, descriptions are the texts."""

    def frame(self) -> Frame:
        labels = {*self._labels(self._window), *self._headings()}
        _, _, width, height = self._window.box
        outline = f"{width > height:d}{shape(self._window, self._window) if self._is_poor() else ','.join(self._outline(self._window))}"
        return Frame(self._title(), tuple(sorted(labels)), outline, self._shown)

    def _is_poor(self) -> bool:
        """Whether there is so little to use that only all views together tell which page it is: a splash, a result."""
        used = [node for node in self._shown if _is_used(node)]
        return len(used) <= POOR and not any(node.scrollable or is_list(node) or node.class_name.endswith(_HOLDERS) for node in used)

    def _walk(self, node: Node) -> Iterator[Node]:
        if not node.visible or id(node) in self._hidden:
            return
        yield node
        for child in node.children:
            yield from self._walk(child)

    def _inside(self, node: Node) -> list[Node]:
        """The parts of a view that are of the page itself."""
        if (known := self._parts.get(id(node))) is None:
            known = self._parts[id(node)] = self._parts_of(node)
        return known

    def _parts_of(self, node: Node) -> list[Node]:
        pages = self._shows_pages(node)
        turns = _TURNING.search(node.class_name) or (pages and node.area < self._window.area * BANNER_SHARE)
        if turns or (is_list(node) and not pages) or (pages and self._counts(node) >= COUNTS):
            return []
        seen = [child for child in node.children if child.visible and id(child) not in self._hidden]
        return [child for child in seen if not (is_advert(child, self._window) or is_badge(child) or self._is_passing(child, seen))]

    def _shows_pages(self, node: Node) -> bool:
        """Whether it is a pager, or a list that shows one page at a time, as that inside of a ViewPager2 does."""
        if not is_list(node):
            return _PAGER.search(node.class_name) is not None
        seen = [child for child in node.children if child.visible and child.area > 0]
        fills = len(seen) == 1 and seen[0].bounds == node.bounds and node.area > self._window.area * PAGE_SHARE
        return fills and len(seen[0].children) > 1

    def _counts(self, node: Node) -> int:
        """How many counts can be pressed in a part, outside of lists and pagers in it."""
        inside = (child for child in node.children if child.visible and id(child) not in self._hidden)
        own = bool(node.text) and node.pressable and not _says(node.text)
        return own + sum(self._counts(child) for child in inside if not is_list(child) and not self._shows_pages(child))

    def _is_passing(self, node: Node, around: Sequence[Node]) -> bool:
        """Whether a part is shown for a moment over contents that move: 更新了 10 条, or floats there: 领红包."""
        if node.area > self._window.area * PASSING_SHARE or not node.area:
            return False
        below = [other for other in around if other is not node and other.contains(node) and other.area > 2 * node.area]
        if not any(each.scrollable or is_list(each) for other in below for each in self._walk(other)):
            return False
        inside = list(node.walk())
        used = [each for each in inside if each.clickable or each.class_name.endswith("EditText")]
        return len(used) <= 1 and sum(bool(each.text) for each in inside) <= 1 and not node.class_name.endswith("Button")

    def _outline(self, node: Node) -> list[str]:
        """Classes and ids of a part and what is in it, or of that alone where the part itself says nothing."""
        parts = list(dict.fromkeys(part for child in self._inside(node) for part in self._outline(child)))
        used = _is_used(node) and not _closes(node)
        if not used and not (parts and node.resource_id):
            return parts
        document = unnumbered(node.text)[:HEADING_LENGTH] if node.class_name.endswith("WebView") else ""
        name = f"{node.class_name.rpartition('.')[2]}#{unnumbered(node.short_id)}{document}"
        return [f"{name}({','.join(parts)})" if parts else name]

    def _labels(self, node: Node, *, runs: bool = False) -> Iterator[str]:
        """The words of the page's own buttons and, with a mark, of the tab that is selected.

        ``runs``: a text selected here is none of several tabs; that is how a text too long for its bar is made to run.
        """
        if _is_chosen(node) and not runs:
            yield from ("*" + unnumbered(words) for inner in node.walk() if _says(words := self._words(inner)))
        elif node.clickable and not node.checkable and not _closes(node):
            yield from self._caption(node)
        inside = self._inside(node)
        rows = {id(row) for row in rows_of(node, self._window)} if inside else ()
        runs = runs or (node.clickable and self._is_wide(node) and node.box[3] <= self._window.box[3] * BAR_SHARE)
        for child in inside:
            if id(child) not in rows:
                others = runs and any(other.clickable and other.class_name == child.class_name for other in inside if other is not child)
                yield from self._labels(child, runs=runs and not others)

    def _is_wide(self, node: Node) -> bool:
        return node.box[2] > self._window.box[2] * WIDE_SHARE

    def _caption(self, control: Node) -> Iterator[str]:
        """The one short text of a control that is no field, nor as wide as the contents that it leads to."""
        said = [each for each in self._own(control) if _says(self._words(each))]
        wide = self._is_wide(control) and not self._words(control)
        if len(said) == 1 and not wide and not said[0].class_name.endswith("EditText") and not (_is_name(said[0]) or _is_hint(said[0])):
            words = self._words(said[0])
            if len(words) <= LABEL_LENGTH:
                yield unnumbered(words)

    def _own(self, control: Node) -> Iterator[Node]:
        """A control and what is in it, but for other controls."""
        yield control
        for child in self._inside(control):
            if not child.clickable:
                yield from self._own(child)

    def _title(self) -> str:
        """What its id calls the title, else the first short text high in the window that is nothing to press."""
        lowest = self._window.bounds[1] + self._window.box[3] * TOP_SHARE
        named: list[str] = []
        others: list[str] = []
        for node, control in self._outside_lists(self._window, None):
            words = self._words(node)
            if len(words) > TITLE_LENGTH or not _says(words) or node.bounds[1] > lowest or is_back(words) or _closes(node):
                continue
            parts = id_parts(node.resource_id)
            if "title" in parts and not parts & _TITLE_OF_A_PART:
                named.append(words)
            elif control is None and not node.pressable and not node.class_name.endswith("EditText"):
                others.append(words)
        return next(iter((*named, *others)), "")

    def _outside_lists(self, node: Node, control: Node | None) -> Iterator[tuple[Node, Node | None]]:
        """Each part of the page itself, with the control that it is in; what fills more than a bar is no control."""
        if node.clickable and node.box[3] <= self._window.box[3] * BAR_SHARE:
            control = node
        yield node, control
        for child in self._inside(node):
            yield from self._outside_lists(child, control)

    def _headings(self) -> Iterator[str]:
        """What tells web pages of one document title apart: the first text in them."""
        for web in self._shown:
            if not web.class_name.endswith("WebView"):
                continue
            inside = [node for node in self._walk(web) if node is not web and not node.class_name.endswith(("WebView", "EditText"))]
            lowest = web.bounds[1] + web.box[3] * TOP_SHARE
            texts = [node.text or node.description for node in inside if not node.pressable and node.bounds[1] <= lowest]
            if first := next((text for text in texts if _says(text)), ""):
                yield "#" + unnumbered(first)[:HEADING_LENGTH]

    def _words(self, node: Node) -> str:
        return node.text or ("" if self._spoken else node.description)


def _is_used(node: Node) -> bool:
    """Whether a view can be used, or shows what the tree does not tell."""
    told = node.clickable or node.checkable or node.scrollable or is_list(node) or node.class_name.endswith(_HOLDERS)
    return node.area > 0 and (told or (node.class_name == PAINTED and bool(node.resource_id)))


def _closes(node: Node) -> bool:
    """Whether a control closes the page: beside a way back it comes with the second page of a kind only."""
    words = node.text or node.description
    if words:
        return plain(words) in _CONTROLS.words("close.words")
    return not _CLOSE_IDS.isdisjoint(id_parts(node.resource_id))


def _is_chosen(node: Node) -> bool:
    if node.selected or (node.checked and node.class_name.endswith("RadioButton")):
        return True
    return any(plain(part) in _CONTROLS.words("page.selected") for part in re.split("[,，]", node.description)[1:])


def _is_name(node: Node) -> bool:
    """Whether a text is who or what the contents are of, by its id."""
    parts = id_parts(node.resource_id)
    return not _NAMES.isdisjoint(parts) or {"user", "name"} <= parts


def _is_hint(node: Node) -> bool:
    """Whether a text proposes what to search for, by its id: another one every few seconds."""
    return not _HINTS.isdisjoint(id_parts(node.resource_id))


def _says(text: str) -> bool:
    """Whether a text is more than a number: 24.1万 is none."""
    letters = plain("".join(_LETTER.findall(text)))
    return bool(letters) and letters not in _CONTROLS.words("page.units")
