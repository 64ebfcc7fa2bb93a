"""What people do to an item of another one, told by counts (有用 36 beside 评论 8), and what is only chosen: 100 份."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from harness.dialogs.act_likelihood import SOLD, likelihood
from harness.dialogs.dialog_words import plain
from harness.dialogs.spoken_labels import taken_apart
from harness.dialogs.user_acts import SHORT, choice_of, costs_coins, is_count, is_order, only_shows, uncounted
from harness.dialogs.word_patterns import WordFile, has_price
from harness.pages.main_acts import in_foot_bar
from harness.pages.view_structure import PICTURES, id_parts, unnumbered
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import middle

if TYPE_CHECKING:
    from harness.pages.controls import Control

NARROW = 0.5
"""The width of a member of a bar at most, as a share of the window's [PROJECT]."""
AMOUNTS = 3
"""Amounts that are a choice at least [PROJECT]."""
ICONS = 2
"""Icons with a count that make a bar of acts without a word [PROJECT]."""
_WORDS = WordFile("controls.toml")


def is_reaction(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether it is one of what people do to an item of a list, with a count of them, in whatever words: 沾喜 18.

    Beside it stands 评论 6, or another one with a count, or the other items have it with counts of their own.
    """
    if not _counts_word(control, window) or goes_along(control) or only_shows(control.text):
        return False
    line = [other for other in found if other is not control and _counts_word(other, window) and is_level(control.node, other.node)]
    if control.rows and any(_is_again(control, other) for other in found):
        return bool(line) or likelihood(control.text) > SOLD
    chosen = any(is_chosen(other.node) for other in line)
    return not chosen and bool(control.rows or in_foot_bar(control, found, window)) and any(map(goes_along, line))


def is_choice(control: Control, found: Sequence[Control]) -> bool:
    """Whether it is one of the answers of a question, A 三条 beside B 四条, or of amounts, and orders nothing."""
    letters = {choice_of(other.text) for other in found}
    lettered = len(letters - {""}) > 1 and choice_of(control.text) != "" and not is_order(control.text[1:].strip(" .、．:："))
    return lettered or _is_amount(control.text, {other.text for other in found})


def asks_choice(window: Node) -> bool:
    """Whether a text of a page asks to choose among what stands below it: 请选择到岗时间."""
    return any(node.visible and plain(node.text).startswith(_WORDS.words("first.choose")) for node in window.walk())


def _is_amount(text: str, texts: Set[str]) -> bool:
    """Whether a caption is one of at least three amounts to choose from, and costs nothing: 100 份, 200 份, 500 份."""
    alike = sum(unnumbered(other) == unnumbered(text) for other in texts)
    if alike < AMOUNTS or not text[:1].isdigit() or is_count(text):
        return False
    return not (is_order(text) or has_price(text) or costs_coins(text))


def _is_again(control: Control, other: Control) -> bool:
    """Whether another item of the list has the same word, with its own count."""
    alike = uncounted(plain(other.text)) == uncounted(plain(control.text)) and other.rows == control.rows
    return alike and other is not control and not is_level(control.node, other.node)


def _counts_word(control: Control, window: Node) -> bool:
    """Whether it is narrow, and says a short word with a count behind it."""
    words, name = plain(control.text), uncounted(plain(control.text))
    counted = words.startswith(name) and any(map(str.isdecimal, words[len(name) :]))
    return counted and 0 < len(name) <= SHORT and control.node.box[2] <= window.box[2] * NARROW


def is_counted_icon(control: Control, found: Sequence[Control], window: Node) -> bool:
    """Whether it is one of several icons in a row that say nothing and have a count beside or below them."""
    if not _is_icon(control) or goes_along(control):
        return False
    row = [other for other in found if _is_icon(other) and (other is control or in_a_row(control.node, other.node, window))]
    counts = [each for each in window.walk() if each.visible and not each.clickable and is_count(each.text)] if len(row) >= ICONS else []
    return _has_count(control.node, counts) and sum(_has_count(other.node, counts) for other in row) >= ICONS


def _is_icon(control: Control) -> bool:
    return not control.text and control.node.class_name.endswith(PICTURES)


def _has_count(icon: Node, counts: Sequence[Node]) -> bool:
    return any(is_beside(icon, each) for each in counts)


def is_beside(icon: Node, count: Node) -> bool:
    """Whether a count stands right of an icon, or below it, no further away than the icon is wide."""
    left, top, right, bottom = icon.bounds
    (x, y), wide = middle(count), right - left
    return (0 <= count.bounds[0] - right <= wide and top < y < bottom) or (0 <= count.bounds[1] - bottom <= wide and left < x < right)


def goes_along(control: Control) -> bool:
    """Whether it stands beside acts and only opens something: 评论, 分享."""
    if bare := uncounted(plain(control.text)):
        return bare in _WORDS.words("beside_acts.words")
    return not id_parts(control.id).isdisjoint(_WORDS.words("beside_acts.ids"))


def is_counted(control: Control) -> bool:
    """Whether a caption has a number: 粉丝 34."""
    return any(map(str.isdecimal, control.text))


def is_chosen(node: Node) -> bool:
    """Whether a part of a view is selected, by its state or by what a reader is told."""
    return any(inner.selected or taken_apart(inner.description).chosen for inner in node.walk())


def is_level(one: Node, other: Node) -> bool:
    """Whether the middle of one view lies as high as another one, which stands beside it."""
    return other is not one and other.bounds[1] <= middle(one)[1] < other.bounds[3] and not other.contains(one)


def in_a_row(one: Node, other: Node, window: Node) -> bool:
    """Whether two narrow views stand beside each other, about equally high."""
    shared = min(one.bounds[3], other.bounds[3]) - max(one.bounds[1], other.bounds[1])
    lower, higher = sorted((one.box[3], other.box[3]))
    apart = one.bounds[2] <= other.bounds[0] or other.bounds[2] <= one.bounds[0]
    return apart and shared >= lower * 0.6 and higher <= lower * 2 and max(one.box[2], other.box[2]) <= window.box[2] * NARROW
