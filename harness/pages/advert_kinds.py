"""The kind of advert that a window, a card over the page or a whole page is, if it is one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from harness.dialogs.close_marks import closes_nothing, names_close
from harness.dialogs.dialog_words import has_any, plain, speaks_of_permission, words
from harness.dialogs.matcher import is_back
from harness.dialogs.offers import leads_around
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.skip_button import in_corner, is_skip
from harness.dialogs.walls import is_login
from harness.events import AdvertKind, ControlRole, InterruptionKind
from harness.events.box import union
from harness.pages.advert_app_info import names_nothing, tells_of_app, told_in
from harness.pages.advert_parts import MARK_SHARE, id_words, is_picture, seen_in, wordless_strip, words_on
from harness.pages.advert_words import (
    ADVERTS,
    is_countdown,
    is_mark,
    is_wall,
    loads,
    names_app,
    names_what,
    of_contents,
    role_of,
    seconds_in,
    source_of,
    tells_reward,
    urges,
    words_about,
    words_of,
)
from harness.pages.interruptions import kind_of
from harness.pages.page_layers import FEW, MANY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.events.box import Box
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
MOST_LINES, LINES_LENGTH = 40, 400
"""Lines round a caption, and characters of them, that say what it loads [PROJECT]."""
EDGE_SHARE = 0.12
"""A strip at an edge ends so near to it, of the screen's height [PROJECT]."""
HEAD_SHARE = 0.15
"""The head of a page, of its height [PROJECT]: there a countdown stands that is in no corner."""
FEW_LINES = 4
"""A splash without a mark or a countdown says no more lines than this [PROJECT]."""
_LEADS = (ControlRole.OPEN, ControlRole.ACT)
_OFFERS = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.OPEN, ControlRole.ACT, ControlRole.PAUSE, ControlRole.RESUME)
_PICKERS = ("Picker", "CalendarView", "Spinner", "ProgressBar", "SeekBar")


@dataclass(frozen=True)
class Signs:
    """The signs in the views of a part as a whole."""

    part: Node
    place: Box | None = None

    @property
    def box(self) -> Box:
        """The place that it takes: its own, or that of the card that it holds."""
        return self.place or self.part.box

    @cached_property
    def nodes(self) -> list[Node]:
        """Return its visible views."""
        return seen_in(self.part)

    @cached_property
    def lines(self) -> list[str]:
        """Return the texts of its views, one a view."""
        return [words_on(node) for node in self.nodes if words_on(node)]

    @cached_property
    def text(self) -> str:
        """Return all texts of its views."""
        return " ".join(self.lines)[:4000]

    @cached_property
    def about(self) -> dict[str, bool]:
        """Which lures and offers that has words for."""
        return words_about(self.text)

    @cached_property
    def roles(self) -> Counter[ControlRole]:
        """The roles of what takes a press, and of captions that load or close whether they do or not."""
        found = ((node, role_of(words_on(node))) for node in self.nodes if words_on(node) and not of_contents(words_on(node)))
        always = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.CLOSE, ControlRole.SKIP)
        return Counter(role for node, role in found if role is not None and (node.pressable or role in always))

    @cached_property
    def marked(self) -> bool:
        """Whether it calls itself an advert, or is made by an SDK of adverts."""
        return any(marks(node) for node in self.nodes)

    @cached_property
    def loading(self) -> bool:
        """Whether a caption in it loads an app."""
        return any(loads_app(node, self.lines) for node in self.nodes)

    @cached_property
    def controls(self) -> int:
        """How many outermost views take a press."""
        return sum(node.clickable and node is not self.part and (bool(words_on(node)) or not node.children) for node in self.nodes)

    @cached_property
    def closes(self) -> bool:
        """Whether a cross or a way past it stands in a corner; in a marked advert also one without words and id."""
        corner = [node for node in self.nodes if in_corner(node.box, self.part.box)]
        return any(_leaves(node) for node in corner) or (self.marked and any(_is_mark_of_its_own(node, self.box) for node in corner))

    @cached_property
    def spread(self) -> float:
        """The share over which its mark, its ways out and what it leads to are spread: in a strip all are near."""
        ends = [node for node in self.nodes if not node.children and (_leaves(node) or is_mark(node.text) or _offers(node))]
        ends += [node for node in self.nodes if _is_mark_of_its_own(node, self.box)]
        _, _, width, height = union(node.box for node in ends)
        return width * height / max(self.part.area, 1)

    @cached_property
    def skips(self) -> bool:
        """Whether 跳过 or a countdown stands in a corner."""
        return any(in_corner(node.box, self.part.box) and (is_skip(words_on(node)) or "skip" in id_words(node)) for node in self.nodes)

    @cached_property
    def counts(self) -> bool:
        """Whether it tells of seconds in a corner, or in its head."""
        return bool(self._seconds)

    @cached_property
    def counts_down(self) -> bool:
        """Whether what tells of seconds there is a countdown, and no line about something that takes so long."""
        return any(is_countdown(words_on(node)) for node in self._seconds)

    @cached_property
    def _seconds(self) -> list[Node]:
        _, top, _, height = self.part.box
        shown = (node for node in self.nodes if words_on(node) and seconds_in(words_on(node)) is not None)
        small = (node for node in shown if node.box[3] < 0.1 * height)
        return [node for node in small if in_corner(node.box, self.part.box) or node.bounds[3] - top < HEAD_SHARE * height]

    @cached_property
    def picture(self) -> float:
        """The share that its largest picture takes; of what is painted, the highest strip without words."""
        _, _, width, height = self.box
        largest = max((node.area for node in self.nodes if is_picture(node)), default=0) / max(width * height, 1)
        painted = [node for node in self.nodes if node.class_name == PAINTED]
        gap = wordless_strip(painted, self.box) if painted else None
        return max(largest, gap[3] / max(height, 1) if gap is not None else 0)

    @property
    def offers(self) -> bool:
        """Whether something in it loads or leads out."""
        return any(self.roles[role] for role in (ControlRole.LOAD, ControlRole.FAST_LOAD, *_LEADS))

    @cached_property
    def is_form(self) -> bool:
        """Whether something is to be entered, chosen from many or waited for: no advert."""
        return any(node.class_name.endswith(("EditText", *_PICKERS)) for node in self.nodes)

    @cached_property
    def is_page(self) -> bool:
        """Whether it has a way back in its head, as pages of the app's own have."""
        return any(is_back(words_on(node)) or "back" in id_words(node) for node in self.nodes if node.pressable)

    @cached_property
    def sells(self) -> bool:
        """Whether it sells what renews itself: told with a price, and with something to agree to or to pay by."""
        ticks = any(node.checkable for node in self.nodes)
        return self.about["renewal"] and (self.roles[ControlRole.SUBSCRIBE] > 0 or ticks)

    @cached_property
    def is_store(self) -> bool:
        """Whether it is a store's page about one app: two ways to load it, or what the law wants told of it.

        Where all of that is told its button may say anything: 打开, 立即体验.
        """
        told = dict(told_in(self.nodes))
        leads = self.roles[ControlRole.OPEN] > 0 or self.roles[ControlRole.ACT] > 0
        whole = leads and {"developer", "version"} <= told.keys() and bool({"permissions", "privacy"} & told.keys())
        return self.two_ways or (self.loading and len(told) > 1) or whole

    @cached_property
    def leads_around(self) -> bool:
        """Whether a control offers the contents without the app: a wall that is none, and to be told as such."""
        captions = (words_on(node) for node in self.nodes if node.pressable and words_on(node))
        return any(role_of(caption) in (None, ControlRole.ACT) and leads_around(caption) for caption in captions)

    @cached_property
    def two_ways(self) -> bool:
        """Whether 高速下载 stands beside a plain way to load."""
        return self.roles[ControlRole.FAST_LOAD] > 0 and self.roles[ControlRole.LOAD] > 0


def marks(node: Node) -> bool:
    """Whether a view is the mark of an advert, or one that an SDK of adverts made.

    An id with the word in it makes none by itself: what it names must offer something, or be closed by its own cross.
    """
    if bool(node.text) and is_mark(node.text, painted=node.class_name == PAINTED):
        return True
    caption = bool(node.text) and not node.children and not (node.clickable and loads(node.text))
    named = bool(id_words(node) & set(words_of("mark", "ids"))) and not caption
    told = named and any(_offers(inner) or _leaves(inner) for inner in seen_in(node))
    return told or bool(source_of(node.resource_id, node.class_name))


def loads_app(node: Node, lines: Sequence[str]) -> bool:
    """Whether a caption loads an app by its own words, or by the lines round it.

    下载 alone may load anything: it needs a word for an app beside it, or its version and company; 立即下载 needs that
    nothing names contents. So does what a running load is paused by.
    """
    words = words_on(node)
    runs = bool(words) and node.pressable and role_of(words) in (ControlRole.PAUSE, ControlRole.RESUME)
    if not words or not (runs or loads(words)):
        return False
    around = " ".join(lines[:MOST_LINES])[:LINES_LENGTH]
    others = [line for line in lines[:MOST_LINES] if line != words and not is_mark(line)]
    if runs or tells_of_app(lines[:MOST_LINES]):
        return tells_of_app(lines[:MOST_LINES])
    if names_nothing(others):
        return True
    if kind_of(around) is InterruptionKind.UPDATE and not names_app(words):
        return False
    if names_what(words):
        return names_app(around) and not of_contents(around)
    if names_app(words) or role_of(words) is ControlRole.FAST_LOAD:
        return True
    return names_app(around) if not urges(words) else not of_contents(around) or names_app(around)


def _leaves(node: Node) -> bool:
    words = words_on(node)
    if words:
        return role_of(words) in (ControlRole.CLOSE, ControlRole.SKIP)
    return (node.pressable or is_picture(node)) and names_close(node.resource_id, node.class_name)


def _is_mark_of_its_own(node: Node, box: Box) -> bool:
    """Whether a view is small, square, wordless, takes a press and is not known for anything else."""
    short, long = sorted(node.box[2:])
    small = 0 < long <= MARK_SHARE * box[2] and long <= 1.6 * short
    return small and node.clickable and not node.children and not words_on(node) and not closes_nothing(node.resource_id)


def _offers(node: Node) -> bool:
    return bool(words_on(node)) and role_of(words_on(node)) in _OFFERS


def card_kind(layer: Node, box: Box, screen: tuple[int, int], *, window: bool) -> AdvertKind | None:
    """Return the kind of advert that lies over the page in ``box``; ``window``: it is a window of its own, no layer."""
    signs = Signs(layer, box)
    if signs.sells:
        return AdvertKind.SUBSCRIPTION
    if signs.is_form or _asks(signs):
        return None
    wide, high = box[2] / max(screen[0], 1), box[3] / max(screen[1], 1)
    offers = signs.marked or signs.loading or signs.about["packet"]
    if wide <= SMALL_WIDE and high <= SMALL_HIGH:
        return AdvertKind.FLOATING if offers or signs.roles[ControlRole.CLOSE] or signs.closes else None
    if high <= STRIP_SHARE and wide > WIDE_SHARE and at_edge(box, screen):
        return AdvertKind.BANNER if offers else None
    return _offered(signs) or _window(signs, window=window)


def at_edge(box: Box, screen: tuple[int, int]) -> bool:
    """Whether a strip stands at the upper or lower edge of the screen."""
    return box[1] <= EDGE_SHARE * screen[1] or box[1] + box[3] >= (1 - EDGE_SHARE) * screen[1]


def _asks(signs: Signs) -> bool:
    """Whether it asks for a permission, for consent or for a login: others watch that."""
    consent = has_any(plain(signs.text), words()["consent"]["policy"])
    asks = any(speaks_of_permission(line) for line in signs.lines if not line.strip().endswith(ADVERTS.words("asks.not_ends")))
    logs_in = any(is_login(line) for line in signs.lines if len(line) <= 8)
    return (asks or logs_in or consent) and not signs.marked and not signs.loading


def _offered(signs: Signs) -> AdvertKind | None:
    """The kind of a card that offers something, None for any other window."""
    if any(is_wall(line) for line in signs.lines) and (signs.roles[ControlRole.LOAD] or signs.roles[ControlRole.OPEN]):
        return AdvertKind.WALL
    if kind_of(signs.text) is InterruptionKind.UPDATE and not signs.marked:
        return AdvertKind.WINDOW if signs.controls <= MOST_ANSWERS else None
    presses = sum(signs.roles[role] for role in (*_LEADS, ControlRole.LOAD, ControlRole.CONFIRM))
    if signs.about["packet"] and (presses or signs.controls <= FEW):
        return AdvertKind.RED_PACKET
    if signs.two_ways:
        return AdvertKind.STORE_PAGE
    leads = signs.roles[ControlRole.OPEN] > 0 or (signs.about["game"] and signs.roles[ControlRole.ACT] > 0)
    shows = signs.picture >= LARGE_PICTURE and len(signs.lines) <= FEW_LINES and 0 < signs.controls <= FEW
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
    if not signs.is_page and signs.controls <= MOST_ANSWERS and signs.closes:
        shows = signs.picture >= LARGE_PICTURE
        fills = over or shows or signs.spread >= LARGE_PICTURE
        if fills and (signs.marked or signs.loading or (over and shows)):
            return AdvertKind.INTERSTITIAL
    if over:
        kind = None if _asks(signs) else _offered(signs) or _window(signs, window=False)
        return kind if signs.closes or kind is not AdvertKind.WINDOW or signs.controls > 0 else None
    if signs.loading and (any(is_wall(line) for line in signs.lines) or signs.leads_around):
        return AdvertKind.WALL
    if signs.loading and _shows_web(signs, part) and signs.controls <= MANY:
        return AdvertKind.WEB_PAGE
    rows = any(node.class_name.endswith(("ListView", "RecyclerView", "GridView")) for node in signs.nodes)
    return AdvertKind.STORE_PAGE if signs.is_store and not rows else None


def _is_nothing_else(signs: Signs) -> bool:
    """Whether a page calls itself an advert and has room for nothing else, wherever its way out is, if any."""
    painted = any(node.class_name == PAINTED for node in signs.nodes)
    shows = signs.spread >= LARGE_PICTURE or (signs.picture >= LARGE_PICTURE and (signs.offers or signs.closes or not painted))
    fills = shows or signs.roles[ControlRole.SKIP] > 0
    return fills and signs.marked and not signs.is_page and signs.controls <= FEW and len(signs.lines) <= FEW_LINES + signs.controls


def _watched(signs: Signs) -> bool:
    """Whether it is a film that is watched for a reward: told in words, with a clock or a way out in a corner."""
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
    leads = told and not runs and any(signs.roles[role] for role in _LEADS) and few and signs.picture >= LARGE_PICTURE
    return (strong and signs.controls <= MANY) or shows or leads


def _shows_web(signs: Signs, part: Node) -> bool:
    """Whether most of a page is a page of the web."""
    return any(node.class_name.endswith("WebView") and node.area >= 0.5 * part.area for node in signs.nodes)


def rows_alike(rows: Sequence[Node]) -> bool:
    """Whether so many rows of a list offer something that the list is the app's own: a store, its games, downloads."""
    offering = sum(any(words_on(node) and role_of(words_on(node)) in _OFFERS for node in seen_in(row)) for row in rows)
    return offering > 1 and 2 * offering > len(rows)
