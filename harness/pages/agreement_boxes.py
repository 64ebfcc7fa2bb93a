"""What a box or a switch is called by the words beside it, and whether a page wants its terms agreed to by it."""

from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.word_patterns import WordFile
from harness.parsers.hierarchy import Node

_WORDS = WordFile("controls.toml")


def agrees(text: str) -> bool:
    """Whether a switch of this text is the box by which a page wants its terms agreed to."""
    return has_any(plain(text), _WORDS.words("worth.agree"))


def words_beside(box: Node, window: Node) -> str:
    """What a box or a switch that says nothing is called: the first words of its line, on the side that is nearer."""
    left, top, right, bottom = box.bounds
    line = [each for each in window.walk() if each.visible and each.text and each.bounds[1] < bottom and each.bounds[3] > top]
    sides = ([each for each in line if each.bounds[0] >= right], [each for each in line if each.bounds[2] <= left])
    gaps = [min((max(each.bounds[0] - right, left - each.bounds[2]) for each in side), default=window.area) for side in sides]
    return min(sides[gaps[0] > gaps[1]], key=lambda each: each.bounds[1], default=box).text
