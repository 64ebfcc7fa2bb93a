"""A recipe as an app file: plain Python in the device's vocabulary, which a person can read."""

import re

from tests.generated import adverts, choices, consents, deep_adverts, extras, library, pages, quiet_life
from tests.generated.base_page import base_page
from tests.generated.lines import Slots, indented, quoted
from tests.generated.recipe import Function, Recipe
from tests.generated.words import GROUP_NAMES, permission_of

NAMES = (
    "START_NOT_STICKY", "START_STICKY", "Activity", "App", "BottomSheet", "Button", "Canvas", "Checkbox", "Column", "CoordinatorLayout",
    "DrawerLayout", "EditText", "Frame", "Image", "Job", "ListView", "Provider", "Receiver", "RecyclerView", "Row", "Scroll", "Sdk",
    "Service", "StoreListing", "Switch", "TabLayout", "Text", "ViewPager2", "WebView",
)  # fmt: skip


def app_text(recipe: Recipe, slots: Slots | None = None) -> str:
    """The whole file. ``slots`` are the lines that a fault puts in at named places; an innocent app has none."""
    put = slots or Slots({})
    guilt = f"Guilty: {recipe.fault}." if recipe.fault else "Innocent."
    body = "\n".join(_squeezed(_body(recipe, put)))
    words = set(re.findall(r"\w+", body))
    head = [
        f'"""{recipe.label}, made from seed {recipe.seed} ({recipe.scope}). {guilt}"""',
        "",
        "from __future__ import annotations",
        "",
        *(["import math", ""] if "math" in words else []),
        f"from device_farm.virtual import {', '.join(name for name in NAMES if name in words)}",
        "",
        "",
    ]
    return "\n".join(_squeezed(head)) + body + "\n"


def _body(recipe: Recipe, put: Slots) -> list[str]:
    return [
        "# a function: its permission, how it is told, how often it asks, its explanation, where it leads, what is said without it",
        "USES = {",
        *indented(_use(each, recipe) for each in recipe.functions),
        *indented(put["uses"]),
        "}",
        "",
        *put["module"],
        "",
        *base_page(recipe, put),
        "",
        "",
        f"class {recipe.theme.name.title()}(App):",
        *indented(_manifest(recipe, put)),
        *indented(quiet_life.members(recipe)),
        *indented(adverts.app_members(recipe)),
        *indented(choices.libraries(recipe)),
        *indented(put["app"]),
        *indented(_launcher(recipe, put)),
        *indented(consents.first_steps(recipe)),
        *indented(pages.home(recipe, put)),
        *indented(pages.second(recipe)),
        *indented(pages.mine(recipe, put)),
        *indented(pages.detail(recipe, put)),
        *indented(pages.small_pages(recipe, put)),
        *indented(line for each in recipe.functions if each.told == "page" for line in pages.function_page(each)),
        *indented(line for each in recipe.functions if each.told == "whole" and each.place != "home" for line in pages.intro_page(each)),
        *indented(extras.pages(recipe, put["login_members"])),
        *indented(adverts.pages(recipe, put)),
        *indented(deep_adverts.pages(recipe, put)),
        *indented(library.pages(recipe)),
        *indented(choices.pages(recipe)),
        *indented(adverts.splash(recipe)),
        *quiet_life.other_apps(recipe),
        *put["others"],
    ]


def _squeezed(lines: list[str]) -> list[str]:
    """At most two empty lines beside each other."""
    kept: list[str] = []
    for line in lines:
        if line or kept[-2:] != ["", ""]:
            kept.append(line)
    return kept


def _use(function: Function, recipe: Recipe) -> str:
    offer = function.offer
    title = f"{GROUP_NAMES[offer.group]}权限使用说明"
    words = [
        permission_of(offer.group, recipe.android),
        function.told,
        function.after,
        title,
        offer.why,
        offer.opens,
        offer.shows,
        offer.instead,
    ]
    return f"{quoted(function.key)}: ({', '.join(quoted(word) for word in (*words, *function.answers))}),"


def _manifest(recipe: Recipe, put: Slots) -> list[str]:
    permissions = [permission_of(each.group, recipe.android) for each in recipe.functions]
    permissions += [] if recipe.consent == "none" else ["android.permission.INTERNET"]
    permissions = list(dict.fromkeys([*permissions, *put["permissions"]]))
    clauses = {"48": "15", "draft": "5"}.get(recipe.scope, recipe.scope)
    options = [word for clause in clauses for word in ("--clause", clause)]
    options += ["--clock"] if recipe.scope == "48" else []
    options += ["--consent", "refuse"] if recipe.answer == "refuse" else []
    options += {"9": ["--store-app"], "draft": ["--profile", "cac-draft-2026"]}.get(recipe.scope, [])
    taps = [*quiet_life.taps(recipe), *put["taps"]]
    return [
        f"package = {quoted(recipe.package)}",
        f"label = {quoted(recipe.label)}",
        f'version_name, version_code = "1.{recipe.seed % 10}.0", 1{recipe.seed % 10}0',
        "target_sdk = 33",
        f"permissions = [{', '.join(quoted(each) for each in permissions)}]",
        *([f"taps = [{', '.join(quoted(each) for each in taps)}]"] if taps else []),
        f"options = [{', '.join(quoted(each) for each in options)}]",
        *quiet_life.manifest(recipe),
        *adverts.manifest(recipe, put),
        *choices.listing(recipe, permissions),
        *put["manifest"],
        "",
    ]


def _behind(recipe: Recipe) -> str:
    """What comes once nothing is left to answer."""
    return "Wave" if "shake" in recipe.adverts else "Advert" if recipe.advert else "Home"


def _launcher(recipe: Recipe, put: Slots) -> list[str]:
    """The first page: the consent, the first steps, an advert, then home."""
    steps = [f'"{kind.title()}"' for kind in recipe.onboarding]
    lines = ["class Welcome(Page):", "    launcher, back = True, False", "", "    def on_create(self):", *indented(put["first"], 2)]
    lines += (
        ["        self.enter()"]
        if recipe.consent == "none"
        else [
            '        if self.app.prefs.get("agreed"):',
            "            self.enter()",
            "        else:",
            "            self.consent()",
            *indented(put["over_consent"], 3),
        ]
    )
    lines += [
        "",
        "    def enter(self):",
        f"        for step in [{', '.join(steps)}]:",
        "            if not self.app.prefs.get(step):",
        "                self.start_activity(step)",
        "                self.finish()",
        "                return",
        f"        self.start_activity({quoted(_behind(recipe))})",
        "        self.finish()",
        "",
        *indented(consents.consent(recipe)),
    ]
    return lines
