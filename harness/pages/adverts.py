"""Adverts and windows over the page: where they are, what they say and how they can be touched. Pure.

What is told here is tried by the scenario of clause 7 and by nothing else, and every press in an advert is made on
purpose: a slot that is none costs time and may accuse an innocent. So what only resembles one is left alone: pages that
load contents of the app's own, login and consent, dialogs of the system, a layer that our own press opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from harness.dialogs.offers import is_update
from harness.dialogs.pixel_nodes import PAINTED, painted_cross
from harness.events import AdvertControl, AdvertKind, ControlRole, DialogKind
from harness.events.box import Box, area, intersection
from harness.pages.advert_app_info import has_icon, is_name, names_nothing, slogan_names, title_of, told_in
from harness.pages.advert_controls import CLOSING, controls_of, inked, lines_of_sale, loads_whole, pixels_per_dp
from harness.pages.advert_kinds import LARGE_PICTURE, SMALL_WIDE, UNNAMED, at_edge, came_kind, card_kind, page_kind, unless_own
from harness.pages.advert_parts import (
    Views,
    contents_of,
    is_picture,
    layout_of,
    place_of,
    seen_in,
    shuts,
    slot_name,
    without,
    words_on,
    words_seen,
)
from harness.pages.advert_placements import MOST_COVERED, Place, is_of_apps, places_on
from harness.pages.advert_signs import OFFERS, Signs
from harness.pages.advert_words import is_countdown, is_mark, maker_of, role_of, seconds_in
from harness.pages.interruptions import Interruption, find_interruption, kind_of
from harness.pages.look import Look, once_for_a_look
from harness.pages.own_parts import open_drawer
from harness.pages.page_layers import card_over, page_in_front
from harness.pages.pagers import is_leaf
from harness.pages.view_structure import unnumbered
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import holds, middle, screen_of

if TYPE_CHECKING:
    from harness.vision.luma_thumbnails import Frame

WORDS_LENGTH = 2000
MOST_ADVERTS = 12
"""Adverts of one page that are told at most [PROJECT]."""
FULL_SHARE = 0.85
"""What covers less of the screen is a card over the page [PROJECT]."""
WHOLE = (AdvertKind.SPLASH, AdvertKind.INTERSTITIAL, AdvertKind.INCENTIVE_VIDEO, AdvertKind.SUBSCRIPTION)
"""Kinds that take the whole page, whatever adverts are marked in it."""
NAMED = (AdvertKind.STORE_PAGE, AdvertKind.WEB_PAGE, AdvertKind.SUBSCRIPTION, AdvertKind.WALL)
"""Kinds of pages that are told apart by their layout."""
IN_PAGE = (AdvertKind.FEED_CARD, AdvertKind.BANNER, AdvertKind.FLOATING)
"""Adverts of a page, which may be in sight while the page is used."""
LANDING = "landing"
"""How the slots of pages begin to which a touch on an advert led."""
BEHIND = "behind"
"""The slot of an advert that takes the whole page to which a touch on another led: no splash of the app's."""
FILM, LEAF = "film", "leaf"
"""How the slots of adverts begin that fill a page in use, and would be a splash at a start: a film, the card after it;
and of those that are a page of a pager: who turns on is rid of them."""
CUT, CUT_ABOVE = "cut", "cut-above"
"""The places of a card without a button that ends where its list does, of one without a title that begins there."""
CAME = "came"
"""How the slots of pages begin that came over a page of the app by themselves."""
MOVABLE_SHARE = 0.15
"""A window that covers less of the screen leaves the page below it to be used [PROJECT]: a ball, a bar."""
_OTHERS = ("inputmethod", "systemui", "launcher")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advert:
    """An advert, or a window over the page; the fields are those of the event AdvertSeen.

    ``title`` is its most prominent line, which names the app only where ``told`` has it as a name.
    """

    slot: str
    kind: AdvertKind
    box: Box
    words: str
    controls: tuple[AdvertControl, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    title: str = ""
    countdown: float | None = None
    whole_card: bool = False
    sdk: str = ""
    sdk_by: str = ""
    sdk_sure: bool = True


@once_for_a_look
def find_adverts(
    look: Look,
    package: str,
    frame: Frame | None = None,
    *,
    density: float | None = None,
    opened: bool = False,
    landing: bool = False,
    came: bool = False,
    behind: bool = False,
    film: bool = False,
) -> tuple[Advert, ...]:
    """Return the adverts in the windows of ``package``, and the window that lies over its page.

    ``frame`` is the picture of the same look, ``density`` how many pixels a dp has. A window that our own press
    ``opened`` is a function of the app's, unless it is an advert by its own words. On a ``landing`` page, to which a
    touch on an advert led, the page itself is one where nothing else is; so is one that ``came`` over a page of the app
    with no press, where it offers anything. What takes the whole page ``behind`` an advert has another name, as has
    a ``film`` in use. None while the system, another app or the app itself asks for something.
    """
    own = [root for root in look.roots if root.package == package and root.visible]
    if not own or _asks(look) or _hidden(look.roots, own[-1]):
        return ()
    reading = _Reading(look, frame, pixels_per_dp(look.roots, density), screen_of(look.roots), film and not behind)
    found: list[Advert] = []
    window = own[-1]
    while len(own) > 1 and reading.is_movable(window):
        found += reading.window(window, window, None, opened=opened)
        own.pop()
        window = own[-1]
    window = page_in_front(window)
    drawer = open_drawer(window, reading.screen)
    window = drawer or window
    layer = card_over(window, look) or _painted_card(window, look) if drawer is None else None
    if layer is not None and layer is not window and _only_ends(layer, window):
        layer = None  # the picture of a splash is the page below its button
    over = reading.window(layer, window, own[-2] if len(own) > 1 else None, opened=opened) if layer is not None else []
    strip = layer is not window and any(advert.kind is AdvertKind.BANNER for advert in over)
    if layer is not None and (over or layer is window):
        found += over
        if strip:  # the page that it leaves to be used may have others
            found += [
                advert for advert in reading.page(window) if advert.kind in IN_PAGE and not area(intersection(advert.box, over[0].box))
            ]
        elif any(advert.kind is AdvertKind.FLOATING for advert in over) and layer is not window:
            found += reading.page(without(window, {id(layer)}) or window)
    else:
        found += reading.page(window, menu=drawer is not None)
    if landing and not found:
        found = reading.landing(window)
    if came and all(advert.kind in IN_PAGE for advert in found):
        found = reading.came(window) or found
    return _told_apart([_asked_for(advert) for advert in found] if behind else found)[:MOST_ADVERTS]


def is_cut(slot: str) -> bool:
    """Whether the name of a slot tells that only a part of a card was in sight there."""
    return CUT in slot.split("-")


def is_cut_above(slot: str) -> bool:
    """Whether the name of a slot tells that the upper part of a card was not in sight there."""
    return CUT_ABOVE in slot


def _asked_for(advert: Advert) -> Advert:
    """A whole page behind a button of an advert: known as that, whether it counts its seconds still or not."""
    if advert.slot not in (AdvertKind.SPLASH, AdvertKind.INTERSTITIAL, AdvertKind.INCENTIVE_VIDEO):
        return advert
    return replace(advert, slot=BEHIND, kind=AdvertKind.INCENTIVE_VIDEO if advert.kind is AdvertKind.SPLASH else advert.kind)


def _only_ends(layer: Node, window: Node) -> bool:
    """Whether a layer has nothing but the mark of the page below it and what skips it, or the cross of an advert."""
    words = [words_on(node) for node in seen_in(layer) if words_on(node)]
    roles = {role_of(line) for line in words if not is_mark(line)}
    if roles == {ControlRole.CLOSE} and not any(map(is_picture, seen_in(layer))):
        return page_kind(window, over=False) in WHOLE
    return roles == {ControlRole.SKIP}


def _painted_card(window: Node, look: Look) -> Node | None:
    """The pop-up of a painted page that asks nothing, as a view with what was read on it."""
    card = look.painted.card if look.painted is not None else None
    if card is None or look.painted is None or area(card) >= FULL_SHARE * window.area:
        return None
    x, y, width, height = card
    holder = Node(class_name=PAINTED, package=window.package, bounds=(x, y, x + width, y + height))
    painted = [node for node in window.children if node.class_name == PAINTED]
    inside = [node for node in painted if holds(holder, middle(node))]
    if any(role_of(words_on(node)) is ControlRole.SKIP and node not in inside for node in painted):
        return None  # the page round the card is skipped with it: a splash, and the card is its picture
    if (cross := look.painted.cross) is not None and not any(holds(painted_cross(window.package, cross), middle(node)) for node in inside):
        inside.append(painted_cross(window.package, cross))
    return replace(holder, children=tuple(inside))


def _asks(look: Look) -> bool:
    return look.dialog is not None and look.dialog.kind is not DialogKind.OTHER


def _hidden(roots: Sequence[Node], window: Node) -> bool:
    """Whether a window of someone else lies over the app's: the system asks, or a store is in front."""
    after = list(roots)[max(place for place, root in enumerate(roots) if root is window) + 1 :]
    foreign = [root for root in after if root.visible and root.package != window.package]
    return any(
        root.area > MOVABLE_SHARE * window.area and not any(word in root.package.lower() for word in _OTHERS) and root.intersects(window)
        for root in foreign
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    look: Look
    frame: Frame | None
    scale: float
    screen: tuple[int, int]
    film: bool = False

    @property
    def area(self) -> int:
        return self.screen[0] * self.screen[1]

    def is_movable(self, window: Node) -> bool:
        """Whether a window leaves the page below it to be used: a ball, or a bar at an edge."""
        narrow = window.box[2] <= SMALL_WIDE * self.screen[0]
        return window.area < MOVABLE_SHARE * self.area and (narrow or at_edge(window.box, self.screen))

    def window(self, layer: Node, window: Node, below: Node | None, *, opened: bool) -> list[Advert]:
        """Return the adverts in a window, or in a layer, that lies over the page."""
        box = layer.box if layer.area < FULL_SHARE * self.area else _clear(contents_of(layer), layer)
        full = area(box) >= FULL_SHARE * self.area
        kind = (
            page_kind(layer, over=True) if full else card_kind(layer, box, self.screen, window=layer is window, shut=shuts(layer, window))
        )
        kind = unless_own(kind, layer, box, self.screen)
        own_press = opened and (kind is AdvertKind.WINDOW or (kind is AdvertKind.INTERSTITIAL and not _calls_itself_one(layer, box)))
        if kind is None or own_press:
            return []
        host = None if layer.class_name == PAINTED else below if layer is window else window
        own = layer if kind is AdvertKind.WINDOW else None
        name = kind.value
        if own is not None:
            name = f"{name}-{kind_of(' '.join(map(words_on, seen_in(layer))))}"
        place = place_of(box, (0, 0, *self.screen)) if kind in (AdvertKind.FLOATING, AdvertKind.BANNER) else "full" if full else "card"
        said = _question(layer) if kind in UNNAMED else ""
        found = self._advert(kind, slot_name(name, place, layout_of(host, [layer], own, said)), layer, box, page=full)
        return [_noted(found, find_interruption(self.look, window.package))]

    def page(self, window: Node, *, menu: bool = False) -> list[Advert]:
        """Return the page as an advert where it is one as a whole, and no ``menu``, else the adverts in it."""
        kind = page_kind(window, over=False) if not menu else None
        places = [] if kind in WHOLE else [place for place in places_on(window, self.scale) if not _tells_of_update(place)]
        if kind is not None and not self._is_more(window, places):
            film = self.film and kind is AdvertKind.SPLASH
            host = window if film or kind in NAMED else None
            slot = slot_name(FILM if film else kind.value, "", layout_of(host))
            found = self._advert(AdvertKind.INCENTIVE_VIDEO if film else kind, slot, window, window.box, page=True)
            leaf = kind is AdvertKind.INTERSTITIAL and is_leaf(window) and not any(one.role in CLOSING for one in found.controls)
            return [replace(found, kind=AdvertKind.FEED_CARD, slot=slot_name(LEAF, "", layout_of(window))) if leaf else found]
        layout = layout_of(window, [member for place in places for member in place.members]) if places else ""
        return [self._placed(place, window, layout) for place in places[:MOST_ADVERTS]]

    def landing(self, window: Node) -> list[Advert]:
        """The page that a touch on an advert opened, as an advert, where it offers anything."""
        advert = self._advert(AdvertKind.WEB_PAGE, slot_name(LANDING, "", layout_of(window)), window, window.box, page=True)
        return [advert] if any(control.role in OFFERS for control in advert.controls) else []

    def came(self, window: Node) -> list[Advert]:
        """The page that came over another with no press, as a window over it."""
        kind = came_kind(window)
        if kind is None:
            return []
        host = None if any(node.class_name == PAINTED for node in seen_in(window)) else window
        return [self._advert(kind, slot_name(CAME, kind.value, layout_of(host)), window, window.box, page=True)]

    def _is_more(self, window: Node, places: Sequence[Place]) -> bool:
        """Whether a page has contents of its own beside the adverts in it."""
        inside = [Signs(place.node) for place in places]
        if not inside or any(signs.marked for signs in inside) or Signs(window).two_ways:
            return any(signs.marked for signs in inside)
        told = dict(told_in(Signs(window).nodes))
        if len(told) > 1 and not any(told_in(signs.nodes) for signs in inside):
            return False  # the page is about the app that the part loads
        return sum(len(signs.lines) for signs in inside) < MOST_COVERED * len(Signs(window).lines)

    def _placed(self, place: Place, window: Node, layout: str) -> Advert:
        name = slot_name(place.kind.value, place.rows or place_of(place.node.box, window.box), layout)
        found = self._advert(place.kind, name, place.node, place.node.box, page=False, of_app=is_of_apps(window))
        if place.kind is not AdvertKind.FEED_CARD:
            return found
        roles = {one.role for one in found.controls}
        if not (offers := bool(roles.intersection(OFFERS))) and _is_cut(place.node, window, 3):
            return replace(found, slot=slot_name(place.kind.value, CUT, layout))
        if offers and not is_name(found.title, of_app=True) and _is_cut(place.node, window, 1):
            return _by_make(replace(found, slot=slot_name(place.kind.value, CUT_ABOVE, layout)))
        return _by_make(found)

    def _as_read(self, controls: tuple[AdvertControl, ...]) -> tuple[AdvertControl, ...]:
        """Painted words with the place of their letters: the face below them is no part of how large they are."""
        read = {line.text: line.box for line in self.look.painted.lines} if self.look.painted is not None else {}
        passive = (ControlRole.OTHER, ControlRole.TITLE)
        return tuple(each._replace(box=read[each.text]) if each.role in passive and each.text in read else each for each in controls)

    def _advert(self, kind: AdvertKind, slot: str, part: Node, box: Box, *, page: bool, of_app: bool = False) -> Advert:
        views = Views(part)
        nodes = views.nodes
        controls = controls_of(views, box, self.frame, self.scale, page=page)
        if kind is AdvertKind.SUBSCRIPTION:
            lines = lines_of_sale(views, controls, self.frame, self.scale)
            controls = inked(self._as_read((*controls, *lines)), self.frame, self.scale)
        told = dict(told_in(nodes))
        title = title_of(nodes, told.get("name", ""))
        line = title.text[:200] if title is not None else ""
        makers = [found for node in nodes if (found := maker_of(node.resource_id, node.class_name, _signed(node))) is not None]
        maker = max(makers, key=lambda found: found.sure, default=None)
        offers = any(control.role in OFFERS and control.role is not ControlRole.ACT for control in controls)
        may_be = is_name(line, of_app=of_app) and not names_nothing([line])
        loads_it = any(control.role in (ControlRole.LOAD, ControlRole.FAST_LOAD) for control in controls)
        headed = line if may_be and ((told and not page) or has_icon(nodes, title, self.scale)) else ""
        headed = headed or (slogan_names(nodes) if loads_it and (not page or kind in WHOLE) else "")
        if "name" not in told and offers and headed:
            told = {"name": headed} | told
        words = " ".join(dict.fromkeys(words_seen(node) for node in nodes if words_seen(node)))[:WORDS_LENGTH]
        film = kind is AdvertKind.INCENTIVE_VIDEO  # what else tells of seconds may be a motion: 摇动手机 3 秒
        counted = (seconds_in(words_on(node)) for node in nodes if film or is_countdown(words_on(node)))
        return Advert(
            slot=slot,
            kind=kind,
            box=box,
            words=words,
            controls=controls,
            told=tuple(told.items()),
            title=line,
            countdown=next((seconds for seconds in counted if seconds is not None), None),
            whole_card=loads_whole(part, nodes),
            sdk=maker.name if maker is not None else "",
            sdk_by=maker.by if maker is not None else "",
            sdk_sure=maker is None or maker.sure,
        )


def _by_make(advert: Advert) -> Advert:
    """Cards of one list are tried apart where one loads, another leads on and a third has no button."""
    roles = {control.role for control in advert.controls}
    make = "" if roles & {ControlRole.LOAD, ControlRole.FAST_LOAD} else "leads" if roles.intersection(OFFERS) else "bare"
    return replace(advert, slot=slot_name(advert.slot, make, ""))


def _calls_itself_one(layer: Node, box: Box) -> bool:
    """Whether what our own press opened is an advert by its mark, what it loads, or its cross beside what it shows."""
    signs = Signs(layer, box)
    shows = signs.picture >= LARGE_PICTURE and (signs.closes or any(signs.roles[role] for role in CLOSING))
    return signs.marked or signs.loading or shows


def _question(layer: Node) -> str:
    """The first line of a window without a picture, which tells it from others of its shape; else empty."""
    nodes = seen_in(layer)
    if any(is_picture(node) or node.class_name == PAINTED for node in nodes):
        return ""
    lines = (words_on(node) for node in nodes if words_on(node) and not node.pressable)
    return next((unnumbered(line) for line in lines if role_of(line) is None), "")


def _is_cut(part: Node, window: Node, edge: int) -> bool:
    """Whether a part of a page reaches to an edge of what scrolls around it: the rest of it may come beyond."""
    return any(outer.scrollable and outer.bounds[edge] == part.bounds[edge] for outer in Views(window).around(part))


def _tells_of_update(place: Place) -> bool:
    """Whether a part of a page offers a new version and names no app: that is the app's own."""
    signs = Signs(place.node)
    told = dict(told_in(signs.nodes))
    return "version" in told and "name" not in told and not signs.marked and is_update(signs.text)


def _noted(advert: Advert, interruption: Interruption | None) -> Advert:
    """The only button of a window that only tells something closes it, whatever it says: 我知道了."""
    if interruption is None or any(control.role in CLOSING for control in advert.controls):
        return advert
    controls = [each._replace(role=ControlRole.CLOSE) if each.box == interruption.box else each for each in advert.controls]
    return replace(advert, controls=tuple(controls))


def _clear(box: Box, layer: Node) -> Box:
    """The place of what a layer shows, within the layer."""
    return box if area(box) > 0 else layer.box


def _signed(node: Node) -> str:
    """The mark of an advert, in which its SDK may be named."""
    return node.text if is_mark(node.text) else ""


def _told_apart(adverts: Sequence[Advert]) -> tuple[Advert, ...]:
    """Adverts of one name get a number after the first, from above to below."""
    seen: dict[str, int] = {}
    found: list[Advert] = []
    for advert in adverts:
        seen[advert.slot] = count = seen.get(advert.slot, 0) + 1
        found.append(advert if count == 1 else replace(advert, slot=f"{advert.slot}-{count}"))
    return tuple(found)
