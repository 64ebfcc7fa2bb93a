"""What a policy says of contents and adverts that are chosen by personal data, and of how that is turned off."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from harness.dialogs.folding import folded
from harness.dialogs.personalisation import WORDS, Chosen, says
from harness.policies.policy_lines import sentences
from harness.policies.sdk_list import sdk_rows

QUOTE_LENGTH = 120
LONGEST_NAME = 16
"""Signs of a page's or switch's name at most [PROJECT]."""
_CLAUSE = re.compile(r"[，,；;：:]")
_QUOTED = re.compile(r"[“\"「『【《\[‘']([^”\"」』】》\]’']{1,60})[”\"」』】》\]’']")
_STEP = re.compile(r"\s*(?:-{1,2}>?|[—–→➔➜＞>/›»]+|＞)\s*")
_WORD = r"[\w\u4e00-\u9fff·]{1,16}"
_ARROWS = re.compile(rf"{_WORD}(?:\s*(?:-{{1,2}}>?|[—–→➔➜＞>/›»]+)\s*{_WORD})+")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the policy about such a choice; ``hedged``: only that it may be, or how it is turned off."""

    quote: str
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class ToldChoice:
    """The sentences: that it is done or not, where its switch is, how else it is turned off, whose data it takes.

    ``ways`` are the names of pages and controls that lead to the switch, as the policy names them.
    """

    done: dict[Chosen, Said] = field(default_factory=dict)
    denied: dict[Chosen, Said] = field(default_factory=dict)
    ways: tuple[tuple[str, ...], ...] = ()
    otherwise: tuple[Said, ...] = ()
    sources: tuple[Said, ...] = ()


@lru_cache(maxsize=8)
def told_choice(text: str) -> ToldChoice:
    """Read a policy's text; what stands in its lists of SDKs is about those."""
    done: dict[Chosen, Said] = {}
    denied: dict[Chosen, Said] = {}
    ways: list[tuple[str, ...]] = []
    otherwise: list[Said] = []
    sources: list[Said] = []
    before = False  # whether the sentence before it was about such a choice
    for sentence in (each for line in sdk_rows(text)[1] for each in sentences(line)):
        kinds = _kinds(sentence)
        turns = says(sentence, "turns.words")
        if turns and (kinds or before):
            if way := _way(sentence):
                ways.append(way)
            if says(sentence, "elsewhere.words"):
                otherwise.append(Said(sentence[:QUOTE_LENGTH]))
        before = bool(kinds)
        if says(sentence, "means.words") or says(sentence, "unless.words"):
            continue
        if (kinds or says(sentence, "profile.words")) and WORDS.pattern("source_first").search(folded(sentence)):
            sources.append(Said(sentence[:QUOTE_LENGTH]))
        into = denied if not turns and WORDS.pattern("denies").search(folded(sentence)) else done
        for kind in kinds:
            said = Said(sentence[:QUOTE_LENGTH], _only_may(sentence) or _only_turned(sentence, kind))
            if kind not in into or (into[kind].hedged and not said.hedged):
                into[kind] = said
    return ToldChoice(
        done, {kind: said for kind, said in denied.items() if kind not in done}, tuple(ways), tuple(otherwise), tuple(sources)
    )


def names_somebody(sentence: str) -> bool:
    """Whether a sentence names who its data come from: a firm, a service in quotes."""
    return says(sentence, "firm.words") or "《" in sentence


def _kinds(sentence: str) -> tuple[Chosen, ...]:
    said = folded(sentence)
    return tuple(kind for kind in Chosen if WORDS.pattern(kind.value).search(said))


def _only_may(sentence: str) -> bool:
    """Whether a sentence only says that it may be done, and not what its user may like."""
    said = folded(sentence)
    for liked in WORDS.words("hedged.liked"):
        said = said.replace(liked, " ")
    return says(said, "hedged.words")


def _only_turned(sentence: str, kind: Chosen) -> bool:
    """Whether each clause that speaks of a choice speaks of turning it off."""
    clauses = [clause for clause in _CLAUSE.split(sentence) if kind in _kinds(clause)]
    return bool(clauses) and all(says(clause, "turns.words") or WORDS.pattern("denies").search(folded(clause)) for clause in clauses)


def _way(sentence: str) -> tuple[str, ...]:
    """The names on the way to a switch: 我的-设置-隐私, 【我的】→【设置】; empty where a sentence has none."""
    sentence = WORDS.pattern("then").sub("", sentence)
    quoted = [found[1] for found in _QUOTED.finditer(sentence)]
    runs = [found[0] for found in _ARROWS.finditer(_QUOTED.sub(lambda found: found[1], sentence))]
    named = max((_STEP.split(run) for run in runs), key=len, default=[])
    inside = [piece for each in quoted for piece in _STEP.split(each)]
    steps = named if len(named) > max(1, len(inside)) else inside
    bare = (WORDS.pattern("way_ends").sub("", WORDS.pattern("way_leads").sub("", step)).strip() for step in steps)
    return tuple(step for step in bare if 0 < len(step) <= LONGEST_NAME)
