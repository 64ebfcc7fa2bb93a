"""What the phone lacks, as run.json has it: a rule that needs it is never clear, and is not driven for.

Runs of before have no such list, and nothing is changed of their verdicts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harness.events import NotTried
from harness.events.findings import Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _, known, with_semicolons
from harness.rules import Rule
from harness.verdicts.judge import Verdict

ABILITIES = "abilities"
LACKS = "lacks"
_OPEN = (Outcome.CLEAR, Outcome.NOT_EXERCISED)


@dataclass(frozen=True, slots=True)
class Tried:
    """An ability as a run has it on record; the words are empty where it was had, or not tried.

    ``sources`` are those of ``Rule.needs`` that rest on it, ``rules`` those that may rest on it in another way too.
    """

    name: str
    words: Text
    answer: str
    told: Text
    menu: Text
    sources: tuple[str, ...]
    rules: tuple[str, ...]

    def leaves_open(self, rule: Rule) -> bool:
        """Whether the phone lacks it, and the rule needs it."""
        return self.answer == LACKS and bool({*self.sources} & {*rule.needs})


def tried(run: Mapping[str, Any]) -> tuple[Tried, ...]:
    """The abilities of the phone that a run has on record, in their order."""
    listed = run.get(ABILITIES)
    return tuple(_tried(one) for one in (listed if isinstance(listed, list) else []) if isinstance(one, dict))


def _tried(one: Mapping[str, Any]) -> Tried:
    def words(name: str) -> Text:
        return known(str(one.get(f"{name}zh") or ""), str(one.get(f"{name}en") or ""))

    def names(key: str) -> tuple[str, ...]:
        return tuple(map(str, value)) if isinstance(value := one.get(key), list) else ()

    answer = str(one.get("answer") or "")
    return Tried(str(one.get("ability") or ""), words(""), answer, words("told_"), words("menu_"), names("sources"), names("rules"))


def undecided(rule: Rule, run: Mapping[str, Any]) -> Text | None:
    """Why a rule cannot be decided on the phone; None where it lacks nothing that the rule needs."""
    lacking = [one for one in tried(run) if one.leaves_open(rule)]
    if not lacking:
        return None
    named = with_semicolons(_("{ability}: {reason}", ability=one.words, reason=one.told) for one in lacking)
    return _("this phone lacks what the rule needs ({named})", named=named)


def lacks_told(abilities: Sequence[Mapping[str, Any]]) -> list[Text]:
    """A line for each ability that is lacking and serves a rule, with what to do; for who waits for a check."""
    lacking = [one for one in tried({ABILITIES: list(abilities)}) if one.answer == LACKS and one.rules]
    return [_told(one, _("; {menu}", menu=one.menu) if one.menu else Text("")) for one in lacking]


def _told(one: Tried, todo: Text) -> Text:
    if not one.sources:
        return _("{ability}: {reason}{todo}", ability=one.words, reason=one.told, todo=todo)
    return _(
        "this phone lacks {ability} ({reason}), and rules that need it stay undecided{todo}", ability=one.words, reason=one.told, todo=todo
    )


def where_able(verdicts: Iterable[Verdict], run: Mapping[str, Any], timeline: Timeline) -> Sequence[Verdict]:
    """The verdicts as they are where the phone lacks something: what was seen stands, the rest is undecided.

    A rule that nobody wanted stays.
    """
    unwanted = {event.rule for event in timeline.of(NotTried)}
    return [_able(one, undecided(one.rule, run), wanted=one.rule.id not in unwanted or bool(one.findings)) for one in verdicts]


def _able(found: Verdict, why: Text | None, *, wanted: bool) -> Verdict:
    if why is None or found.not_before is not None or not wanted:
        return found
    if found.outcome in _OPEN:
        return replace(found, outcome=Outcome.INCONCLUSIVE, reason=why)
    if found.outcome is Outcome.INCONCLUSIVE:
        return replace(found, reason=_("{said}; {note}", said=found.reason, note=why))
    return found
