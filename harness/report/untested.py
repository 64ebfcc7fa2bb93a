"""未检测项: what was not exercised or could not be decided, why, and what to do about it.

It stands beside what was found, because a reader takes silence for an all-clear.
"""

from collections.abc import Iterator
from typing import NamedTuple

from harness.events.findings import Outcome
from harness.language import Text, _
from harness.rules import clauses, load_rules
from harness.verdicts.analysis import Analysis
from harness.verdicts.judge import Verdict

_AGAIN = _("remove that cause and test again")
_FINISH = _("test again, and let the check come to its end")
_TODO = {
    "c5-asks-within-48-hours": _("test again with --clock"),
    "c5-denial-blocks-function": _("name the function that needs the permission with --tap and test again"),
    "c5-denial-blocks-login": _("write the login steps into an app profile (--profile) and test again"),
    "c5-": _("if the app has a function that needs permissions, name it with --tap and test again"),
    "c1-reads-after-refusal": _("test again with --consent refuse"),
    "c1-": _("a person looks whether the first run of the app asks for consent"),
    "c6-": _("test with --clause 6 on a phone to its end, which takes about six hours"),
    "c9-": _("save the store's page about the app and test again with --store"),
    "c10-": _("save the store's page about the app and test again with --store"),
    "c7-": _("test with --clause 7, and wait for adverts for longer with --ad-hours"),
}
"""What makes a rule's occasion happen, by the beginning of its id; the longest that fits counts."""
_OWN = _("bring the scene about and test again")


class Untested(NamedTuple):
    """One rule, or one clause as a whole, that nothing is said about."""

    name: Text
    rule: str
    outcome: Outcome | None
    reason: Text
    todo: Text
    link: str


def untested(analysis: Analysis) -> tuple[Untested, ...]:
    """All that is open: what could not be decided first, then what did not occur, then what nobody asked for."""
    order = (Outcome.INCONCLUSIVE, Outcome.NOT_EXERCISED)
    rows = [
        Untested(v.rule.label, v.rule.id, outcome, v.reason, _todo(v, analysis), v.rule.id)
        for outcome in order
        for v in analysis.verdicts
        if v.outcome is outcome
    ]
    return (*rows, *_left_out(analysis))


def _todo(verdict: Verdict, analysis: Analysis) -> Text:
    if verdict.not_before is not None:
        return _("judge as of {not_before} or later, with --as-of", not_before=verdict.not_before)
    if analysis.unfinished:
        return _FINISH
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return _AGAIN
    rule = verdict.rule.judged_by
    return _TODO[max(fits, key=len)] if (fits := [start for start in _TODO if rule.startswith(start)]) else _OWN


def _left_out(analysis: Analysis) -> Iterator[Untested]:
    """The clauses that have rules, none of which was judged."""
    judged = {verdict.rule.clause.number for verdict in analysis.verdicts}
    for number in sorted({rule.clause.number for rule in load_rules() if rule.clause.number} - judged):
        clause = clauses()[number]
        name = _("Clause {number}: {label}", number=clause.place, label=clause.label)
        reason = _("the check did not include this clause")
        yield Untested(name, "", None, reason, _("test with --clause {number}", number=number), "")
