"""Scenario: what is done to an app, as a value: its rules, how it drives the device, and where it stands in a run.

This project's own are in ``scenarios/``. Those of others are found in the same way: by the entry point group
``apprights.scenarios`` of whatever is installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from harness.errors import CatalogueError, ScenarioError
from harness.events.findings import Outcome
from harness.language import _, said
from harness.rules import NOTICE, load_rules
from harness.session.check_options import CLAUSES, DRIVEN, Options
from harness.session.concurrent_sessions import ConcurrentSessions

if TYPE_CHECKING:
    from harness.session.session import Session
    from harness.verdicts.judge import Verdict

    Drive = Callable[[Session, str], None]
    Together = Callable[[ConcurrentSessions, str], None]

GROUP = "apprights.scenarios"
_RULE = re.compile(r"c(\d+)-")
LATEST = 6
"""The clause that drives after all others [PROJECT]: it takes hours, and reboots."""


class Place(IntEnum):
    """Where a scenario stands: before all others, or among those of its clause; in one place they go by their names."""

    FIRST = 0
    ANY = 1
    LAST = 2


@dataclass(frozen=True, slots=True)
class Scenario:
    """One driving of the device, and the rules that it is made for.

    ``drive(session, canary)`` moves the device and judges nothing. With ``controls`` whatever the app is accused of by
    then is tried again with other answers (``harness.explorer.control_runs``). ``fresh``: it clears the app's data
    before all else, so that it can be done again from its start where a window of others lay over the app. ``takes``
    are the seconds of device time that it may take at most, 0 where nobody knows: whoever waits is told. One that can
    serve several apps on one phone at once has ``together(concurrent, canary)``; its ``drive`` is that for one
    session, ``alone(together)``.
    """

    name: str
    rules: tuple[str, ...]
    drive: Drive
    place: Place = Place.ANY
    controls: bool = False
    fresh: bool = False
    takes: Callable[[Options], float] = lambda options: 0.0
    together: Together | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that there is not: its verdict would never come."""
        known = [rule.id for rule in load_rules()]
        if not self.rules:
            raise ScenarioError(_("the scenario {name} names no rule", name=self.name))
        for rule in self.rules:
            if rule not in known:
                raise ScenarioError(
                    _("the scenario {name} names the rule {rule}, which there is not: see 'apprights rules'", name=self.name, rule=rule)
                )

    @property
    def judged(self) -> tuple[str, ...]:
        """Return its rules, and those of the tester's own that go with it.

        They name it, or are judged by the detector of one of its rules.
        """
        own = (rule for rule in load_rules() if rule.origin and rule.id not in self.rules)
        return (
            *self.rules,
            *(rule.id for rule in own if self.name in rule.scenarios or (not rule.scenarios and rule.detector in self.rules)),
        )

    def within(self, clauses: Collection[int], profile: str = NOTICE) -> tuple[str, ...]:
        """Return the rules that belong to one of the clauses, under a profile.

        A rule of no clause goes with the others; alone it is enough to drive where all clauses were asked for.
        """
        out = [rule.id for rule in load_rules() if not rule.is_of(profile)]
        found = tuple(rule for rule in self.judged if clause_of(rule) in (0, *clauses) and rule not in out)
        return found if any(map(clause_of, found)) or set(DRIVEN) <= set(clauses) else ()


def alone(together: Together) -> Drive:
    """The driving of one app by what can drive several."""
    return lambda session, canary: together(ConcurrentSessions((session,)), canary)


class Violated(AssertionError):
    """A verdict that fails a test; the text is the outcome and the reason."""


def assert_not_violated(verdict: Verdict, *, strict: bool) -> None:
    """Fail for a violation, and with ``strict`` for a suspected one."""
    if verdict.outcome is Outcome.VIOLATION or (strict and verdict.outcome is Outcome.SUSPECTED):
        raise Violated(sentence(verdict))


def sentence(verdict: Verdict) -> str:
    """Outcome and reason on one line, in the language of this run."""
    return said(_("{outcome}: {why}", outcome=verdict.outcome.label, why=verdict.reason))


def clause_of(rule: str) -> int:
    """The clause that a rule belongs to; 0 for a rule of none, and for a text that is no rule's id."""
    if found := _RULE.match(rule):
        return int(found[1])
    return next((own.clause.number for own in load_rules() if own.id == rule), 0)


def in_order(scenarios: Iterable[Scenario], clauses: Collection[int]) -> list[Scenario]:
    """Return the scenarios with a rule of the clauses left, in driving order, whichever clauses are asked for.

    So what allows permissions comes after what refuses them (docs/procedure.md).
    """
    return sorted((scenario for scenario in scenarios if scenario.within(clauses)), key=turn_of)


def turn_of(scenario: Scenario) -> tuple[bool, int, Place, str]:
    """When a scenario drives among others, short ones of lower clauses first: the lesser is earlier."""
    place = scenario.place
    return place is not Place.FIRST, _first_clause(scenario.judged), place, scenario.name


def _first_clause(rules: Iterable[str]) -> int:
    """The clause of some rules that drives first; those that belong to none alone come last."""
    ranks = (max(CLAUSES) + 1 if clause == LATEST else clause for clause in map(clause_of, rules) if clause)
    return min(ranks, default=max(CLAUSES) + 1)


def installed_scenarios() -> tuple[Scenario, ...]:
    """Every scenario that an installed package names in its entry points; raises ScenarioError for one that is none."""
    found = [_load(entry) for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))]
    names = [scenario.name for scenario in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ScenarioError(
            _("two scenarios are called {twice}: see the entry points {group} of what is installed", twice=twice, group=GROUP)
        )
    if not found:
        raise ScenarioError(_("no scenario is installed: install apprights again, its entry points {group} are missing", group=GROUP))
    _need_scenarios(found)
    return tuple(found)


def _need_scenarios(found: Collection[Scenario]) -> None:
    """Refuse a rule of the tester's own for which nothing would be done."""
    names = [scenario.name for scenario in found]
    for rule in (rule for rule in load_rules() if rule.origin):
        if missing := next((name for name in rule.scenarios if name not in names), None):
            known = ", ".join(names)
            raise CatalogueError(_("{file}: no scenario '{name}'; there is {known}", file=rule.origin, name=missing[:80], known=known))
        if not any(rule.id in scenario.judged for scenario in found):
            known = ", ".join(names)
            raise CatalogueError(_("{file}: write scenarios = [...] with some of {known}", file=rule.origin, known=known))


def _load(entry: EntryPoint) -> Scenario:
    try:
        found = entry.load()
    except (ImportError, AttributeError) as error:
        raise ScenarioError(
            _("the scenario {name} ({value}) cannot be loaded: {error}", name=entry.name, value=entry.value, error=error)
        ) from error
    if not isinstance(found, Scenario):
        raise ScenarioError(_("the scenario {name} ({value}) is no Scenario", name=entry.name, value=entry.value))
    return found
