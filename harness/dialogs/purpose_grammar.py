"""The grammars in which a sentence tells what a permission is for, besides 相机用于扫码.

A reason before the request (对着车牌拍一张就能查车型，所以要用到您的相机).
What comes of it (读取通讯录后，可以直接挑选要通知的家人).
The doing that the permission is the means of (使用位置权限估算骑手送达时间).

What the use says is for ``harness.dialogs.purposes`` to weigh; the words are in purposes.toml, ``grammar``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from harness.dialogs.dialog_words import plain
from harness.dialogs.word_patterns import WordFile

PURPOSES = WordFile("purposes.toml")
_SENTENCES = re.compile(r"[。！？；!?;\n]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff“「])")
_CLAUSES = re.compile(r"[，,、：:（）()]+")
SUBJECT = 12
"""Signs of the name of an app and 将 before the request, at most [PROJECT]."""
LISTS = ("requests", "so", "grants", "takes", "sources", "results", "after", "called", "no_reasons", "no_results", "no_doings")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of the grammars, each table as one pattern.

    ``requests`` ask for the permission, ``grants`` give it, ``takes`` make use of it, ``sources`` of what it guards.
    ``called`` stands behind its name. ``so`` ties a reason to them, ``after`` and ``results`` what comes of it. The
    others are what looks like a reason, result or doing and is none.
    """

    requests: re.Pattern[str]
    so: re.Pattern[str]
    grants: re.Pattern[str]
    takes: re.Pattern[str]
    sources: re.Pattern[str]
    results: re.Pattern[str]
    after: re.Pattern[str]
    called: re.Pattern[str]
    no_reasons: re.Pattern[str]
    no_results: re.Pattern[str]
    no_doings: re.Pattern[str]

    @classmethod
    def of(cls, table: Mapping[str, Sequence[str]]) -> Grammar:
        """The grammar of a table of words; a missing list raises KeyError."""
        return cls(**{name: _any_of(table[name]) for name in LISTS})

    def reasons(self, text: str, names: Sequence[str]) -> Iterator[str]:
        """What stands before a request for the permission, in its own clause or in the one before it."""
        before = ""
        for sentence in _SENTENCES.split(text):
            clauses = [plain(clause) for clause in _CLAUSES.split(sentence)]
            for number, clause in enumerate(clauses):
                asked = self.requests.search(clause)
                if asked and _has(clause[asked.start() :], names):
                    so = self.so.match(clause)
                    own = clause[so.end() if so else 0 : asked.start()]
                    earlier = clauses[number - 1] if number else before if so else ""
                    yield from (each for each in (own, earlier) if not self.no_reasons.search(each))
            before = clauses[-1]

    def told_below(self, text: str, names: Sequence[str]) -> Iterator[str]:
        """What follows a sentence or clause that is nothing but the request: 拍下坏了的地方 below 需要使用相机."""
        sentences = _SENTENCES.split(text)
        pairs = [*pairwise(sentences), *(pair for sentence in sentences for pair in pairwise(_CLAUSES.split(sentence)))]
        ends = tuple(name + word for name in names for word in ("", *_permission()))
        for request, below in ((plain(first), plain(second)) for first, second in pairs):
            asked = request.endswith(ends) and self._asks(request)
            aside = self.no_reasons.search(below) or self.no_results.search(below) or self.sources.match(below)
            if asked and not aside:
                yield below

    def _asks(self, request: str) -> bool:
        """Whether it asks for the permission or gives it, behind no more than who does: 灯塔记账将使用相机权限."""
        asked = self.requests.search(request) or self.grants.search(request)
        before = request[: asked.start()] if asked else ""
        aside = self.no_reasons.search(before) or self.no_results.search(before)
        return asked is not None and len(before) <= SUBJECT and not aside

    def results_of(self, text: str, names: Sequence[str]) -> Iterator[str]:
        """What comes once the permission was given."""
        for sentence in _SENTENCES.split(text):
            clauses = [plain(clause) for clause in _CLAUSES.split(sentence)]
            for clause, following in zip(clauses, [*clauses[1:], ""], strict=True):
                given = self.grants.search(clause)
                if given is None or not (named := _end_of_name(clause, given.start(), names)) or self.no_results.search(clause):
                    continue
                after = self.after.match(clause, named)
                here = clause[after.end() :] if after else ""
                for use in (here, following) if after else (following,):
                    if self.results.search(use) and not self.no_results.search(use):
                        yield self.results.sub("", use)

    def doings(self, text: str, names: Sequence[str], *, sources: bool = False) -> Iterator[str]:
        """What is done by means of the permission, right after its name; with ``sources``, with what it guards too."""
        for sentence in _SENTENCES.split(text):
            for clause in map(plain, _CLAUSES.split(sentence)):
                for taken in (*self.takes.finditer(clause), *(self.sources.finditer(clause) if sources else ())):
                    yield from self._after(clause, taken.end(), names)

    def _after(self, clause: str, start: int, names: Sequence[str]) -> Iterator[str]:
        """What follows the permission's name where the clause has it at ``start``."""
        for name in names:
            if clause.startswith(name, start):
                rest = clause[start + len(name) :]
                done = rest[called.end() :] if (called := self.called.match(rest)) else rest
                if not self.no_doings.match(done):
                    yield done


def _permission() -> tuple[str, ...]:
    return PURPOSES.words("permission")


def _any_of(entries: Sequence[str]) -> re.Pattern[str]:
    """A pattern of the entries, which may be patterns themselves."""
    return re.compile("|".join(entries))


def _has(clause: str, names: Sequence[str]) -> bool:
    return any(name in clause for name in names)


def _end_of_name(clause: str, start: int, names: Sequence[str]) -> int:
    """Where the permission's name ends that a clause has after ``start``, a 权限 behind it with it; 0 for none."""
    ends = [at + len(name) for name in names if (at := clause.find(name, start)) >= 0]
    end = max(ends, default=0)
    behind = next((word for word in _permission() if end and clause.startswith(word, end)), "")
    return end + len(behind)
