"""Captions that go on with what an app is used for, and those that a button of an advert may have and be pressed.

A walk leaves alone what claims a reward or cleans; the scenario of clause 7 presses the first, because behind it stand
the adverts, and the second in an advert only. What spends, deletes what is the user's, calls or logs in is pressed by
neither.
"""

from collections.abc import Sequence

from harness.dialogs.danger import is_dangerous
from harness.dialogs.dialog_words import plain
from harness.dialogs.user_acts import acts, costs_coins
from harness.dialogs.word_patterns import WordFile

CAPTION, ENGLISH = 9, 20
"""Characters of the caption of a button at most [PROJECT]; a longer text is a row or a sentence."""
_WORDS = WordFile("captions.toml")


def goes_on(words: str) -> bool:
    """Whether a control goes on with the contents, ends them or leads to their list: 下一章, 放入第 1 块, 学完了."""
    return is_caption(words) and (any(_is(shape, words) for shape in ("next", "starts", "ends", "contents", "claims")) or is_step(words))


def is_step(words: str) -> bool:
    """Whether a caption counts the step that it does, and neither its verb nor that with its object orders."""
    found = _WORDS.pattern("step").fullmatch(plain(words))
    verb, measure, what = found.groups() if found is not None else ("", "", "")
    return bool(verb) and not any(is_dangerous(order) or spends(order) for order in (verb, verb + measure, verb + what, words))


def is_next(words: str) -> bool:
    """Whether a control leads to more of what its page shows already: 下一章, 下一关, 再来一局."""
    return is_caption(words) and _is("next", words)


def ends(words: str) -> bool:
    """Whether a control ends the user's own task in the contents, and gives nothing to anybody: 跳完了, 练好啦."""
    return _is("ends", words)


def is_locked(words: str) -> bool:
    """Whether a row of a list says that its contents are shut until something is done: 海底邮局 需解锁."""
    return _is("locked", words.replace(" ", ""))


def claims(words: str) -> bool:
    """Whether a caption takes a reward that costs nothing: 立即领取, 查收礼包."""
    return _is("claims", words)


def takes_gift(words: str) -> bool:
    """Whether a caption takes a reward that is booked to no account of the user's: 领取红包, and not 领取金币."""
    return claims(words) and not credits_user(words)


def credits_user(words: str) -> bool:
    """Whether a text tells of what is booked to the user's account: 新人礼金待领取."""
    return any(word in plain(words) for word in _WORDS.words("claims.credits"))


def leads_to_gift(words: str) -> bool:
    """Whether a caption leads on to where a reward is had, and takes none yet: 去抢更多红包."""
    return is_caption(words) and _is("leads", words)


def gets(words: str) -> bool:
    """Whether a caption gets what an advert offers, and says not that it loads: 免费获取."""
    return plain(words) in _WORDS.words("gets.words")


def cleans(words: str) -> bool:
    """Whether a caption clears what a cleaner has found, and names nothing that is the user's: 立即清理."""
    return _is("cleans", words)


def is_use(words: str) -> bool:
    """Whether a caption only uses contents or has the phone work on itself, wherever it stands: 开始答题, 一键加速."""
    return is_step(words) or any(_is(shape, words) for shape in ("next", "uses", "contents", "speeds"))


def _is(shape: str, words: str) -> bool:
    """Whether a caption is nothing but one of the patterns of the file."""
    return _WORDS.pattern(shape).fullmatch(plain(words)) is not None


def does_else(words: str) -> bool:
    """Whether the words of a button tell of something else than loading an app, or leading to one."""
    return goes_on(words) or cleans(words)


def is_caption(words: str) -> bool:
    """Whether a text is as short as the words of a button."""
    told = plain(words)
    return 1 < len(told) <= (ENGLISH if told.isascii() else CAPTION) and any(sign.isalpha() for sign in told)


def spends(words: str, never: Sequence[str] = ()) -> bool:
    """Whether a button costs money, calls somebody, gives a number or acts in the user's name, or is forbidden."""
    low = words.casefold()
    return any(word in low for word in _WORDS.words("never.spends")) or acts(words) or any(word in words for word in never)


def gives_away(words: str) -> bool:
    """Whether a button takes or gives what is the user's: a name, a number, money on an account, photographs."""
    return any(word in plain(words) for word in _WORDS.words("never.names_one"))


def may_be_pressed(words: str, never: Sequence[str] = ()) -> bool:
    """Whether a button of a window or an advert is pressed whatever its words promise."""
    told = plain(words)
    if not is_caption(words) or spends(words, never) or gives_away(words) or any(word in told for word in _WORDS.words("never.tells")):
        return False
    return claims(words) or cleans(words) or gets(words) or not (is_dangerous(words) or costs_coins(words))
