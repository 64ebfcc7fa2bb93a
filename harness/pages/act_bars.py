"""Acts in the user's name by their place: 关注 among tabs is a way, 收藏 and a mere number beside 评论 are acts.

A word such as 关注, 收藏 or 签到 names an act and a page alike, and a heart with a number has no word at all. What
stands beside it tells which.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from harness.dialogs.act_likelihood import MAIN, PROMISED, is_harmless, is_name, is_thing, likelihood
from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.pixel_nodes import PAINTED
from harness.dialogs.promises import lights, names_column, promises_of
from harness.dialogs.refusal import says_no
from harness.dialogs.spoken_labels import taken_apart
from harness.dialogs.user_acts import (
    acts_at_once,
    costs_coins,
    draws_act,
    has_part,
    is_club,
    is_count,
    is_noun,
    is_order,
    is_spread,
    leads_on,
    names_entry,
    names_function,
    names_page,
    names_way,
    needs_sum,
    only_shows,
    opens_login,
    says_nothing,
    tells_owned,
    uncounted,
    unlocks,
)
from harness.dialogs.word_patterns import WordFile, has_price
from harness.pages.counted_acts import (
    NARROW,
    asks_choice,
    goes_along,
    in_a_row,
    is_choice,
    is_chosen,
    is_counted,
    is_counted_icon,
    is_level,
    is_reaction,
)
from harness.pages.main_acts import commits, ends_choice, head_of, in_foot_bar, is_alone, is_done_here, is_for_an_act, keeps_person
from harness.pages.view_structure import PICTURES, id_parts, unnumbered
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import middle

if TYPE_CHECKING:
    from harness.pages.controls import Control

WIDE, AT_THE_SIDE = 0.8, 0.75
"""Shares of the window's width [PROJECT]: of a row of a menu, of a member of a bar, and where a bar of acts stands that
runs down the side of a video."""
WAYS, COUNTS = 2, 3
"""Neighbours that lead to pages and make a way of an act's name, and numbers with pictures that are a bar of acts
without a word [PROJECT]."""
CELL = 0.4
"""The least width of a cell of goods, as a share of the window's [PROJECT]: four gifts stand beside each other."""
HOME_TABS, HOME_WAYS = 3, 4
"""Tabs, and else controls that lead on, that the first page of an app has at least behind its first start [PROJECT]."""
SURE, APART = 2.0, 5
"""The score above which no neighbours make an entry of a menu of a button, and how many of its own heights lie at most
between two entries that stand in a column [PROJECT]."""
BAR = 4
"""Neighbours of a control in a bar of acts at most [PROJECT]: a keyboard of emoji has more, and 打call among them."""
NEAR = 0.25
"""How far above or below it the price of what a control unlocks stands at most, of the window's height [PROJECT]."""
CAPTION_WIDE, CAPTION_HIGH = (0.08, 0.3), (0.25, 0.8)
"""The width of a painted caption as a share of the window's, its height as a share of its own width [PROJECT]."""
_WORDS = WordFile("controls.toml")


class Place(Enum):
    """What the neighbours of a control make of it."""

    ACT = auto()
    BESIDE_ACTS = auto()
    WAY = auto()
    CHOICE = auto()
    OPEN = auto()


def place_of(control: Control, found: Sequence[Control], window: Node, *, tab: bool) -> Place:
    """What a control is by its place; OPEN where that tells nothing, as of most words."""
    if _is_painted_caption(control, window) or (control.node.class_name.endswith(PICTURES) and draws_act(control.node.description)):
        return Place.ACT
    named = is_harmless(control.text) or is_name(control.text)  # 兑换码, 续费说明
    buys = (unlocks(control.text) and not named) or (control.rows and not control.text and has_part(control.id, "deed.adds"))
    if (buys and _has_price_beside(control.node, window)) or is_counted_icon(control, found, window):
        return Place.ACT
    if (is_for_an_act(window) and _is_canvas(control, window)) or keeps_person(control, found, window):
        return Place.ACT
    if not tab and (is_reaction(control, found, window) or is_verdict(control, found, window)):
        return Place.ACT
    if needs_sum(control.text) and not tab and any(node.visible and tells_owned(node.text) for node in window.walk()):
        return Place.ACT
    if (needs_sum(control.text) and not _tells_sum(control, found, window)) or (control.promises and lights(control.text)):
        return Place.WAY
    name = control.text.split(" ")[0]
    if costs_coins(control.text) and names_page(name) and is_harmless(name) and not is_of_sheet(control, found):
        return Place.WAY  # 积分商城 with what one has: 320 积分
    if costs_coins(control.text) and ((offer := _is_offer(control, found, window)) or _is_cell(control, found, window)):
        return Place.ACT if offer else Place.WAY
    if (is_choice(control, found) and not is_for_an_act(window)) or ends_choice(control, found, window):
        return Place.CHOICE
    uses = names_function(control.text) or is_name(control.text) or (control.promises and only_shows(control.text))  # 扫码签到
    opens = names_entry(control.text) and _is_row(control, found, window) and not _is_plain_row(control)
    if ((uses and _is_entry(control, found, window)) or opens) and not is_of_sheet(control, found):
        return Place.WAY
    opened = is_counted(control) and goes_along(control)  # 留言 4
    orders = _orders(control) and not (is_noun(control.text) or named or opened)
    if (acts_at_once(control.text) and not _is_row(control, found, window)) or (orders and not _is_entry(control, found, window)):
        return Place.ACT
    if orders and likelihood(control.text) > SURE and _is_plain_row(control):
        return Place.ACT
    if is_of_sheet(control, found) and (orders or (likelihood(control.text) > MAIN and not asks_choice(window))):
        return Place.ACT
    column = names_column(control.text)
    if is_act_there(control, found, window):
        return Place.ACT
    beside = [other for other in found if other is not control and in_a_row(control.node, other.node, window)]
    if not tab and is_club(control.text) and any(other.dangerous for other in found if is_level(control.node, other.node)):
        return Place.ACT
    if not (tab or column or is_noun(control.text) or is_count(control.text)):
        return Place.OPEN
    below = [other for other in found if other is not control and _in_a_column(control.node, other.node, window)]
    if is_count(control.text) and not goes_along(control) and control.node.class_name.endswith(PICTURES):
        return Place.ACT
    grid = any(is_count(other.text) and _adjoin(control.node, other.node) for other in found)  # a keypad, a calendar
    if not is_called_tab(control.node) and any(_is_bar([control, *others], grid=grid) for others in (beside, below)):
        acts = control.dangerous or (is_count(control.text) and not goes_along(control))
        return Place.ACT if acts else Place.BESIDE_ACTS
    if column:  # 相册 beside other texts heads a column; with a picture it is an entry of its own
        return Place.WAY if tab or (not _has_picture(control.node) and _is_way(control, beside, found, window, tab=tab)) else Place.OPEN
    is_way = _is_way(control, beside, found, window, tab=tab) or _is_of_menu(control, found)
    return Place.WAY if is_noun(control.text) and is_way else Place.OPEN


def is_home(found: Sequence[Control]) -> bool:
    """Whether a page shows the ways of an app, which none of a first start does: a bar of tabs, or several entries."""
    ways = [other for other in found if other.text and not (other.dangerous or says_no(other.text) or "《" in other.text)]
    tabs = sum(other.kind == "tab" for other in found)
    return tabs >= HOME_TABS or (len(ways) >= HOME_WAYS and not any(other.kind in ("field", "switch") for other in found))


def acts_inside(control: Control, found: Sequence[Control], window: Node, least: float = -math.inf) -> bool:
    """Whether a button of a page that shows no way back is likely to act, once the app is known: 这是我的, 开发票.

    Its words say so by a score above ``least``. Beside a no it answers a question: 同意并继续.
    """
    if control.kind != "button" or control.promises or any(other.kind == "tab" or says_no(other.text) for other in found):
        return False
    if likelihood(control.text) <= least:
        return False
    return not ends_choice(control, found, window) and is_act_there(control, found, window, inside=True)


def is_act_there(control: Control, found: Sequence[Control], window: Node, *, inside: bool = False) -> bool:
    """Whether a control whose words alone tell nothing acts by its place among the others."""
    text = control.text
    named = names_column(text) or is_noun(text) or is_thing(text) or opens_login(text) or (unlocks(text) and likelihood(text) <= SURE)
    if named or goes_along(control) or _is_entry(control, found, window) or _is_of_goods(control, found, window):
        return False
    return commits(control, found, window, inside=inside)


def with_drawings(found: list[Control]) -> list[Control]:
    """The controls; a view without words on which an act is painted is one: a press in its middle may do it."""
    painted = [each.node for each in found if each.dangerous and each.node.class_name == PAINTED]

    def shows(control: Control) -> bool:
        return control.kind == "button" and says_nothing(control.text) and any(control.node.contains(each) for each in painted)

    return [replace(control, dangerous=control.dangerous or shows(control)) for control in found] if painted else found


def make_of(control: Control) -> Hashable:
    """What all controls of one make share, as the hearts of a feed: id, class, caption, else the size."""
    caption = uncounted(plain(control.text))
    return (
        unnumbered(control.id) if caption else control.id,
        control.node.class_name,
        caption,
        () if control.id or caption else control.node.box[2:],
    )


def _orders(control: Control) -> bool:
    """Whether a caption orders something; what its later words promise does not excuse the first: 订阅专栏 得新头像."""
    first, *later = control.text.split(" ")
    told_apart = bool(later) and bool(control.promises) and not control.text.isascii() and not promises_of(first, "")
    return is_order(control.text, control.promises) or (told_apart and is_order(first)) or is_spread(control.text)


def _is_offer(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether a press buys what costs an app's own coins: a button, words that are painted, a cell of a sheet.

    A wide row, or a cell of a page, is that of goods and opens their own.
    """
    node = control.node
    if node.class_name.endswith(("Button", PAINTED)):
        return True
    in_sheet = any(other.kind == "close" for other in found) or not control.rows
    return in_sheet and node.box[2] <= window.box[2] * NARROW


def _is_cell(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether it is one of the large cells of a grid, each with a picture: goods, and no panel of gifts."""
    cells = [other for other in found if other.node.box[2:] == control.node.box[2:] and _has_picture(other.node)]
    return control in cells and len(cells) > WAYS and control.node.box[2] >= window.box[2] * CELL


def _is_canvas(control: Control, window: Node) -> bool:
    """Whether it is a wide view that says nothing, on which all is painted, as a wheel, or what is painted there."""
    if control.node.class_name == PAINTED:
        return not (control.promises or is_harmless(control.text))
    return says_nothing(control.text) and not control.node.children and control.node.box[2] > window.box[2] * NARROW


def _tells_sum(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether a page has a field or sums to choose, or is called like the control: there the sum is told."""
    named = any(control.text in node.text for node in head_of(window))
    return named or any(other.kind == "field" or (other is not control and has_price(other.text)) for other in found)


def _is_of_goods(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether a wide text with a price stands among others of its width: what is sold leads to its own page."""
    node = control.node
    if not has_price(control.text) or node.class_name.endswith(("Button", PAINTED)) or node.box[2] < window.box[2] * WIDE:
        return False
    return any(other is not control and other.node.bounds[::2] == node.bounds[::2] for other in found)


def _is_painted_caption(control: Control, window: Node) -> bool:
    """Whether a plain view paints words of its own that nobody can read, as 关注 in the head of a post.

    It has the size of a short caption, and its id names no page. Pictures, and what a web page has, are none.
    """
    node = control.node
    if control.text or node.children or node.class_name != "android.view.View":
        return False
    if not id_parts(control.id).isdisjoint(_WORDS.words("ways.ids")):
        return False
    wide, high = node.box[2] / window.box[2], node.box[3] / max(node.box[2], 1)
    sized = CAPTION_WIDE[0] <= wide <= CAPTION_WIDE[1] and CAPTION_HIGH[0] <= high <= CAPTION_HIGH[1]
    return sized and not any(each.class_name.endswith("WebView") and each.contains(node) for each in window.walk())


def is_called_tab(node: Node) -> bool:
    """Whether what a reader is told of a view makes it a tab: 发布内容,5之3,标签."""
    return taken_apart(node.text or node.description).tab


def _is_bar(around: Sequence[Control], *, grid: bool) -> bool:
    """Whether neighbours are the bar of acts on what stands above them: 转发 3, 评论 12, and a heart with a number."""
    members = [each for each in around if each.text or each.id]
    along = [each for each in members if goes_along(each)]
    acts = [each for each in members if each.dangerous and each not in along]
    counts = [each for each in members if is_count(each.text) and each not in along and each not in acts]
    if any(is_chosen(each.node) for each in members if each not in acts and each not in counts):
        return False  # the tabs of a list: 转发, 评论, 赞
    if not acts and not along:
        return COUNTS <= len(counts) == len(members) and all(_has_picture(each.node) for each in counts) and not grid
    others = len(members) - len(along) - len(acts) - len(counts)
    return bool(acts or counts) and len(along) + len(acts) + len(counts) >= 2 and others <= len(along)


def _is_of_menu(control: Control, found: Sequence[Control]) -> bool:
    """Whether an entry of its make leads to settings or to what is the user's, as in a drawer: 收藏 above 设置."""
    people = _WORDS.words("worth.people")
    return any(plain(other.text) in people and other is not control and _is_alike(control.node, other.node) for other in found)


def _is_way(control: Control, beside: Sequence[Control], found: Sequence[Control], window: Node, *, tab: bool) -> bool:
    """Whether the name of an act is that of a page: of a tab, of a row of a menu, of one of several entries."""
    if control.rows and control.node.box[2] >= window.box[2] * WIDE and not control.node.class_name.endswith("Button"):
        return True
    over = any(other.kind == "close" and 2 * other.node.area > window.area for other in found)
    if (over or in_foot_bar(control, found, window)) and not any(is_chosen(each.node) for each in beside):
        return False  # 关注 on a card over a page, 收藏 at the foot of what a row opened, whatever stands beside it
    orders = [] if len(beside) > BAR else [other for other in beside if is_order(other.text)]
    if any(not is_noun(other.text) for other in (*orders, *(each for each in beside if each.dangerous))):
        return False  # 收藏 beside 立即购买, 关注 beside 送荧光棒
    if not tab and (plain(control.text).startswith("+") or (is_counted(control) and not any(map(is_counted, beside)))):
        return False  # +关注; 投币 2 beside 选集
    ways = [other for other in beside if uncounted(plain(other.text)) and not other.dangerous and not goes_along(other)]
    chosen = (each for each in window.walk() if each.selected and each.bounds[1::2] == control.node.bounds[1::2] and not each.clickable)
    return tab or len(ways) >= WAYS or any(is_chosen(each.node) for each in ways) or (bool(ways) and any(chosen))


def _is_entry(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether a control is a row of contents, or an entry among others of its make that name pages."""
    if _is_row(control, found, window) or leads_on(control.text) or (names_function(control.text) and names_way(control.id)):
        return True
    odds = likelihood(control.text)
    told = odds > PROMISED or (_orders(control) and not is_name(control.text))
    if odds > SURE or (told and is_done_here(control, found)) or in_foot_bar(control, found, window) or _ends_line(control, found, window):
        return False
    like = (each for each in found if _is_alike(control.node, each.node) and plain(each.text) != plain(control.text))  # 抢购 in each card
    return sum(is_name(other.text) or _names_way(other) for other in like) >= WAYS


def _ends_line(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether it stands right of words of its row that take no press alone: 预约 behind the name of a book."""
    node = control.node
    left, high = node.bounds[0], node.box[3]
    named = (each for each in window.walk() if each.visible and each.text and each.bounds[2] <= left)
    near = [each for each in named if node.bounds[1] - high < each.bounds[3] and each.bounds[1] < node.bounds[3]] if control.rows else []
    return any(not any(other.node.contains(each) and not other.node.contains(node) for other in found) for each in near)


def is_verdict(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether it is a yes or a no to what a row of an opened list, or a page that tells who asks, wants: 通过, 忽略.

    Where nothing leads back or elsewhere, a page of a first start asks the user so: 同意 beside 拒绝.
    """
    if control.node.box[2] > window.box[2] * NARROW or only_shows(control.text):
        return False
    alone = plain(control.text) in _WORDS.words("asked.answers")
    answers = [other for other in found if other.rows == control.rows and in_a_row(control.node, other.node, window)]
    answered = any(says_no(other.text) != says_no(control.text) for other in answers)
    if control.rows and any(other.kind in ("back", "tab") for other in found):
        return answered or alone
    said = (node.text for node in window.walk() if node.visible and node.text)
    return answered and alone and any(has_any(text, _WORDS.words("asked.by")) for text in said)


def _names_way(control: Control) -> bool:
    """Whether a caption is very likely that of a page, a category or a place, or of a function."""
    if names_function(control.text):
        return True
    does = says_nothing(control.text) or control.dangerous or goes_along(control) or only_shows(control.text) or is_order(control.text)
    return not does and likelihood(control.text) <= PROMISED


def is_of_sheet(control: Control, found: Sequence[Control]) -> bool:
    """Whether a control stands in a sheet that asks what to do: a column of which the last one is 取消."""
    column = [other for other in found if other.node.bounds[::2] == control.node.bounds[::2]]
    last = max(column, key=lambda other: other.node.bounds[1])
    return last is not control and says_no(last.text)


def _is_row(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether a control is a wide row of a list and no button; a mere text has others of its list to press."""
    if not control.rows or control.node.box[2] <= window.box[2] * NARROW or control.node.class_name.endswith(("Button", PAINTED)):
        return False
    return not is_alone(control, found)


def _is_plain_row(control: Control) -> bool:
    """Whether a row of a list shows nothing but its caption, as an order does: no picture, no arrow, no second text."""
    views = [each for each in control.node.walk() if each.visible and (each.text or each.description)]
    return bool(control.rows) and len(views) == 1 and not (_has_picture(control.node) or leads_on(control.text))


def _is_alike(one: Node, other: Node) -> bool:
    """Whether two views of one class and height stand in one line, in a column with not much between them."""
    apart = max(one.bounds[1], other.bounds[1]) - min(one.bounds[3], other.bounds[3])
    lined = one.bounds[1] == other.bounds[1] or (one.bounds[::2] == other.bounds[::2] and apart <= one.box[3] * APART)
    return lined and one.class_name == other.class_name and abs(one.box[3] - other.box[3]) <= one.box[3] * 0.1


def _has_price_beside(node: Node, window: Node) -> bool:
    """Whether a price stands near a control: 解锁 beside ¥3 or 12 书币."""
    near = window.box[3] * NEAR
    texts = (each for each in window.walk() if each.visible and each.text and abs(middle(each)[1] - middle(node)[1]) <= near)
    return any(has_price(each.text) or costs_coins(each.text) for each in texts)


def _has_picture(node: Node) -> bool:
    return any(inner.class_name.endswith(PICTURES) for inner in node.walk())


def _adjoin(one: Node, other: Node) -> bool:
    """Whether two views of one width stand right below each other."""
    gap = max(one.bounds[1], other.bounds[1]) - min(one.bounds[3], other.bounds[3])
    return one.bounds[::2] == other.bounds[::2] and 0 <= gap < one.box[3]


def _in_a_column(one: Node, other: Node, window: Node) -> bool:
    """Whether two narrow views stand below each other at the right side."""
    x, y = (each.box[0] + each.box[2] / 2 for each in (one, other))
    wide = min(one.box[2], other.box[2])
    apart = one.bounds[3] <= other.bounds[1] or other.bounds[3] <= one.bounds[1]
    narrow = max(one.box[2], other.box[2]) <= window.box[2] * (1 - AT_THE_SIDE)
    return apart and narrow and abs(x - y) <= wide * 0.3 and min(x, y) - window.bounds[0] >= window.box[2] * AT_THE_SIDE
