"""The texts around an advert's offer to load, open or sell something (offers.toml)."""

from functools import partial
from typing import Any

from harness.config import once_a_config
from harness.dialogs.dialog_words import CAPTIONS, has_any, plain
from harness.dialogs.word_files import table

EXIT_LENGTH = 12
"""Signs of a control that ends the app, at most [PROJECT]: longer words are a sentence about it."""
QUESTION_WORDS = 8
"""Words, by the blanks and lines between them, that a question whether to leave has at most [PROJECT]."""


@once_a_config
def _words() -> dict[str, Any]:
    return {name: {key: [plain(word) for word in words] for key, words in part.items()} for name, part in table("offers.toml").items()}


def _says(text: str, part: str, key: str = "words") -> bool:
    return has_any(plain(text), _words()[part][key])


def tells_of_loading(text: str) -> bool:
    """Whether a page says, in one of its lines, that it loads something that is not of its own."""
    return any(_says(line, "loading") and not is_own_pack(line) for line in text.splitlines())


def is_about_a_load(text: str) -> bool:
    """Whether a notification with progress is about a download."""
    return _says(text, "loading", "notes")


def is_own_pack(text: str) -> bool:
    """Whether what loads is a part of the app itself: its resources, levels, fonts."""
    return _says(text, "loading", "own")


def promises_load(text: str) -> bool:
    """Whether the words of a control say that it loads: 下载并领取, and not 无需下载."""
    return _says(text, "promise", "load") and not _says(text, "promise", "none")


def may_stream(text: str) -> bool:
    """Whether the words of a control lead to a film or a song, which is received and not loaded."""
    return _says(text, "promise", "streams")


def asks_to_open(text: str) -> bool:
    """Whether a line of a page asks whether another app may open."""
    return any(_says(line, "question", "asks") and _says(line, "question", "opens") for line in text.splitlines())


def tells_of_payment(text: str) -> bool:
    """Whether a page says that something was bought."""
    return _says(text, "paid")


@partial(once_a_config, most=CAPTIONS)
def tells_of_renewal(text: str) -> bool:
    """Whether a text says that a subscription renews itself; 不会自动续费 does not."""
    told, words = plain(text), _words()["renewal"]
    for denied in words["denied"]:
        for word in words["words"]:
            told = told.replace(denied + word, "")
    return has_any(told, words["words"])


def tells_a_price(text: str) -> bool:
    """Whether a text names a price, or a time that costs nothing yet."""
    return _says(text, "renewal", "price")


def is_gated(text: str) -> bool:
    """Whether money or age is named where contents are shut."""
    return _says(text, "gate")


def asks_to_leave(text: str) -> bool:
    """Whether a page offers to leave after all what one wanted to close."""
    return _says(text, "leave")


def offers_to_leave(text: str) -> bool:
    """Whether a page or window does: by its words, or as a question of few words with a button that says 离开."""
    words = text.split()
    return asks_to_leave(text) or (len(words) <= QUESTION_WORDS and any(map(is_exit, words)))


def leads_around(text: str) -> bool:
    """Whether a control beside a wall leads on without an app: 在网页继续阅读, and not 打开App继续阅读."""
    return _says(text, "around") and not _says(text, "around", "app")


def is_update(text: str) -> bool:
    """Whether a window tells of a new version."""
    return _says(text, "update")


def is_exit(text: str) -> bool:
    """Whether the words of a control end the app: 退出应用, 残忍离开, and not 退出登录."""
    return len(text) <= EXIT_LENGTH and _says(text, "exit") and not _says(text, "exit", "none")
