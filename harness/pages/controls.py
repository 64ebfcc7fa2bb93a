"""The controls of a page, each with its words, its place, its kind and what it promises."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from harness.dialogs.danger import begins_anew, is_dangerous, opens_editor
from harness.dialogs.dialog_words import plain
from harness.dialogs.matcher import is_back
from harness.dialogs.promises import promises_of
from harness.dialogs.word_patterns import WordFile
from harness.pages.view_structure import cut_rows, id_parts, is_advert, is_list, own_windows, rows_of, shape, unnumbered
from harness.parsers.touch_order import covered, holds, middle, over
from harness.parsers.tree_cache import once_for_a_tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from harness.parsers.hierarchy import Node

WORDS_LENGTH = 40
PROMISE_LENGTH = 12
"""A longer text tells a story and promises nothing [PROJECT]."""
TAB_SHARE = 0.86
"""What stands below this share of the window beside two of its like is a tab [PROJECT]."""
TABS = 3
"""A tab bar has at least so many (Material Design: three to five destinations)."""
CONTROLS = WordFile("controls.toml")
_CLOSE_IDS = frozenset({"close", "outside"})  # touch_outside: what lies behind a bottom sheet (design_bottom_sheet_dialog.xml)
_PROGRESS = re.compile(r"\D{0,4}\d{1,3}(\.\d+)?\s?%\D{0,2}")
_NUMBER_IDS = frozenset({"phone", "mobile", "tel", "code", "captcha", "number", "amount", "sms"})


class Kind(StrEnum):
    """The kind of a control."""

    BUTTON = "button"
    TAB = "tab"
    ROW = "row"
    FIELD = "field"
    SWITCH = "switch"
    BACK = "back"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Control:
    """A control of a page.

    ``key`` names it on its screen, also when its place or the numbers in its text change. ``text`` is its text, else
    its description, else the words inside it. ``rows`` names the list that a row is of, empty for all else. ``node`` is
    the view itself, ``centre`` where to tap: its middle, or another place of it where that belongs to another view.
    """

    key: str
    kind: Kind
    text: str
    id: str
    node: Node
    centre: tuple[int, int]
    promises: tuple[str, ...] = ()
    dangerous: bool = False
    checked: bool = False
    rows: str = ""

    @property
    def numeric(self) -> bool:
        """Whether a field wants digits, by its hint or id."""
        return bool(_NUMBER_IDS & id_parts(self.id)) or any(word in plain(self.text) for word in CONTROLS.words("field.numbers"))


def controls(roots: Sequence[Node], package: str) -> list[Control]:
    """The controls of the app's topmost window, in the order of the tree; of equal ones the first."""
    return list(_controls_of(tuple(roots), package))


@once_for_a_tree
def _controls_of(roots: tuple[Node, ...], package: str) -> tuple[Control, ...]:
    own = own_windows(roots, package)
    if not own:
        return ()
    window = own[-1]
    found: dict[str, Control] = {}
    unnamed = fields = 0
    for node, rows, layers in _pressable(window, window, "", ()):
        words = _words(node)[:WORDS_LENGTH]
        unnamed += not (words or node.short_id)
        place = _place(node, layers)
        if place is None:
            continue  # all of it is other controls, or lies below some: a press would be one of theirs
        kind = _kind(node, words, rows, window)
        name = f"{unnumbered(node.short_id) if rows else node.short_id}|{unnumbered(words)}"
        if kind is Kind.FIELD:  # its words are what was typed
            name = f"{node.short_id}|{fields}"
        key = f"{kind}|{name}" if words or node.short_id else f"{kind}|{node.class_name}|{unnamed}"
        control = Control(
            key=key,
            kind=kind,
            text=words,
            id=node.short_id,
            node=node,
            centre=place,
            promises=promises_of(words, node.short_id) if len(words) <= PROMISE_LENGTH else (),
            dangerous=is_dangerous(words, node.short_id),
            checked=node.checked,
            rows=rows,
        )
        fields += kind is Kind.FIELD
        found.setdefault(key, control)
    return tuple(_with_editors(list(found.values())))


def _with_editors(found: list[Control]) -> list[Control]:
    """发布 beside the tabs of a page without a field, or with a plus, opens the page on which one writes."""
    if any(control.kind is Kind.FIELD for control in found):
        return found
    opens = opens_editor if sum(control.kind is Kind.TAB for control in found) >= TABS else begins_anew
    return [replace(control, dangerous=False) if opens(control.text) else control for control in found]


def is_loading(roots: Sequence[Node], package: str) -> bool:
    """Whether the page shows how far something has come, and has nothing to press but what leaves it.

    It will go on by itself.
    """
    if any(control.kind not in (Kind.BACK, Kind.CLOSE) for control in controls(roots, package)):
        return False
    return shows_progress(roots, package)


def shows_progress(roots: Sequence[Node], package: str) -> bool:
    """Whether the page shows how far something has come, whatever can be pressed on it."""
    own = own_windows(roots, package)
    if not own:
        return False
    seen = [node for node in own[-1].walk() if node.visible]
    moving = any(node.class_name.endswith("ProgressBar") for node in seen)
    texts = [plain(node.text) for node in seen if node.text]
    return moving or any(_PROGRESS.fullmatch(text) or text.startswith(CONTROLS.words("loading.begins")) for text in texts)


def scrolling(roots: Sequence[Node], package: str) -> Node | None:
    """The largest part of the app's topmost window that a swipe moves up, None where there is none."""
    own = own_windows(roots, package)
    parts = [node for node in own[-1].walk() if node.visible and node.scrollable and node.box[3] > node.box[2] * 0.3] if own else []
    return max(parts, key=lambda node: node.area, default=None)


def _pressable(
    node: Node, window: Node, rows: str, layers: tuple[Node, ...], within: str = ""
) -> Iterator[tuple[Node, str, tuple[Node, ...]]]:
    """Yield each view that takes a press, its list and what is drawn over it; adverts are left alone.

    What stands in a row is of the list of its like: all hearts of a feed are one kind, whatever their rows say.
    """
    if not node.visible or node.area <= 0 or is_advert(node, window):
        return
    if node.enabled and (node.clickable or node.class_name.endswith("EditText")):
        yield node, rows or (f"{within}>{unnumbered(node.short_id) or node.class_name}" if within else ""), layers
        rows, within = "", rows or within
    own_rows = {id(row): f"{node.short_id or node.class_name}/{shape(row, window)[:60]}" for row in rows_of(node, window)}
    cut = {id(row) for row in cut_rows(node)}
    for child in node.children:
        if id(child) in cut:
            continue
        row = own_rows.get(id(child), rows)
        above = (*layers, *over(node, child))
        if id(child) in own_rows and is_list(node) and not _holds_press(child):
            yield child, row, above  # a list takes the press for its row (AdapterView.OnItemClickListener)
        else:
            yield from _pressable(child, window, row, above, within)


def _place(node: Node, layers: Sequence[Node]) -> tuple[int, int] | None:
    """Where a press is taken by the view itself: its middle, a text in it, or near a corner.

    None where controls inside it, or the layers over it, take all.
    """
    inner = [each for child in node.children for each in child.walk() if each.visible and each.clickable and each.area > 0]
    if not inner and not covered(middle(node), layers):
        return middle(node)
    texts = [middle(each) for child in node.children for each in child.walk() if each.visible and each.text and not each.clickable]
    x, y, width, height = node.box
    corners = [(x + width * across // 20, y + height * down // 20) for down in (1, 19) for across in (1, 19)]
    free = (place for place in (middle(node), *texts, *corners) if not any(holds(each, place) for each in inner))
    return next((place for place in free if not covered(place, layers)), None)


def _holds_press(node: Node) -> bool:
    return any(inner.clickable for inner in node.walk())


def _words(node: Node) -> str:
    """The text or description of a view, else the words of the views inside it that take no press of their own."""
    if node.text or node.description:
        return node.text or node.description
    words: list[str] = []
    waiting = list(reversed(node.children))
    while waiting and len(words) < 3:
        inner = waiting.pop()
        if inner.clickable or not inner.visible:
            continue
        if inner.text or inner.description:
            words.append(inner.text or inner.description)
        waiting.extend(reversed(inner.children))
    return " ".join(words)


def _kind(node: Node, words: str, rows: str, window: Node) -> Kind:
    parts = id_parts(node.resource_id)
    if node.class_name.endswith("EditText"):
        return Kind.FIELD
    if node.checkable and not node.class_name.endswith("RadioButton"):
        return Kind.SWITCH
    if is_back(words) or (not node.text and "back" in parts):
        return Kind.BACK
    if plain(words) in CONTROLS.words("close.words") or (not words and (_CLOSE_IDS & parts)):
        return Kind.CLOSE
    if rows:
        return Kind.ROW
    low = node.bounds[1] >= window.bounds[1] + window.box[3] * TAB_SHARE
    narrow = node.box[2] <= window.box[2] * 0.34
    if (low and narrow) or node.class_name.endswith(("RadioButton", "TabView")) or {"tab"} & parts:
        return Kind.TAB
    return Kind.BUTTON
