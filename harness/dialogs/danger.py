"""Controls that are never pressed, by their words (danger.toml)."""

import re

from harness.config import NONE, once_a_config, using
from harness.dialogs.dialog_words import plain
from harness.dialogs.user_acts import acts, acts_by_id, has_part, is_toggle, leads_to_order, named, says_nothing, uncounted
from harness.dialogs.word_files import table as table_of
from harness.dialogs.word_patterns import WordFile
from harness.errors import CatalogueError
from harness.language import _

TABLES = ("contains", "leaving", "lines", "sim_login", "leading", "urging", "exact", "sold", "compose", "always", "unless")
SENTENCE = 24
"""A longer text is no button's word but a row or an article [PROJECT]: what it speaks of is not what a press does."""
_NUMBER = re.compile(r"(?<!\d)(?:\d[ -]?){5,12}(?!\d)")
_OF_A_LINE = re.compile(
    r"(?<![\d.])(?:[48]00[ -]?\d{3,4}[ -]?\d{3,4}|0\d{2,3}-\d{7,8})(?![\d.])|^(?:95\d{3,4}|(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4})$"
)
"""A number that is dialled: 400-820-0000 in a caption, or 95000 or a mobile one alone: beside a name it is a record."""
_ORNAMENT = re.compile(r"^[\s【\[「『（(↓⬇▼➡▶•·]+|(?:[\s】\]」』）)>›»→↓⬇·]|[（(·]?\d+(?:\.\d+)?\s?[kmg]b?)+$")
"""What stands round an order: 【下载】, 免费下载>>, 下载(23.5MB)."""
_WORDS = WordFile("danger.toml")


@once_a_config
def _catalogue() -> dict[str, list[str]]:
    data = table_of("danger.toml")
    try:
        found = {name: [plain(word) for word in data[name]] for name in TABLES}
    except (KeyError, TypeError) as error:
        raise CatalogueError(_("{file}: {problem}", file="danger.toml", problem=error)) from None
    return found | {"contains": found["contains"] + found["leaving"]}


@once_a_config
def is_dangerous(text: str, resource_id: str = "") -> bool:
    """Whether a control of this text spends, publishes, calls, deletes, installs, logs out or ends the app.

    One without words is known by its id: the paper plane beside a field is btn_send. The tester's own words only add:
    what is dangerous by ours alone stays so, whatever theirs are.
    """
    with using(NONE):
        ours = _dangerous(text)
    return ours or _dangerous(text) or (not text and has_part(resource_id, "ids.words", "ids.pairs")) or acts_by_id(text, resource_id)


def asks_nothing(text: str, resource_id: str = "") -> bool:
    """Whether what acts needs no permission for it: what a second press takes back, what removes, what leaves."""
    words = plain(text)
    marks = is_toggle(text) or (says_nothing(text) and acts_by_id("", resource_id))
    return marks or _WORDS.pattern("always").fullmatch(words) is not None or any(_holds(words, word) for word in _catalogue()["leaving"])


def only_tells(word: str) -> bool:
    """Whether a word beside others tells how something stands, or its price: 等待付款 ¥ 88. Alone a press may do it."""
    return any(_WORDS.pattern(shape).fullmatch(plain(word)) for shape in ("stands", "price"))


@once_a_config
def _dangerous(text: str) -> bool:
    if acts(text):
        return True
    told = (each for each in text.split() if not any(_WORDS.pattern(shape).fullmatch(each) for shape in ("stands", "named")))
    words, table = named(" ".join(told) or text), _catalogue()
    if words.startswith(_WORDS.words("harmless.pages")) or leads_to_order(words):
        return False
    if words.startswith(_WORDS.words("harmless.shows")) and not words.endswith((*table["contains"], *table["leading"])):
        return False
    bare = _ORNAMENT.sub("", words.translate(_simplified()))
    if bare != words and not _only_names(bare, table) and (_gets(bare) or _urges(bare, table) or _calls_line(bare)):
        return True
    if words.removesuffix(" now") in table["exact"] or _calls(text) or _WORDS.pattern("priced").fullmatch(words):
        return True
    if not words or len(words) > SENTENCE or _is("question", words):
        return False
    words = _WORDS.pattern("names").sub(" ", words)
    if _by_shape(words, table) or (_urged(words) and not words.endswith(tuple(table["unless"]))):
        return True
    held = [word for word in (*table["contains"], *table["sim_login"]) if _holds(words, word)]
    rest = words
    for word in sorted(held, key=len, reverse=True):
        rest = rest.replace(word, " ")  # 恢复出厂设置 is no page of settings
    if _WORDS.pattern("always").fullmatch(words):
        return True
    is_told = any(word in rest for word in table["unless"]) and not words.endswith(tuple(held))  # 确认协议并支付 pays
    urged = _urges(words, table) and not _is_state(words)
    return (bool(held) or urged) and not is_told


def _urged(words: str) -> bool:
    """Whether it orders an act whose bare name (申请售后, 转账汇款) is only the way to a page.

    With a word that urges it is done at once: 立即报名, 一键挂失; whom one calls is told behind 联系.
    """
    return _is("urged", words)


def _by_shape(words: str, table: dict[str, list[str]]) -> bool:
    """Whether a caption is an order by its shape and meaning, whatever stands around the word.

    Of a form (确认无误并提交), of a download in any words, of a call, of giving one's number away.
    """
    if _only_names(words, table):
        return _is("own_number", words) or _OF_A_LINE.search(words) is not None
    calls = _OF_A_LINE.search(words) is not None or (_is("line", words) and not _is("no_line", words))
    return _is("form", words) or _gets(words) or calls or _is("own_number", words) or _is("gives_number", words)


def _is(shape: str, words: str) -> bool:
    """Whether one of the patterns of the file is in the words."""
    return _WORDS.pattern(shape).search(words) is not None


def _is_state(words: str) -> bool:
    """Whether it is the name of a state, a list or a field, whatever count stands beside it: 3 待付款, 发布时间："""
    return _is("state", words) or _is("state", uncounted(words))


def _only_names(words: str, table: dict[str, list[str]]) -> bool:
    """Whether it is the name of a state, a list, a setting or a function, and orders nothing."""
    return _is_state(words) or _is("tells", words) or any(word in words for word in table["unless"])


def _gets(words: str) -> bool:
    """Whether a press loads an app or a file, leads out into an app, or claims a reward that an advert holds out."""
    return _is("download", words) or _is("out", words) or _is("packet", words)


def _calls(text: str) -> bool:
    """Whether the words are a telephone number and whose it is (客服热线 95000): a press dials it."""
    return len(text) <= SENTENCE and _NUMBER.search(text) is not None and any(word in plain(text) for word in _catalogue()["lines"])


def _calls_line(bare: str) -> bool:
    """Whether a row with an arrow dials: 客服电话 ›; 联系电话 › leads to a page of numbers."""
    return _is("line", bare) and not _is("no_line", bare) and bare not in _WORDS.words("hotline.pages")


@once_a_config
def _simplified() -> dict[int, str]:
    """Each traditional sign of a caption with the simplified one."""
    return str.maketrans({pair[0]: pair[1:] for pair in _WORDS.words("traditional.pairs")})


def _urges(words: str, table: dict[str, list[str]]) -> bool:
    """Whether the text is an order: it begins with what it does, alone or after a word that urges."""
    rest = next((words[len(urge) :] for urge in table["urging"] if words.startswith(urge)), words)
    named = words.endswith(_WORDS.words("harmless.named"))
    return (words.startswith(tuple(table["leading"])) and not named) or (rest != words and rest.startswith(tuple(table["leading"])))


@once_a_config
def is_sim_login(text: str) -> bool:
    """Whether a control logs in by the number of the SIM.

    Dangerous, but without a SIM all it can do is ask for the permission.
    """
    words, table = plain(text), _catalogue()
    worse = any(_holds(words, word) for word in table["contains"]) or _urges(words, table) or _is("gives_number", words)
    named = any(word in words for word in table["sim_login"]) or _is("own_number", words)
    return named and len(words) <= SENTENCE and not worse


def opens_editor(text: str) -> bool:
    """Whether a control of this text publishes where something was written, and elsewhere leads to where one writes."""
    words = plain(text).strip(" ＋+" + "".join(_WORDS.words("harmless.arrows")))
    return words in _catalogue()["compose"] or _WORDS.pattern("editor").fullmatch(words) is not None


def begins_anew(text: str) -> bool:
    """Whether a plus stands beside the word: 发布 ＋ begins something new, and sends nothing that is there."""
    return opens_editor(text) and any(sign in text for sign in "＋+")


def _holds(words: str, word: str) -> bool:
    """Chinese words stand anywhere, English ones as whole words."""
    return re.search(rf"\b{re.escape(word)}\b", words) is not None if word.isascii() else word in words


@once_a_config
def speaks_of_danger(text: str) -> bool:
    """Whether a question of any length speaks of what is never pressed: then its 继续 may carry it out."""
    said, catalogue = plain(text), _catalogue()
    return any(
        word in said
        for name in ("contains", "leading", "sim_login", "exact", "sold", "always")
        for word in catalogue[name]
        if len(word) > 1
    )
