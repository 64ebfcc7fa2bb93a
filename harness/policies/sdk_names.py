"""The names of SDKs in sentences: 我们接入了友盟SDK, 合作的SDK包括：微信、微博."""

import re
from collections.abc import Iterator

from harness.config import once_a_config
from harness.policies.policy_lines import POLICIES, dense, has
from harness.sdks import load_sdks

_NAMED = re.compile(r"((?:[A-Za-z0-9+·&./\u4e00-\u9fff]| (?=[A-Za-z])){2,24}?(?:[（(][^（）()]{1,16}[）)])?)[”\"」]? ?SDK", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"「]([^“”\"「」]{2,20})[”\"」] ?SDK", re.IGNORECASE)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


def names_in(sentence: str, *, unknown: bool = True) -> Iterator[str]:
    """The names in a sentence: those before the word SDK, and a list of such of which one is known.

    Who 第三方 SDK or 等合作伙伴 is nobody knows. Of a heading only known names are taken, so without ``unknown``.
    """
    said = sentence
    named = [name for names in _NAMED.findall(said) for name in names.split("/")]
    for listed in POLICIES.pattern("listed").finditer(_BRACKETS.sub("", said)):
        names = [name for name in re.split("[、/]", listed[1] or listed[2] or listed[3]) if name.strip()]
        named += names if listed[3] or any(map(known_name, names)) else []
    yield from filter(None, (known_name(name) or (_name(name) if unknown else "") for name in named))


def name_of_sdk(words: str) -> str:
    """The name that stands before the word SDK; empty where nothing there is one."""
    return next(filter(None, map(_name, _NAMED.findall(words))), "")


def known_name(words: str) -> str:
    """The longest word by which policies call an SDK that we know."""
    said = dense(words)
    return next((word for like, word in _words() if like in said), "")


@once_a_config
def _words() -> tuple[tuple[str, str], ...]:
    words = sorted({word for sdk in load_sdks().sdks for word in sdk.words}, key=lambda word: (-len(word), word))
    return tuple((dense(word), word) for word in words)


def _name(words: str) -> str:
    """The name at the end of some words; empty where they only say what kind it is."""
    name = POLICIES.pattern("before_name").split(words)[-1].strip()
    rest = dense(name)
    for word in POLICIES.words("unnamed.words"):
        rest = rest.replace(word, "")
    told = known_name(name) or (len(rest) > 1 and any(map(str.isalpha, rest)))
    return name if told and not has(dense(name), "unnamed.nobody") else ""
