"""The part of a page that an advert takes: its views, what lies round them, and the name of its place."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from harness.dialogs.pixel_nodes import PAINTED
from harness.events.box import Box, union
from harness.pages.view_structure import id_parts, shape
from harness.parsers.hierarchy import Node

MOST_NODES = 4000
"""Views of a window that are read for adverts at most [PROJECT]: real pages have 50 to 400; what comes after them in a
hostile tree is not looked at."""
WHOLE_SHARE = 0.95
"""What covers more of a layer than this is the layer's ground and nothing on it [PROJECT]."""
VEIL_SHARE = 0.75
"""What takes the touches beside a card covers so much of the window [PROJECT]."""
MARK_SHARE = 0.12
"""A wordless view no wider and no higher than this share of its layer's width is a mark [PROJECT]: 48 dp."""
PICTURES = ("ImageView", "ImageButton", "VideoView", "TextureView", "SurfaceView", "GifView", "LottieAnimationView", ".Image")
"""How the classes of views end that show a picture or a film."""
RETURN = "return-"
"""How the slots of adverts begin that fill the page to who comes back, and not to who starts the app."""
BARS = ("statusBarBackground", "navigationBarBackground")
"""Views of the system's in the windows of apps (com/android/internal/policy/DecorView.java)."""
BARE = "android.view.View"
"""A view that may show a picture, or only darken what lies below."""


@dataclass(frozen=True)
class Views:
    """The visible views of a window, each with what it lies in."""

    window: Node

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All that is seen, in document order."""
        return tuple(islice((node for node in _seen(self.window) if node.area > 0), MOST_NODES))

    @cached_property
    def _above(self) -> dict[int, Node]:
        return {id(child): node for node in (self.window, *self.nodes) for child in node.children}

    def around(self, node: Node) -> Iterator[Node]:
        """Yield the views that a view lies in, the innermost first."""
        while (outer := self._above.get(id(node))) is not None:
            yield outer
            node = outer


def _seen(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.visible and node.short_id not in BARS:
            yield node
            waiting.extend(reversed(node.children))


def seen_in(part: Node) -> list[Node]:
    """The visible views of a part that have an extent, itself first; so many at most as a window's."""
    return list(islice((node for node in _seen(part) if node.area > 0), MOST_NODES))


def words_on(node: Node) -> str:
    """Return the words of a view itself: its text, else its description."""
    return node.text or node.description


def words_seen(node: Node) -> str:
    """The same as it stands on the screen: a painted cross has no word there, only a name for who reads trees."""
    return node.text if node.class_name == PAINTED else words_on(node)


def is_picture(node: Node) -> bool:
    """Whether a view shows something without words; a description is for those who cannot see it."""
    bare = node.class_name == BARE and not node.description
    return not node.text and not node.children and (bare or node.class_name.endswith(PICTURES))


def wordless_strip(painted: Iterable[Node], box: Box) -> Box:
    """The highest strip of a painted box without a word in it: there its picture is."""
    x, y, width, height = box
    lines = sorted((node.bounds[1], node.bounds[3]) for node in painted if words_on(node))
    best, at = (0, y), y
    for top, bottom in [*lines, (y + height, y + height)]:
        best = max(best, (min(top, y + height) - at, at))
        at = max(at, bottom)
    return x, best[1], width, best[0]


def contents_of(part: Node) -> Box:
    """Return the box of the contents of a part.

    The layers that only darken the page, the frames round it, the grounds of the system's bars, and the mark that
    closes it from beside are left out.
    """
    nodes = [node for node in seen_in(part) if not _is_veil(node, part)]
    showing = [node for node in nodes if words_on(node) or is_picture(node) or (node.clickable and node is not part)]
    inside = [node for node in showing if node.area < WHOLE_SHARE * part.area or node.class_name.endswith(PICTURES)]
    large = [node for node in inside if words_on(node) or max(node.box[2:]) > MARK_SHARE * part.box[2]]
    return union(node.box for node in (large or inside)) if inside else part.box


def _is_veil(node: Node, part: Node) -> bool:
    """Whether a view takes the touches beside what lies over the page and shows nothing: touch_outside of a sheet.

    The card may lie in it.
    """
    frame = node.class_name == BARE or node.class_name.endswith("Layout")
    return frame and not words_on(node) and node.clickable and node.area >= VEIL_SHARE * part.area


def shuts(layer: Node, window: Node) -> bool:
    """Whether what lies over a page takes the touches beside its card: a window of its own, or a veil over the page.

    A veil holds nothing of the page, and lies over something that the page says: a picture or a map below its title
    does not.
    """
    if layer is window:
        return True
    inside: set[int] = {id(node) for node in layer.walk()}
    said: list[Node] = []
    for node in seen_in(window):
        veils = node.area >= VEIL_SHARE * window.area and not words_on(node) and (node.clickable or not node.children)
        over = veils and any(node.intersects(line) for line in said)
        if over and all(id(inner) in inside for inner in node.walk() if inner.visible and words_on(inner)):
            return True
        said += [node] * bool(words_on(node))
    return False


def slot_name(kind: str, place: str, layout: str) -> str:
    """The name of a place: the same at another start, whatever stands in it.

    It is made of the kind, the place on the screen and the layout of the page round it.
    """
    return "-".join(word for word in (kind, place, layout) if word)


def layout_of(host: Node | None, parts: Iterable[Node] = (), own: Node | None = None, said: str = "") -> str:
    """A page's layout in a word, without the ``parts`` that are adverts; empty where there is no page.

    ``own`` is a window over it that is known by its own layout, ``said`` what it says where two of one layout may come.
    """
    pruned = without(host, {id(part) for part in parts})
    told = [shape(each, each) for each in (pruned, own) if each is not None] + [said] * bool(said)
    return hashlib.sha256("|".join(told).encode("utf-8", "replace")).hexdigest()[:6] if told else ""


def without(node: Node | None, parts: set[int]) -> Node | None:
    """A tree without the parts, and without the ids of its adverts."""
    if node is None or id(node) in parts:
        return None
    kept = [child if not child.children and id(child) not in parts else without(child, parts) for child in node.children]
    return replace(node, children=tuple(child for child in kept if child is not None))


def place_of(box: Box, screen: Box) -> str:
    """Which part of the screen a box takes, in words that a small move does not change."""
    x, y, width, height = screen
    across, down = (box[0] + box[2] / 2 - x) / max(width, 1), (box[1] + box[3] / 2 - y) / max(height, 1)
    row = "top" if down < 1 / 3 else "bottom" if down > 2 / 3 else "middle"
    if box[2] > 0.6 * width:
        return row
    return f"{row}-left" if across < 1 / 3 else f"{row}-right" if across > 2 / 3 else row


def id_words(node: Node) -> frozenset[str]:
    """The words of a view's id."""
    return id_parts(node.resource_id)
