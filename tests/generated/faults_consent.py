"""Faults of clause 1: no consent, one that cannot be refused or is given already, and asking before it."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generated.fault import Fault, Places, nothing, with_function
from tests.generated.grammar import PERSONAL
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth

NETWORK = "android.permission.INTERNET"


def _consent(kind: str, *, refuse: bool = False) -> Callable[[Recipe], Recipe]:
    return lambda recipe: replace(recipe, consent=kind, answer="refuse" if refuse else "accept")


def _network(_recipe: Recipe) -> Places:
    return {"permissions": [NETWORK]}


def _opened(outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: outcome if truth.pages() else ""


def _asks(truth: Truth, recipe: Recipe) -> str:
    return "violation" if truth.asked(recipe.functions[0].group) else "suspected"


def _quiet(recipe: Recipe, random: Random) -> Recipe:
    """It asks for no permission, but has a network."""
    return replace(_no_login(recipe, random), functions=(), planted="")


def _no_login(recipe: Recipe, random: Random) -> Recipe:
    """Nowhere does it speak of its terms later on."""
    made = with_function(recipe, random)
    onboarding = tuple(kind for kind in recipe.onboarding if kind != "signin")
    return replace(made, extras=tuple(extra for extra in recipe.extras if extra not in PERSONAL), onboarding=onboarding)


def _late(_recipe: Recipe) -> Places:
    words = "我们重视您的个人信息。请您阅读并同意《用户协议》和《隐私政策》"
    late = [
        "def late(self):",
        '    if not self.app.prefs.get("agreed"):',
        f'        self.show_dialog("隐私政策提示", "{words}", "同意", "不同意")',
        "",
    ]
    agreed = ['if id == "同意" and not self.told:', '    self.app.prefs["agreed"] = "yes"']
    return {"home_create": ["self.post_delayed(self.late, 75)"], "home_members": late, "permissions": [NETWORK], "click": agreed}


PROMPTS = [
    Fault("prompt-none", "c1-no-privacy-prompt", "violation", _network, _asks, _no_login, _consent("none")),
    Fault("prompt-line", "c1-no-privacy-prompt", "suspected", nothing, _opened("suspected"), _no_login, _consent("line")),
    Fault("prompt-network", "c1-no-privacy-prompt", "suspected", _network, _opened("suspected"), _quiet, _consent("none")),
    Fault("prompt-late", "c1-no-privacy-prompt", "suspected", _late,
     lambda truth, _recipe: "suspected" if truth.dialogs("隐私政策提示") else "", _quiet, _consent("none")),
]  # fmt: skip


def _before(truth: Truth, recipe: Recipe) -> str:
    return "violation" if truth.before_home(recipe.functions[0].group) else ""


def _browses(recipe: Recipe, random: Random) -> Recipe:
    made = with_function(recipe, random)
    consent = made.consent if made.consent != "tick" else "page"
    return replace(made, consent=consent, refused="browses", words=(made.words[0], "仅浏览"), answer="refuse")


BEFORE = [
    Fault("before-first", "c1-permission-before-consent", "violation",
     lambda r: {"first": ['if not self.app.prefs.get("agreed"):', f'    self.request("{r.planted}")']}, _before, with_function),
    Fault("before-over", "c1-permission-before-consent", "violation", lambda r: {"over_consent": [f'self.request("{r.planted}")']}, _before,
     with_function),
    Fault("before-refused", "c1-permission-before-consent", "violation",
     lambda r: {"home_create": ['if self.app.prefs.get("agreed") == "no":', f'    self.request("{r.planted}")']},
     lambda truth, recipe: "violation" if truth.asked(recipe.functions[0].group) else "", _browses),
]  # fmt: skip


def _second(truth: Truth, _recipe: Recipe) -> str:
    return "violation" if truth.dialogs("提示") else ""


REFUSALS = [
    Fault("refusal-one-button", "c1-consent-without-refusal", "violation", nothing, _opened("violation"), with_function,
     _consent("one_button")),
    Fault("refusal-page", "c1-consent-without-refusal", "violation", nothing, _opened("violation"), with_function, _consent("only_page")),
    Fault("refusal-second", "c1-consent-without-refusal", "violation", nothing, _second, with_function,
     _consent("second_alone", refuse=True)),
    Fault("refusal-cross", "c1-consent-without-refusal", "suspected", nothing, _opened("suspected"), with_function, _consent("cross")),
]  # fmt: skip
TICKS = [
    Fault("tick-ticked", "c1-consent-preticked", "violation", nothing, _opened("violation"), with_function, _consent("ticked")),
    Fault("tick-second", "c1-consent-preticked", "violation", nothing, _opened("violation"), with_function, _consent("second_ticked")),
    Fault("tick-login", "c1-consent-preticked", "suspected", nothing, _opened("suspected"), with_function, _consent("login_means")),
]

FAULTS = [*PROMPTS, *BEFORE, *REFUSALS, *TICKS]
