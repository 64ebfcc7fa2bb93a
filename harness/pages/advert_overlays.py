"""What lies over a page without darkening it: cards drawn over its texts, and balls at its side. Pure."""

from collections.abc import Iterator, Sequence

from harness.dialogs.close_marks import names_close
from harness.events import AdvertKind, ControlRole
from harness.pages.advert_kinds import SMALL_HIGH, SMALL_WIDE, card_kind, unless_own
from harness.pages.advert_parts import Views, id_words, is_picture, seen_in, words_on
from harness.pages.advert_signs import Signs
from harness.pages.advert_words import role_of, says
from harness.pages.view_structure import is_list
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import drawn, over

LEAST_SHARE = 0.002
"""A part that takes less of its window than this is a mark or an icon [PROJECT]."""
CARD_SHARE, WHOLE_SHARE = 0.08, 0.85
"""What lies over the page and is neither a ball nor a page of its own takes such a share of the window [PROJECT]."""
HIDDEN_LINES = 2
"""Lines of the page that a card without a scrim lies over, at least [PROJECT]."""
_FLOATS = frozenset({"ball", "redpacket", "hongbao", "pendant", "packet"})


def layers(views: Views) -> Iterator[tuple[Node, AdvertKind]]:
    """Cards that are drawn over texts of the page without darkening it, and that close or offer something."""
    width, height = views.window.box[2], views.window.box[3]
    for outer in (views.window, *views.nodes):
        drawn_over = [child for child in drawn(outer) if child.visible and child.area > 0]
        if len(drawn_over) < 2 or not CARD_SHARE < drawn_over[-1].area / max(width * height, 1) < WHOLE_SHARE:
            continue
        top, below = drawn_over[-1], drawn_over[:-1]
        if top.scrollable or is_list(top) or not any(layer.intersects(top) for layer in below):
            continue
        hidden = sum(bool(node.text) and node.intersects(top) for layer in below for node in seen_in(layer))
        signs = Signs(top)
        leaves = signs.closes or any(signs.roles[role] for role in (ControlRole.CLOSE, ControlRole.SKIP))
        if hidden >= HIDDEN_LINES and (leaves or signs.marked or signs.loading):
            kind = unless_own(card_kind(top, top.box, (width, height), window=False), top, top.box, (width, height))
            if kind is not None:
                yield top, kind


def over_page(part: Node, views: Views) -> bool:
    """Whether a part is drawn over what the page shows."""
    inner = part
    for outer in views.around(part):
        if not any(child is inner for child in outer.children):
            return False
        below = {id(node) for node in over(outer, inner)}
        if any(id(child) not in below and child is not inner and child.visible and child.intersects(part) for child in outer.children):
            return True
        inner = outer
    return False


def floating(views: Views) -> Node | None:
    """What floats over the page at a side: with a cross of its own, or an id or words that say so."""
    width, height = views.window.box[2], views.window.box[3]
    for node in views.nodes:
        small = 0 < node.box[2] <= SMALL_WIDE * width and 0 < node.box[3] <= SMALL_HIGH * height
        if not small or node.area < LEAST_SHARE * views.window.area or not _at_side(node, views.window):
            continue
        if not _floats(node) or any(outer.scrollable or is_list(outer) for outer in views.around(node)) or not over_page(node, views):
            continue
        return node
    return None


def _at_side(node: Node, window: Node) -> bool:
    x, _, width, _ = node.box
    left, _, wide, _ = window.box
    middle = x + width / 2 - left
    return min(middle, wide - middle) <= 0.25 * wide


def _floats(node: Node) -> bool:
    """Whether a small view is an advert: it has a cross and a picture, or its id or words name a packet or a ball."""
    inside: Sequence[Node] = seen_in(node)
    pressed = any(inner.clickable for inner in inside)
    shown = any(is_picture(inner) and not is_cross(inner) for inner in inside)
    crossed = shown and any(is_cross(inner) for inner in inside if inner is not node)
    named = any(_FLOATS & id_words(inner) for inner in inside) and any(is_picture(inner) or words_on(inner) for inner in inside)
    lured = any(says(words_on(inner), "lure", "packet") for inner in inside if words_on(inner))
    return pressed and (crossed or named or lured)


def is_cross(node: Node) -> bool:
    """Whether a view closes, by its words, else by its id or class."""
    words = words_on(node)
    if words:
        return role_of(words) is ControlRole.CLOSE
    return names_close(node.resource_id, node.class_name)
