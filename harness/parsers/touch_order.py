"""Layers: which view takes a touch where several share a place.

The one that is drawn last, unless it takes none and lets it through (ViewGroup.dispatchTouchEvent). A dump lists views
by their place on the page and not as they are drawn (ViewGroup.addChildrenForAccessibility), so where it tells the
order of drawing, that counts. Where it does not, equals stand in an order that says nothing
(ViewGroup.ViewLocationHolder.compareTo), and a page whose controls all lay below a view for gestures could not be used.
"""

from collections.abc import Iterable, Iterator

from harness.events.box import centre, union
from harness.parsers.hierarchy import Bounds, Node

Place = tuple[int, int]

SHOWING = ("ImageView", "ImageButton", "EditText", "WebView", "VideoView", "TextureView", "SurfaceView")
"""How the classes of views end that show something without a word."""
BARE = "android.view.View"
"""The class of a view that draws what no tree tells, or nothing."""
CARD_SHARE = 0.1
"""What a layer shows takes less of it than this where it only feels [PROJECT]."""
HIDING_SHARE = 0.75
"""What takes this share of the touches of a part lies over all of it [PROJECT]: the head of a page is its own, and
leaves a gap."""
PAGE_SHARE = 0.4
"""The same of a page with a way back, whose contents may begin below a picture [PROJECT]."""
WINDOW_SHARE = 0.85
"""A page takes so much of its window [PROJECT]: the status bar and a tab bar may be left."""


def screen_of(roots: Iterable[Node]) -> tuple[int, int]:
    """Width and height of what the windows of a dump reach over: that of a dialog alone is none of the screen."""
    reached = [(root.bounds[2], root.bounds[3]) for root in roots]
    return max((right for right, _ in reached), default=0), max((bottom for _, bottom in reached), default=0)


def drawn(node: Node) -> list[Node]:
    """The children of a view, the topmost one last; as the dump has them where it says nothing of their order."""
    return sorted(node.children, key=lambda child: child.drawing_order)


def over(node: Node, child: Node) -> list[Node]:
    """The other children of a view that are drawn over one of them."""
    order = drawn(node)
    later = order[next(number for number, each in enumerate(order) if each is child) + 1 :]
    if any(each.drawing_order for each in order):
        return later
    return [layer for layer in later if not (_only_feels(layer) and not any(_is_on(each, layer) for each in later))]


def _only_feels(layer: Node) -> bool:
    """Whether a layer shows next to nothing and takes touches alone: for gestures, or to darken what lies below."""
    _, _, width, height = union(each.box for each in layer.walk() if each.visible and _shows(each, layer))
    return width * height < CARD_SHARE * layer.area


def _shows(node: Node, layer: Node) -> bool:
    """Whether a view shows something; what a bare one that fills its layer does (播放视频) is its description."""
    told = node.text or (node.description and (node is layer or node.class_name != BARE or 2 * node.area < layer.area))
    return bool(told) or node.class_name.endswith(SHOWING)


def _is_on(card: Node, layer: Node) -> bool:
    """Whether a layer darkens the page for a card that stands on it."""
    return card is not layer and layer.intersects(card) and not _only_feels(card)


def covered(place: Place, layers: Iterable[Node]) -> bool:
    """Whether one of the layers takes a touch at this place."""
    return any(_takes(layer, place) for layer in layers)


def hidden(window: Node) -> frozenset[int]:
    """Return the ``id()`` of the views of a window that are no part of its page in front, each for all in it."""
    found: set[int] = set()
    waiting = [window]
    while waiting:
        node = waiting.pop()
        order = drawn(node)
        for number, child in enumerate(order):
            if is_behind(child, order[number + 1 :], window):
                found.add(id(child))
            elif child.visible:
                waiting.append(child)
    return frozenset(found)


def is_behind(node: Node, layers: Iterable[Node], window: Node) -> bool:
    """Whether a view lies beside its window, as a shut drawer does, or below layers that take nearly all its touches.

    A page stays in the tree and calls itself visible when another one was laid over it. What has no words takes
    touches for what lies below as well: the press of a card lies over its words.
    """
    if node.area > 0 and not node.intersects(window):
        return True
    above = [layer for layer in layers if layer.children and layer.intersects(node)] if node.children else []
    boxes = [box for layer in above for box in _taking(layer)]
    if not boxes:
        return False
    share = PAGE_SHARE if any(_leads_back(layer, window) for layer in above) else HIDING_SHARE
    x, y, width, height = node.box
    places = [(x + width * across // 6, y + height * down // 10) for across in (1, 3, 5) for down in (1, 3, 5, 7, 9)]
    taken = sum(any(left <= x < right and top <= y < bottom for left, top, right, bottom in boxes) for x, y in places)
    return taken >= len(places) * share


def is_shut_off(child: Node, node: Node) -> bool:
    """Whether an open drawer beside a view takes every touch on it: the darkened rest only shuts the drawer.

    The scrim is no view (androidx DrawerLayout.onInterceptTouchEvent). A shut drawer is not in the dump, or beside.
    """
    if not node.class_name.endswith("DrawerLayout"):
        return False
    opened = (each for each in over(node, child) if each.visible and each.intersects(node) and each.box[3] >= node.box[3] * WINDOW_SHARE)
    return any(each.box[2] < node.box[2] for each in opened)


def _leads_back(layer: Node, window: Node) -> bool:
    """Whether a layer is as large as its window and has a control in the left corner of its head, as a page has."""
    if layer.area < window.area * WINDOW_SHARE:
        return False
    left, top, right, bottom = layer.bounds
    rightmost, lowest = left + (right - left) // 5, top + (bottom - top) * 3 // 20
    return any(node.clickable and node.visible and node.bounds[2] <= rightmost and node.bounds[3] <= lowest for node in layer.walk())


def _taking(layer: Node) -> Iterator[Bounds]:
    """The places in which a layer takes touches with what says something or moves."""
    if not layer.visible:
        return
    if _is_taking(layer) and (layer.scrollable or not layer.clickable or any(each.text for each in layer.walk())):
        yield layer.bounds
        return
    for child in layer.children:
        yield from _taking(child)


def uncovered(node: Node, layers: tuple[Node, ...] = ()) -> Iterator[Node]:
    """The views that take a press in their middle; ``layers`` are drawn over ``node`` and may take it instead."""
    if not node.visible:
        return
    if node.clickable and node.area > 0 and not covered(middle(node), layers):
        yield node
    for child in node.children:
        yield from uncovered(child, (*layers, *over(node, child)))


def middle(node: Node) -> Place:
    return centre(node.box)


def holds(node: Node, place: Place) -> bool:
    """Whether a place lies within the bounds of a view."""
    left, top, right, bottom = node.bounds
    return left <= place[0] < right and top <= place[1] < bottom


def _takes(node: Node, place: Place) -> bool:
    """A view that can be pressed or moved takes a touch, also one that is not enabled (View.onTouchEvent)."""
    if not node.visible or not holds(node, place):
        return False
    return _is_taking(node) or any(_takes(child, place) for child in node.children)


def _is_taking(node: Node) -> bool:
    return node.clickable or node.checkable or node.scrollable or node.class_name.endswith(("EditText", "WebView"))
