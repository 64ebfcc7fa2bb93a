"""The kind of advert that a window, a card over the page or a whole page is, if it is one."""

from collections.abc import Sequence

from harness.dialogs.dialog_words import has_any, plain, speaks_of_permission, words
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.walls import is_login
from harness.events import AdvertKind, ControlRole, InterruptionKind
from harness.events.box import Box, union
from harness.pages.advert_parts import is_picture, seen_in, words_on
from harness.pages.advert_signs import LEADS, OFFERS, Signs
from harness.pages.advert_words import ADVERTS, is_mark, is_wall, role_of, says, tells_reward, words_of
from harness.pages.interruptions import kind_of
from harness.pages.own_parts import is_own_part
from harness.pages.page_layers import FEW, MANY
from harness.pages.view_structure import is_list
from harness.parsers.hierarchy import Node

STRIP_SHARE = 0.2
"""A strip at an edge, or in the flow of a page, is no higher than this share of its window [PROJECT]."""
SMALL_WIDE, SMALL_HIGH = 0.4, 0.25
"""What floats is no wider and no higher than these shares of the screen [PROJECT]."""
WIDE_SHARE = 0.6
"""A strip or a card in a list is wider than this share of the window [PROJECT]."""
LARGE_PICTURE = 0.4
"""A picture that takes more of a window than this is what the window shows [PROJECT]."""
MOST_ANSWERS = 6
"""A window with more to press than this is a menu, a form or a place to share to [PROJECT]."""
EDGE_SHARE = 0.12
"""A strip at an edge ends so near to it, of the screen's height [PROJECT]."""
COVERING_SHARE = 0.8
"""What takes so much of the screen keeps the page from being used [PROJECT], whatever it shows."""
PICTURE_CONTROLS = 2
"""An advert without a mark that is one picture has no more controls than this [PROJECT]: the picture and its cross."""
FUNCTIONS = 2
"""Controls whose words no advert's have make a page the app's own [PROJECT]; one may be the advert's: 看第2集."""
UNNAMED = (AdvertKind.WINDOW, AdvertKind.INTERSTITIAL)
"""Kinds that a shape and a picture may make, without a word."""
FEW_LINES = 4
"""A splash without a mark or a countdown says no more lines than this [PROJECT]."""


def card_kind(layer: Node, box: Box, screen: tuple[int, int], *, window: bool, shut: bool = False) -> AdvertKind | None:
    """Return the kind of advert that lies over the page in ``box``.

    ``window``: it is a window of its own, no layer; ``shut``: the page beside it takes no touch.
    """
    signs = Signs(layer, box)
    if signs.sells:
        return AdvertKind.SUBSCRIPTION
    if signs.is_form or _asks(signs):
        return None
    wide, high = box[2] / max(screen[0], 1), box[3] / max(screen[1], 1)
    offers = signs.marked or signs.loading or signs.about["packet"]
    body = box if shut else _body(signs)
    if body[2] <= SMALL_WIDE * screen[0] and body[3] <= SMALL_HIGH * screen[1]:
        return AdvertKind.FLOATING if offers or signs.roles[ControlRole.CLOSE] or signs.closes else None
    covers = shut and layer.area >= COVERING_SHARE * screen[0] * screen[1]  # a low sheet, with all the page darkened: no strip
    if high <= STRIP_SHARE and wide > WIDE_SHARE and at_edge(box, screen) and not covers:
        return AdvertKind.BANNER if offers else None
    return _offered(signs) or _window(signs, window=window)


def _body(signs: Signs) -> Box:
    """What it shows without its mark and its cross, whose views may be as wide as its layout makes them."""
    said = (
        node for node in signs.nodes if words_on(node) and not is_mark(words_on(node)) and role_of(words_on(node)) is not ControlRole.CLOSE
    )
    shown = [*(node.box for node in signs.nodes if is_picture(node)), *(node.box for node in said)]
    return union(shown) if shown else signs.box


def unless_own(kind: AdvertKind | None, layer: Node, box: Box, screen: tuple[int, int]) -> AdvertKind | None:
    """The kind of a layer; None where a shape alone made it and it is a part of the app's own by its shape as well."""
    if kind not in UNNAMED or not is_own_part(layer, box, screen):
        return kind
    signs = Signs(layer, box)
    return kind if signs.marked or signs.loading else None


def at_edge(box: Box, screen: tuple[int, int]) -> bool:
    """Whether a strip stands at the upper or lower edge of the screen."""
    return box[1] <= EDGE_SHARE * screen[1] or box[1] + box[3] >= (1 - EDGE_SHARE) * screen[1]


def _asks(signs: Signs) -> bool:
    """Whether it asks for a permission, for consent or for a login: others watch that.

    What the law wants told of an app that is offered names its privacy policy and permissions, and asks for nothing.
    """
    consent = has_any(plain(signs.text), (*words()["consent"]["policy"], *ADVERTS.words("asks.cookies")))
    asks = any(speaks_of_permission(line) for line in signs.lines if not line.strip().endswith(ADVERTS.words("asks.not_ends")))
    logs_in = any(is_login(line) for line in signs.lines if len(line) <= 8)
    return (asks or logs_in or consent) and not signs.marked and not signs.loading and not signs.is_store


def _offered(signs: Signs) -> AdvertKind | None:
    """The kind of a card that offers something, None for any other window."""
    if any(is_wall(line) for line in signs.lines) and (signs.roles[ControlRole.LOAD] or signs.roles[ControlRole.OPEN]):
        return AdvertKind.WALL
    if kind_of(signs.text) is InterruptionKind.UPDATE and not signs.marked:
        return AdvertKind.WINDOW if signs.controls <= MOST_ANSWERS else None
    presses = sum(signs.roles[role] for role in (*LEADS, ControlRole.LOAD, ControlRole.CONFIRM))
    if signs.about["packet"] and (presses or signs.controls <= FEW):
        return AdvertKind.RED_PACKET
    if signs.two_ways:
        return AdvertKind.STORE_PAGE
    leads = signs.roles[ControlRole.OPEN] > 0 or (signs.about["game"] and signs.roles[ControlRole.ACT] > 0)
    leads = leads and not signs.ends  # 去看看 beside 退出 asks whether to stay
    shows = signs.picture >= LARGE_PICTURE and len(signs.lines) <= FEW_LINES and 0 < signs.controls <= FEW and signs.functions < FUNCTIONS
    return AdvertKind.INTERSTITIAL if signs.marked or signs.loading or (leads and signs.controls <= MOST_ANSWERS) or shows else None


def _window(signs: Signs, *, window: bool) -> AdvertKind | None:
    """Any other window that must be possible to close: no menu, no page of the app's own in a layer."""
    most = MOST_ANSWERS if window else FEW
    says = bool(signs.lines) or (signs.picture > 0 and signs.controls > 0)
    return AdvertKind.WINDOW if says and signs.controls <= most and not signs.is_page else None


def page_kind(part: Node, *, over: bool) -> AdvertKind | None:
    """Return the kind of a page that is an advert as a whole; ``over``: it is a layer that covers the page."""
    signs = Signs(part)
    if signs.sells:
        return AdvertKind.SUBSCRIPTION
    if signs.is_form and not any(node.class_name.endswith("WebView") for node in signs.nodes):
        return None if not (signs.skips and signs.marked) else AdvertKind.SPLASH
    if _watched(signs):
        return AdvertKind.INCENTIVE_VIDEO
    if signs.roles[ControlRole.FAST_LOAD] and signs.is_store:
        return AdvertKind.STORE_PAGE
    if signs.skips or signs.counts:
        return AdvertKind.SPLASH if _is_splash(signs) else None
    if _is_nothing_else(signs):
        return AdvertKind.SPLASH if signs.roles[ControlRole.SKIP] else AdvertKind.INTERSTITIAL
    if not signs.is_page and signs.controls <= MOST_ANSWERS and signs.closes and signs.functions < FUNCTIONS:
        shows = signs.picture >= LARGE_PICTURE
        fills = over or shows or signs.spread >= LARGE_PICTURE
        if fills and (signs.marked or signs.loading or (over and shows) or _is_picture_with_a_cross(signs)):
            return AdvertKind.INTERSTITIAL
    if over:
        kind = None if _asks(signs) else _offered(signs) or _window(signs, window=False)
        return kind if signs.closes or kind is not AdvertKind.WINDOW or signs.controls > 0 else None
    wall = any(is_wall(line) for line in signs.lines)
    if signs.shuts or (signs.loading and (wall or signs.leads_around)) or (wall and signs.roles[ControlRole.OPEN]):
        return AdvertKind.WALL
    if signs.loading and _shows_web(signs, part) and signs.controls <= MANY:
        return AdvertKind.WEB_PAGE
    rows = any(node.class_name.endswith(("ListView", "RecyclerView", "GridView")) for node in signs.nodes)
    return AdvertKind.STORE_PAGE if signs.is_store and not rows else None


def came_kind(part: Node) -> AdvertKind | None:
    """Return the kind of a page that came over another by itself; None where it may be a page of the app's own.

    It offers something, or is a picture that says so little; a lock, a form and a page with a way back are none.
    """
    signs = Signs(part)
    many = signs.controls > MOST_ANSWERS or signs.functions >= FUNCTIONS or any(is_list(node) for node in signs.nodes)
    if signs.is_form or signs.is_page or many or _asks(signs) or says(signs.text, "lock", "words"):
        return None
    if signs.marked:
        return AdvertKind.INTERSTITIAL
    offers = signs.offers or signs.roles[ControlRole.SUBSCRIBE] > 0
    shows = signs.picture >= LARGE_PICTURE and 0 < len(signs.lines) <= FEW_LINES
    return AdvertKind.WINDOW if offers or shows else None


def _is_nothing_else(signs: Signs) -> bool:
    """Whether a page calls itself an advert and has room for nothing else, wherever its way out is, if any."""
    painted = any(node.class_name == PAINTED for node in signs.nodes)
    shows = signs.spread >= LARGE_PICTURE or (signs.picture >= LARGE_PICTURE and (signs.offers or signs.closes or not painted))
    fills = shows or signs.roles[ControlRole.SKIP] > 0
    few = signs.controls <= FEW and signs.functions < FUNCTIONS
    return fills and signs.marked and not signs.is_page and few and len(signs.lines) <= FEW_LINES + signs.controls


def _is_picture_with_a_cross(signs: Signs) -> bool:
    """Whether a page is one picture and what closes it, with few words: an advert that does not call itself one."""
    return signs.picture >= LARGE_PICTURE and signs.controls <= PICTURE_CONTROLS and 0 < len(signs.lines) <= FEW_LINES


def _watched(signs: Signs) -> bool:
    """Whether it is a film that is watched for a reward: told in words, with a clock or a way out in a corner."""
    if signs.counts and signs.closes and any(tells_reward(line) for line in signs.lines):
        return True
    rewards = (signs.about["reward"] or signs.about["packet"]) and signs.about["watch"]
    return (
        (rewards or any(tells_reward(line) for line in signs.lines))
        and (signs.counts or signs.skips or signs.marked)
        and (signs.closes or signs.counts)
        and signs.picture >= LARGE_PICTURE
    )


def _is_splash(signs: Signs) -> bool:
    """Whether a page with 跳过 or a countdown in its corner is a splash, and no guide, choice of interests or film.

    A countdown alone makes none: exercises, timers and recordings count as well. It needs a mark, a way to skip it, or
    a picture that is all there is.
    """
    runs = any(signs.roles[role] for role in (ControlRole.PAUSE, ControlRole.RESUME))
    shown = signs.counts_down and signs.picture >= LARGE_PICTURE and not runs
    strong = signs.marked or signs.loading or (signs.counts and signs.skips) or shown
    goes_on = any(node.pressable and plain(words_on(node)) in words_of("guide", "onward") for node in signs.nodes)
    is_own = goes_on or signs.is_page or any(is_login(line) for line in signs.lines if len(line) <= 8)
    if (is_own and not signs.marked) or (not strong and kind_of(signs.text) is InterruptionKind.GUIDE):
        return False
    few = signs.controls <= FEW
    shows = signs.skips and len(signs.lines) <= FEW_LINES and few and not any(node.checkable for node in signs.nodes)
    told = signs.skips or signs.counts_down
    leads = told and not runs and any(signs.roles[role] for role in LEADS) and few and signs.picture >= LARGE_PICTURE
    return (strong and signs.controls <= MANY) or shows or leads


def _shows_web(signs: Signs, part: Node) -> bool:
    """Whether most of a page is a page of the web."""
    return any(node.class_name.endswith("WebView") and node.area >= 0.5 * part.area for node in signs.nodes)


def rows_alike(rows: Sequence[Node]) -> bool:
    """Whether so many rows of a list offer something that the list is the app's own: a store, its games, downloads."""
    offering = sum(any(words_on(node) and role_of(words_on(node)) in OFFERS for node in seen_in(row)) for row in rows)
    return offering > 1 and 2 * offering > len(rows)
