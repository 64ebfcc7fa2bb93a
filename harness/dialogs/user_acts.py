"""Acts in the user's name: follow, like, vote, give, join, report, sign a contract, by the tables of danger.toml."""

import re
from collections.abc import Iterable, Iterator, Sequence

from harness.config import NONE, once_a_config, using
from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.promises import promises_of
from harness.dialogs.word_patterns import WordFile, has_price

_DANGER = WordFile("danger.toml")
_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")
"""What stands round a caption: + 关注, 【投票】, and the signs of a font that draws icons."""
_ID_PART = re.compile(r"[A-Z]?[a-z]+")
DEEDS = ("deed", "keep", "mark", "machine", "sends", "orders")
"""Patterns of danger.toml that a whole caption matches: what is done to people, lists, messages, devices and orders."""
ORDERS = ("firm", "verb", "people", "puts", "pays", "contract", "wants")
"""Patterns that a caption of a button, or a part of it, matches that does something for or to somebody."""
NO_ORDERS = ("question", "speech", "possessed", "named", "compound")
"""Patterns of what only looks like an order: a verb of two signs and one more (收藏馆), or two with 与, is a name."""
NOUNS = ("deed.follow", "deed.marks", "deed.sign", "deed.english", "keep.nouns")
SHORT, SHORT_ENGLISH = 6, 12
BUTTON, BUTTON_ENGLISH = 14, 30
"""Characters of a button that orders something at most [PROJECT]."""
LONGEST, LONGEST_ENGLISH = 14, 60
"""Characters of the caption of a button, and of an act at most [PROJECT]; a longer text tells of one."""
TOLD = 60
"""Characters of what an app says after an act at most [PROJECT]."""
_CHOICE = re.compile(r"([A-H])[ .、．:：]\s*\S")
_CLAUSES = re.compile(r"[,，。;；!！?？~、]\s*|\.(?:\s|$)")


def acts(text: str) -> bool:
    """Whether a control of this caption acts in the user's name."""
    told = named(text)
    words = _SIGNS.sub("", told)
    if not words:
        return _DANGER.pattern("heart").search(told) is not None
    if len(words) > (LONGEST_ENGLISH if words.isascii() else LONGEST):
        return False
    if has_price(told) and unlocks(_DANGER.pattern("price").sub("", told)):
        return True
    bare = uncounted(words)
    if not bare:
        return _DANGER.pattern("heart").search(told) is not None
    if any(_is(shape, form) for shape in DEEDS for form in _forms(bare.removesuffix(" now"))):
        return True
    if _is("follow", bare) and (bare == words or _is("many", words)):
        return True
    return _is("english_deed", words) or bare in _DANGER.words("deed.english_marks")


def named(text: str) -> str:
    """A plain caption without what a name has behind it: 第三章 旧人（付费）."""
    return _DANGER.pattern("tag").sub("", plain(text))


@once_a_config
def is_order(text: str, promises: Sequence[str] = ()) -> bool:
    """Whether a button of this caption does something for or to somebody, by the verb that it begins or ends with.

    Which acts there are nobody knows, so a verb that does not only show, choose, play or write is enough, but for what
    promises a permission.
    """
    told = in_digits(named(text))
    words = uncounted(told).removesuffix(" now")
    if (also := _DANGER.pattern("also").fullmatch(told)) and is_order(also[1], promises_of(also[1], "")):
        return True  # what is done besides, whatever the first deed promises: 加到日程并通知队友
    if any(_DANGER.pattern(shape).search(told) for shape in NO_ORDERS) or leads_to_order(told):
        return False
    if promises or len(told) > (BUTTON_ENGLISH if words.isascii() else BUTTON):
        return _is("firm", words)
    last = _CLAUSES.split(told.rstrip(".!。"))[-1]  # 写好了，发给客服; 上线就送 tells of something
    parts = {told, last if _is("clause", last) else told, *_forms(words)}
    return any(_is(shape, part) for part in parts for shape in ORDERS) or _is("reward", told)


@once_a_config
def acts_at_once(text: str) -> bool:
    """Whether a button's caption orders what names no page, so that no menu it stands in makes it the way to one.

    So does what tells its reward: 敬茶 +3 茶票.
    """
    told = plain(text)
    words = uncounted(told)
    return _is("reward", told) or _is("at_once", words) or any(_is("verb", form) and form != words for form in _put_together(words))


def _forms(words: str) -> set[str]:
    """A caption as it is, without what softens it (吐槽一下), and with a verb that is split put together (报个名)."""
    return {words, _DANGER.pattern("soft").sub("", words), *_put_together(words)}


def _put_together(words: str) -> set[str]:
    split = _DANGER.pattern("split").fullmatch(words)
    return set() if split is None or split[1] == split[2] else {split[1] + split[2]}  # 看一看 only looks


@once_a_config
def is_spread(text: str) -> bool:
    """Whether a caption is a verb of two signs with what it is about between them: 退雪票, 补昨晚的卡."""
    apart = _DANGER.pattern("spread").fullmatch(named(text))
    return apart is not None and _is("verb", apart[1] + apart[2])


def names_function(text: str) -> bool:
    """Whether a caption is the name of a function, which an entry of a menu leads to: 预约挂号, 转账."""
    return _is("function", plain(text))


def names_entry(text: str) -> bool:
    """Whether a caption is the bare name of an act that is a page of its own as an entry of a list: 付款 ›."""
    return _is("entry", plain(text))


def needs_sum(text: str) -> bool:
    """Whether a caption is the bare name of what is done with a sum, which is told on a page of its own: 提现."""
    return _is("needs_sum", plain(text))


def tells_owned(text: str) -> bool:
    """Whether a text tells how much one has, in money or in an app's own coin: 钱包余额 0.00 元, 金豆 86."""
    return _DANGER.pattern("owned").search(plain(text)) is not None


def leads_on(text: str) -> bool:
    """Whether a caption ends with an arrow: 装备 ›."""
    return text.endswith(_DANGER.words("harmless.arrows"))


def draws_act(text: str) -> bool:
    """Whether what a reader is told of a picture is a thing that stands for an act: 红心, 垃圾桶."""
    return _is("icon", plain(text))


@once_a_config
def only_shows(text: str) -> bool:
    """Whether a caption begins with a verb that only shows, chooses, plays or writes."""
    return uncounted(plain(text)).startswith(_DANGER.words("harmless.verbs"))


@once_a_config
def opens_login(text: str) -> bool:
    """Whether a caption names a login by what is written into a form (手机号登录), and none by one press."""
    return _is("form_login", plain(text))


@once_a_config
def costs_coins(text: str) -> bool:
    """Whether a caption ends with a price in an app's own coin, is one, or swaps it: 玫瑰 5钻, 20 书币解锁全集."""
    return _is("coined", plain(text))


@once_a_config
def is_club(text: str) -> bool:
    """Whether a caption is the name of what one joins to follow somebody, which beside other acts does so: 粉丝群."""
    return _is("club", plain(text))


@once_a_config
def names_act_page(text: str) -> bool:
    """Whether a title is that of a page on which something is done: 打卡日历, 服务评价."""
    return _is("act_page", plain(text))


def choice_of(text: str) -> str:
    """The letter of an answer of a question: A 三条; empty where there is none."""
    found = _CHOICE.match(text)
    return found[1] if found else ""


def unlocks(text: str) -> bool:
    """Whether a caption begins what costs money where a price stands beside it: 解锁全集."""
    words = _SIGNS.sub("", plain(text))
    return _is("unlocks", words) and not _DANGER.pattern("question").search(words)


def was_act(before: str, after: str) -> bool:
    """Whether what a control says after a press shows that it acted: one more, or 已关注."""
    first, second = plain(before), plain(after)
    name = uncounted(first)
    if name == uncounted(second):
        counts = [int("".join(filter(str.isdecimal, text)) or 0) for text in (first, second)]
        return counts[1] == counts[0] + 1
    return turned(before, after)


def turned(before: str, after: str) -> bool:
    """Whether two captions are those of an act before and after it (想要, 已想要), and not of what only shows."""
    name, done = uncounted(plain(before)), plain(after)
    return bool(name) and not only_shows(name) and _is("done", done) and (done.isascii() or done.endswith(name))


def is_toggle(caption: str) -> bool:
    """Whether a second press on an act of this caption takes it back: 关注, 收藏 12."""
    return uncounted(plain(caption)) in (*_DANGER.words("deed.follow"), *_DANGER.words("deed.toggles"))


def tells_of_act(said: str) -> bool:
    """Whether what an app says after a press tells of an act: 点赞成功, 评论已发布, 感谢反馈, 等待支付.

    What was done on the phone alone (已复制, 识别成功, 闹钟已设好) is none.
    """
    return not denies(said) and any(_is("said", part) or _names_act(part) for part in _told(said))


def names_done(said: str) -> bool:
    """Whether what an app says after a press names an act of the tables as done: 已加入购物车, and not 配对成功."""
    return not denies(said) and any(map(_names_act, _told(said)))


def _told(said: str) -> Iterator[str]:
    """The clauses of what was said but for those of nothing done, or of what was done on the phone alone."""
    return (part for part in _CLAUSES.split(plain(said)) if part and not _is("undone", part))


def echoes(said: str, caption: str) -> bool:
    """Whether what was said after a press only says a caption again as done: 换一张图 says 已换图."""
    told = _DANGER.pattern("turned").fullmatch(plain(said))
    return told is not None and (set(told[1] or told[2]) <= set(caption) or (told[1] or told[2]).endswith(caption))


def denies(said: str) -> bool:
    """Whether what an app says after a press tells that nothing was done, or is longer than such words are."""
    return len(said) > TOLD or _DANGER.pattern("unsaid").search(plain(said)) is not None


def is_all(said: str) -> bool:
    """Whether what an app says after a press is all that comes of it: it wants no login and no permission first."""
    words = plain(said)
    wants = any(word in words for word in _DANGER.words("said.needs")) or any(_is("undone", part) for part in _CLAUSES.split(words) if part)
    return not (wants or denies(said))


def does_less(said: str) -> bool:
    """Whether what an app says after a press tells of a lesser way, as after a refusal: 按默认顺序排列."""
    return has_any(plain(said), _DANGER.words("said.instead"))


def _names_act(part: str) -> bool:
    """Whether a sentence says that an act of the tables was done: 已加入购物车."""
    told = _DANGER.pattern("turned").fullmatch(part)
    return told is not None and acts(told[1] or told[2])


@once_a_config
def is_noun(text: str) -> bool:
    """Whether an act is called by its mere name, which may be that of a page as well: 关注, 已预约, Following."""
    words = uncounted(plain(text))
    with using(NONE):  # what only the tester calls an act is one everywhere
        bare = {words, *map(words.removeprefix, _DANGER.words("harmless.stages"))}
        return any(not bare.isdisjoint(_DANGER.words(name)) for name in NOUNS)


def acts_by_id(text: str, resource_id: str) -> bool:
    """Whether a control is known by its id as one that acts: one that says nothing or a mere count (tv_like: 972).

    One that calls itself a button is known by it whatever short caption it has (btn_vote: 支持红方), but for a list's
    and for words that promise a permission (btn_follow_read: 开始跟读); so is what sends a message
    (thread_send_message: SMS).
    """
    bare = uncounted(plain(text))
    if has_part(resource_id, "sends.ids") and has_part(resource_id, "sends.with"):
        return len(bare) <= (SHORT_ENGLISH if bare.isascii() else SHORT)
    if not has_part(resource_id, "deed.ids") or (text and not bare and has_part(resource_id, "deed.followed")):
        return False  # a count of those whom one follows stands on the way to them
    is_button = has_part(resource_id, "deed.buttons") and len(bare) <= (SHORT_ENGLISH if bare.isascii() else SHORT)
    return (
        not bare
        or bare.removesuffix("s") in _DANGER.words("deed.english_marks")
        or (is_button and not _is("leads", bare) and not promises_of(text, ""))
    )


def names_act(resource_id: str) -> bool:
    """Whether a part of an id is that of an act, which is a sign beside others where a caption has words: vote_up."""
    return has_part(resource_id, "deed.ids", "ids.words", "ids.pairs", "sends.ids", "ids.signs")


def names_page(text: str) -> bool:
    """Whether a caption ends as the name of a page or a thing does: 回收站, 用车规则.

    What an order is about may end so, too: 取消本次服务, 戳戳没交的人.
    """
    words = plain(text)
    return words.endswith(_DANGER.words("harmless.endings")) and _DANGER.pattern("object").match(words) is None


def names_way(resource_id: str) -> bool:
    """Whether a part of an id is that of a page, or of what only shows or plays."""
    parts = set(_parts(resource_id))
    return not parts.isdisjoint((*_DANGER.words("harmless.ids"), *_DANGER.words("harmless.shown")))


def sends_there(text: str, resource_id: str, *, filled: bool) -> bool:
    """Whether what stands beside a field sends the text in it, by its words or, without any, its id."""
    if words := uncounted(plain(text)):
        return filled and _is("sends_there", words)
    return has_part(resource_id, "sends.flies") or (filled and not has_part(resource_id, "sends.quiet"))


@once_a_config
def says_nothing(text: str) -> bool:
    """Whether a caption is empty or a mere count."""
    return not uncounted(plain(text))


def is_count(text: str) -> bool:
    """Whether a caption is a mere count: 972, 1.2万."""
    return bool(text) and says_nothing(text)


def uncounted(words: str) -> str:
    """A plain caption without the count at its beginning or end."""
    return _SIGNS.sub("", _DANGER.pattern("count").sub("", words))


def leads_to_order(text: str) -> bool:
    """Whether a caption leads to the page of an order, whose own button makes it: 去结算(2)."""
    return _is("cart", plain(text))


def in_digits(words: str) -> str:
    """A plain caption in which each number that is written in signs is one of digits, whichever: 充一百, 第十二章."""
    return _DANGER.pattern("written").sub("100", words)


def has_part(resource_id: str, *lists: str) -> bool:
    """Whether a part of an id is in one of the lists of danger.toml, and none says that it leads to a list.

    Of an entry of several words (share wechat) all must be parts. A page's name may stand before it (detail_like).
    """
    parts = _parts(resource_id)
    wanted: Iterable[str] = (word for name in lists for word in _DANGER.words(name))
    found = [part for word in wanted if set(parts).issuperset(word.split()) for part in word.split()]
    pages = _DANGER.words("ids.pages")
    led = (part for at, part in enumerate(parts) if not (part in pages and any(act in parts[at + 1 :] for act in found)))
    return bool(found) and set(led).isdisjoint(_DANGER.words("harmless.ids"))


def _parts(resource_id: str) -> list[str]:
    """The words of an id in their order, each also without the view that its beginning names: ivcollect."""
    parts = (part.lower() for part in _ID_PART.findall(resource_id.rpartition("/")[2]))
    return [word for part in parts for word in dict.fromkeys((part, *map(part.removeprefix, _DANGER.words("ids.views"))))]


def _is(shape: str, words: str) -> bool:
    return _DANGER.pattern(shape).fullmatch(words) is not None
