"""The test items of AppRights, their order, and the rules that each scenario drives for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

    from harness.engine.scenario import Scenario

FIXTURES = f"{__package__}.fixtures"
_OF_OURS = ("run", "verdict")
"""Who asks for one of these fixtures has to do with a check."""


def scenario_of(module: object) -> Scenario | None:
    """Return the SCENARIO of a test file.

    Where nobody imported the class there is none: so a suite that has nothing to do with us does not load it.
    """
    known = sys.modules.get("harness.engine.scenario")
    found = getattr(module, "SCENARIO", None)
    return found if known is not None and isinstance(found, known.Scenario) else None


def rule_of(item: pytest.Item) -> str:
    """The rule that an item judges, empty for one that judges none."""
    found = getattr(item, "callspec", None)
    return str(found.params.get("rule", "")) if found is not None else ""


def is_ours(item: pytest.Item, fixtures: Iterable[str] = _OF_OURS) -> bool:
    """Whether an item uses one of our fixtures, not one of the same name of somebody else's."""
    return any(_defined(item, name) == FIXTURES for name in fixtures)


def _defined(item: pytest.Item, fixture: str) -> str:
    """The module of the fixture that an item gets by this name, empty where it does not ask for it."""
    ways: Any = getattr(item, "_fixtureinfo", None)
    defined = ways.name2fixturedefs.get(fixture, ()) if ways is not None else ()
    return str(defined[-1].func.__module__) if defined else ""


def ordered(items: list[pytest.Item]) -> list[pytest.Item]:
    """Items in the order in which the scenarios drive, those of one together, for it drives once.

    Those that judge no rule of a scenario stay, before all others.
    """
    from harness.engine.scenario import clause_of, turn_of

    def place(item: pytest.Item) -> tuple[bool, int, int, str, int]:
        scenario, rule = scenario_of(getattr(item, "module", None)), rule_of(item)
        return (*turn_of(scenario), clause_of(rule)) if scenario is not None and rule else (False, -1, 0, "", 0)

    return sorted(items, key=place)


def of_other_clauses(items: Iterable[pytest.Item], wanted: Iterable[int], chosen: Sequence[str]) -> list[pytest.Item]:
    """The items that judge a rule of a clause or of a profile that was not asked for.

    A scenario without a rule left is not driven.
    """
    from harness.engine.scenario import clause_of
    from harness.rules import NOTICE, PROFILES
    from harness.session.check_options import CLAUSES

    kept = (0, *(wanted or CLAUSES))
    profile = next((name for name in reversed(chosen) if name in PROFILES), NOTICE)

    def is_kept(item: pytest.Item) -> bool:
        scenario, rule = scenario_of(getattr(item, "module", None)), rule_of(item)
        if scenario is not None and rule in scenario.judged:
            return rule in scenario.within(kept, profile)
        return not wanted or clause_of(rule) in kept

    return [item for item in items if not is_kept(item)]


def planned(items: Iterable[pytest.Item]) -> dict[str, list[str]]:
    """The scenarios that will drive by our own fixture, each with the rules that are asked for."""
    found: dict[str, list[str]] = {}
    for item in items:
        scenario, rule = scenario_of(getattr(item, "module", None)), rule_of(item)
        if scenario is not None and rule and is_ours(item, ("driven",)):
            found.setdefault(scenario.name, []).append(rule)
    return found
