"""Texts about going on without a permission: a wall, a narrower way, a login and its ways (walls.toml)."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from harness.config import once_a_config
from harness.dialogs.dialog_words import group_in, groups_called, groups_in, has_any, plain, speaks_of_permission, words
from harness.dialogs.word_files import table
from harness.dialogs.word_patterns import WORDS
from harness.errors import CatalogueError
from harness.language import _

_SENTENCES = re.compile(r"[。；！？;!?\n]+|\.(?:\s|$)")
_CLAUSES = re.compile(r"[，,；;。！!？?\n]")
LABEL_LENGTH, ENGLISH_LENGTH = 16, 32
"""The longest name of a way to log in, in characters [PROJECT]: longer lines are sentences about it."""


@once_a_config
def _catalogue() -> Mapping[str, list[str]]:
    """The word lists; raises CatalogueError when the file is wrong."""
    data = table("walls.toml")
    try:
        lists = {
            "wall": data["wall"]["words"],
            "opens": data["wall"]["opens"],
            "later": data["wall"]["later"],
            "narrower": data["narrower"]["words"],
            "still": data["narrower"]["still"],
            "grants": data["narrower"]["grants"],
            "offers": data["narrower"]["offers"],
            "address": data["narrower"]["address"],
            "no_offers": data["narrower"]["no_offers"],
            "refused": data["narrower"]["refused"],
            "login": data["login"]["words"],
            "logout": data["login"]["logout"],
            "declines": data["login"]["declines"],
            "ways": data["login"]["ways"],
            "form_parts": data["login"]["form_parts"],
            "guests": data["login"]["guests"],
            "as_guest": data["login"]["as_guest"],
            "loading": data["loading"]["words"],
        }
        return {name: [plain(word) for word in entries] for name, entries in lists.items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(_("{file}: {problem}", file="walls.toml", problem=error)) from None


@once_a_config
def is_wall(text: str) -> bool:
    """Whether a sentence says that something is closed without a permission, and nothing else of what is open."""
    sentence, lists = plain(text), _catalogue()
    for word in lists["later"]:
        sentence = sentence.replace(word, " ")
    permission = has_any(sentence, words()["own"]["permission"])
    shut = (permission or group_in(text) is not None) and has_any(sentence, lists["wall"])
    named = [sentence.partition(word)[2] for word in lists["opens"] if word in sentence]
    return (shut or any(permission or group_in(rest) is not None for rest in named)) and not is_narrower(text)


def groups_of_wall(text: str) -> tuple[str, ...]:
    """The permission groups that the sentences of a wall name, none where they leave it open.

    Of a sentence that speaks of permissions it is what it calls one: in 打开权限或联系客服电话 that is none.
    """
    walls = [sentence for sentence in _SENTENCES.split(text) if is_wall(sentence)]
    named = [groups_called(wall) or (() if speaks_of_permission(wall) else groups_in(wall)) for wall in walls]
    return tuple(dict.fromkeys(group for groups in named for group in groups))


def permission_rows(lines: Sequence[str]) -> frozenset[str]:
    """The lines of a list of permissions and their states (相机 未开启): settings, which close nothing.

    Two groups at least make a list; each state stands in the line of its permission or is the next one.
    """
    rows: dict[str, list[str]] = {}
    for number, line in enumerate(lines):
        group, after = group_in(line), lines[number + 1 : number + 2]
        if group is None:
            continue
        if is_state(line):
            rows.setdefault(group, []).append(line)
        elif len(line) <= LABEL_LENGTH and after and WORDS.pattern("state").fullmatch(plain(after[0])):
            rows.setdefault(group, []).extend((line, after[0]))
    return frozenset(line for own in rows.values() for line in own) if len(rows) > 1 else frozenset()


def is_state(text: str) -> bool:
    """Whether a text only tells the state of a permission, or leads to where it is set: 相机 未开启."""
    found = WORDS.pattern("state").search(plain(text))
    return found is not None and len(text) <= LABEL_LENGTH and group_in(text) is not None


@once_a_config
def is_narrower(text: str) -> bool:
    """Whether a text offers to go on with less, or another way to the same end."""
    lists = _catalogue()
    clauses = _CLAUSES.split(plain(text))
    rests = [clause.partition(word)[2] for clause in clauses for word in lists["still"] if word in clause]
    offered = any(has_any(before, lists["refused"]) and _offers(clause) for before, clause in pairwise(clauses))
    return offered or has_any(plain(text), lists["narrower"]) or any(rest and not has_any(rest, lists["grants"]) for rest in rests)


@once_a_config
def is_offer(text: str) -> bool:
    """Whether a text by itself, such as a Toast over a refusal, says what can be done instead: 可使用默认图片."""
    shut = has_any(plain(text), _catalogue()["wall"])
    return is_narrower(text) or (not shut and _offers(_CLAUSES.split(plain(text))[0]))


def _offers(clause: str) -> bool:
    """Whether a clause begins with what can be done, and that is not to grant the permission after all."""
    lists = _catalogue()
    said = clause.strip()
    while said.startswith(tuple(lists["address"])) and not said.startswith(tuple(lists["offers"])):
        said = said[1:]
    begun = max((word for word in lists["offers"] if said.startswith(word)), key=len, default="")
    rest = said.removeprefix(begun).strip()
    return bool(begun and rest) and not rest.startswith(tuple(lists["no_offers"])) and not has_any(rest, lists["grants"])


@once_a_config
def is_login(text: str) -> bool:
    """Whether the text of a control or page is about logging in or registering, and not only about logging out."""
    said = plain(text)
    for left in _catalogue()["logout"]:
        said = said.replace(left, "")
    return has_any(said, _catalogue()["login"])


@once_a_config
def declines_login(text: str) -> bool:
    """Whether a control goes on without logging in: 暂不登录."""
    return has_any(plain(text), _catalogue()["declines"])


@once_a_config
def is_form_part(way: str) -> bool:
    """Whether a way to log in is a part of a form, which goes as far as the form does: 获取验证码."""
    return has_any(plain(way), _catalogue()["form_parts"])


@once_a_config
def is_loading(text: str) -> bool:
    """Whether a line says that contents are still to come."""
    return len(text) <= ENGLISH_LENGTH and has_any(plain(text), _catalogue()["loading"])


def names_guest(way: str) -> bool:
    """Whether a line is what a user who is not logged in is called: 游客, 游客 8231, and not 游客登录."""
    said = plain(way)
    return said.startswith(tuple(_catalogue()["guests"])) and not has_any(said, _catalogue()["as_guest"])


def login_ways(text: str) -> tuple[str, ...]:
    """The lines of a page that name a way to log in."""
    lines = (line for line in text.splitlines() if len(line) <= (ENGLISH_LENGTH if line.isascii() else LABEL_LENGTH))
    return tuple(line for line in lines if has_any(plain(line), _catalogue()["ways"]))
