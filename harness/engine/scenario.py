"""Scenario: what is done to an app, as a value: its rules, how it drives the device, and where it stands in a run.

This project's own are in ``scenarios/``. Those of others are found in the same way: by the entry point group
``apprights.scenarios`` of whatever is installed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from importlib.metadata import EntryPoint

    from harness.session.session import Session
    from harness.verdicts.judge import Verdict

    Drive = Callable[[Session, str], None]

GROUP = "apprights.scenarios"
_RULE = re.compile(r"c(\d+)-")


class Place(IntEnum):
    """Where a scenario stands: before all others, or among those of its clause; in one place they go by their names."""

    FIRST = 0
    ANY = 1
    LAST = 2


@dataclass(frozen=True, slots=True)
class Scenario:
    """One driving of the device, and the rules that it is made for.

    ``drive(session, canary)`` moves the device and judges nothing. With ``controls`` whatever the app is accused of by
    then is tried again with other answers (``harness.explorer.control_runs``).
    """

    name: str
    rules: tuple[str, ...]
    drive: Drive
    place: Place = Place.ANY
    controls: bool = False

    def __post_init__(self) -> None:
        """Refuse a rule that there is not: its verdict would never come."""
        known = [rule.id for rule in load_rules()]
        if not self.rules:
            raise ScenarioError(f"the scenario {self.name} names no rule")
        for rule in self.rules:
            if rule not in known:
                raise ScenarioError(f"the scenario {self.name} names the rule {rule}, which there is not: see 'apprights rules'")

    def within(self, clauses: Collection[int]) -> tuple[str, ...]:
        """Those of its rules that belong to one of the clauses."""
        return tuple(rule for rule in self.rules if clause_of(rule) in clauses)


class Violated(AssertionError):
    """A verdict that fails a test; the text is the outcome and the reason."""


def assert_not_violated(verdict: Verdict, *, strict: bool) -> None:
    """Fail for a violation, and with ``strict`` for a suspected one."""
    if verdict.outcome is Outcome.VIOLATION or (strict and verdict.outcome is Outcome.SUSPECTED):
        raise Violated(sentence(verdict))


def sentence(verdict: Verdict) -> str:
    """Outcome and reason on one line."""
    return f"{verdict.outcome.label_zh}: {verdict.reason_zh} / {verdict.reason_en}"


def clause_of(rule: str) -> int:
    """The clause that a rule belongs to, by its id; 0 for a text that is no rule's id."""
    found = _RULE.match(rule)
    return int(found[1]) if found else 0


def in_order(scenarios: Iterable[Scenario], clauses: Collection[int]) -> list[Scenario]:
    """Those with a rule of the clauses left, as they drive: the short ones of the lower clauses first."""
    left = [(scenario, scenario.within(clauses)) for scenario in scenarios]
    due = [(turn(scenario.place, min(map(clause_of, rules))), scenario.name, scenario) for scenario, rules in left if rules]
    return [scenario for *_, scenario in sorted(due, key=lambda one: one[:2])]


def turn(place: Place, clause: int) -> tuple[bool, int, Place]:
    """When a scenario drives among others, by its place and its lowest clause: the lesser is earlier."""
    return place is not Place.FIRST, clause, place


def installed_scenarios() -> tuple[Scenario, ...]:
    """Every scenario that an installed package names in its entry points; raises ScenarioError for one that is none."""
    found = [_load(entry) for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))]
    names = [scenario.name for scenario in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ScenarioError(f"two scenarios are called {twice}: see the entry points {GROUP} of what is installed")
    if not found:
        raise ScenarioError(f"no scenario is installed: install apprights again, its entry points {GROUP} are missing")
    return tuple(found)


def _load(entry: EntryPoint) -> Scenario:
    try:
        found = entry.load()
    except (ImportError, AttributeError) as error:
        raise ScenarioError(f"the scenario {entry.name} ({entry.value}) cannot be loaded: {error}") from error
    if not isinstance(found, Scenario):
        raise ScenarioError(f"the scenario {entry.name} ({entry.value}) is no Scenario")
    return found
