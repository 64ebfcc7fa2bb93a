"""The placement of an advert on a page of the app: a card in a list, a strip, a ball over the page, a wall."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from harness.dialogs.captions import label
from harness.dialogs.close_marks import names_close
from harness.dialogs.pixel_nodes import PAINTED
from harness.events import AdvertKind, ControlRole
from harness.events.box import union
from harness.pages.advert_app_info import sized_name
from harness.pages.advert_kinds import SMALL_HIGH, SMALL_WIDE, STRIP_SHARE, WIDE_SHARE, Signs, card_kind, loads_app, marks, rows_alike
from harness.pages.advert_parts import Views, contents_of, id_words, is_picture, seen_in, words_on
from harness.pages.advert_words import is_mark, is_wall, leads_to_app, role_of, says, words_of
from harness.pages.view_structure import ADVERT_SHARE, is_list, unnumbered
from harness.parsers.touch_order import drawn, over

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness.parsers.hierarchy import Node

LEAST_SHARE = 0.002
"""A part that takes less of its window than this is a mark or an icon [PROJECT]."""
GAP_DP = 48.0
"""Views of one card stand no further from each other than this, from above to below [PROJECT]."""
CARD_SHARE, WHOLE_SHARE = 0.08, 0.85
"""What lies over the page and is neither a ball nor a page of its own takes such a share of the window [PROJECT]."""
HIDDEN_LINES = 2
"""Lines of the page that a card without a scrim lies over, at least [PROJECT]."""
MOST_ROWS = 50
"""Rows of a list that are compared at most [PROJECT]: a screen holds twenty."""
MOST_SEEDS = 40
"""Views of a page that are followed up at most [PROJECT]."""
MOST_JOINED = 10
"""Views before and after a button that make up a card with it, at most [PROJECT]."""
LURE_LENGTH = 80
"""Characters of a card or page that lures by 开始游戏 or 继续播放, at most [PROJECT]: lists say more."""
MOST_COVERED = 0.6
"""Of a page's lines, what its adverts say at most where the page is more than they are [PROJECT]."""
PAINTED_GAP = 0.45
"""Of the window's height, what a picture that is not read takes between the lines of a painted card, at most
[PROJECT]."""
_FLOATS = frozenset({"ball", "redpacket", "hongbao", "pendant", "packet"})
_LOADS = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.PAUSE, ControlRole.RESUME)
_ENDS = (
    ControlRole.CLOSE,
    ControlRole.SKIP,
    ControlRole.CANCEL,
    ControlRole.LOAD,
    ControlRole.FAST_LOAD,
    ControlRole.OPEN,
    ControlRole.ACT,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a page that is an advert.

    ``members`` are its views in the page's tree: the part itself, or neighbours that make it up together. ``rows``
    names the list that it is a row of.
    """

    node: Node
    kind: AdvertKind
    members: tuple[Node, ...]
    rows: str = ""


class _Page(Views):
    """The views of a page, with its lists."""

    @cached_property
    def _known(self) -> dict[int, bool]:
        return {}

    def rows_round(self, node: Node) -> Iterator[tuple[Node, Node]]:
        """The rows that a view lies in, each with its list, the innermost first."""
        inner = node
        for outer in self.around(node):
            if is_list(outer):
                yield inner, outer
            inner = outer

    def alike(self, rows: Node) -> bool:
        """Whether so many rows of a list offer something that it is the app's own."""
        if id(rows) not in self._known:
            self._known[id(rows)] = rows_alike([child for child in rows.children if child.visible and child.area > 0][:MOST_ROWS])
        return self._known[id(rows)]


def places_on(window: Node, scale: float) -> list[Place]:
    """The adverts of a page, from above to below; of those that lie in each other the outer one."""
    views = _Page(window)
    found: list[Place] = []
    for seed in _seeds(views):
        if any(_holds(place, seed) for place in found):
            continue
        row = _row(seed, views)
        place = row if row is not None else None if _in_own_list(seed, views) else _part(seed, views, scale)
        if place is not None:
            found = [other for other in found if not place.node.contains(other.node)] + [place]
    for place in _layers(views):
        found = [other for other in found if not place.node.contains(other.node)] + [place]
    found += [place for place in _floating(views) if not any(_holds(other, place.node) for other in found)]
    return sorted(found, key=lambda place: (place.node.bounds[1], place.node.bounds[0]))


def _holds(place: Place, node: Node) -> bool:
    return any(node is inner for member in place.members for inner in member.walk())


def _seeds(views: Views) -> Iterator[Node]:
    """The views that make a part of a page an advert: a mark, an id, what loads an app, a lure, a wall."""
    fitting = (node for node in views.nodes if node.area <= ADVERT_SHARE * views.window.area)
    return islice((node for node in fitting if marks(node) or _calls(node, views)), MOST_SEEDS)


def _calls(node: Node, views: Views) -> bool:
    """Whether a caption calls into another app: it loads, opens the app of a page, or lures with something else."""
    words = words_on(node)
    role = role_of(words) if words else None
    if words and is_wall(words):
        return True
    if role is ControlRole.OPEN:
        return (node.pressable or node.class_name == PAINTED) and leads_to_app(words)
    if role in _LOADS:
        lines = _near(node, views)
        return loads_app(node, lines) or (node.pressable and bool(sized_name(lines)))
    if role is not ControlRole.ACT or not (node.pressable or node.class_name == PAINTED):
        return False
    near = " ".join(_near(node, views))
    short = says(words, "lure", "game", "go_on") and len(near) <= LURE_LENGTH
    return short or says(near[: 5 * LURE_LENGTH], "lure", "packet")


def _near(node: Node, views: Views) -> list[str]:
    """The lines of the innermost part that says more than the caption itself."""
    own = words_on(node)
    for outer in views.around(node):
        lines = [words_on(inner) for inner in seen_in(outer) if words_on(inner)]
        if any(line != own for line in lines):
            return lines
    return [own]


def _row(seed: Node, views: _Page) -> Place | None:
    """The row of a list that a seed lies in, None where it lies in none or all rows of the list are of its kind."""
    for inner, rows in views.rows_round(seed):
        if (views.alike(rows) and not any(marks(node) for node in seen_in(inner))) or inner.area > ADVERT_SHARE * views.window.area:
            return None  # a list of the app's own; or the whole page scrolls as one row
        return Place(inner, AdvertKind.FEED_CARD, (inner,), unnumbered(rows.short_id) or "list")
    return None


def _in_own_list(seed: Node, views: _Page) -> bool:
    """Whether a seed lies in a list of which most rows offer what it does: a store of the app's own, its games."""
    return not marks(seed) and any(views.alike(rows) for _, rows in views.rows_round(seed))


def _part(seed: Node, views: Views, scale: float) -> Place | None:
    """The card or strip that a seed belongs to: the first view round it that says or shows more and takes a press."""
    most = ADVERT_SHARE * views.window.area
    chain = [node for node in (seed, *views.around(seed)) if node.area <= most]
    whole = [node for node in chain if _shows(node, seed)]
    named = [node for node in whole if node.clickable or marks(node)]
    part = next(iter(named or whole), None)
    if part is not None and part.area >= LEAST_SHARE * views.window.area:
        return _kept(part, (part,), seed, views)
    return _neighbours(seed, views, scale)


def _shows(node: Node, seed: Node) -> bool:
    """Whether a part shows more than its seed: a picture, or words that are neither a mark nor the caption itself."""
    for inner in seen_in(node):
        words = words_on(inner)
        if is_picture(inner) or (words and not is_mark(words) and role_of(words) is None):
            return True
    itself = node is seed and (not is_mark(node.text) or (node.class_name == PAINTED and label(node.text) not in words_of("mark", "texts")))
    return marks(node) and (bool(node.children) or itself)


def _neighbours(seed: Node, views: Views, scale: float) -> Place | None:
    """The views beside a seed that make up a card with it, where nothing on the page holds them together."""
    most, inner = ADVERT_SHARE * views.window.area, seed
    outer = None
    for outer in views.around(seed):
        if outer.area > most:
            break
        inner = outer
    if outer is None or is_list(outer) or outer.area <= most:
        return None
    children = [child for child in outer.children if child.visible and 0 < child.area <= most]
    at = next((place for place, child in enumerate(children) if child is inner), None)
    run = _run(children, at, scale, views.window) if at is not None else ()
    x, y, width, height = union(contents_of(child) if child.children and not child.clickable else child.box for child in run)
    if len(run) < 2 or width * height > WHOLE_SHARE * views.window.area:
        return None
    bounds = (x, y, x + width, y + height)
    card = replace(outer, children=run, bounds=bounds, clickable=False, text="", description="", resource_id="", checkable=False)
    return _kept(card, run, seed, views)


def _run(children: Sequence[Node], at: int, scale: float, window: Node) -> tuple[Node, ...]:
    """The neighbours that belong together round the one at ``at``: from a picture or a mark down to what closes it."""
    first = last = at
    while first > max(0, at - MOST_JOINED) and _joins(children[first - 1], children[first], scale, window):
        first -= 1
        if _opens(children[first]) and at - first > 0 and any(_says(child) for child in children[first + 1 : at + 1]):
            break
    alone = first == at and not _captions(children[at])
    while last + 1 < min(len(children), at + MOST_JOINED) and _follows(children[last + 1], children[last], scale, alone=alone):
        last += 1
        alone = alone and not _captions(children[last])
    return tuple(children[first : last + 1])


def _opens(node: Node) -> bool:
    """Whether a card begins with a view: its picture, or its mark."""
    return is_picture(node) or is_mark(node.text) or node.class_name.endswith("Image")


def _says(node: Node) -> bool:
    return any(words_on(inner) for inner in seen_in(node))


def _captions(node: Node) -> list[ControlRole]:
    """The roles of what can be pressed in a view."""
    roles = (role_of(words_on(inner)) for inner in seen_in(node) if words_on(inner) and inner.pressable)
    return [role for role in roles if role is not None]


def _apart(upper: Node, lower: Node, scale: float, most: float = 0.0) -> bool:
    """Whether two views are further from each other than those of one card are."""
    painted = most if PAINTED in (upper.class_name, lower.class_name) else 0.0
    if lower.bounds[1] < upper.bounds[3]:
        return upper.bounds[1] >= lower.bounds[3]  # beside each other, unless the tree has them the other way round
    return lower.bounds[1] - upper.bounds[3] > max(GAP_DP * scale, painted)


def _stands_alone(node: Node) -> bool:
    return is_list(node) or node.scrollable or node.class_name.endswith("EditText")


def _joins(node: Node, below: Node, scale: float, window: Node) -> bool:
    """Whether what stands above belongs to the same card: words and pictures, and no control of the page."""
    gap = 0.0 if is_mark(below.text, painted=True) else PAINTED_GAP * window.box[3]
    if _stands_alone(node) or _apart(node, below, scale, gap):
        return False
    if _captions(node):
        return False
    return node.class_name == PAINTED or not any(
        inner.clickable and (inner.children or _says(inner)) and not is_picture(inner) for inner in seen_in(node)
    )


def _follows(node: Node, above: Node, scale: float, *, alone: bool) -> bool:
    """Whether what stands below belongs to the same card: what closes it; below a mark ``alone`` all it has."""
    if _stands_alone(node) or _apart(above, node, scale):
        return False
    captions = _captions(node)
    return all(role in _ENDS for role in captions) and (bool(captions) or alone)


def _kept(part: Node, members: tuple[Node, ...], seed: Node, views: Views) -> Place | None:
    """The part as a place, with its kind by its shape; None where what it loads are the app's own contents."""
    signs = Signs(part)
    if signs.is_form and not signs.marked:
        return None
    wall = any(is_wall(line) for line in signs.lines)
    if wall and not (
        signs.roles[ControlRole.LOAD] or signs.roles[ControlRole.OPEN] or (words_on(seed) and role_of(words_on(seed)) is not None)
    ):
        if not signs.marked and not signs.loading:
            return None
        wall = False
    wide, high = part.box[2] / max(views.window.box[2], 1), part.box[3] / max(views.window.box[3], 1)
    if wall:
        kind = AdvertKind.WALL
    elif wide <= SMALL_WIDE and high <= SMALL_HIGH and part.class_name != PAINTED and _over_page(part, views):
        kind = AdvertKind.FLOATING
    elif signs.about["packet"] and not signs.marked:
        kind = AdvertKind.RED_PACKET
    elif high <= STRIP_SHARE and wide > WIDE_SHARE and not any(outer.scrollable for outer in views.around(members[0])):
        kind = AdvertKind.BANNER
    else:
        kind = AdvertKind.FEED_CARD
    return Place(part, kind, members)


def _over_page(part: Node, views: Views) -> bool:
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


def _layers(views: Views) -> Iterator[Place]:
    """Cards that are drawn over texts of the page without darkening it, and that close or offer something."""
    width, height = views.window.box[2], views.window.box[3]
    for outer in (views.window, *views.nodes):
        layers = [child for child in drawn(outer) if child.visible and child.area > 0]
        if len(layers) < 2 or not CARD_SHARE < layers[-1].area / max(width * height, 1) < WHOLE_SHARE:
            continue
        top, below = layers[-1], layers[:-1]
        if top.scrollable or is_list(top) or not any(layer.intersects(top) for layer in below):
            continue
        hidden = sum(bool(node.text) and node.intersects(top) for layer in below for node in seen_in(layer))
        signs = Signs(top)
        leaves = signs.closes or any(signs.roles[role] for role in (ControlRole.CLOSE, ControlRole.SKIP))
        if hidden >= HIDDEN_LINES and (leaves or signs.marked or signs.loading):
            kind = card_kind(top, top.box, (width, height), window=False)
            if kind is not None:
                yield Place(top, kind, (top,))


def _floating(views: Views) -> Iterator[Place]:
    """What floats over the page at a side: with a cross of its own, or an id or words that say so."""
    width, height = views.window.box[2], views.window.box[3]
    for node in views.nodes:
        small = 0 < node.box[2] <= SMALL_WIDE * width and 0 < node.box[3] <= SMALL_HIGH * height
        if not small or node.area < LEAST_SHARE * views.window.area or not _at_side(node, views.window):
            continue
        if not _floats(node) or any(outer.scrollable or is_list(outer) for outer in views.around(node)) or not _over_page(node, views):
            continue
        yield Place(node, AdvertKind.FLOATING, (node,))
        return


def _at_side(node: Node, window: Node) -> bool:
    x, _, width, _ = node.box
    left, _, wide, _ = window.box
    middle = x + width / 2 - left
    return min(middle, wide - middle) <= 0.25 * wide


def _floats(node: Node) -> bool:
    """Whether a small view is an advert: it has a cross and a picture, or its id or words name a packet or a ball."""
    inside: Sequence[Node] = seen_in(node)
    pressed = any(inner.clickable for inner in inside)
    crossed = any(_is_cross(inner) for inner in inside if inner is not node) and any(is_picture(inner) for inner in inside)
    named = any(_FLOATS & id_words(inner) for inner in inside) and any(is_picture(inner) or words_on(inner) for inner in inside)
    lured = any(says(words_on(inner), "lure", "packet") for inner in inside if words_on(inner))
    return pressed and (crossed or named or lured)


def _is_cross(node: Node) -> bool:
    words = words_on(node)
    if words:
        return role_of(words) is ControlRole.CLOSE
    return names_close(node.resource_id, node.class_name)
