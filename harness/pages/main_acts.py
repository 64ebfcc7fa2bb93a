"""Buttons that commit by their place and form: the one that a page is for, whatever word its writer chose for it.

A page that a row or a card opened shows what it is about, and one button under it takes it: 就这间了, 开唱, 带它回家.
There a caption is pressed only where it is known to be harmless; elsewhere it is left where it is likely an act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from harness.dialogs.act_likelihood import ALONE, likelihood
from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.user_acts import is_noun, leads_on, names_act, names_act_page, names_function, names_page, names_way, only_shows
from harness.dialogs.word_patterns import WordFile, has_price
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import middle

if TYPE_CHECKING:
    from harness.pages.controls import Control

WIDE, HIGH, FOOT = 0.8, 0.1, 0.75
"""The least width and the greatest height of a button as shares of the window's (as high is the head of a page), and
how far down it stands, that make it one without its class [PROJECT]."""
LEAST = 1.5
"""The score of a caption, its place and its id together above which it is left alone [PROJECT]."""
CERTAIN = 3.5
"""The score of a caption alone above which it acts in any form, as with a picture in a bar of icons [PROJECT]."""
FOR = (1.3, 1.4, 1.2, 1.4, 0.8, 0.5, 1.3)
"""What it adds [PROJECT]: to be what its page is for or all that a row leaves to press, an act beside it, one above or
below it, a price or a title of an act, a way back, a field, an id of an act. Fitted with ``AGAINST`` to the controls
of 80 sample apps whose words alone decide nothing, each apart from those of its batch."""
AGAINST = (1.0, 0.5, 0.75, 0.8, 1.5)
"""What it takes away [PROJECT]: a verb that only shows, a permission's promise, to be mere text, an id of a way,
the end of a page's name."""
MOST = 3.7
"""What place and id together add at most [PROJECT]: a caption that is surely harmless stays so."""
LINE, COLUMN = slice(1, None, 2), slice(0, None, 2)
"""The edges that two views in one line, and in one column, share."""
NARROW = 0.5
"""The greatest width of a button in a row that leads on by itself, as a share of the window's [PROJECT]."""
ANSWER = 12
"""Signs of an answer to a question of a first start at most [PROJECT]."""
_WORDS = WordFile("controls.toml")
PERSONAL = 2
"""Fields for the data of a person, its title among them, that make its form, where a login has one [PROJECT]."""
WAYS_IN = 3
"""Controls with words of a page that has nothing else to go on by, at most [PROJECT]: 出发吧, 跳过引导 and a link."""


def commits(control: Control, found: Sequence[Control], window: Node, *, inside: bool = False) -> bool:
    """Whether a button that is no entry of a menu is likely to act, by its caption, its place and its id together.

    A page that shows no way back may be the first one, but for one that is known to be ``inside`` the app.
    """
    node, odds = control.node, likelihood(control.text)
    button, apart = node.class_name.endswith("Button"), _stands_apart(control, found, window)
    if odds + MOST <= LEAST or (control.rows and not (button or apart or is_alone(control, found))):
        return False
    opened = inside or _is_opened(found)
    main = _is_main(control, found, window, opened=opened)
    if not main and (
        control.kind == "tab" or not (button or node.class_name.endswith(("TextView", "ImageView")) or _is_link(control, window))
    ):
        return control.kind != "tab" and odds > CERTAIN
    beside, below = (any(_is_of_acts(control, other, edges) for other in found) for edges in (LINE, COLUMN))
    if not (main or apart or beside or inside) and _leads_in(control, found):
        return False
    sold = in_foot_bar(control, found, window) or is_for_an_act(window) or _tells_price(control, found, window)
    alike = any(other is not control and (other.text, other.rows) == (control.text, control.rows) for other in found)
    signs = (main or (apart and (button or alike)), beside, below, sold, opened, _is_written_on(found), names_act(control.id))
    ways = names_way(control.id), names_page(control.text)
    against = (only_shows(control.text), bool(control.promises), not (button or main or apart or beside), *ways)
    seen = sum(weight for weight, is_seen in zip(FOR, signs, strict=True) if is_seen)
    return odds + min(seen, MOST) - sum(weight for weight, is_seen in zip(AGAINST, against, strict=True) if is_seen) > LEAST


def is_done_here(control: Control, found: Sequence[Control]) -> bool:
    """Whether a button stands on a page that another one opened, whose order is about what that page shows: 收藏路线.

    The name of a function may lead on from there (预约挂号), but for the last button: it ends what was chosen above it.
    """
    node = control.node
    if not (node.class_name.endswith("Button") and _is_opened(found)) or leads_on(control.text):
        return False
    below = (other.node for other in found if other.node.bounds[1] >= node.bounds[3])
    return not names_function(control.text) or not any(other.class_name == node.class_name for other in below)


def is_for_an_act(window: Node) -> bool:
    """Whether the head of a page names an act, which its button does in whatever words: 打卡日历, 服务评价.

    An entry that stands high names the page that it leads to: 预约挂号.
    """
    return any(names_act_page(node.text) for node in head_of(window) if not node.pressable)


def head_of(window: Node) -> list[Node]:
    """The texts in the head of a page."""
    return [node for node in window.walk() if node.visible and node.text and node.bounds[1] < _head_ends(window)]


def _head_ends(window: Node) -> float:
    return window.bounds[1] + window.box[3] * HIGH


def keeps_person(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether it ends a form for the data of a person, or for what is kept in one's name: 保存 below 姓名 and 身份证号.

    On a page that another one opened it does so in any words (去认证) but for a login, a search and a picture; there
    the page may say itself what the form is for (创建 below 群名称 on 新建群聊), and 保存 may stand in its head.
    """
    opened, words = _is_opened(found), plain(control.text)
    keeps, looks = words.startswith(tuple(_WORDS.words("field.keeps"))), tuple(_WORDS.words("field.looks"))
    if not words or not (keeps or opened) or _logs_in(words) or words.startswith(looks) or words.endswith(looks):
        return False
    fields, head = [other for other in found if other.kind == "field"], head_of(window)
    if opened and control.node.bounds[1] < _head_ends(window):
        above, ends = fields, keeps or words in _WORDS.words("first.onward")
    else:
        above = [other for other in fields if other.node.bounds[3] <= control.node.bounds[1]]
        ends = _is_main(control, found, window, opened=opened)
    if not keeps and (control.kind == "tab" or sum(bool(each.text) for each in control.node.walk()) > 1):
        return False  # 银行 请选择 ›
    titled = opened and _is_personal(text for node in head if not _logs_in(text := plain(node.text)))
    return ends and sum(_is_personal(_told_of(each, window)) for each in above) + titled >= PERSONAL


def _logs_in(text: str) -> bool:
    return has_any(text, _WORDS.words("field.logins"))


def _is_personal(texts: Iterable[str]) -> bool:
    return any(has_any(text, _WORDS.words("field.personal")) for text in texts)


def _told_of(field: Control, window: Node) -> Iterator[str]:
    """What a field says that it wants, and the words left of it and right above it: once filled it says no more."""
    node = field.node
    yield plain(node.hint or field.text)
    for each in window.walk():
        if each.visible and each.text and not each.class_name.endswith("EditText"):
            left = each.bounds[2] <= node.bounds[0] and node.bounds[1] <= middle(each)[1] < node.bounds[3]
            on_top = each.bounds[3] <= node.bounds[1] <= each.bounds[3] + each.box[3] and each.bounds[0] < node.bounds[2]
            if left or on_top:
                yield plain(each.text)


def is_alone(control: Control, found: Sequence[Control]) -> bool:
    """Whether a text that looks like a row of a list has no other row to press beside it, and lies in none."""
    others = [other for other in found if other is not control]
    return not control.node.children and not any(other.rows == control.rows or other.node.contains(control.node) for other in others)


def _stands_apart(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether it is a small part of a row that leads on by itself: what else is there to press does something."""
    rows = (other for other in found if other is not control and other.rows and other.node.contains(control.node))
    return control.node.box[2] <= window.box[2] * NARROW and any(other.node.box[2] > window.box[2] * NARROW for other in rows)


def _is_of_acts(control: Control, act: Control, edges: slice) -> bool:
    """Whether a button is in line with an act, as 参团 beside 立即购买; what 收藏 is its own place tells."""
    if act is control or not act.dangerous or is_noun(act.text):
        return False
    return act.node.bounds[edges] == control.node.bounds[edges] and act.node.class_name == control.node.class_name


def _is_link(control: Control, window: Node) -> bool:
    """Whether it is a link of a web page that fills a line, and no part of a sentence: a plain view with its words."""
    node = control.node
    return node.class_name == "android.view.View" and not (node.children or control.rows) and node.box[2] >= window.box[2] * WIDE


def _tells_price(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether a page has a price beside that of a control itself, or a field for a sum of money."""
    hints = (other.node.hint or other.text for other in found if other.kind == "field")
    priced = any(has_price(node.text) for node in window.walk() if node.visible and node.text not in control.text)
    return priced or any(word in hint for hint in hints for word in _WORDS.words("field.sums"))


def _is_written_on(found: Sequence[Control]) -> bool:
    return any(other.kind == "field" for other in found)


def _leads_in(control: Control, found: Sequence[Control]) -> bool:
    """Whether nothing else leads on from a page of few buttons, as of a first start; a link to 《》 leads not on."""
    others = [other for other in found if other is not control and other.text and other.kind != "field"]
    if len(others) >= WAYS_IN or any(other.kind in ("back", "tab", "close") for other in found):
        return False
    return all(other.dangerous or "《" in other.text or likelihood(other.text) > ALONE for other in others)


def ends_choice(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether it ends a choice: below nothing but short answers to a question, where nothing leads back: 给我安排."""
    others = [other for other in found if other is not control]
    if len(others) < WAYS_IN or control.dangerous or is_for_an_act(window):
        return False
    for other in others:
        below = other.node.bounds[3] > control.node.bounds[1]
        if below or other.dangerous or other.kind in ("back", "tab", "close", "field") or len(other.text) > ANSWER:
            return False
    controls = {node.text for other in found for node in other.node.walk()}
    said = (node.text for node in window.walk() if node.visible and node.text and node.text not in controls)
    return any(text.endswith(tuple(_WORDS.words("first.question"))) for text in said)


def _is_main(control: Control, found: Sequence[Control], window: Node, *, opened: bool) -> bool:
    """Whether it is the button that a page is for which another one opened, or that ends a form: a field is above it.

    It is a button by its class, or wide at the foot of the page, below the form or as all that there is to press, or in
    a bar at the foot, and none of its class stands below it, or to its right in a row elsewhere.
    """
    node, others = control.node, [other.node for other in found if other is not control and other.text]
    above = max((each for each in found if each.node.bounds[3] <= node.bounds[1]), key=lambda each: each.node.bounds[3], default=None)
    ends_form, bar = above is not None and above.kind == "field", in_foot_bar(control, found, window)
    if (control.rows and not is_alone(control, found)) or node.box[3] > window.box[3] * HIGH or not (ends_form or opened):
        return False
    alone = all(other is control or other.kind in ("back", "close") for other in found)
    formed = bar or ((_is_low(node, window) or ends_form or alone) and node.box[2] >= window.box[2] * WIDE)
    right = [other for other in others if not bar and _is_beside(other, node) and other.bounds[0] >= node.bounds[2]]
    after = (*right, *(other for other in others if other.bounds[1] >= node.bounds[3]))
    return (formed or node.class_name.endswith("Button")) and not any(other.class_name == node.class_name for other in after)


def in_foot_bar(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether it stands beside others at the foot of a page that another one opened: what is done with that.

    What has another one of its width above it is of a grid.
    """
    others = [other for other in found if other is not control and other.text]
    beside = any(_is_beside(other.node, control.node) for other in others)
    grid = any(other.node.bounds[::2] == control.node.bounds[::2] for other in others)
    return beside and not (grid or control.rows) and _is_low(control.node, window) and _is_opened(found)


def _is_opened(found: Sequence[Control]) -> bool:
    return any(other.kind in ("back", "close") for other in found)


def _is_low(node: Node, window: Node) -> bool:
    return node.bounds[1] - window.bounds[1] >= window.box[3] * FOOT


def _is_beside(one: Node, other: Node) -> bool:
    return one.bounds[1] < other.bounds[3] and other.bounds[1] < one.bounds[3]
