"""From a seed to a recipe of an innocent app. Nothing here depends on anything but the seed and the scope."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from tests.generated import adverts, choices, deep_adverts
from tests.generated.recipe import Function, Recipe
from tests.generated.words import NAMES, OFFERS, SYLLABLES, THEMES, Offer, Theme, exists

T = TypeVar("T")

PHONES = [
    ("13", "aosp"), ("13", "aosp"), ("14", "aosp"), ("12", "aosp"), ("10", "aosp"), ("9", "aosp"), ("16", "pixel"), ("13", "miui"),
    ("15", "hyperos"), ("13", "coloros"), ("15", "originos"), ("12", "harmony"), ("10", "emui"), ("14", "oneui"),
]  # fmt: skip
CALM_PHONES = [("12", "aosp"), ("13", "aosp"), ("14", "aosp"), ("15", "pixel")]  # that hold nothing back by a rule of their own
ASKING_PHONES = [("13", "miui"), ("15", "hyperos"), ("13", "coloros")]  # that ask before an app opens another one
CONSENTS = ["dialog"] * 4 + ["page"] * 3 + ["sheet"] * 3 + ["tick"] * 3 + ["web"] * 2 + ["steps"] * 2 + ["painted"]
YES_NO = [
    ("同意", "不同意"), ("同意并继续", "不同意"), ("同意并进入", "暂不同意"), ("我同意", "拒绝"), ("同意并使用", "退出"),
    ("好的，同意", "不同意并退出"), ("同意", "Not now 暂不同意"),
]  # fmt: skip
HOMES = ["tabs", "tabs", "grid", "list", "feed", "menu", "drawer", "pager"]
EXTRAS = (
    "coupon", "update", "ball", "ticker", "settings", "permission_list", "web_page", "map", "long_list", "search", "login", "dangers",
    "back_twice", "user_exit", "promise", "help", "sheet_menu", "rating", "sheet_map", "mini_page", "two_panes", "compose", "folders",
    "avatar", "sms_login", "sdk_page", "chat", "downloads", "hotlines", "form", "authorise", "claim", "covered", "held_picture",
    "titles", "hint", "price", "club", "family", "ride", "queue", "version",
)  # fmt: skip
PERSONAL = (
    "login",
    "search",
    "sms_login",
    "form",
    "authorise",
    "chat",
    "club",
    "family",
    "ride",
    "queue",
)  # of what is the user's own, or of terms
QUIET_LIFE = (
    "alarm_clock", "music", "share_by_tap", "disabled_receiver", "alarm_cancelled", "screen_receiver", "own_service", "market", "keyboard",
    "widget", "cached_work", "own_provider", "sdk_service",
)  # fmt: skip
TELLING = ["dialog", "dialog", "layer", "note", "page", "sheet", "obscure", "whole"]
ANSWERS = [("继续", "暂不"), ("去开启", "取消"), ("同意", "拒绝"), ("知道了", "暂不使用"), ("下一步", "稍后再说")]
STEPS = ["interests", "grade", "age", "city", "guide", "slides", "signin"]
FACES = ["row", "row", "button", "tile", "tile", "icon", "wordless", "web", "held", "choice"]


def innocent(seed: int, scope: str = "15", *, named: bool = True) -> Recipe:
    """The innocent app of a seed; ``named``: it may be called after a permission."""
    random = Random(f"{scope} {seed}")
    android, rom = random.choice({"6": CALM_PHONES, "7": 3 * CALM_PHONES + ASKING_PHONES}.get(scope, PHONES))
    theme = random.choice(THEMES)
    label = "".join(random.sample(SYLLABLES, 2)) + _ending(seed, theme, named=named)
    if scope in ("6", "7"):
        functions: tuple[Function, ...] = ()
    else:
        pick = ("STORAGE",) if scope == "draft" else ()  # the draft would have the picker of the system do that
        offers = [offer for offer in OFFERS if exists(offer.group, android) and offer.group not in pick]
        groups = random.sample(sorted({offer.group for offer in offers}), random.choice([1, 2, 2, 3, 3, 4]))
        functions = tuple(function_of(random, random.choice([o for o in offers if o.group == group])) for group in groups)
        if scope == "48":  # who asks again within two days is not innocent there, though its user pressed for it
            functions = tuple(replace(function, after="quiet") for function in functions)
    bare = scope == "15" and random.random() < 0.05  # asks for nothing, so that there is nothing to agree to
    onboarding = tuple(_some(random, [kind for kind in STEPS if not (bare and kind == "signin")], [0, 0, 1, 1, 2]))
    if random.random() < 0.15:  # of pages that a finger turns, those without a way around them
        onboarding = tuple("swipes" if kind == "slides" else kind for kind in onboarding)
    kinds = tuple(_some(random, adverts.KINDS, [2, 3, 4, 5])) if scope == "7" else ()
    recipe = Recipe(
        seed=seed,
        theme=theme,
        label=label,
        android=android,
        rom=rom,
        scope=scope,
        consent="none" if bare else random.choice(CONSENTS if scope not in ("6", "7") else ["dialog", "page", "tick"]),
        words=random.choice(YES_NO),
        refused=random.choice(["leaves", "asks_again", "browses"]),
        onboarding=onboarding,
        advert=random.random() < 0.25 or "splash" in kinds,
        home=random.choice(HOMES),
        functions=() if bare else functions,
        extras=tuple(
            extra for extra in _some(random, EXTRAS, [3, 5, 6, 8, 10] if scope != "7" else [0, 1, 2, 3]) if not (bare and extra in PERSONAL)
        ),
        background=tuple(_some(random, QUIET_LIFE, [1, 2, 3])) if scope == "6" else (),
        adverts=kinds,
        advert_face=random.choice(adverts.FACES) if scope == "7" else "native",
        lists=random.choice(["Scroll", "Scroll", "RecyclerView"]),
        answer="refuse" if scope == "15" and not bare and random.random() < 0.06 else "accept",
    )
    recipe = replace(recipe, size=_size(seed) if scope in ("15", "7") else 0)
    if scope == "9":
        recipe = replace(recipe, listed=choices.LISTED)
    if scope in choices.TAKES:
        recipe = replace(recipe, takes=Random(f"takes {seed}").choice(choices.TAKES[scope]))
    if scope == "4":
        recipe = replace(recipe, choice=Random(f"choice {seed}").choice([choices.PARTS, choices.PARTS, ()]))
    return _with_deep(recipe) if scope == "7" else recipe


def _ending(seed: int, theme: Theme, *, named: bool) -> str:
    """How its label ends: one in six apps is called after what a permission guards, and is not about that."""
    random = Random(f"name {seed}")
    return random.choice(NAMES) if random.random() < 1 / 6 and named else theme.suffix


def _size(seed: int) -> int:
    """Pages of its library: one app in twenty is large."""
    random = Random(f"size {seed}")
    large, small = random.randint(120, 300), random.randint(6, 30)
    return random.choice([large, *[small] * 4, *[0] * 15])


def _with_deep(recipe: Recipe) -> Recipe:
    """One of the adverts that come late, in every other app; drawn apart, so that the rest of a seed's app stays."""
    random = Random(f"deep {recipe.seed}")
    kinds = [*deep_adverts.KINDS, *([deep_adverts.TABBED] if recipe.home == "tabs" else [])]
    deep = random.choice(kinds) if random.random() < 0.5 else ""
    extras = tuple(extra for extra in recipe.extras if deep != "leaving" or extra != "back_twice")
    return replace(recipe, deep=deep, extras=extras)


def function_of(random: Random, offer: Offer) -> Function:
    """One of the ways to offer a function and to ask for what it needs."""
    told = random.choice(TELLING)
    after = random.choice(["quiet", "quiet", "each", "settings", *(["closes"] if offer.closes and told == "page" else [])])
    face, place = random.choice(FACES), random.choice(["home", "home", "second", "detail"])
    if told == "note" and face not in ("row", "button", "tile"):
        face = "button"
    return Function(offer, random.choice(offer.captions), face, place, told, after, random.choice(ANSWERS))


def plain_function(recipe: Recipe, random: Random, *, unlike: Sequence[str] = (), told: str = "dialog") -> Recipe:
    """The recipe with a first function that no one can miss: in words, told, and quiet after a refusal.

    It is the only one of its group, and stands where a fault is put.
    """
    offers = [o for o in OFFERS if exists(o.group, recipe.android) and o.group not in ("NOTIFICATIONS", *unlike)]
    offer = random.choice(offers)
    face, place = random.choice(["row", "button", "tile"]), random.choice(["home", "home", "second"])
    first = Function(offer, random.choice(offer.captions), face, place, told, "quiet")
    others = tuple(each for each in recipe.functions if each.group != offer.group)
    return replace(recipe, functions=(first, *others), planted=offer.key)


def _some(random: Random, choices: Sequence[T], counts: Sequence[int]) -> list[T]:
    """A few of them, in their own order."""
    chosen = random.sample(range(len(choices)), random.choice(counts))
    return [choices[n] for n in sorted(chosen)]
