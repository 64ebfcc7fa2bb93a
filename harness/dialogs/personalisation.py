"""Contents and adverts that are chosen by what is known of a person, by the captions of an app's pages."""

from enum import StrEnum
from functools import partial

from harness.config import once_a_config
from harness.dialogs.dialog_words import CAPTIONS
from harness.dialogs.folding import folded
from harness.dialogs.word_patterns import WordFile

WORDS = WordFile("personalisation.toml")
CAPTION = 24
"""Signs of a caption at most [PROJECT]: a longer text tells a story, as a policy does."""


class Chosen(StrEnum):
    """What is chosen for a person: the notice speaks of pushed contents (定向推送) and of adverts (广告精准营销)."""

    CONTENT = "content"
    ADVERTS = "adverts"


def says(text: str, path: str) -> bool:
    """Whether a text has one of the words of a list."""
    said = folded(text)
    return any(word in said for word in WORDS.words(path))


def marks(caption: str) -> bool:
    """Whether a text marks contents as chosen for their user: it neither asks them to choose nor tells a purpose.

    A longer one than a caption explains it: 以上歌曲依照你近期的收听记录自动挑选.
    """
    said = folded(caption)
    if len(caption) > CAPTION:
        return WORDS.pattern("explained").search(said) is not None and WORDS.pattern("denies").search(said) is None
    asks = said.startswith(WORDS.words("asks_taste.begins")) or said.endswith(WORDS.words("chosen.ends"))
    return says(caption, "mark.words") and not asks and WORDS.pattern("serves").search(said) is None


def heads(caption: str) -> bool:
    """Whether a caption heads contents that were chosen for their user: 为您推荐, and not 位置用于为您推荐药店."""
    return says(caption, "feed.words") and WORDS.pattern("serves").search(folded(caption)) is None


@partial(once_a_config, most=CAPTIONS)
def named(caption: str) -> frozenset[Chosen]:
    """What a caption names the choice of; nothing where it is long, or about how the app looks."""
    said = folded(caption)
    if not said or len(said) > CAPTION or says(said, "looks.words"):
        return frozenset()
    if says(said, "whole.words"):
        return frozenset(Chosen)
    rest = WORDS.pattern("advert_choice").sub("", said)
    for word in WORDS.words("adverts.words"):
        rest = rest.replace(word, "")
    content = says(rest, "content.words") or WORDS.pattern("choice").search(rest) is not None
    adverts = rest != said or (content and says(rest, "adverts.signs"))
    return frozenset(kind for kind, found in ((Chosen.CONTENT, content), (Chosen.ADVERTS, adverts)) if found)


def turns_off(caption: str) -> bool:
    """Whether a switch of this caption turns the choice off by being on: 关闭个性化推荐."""
    return folded(caption).startswith(WORDS.words("off.begins"))


def button_of(caption: str) -> tuple[str, bool] | None:
    """What a button of this caption turns over, and whether that is on now: it offers 关闭个性化推荐 while it is."""
    said = folded(caption)
    known = (*WORDS.words("content.words"), *WORDS.words("adverts.words"), *WORDS.words("whole.words"))
    for path, on in (("off.begins", True), ("offers_on.begins", False)):
        for begin in WORDS.words(path):
            rest = said[len(begin) :].strip() if said.startswith(begin) else ""
            if rest in known or any(WORDS.pattern(name).fullmatch(rest) for name in ("choice", "advert_choice")):
                return rest, on
    return None


def state_told(words: str) -> bool | None:
    """Whether words beside a caption say that it is on; None where they do not say."""
    return False if says(words, "is_off.words") else True if says(words, "on.words") else None


def option_of(caption: str) -> bool | None:
    """Whether an option of a choice turns something on or off; None where it does neither."""
    said = folded(caption)
    return False if said in WORDS.words("options.off") else True if said in WORDS.words("options.on") else None
