"""The placement of an advert on a page of the app: a card in a list, a strip, a wall, and what lies over the page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, zip_longest

from harness.dialogs.captions import label
from harness.dialogs.close_marks import is_close_mark
from harness.dialogs.continue_captions import gives_away, spends
from harness.dialogs.dialog_words import speaks_of_settings
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.skip_button import in_corner
from harness.dialogs.walls import is_login
from harness.events import AdvertKind, ControlRole
from harness.events.box import area
from harness.pages.advert_app_info import sized_name, tells_of_app
from harness.pages.advert_cards import is_of_menu, is_one, joined, neighbours, on_face, whole_card
from harness.pages.advert_kinds import FEW_LINES, SMALL_HIGH, SMALL_WIDE, STRIP_SHARE, WIDE_SHARE, rows_alike
from harness.pages.advert_overlays import LEAST_SHARE, WHOLE_SHARE, floating, is_cross, layers, over_page
from harness.pages.advert_parts import Views, is_picture, seen_in, words_on
from harness.pages.advert_signs import OFFERS, Signs, loads_app, marks
from harness.pages.advert_words import ADVERTS, is_mark, is_wall, leads_to_app, names_app, of_contents, role_of, says, words_of
from harness.pages.page_layers import head_of
from harness.pages.view_structure import ADVERT_SHARE, ALIKE, is_list, rows_of, shape, unnumbered
from harness.parsers.hierarchy import Node

SHOWN_SHARE, CROSS_SHARE = 0.5, 0.1
"""Of a card without a mark, what its picture takes at least, and its cross at most [PROJECT]."""
MOST_ROWS = 50
"""Rows of a list that are compared at most [PROJECT]: a screen holds twenty."""
MOST_SEEDS = 40
"""Views of a page that are followed up at most [PROJECT]."""
LURE_LENGTH = 80
"""Characters of a card or page that lures by 开始游戏 or 继续播放, at most [PROJECT]: lists say more."""
MOST_COVERED = 0.6
"""Of a page's lines, what its adverts say at most where the page is more than they are [PROJECT]."""
SIZED_LINES = 2
"""Lines beside the button of a row that offers an app, at least [PROJECT]: its name, and its size with a slogan."""
STORE_ROWS = 3
"""Rows of a store of the app's own that are tried [PROJECT]."""
_LOADS = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.PAUSE, ControlRole.RESUME)


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

    def column_round(self, node: Node) -> tuple[Node, Node] | tuple[None, None]:
        """The row that a view lies in and its list, or the column that scrolls (ScrollView.java has one child)."""
        inner, around = node, [*self.around(node)]
        for outer, above in zip_longest(around, around[1:]):
            column = above is not None and above.scrollable and len(above.children) == 1
            if is_list(outer) or outer.scrollable or column:
                return inner, outer
            inner = outer
        return None, None

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
            found = _with(found, place, seed, views)
    found += [
        place for place in _of_store(views) if not any(_holds(other, place.node) or place.node.contains(other.node) for other in found)
    ]
    for layer, kind in layers(views):
        found = [other for other in found if not layer.contains(other.node)] + [Place(layer, kind, (layer,))]
    found += [
        place for place in _crossed(views) if not any(_holds(other, place.node) or place.node.contains(other.node) for other in found)
    ]
    ball = floating(views)
    if ball is not None and not any(_holds(other, ball) for other in found):
        found.append(Place(ball, AdvertKind.FLOATING, (ball,)))
    return sorted(found, key=lambda place: (place.node.bounds[1], place.node.bounds[0]))


def _with(found: list[Place], place: Place, seed: Node, views: Views) -> list[Place]:
    """The places with one more, in place of those inside it; with one that shares a view with it it is one card."""
    shares = [other for other in found if any(one is member for one in other.members for member in place.members)]
    if shares:
        each = {id(member): member for one in (*shares, place) for member in one.members}
        members = tuple(sorted(each.values(), key=lambda member: member.bounds[1]))
        card = joined(members)
        place = (_kept(card, members, seed, views) if card.area <= WHOLE_SHARE * views.window.area else None) or place
    return [other for other in found if not place.node.contains(other.node)] + [place]


def _holds(place: Place, node: Node) -> bool:
    return any(node is inner for member in place.members for inner in member.walk())


def _seeds(views: _Page) -> Iterator[Node]:
    """The views that make a part of a page an advert: a mark, an id, what loads an app, a lure, a wall."""
    fitting = (node for node in views.nodes if node.area <= ADVERT_SHARE * views.window.area)
    return islice((node for node in fitting if marks(node) or _calls(node, views)), MOST_SEEDS)


def _calls(node: Node, views: _Page) -> bool:
    """Whether a caption calls into another app: it loads, opens the app of a page, or lures with something else."""
    words = words_on(node)
    role = role_of(words) if words else None
    if words and is_wall(words):
        return True
    if role is ControlRole.OPEN:
        return (node.pressable or node.class_name == PAINTED) and leads_to_app(words)
    if role in _LOADS:
        lines = _near(node, views)
        if loads_app(node, lines):
            return True
        return (
            node.pressable
            and (bool(sized_name(lines)) or _sized_app(node, lines, views) or _in_odd_row(node, views))
            and not _is_one_of_packs(node, views)
        )
    if role is not ControlRole.ACT or not (node.pressable or node.class_name == PAINTED) or spends(words) or gives_away(words):
        return False  # what is the user's is no lure: 提现 ¥3.20
    if is_of_menu(node, views.nodes):
        return False
    lines = _near(node, views)
    near = " ".join(lines)
    written = [each for each in views.nodes if words_on(each)]
    menu = all(each.class_name == PAINTED for each in written) and lines == [words_on(each) for each in written]
    lures = says(words, "lure", "go_on") or (says(words, "lure", "game") and not menu)  # the first page of a painted game
    short = lures and len(near) <= LURE_LENGTH
    return short or says(near[: 5 * LURE_LENGTH], "lure", "packet")


def _is_one_of_packs(node: Node, views: Views) -> bool:
    """Whether a button loads one of the packs of its page: a row near its own tells a size too, and offers none."""
    inner = node
    for outer in () if is_of_apps(views.window) else views.around(node):
        rows = [child for child in outer.children if child.visible and child.area > 0]
        at = next((place for place, row in enumerate(rows) if row is inner), 0)
        if any(row is not inner and _is_other_of(row, inner) for row in rows[max(0, at - ALIKE) : at + ALIKE + 1]):
            return True
        inner = outer
    return False


def _is_other_of(row: Node, own: Node) -> bool:
    """Whether a row is as wide as another, tells a name and a size as that does, and offers nothing."""
    shown = [node for node in seen_in(row) if words_on(node)]
    alike = (row.class_name, row.bounds[0], row.bounds[2]) == (own.class_name, own.bounds[0], own.bounds[2])
    sized = bool(row.children) and bool(sized_name([words_on(node) for node in shown]))
    return alike and sized and not any(marks(node) or role_of(words_on(node)) in OFFERS for node in shown)


def _sized_app(node: Node, lines: Sequence[str], views: Views) -> bool:
    """Whether what a button loads stands beside it as apps do: an icon, a name and a size."""
    outer = next((outer for outer in views.around(node) if any(is_picture(inner) for inner in seen_in(outer))), None)
    told = [line for line in lines if line != words_on(node)]
    if outer is None or outer.box[3] > STRIP_SHARE * views.window.box[3] or len(told) < SIZED_LINES:
        return False
    if any(map(of_contents, told)) and not is_of_apps(views.window):
        return False
    return any(ADVERTS.pattern("size_to_load").search(line) for line in told)


def _in_odd_row(node: Node, views: _Page) -> bool:
    """Whether a button that loads stands in a row with a picture and words, between rows of a list of another make."""
    row, rows = views.column_round(node)
    if row is None or rows is None or row.area > ADVERT_SHARE / 2 * views.window.area:
        return False
    shown = seen_in(row)
    told = [words_on(inner) for inner in shown if words_on(inner) and inner is not node]
    if not told or any(map(of_contents, told)) or not any(map(is_picture, shown)):
        return False
    makes = [(shape(child, views.window), child) for child in rows.children[:MOST_ROWS] if child.visible and child.area > 0]
    common, times = Counter(make for make, _ in makes).most_common(1)[0]
    places = [place for place, (make, _) in enumerate(makes) if make == common]
    at = next((place for place, (_, child) in enumerate(makes) if child is row), 0)
    return times >= ALIKE and places[0] < at < places[-1] and sum(make == makes[at][0] for make, _ in makes) == 1


def is_of_apps(page: Node) -> bool:
    """Whether the title of a page says that it is of apps, and names no contents: 推荐应用."""
    said = next((words_on(node) for node in head_of(page) if words_on(node) and not node.pressable), "")
    return names_app(said) and not of_contents(said)


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
        large = inner.area > ADVERT_SHARE * views.window.area and not _fills_leaf(inner, views)
        if large or (views.alike(rows) and not any(marks(node) for node in seen_in(inner))):
            return None  # the whole page scrolls as one row; or a list of the app's own
        return Place(inner, AdvertKind.FEED_CARD, (inner,), unnumbered(rows.short_id) or "list")
    return None


def _fills_leaf(row: Node, views: _Page) -> bool:
    """Whether a row is a leaf of a pager, as between short films, and all of it an advert: marked, mostly a picture."""
    shown = seen_in(row)
    pages = any(outer.class_name.endswith("ViewPager") for outer in views.around(row))
    return pages and any(map(marks, shown)) and any(is_picture(node) and node.area >= SHOWN_SHARE * row.area for node in shown)


def _of_store(views: _Page) -> Iterator[Place]:
    """Some rows of each list of apps to be loaded: a store of the app's own promises as an advert does."""
    if not any(names_app(words_on(node)) for node in views.nodes if words_on(node)):
        return
    for outer in (views.window, *views.nodes):
        rows = [row for row in rows_of(outer, views.window)[:MOST_ROWS] if _offers_app(row, views.window)]
        for row in rows[:STORE_ROWS] if len(rows) > 1 else ():
            yield Place(row, AdvertKind.FEED_CARD, (row,), unnumbered(outer.short_id) or "list")


def _offers_app(row: Node, window: Node) -> bool:
    """Whether a row loads an app by its button: it has a picture and a size, or tells of the app otherwise."""
    shown = seen_in(row)
    lines = [words_on(node) for node in shown if words_on(node)]
    loading = any(node.pressable and role_of(words_on(node)) is ControlRole.LOAD for node in shown if words_on(node))
    if not loading or row.area > ADVERT_SHARE / 2 * window.area or any(map(of_contents, lines)) or not any(map(is_picture, shown)):
        return False
    return any(ADVERTS.pattern("size_to_load").search(line) for line in lines) or tells_of_app(lines)


def _in_own_list(seed: Node, views: _Page) -> bool:
    """Whether a seed lies in a list of which most rows offer what it does: a store of the app's own, its games.

    A list need not call itself one: rows of one make below each other are one.
    """
    if marks(seed):
        return False
    if any(views.alike(rows) for _, rows in views.rows_round(seed)):
        return True
    inner = seed
    for outer in views.around(seed):
        rows = () if is_list(outer) else rows_of(outer, views.window)[:MOST_ROWS]
        if any(row is inner for row in rows) and rows_alike(rows):
            return True
        inner = outer
    return False


def _part(seed: Node, views: Views, scale: float) -> Place | None:
    """The card or strip that a seed belongs to: the first view round it that says or shows more and takes a press.

    What belongs to it beside that view is a part of it, too.
    """
    most = ADVERT_SHARE * views.window.area
    if len(on := on_face(seed, views.nodes, most)) > 1:
        return _kept(joined(on), on, seed, views)
    chain = [node for node in (seed, *views.around(seed)) if node.area <= most]
    whole = [node for node in chain if _shows(node, seed) or is_one(node)]
    named = [node for node in whole if node.clickable or marks(node)]
    part = next(iter(named or whole), None)
    if part is not None:
        part = whole_card(part, views, most)
    if part is not None and part.area < LEAST_SHARE * views.window.area:
        part = None
    run = neighbours(seed, views, scale, most, part)
    if len(run) > 1:
        card = joined(run)
        return _kept(card, run, seed, views) if card.area <= WHOLE_SHARE * views.window.area else None
    return _kept(part, (part,), seed, views) if part is not None else None


def _shows(node: Node, seed: Node) -> bool:
    """Whether a part shows more than its seed: a picture, or words that are neither a mark nor the caption itself."""
    for inner in seen_in(node):
        words = words_on(inner)
        if is_picture(inner) or (words and not is_mark(words) and role_of(words) is None):
            return True
    itself = node is seed and (not is_mark(node.text) or (node.class_name == PAINTED and label(node.text) not in words_of("mark", "texts")))
    return marks(node) and (bool(node.children) or itself)


def _kept(part: Node, members: tuple[Node, ...], seed: Node, views: Views) -> Place | None:
    """The part as a place, with its kind by its shape; None where what it loads are the app's own contents."""
    signs = Signs(part)
    if signs.is_form and not signs.marked:
        return None
    wall = any(is_wall(line) for line in signs.lines)
    leads = signs.loading or signs.roles[ControlRole.LOAD] or signs.roles[ControlRole.OPEN]
    if wall and not (leads or (words_on(seed) and role_of(words_on(seed)) is not None)):
        if not signs.marked:
            return None
        wall = False
    wide, high = part.box[2] / max(views.window.box[2], 1), part.box[3] / max(views.window.box[3], 1)
    if wall:
        kind = AdvertKind.WALL
    elif wide <= SMALL_WIDE and high <= SMALL_HIGH and part.class_name != PAINTED and over_page(part, views):
        kind = AdvertKind.FLOATING
    elif signs.about["packet"] and not signs.marked:
        kind = AdvertKind.RED_PACKET
    elif high <= STRIP_SHARE and wide > WIDE_SHARE and not any(outer.scrollable for outer in views.around(members[0])):
        kind = AdvertKind.BANNER
    else:
        kind = AdvertKind.FEED_CARD
    return Place(part, kind, members)


def _crossed(views: _Page) -> Iterator[Place]:
    """Strips and cards in the flow of the page that are a picture with a cross of its own, whatever they say."""
    for cross in views.nodes:
        if not (cross.pressable or is_picture(cross)) or not is_close_mark(cross):
            continue
        part = next((outer for outer in views.around(cross) if _is_shown(outer, cross, views.window)), None)
        if part is None or _asks(part) or any(_crosses(rows) > 1 for _, rows in views.rows_round(part)):
            continue
        place = _row(part, views) or _kept(part, (part,), part, views)
        if place is not None:
            yield place


def _is_shown(part: Node, cross: Node, window: Node) -> bool:
    """Whether a part is wide, little more than a picture, and has the cross in its upper corner and little to press.

    A strip says more beside its picture, which is as high as the strip itself, and has at its end the cross and nothing
    else to press: a player has 播放 beside it.
    """
    wide = part.box[2] > WIDE_SHARE * window.box[2] and LEAST_SHARE * window.area <= part.area <= ADVERT_SHARE * window.area
    if not wide or cross.area > CROSS_SHARE * part.area:
        return False
    shown = [node for node in seen_in(part) if node is not part]
    pictures = [node.box for node in shown if is_picture(node) and node is not cross]
    at_end = part.box[3] <= STRIP_SHARE * window.box[3] and in_corner((cross.box[0], part.box[1], cross.box[2], 0), part.box)
    strip = at_end and any(box[3] >= SHOWN_SHARE * part.box[3] for box in pictures)
    card = in_corner(cross.box, part.box) and any(area(box) >= SHOWN_SHARE * part.area for box in pictures)
    pressed = sum(node.clickable and not any(inner is cross for inner in node.walk()) for node in shown)
    return ((strip and not pressed) or (card and pressed <= 2)) and sum(bool(words_on(node)) for node in shown) <= FEW_LINES


def _asks(part: Node) -> bool:
    return any(speaks_of_settings(words_on(node)) or is_login(words_on(node)) for node in seen_in(part) if words_on(node))


def _crosses(rows: Node) -> int:
    """How many rows of a list have a cross: more than one, and it is how any row is taken away."""
    return sum(any(is_cross(inner) for inner in seen_in(row)) for row in rows.children[:MOST_ROWS] if row.visible)
