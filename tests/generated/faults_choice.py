"""Faults of clause 4 and of policies: a switch, a mark, a word that is missing; not its own, hard to find."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generated.choices import PARTS
from tests.generated.fault import Fault, Places, nothing
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth

OTHERS = ("白鹭日记", "云杉相册", "小满记账")


def _chooses(recipe: Recipe, random: Random) -> Recipe:
    """It chooses for its user and does all of it as it should; nothing else of it speaks of that."""
    consent = random.choice(["page", "sheet", "tick"])
    return replace(recipe, consent=consent, answer="accept", advert=False, extras=(), functions=(), choice=PARTS)


def _plain(recipe: Recipe, _random: Random) -> Recipe:
    """Its consent has no link, so that its policy is found where its pages lead to it."""
    return replace(recipe, consent="dialog", answer="accept", advert=False, extras=(), functions=(), onboarding=(), size=0, home="list")


def _without(*parts: str) -> Callable[[Recipe], Recipe]:
    return lambda recipe: replace(recipe, choice=tuple(part for part in recipe.choice if part not in parts))


def _shown(outcome: str, *pages: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: outcome if {"Policy", *pages} <= truth.pages() else ""


def _again(recipe: Recipe) -> Places:
    return {"home_create": ['self.app.prefs.pop("personal", None)']}


def _of_another(recipe: Recipe) -> Recipe:
    return replace(recipe, policy_of=OTHERS[recipe.seed % len(OTHERS)])


def _deep(depth: int) -> Callable[[Recipe], Recipe]:
    return lambda recipe: replace(recipe, deep_policy=depth)


CHOICE = [
    Fault("choice-no-switch", "c4-no-switch", "violation", nothing, _shown("violation", "Privacy"), _chooses, _without("switch"), "4"),
    Fault("choice-no-switch-unmarked", "c4-no-switch", "violation", nothing, _shown("violation", "Privacy"), _chooses,
     _without("switch", "heading"), "4"),
    Fault("choice-comes-back", "c4-switch-comes-back", "violation", nothing, _shown("violation", "Privacy"), _chooses,
     _without("kept"), "4"),
    Fault("choice-forgotten", "c4-switch-comes-back", "violation", _again, _shown("violation", "Privacy"), _chooses, scope="4"),
    Fault("choice-not-told", "c4-not-told", "suspected", nothing, _shown("suspected", "Home"), _chooses, _without("told"), "4"),
    Fault("choice-not-told-no-switch", "c4-not-told", "suspected", nothing, _shown("suspected", "Home"), _chooses,
     _without("told", "switch"), "4"),
    Fault("choice-not-marked", "c4-not-labelled", "suspected", nothing, _shown("suspected", "Home"), _chooses, _without("heading"), "4"),
    Fault("choice-not-marked-either", "c4-not-labelled", "suspected", nothing, _shown("suspected", "Home"), _chooses,
     _without("heading", "named"), "4"),
    Fault("choice-source", "c4-source-not-told", "suspected", nothing, _shown("suspected"), _chooses, _without("named"), "4"),
    Fault("choice-source-no-switch", "c4-source-not-told", "suspected", nothing, _shown("suspected"), _chooses,
     _without("named", "switch"), "4"),
]  # fmt: skip
POLICY = [
    Fault("policy-of-another", "c1-no-policy-of-its-own", "suspected", nothing, _shown("suspected"), _chooses, _of_another, "13"),
    Fault("policy-of-another-told", "c1-no-policy-of-its-own", "suspected", nothing, _shown("suspected"),
     lambda recipe, random: _without("told", "heading")(_chooses(recipe, random)), _of_another, "13"),
    *(Fault(f"policy-deep-{depth}", "c1-policy-hard-to-find", "violation", nothing, _shown("violation"), _plain, _deep(depth), "13")
      for depth in (4, 5)),
]  # fmt: skip
FAULTS = [*CHOICE, *POLICY]
