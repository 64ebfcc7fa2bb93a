"""Faults of clause 5: what real apps do when they are refused, or ask too early, too much or without a word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.generated.fault import Fault, entry, unused, with_function
from tests.generated.words import GROUP_NAMES, permission_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.generated.fault import Places
    from tests.generated.recipe import Recipe
    from tests.generated.truth import Truth

MARK = "权限申请"
"""The title of what a fault shows: the truth tells it from the app's own explanations by it."""


def _group(recipe: Recipe) -> str:
    return recipe.function(recipe.planted).group


def _denied(outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, recipe: outcome if truth.denied(_group(recipe)) else ""


def _on_refusal(*code: str) -> Callable[[Recipe], Places]:
    return lambda recipe: {"refused": [f'if name == "{recipe.planted}":', *(f"    {line}" for line in code)]}


def _prompt(recipe: Recipe, yes: str = "去开启", no: str = "取消") -> str:
    name = GROUP_NAMES[_group(recipe)]
    return f'self.show_dialog("{MARK}", "{recipe.function(recipe.planted).offer.why}，请开启{name}权限", "{yes}", "{no}")'


def _exit(id: str, outcome: str, *code: str, click: list[str] | None = None) -> Fault:
    def lines(recipe: Recipe) -> Places:
        return _on_refusal(*code)(recipe) | ({"click": click} if click else {})

    return Fault(f"exit-{id}", "c5-exit-after-denial", outcome, lines, _denied(outcome), with_function)


EXITS = [
    _exit("system", "violation", "self.exit(0)"),
    _exit("finish", "violation", "self.finish_affinity()"),
    _exit("crash", "violation", 'raise RuntimeError("permission")'),
    _exit("back", "violation", "self.move_task_to_back()"),
    _exit("kill", "violation", "self.kill_process()"),
    _exit("six", "violation", "self.post_delayed(self.finish_affinity, 6)"),
    _exit("fifteen", "suspected", "self.post_delayed(self.finish_affinity, 15)"),
    _exit("hang", "suspected", "self.block_main_thread()"),
    _exit("told", "violation", 'self.show_dialog("", "未获得所需权限，应用即将退出", "确定", cancelable=False)',
          click=['if id == "确定":', "    self.finish_affinity()"]),
]  # fmt: skip


def _looped(truth: Truth, recipe: Recipe) -> str:
    return "violation" if truth.in_a_minute(_group(recipe), MARK) >= 2 else ""


def _loop_prompt(recipe: Recipe) -> Places:
    again = [f'if id == "取消" and self.asking == "{recipe.planted}" and self.app.prefs.get("nags", 0) < 6:',
             '    self.app.prefs["nags"] = self.app.prefs.get("nags", 0) + 1', f"    {_prompt(recipe, '去设置')}", "    return"]  # fmt: skip
    return _on_refusal(_prompt(recipe, "去设置"))(recipe) | {"click": again}


def _loop_system(*, wait: int) -> Callable[[Recipe], Places]:
    def lines(recipe: Recipe) -> Places:
        again = f'self.request("{recipe.planted}")' if not wait else f'self.post_delayed(lambda: self.request("{recipe.planted}"), {wait})'
        return _on_refusal('if self.app.prefs["no " + name] < 6:', f"    {again}")(recipe)

    return lines


LOOPS = [
    Fault("loop-system", "c5-dialog-loop", "violation", _loop_system(wait=0), _looped, with_function),
    Fault("loop-later", "c5-dialog-loop", "violation", _loop_system(wait=4), _looped, with_function),
    Fault("loop-prompt", "c5-dialog-loop", "violation", _loop_prompt, _looped, with_function),
]


def _again(truth: Truth, recipe: Recipe) -> str:
    count, seen = truth.after_denial(_group(recipe), MARK)
    return "violation" if count >= 2 and seen else "suspected" if count else ""


PAGES = '("Detail", "Plain", "About", "Daily", "Comments")'


def _if_refused(recipe: Recipe, more: str, act: str) -> list[str]:
    return [f'if self.app.prefs.get("no {recipe.planted}"){more}:', f"    {act}"]


SESSIONS = [
    Fault("session-pages", "c5-asks-again-in-session", "violation",
          lambda r: {"page_create": _if_refused(r, f" and type(self).__name__ in {PAGES}", f'self.request("{r.planted}")')}, _again, with_function),
    Fault("session-prompts", "c5-asks-again-in-session", "violation",
          lambda r: {"page_create": _if_refused(r, f" and type(self).__name__ in {PAGES}", _prompt(r, "去设置"))}, _again, with_function),
    Fault("session-timer", "c5-asks-again-in-session", "violation",
          lambda r: _on_refusal("if not self.app.prefs.get(\"beats\"):", '    self.app.prefs["beats"] = True', "    self.post_delayed(self.beat, 70)")(r)
          | {"page_members": ["def beat(self):", f"    {_prompt(r, '去设置')}", "    self.post_delayed(self.beat, 70)", ""]}, _again, with_function),
    Fault("session-returns", "c5-asks-again-in-session", "violation",
          lambda r: {"page_members": ["away = False", "", "def on_stop(self):", "    self.away = True", "", "def on_resume(self):",
                                      f'    if self.away and self.app.prefs.get("no {r.planted}"):', f"        {_prompt(r, '去设置')}", "    self.away = False", ""]},
          _again, lambda recipe, random: _without(with_function(recipe, random), "alarm_cancelled")),
]  # fmt: skip


def _without(recipe: Recipe, background: str) -> Recipe:
    return replace(recipe, background=tuple(each for each in recipe.background if each != background))


def _relaunch(outcome: str) -> Callable[[Truth, Recipe], str]:
    def seen(truth: Truth, recipe: Recipe) -> str:
        count, visible = truth.after_denial(_group(recipe), MARK, relaunched=True)
        return outcome if visible else "suspected" if count else ""

    return seen


RELAUNCHES = [
    Fault("relaunch-system", "c5-asks-again-on-relaunch", "violation",
          lambda r: {"home_create": _if_refused(r, "", f'self.request("{r.planted}")')}, _relaunch("violation"), with_function),
    Fault("relaunch-prompt", "c5-asks-again-on-relaunch", "violation",
          lambda r: {"home_create": _if_refused(r, "", f'self.told = "{r.planted}"') + [f'if self.told == "{r.planted}":', f"    {_prompt(r, '继续', '暂不')}"]},
          _relaunch("violation"), with_function),
    Fault("relaunch-guide", "c5-asks-again-on-relaunch", "suspected",
          lambda r: {"home_create": _if_refused(r, "", f'self.show_dialog("{MARK}", "{GROUP_NAMES[_group(r)]}权限未开启，请到系统设置中开启", "去设置", "取消")')},
          _relaunch("suspected"), with_function),
]  # fmt: skip


def _moved(truth: Truth, recipe: Recipe) -> str:
    count, seen = truth.after_denial(_group(recipe), MARK, moved=True)
    return "violation" if count >= 2 and seen else "suspected" if count else ""


def _hour(keep: str) -> Callable[[Recipe], Places]:
    def lines(recipe: Recipe) -> Places:
        late = f'if name == "{recipe.planted}" and refusals and self.current_time_millis() - self.app.prefs["when"] > 3600000:'
        return _on_refusal(keep)(recipe) | {"use": [late, "    self.request(name)", "    return"]}

    return lines


def _day(recipe: Recipe) -> Places:
    late = f'if self.app.prefs.get("no {recipe.planted}") and self.current_time_millis() - self.app.prefs["when"] > 86400000:'
    keep = 'self.app.prefs.setdefault("when", self.current_time_millis())'
    return _on_refusal(keep)(recipe) | {"home_create": [late, f'    self.request("{recipe.planted}")']}


def _noted(recipe: Recipe, random: Random) -> Recipe:
    """Its purpose stands on the page, so that a refusal is always one of the system's dialog."""
    made = with_function(recipe, random)
    return replace(made, functions=(replace(made.functions[0], told="note", place="home"), *made.functions[1:]))


TWO_DAYS = [
    Fault("days-use", "c5-asks-within-48-hours", "violation", _hour('self.app.prefs.setdefault("when", self.current_time_millis())'), _moved, _noted, scope="48"),
    Fault("days-last", "c5-asks-within-48-hours", "suspected", _hour('self.app.prefs["when"] = self.current_time_millis()'), _moved, _noted, scope="48"),
    Fault("days-launch", "c5-asks-within-48-hours", "violation", _day, _moved, _noted, scope="48"),
]  # fmt: skip


def _early(recipe: Recipe) -> list[str]:
    """Ask with the reason told, once."""
    once = 'if not self.app.prefs.get("early") and not self.app.prefs.get("no KEY") and not self.check_self_permission(USES["KEY"][0]):'
    return [once.replace("KEY", recipe.planted), '    self.app.prefs["early"] = True', f'    self.told = "{recipe.planted}"', f"    {_prompt(recipe, '继续', '暂不')}"]


def _marked(truth: Truth, recipe: Recipe) -> str:
    return "violation" if truth.dialogs(MARK) and truth.asked(_group(recipe)) else ""


def _early_later(recipe: Recipe) -> Places:
    return {"home_create": ["self.post_delayed(self.early, 20)"], "home_members": ["def early(self):", *(f"    {line}" for line in _early(recipe)), ""]}


EARLY = [
    Fault("early-start", "c5-asks-before-use", "violation", lambda r: {"home_create": _early(r)}, _marked, with_function),
    Fault("early-page", "c5-asks-before-use", "violation",
          lambda r: {"page_create": ['if type(self).__name__ == "About":', *(f"    {line}" for line in _early(r))]}, _marked, with_function),
    Fault("early-timer", "c5-asks-before-use", "violation", _early_later, _marked, with_function),
]  # fmt: skip


def _bundle(recipe: Recipe) -> list[str]:
    return unused(recipe, ("CALENDAR", "CONTACTS", "LOCATION", "MICROPHONE", "PHONE"))[:2]


def _bundled(truth: Truth, recipe: Recipe) -> str:
    rows = [row for row in truth.rows if any(truth.is_ask(row, group) for group in (*_bundle(recipe), _group(recipe)))]
    return "violation" if sum(bool(truth.asked(group)) for group in _bundle(recipe)) and len(rows) >= 2 else ""


def _bundle_at_once(recipe: Recipe) -> Places:
    names = [permission_of(group, recipe.android) for group in _bundle(recipe)]
    more = ", ".join(f'"{name}"' for name in names)
    return {"permissions": names, "request": [f'if name == "{recipe.planted}":', f"    self.request_permissions(USES[name][0], {more})", "    return"]}


def _bundle_in_row(recipe: Recipe) -> Places:
    (first, *_) = _bundle(recipe)
    row = entry("further", first, "bare", "each", f"{GROUP_NAMES[first]}权限用于完善您的资料")
    return {"permissions": [permission_of(first, recipe.android)], "uses": [row]} | _on_refusal('self.request("further")', "return")(recipe)


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
    return "violation" if truth.asked(_group(recipe)) else ""


def _nothing(_recipe: Recipe) -> Places:
    return {}


PURPOSES = [
    Fault("purpose-none", "c5-purpose-not-told", "violation", _nothing, _asked, with_function, _told("bare")),
    Fault("purpose-empty", "c5-purpose-not-told", "violation", _nothing, _asked, with_function, _told("dialog", "为了给您提供更好的服务，请开启{name}权限")),
    Fault("purpose-name", "c5-purpose-not-told", "violation", _nothing, _asked, with_function, _told("dialog", "应用需要使用{name}权限")),
]


def _shut(place: str, group: str, *, told: bool, without: list[str]) -> Callable[[Recipe], Places]:
    """A page that stays shut without a permission that it does not need."""

    def lines(recipe: Recipe) -> Places:
        wanted = group or unused(recipe, ("LOCATION", "CONTACTS", "CALENDAR", "PHONE"))[0]
        name = GROUP_NAMES[wanted]
        members = [
            "def on_create(self):", "    self.show(Column(Text(self.title), Text(\"正在加载\")))", '    self.use("shut")', "",
            "def answered(self, name, granted):", "    if granted:", "        self.draw()", "    else:",
            *(f"        {line.replace('NAME', name)}" for line in without), "",
        ]  # fmt: skip
        row = entry("shut", wanted, "dialog" if told else "bare", "each", f"{name}权限用于核对您的身份，防止他人冒用")
        return {"permissions": [permission_of(wanted, recipe.android)], "uses": [row], place: members, "tellings": ["dialog"] if told else []}

    return lines


def _shut_group(recipe: Recipe, group: str) -> str:
    return group or unused(recipe, ("LOCATION", "CONTACTS", "CALENDAR", "PHONE"))[0]


def _shut_seen(outcome: str, group: str = "") -> Callable[[Truth, Recipe], str]:
    return lambda truth, recipe: outcome if truth.denied(_shut_group(recipe, group)) else ""


def _with_login(recipe: Recipe, random: Random) -> Recipe:
    made = with_function(recipe, random)
    return replace(made, extras=tuple(dict.fromkeys((*made.extras, "login"))))


WALL = ['self.show_dialog("提示", "请先开启NAME权限后再使用", "去设置", "取消")']
GO_BACK = ['self.toast("未获得NAME权限，无法使用")', "self.finish()"]
SHUT = [
    Fault("shut-wall", "c5-denial-blocks-function", "violation", _shut("daily_members", "", told=False, without=WALL), _shut_seen("violation"), with_function),
    Fault("shut-back", "c5-denial-blocks-function", "violation", _shut("daily_members", "", told=False, without=GO_BACK), _shut_seen("violation"), with_function),
    Fault("shut-still", "c5-denial-blocks-function", "violation", _shut("daily_members", "", told=False, without=["pass"]), _shut_seen("violation"), with_function),
    Fault("shut-told", "c5-denial-blocks-function", "suspected", _shut("daily_members", "", told=True, without=WALL), _shut_seen("suspected"), with_function),
    Fault("login-wall", "c5-denial-blocks-login", "violation", _shut("login_members", "PHONE", told=False, without=WALL), _shut_seen("violation", "PHONE"), _with_login),
    Fault("login-back", "c5-denial-blocks-login", "violation", _shut("login_members", "PHONE", told=False, without=GO_BACK), _shut_seen("violation", "PHONE"), _with_login),
]  # fmt: skip


def _pointless(place: str) -> Callable[[Recipe], Places]:
    def lines(recipe: Recipe) -> Places:
        group = unused(recipe, ("CONTACTS", "CALENDAR", "PHONE"))[0]
        row = entry("extra", group, "dialog", "quiet", f"{GROUP_NAMES[group]}权限用于丰富您的使用体验和展示内容")
        asks = {
            "comments": {"click": ['if id == "comments" and not self.app.prefs.get("no extra") and not self.check_self_permission(USES["extra"][0]):',
                                   '    self.use("extra")', "    return"]},
            "about": {"page_create": ['if type(self).__name__ == "About":', '    self.use("extra")']},
        }[place]  # fmt: skip
        answered = ['if name == "extra":', "    return"]
        return {"permissions": [permission_of(group, recipe.android)], "uses": [row], "tellings": ["dialog"], "answered": answered} | asks

    return lines


def _pointless_seen(truth: Truth, recipe: Recipe) -> str:
    return "suspected" if truth.asked(unused(recipe, ("CONTACTS", "CALENDAR", "PHONE"))[0]) else ""


POINTLESS = [
    Fault("pointless-comments", "c5-asks-without-function", "suspected", _pointless("comments"), _pointless_seen, with_function),
    Fault("pointless-about", "c5-asks-without-function", "suspected", _pointless("about"), _pointless_seen, with_function),
]

FAULTS = [*EXITS, *LOOPS, *SESSIONS, *RELAUNCHES, *TWO_DAYS, *EARLY, *BUNDLES, *PURPOSES, *SHUT, *POINTLESS]
