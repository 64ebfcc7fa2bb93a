"""The layers of a window: a card over the page, and fragments that are pages of their own."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from harness.dialogs.close_marks import is_close_mark, names_back
from harness.dialogs.inaccessible_region import paints
from harness.dialogs.matcher import is_back
from harness.pages.advert_parts import contents_of, is_picture
from harness.pages.look import Look
from harness.pages.view_structure import ALIKE, is_list, own_windows
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import drawn, screen_of

MODAL_SHARE = 0.85
"""A window that covers less of the screen is a dialog of its own [PROJECT]."""
FRAME_SHARE = 0.6
"""What a layer lies in takes so much of the window where it lies over the page [PROJECT]."""
HEAD_SHARE, CORNER_SHARE = 0.15, 0.2
"""The head of a page, of its longer side, and the corner of it that leads back, of its width [PROJECT]."""
MANY = 12
"""A page that sells a subscription, with plans, terms and a button, has no more controls than this, nor has a layer
that is no page [PROJECT]."""
FEW = 4
"""A page of adverts or of a guide has no more controls than this [PROJECT]; home pages have more."""
STRIP_SHARE, PICTURE_SHARE, CONTENTS = 0.3, 0.4, 2
"""A strip takes no more of its page than the first share, the picture of a splash no less than the second; and what a
page has to press beside its strip, at least [PROJECT]."""
ROW_SHARE = 0.12
"""A row of a menu is no higher than this share of the screen [PROJECT]."""
ICON_SHARE = 0.01
"""A picture that takes more of the screen is no icon of a row [PROJECT]: 48 dp are 0.004."""
OVER_SHARE = 0.1
"""What lies over the page in a window as large as the screen leaves so much of it free at the top [PROJECT]: a page has
its title there."""


def card_over(page: Node, look: Look) -> Node | None:
    """The part that lies over a page: a dialog's own window, or a layer over the texts of the page."""
    if look.painted is not None and look.dialog is not None:
        box = look.dialog.box
        return next((node for node in page.walk() if node.box == box and node.children), None)
    width, height = screen_of(look.roots)
    if page.area < width * height * MODAL_SHARE or (look.over and may_lie_over(page)):
        return page
    layers = list(_layers(page))
    return layers[-1] if layers and not _is_page(layers[-1], page) else None


def may_lie_over(page: Node) -> bool:
    """Whether a window as large as the screen shows no more than a card or a sheet."""
    top = contents_of(page)[1]
    return top - page.bounds[1] > OVER_SHARE * page.box[3] and sum(1 for _ in controls_in(page)) <= MANY


def is_of_strip(skip: Node, page: Node) -> bool:
    """Whether what skips belongs to a strip with a picture, on a page that has contents of its own beside it.

    Of a strip with a button of its own any other control is contents of the page.
    """
    parts = (node for node in page.walk() if node.children and node.area <= STRIP_SHARE * page.area)
    strip = next((part for part in parts if any(node is skip for node in part.walk())), None)
    if strip is None or not any(is_picture(node) and node is not skip for node in strip.walk()):
        return False
    inside = {id(node) for node in strip.walk()}
    beside = [node for node in page.walk() if id(node) not in inside and node.visible]
    if any(is_picture(node) and node.area >= PICTURE_SHARE * page.area for node in beside):
        return False
    pressed = sum(id(node) not in inside for node in controls_in(page))
    least = 1 if any(node is not skip for node in controls_in(strip)) else CONTENTS
    return pressed >= least or any(node.class_name.endswith("EditText") for node in beside)


def layer_of(card: Node, page: Node) -> Node:
    """The lowest layer over a page that a card lies in, with what hangs beside it; the page where it is no layer."""
    return next((layer for layer in _layers(page) if any(node is card for node in layer.walk())), page)


def page_in_front(window: Node) -> Node:
    """The last fragment over the others that is a page of its own; the window where there is none.

    What a fragment was added over stays in the tree, as if it were to be seen.
    """
    return next((layer for layer in reversed(list(_layers(window))) if _is_page(layer, window)), window)


def controls_in(part: Node) -> Iterator[Node]:
    """The outermost views that take a press."""
    waiting = [part]
    while waiting:
        node = waiting.pop()
        if not node.visible or node.area <= 0:
            continue
        if node.clickable and node.enabled and (caption_of(node) or not any(inner.clickable for inner in node.walk() if inner is not node)):
            yield node
        waiting.extend(reversed(node.children))


def caption_of(node: Node) -> str:
    """The words of a control: its own, else the only text inside it."""
    if node.text or node.description:
        return node.text or node.description
    inside = [inner.text or inner.description for inner in node.walk() if inner.text or inner.description]
    return inside[0] if len(inside) == 1 else ""


def is_large(node: Node, screen: tuple[int, int]) -> bool:
    """Whether a view shows a picture, or is a row that is too high for one of a menu."""
    pictured = not node.text and not node.children and node.class_name.endswith(("ImageView", "Image"))
    return (pictured and node.area > ICON_SHARE * screen[0] * screen[1]) or (
        node.clickable and bool(node.text) and node.box[3] > ROW_SHARE * screen[1]
    )


def is_bar(layer: Node, screen: tuple[int, int]) -> bool:
    """Whether a layer is a bar of tabs: words to press beside each other, of one size, and nothing else said or shown.

    At the foot of the screen tabs may be as wide as their words are long, and one with two lines higher than the rest.
    """
    seen = [node for node in layer.walk() if node.visible and node.area > 0]
    pressed = list(controls_in(layer))
    tabs = [node for node in pressed if any(inner.text or inner.description for inner in node.walk())]
    if len(tabs) < ALIKE or len(tabs) < len(pressed) or any(is_large(node, screen) for node in seen):
        return False
    inside = {id(inner) for tab in tabs for inner in tab.walk()}
    alone = all(id(node) in inside for node in seen if node.text or node.description)
    low = tabs[0].bounds[3] >= (1 - ROW_SHARE) * screen[1] and not any(map(is_close_mark, tabs))
    level = max(tab.bounds[1] for tab in tabs) < min(tab.bounds[3] for tab in tabs)
    beside = all(left.bounds[2] <= right.bounds[0] for left, right in pairwise(sorted(tabs, key=lambda tab: tab.bounds[0])))
    alike = len({tab.bounds[1::2] for tab in tabs}) == 1 and len({tab.box[2] for tab in tabs}) == 1
    return alone and (alike or (low and level and beside))


def _layers(window: Node) -> Iterator[Node]:
    """The layers over the page, each over and in the one before.

    A layer is the last one of a frame that takes most of the window, covers texts of a layer below it, or a view that
    paints itself where that takes touches or the page has no words, and holds something to press. Where texts overlap
    in less than that, they are a row of a list. The bar of tabs of the app, in a frame as large as the page, is none,
    and a card may lie below it.
    """
    waiting = [window]
    while waiting:
        frame = waiting.pop()
        layers = [child for child in drawn(frame) if child.visible and child.area > 0]
        while len(layers) > 1 and _is_over(layers[-1], layers[:-1], frame, window) and is_bar(layers[-1], window.bounds[2:]):
            layers.pop()
        if len(layers) > 1 and _is_over(layers[-1], layers[:-1], frame, window):
            yield layers[-1]
            waiting = [layers[-1]]
        else:
            waiting.extend(layers)


def _is_over(top: Node, others: list[Node], frame: Node, window: Node) -> bool:
    if frame.area < FRAME_SHARE * window.area or is_list(frame) or not any(True for _ in controls_in(top)):
        return False
    shown = [node for layer in others for node in layer.walk() if node.visible]
    own = {id(node) for node in top.walk()}
    bare = top.clickable and not any(node.visible and node.text and id(node) not in own for node in window.walk())
    below = [node for node in shown if node.text or (paints(node, window) and (node.clickable or bare))]
    return bool(below) and all(node.intersects(top) for node in below)


def _is_page(layer: Node, window: Node) -> bool:
    """Whether a layer is a page of its own: it covers the window, and leads back in its head, or has much to press."""
    if layer.area < MODAL_SHARE * window.area:
        return False
    if leads_back(layer):
        return True
    head = head_of(layer)
    titles = [node for node in head if caption_of(node) and not node.children]
    most = FEW if any(_in_corner(node, titles, layer) for node in head if node.clickable) else MANY
    return bool(titles) and sum(1 for _ in controls_in(layer)) > most


def leads_back(page: Node) -> bool:
    """Whether the head of a page has a control that leads back."""
    return any(is_back(caption_of(node)) or names_back(node, page) for node in head_of(page) if node.pressable)


def opens_inside(before: Sequence[Node], after: Sequence[Node], package: str) -> bool:
    """Whether a press on a layer led to a page with a way back that did not lie below it, in whatever activity.

    False for a window that is smaller than the screen: what lies below it is in no tree.
    """
    first, then = (own_windows(roots, package) for roots in (before, after))
    if not (first and then) or {first[-1].package, then[-1].package} != {package} or first[-1].area < then[-1].area:
        return False
    return leads_back(page_in_front(then[-1])) and not leads_back(first[-1])


def head_of(page: Node) -> list[Node]:
    """The visible views that end in the upper part of a page, where its bar and its title stand."""
    lowest = page.bounds[1] + HEAD_SHARE * max(page.box[2:])
    return [node for node in page.walk() if node.visible and node.area > 0 and node.bounds[3] <= lowest]


def _in_corner(node: Node, titles: list[Node], page: Node) -> bool:
    """Whether a control without words stands in the left corner of a head, in one line with a title."""
    _, top, right, bottom = node.bounds
    if caption_of(node) or right - page.bounds[0] > CORNER_SHARE * page.box[2]:
        return False
    return any(each.bounds[0] >= right and each.bounds[1] < bottom and each.bounds[3] > top for each in titles)
