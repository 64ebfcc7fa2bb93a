"""How likely a Chinese caption orders something in the user's name, by its signs: 就这间了, 全清掉, 换成她来教我.

Which acts there are nobody knows, so beside the tables of danger.toml stands a score: a linear model of runs of one to
three signs, in which each person is one sign, each number another and each sum a third, and of the shape of a name.
``make train-acts`` trains it on the captions of tests/data, all of them ours, and writes act_weights.json
(tests/benchmarks/train_acts.py).
"""

import json
import math
from functools import cache
from importlib.resources import files

from harness.config import once_a_config
from harness.dialogs.dialog_words import plain
from harness.dialogs.user_acts import acts, in_digits, is_spread, leads_to_order, named
from harness.dialogs.word_patterns import WordFile

PROMISED, ALONE, MAIN, SOLD, HARMLESS = 1.0, 0.25, -0.25, -1.2, -2.0
"""The score above which a caption is no name of a page, leads nowhere from a first page and names no thing, is an act
in a sheet or before a Toast, and acts where one that begins alike did; and below which it is no act whatever its
grammar says [PROJECT]. ``make train-acts`` measures how many of such captions commit."""
LEAST, LONGEST = 2, 14
"""Signs of a button's caption [PROJECT]: one sign names a tab (我), and a longer text tells of something."""
RUN = 3
_SUM, _NUMBER, _PERSON = "¥", "0", "@"
_DANGER = WordFile("danger.toml")
SCALE = 100
"""The weights of the file are hundredths of the log odds."""


@once_a_config
def likelihood(caption: str) -> float:
    """The log odds that a press on this caption commits its user; none of English or of a known one."""
    words = named(caption)
    if caption.isascii() or not LEAST <= len(words) <= LONGEST or f"^{words}$" in _weights() or leads_to_order(words):
        return float("-inf")
    return _odds(words)


@once_a_config
def is_harmless(caption: str) -> bool:
    """Whether a Chinese caption is very likely harmless by its signs, whatever its grammar looks like: 我来回答."""
    words = named(caption)
    return not caption.isascii() and LEAST <= len(words) <= LONGEST and _odds(words) < HARMLESS


@once_a_config
def is_thing(caption: str) -> bool:
    """Whether a Chinese caption ends as a person's, a card's or a fee's name does, and leans to no act: 借款人."""
    shaped = _is_shaped("thing", caption) or _is_shaped("compound", caption)
    return shaped and likelihood(caption) <= (SOLD if is_spread(caption) else ALONE)


@once_a_config
def is_name(caption: str) -> bool:
    """Whether it is the name of a thing or of what stands so: 待派单, whose verb may lean to an act."""
    return is_thing(caption) or (_is_shaped("stage", caption) and likelihood(caption) <= PROMISED)


def _is_shaped(shape: str, caption: str) -> bool:
    return _DANGER.pattern(shape).fullmatch(named(caption)) is not None and not acts(caption)


def _odds(words: str) -> float:
    weights = _weights()
    found = [weights[run] for run in runs(words) if run in weights]
    return (weights[""] + sum(found) / math.sqrt(max(len(found), 1))) / SCALE


def runs(caption: str) -> frozenset[str]:
    """The runs of signs of a caption, its ends marked, those with a person in them, and its shape as a name."""
    words = _DANGER.pattern("counted").sub(_NUMBER, _DANGER.pattern("price").sub(_SUM, in_digits(plain(caption))))
    people = _DANGER.pattern("person").sub(_PERSON, words)
    shapes = frozenset(shape for shape in ("thing", "stage") if _DANGER.pattern(shape).fullmatch(words))
    return _runs(words) | frozenset(run for run in _runs(people) if _PERSON in run) | shapes


def _runs(words: str) -> frozenset[str]:
    ended = f"^{words}$"
    found = (ended[at : at + size] for size in range(1, RUN + 1) for at in range(len(ended) - size + 1))
    return frozenset(run for run in found if run not in ("^", "$") and not is_whole(run))


def is_whole(run: str) -> bool:
    """Whether a run is a whole caption, with the marks of both ends."""
    return len(run) > 1 and run[0] == "^" and run[-1] == "$"


@cache
def _weights() -> dict[str, int]:
    """Run of signs -> weight; the empty one has what every caption has, a whole caption is known to be harmless."""
    found: dict[str, int] = json.loads(files("harness.dialogs").joinpath("act_weights.json").read_text("utf-8"))
    return found
