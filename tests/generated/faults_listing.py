"""Faults of clause 9, on the app's page in the phone's store, and of what a draft of 2026 alone forbids."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generated.choices import LISTED
from tests.generated.fault import Fault, Places, nothing
from tests.generated.faults_reads import ITS_OWN
from tests.generated.grammar import function_of
from tests.generated.recipe import Function, Recipe
from tests.generated.truth import Truth
from tests.generated.words import OFFERS, exists, permission_of

BACKGROUND = "android.permission.ACCESS_BACKGROUND_LOCATION"


def _in_store(recipe: Recipe, random: Random) -> Recipe:
    """What is listed first is about personal data: of notices nobody has to tell a use."""
    data = [each for each in recipe.functions if each.group != "NOTIFICATIONS"] or [_another(recipe, random)]
    notices = [each for each in recipe.functions if each.group == "NOTIFICATIONS"]
    return replace(recipe, listed=LISTED, functions=(*data, *notices))


def _in_two(recipe: Recipe, random: Random) -> Recipe:
    """It asks for two groups of permissions at least."""
    listed = _in_store(recipe, random)
    return replace(listed, functions=(*listed.functions, _another(listed, random)))


def _another(recipe: Recipe, random: Random) -> Function:
    used = {*(each.group for each in recipe.functions), "NOTIFICATIONS"}
    return function_of(random, next(offer for offer in OFFERS if offer.group not in used and exists(offer.group, recipe.android)))


def _without(*parts: str) -> Callable[[Recipe], Recipe]:
    return lambda recipe: replace(recipe, listed=tuple(part for part in recipe.listed if part not in parts))


def _listed(outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda _truth, _recipe: outcome


LISTING = [
    Fault("store-no-uses", "c9-not-told", "suspected", nothing, _listed("suspected"), _in_store, _without("uses", "first-use"), "9"),
    Fault("store-one-use-less", "c9-not-told", "suspected", nothing, _listed("suspected"), _in_store, _without("first-use"), "9"),
    Fault("store-first-less", "c9-differs-from-package", "violation", nothing, _listed("violation"), _in_store, _without("first"), "9"),
    Fault("store-rest-less", "c9-differs-from-package", "violation", nothing, _listed("violation"), _in_two, _without("rest"), "9"),
]


def _fit(recipe: Recipe, _random: Random) -> Recipe:
    """No function of it is about files or places, on a phone where an app asks for the background itself."""
    left = tuple(each for each in recipe.functions if each.group not in ("STORAGE", "LOCATION"))
    android = recipe.android if recipe.android in ("13", "14", "15", "16") else "13"
    return replace(recipe, functions=left, planted="", answer="accept", advert=False, android=android,
                   rom=recipe.rom if android == recipe.android else "aosp", extras=())  # fmt: skip


def _button(caption: str, asks: list[str], permissions: list[str]) -> Callable[[Recipe], Places]:
    click = ['if id == "x_asks":', *(f"    {line}" for line in asks), "    return"]
    places = {"home_top": [f'Button("{caption}", id="x_asks")'], "click": click, "home_members": ITS_OWN, "permissions": permissions}
    return lambda _recipe: dict(places)


def _asked(permission: str) -> Callable[[Truth, Recipe], str]:
    group = "STORAGE" if "IMAGES" in permission else "LOCATION"
    return lambda truth, _recipe: "suspected" if truth.asked(group) else ""


ALBUM, PLACE = permission_of("STORAGE", "13"), permission_of("LOCATION", "13")
BOTH = [f'self.request_permissions("{PLACE}")', f'self.post_delayed(lambda: self.request_permissions("{BACKGROUND}"), 2)']
DRAFT = [
    *(Fault(f"draft-album-{id}", "c5-album-despite-picker", "suspected", _button(words, [f'self.request_permissions("{ALBUM}")'], [ALBUM]),
            _asked(ALBUM), _fit, scope="draft") for id, words in (("avatar", "更换头像"), ("report", "上传图片"))),
    *(Fault(f"draft-background-{id}", "c5-background-location", "suspected", _button(words, BOTH, [PLACE, BACKGROUND]),
            _asked(PLACE), _fit, scope="draft") for id, words in (("near", "附近门店"), ("route", "查看路线"))),
]  # fmt: skip
FAULTS = [*LISTING, *DRAFT]
