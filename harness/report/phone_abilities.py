"""本机能力: what the phone let this check do, as it was tried before it began, and the rules that rest on it."""

from collections.abc import Iterable
from typing import NamedTuple

from harness.language import Text, _, listed
from harness.verdicts.analysis import Analysis
from harness.verdicts.lacking import Tried, tried

_ANSWERS = {"has": _("works"), "lacks": _("refused"), "cannot-tell": _("cannot be told")}


class Missing(NamedTuple):
    """An ability that the phone has not, or of which it cannot be told; how it is switched on; ids of judged rules.

    ``undecided`` cannot be decided without it, ``weaker`` may rest on less.
    """

    name: Text
    state: Text
    menu: Text
    undecided: tuple[str, ...]
    weaker: tuple[str, ...]


class Abilities(NamedTuple):
    """All abilities that the version of Android has: which work, which nobody tried that day, and the others."""

    works: Text
    untried: Text
    missing: tuple[Missing, ...]


def phone_abilities(analysis: Analysis) -> Abilities | None:
    """Return what a run has on record; None for one of before."""
    found = tried(analysis.run)
    missing = tuple(_missing(one, analysis) for one in found if one.answer in ("lacks", "cannot-tell"))
    return Abilities(_named(found, "has"), _named(found, "not-tried"), missing) if found else None


def _named(found: Iterable[Tried], answer: str) -> Text:
    return listed(one.words for one in found if one.answer == answer)


def _missing(one: Tried, analysis: Analysis) -> Missing:
    rules = [verdict.rule for verdict in analysis.verdicts]
    undecided = tuple(rule.id for rule in rules if one.leaves_open(rule))
    weaker = tuple(rule.id for rule in rules if rule.id in one.rules and rule.id not in undecided)
    state = _("{answer}: {reason}", answer=_ANSWERS[one.answer], reason=one.told)
    return Missing(one.words, state, one.menu or _("no switch for it is known on this phone"), undecided, weaker)
