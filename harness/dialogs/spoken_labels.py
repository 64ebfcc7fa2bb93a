"""A caption as a screen reader speaks it, taken apart: 未点赞，喜欢1865，按钮 is the caption 喜欢1865.

Apps write what a control is, whether it is on and where it stands into its description, and draw its picture as a sign
beside its words: ○ 我的, ☰ 菜单. All tables of words are asked about the caption alone (``dialog_words.plain``).
"""

import unicodedata
from functools import partial
from typing import NamedTuple

from harness.config import once_a_config
from harness.dialogs.word_patterns import WordFile

LONGEST = 100
"""Characters of a spoken caption at most [PROJECT]; a longer text is a sentence."""
_WORDS = WordFile("words.toml")
_SIGNS = frozenset({"So", "Sm", "Sk", "Co"})
"""General categories (Unicode Standard, table 4-4) of what draws: symbols, and the private use of icon fonts."""
_JOINS = "\u200d\ufe0e\ufe0f"  # how signs are joined and drawn (UTS #51)


class SpokenLabel(NamedTuple):
    """The caption of a control, whether it was called a tab, and whether it is the chosen one of several."""

    caption: str
    tab: bool = False
    chosen: bool = False


@partial(once_a_config, most=4096)
def taken_apart(text: str) -> SpokenLabel:
    """The caption in a text, which is the text itself where no reader added anything."""
    if not text or len(text) > LONGEST:
        return SpokenLabel(text)
    bare = text.strip()
    tail = _WORDS.pattern("spoken_tail").search(bare)
    caption = bare[: tail.start()] if tail else bare
    caption = _without_signs(_WORDS.pattern("spoken_head").sub("", caption, count=1).strip())
    tab = tail is not None and _WORDS.pattern("spoken_tab").search(tail[0]) is not None
    if not caption or (tail is None and caption == bare):
        return SpokenLabel(text)
    return SpokenLabel(caption, tab, _WORDS.pattern("spoken_chosen").search(bare) is not None)


def _without_signs(caption: str) -> str:
    """The words of a caption without the signs before and behind them; one of signs alone, or of a number, stays."""
    words = caption
    while words and _is_sign(words[0]):
        words = words[1:].lstrip()
    words = words if words[:1].isalpha() else caption
    shorter = words
    while shorter and _is_sign(shorter[-1]):
        shorter = shorter[:-1].rstrip()
    return shorter if shorter[-1:].isalpha() else words


def _is_sign(character: str) -> bool:
    if character.isascii() or character in _WORDS.words("spoken.telling"):
        return False
    return unicodedata.category(character) in _SIGNS or character in _JOINS
