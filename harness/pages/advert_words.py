"""The meaning of an advert's words: a caption that loads, leads out, does something else, or closes (adverts.toml)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from harness.config import once_a_config
from harness.dialogs.captions import label
from harness.dialogs.continue_captions import gets
from harness.dialogs.dialog_words import has_any, plain
from harness.dialogs.dialog_words import words as dialog_words
from harness.dialogs.offers import is_own_pack, tells_of_renewal
from harness.dialogs.skip_button import is_skip
from harness.dialogs.word_files import PATTERNS, table
from harness.dialogs.word_patterns import WordFile, has_price
from harness.errors import CatalogueError
from harness.events import ControlRole, InterruptionKind
from harness.language import _
from harness.pages.interruptions import only_confirms, says_no

CAPTION, ENGLISH_CAPTION = 16, 36
"""Characters of a caption at most [PROJECT]: longer texts are sentences, and no button's words."""
MARK_LENGTH = 10
"""Characters of the mark by which an advert calls itself one, at most [PROJECT]: 腾讯广告, Sponsored."""
REST = 13
"""Characters that follow 下载 in a caption, at most [PROJECT]: 下载墨香书城App阅读全文."""
REMEMBERED = 8192
ADVERTS = WordFile("adverts.toml")


@dataclass(frozen=True, slots=True)
class Source:
    """An SDK by how its ids and classes begin and how it signs its adverts."""

    name: str
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    words: Mapping[str, Mapping[str, list[str]]]
    loads: re.Pattern[str]
    updates: re.Pattern[str]
    names_app: re.Pattern[str]
    acts: re.Pattern[str]
    subscribes: re.Pattern[str]
    sources: tuple[Source, ...]


@once_a_config
def _catalogue() -> _Catalogue:
    data = table("adverts.toml")
    try:
        sources = tuple(
            Source(name, tuple(one["ids"]), tuple(one["classes"]), tuple(map(plain, one["words"])))
            for name, one in data.pop("sdks").items()
        )
        words = {name: {key: [plain(one) for one in own[key]] for key in own} for name, own in data.items() if name != PATTERNS}
        load, act, pays = words["load"], words["act"], words["subscribe"]
        verbs, after = _any(load["verbs"]), _any(load["places"])
        urging = _any([*load["urging"], *load["fast"], *load["apps"], *load["places_to_touch"]])
        return _Catalogue(
            words,
            re.compile(rf"^(?:{urging})*(?:{verbs})(?!{after})(?P<rest>.*)$"),
            re.compile(rf"^(?:{urging})*(?:{_any(load['updates'])})(?:{_any(load['updated'])})?$"),
            re.compile(rf"{_any([*load['apps'], *load['installs']])}"),
            re.compile(rf"^(?:{_any(act['urging'])})*(?:{_any(act['leading'])})"),
            re.compile(rf"^(?:{_any(pays['urging'])})*(?:{_any(pays['words'])})"),
            sources,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(_("{file}: {problem}", file="adverts.toml", problem=error)) from None


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def words_of(name: str, key: str) -> list[str]:
    """One list of adverts.toml, plain."""
    return _catalogue().words[name][key]


@partial(once_a_config, most=REMEMBERED)
def says(text: str, name: str, *keys: str) -> bool:
    """Whether a text has any word of the lists ``keys`` of a table."""
    return any(has_any(plain(text), words_of(name, key)) for key in keys)


@partial(once_a_config, most=REMEMBERED)
def role_of(text: str) -> ControlRole | None:
    """Return the role of a control with this caption, None for what is no caption of an advert or window.

    By shape and meaning: what urges, what is done, what it is done to. A no (暂不下载) and a state (已下载) go first.
    """
    if len(text) > 2 * ENGLISH_CAPTION:
        return None
    words = label(text)
    if not words or len(words) > (ENGLISH_CAPTION if words.isascii() else CAPTION):
        return _role_of_wall(text)
    run, close = _catalogue().words["run"], _catalogue().words["close"]
    if is_skip(text) or words.startswith(tuple(close["skip"])):
        return ControlRole.SKIP
    state = words.rstrip("%")  # 暂停 12%
    if state in run["pause"] or state in run["resume"]:
        return ControlRole.PAUSE if state in run["pause"] else ControlRole.RESUME
    if words in close["signs"] or _begins(words, close["words"]):
        return None if not words.isascii() and has_any(words, close["persons"]) else ControlRole.CLOSE
    if ADVERTS.pattern("folded").search(text.strip()):
        return ControlRole.CLOSE
    no = words.startswith(tuple(close["no"])) or words in dialog_words()["refusal"]["words"]
    if no or says_no(InterruptionKind.ADVERT, words):
        return ControlRole.CANCEL
    if (loads := _loading(words)) is not None:
        return loads
    return _other_role(words) or _role_of_wall(text)


def _role_of_wall(text: str) -> ControlRole | None:
    """The role of a caption that is the words of a wall as well, by its first clause: 下载热点新闻App，阅读全文."""
    first = re.split(r"[，,。；;！!]", text, maxsplit=1)[0]
    if first == text or not is_wall(text):
        return None
    begins = plain(first).startswith(tuple(words_of("wall", "loads"))) and names_app(first)
    return ControlRole.LOAD if begins or role_of(first) is ControlRole.LOAD else None


def _other_role(words: str) -> ControlRole | None:
    catalogue = _catalogue().words
    if _catalogue().subscribes.match(words):
        return ControlRole.SUBSCRIBE
    if only_confirms(words):
        return ControlRole.CONFIRM
    if words in catalogue["act"]["english"] or gets(words) or _catalogue().acts.match(words):
        return ControlRole.ACT
    out = catalogue["open"]
    leads = words.startswith(tuple(out["leading"])) or words.endswith(tuple(out["ending"])) or words in out["english"]
    if leads:
        return ControlRole.ACT if has_any(words, out["unless"]) else ControlRole.OPEN
    return ControlRole.CONFIRM if says_no(InterruptionKind.NOTICE, words) else None  # 我知道了


def _loading(words: str) -> ControlRole | None:
    load = _catalogue().words["load"]
    if words.startswith(tuple(load["states"])):
        return None
    found = _catalogue().loads.match(words)
    if found is None and _catalogue().updates.match(words):
        return ControlRole.LOAD
    if found is None and words not in load["english"]:
        return None
    if found is not None and (len(found["rest"]) > REST or has_any(found["rest"], load["tells"])):
        return None
    how = re.sub(_any(word + each for word in load["fast"] for each in load["edition"]), "", words)  # 极速版 is what comes
    fast = words in load["english_fast"] or (found is not None and any(word in how for word in load["fast"]))
    return ControlRole.FAST_LOAD if fast else ControlRole.LOAD


def _begins(words: str, known: list[str]) -> bool:
    """Whether it is one of the words, or one with what it is done to: 关闭广告, close ad."""
    return any(words == word or (words.startswith(word) and len(words) <= len(word) + (4 if word.isascii() else 6)) for word in known)


def loads(text: str) -> bool:
    """Whether a caption says that it loads something that is neither the app anew nor contents of its own."""
    loading = role_of(text) in (ControlRole.LOAD, ControlRole.FAST_LOAD)
    return loading and not of_contents(text) and _catalogue().updates.match(label(text)) is None


def names_app(text: str) -> bool:
    """Whether a text speaks of an app, a game or an installation."""
    return _catalogue().names_app.search(plain(text)) is not None


def loads_anywhere(text: str) -> bool:
    """Whether a caption says that one may touch any place of its card to load: 点击卡片下载."""
    return loads(text) and any(word in plain(text) for word in words_of("load", "places_to_touch")[:-2])


def names_what(text: str) -> bool:
    """Whether a caption says what is loaded and that is no app by its words: 下载回单, 下载蓝鲸."""
    return bool(loaded(text))


def loaded(text: str) -> str:
    """Return what a caption says that is loaded, where that is no app by its words."""
    found = _catalogue().loads.match(label(text))
    rest = found["rest"] if found is not None else ""
    load = _catalogue().words["load"]
    if not rest or rest.startswith((*load["follow"], *load["apps"])):
        return ""
    begun = text.casefold().find(rest)
    return text[begun : begun + len(rest)] if begun >= 0 else rest


def opened(text: str) -> str:
    """Return what a caption opens, with what it says after it: 蓝鲸看全文; empty where it opens nothing."""
    words = label(text)
    begun = max((word for word in words_of("open", "into") if words.startswith(word)), key=len, default="")
    return words.removeprefix(begun).strip() if begun and role_of(text) is ControlRole.OPEN else ""


def says_goes(text: str) -> bool:
    """Whether a caption says that it leads somewhere, whatever is done there: 去领取."""
    return label(text).startswith(tuple(words_of("open", "goes")))


def invites(text: str) -> bool:
    """Whether a caption says what one does with what is offered, and holds out no reward and no game: 立即体验."""
    return says(text, "open", "invites") and not says(text, "lure", "packet", "reward", "go_on", "game")


def leads_to_app(text: str) -> bool:
    """Whether a caption leads out of the page into an app: 打开App, 在客户端中查看; stores and settings are none."""
    return ADVERTS.pattern("into_app").search(plain(text)) is not None and not says(text, "wall", "no_app")


def urges(text: str) -> bool:
    """Whether a caption that loads says more than the bare word: 立即下载, 免费安装, 下载领红包."""
    return label(text) not in _catalogue().words["load"]["verbs"] and label(text) not in ("download", "update")


def of_contents(text: str) -> bool:
    """Whether a text names contents of an app's own: songs, documents, wallpapers."""
    return says(text, "load", "contents")


def saves(text: str) -> bool:
    """Whether a caption keeps contents of the app's own on the phone: 保存原图, 保存到相册."""
    return label(text).startswith(tuple(words_of("load", "saves"))) and of_contents(text)


@partial(once_a_config, most=REMEMBERED)
def is_mark(text: str, *, painted: bool = False) -> bool:
    """Whether a text is, or begins or ends with, the mark by which an advert calls itself one: 腾讯广告, 22 MB · 广告.

    In a picture the mark and what stands beside it may be read as one line (``painted``): 广告周年庆典.
    """
    if len(text) > 2 * ENGLISH_CAPTION:
        return False
    words, marks = label(text), words_of("mark", "texts")
    if words in marks or (painted and words in words_of("mark", "halves")):
        return True
    if words.startswith(tuple(words_of("mark", "no"))) or role_of(text) is not None:
        return False
    if ADVERTS.pattern("marked").match(text.strip()) or (painted and words.startswith(marks[0])):
        return True
    return (
        len(words) <= MARK_LENGTH
        and not words.isascii()
        and words.endswith(marks[0])
        and not words.startswith(ADVERTS.words("mark.not_begins"))
        and not words.removesuffix(marks[0]).endswith(ADVERTS.words("mark.not_before"))
    )


class Maker(NamedTuple):
    """The owner of an advert's view, by its class, the package of its id or its signature; a mere id is a hint."""

    name: str
    by: str
    sure: bool


@partial(once_a_config, most=REMEMBERED)
def maker_of(resource_id: str, class_name: str, text: str = "") -> Maker | None:
    """The SDK whose advert has a view of this id and class, or signs so; None where none is known."""
    name, package = resource_id.rpartition("id/")[2], resource_id.partition(":")[0]
    hint = None
    for one in _catalogue().sources:
        if class_name.startswith(one.classes):
            return Maker(one.name, class_name, sure=True)
        if package.startswith(one.classes):
            return Maker(one.name, package, sure=True)
        if len(text) <= MARK_LENGTH and any(word in plain(text) for word in one.words):
            return Maker(one.name, text, sure=True)
        if hint is None and name.startswith(one.ids):
            hint = Maker(one.name, name, sure=False)
    return hint


def source_of(resource_id: str, class_name: str, text: str = "") -> str:
    """The name of that SDK; empty where none is known."""
    maker = maker_of(resource_id, class_name, text)
    return maker.name if maker is not None else ""


def seconds_in(text: str) -> float | None:
    """The seconds that a caption counts down: 跳过 5, 5s 后关闭, 广告 3; None of 摇动手机 3 秒以上."""
    if len(text) > 2 * CAPTION or says(text, "lure", "shakes"):
        return None
    found = ADVERTS.pattern("countdown").search(text) or ADVERTS.pattern("countdown_after").search(text)
    return float(found[1]) if found else None


def is_countdown(text: str) -> bool:
    """Whether a caption counts seconds down and says nothing else: 5s 后关闭, and not 平板支撑 40 秒."""
    if seconds_in(text) is None:
        return False
    left = re.sub(r"[\W\d_]+", " ", plain(text))
    for word in sorted(words_of("close", "count"), key=len, reverse=True):
        left = re.sub(rf"\b{word}\b", " ", left) if word.isascii() else left.replace(word, " ")
    return not left.strip()


def tells_reward(text: str) -> bool:
    """Whether a text says what comes at the end of a film: 15 秒后可得提示."""
    return ADVERTS.pattern("reward").search(text[: 4 * CAPTION]) is not None


def words_about(text: str) -> dict[str, Any]:
    """Return the lures, walls and renewals that the whole text of an advert has words for."""
    return {
        "packet": says(text, "lure", "packet"),
        "reward": says(text, "lure", "reward"),
        "game": says(text, "lure", "game"),
        "watch": says(text, "lure", "watch"),
        "renewal": tells_of_renewal(text) and has_price(text),
        "managed": says(text, "subscribe", "ends"),
    }


def is_wall(text: str) -> bool:
    """Whether a sentence says that contents are shut until an app is loaded or opened: 下载App阅读全文.

    What the app loads of its own, or what one has of it once it is loaded (下载后可离线游玩), shuts nothing.
    """
    sentence = plain(text)
    if not 0 < len(sentence) <= 60 or says(text, "wall", "other"):
        return False
    shut, must = says(text, "wall", "shut"), says(text, "wall", "must")
    own = says(text, "wall", "own_use")
    if says(text, "wall", "app"):
        return shut or (says(text, "wall", "after") and (must or not own))
    if own or of_contents(text) or is_own_pack(text) or not says(text, "wall", "loads"):
        return False
    return shut or (must and says(text, "wall", "after"))
