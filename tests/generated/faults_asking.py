"""Faults of clause 5: asking too early, too much, without a word or a need, and shutting what needs no permission."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generated.fault import Fault, Places, entry, nothing, unused, with_function
from tests.generated.faults_refusal import MARK, group_of, on_refusal, prompt
from tests.generated.library import title_of
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth
from tests.generated.words import GROUP_NAMES, permission_of


def _early(recipe: Recipe) -> list[str]:
    """Ask with the reason told, once."""
    once = 'if not self.app.prefs.get("early") and not self.app.prefs.get("no KEY") and not self.check_self_permission(USES["KEY"][0]):'
    return [
        once.replace("KEY", recipe.planted),
        '    self.app.prefs["early"] = True',
        f'    self.told = "{recipe.planted}"',
        f"    {prompt(recipe, '继续', '暂不')}",
    ]


def _marked(truth: Truth, _recipe: Recipe) -> str:
    return "violation" if truth.dialogs(MARK) else ""


def _early_later(recipe: Recipe) -> Places:
    return {
        "home_create": ["self.post_delayed(self.early, 20)"],
        "home_members": ["def early(self):", *(f"    {line}" for line in _early(recipe)), ""],
    }


def _further(recipe: Recipe, **places: list[str]) -> Places:
    """Something that none of its functions needs is asked for with ``self.use("further")``, once."""
    group = unused(recipe)[0]
    row = entry("further", group, "dialog", "quiet", f"{GROUP_NAMES[group]}权限用于完善您的资料")
    answered = ['if name == "further":', "    return"]
    return {"permissions": [permission_of(group, recipe.android)], "uses": [row], "tellings": ["dialog"], "answered": answered} | places


def _second(recipe: Recipe) -> Places:
    """At the second look at the page about the app."""
    count = 'self.app.prefs["about"] = self.app.prefs.get("about", 0) + 1'
    asks = ['if type(self).__name__ == "About":', f"    {count}", '    if self.app.prefs["about"] == 2:', '        self.use("further")']
    return _further(recipe, page_create=asks)


def _elsewhere(recipe: Recipe) -> Places:
    """Once a function was refused, at another page."""
    about = f'if type(self).__name__ == "About" and self.app.prefs.get("no {recipe.planted}") and not self.app.prefs.get("no further"):'
    return _further(recipe, page_create=[about, '    self.use("further")'])


def _return(recipe: Recipe) -> Places:
    """When the user comes back to the app, and not from one of its pages."""
    members = [
        "went = away = False", "",
        "def follow(self, id, target):", '    self.went = bool(target) and not target.startswith("#")', "    super().follow(id, target)",
        "", "def on_stop(self):", "    self.away = not self.went", "",
        "def on_resume(self):", '    if self.away and not self.app.prefs.get("no further"):', '        self.use("further")',
        "    self.went = self.away = False", "",
    ]  # fmt: skip
    return _further(recipe, home_members=members)


def _guided(recipe: Recipe, random: Random) -> Recipe:
    return replace(with_function(recipe, random), onboarding=("guide",))


def _in_library(recipe: Recipe, random: Random) -> Recipe:
    made = with_function(recipe, random)
    return replace(made, size=recipe.size or 24)


def _suspect(truth: Truth, recipe: Recipe) -> str:
    return _marked(truth, recipe) and "suspected"


BEFORE = "c5-asks-before-use"
EARLY = [
    Fault("early-second", BEFORE, "suspected", _second, _suspect, with_function),
    Fault("early-refused", BEFORE, "suspected", _elsewhere, _suspect, with_function),
    Fault("early-return", BEFORE, "violation", _return, _marked, with_function),
    Fault("early-guide", BEFORE, "violation",
     lambda r: {"page_create": ['if type(self).__name__ == "Guide":', *(f"    {line}" for line in _early(r))]}, _marked, _guided),
    Fault("early-deep", BEFORE, "violation",
     lambda r: {"page_create": [f'if self.title == "{title_of(r, r.seed * 7 % r.size)}":', *(f"    {line}" for line in _early(r))]},
     _marked, _in_library),
    Fault("early-start", BEFORE, "violation", lambda r: {"home_create": _early(r)}, _marked, with_function),
    Fault("early-page", BEFORE, "violation",
     lambda r: {"page_create": ['if type(self).__name__ == "About":', *(f"    {line}" for line in _early(r))]}, _marked, with_function),
    Fault("early-timer", BEFORE, "violation", _early_later, _marked, with_function),
]  # fmt: skip


def _bundle(recipe: Recipe) -> list[str]:
    return unused(recipe, ("CALENDAR", "CONTACTS", "LOCATION", "MICROPHONE", "PHONE"))[:2]


def _bundled(truth: Truth, recipe: Recipe) -> str:
    rows = [row for row in truth.rows if any(truth.is_ask(row, group) for group in (*_bundle(recipe), group_of(recipe)))]
    return "violation" if sum(bool(truth.asked(group)) for group in _bundle(recipe)) and len(rows) >= 2 else ""


def _bundle_at_once(recipe: Recipe) -> Places:
    names = [permission_of(group, recipe.android) for group in _bundle(recipe)]
    more = ", ".join(f'"{name}"' for name in names)
    return {
        "permissions": names,
        "request": [f'if name == "{recipe.planted}":', f"    self.request_permissions(USES[name][0], {more})", "    return"],
    }


def _bundle_in_row(recipe: Recipe) -> Places:
    (first, *_) = _bundle(recipe)
    row = entry("further", first, "bare", "each", f"{GROUP_NAMES[first]}权限用于完善您的资料")
    return {"permissions": [permission_of(first, recipe.android)], "uses": [row]} | on_refusal('self.request("further")', "return")(recipe)


BUNDLES = [
    Fault("bundle-at-once", "c5-bundled-request", "violation", _bundle_at_once, _bundled, with_function),
    Fault("bundle-in-row", "c5-bundled-request", "violation", _bundle_in_row, _bundled, with_function),
]


def _told(told: str, why: str = "") -> Callable[[Recipe], Recipe]:
    def change(recipe: Recipe) -> Recipe:
        first = recipe.functions[0]
        offer = replace(first.offer, why=why.format(name=GROUP_NAMES[first.group])) if why else first.offer
        return replace(recipe, functions=(replace(first, told=told, offer=offer), *recipe.functions[1:]))

    return change


def _asked(truth: Truth, recipe: Recipe) -> str:
    return "violation" if truth.asked(group_of(recipe)) else ""


PURPOSES = [
    Fault("purpose-none", "c5-purpose-not-told", "violation", nothing, _asked, with_function, _told("bare")),
    Fault("purpose-empty", "c5-purpose-not-told", "violation", nothing, _asked, with_function,
     _told("dialog", "为了给您提供更好的服务，请开启{name}权限")),
    Fault("purpose-name", "c5-purpose-not-told", "violation", nothing, _asked, with_function, _told("dialog", "应用需要使用{name}权限")),
]  # fmt: skip


def _shut(place: str, group: str, *, told: bool, without: list[str]) -> Callable[[Recipe], Places]:
    """A page that stays shut without a permission that it does not need."""

    def lines(recipe: Recipe) -> Places:
        wanted = group or unused(recipe, ("LOCATION", "CONTACTS", "CALENDAR", "PHONE"))[0]
        name = GROUP_NAMES[wanted]
        members = [
            "def on_create(self):",
            '    self.show(Column(Text(self.title), Text("正在加载")))',
            '    self.use("shut")',
            "",
            "def answered(self, name, granted):",
            "    if granted:",
            "        self.draw()",
            "    else:",
            *(f"        {line.replace('NAME', name)}" for line in without),
            "",
        ]
        row = entry("shut", wanted, "dialog" if told else "bare", "each", f"{name}权限用于核对您的身份，防止他人冒用")
        return {
            "permissions": [permission_of(wanted, recipe.android)],
            "uses": [row],
            place: members,
            "tellings": ["dialog"] if told else [],
        }

    return lines


def _shutgroup_of(recipe: Recipe, group: str) -> str:
    return group or unused(recipe, ("LOCATION", "CONTACTS", "CALENDAR", "PHONE"))[0]


def _shut_seen(outcome: str, group: str = "") -> Callable[[Truth, Recipe], str]:
    return lambda truth, recipe: outcome if truth.denied(_shutgroup_of(recipe, group)) else ""


def _with_login(recipe: Recipe, random: Random) -> Recipe:
    """Its login page is the only one: another is a way left."""
    made = with_function(recipe, random)
    extras = (*(extra for extra in made.extras if extra != "sms_login"), "login")
    onboarding = tuple(kind for kind in made.onboarding if kind != "signin")
    return replace(made, extras=tuple(dict.fromkeys(extras)), onboarding=onboarding)


WALL = ['self.show_dialog("提示", "请先开启NAME权限后再使用", "去设置", "取消")']
WHOLE_PAGE = ['self.show(Column(Text(self.title), Text("开启NAME权限后才能继续"), Button("去设置", id="去设置")))']
GO_BACK = ['self.toast("未获得NAME权限，无法使用")', "self.finish()"]
SHUT = [
    Fault("shut-wall", "c5-denial-blocks-function", "violation", _shut("daily_members", "", told=False, without=WALL),
     _shut_seen("violation"), with_function),
    Fault("shut-back", "c5-denial-blocks-function", "violation", _shut("daily_members", "", told=False, without=GO_BACK),
     _shut_seen("violation"), with_function),
    Fault("shut-still", "c5-denial-blocks-function", "violation", _shut("daily_members", "", told=False, without=["pass"]),
     _shut_seen("violation"), with_function),
    Fault("shut-page", "c5-denial-blocks-function", "violation", _shut("daily_members", "", told=False, without=WHOLE_PAGE),
     _shut_seen("violation"), with_function),
    Fault("shut-told", "c5-denial-blocks-function", "suspected", _shut("daily_members", "", told=True, without=WALL),
     _shut_seen("suspected"), with_function),
    Fault("login-wall", "c5-denial-blocks-login", "violation", _shut("login_members", "PHONE", told=False, without=WALL),
     _shut_seen("violation", "PHONE"), _with_login),
    Fault("login-back", "c5-denial-blocks-login", "violation", _shut("login_members", "PHONE", told=False, without=GO_BACK),
     _shut_seen("violation", "PHONE"), _with_login),
]  # fmt: skip


def _pointless(place: str) -> Callable[[Recipe], Places]:
    def lines(recipe: Recipe) -> Places:
        group = unused(recipe, ("CONTACTS", "CALENDAR", "PHONE"))[0]
        row = entry("extra", group, "dialog", "quiet", f"{GROUP_NAMES[group]}权限用于丰富您的使用体验和展示内容")
        asks = {
            "comments": {
                "click": [
                    'if id == "comments" and not self.app.prefs.get("no extra") and not self.check_self_permission(USES["extra"][0]):',
                    '    self.use("extra")',
                    "    return",
                ]
            },
            "about": {"page_create": ['if type(self).__name__ == "About":', '    self.use("extra")']},
        }[place]
        answered = ['if name == "extra":', "    return"]
        return {"permissions": [permission_of(group, recipe.android)], "uses": [row], "tellings": ["dialog"], "answered": answered} | asks

    return lines


def _pointless_seen(truth: Truth, recipe: Recipe) -> str:
    return "suspected" if truth.asked(unused(recipe, ("CONTACTS", "CALENDAR", "PHONE"))[0]) else ""


POINTLESS = [
    Fault("pointless-comments", "c5-asks-without-function", "suspected", _pointless("comments"), _pointless_seen, with_function),
    Fault("pointless-about", "c5-asks-without-function", "suspected", _pointless("about"), _pointless_seen, with_function),
]

FAULTS = [*EARLY, *BUNDLES, *PURPOSES, *SHUT, *POINTLESS]
