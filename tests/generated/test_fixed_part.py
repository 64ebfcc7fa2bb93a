"""A few small apps with seeds that stay, and the mistakes that are known; ``make generated`` checks any number."""

from dataclasses import replace

import pytest

from tests.generated import cases
from tests.generated.fault import Fault, make_guilty, of, with_function
from tests.generated.faults import FAULTS
from tests.generated.grammar import innocent
from tests.generated.recipe import Recipe
from tests.generated.shrink import shrink
from tests.generated.trial import CLEAR, EXACT, INNOCENT, check_case, try_out
from tests.generated.truth import Truth

pytestmark = pytest.mark.usefixtures("slow_time")

KNOWN: dict[str, str] = {}
"""Cases that a check gets wrong today, and why; a mended one fails here until its line is gone."""


def small(recipe: Recipe) -> Recipe:
    """With a list for a home page, and no more than the function that counts."""
    functions = recipe.functions if not recipe.planted else (recipe.function(recipe.planted),)
    return replace(recipe, extras=(), onboarding=(), advert=False, home="list", functions=functions[:1])


DEEP = ("pull-cross-loads", "film-cross-opens", "far-loads", "after-cross-loads")
"""Adverts that are met only by whoever pulls a page down, sees a film to its end, goes deep or stays long."""


@pytest.mark.parametrize(("scope", "seed"), [("15", 9), ("6", 2)])
def test_an_innocent_app_is_not_accused(scope: str, seed: int) -> None:
    row = try_out(of(small(innocent(seed, scope)), None))
    assert (row.result, row.accused, row.problem) == (INNOCENT, {}, "")


@pytest.mark.parametrize("id", ["refusal-page", "purpose-none", *DEEP])
def test_a_guilty_app_is_found_as_its_construction_demands(id: str) -> None:
    fault = FAULTS[id]
    row = try_out(of(small(make_guilty(4, fault)[0].recipe), fault))
    assert (row.result, row.got) == (EXACT, fault.outcome), row.reasons


@pytest.mark.parametrize("id", DEEP)
def test_its_twin_is_not_accused(id: str) -> None:
    row = try_out(of(small(make_guilty(4, FAULTS[id])[0].recipe), None))
    assert (row.result, row.accused, row.problem) == (INNOCENT, {}, "")


def test_a_real_app_that_comes_out_wrong_is_shrunk_by_real_checks() -> None:
    """What a wrong demand makes of a quiet app: a mistake that lasts, whatever the harness learns.

    The demand is that an app which was refused and went on is guilty of having left. The rest of the app goes, the
    function that was refused stays.
    """
    slander = Fault("slander", "c5-exit-after-denial", "violation", lambda _recipe: {}, _was_refused, with_function)
    recipe = make_guilty(11, slander)[0].recipe
    function = replace(recipe.function(recipe.planted), face="row", place="home", told="note")
    recipe = replace(small(recipe), functions=(function,), extras=("help",), advert=True, fault="", android="13", rom="aosp")
    row = try_out(of(recipe, slander))
    assert (row.result, row.demanded, row.got) == (CLEAR, "violation", "clear"), row.reasons
    recipe, kept = shrink(recipe, slander, row, lambda line: None, most=6)
    assert (recipe.extras, recipe.advert, recipe.functions, kept.result) == ((), False, (function,), CLEAR)


def _was_refused(truth: Truth, recipe: Recipe) -> str:
    return "violation" if truth.denied(recipe.functions[0].group) else ""


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in cases.cases()])
def test_a_kept_case_comes_out_right(case: cases.Case, request: pytest.FixtureRequest) -> None:
    if case.id in KNOWN:
        request.applymarker(pytest.mark.xfail(strict=True, reason=KNOWN[case.id]))
    assert case.holds(check_case(case))
