"""The neighbours on a page that make up one card, where nothing holds them together: picture, title, mark, button."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from harness.dialogs.close_marks import is_close_mark
from harness.dialogs.continue_captions import cleans
from harness.dialogs.pixel_nodes import PAINTED
from harness.events import ControlRole
from harness.events.box import area, union
from harness.pages.advert_overlays import over_page
from harness.pages.advert_parts import Views, contents_of, is_picture, seen_in, words_on
from harness.pages.advert_words import ADVERTS, is_mark, is_wall, role_of
from harness.pages.page_layers import leads_back
from harness.pages.view_structure import ALIKE, is_list, shape
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import holds, middle

GAP_DP = 48.0
"""Views of one card stand no further from each other than this, from above to below [PROJECT]."""
MOST_JOINED = 10
"""Views before and after a button that make up a card with it, or are compared with it, at most [PROJECT]."""
MOST_GROWN = 3
"""Views above or below what is known of a card that belong to it, at most [PROJECT]: a picture, a title, a button."""
PICTURE_SHARE = 0.05
"""A picture that takes less of the window than this is an icon [PROJECT]."""
ICON_DP = 96.0
"""An app's icon is no wider than this [PROJECT]."""
MENU, FACE = 3, 3.0
"""Faces of one size that make a menu, and how much larger than what stands on it the face of a card is [PROJECT]."""
PAINTED_GAP = 0.45
"""Of the window's height, what a picture that is not read takes between the lines of a painted card, at most
[PROJECT]."""
_ENDS = (
    ControlRole.CLOSE,
    ControlRole.SKIP,
    ControlRole.CANCEL,
    ControlRole.LOAD,
    ControlRole.FAST_LOAD,
    ControlRole.OPEN,
    ControlRole.ACT,
)
_OFFERS = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.OPEN, ControlRole.ACT)


def whole_card(part: Node, views: Views, most: float) -> Node:
    """The card that a part belongs to: grown up to the last view round it whose neighbours are rows of the page.

    What stands beside it in one line is of its card unless it is a card of its own. What stands above or below it is
    where the part has no picture, or no button, and all round it shows no more than those.
    """
    found = inner = part
    for outer in views.around(part):
        if outer.area > most or _stands_alone(outer) or is_one(inner):
            break
        others = [child for child in outer.children if child.visible and child.area > 0 and child is not inner]
        if others:
            in_line = all(child.bounds[1] < inner.bounds[3] and child.bounds[3] > inner.bounds[1] for child in others)
            alike = any(child.children and shape(child, views.window) == shape(inner, views.window) for child in others)
            if alike or not (_stand_beside(others) if in_line else _complete(inner, others, outer, views)):
                break
            found = outer
        inner = outer
    return found


def is_one(node: Node) -> bool:
    """Whether a view takes the press as a whole, and has the mark and the offer of a card: that is its edge."""
    shown = seen_in(node) if node.pressable else []
    return any(is_mark(words_on(each)) for each in shown) and any(role_of(words_on(each)) in _OFFERS for each in shown)


def _stand_beside(others: Sequence[Node]) -> bool:
    """Whether what stands in one line with a part is picture, words and buttons of the same card."""
    for other in others:
        shown = seen_in(other)
        said = any(words_on(node) and not is_picture(node) and not is_close_mark(node) for node in shown)  # a picture is described
        own = said and any(is_picture(node) for node in shown)
        if own or _stands_alone(other) or any(is_mark(words_on(node)) or node.class_name.endswith("EditText") for node in shown):
            return False
    return sum(_unknown(other) for other in others) <= 1


def _complete(part: Node, others: Sequence[Node], outer: Node, views: Views) -> bool:
    """Whether what stands above and below a part gives it the picture or the button that it has not, and no more."""
    around = next((each for each in views.around(outer) if len([child for child in each.children if child.visible]) > 1), None)
    shown = [node for other in others for node in seen_in(other)]
    if around is None or len(others) > MOST_GROWN or any(map(_stands_alone, others)):
        return False
    if any(role not in _ENDS for other in others for role in _captions(other)) or any(is_mark(words_on(node)) for node in shown):
        return False
    known = seen_in(part)
    shows, pictured = any(is_picture(node) for node in known), any(is_picture(node) for node in shown)
    offers, gives = (any(map(_offers, each)) for each in (known, shown))
    titled = pictured and gives and any(is_mark(words_on(node)) for node in known)  # its title may take a press as well
    if sum(map(_unknown, others)) > titled:
        return False
    return (not shows and pictured) or (not offers and gives)


def _offers(node: Node) -> bool:
    """Whether a view says what the button of an advert says: 立即下载, 查看详情, 一键加速."""
    words = words_on(node)
    return bool(words) and not is_picture(node) and (role_of(words) in _OFFERS or (node.pressable and cleans(words)))


def _unknown(node: Node) -> int:
    """How many controls a view has whose words say nothing of an advert; a picture is described, and says none."""
    pressed = [inner for inner in seen_in(node) if inner.pressable and words_on(inner) and not (is_close_mark(inner) or is_picture(inner))]
    return sum(role_of(words_on(inner)) is None and not _offers(inner) for inner in pressed)


def neighbours(seed: Node, views: Views, scale: float, most: float, part: Node | None) -> tuple[Node, ...]:
    """The neighbours on the page that make up a card with a seed; fewer than two where they are none.

    ``part`` is the view round the seed that says or shows more; where it holds the seed and is held together by
    nothing but the page, the picture above it and what stands right below belong to its card.
    """
    inner, outer = seed, None
    for outer in views.around(seed):
        if outer.area > most:
            break
        inner = outer
    if outer is None or is_list(outer) or outer.area <= most or (part is not None and part is not inner):
        return ()
    children = [child for child in outer.children if child.visible and 0 < child.area <= most]
    at = next((place for place, child in enumerate(children) if child is inner), None)
    if at is None:
        return ()
    if _fills(children, outer, views, most):
        return tuple(children)
    first, last = (at, at) if part is not None else _run(children, at, scale, views.window)
    first, last = _grown(children, first, last, scale, views.window)
    return tuple(children[first : last + 1])


def _fills(children: Sequence[Node], frame: Node, views: Views, most: float) -> bool:
    """Whether a card is all that a frame holds, however large that is: from its mark over a picture to what it offers.

    What may be the page's own (开始) is so only in a frame that is drawn over the page.
    """
    first, *others = children
    if not others or len(children) > MOST_JOINED or any(map(_stands_alone, children)) or area(joined(children).box) > most:
        return False
    if not any(is_mark(words_on(node)) for node in seen_in(first)) or any(map(_offers, seen_in(first))):
        return False
    roles = _captions(others[-1])
    ends = any(role in _OFFERS and (role is not ControlRole.ACT or over_page(frame, views)) for role in roles)
    pictured = any(is_picture(node) for other in others for node in seen_in(other))
    own = all(role in _ENDS for child in children for role in _captions(child))
    return ends and pictured and own and sum(map(_unknown, children)) <= 1


def joined(run: Sequence[Node]) -> Node:
    """A card of neighbours, as one view that takes no press itself."""
    x, y, width, height = union(contents_of(child) if child.children and not child.clickable else child.box for child in run)
    first = run[0]
    return replace(
        first,
        class_name="android.view.ViewGroup",
        children=tuple(run),
        bounds=(x, y, x + width, y + height),
        clickable=False,
        text="",
        description="",
        resource_id="",
        checkable=False,
    )


def _grown(children: Sequence[Node], first: int, last: int, scale: float, window: Node) -> tuple[int, int]:
    """The run with the picture and title above it and what is pressed right below, up to the rows of the page.

    What has picture, name and mark and takes no press has its button right below, whatever that says, and is whole with
    it: a picture above that takes no press either may be the page's.
    """
    known = [inner for child in children[first : last + 1] for inner in seen_in(child)]
    if any(inner.class_name == PAINTED or is_wall(words_on(inner)) for inner in known):
        return first, last  # beside a wall stands the way round it
    around = children[max(0, first - MOST_JOINED) : last + 1 + MOST_JOINED]
    alike = Counter((shape(child, window), child.clickable) for child in around)

    def fits(node: Node, upper: Node, lower: Node) -> bool:
        row = alike[shape(node, window), node.clickable] >= ALIKE
        return not (row or node.children or _stands_alone(node) or _apart(upper, lower, scale))

    below = children[last + 1 : last + 3]
    pressed = bool(below) and fits(below[0], children[last], below[0]) and _is_button_of(known, children[last], *below)

    for place in range(first - 1, max(-1, first - 1 - MOST_GROWN), -1):
        node = children[place]
        if not fits(node, node, children[place + 1]) or _captions(node):
            break
        if is_picture(node):
            if node.pressable or not (pressed or _has_all(known, scale)):
                first, known = place, [node, *known]
            break
    shows = any(is_picture(inner) and inner.area > PICTURE_SHARE * window.area for inner in known)
    said = any(words_on(inner) and not is_mark(words_on(inner)) and role_of(words_on(inner)) is None for inner in known)
    for place in range(last + 1, min(len(children), last + 1 + MOST_GROWN)):
        node = children[place]
        captions = _captions(node)
        if not fits(node, children[place - 1], node) or not _ends(captions, known):
            break
        if not (
            captions
            or (pressed and node is below[0])
            or (node.clickable and words_on(node) and (not said or is_picture(children[place - 1])))
            or (is_picture(node) and not shows)
        ):
            break
        shows, said, last = shows or is_picture(node), said or bool(words_on(node) and not captions), place
        known = [*known, *seen_in(node)]
    return first, last


def _has_all(known: Sequence[Node], scale: float) -> bool:
    """Whether a card has its mark, its button and a picture that is no icon: a picture above it is the page's."""
    marked, offers = any(is_mark(words_on(node)) for node in known), any(map(_offers, known))
    return marked and offers and any(is_picture(node) and max(node.box[2:]) > ICON_DP * scale for node in known)


def _is_button_of(known: Sequence[Node], above: Node, button: Node, after: Node | None = None) -> bool:
    """Whether a button is of the marked card right above it, where nothing in that takes a press.

    It is the only one there, and no further from the card than from what comes after it.
    """
    if not (button.pressable and words_on(button)) or any(node.pressable for node in known):
        return False
    named = any(words_on(node) and not is_mark(words_on(node)) and not is_picture(node) for node in known)
    whole = named and any(map(is_picture, known)) and any(is_mark(words_on(node)) for node in known)
    near = after is None or button.bounds[1] - above.bounds[3] <= after.bounds[1] - button.bounds[3]
    return whole and near and (after is None or not any(node.pressable for node in seen_in(after)))


def _run(children: Sequence[Node], at: int, scale: float, window: Node) -> tuple[int, int]:
    """The neighbours that belong together round the one at ``at``: from a picture or a mark down to what closes it.

    Of a mark over a row that has picture, name and button, what stands above is the card's where it is a picture too;
    over a name and what offers it, two lines and more without a picture are an article's.
    """
    first = last = at
    while first > max(0, at - MOST_JOINED) and _joins(children[first - 1], children[first], scale, window, children):
        first -= 1
        if _opens(children[first]) and at - first > 0 and any(_says(child) for child in children[first + 1 : at + 1]):
            break
    if is_mark(children[at].text) and not _pictured(children[first:at], window):
        if _is_whole(children[at + 1 : at + 2]):
            return at, at + 1
        first = at if at - first > 1 and _heads(children[at : at + MOST_JOINED], scale) else first
    alone = first == at and not _captions(children[at])
    known = [inner for child in children[first : at + 1] for inner in seen_in(child)]
    while last + 1 < min(len(children), at + MOST_JOINED) and _follows(children[last + 1], children[last], scale, known, alone=alone):
        known += seen_in(children[last + 1])
        last += 1
        alone = alone and not _captions(children[last])
    return first, last


def _heads(run: Sequence[Node], scale: float) -> bool:
    """Whether a mark is followed by words and then by what offers something, with no gap between them."""
    mark, *below = run
    said = False
    for above, node in zip((mark, *below), below, strict=False):
        if node.class_name == PAINTED or _stands_alone(node) or _apart(above, node, scale):
            return False
        if captions := _captions(node):
            return said and all(role in _OFFERS for role in captions)
        said = said or _says(node)
    return False


def _is_whole(below: Sequence[Node]) -> bool:
    """Whether a view has all of a card: a picture, a name and a button that offers something."""
    return any(
        any(map(is_picture, seen_in(node)))
        and any(role_of(words_on(inner)) is None and not inner.pressable for inner in seen_in(node) if words_on(inner))
        and any(role in _OFFERS for role in _captions(node))
        for node in below
    )


def _pictured(above: Sequence[Node], window: Node) -> bool:
    """Whether views show a picture that is no icon to be pressed."""
    pictures = (inner for node in above for inner in seen_in(node) if is_picture(inner))
    return any(not inner.pressable or inner.area > PICTURE_SHARE * window.area for inner in pictures)


def is_of_menu(node: Node, page: Iterable[Node]) -> bool:
    """Whether something painted is one of several faces of one size in a line: buttons of the page, and no card's."""
    if node.class_name != PAINTED or not node.pressable:
        return False
    x, y, *size = node.box
    faces = {other.box for other in page if other.class_name == PAINTED and other.pressable and other.box[2:] == tuple(size)}
    return sum(face[0] == x or face[1] == y for face in faces) >= MENU


def on_face(seed: Node, page: Sequence[Node], most: float) -> tuple[Node, ...]:
    """What is painted on the face on which something painted stands: the card that a mark in its corner is of."""
    x, y = middle(seed)
    painted = [node for node in page if node.class_name == PAINTED]
    around = (node for node in painted if node is not seed and FACE * seed.area <= node.area <= most and holds(node, (x, y)))
    face = min(around, key=lambda node: node.area, default=None)
    return tuple(node for node in painted if holds(face, middle(node))) if face is not None else ()


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


def _joins(node: Node, below: Node, scale: float, window: Node, page: Sequence[Node]) -> bool:
    """Whether what stands above belongs to the same card: words and pictures, and no control of the page."""
    gap = 0.0 if is_mark(below.text, painted=True) else PAINTED_GAP * window.box[3]
    if _stands_alone(node) or _apart(node, below, scale, gap) or is_of_menu(node, page):
        return False
    if _captions(node) or leads_back(node) or (ADVERTS.pattern("divider").search(node.text) and not is_mark(node.text)):
        return False
    return node.class_name == PAINTED or not any(
        inner.clickable and (inner.children or _says(inner)) and not is_picture(inner) for inner in seen_in(node)
    )


def _ends(captions: Sequence[ControlRole], known: Iterable[Node]) -> bool:
    """Whether what is pressed below a card may be its own; where it loads or leads out already, 报名 is the page's."""
    offers = {role_of(words_on(node)) for node in known if words_on(node) and node.pressable} & {*_OFFERS}
    return all(role in _ENDS and not (role is ControlRole.ACT and offers - {ControlRole.ACT}) for role in captions)


def _follows(node: Node, above: Node, scale: float, known: Iterable[Node], *, alone: bool) -> bool:
    """Whether what stands below belongs to the same card: what closes it; below a mark ``alone`` all it has."""
    if _stands_alone(node) or _apart(above, node, scale):
        return False
    captions = _captions(node)
    return _ends(captions, known) and (bool(captions) or alone)
