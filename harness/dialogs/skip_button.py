"""The control that skips a full-screen advert: a few known words in a corner, from the tree or from pixels.

Such an advert has no scrim and no card, so its geometry tells nothing; and it is full of things that look like
controls.
"""

from collections.abc import Iterable

from harness.dialogs.captions import label
from harness.dialogs.dialog_words import words
from harness.events.box import Box
from harness.parsers.hierarchy import Node
from harness.vision.ocr import TextLine

CORNER_WIDE, CORNER_HIGH = 0.4, 0.25
"""A skip control's middle is so near to a side and to the upper or lower end, as shares of the window [PROJECT]."""


def is_skip(text: str) -> bool:
    """Whether a caption, with or without a countdown in it, skips an advert: 跳过 3, 5s | Skip."""
    return label(text) in words()["skip"]["captions"]


def find_skip(lines: Iterable[TextLine], window: Box) -> TextLine | None:
    """The line that skips the advert which fills a window; None where no such line stands in a corner of it."""
    return next((line for line in lines if is_skip(line.text) and in_corner(line.box, window)), None)


def find_skip_view(nodes: Iterable[Node], window: Box) -> Node | None:
    """The same among the views of a tree that take a press."""
    pressable = (node for node in nodes if node.pressable and node.visible)
    return next((node for node in pressable if is_skip(node.text or node.description) and in_corner(node.box, window)), None)


def in_corner(box: Box, window: Box) -> bool:
    """Whether a box has its middle in one of the four corners of a window."""
    left, top, width, height = window
    x, y = box[0] + box[2] / 2 - left, box[1] + box[3] / 2 - top
    return min(x, width - x) <= CORNER_WIDE * width and min(y, height - y) <= CORNER_HIGH * height
