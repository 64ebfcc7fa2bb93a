"""What a box or a switch is called by the words beside it, and whether a page wants its terms agreed to by it."""

from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.word_patterns import WordFile
from harness.parsers.hierarchy import Node

_WORDS = WordFile("controls.toml")


def agrees(text: str) -> bool:
    """Whether a switch of this text is the box by which a page wants its terms agreed to."""
    return has_any(plain(text), _WORDS.words("worth.agree"))


def words_beside(box: Node, window: Node) -> str:
    """What a box or a switch that says nothing is called: the first words of the column of its line that is nearest."""
    left, top, right, bottom = box.bounds
    line = [each for each in window.walk() if each.visible and each.text and each.bounds[1] < bottom and each.bounds[3] > top]
    aside = [(max(each.bounds[0] - right, left - each.bounds[2]), each) for each in line]
    nearest = min((pair for pair in aside if pair[0] >= 0), key=lambda pair: pair[0], default=(0, box))[1]
    column = (each for gap, each in aside if gap >= 0 and each.bounds[0] < nearest.bounds[2] and each.bounds[2] > nearest.bounds[0])
    return min(column, key=lambda each: each.bounds[1], default=box).text
