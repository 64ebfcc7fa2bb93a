"""A caption as a screen reader speaks it, taken apart: 未点赞，喜欢1865，按钮 is the caption 喜欢1865.

Apps write what a control is, whether it is on and where it stands into its description. All tables of words are asked
about the caption alone (``dialog_words.plain``).
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from harness.config import once_a_config
from harness.dialogs.word_patterns import WordFile

LONGEST = 100
"""Characters of a spoken caption at most [PROJECT]; a longer text is a sentence."""
_WORDS = WordFile("words.toml")


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
    caption = _WORDS.pattern("spoken_head").sub("", caption, count=1).strip()
    tab = tail is not None and _WORDS.pattern("spoken_tab").search(tail[0]) is not None
    if not caption or (tail is None and caption == bare):
        return SpokenLabel(text)
    return SpokenLabel(caption, tab, _WORDS.pattern("spoken_chosen").search(bare) is not None)
