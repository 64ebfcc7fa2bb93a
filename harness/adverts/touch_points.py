"""The point that a finger touches for each act on an advert. Pure geometry on what was seen of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from harness.adverts.ad_slots import lies_over
from harness.dialogs.continue_captions import claims, does_else, gets, gives_away, leads_to_gift, may_be_pressed, spends, takes_gift
from harness.dialogs.danger import is_dangerous
from harness.dialogs.dialog_words import plain
from harness.dialogs.offers import is_exit, leads_around
from harness.events import AdvertAct, AdvertControl, AdvertKind, ControlRole
from harness.events.action_kinds import CLOSE_AFTER
from harness.events.box import Box, area, centre, contains, intersection
from harness.pages.advert_words import ADVERTS, is_mark, role_of
from harness.pages.adverts import LANDING, Advert
from harness.pages.view_structure import STATUS_BAR

if TYPE_CHECKING:
    from harness.pages.controls import Control
    from harness.parsers.hierarchy import Node

    Point = tuple[int, int]

CLOSING = (ControlRole.CLOSE, ControlRole.SKIP, ControlRole.CANCEL)
PROMISING = (ControlRole.FAST_LOAD, ControlRole.LOAD, ControlRole.ACT, ControlRole.OPEN)
"""Controls that are pressed as buttons, the worst first, before those of unknown words; what pays or says yes to an
unknown question never is."""
_RUNNING = (ControlRole.PAUSE, ControlRole.RESUME)
LOADS = (ControlRole.LOAD, ControlRole.FAST_LOAD, *_RUNNING)
OVER_PAGE = (AdvertKind.SPLASH, AdvertKind.INTERSTITIAL, AdvertKind.RED_PACKET, AdvertKind.FLOATING)
"""Adverts over the page, whose every control is their own; a card in a list may have the page's too: 收藏, 评论."""
LOADING_LENGTH = 16
GAP_SHARES = (0.5, 0.25, 0.75, 0.1, 0.9)
"""Where a gap is looked for inside an advert, as shares of its width and height."""
ON_PAGES = (AdvertKind.WALL, AdvertKind.STORE_PAGE, AdvertKind.WEB_PAGE, AdvertKind.BANNER, AdvertKind.FEED_CARD, AdvertKind.RED_PACKET)
ARROW = 0.25
"""How far down a page its arrow back stands at most, as a share of its width [PROJECT]; half of that from the left."""
TITLE_AFTER = 3
"""Touches on a picture; those of higher numbers are on the title beside it."""
WHOLE, LARGE = 0.8, 0.25
"""Shares of an advert from which a control is its whole card, and from which one without a known word is its picture
[PROJECT]."""
MARGIN_SHARE = 0.012
"""How far a touch beside a control stays from it, as a share of the screen's height [PROJECT]: some 8 dp, a finger's
slip."""


BAR_SHARE = 0.1
"""A bar of the phone's takes no more of the screen's height than this [PROJECT]: the shade, pulled down, is none."""


class TouchPoint(NamedTuple):
    """Where a finger goes, and what is under it; ``to`` is where it is lifted, None for a touch."""

    at: Point
    role: ControlRole = ControlRole.OTHER
    words: str = ""
    to: Point | None = None


def loads_contents(words: str) -> bool:
    """Whether a control says that it loads something, as pages of the app's own do; the state of a load is none."""
    told = words.strip().casefold()
    bare = next((told.removeprefix(word) for word in ADVERTS.words("load.keeps_urging") if told.startswith(word)), told)
    return (
        bare.startswith(ADVERTS.words("load.keeps"))
        and len(bare) <= LOADING_LENGTH
        and not any(word in told for word in ADVERTS.words("load.keeps_tells"))
    )


def close_control(advert: Advert, number: int = 1) -> AdvertControl | None:
    """Return the close control with the largest touch area, a plain close before the no of a question.

    Of numbers above ``CLOSE_AFTER`` another one, which stands beside it: one may close, and the other load.
    """
    found = [control for control in advert.controls if control.role in CLOSING and not _is_of_page(control, advert)]
    found.sort(key=lambda control: (control.role is not ControlRole.CANCEL, area(control.box)), reverse=True)
    if number <= CLOSE_AFTER:
        return next(iter(found), None)
    others = (one for one in found[1:] if one.role is not ControlRole.CANCEL and not area(intersection(one.box, found[0].box)))
    return next(others, None)


def way_round(advert: Advert) -> AdvertControl | None:
    """Return the control of a wall that leads on without an app: 在网页继续阅读."""
    return next((control for control in advert.controls if leads_around(control.text)), None)


def _is_of_page(control: AdvertControl, advert: Advert) -> bool:
    """Whether it closes nothing on the app's own page: the arrow in its head, and what cancels the load beside 暂停."""
    head = ARROW * advert.box[2]
    arrow = not control.text and control.box[0] < head / 2 and control.box[1] < head
    cancels = plain(control.text) in ADVERTS.words("load.cancel") and any(one.role in _RUNNING for one in advert.controls)
    return advert.kind in ON_PAGES and (arrow or cancels)


def buttons(advert: Advert, never: Sequence[str] = ()) -> list[AdvertControl]:
    """Return the buttons to press, the worst first, one of each words; of a window the one that may close it last."""
    if advert.kind is AdvertKind.WINDOW:
        offers = [control for control in advert.controls if control.role is ControlRole.ACT and may_be_pressed(control.text, never)]
        offers += _unknown(advert, never)
        only = [control for control in advert.controls if control.role in (ControlRole.CONFIRM, ControlRole.OTHER, ControlRole.OPEN)]
        only.sort(key=lambda control: is_exit(control.text))  # what ends the app is safe, and the way out of a question at Back
        harmless = (one for one in only if is_exit(one.text) or not is_dangerous(one.text))
        return [*offers, *(one for one in harmless if one not in offers and not spends(one.text, never))]
    promising = (one for one in advert.controls if one.role in PROMISING and not spends(one.text, never))
    found = [one for one in promising if one.role in LOADS or not gives_away(one.text)]  # 下载银龄相册 names an app
    found.sort(key=lambda control: (PROMISING.index(control.role), -area(control.box)))
    unknown = [control for control in _unknown(advert, never) if control.text != advert.title]
    unknown += [one for one in advert.controls if lies_over(advert) and is_exit(one.text) and one.role not in (*CLOSING, *PROMISING)]
    own = advert.kind in OVER_PAGE or (len(unknown) == 1 and not found)
    found += unknown if own else [control for control in unknown if does_else(control.text) or claims(control.text)]
    return list({control.text: control for control in reversed(found)}.values())[::-1]


def _unknown(advert: Advert, never: Sequence[str]) -> list[AdvertControl]:
    """Return the buttons whose words nobody knows: 看第2集."""
    most = LARGE * area(advert.box)
    unknown = (control for control in advert.controls if control.role is ControlRole.OTHER and not is_mark(control.text))
    return [
        control
        for control in unknown
        if may_be_pressed(control.text, never)
        and (area(control.box) < most or does_else(control.text) or claims(control.text) or _is_below_title(control, advert))
    ]


def _is_below_title(control: AdvertControl, advert: Advert) -> bool:
    """Whether a control stands below the title of its advert: on the face of a card its title stands."""
    return any(one.role is ControlRole.TITLE and one.box[1] + one.box[3] <= control.box[1] for one in advert.controls)


def touch_point(act: AdvertAct, advert: Advert, screen: tuple[int, int], number: int = 1, never: Sequence[str] = ()) -> TouchPoint | None:
    """Where the finger goes for an act; None where the advert has no such place."""
    match act:
        case AdvertAct.CLOSE:
            return _on(close_control(advert, number) or (way_round(advert) if advert.kind is AdvertKind.WALL else None))
        case AdvertAct.BUTTON:
            found = buttons(advert, never)
            return _as_told(found[(number - 1) % len(found)], advert) if found else None
        case AdvertAct.PICTURE:
            shows = any(control.role is ControlRole.PICTURE for control in advert.controls)
            if number > TITLE_AFTER:
                return _title(advert, screen) if shows else None
            return _picture(advert, screen) if shows or advert.kind is not AdvertKind.WINDOW else None
        case AdvertAct.BESIDE:
            return _beside(advert, screen)
        case AdvertAct.OUTSIDE:
            return _outside(advert.box, screen)
        case AdvertAct.SWIPE:
            return _swipe(advert)
        case AdvertAct.SCROLL:
            return _scroll(screen)
        case _:
            return None


def within_bars(advert: Advert, roots: Sequence[Node]) -> Advert:
    """An advert without what lies under the phone's own bars: a touch there is the phone's, as of its Home key."""
    high = max((root.bounds[3] for root in roots), default=0)
    bars = [node for root in roots for node in ((root,) if root.package == STATUS_BAR else root.walk()) if _is_bar(node, high)]
    if not bars:
        return advert
    top = max((bar.bounds[3] for bar in bars if bar.bounds[1] <= 0), default=0)
    foot = min((bar.bounds[1] for bar in bars if bar.bounds[1] > 0), default=high)

    def seen(box: Box) -> Box:
        x, y, width, height = box
        begins, ends = max(y, top), min(y + height, foot)
        return x, begins, width, max(0, ends - begins)

    kept = [control._replace(box=seen(control.box)) for control in advert.controls if control.box[3] <= 0 or seen(control.box)[3]]
    return replace(advert, box=seen(advert.box), controls=tuple(kept))


def uncovered(advert: Advert, over: Sequence[Box]) -> Advert:
    """An advert of a page below what floats over it: a place there is free no more, and no button's."""
    kept = [control for control in advert.controls if not any(contains(box, centre(control.box)) for box in over)]
    return replace(advert, controls=(*kept, *(AdvertControl(ControlRole.CONFIRM, "", box, "tree", 0) for box in over)))


def _is_bar(node: Node, high: int) -> bool:
    """Whether a view is a bar of the phone's at an edge, or the ground that the app paints below it.

    The ids are those of the views of DecorView.java (STATUS_BAR_COLOR_VIEW_ATTRIBUTES and the same of navigation).
    """
    at_edge = node.bounds[1] <= 0 or node.bounds[3] >= high
    ground = node.short_id in ("statusBarBackground", "navigationBarBackground")
    return node.visible and at_edge and 0 < node.box[3] <= BAR_SHARE * high and (ground or node.package == STATUS_BAR)


def does_harm(at: Point, advert: Advert, page: Iterable[Control]) -> bool:
    """Whether a control of the page would be pressed that never is: an advert that takes no touch lets it through."""
    return any(one.dangerous and one.text and one.text not in advert.words and contains(one.node.box, at) for one in page)


def own_acts(advert: Advert, page: Iterable[Control]) -> list[str]:
    """The words of what never is pressed, of a place that calls itself no advert and does not lie over the page.

    积分中心 with 抽奖（10 积分） is a page of the app's own, whatever it says of money; so is what a touch on an advert
    opened, whatever advert is in it.
    """
    marked = advert.sdk or any(is_mark(word) for word in advert.words.split())
    if lies_over(advert) or (marked and not advert.slot.startswith(LANDING)):
        return []
    within = (one.text for one in page if one.dangerous and one.text and contains(advert.box, one.centre))
    return [words for words in within if not (takes_gift(words) or leads_to_gift(words) or gets(words)) and role_of(words) not in LOADS]


def _on(control: AdvertControl | None) -> TouchPoint | None:
    return TouchPoint(centre(control.box), control.role, control.text) if control is not None else None


def _as_told(control: AdvertControl, advert: Advert) -> TouchPoint:
    """A button, with what its words do where its view tells nothing of that: 立即清理; what leaves closes it."""
    if is_exit(control.text) and advert.kind is not AdvertKind.WINDOW:
        return TouchPoint(centre(control.box), ControlRole.CANCEL, control.text)
    else_ = control.role is ControlRole.OTHER and (does_else(control.text) or claims(control.text))
    return TouchPoint(centre(control.box), ControlRole.ACT if else_ else control.role, control.text)


def _picture(advert: Advert, screen: tuple[int, int]) -> TouchPoint | None:
    """Return the picture of the advert, else its title, else a place of it without a control."""
    for role in (ControlRole.PICTURE, ControlRole.TITLE):
        for control in (control for control in advert.controls if control.role is role):
            if (point := _free(control.box, advert, screen, ignored=control)) is not None:
                return TouchPoint(point, role, control.text)
    point = _free(_upper(advert.box), advert, screen)
    return TouchPoint(point, ControlRole.PICTURE) if point is not None else None


def _title(advert: Advert, screen: tuple[int, int]) -> TouchPoint | None:
    for control in (control for control in advert.controls if control.role is ControlRole.TITLE):
        if (point := _free(control.box, advert, screen, ignored=control)) is not None:
            return TouchPoint(point, ControlRole.TITLE, control.text)
    return None


def _beside(advert: Advert, screen: tuple[int, int]) -> TouchPoint | None:
    """A gap inside the advert right beside its button: left of it, right, below, above; its title and picture last."""
    found = [control for control in buttons(advert) if control.role in PROMISING]
    if not found:
        return None
    x, y, width, height = found[0].box
    across, down = x + width // 2, y + height // 2
    points: list[Point] = []
    for away in (2 * _margin(screen) + 1, _margin(screen) + 1):  # its title may stand that near
        points += ((x - away, down), (x + width + away, down), (across, y + height + away), (across, y - away))
    left, top, wide, high = advert.box
    inside = (point for point in points if left < point[0] < left + wide and top < point[1] < top + high)
    gaps = [_under(point, advert) for point in inside if _is_gap(point, advert, screen, ignored=None)]
    return min(gaps, key=lambda gap: gap.role is not ControlRole.OTHER, default=None)


def _under(point: Point, advert: Advert) -> TouchPoint:
    """A place beside a button, with the title or picture of the advert that stands there."""
    there = (one for one in advert.controls if one.role in (ControlRole.TITLE, ControlRole.PICTURE) and contains(one.box, point))
    one = min(there, key=lambda one: area(one.box), default=None)
    return TouchPoint(point, one.role, one.text) if one is not None else TouchPoint(point)


def _outside(box: Box, screen: tuple[int, int]) -> TouchPoint | None:
    """The page above the card, else below it."""
    width, height = screen
    least = height // 10
    if box[1] >= 2 * least:  # the status bar takes the upper edge
        return TouchPoint((width // 2, box[1] - least // 2))
    below = box[1] + box[3]
    return TouchPoint((width // 2, below + least // 2)) if height - below >= 2 * least else None


def _swipe(advert: Advert) -> TouchPoint:
    """Across it: upwards where it is high, as over a full-screen advert, else to the left; from its picture on."""
    x, y, width, height = advert.box
    if height >= width:
        begin = y + height * 3 // 4
        pictures = [control.box for control in advert.controls if control.role is ControlRole.PICTURE]
        if len(pictures) == 1 and not pictures[0][1] <= begin < pictures[0][1] + pictures[0][3]:
            begin = pictures[0][1] + pictures[0][3] * 3 // 4  # a page that an advert filled in part
        return TouchPoint((x + width // 2, begin), to=(x + width // 2, max(y, begin - height // 2)))
    return TouchPoint((x + width * 4 // 5, y + height // 2), to=(x + width // 5, y + height // 2))


def _scroll(screen: tuple[int, int]) -> TouchPoint:
    """The page, as who reads on moves it."""
    width, height = screen
    return TouchPoint((width // 2, height * 7 // 10), to=(width // 2, height * 3 // 10))


def _free(box: Box, advert: Advert, screen: tuple[int, int], ignored: AdvertControl | None = None) -> Point | None:
    return next((point for point in _points(box) if _is_gap(point, advert, screen, ignored=ignored)), None)


def _points(box: Box) -> Iterator[Point]:
    x, y, width, height = box
    for down in GAP_SHARES:
        for across in GAP_SHARES:
            yield int(x + width * across), int(y + height * down)


def _is_gap(point: Point, advert: Advert, screen: tuple[int, int], *, ignored: AdvertControl | None) -> bool:
    """Whether a place belongs to no control; pictures, titles and the whole card are none for this."""
    margin = _margin(screen)
    for control in advert.controls:
        x, y, width, height = control.box
        if control is ignored or _passive(control, advert):
            continue
        if x - margin <= point[0] <= x + width + margin and y - margin <= point[1] <= y + height + margin:
            return False
    return True


def _passive(control: AdvertControl, advert: Advert) -> bool:
    """What promises nothing by itself: a picture, a title, the whole card, and what of it is large and says nothing."""
    share = area(control.box) / max(area(advert.box), 1)
    return (
        control.role in (ControlRole.PICTURE, ControlRole.TITLE) or share >= WHOLE or (control.role is ControlRole.OTHER and share >= LARGE)
    )


def _margin(screen: tuple[int, int]) -> int:
    return int(screen[1] * MARGIN_SHARE)


def _upper(box: Box) -> Box:
    """The upper two thirds: buttons stand below."""
    return box[0], box[1] + box[3] // 10, box[2], box[3] * 6 // 10


def acts_for(kind: AdvertKind) -> tuple[AdvertAct, ...]:
    """Return the acts on an advert of a kind, in their order; a mere window is closed, and its picture touched."""
    if kind is AdvertKind.WINDOW:
        return AdvertAct.NOTHING, AdvertAct.PICTURE, AdvertAct.CLOSE, AdvertAct.BACK, AdvertAct.OUTSIDE, AdvertAct.BUTTON
    if kind is AdvertKind.WALL:  # Back leaves its page, and is no way to what it shuts
        return (
            AdvertAct.NOTHING,
            AdvertAct.SCROLL,
            AdvertAct.PICTURE,
            AdvertAct.BESIDE,
            AdvertAct.BUTTON,
            AdvertAct.OUTSIDE,
            AdvertAct.CLOSE,
        )
    if kind is AdvertKind.SUBSCRIPTION:
        return AdvertAct.NOTHING, AdvertAct.CLOSE, AdvertAct.BACK
    if kind in (AdvertKind.FEED_CARD, AdvertKind.BANNER, AdvertKind.FLOATING):
        return (
            AdvertAct.NOTHING,
            AdvertAct.PICTURE,
            AdvertAct.BESIDE,
            AdvertAct.BUTTON,
            AdvertAct.SWIPE,
            AdvertAct.SCROLL,
            AdvertAct.CLOSE,
        )
    if kind in (AdvertKind.STORE_PAGE, AdvertKind.WEB_PAGE):
        return AdvertAct.NOTHING, AdvertAct.PICTURE, AdvertAct.BESIDE, AdvertAct.BUTTON, AdvertAct.SCROLL, AdvertAct.CLOSE
    return (
        AdvertAct.NOTHING,
        AdvertAct.SWIPE,
        AdvertAct.PICTURE,
        AdvertAct.BESIDE,
        AdvertAct.BUTTON,
        AdvertAct.OUTSIDE,
        AdvertAct.CLOSE,
        AdvertAct.BACK,
    )
