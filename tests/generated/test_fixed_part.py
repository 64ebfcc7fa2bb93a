"""A few small apps with seeds that stay, and the mistakes that are known; ``make generated`` checks any number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.generated import cases
from tests.generated.fault import make_guilty, of
from tests.generated.faults import FAULTS
from tests.generated.grammar import innocent
from tests.generated.trial import EXACT, INNOCENT, check_case, try_out

if TYPE_CHECKING:
    from tests.generated.recipe import Recipe

KNOWN = {
    "c5_asks_again_on_relaunch_relaunch_system_4": "a cold start that the walk made is none of the three that are judged",
}
"""Cases that a check gets wrong today, and why; a mended one fails here until its line is gone."""


def small(recipe: Recipe) -> Recipe:
    """With a list for a home page, and no more than the function that counts."""
    functions = recipe.functions if not recipe.planted else (recipe.function(recipe.planted),)
    return replace(recipe, extras=(), onboarding=(), advert=False, home="list", functions=functions[:1])


@pytest.mark.parametrize(("scope", "seed"), [("15", 9), ("6", 2)])
def test_an_innocent_app_is_not_accused(scope: str, seed: int) -> None:
    row = try_out(of(small(innocent(seed, scope)), None))
    assert (row.result, row.accused, row.problem) == (INNOCENT, {}, "")


@pytest.mark.parametrize("id", ["purpose-none", "refusal-page"])
def test_a_guilty_app_is_found_as_its_construction_demands(id: str) -> None:
    fault = FAULTS[id]
    row = try_out(of(small(make_guilty(4, fault)[0].recipe), fault))
    assert (row.result, row.got) == (EXACT, fault.outcome), row.reasons


@pytest.mark.parametrize("case", [pytest.param(case, id=case.path.stem) for case in cases.cases()])
def test_a_kept_case_comes_out_right(case: cases.Case, request: pytest.FixtureRequest) -> None:
    if case.path.stem in KNOWN:
        request.applymarker(pytest.mark.xfail(strict=True, reason=KNOWN[case.path.stem]))
    assert case.holds(check_case(case))
