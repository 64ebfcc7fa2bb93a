"""Whether a text is the app's own policy and can be read as one: what a person would say of it at the first look."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from harness.events.app_under_test import AppUnderTest
from harness.language import Text, _
from harness.policies.policy_lines import POLICIES, dense, has

LEAST_SIGNS = 60
"""A text with fewer letters and signs is no policy: it did not load, or says only that it did not [PROJECT]."""
SHORT = 600
"""Signs of a page that may be a login or an error; a policy that speaks of logging in has more [PROJECT]."""
CHINESE_SHARE = 0.2
"""Which part of the letters of a Chinese policy is Chinese at least [PROJECT]: names of SDKs and addresses are not."""
NAME_LENGTH = 16
TITLE = 400
"""Signs at the beginning in which a policy names itself [PROJECT]."""
ABOUT = 2
"""How often a text names personal data at least to be a policy and no other agreement [PROJECT]."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LETTER = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[a-z]{3,}")
_BRACKETS = re.compile(r"[（(][^（()）\n]*[）)]")
_END_OF_CLAUSE = re.compile("[\n，,。；;：:、！!]")
_END_OF_NAME = re.compile(r"[\s，,。；;：:！!（()）《》“”【】「」\"'、|*#=_<>/]+")


class ProblemKind(StrEnum):
    """Why a text says nothing about what the app tells."""

    EMPTY = "empty"
    BROKEN = "broken"
    LOGIN = "login"
    FOREIGN_LANGUAGE = "foreign-language"
    OTHER_APP = "other-app"


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """Why a text says nothing about what the app tells; ``name`` is whose policy it is instead."""

    kind: ProblemKind
    name: str = ""

    @property
    def words(self) -> Text:
        """The cause in a sentence."""
        return _SAID[self.kind] if not self.name else _("the policy is that of '{name}', not of this app", name=self.name)


_SAID = {
    ProblemKind.EMPTY: _("the policy that was read has no text: a picture, or a page that did not load"),
    ProblemKind.BROKEN: _("instead of the policy a page came that says it cannot be shown"),
    ProblemKind.LOGIN: _("the policy lies behind a login"),
    ProblemKind.FOREIGN_LANGUAGE: _("the policy is not in Chinese: a person has to compare it"),
    ProblemKind.OTHER_APP: _("the policy is that of another app"),
}


def policy_problem(text: str, app: AppUnderTest) -> PolicyProblem | None:
    """Why a text says nothing about what ``app`` tells its users; None where it may be taken for its policy."""
    said = dense(text)
    signs = sum(map(str.isalnum, said))
    if signs < SHORT and has(said, "broken.words"):
        return PolicyProblem(ProblemKind.BROKEN)
    logins = sum(said.count(word) for word in POLICIES.words("login.words"))
    if signs < SHORT and logins > 1 and not has(said, "collects.telling"):
        return PolicyProblem(ProblemKind.LOGIN)
    if signs < LEAST_SIGNS:
        return PolicyProblem(ProblemKind.EMPTY)
    chinese = len(_CHINESE.findall(text))
    if chinese < CHINESE_SHARE * (chinese + len(_LETTER.findall(text)) / 5):
        return PolicyProblem(ProblemKind.FOREIGN_LANGUAGE)
    other = other_owner(text, app)
    return PolicyProblem(ProblemKind.OTHER_APP, other) if other else None


def has_policy(text: str) -> bool:
    """Whether a text is about personal data rather than about the use of a service."""
    said = dense(text)
    return has(said, "about.sdks") or sum(said.count(word.replace(" ", "")) for word in POLICIES.words("about.words")) >= ABOUT


def other_owner(text: str, app: AppUnderTest) -> str:
    """Whose policy it is by its own words; empty where it is this app's, or does not say.

    Which firm an app belongs to no phone tells, so only the names of apps count. One that shares two signs with this
    app's name, or a text with a word of its package, may be its firm's.
    """
    label, said = dense(app.label), dense(text)
    if not label or app.label == app.package or label in said or _words_of(app.package) & {*_WORD.findall(said)}:
        return ""
    names = list(dict.fromkeys(own_names(text)))
    mine = {label[at : at + 2] for at in range(len(label) - 1)}
    if not names or any(pair in dense(name) for name in names for pair in mine):
        return ""
    return names[0]


def _words_of(package: str) -> set[str]:
    return {*_WORD.findall(package.casefold())} - {*POLICIES.words("owner.packages")}


def own_names(text: str) -> Iterator[str]:
    """The app's names in its policy: before 隐私政策 in the title, behind 欢迎使用, and of whom it says it is."""
    start = _BRACKETS.sub("", "\n".join(line for line in text[:TITLE].split("\n") if "\t" not in line))
    for suffix in POLICIES.words("owner.suffixes"):
        for found in re.finditer(re.escape(suffix), start, re.IGNORECASE):
            yield from _name([word for word in _END_OF_NAME.split(_END_OF_CLAUSE.split(start[: found.start()])[-1]) if word][-1:])
    for before in POLICIES.words("owner.before"):
        for found in re.finditer(re.escape(before), text, re.IGNORECASE):
            yield from _name([word for word in _END_OF_NAME.split(text[found.end() : found.end() + TITLE]) if word][:1])
    yield from _name([found[found.lastindex or 0].strip() for found in POLICIES.pattern("run_by").finditer(text)][:1])


def _name(words: list[str]) -> Iterator[str]:
    for name in words:
        for suffix in POLICIES.words("owner.apps"):
            if dense(name).endswith(suffix):
                name = name[: len(name) - len(suffix)].strip()
        if (
            1 < len(name) <= NAME_LENGTH
            and any(map(str.isalpha, name))
            and not any(word in dense(name) for word in POLICIES.words("owner.nobody"))
        ):
            yield name
