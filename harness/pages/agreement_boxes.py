"""The box by which a page wants its terms agreed to, by its own words or by those beside it."""

from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.word_patterns import WordFile
from harness.parsers.hierarchy import Node
from harness.parsers.touch_order import middle

_WORDS = WordFile("controls.toml")


def agrees(text: str) -> bool:
    """Whether a switch of this text is the box by which a page wants its terms agreed to."""
    return has_any(plain(text), _WORDS.words("worth.agree"))


def terms_beside(box: Node, window: Node) -> str:
    """What stands right of a box that says nothing, where those words agree to something; else empty."""
    line = (each for each in window.walk() if each.visible and each.text and each.bounds[1] <= middle(box)[1] < each.bounds[3])
    right = min((each for each in line if each.bounds[0] >= box.bounds[2]), key=lambda each: each.bounds[0], default=None)
    return right.text if right is not None and agrees(right.text) else ""
