"""Marks that close what they stand on: by id, by class, by description, and by their place (words.toml)."""

import re
from collections.abc import Sequence

from harness.dialogs.dialog_words import plain
from harness.dialogs.word_patterns import WORDS
from harness.events.box import centre, union
from harness.parsers.hierarchy import Node

DESCRIPTION_LENGTH = 10
"""Signs of a description that begins like 关闭 at most [PROJECT]: 关闭弹窗按钮."""
SIDE_SHARE, CORNER_SHARE = 0.18, 0.2
"""A mark is no wider and no higher than this share of its card's width; a corner reaches so far [PROJECT]."""
EDGE_SHARE = 0.08
"""How far from the left and the top of a page the way back stands, as shares of its sizes at most [PROJECT]."""
GROUND_SHARE = 0.9
"""What covers more of a card than this is its ground [PROJECT]."""
_NAME_PART = re.compile(r"[A-Z]?[a-z]+")


def names_close(resource_id: str, class_name: str = "") -> bool:
    """Whether an id or a class calls a view a way out: ``pop_cancel``, ``ic_x``, ``CloseImageView``."""
    parts = _parts(f"{resource_id.rpartition('id/')[2]} {class_name.rpartition('.')[2]}")
    called = any(part in WORDS.words("close.ids") or part.startswith(WORDS.words("close.stems")) for part in parts)
    return called or resource_id.endswith(WORDS.words("close.ends"))


def names_back(node: Node, page: Node) -> bool:
    """Whether an id is that of the way back; iv_left is it only in the upper left corner."""
    left, top, wide, high = page.box
    near = node.box[0] - left <= EDGE_SHARE * wide and node.box[1] - top <= EDGE_SHARE * high and node.box[2] <= 2 * CORNER_SHARE * wide
    return not _parts(node.short_id).isdisjoint(WORDS.words("back.corner" if near else "back.ids"))


def closes_nothing(resource_id: str) -> bool:
    """Whether an id is that of a mark in a corner which does something else: ``iv_mute``."""
    return not _parts(resource_id.rpartition("id/")[2]).isdisjoint(WORDS.words("close.quiet"))


def _parts(name: str) -> set[str]:
    return {part.lower() for part in _NAME_PART.findall(name)}


def is_close_mark(node: Node) -> bool:
    """Whether a control without a text closes, by its description, or by the id or class of it or of a view in it."""
    inside = [inner for inner in node.walk() if inner.visible]
    if any(inner.text for inner in inside):
        return False
    said = [plain(inner.description) for inner in inside if inner.description]
    if said:
        return any(len(words) <= DESCRIPTION_LENGTH and words.startswith(WORDS.words("close.begins")) for words in said)
    return any(names_close(inner.resource_id, inner.class_name) for inner in inside)


def cross_of(shown: Sequence[Node]) -> Node | None:
    """The one small control without words in an upper corner of a card with these views; of two, the right one.

    In the left corner it leads back, which closes a card as well.
    """
    whole = union(node.box for node in shown)
    ground = GROUND_SHARE * whole[2] * whole[3]
    left, top, wide, high = union(node.box for node in shown if not node.children and node.area < ground)
    corners: tuple[list[Node], list[Node]] = [], []
    for node in shown:
        x, y = centre(node.box)
        small = node.clickable and max(node.box[2:]) <= SIDE_SHARE * wide and y - top <= CORNER_SHARE * high
        wordless = small and not closes_nothing(node.resource_id) and not any(inner.text or inner.description for inner in node.walk())
        if wordless and min(x - left, left + wide - x) <= CORNER_SHARE * wide:
            corners[x - left < wide / 2].append(node)
    right, back = corners
    return right[0] if len(right) == 1 else back[0] if len(back) == 1 and not right else None
