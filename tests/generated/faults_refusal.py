"""Faults of clause 5: what real apps do when they are refused: leave, nag, and forget that they were."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generated.fault import Fault, Places, with_function
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth
from tests.generated.words import GROUP_NAMES

MARK = "权限申请"
"""The title of what a fault shows: the truth tells it from the app's own explanations by it."""


def group_of(recipe: Recipe) -> str:
    """The group of the function that a fault is about."""
    return recipe.function(recipe.planted).group


def _denied(outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, recipe: outcome if truth.denied(group_of(recipe)) else ""


def on_refusal(*code: str) -> Callable[[Recipe], Places]:
    """What the app does as soon as its function was refused."""
    return lambda recipe: {"refused": [f'if name == "{recipe.planted}":', *(f"    {line}" for line in code)]}


def prompt(recipe: Recipe, yes: str = "去开启", no: str = "取消") -> str:
    """A dialog of the app's own that asks, as a line of code."""
    name = GROUP_NAMES[group_of(recipe)]
    return f'self.show_dialog("{MARK}", "{recipe.function(recipe.planted).offer.why}，请开启{name}权限", "{yes}", "{no}")'


def _exit(id: str, outcome: str, *code: str, click: list[str] | None = None) -> Fault:
    def lines(recipe: Recipe) -> Places:
        return on_refusal(*code)(recipe) | ({"click": click} if click else {})

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


def _twice(truth: Truth, recipe: Recipe) -> str:
    return "violation" if any(sum(truth.is_denial(row, group_of(recipe)) for row in life) >= 2 for life in truth.lives()) else ""


def _second(recipe: Recipe) -> Places:
    return on_refusal(f'if self.app.prefs["no {recipe.planted}"] == 2:', "    self.finish_affinity()")(recipe)


def _each(recipe: Recipe, random: Random) -> Recipe:
    """It asks at each press, and each refusal is one of the system's dialog."""
    made = _noted(recipe, random)
    return replace(made, functions=(replace(made.functions[0], after="each"), *made.functions[1:]))


EXITS.append(Fault("exit-second", "c5-exit-after-denial", "violation", _second, _twice, _each))


def _looped(truth: Truth, recipe: Recipe) -> str:
    return "violation" if truth.in_a_minute(group_of(recipe), MARK) >= 2 else ""


def _loop_prompt(recipe: Recipe) -> Places:
    again = [
        f'if id == "取消" and self.asking == "{recipe.planted}" and self.app.prefs.get("nags", 0) < 6:',
        '    self.app.prefs["nags"] = self.app.prefs.get("nags", 0) + 1',
        f"    {prompt(recipe, '去设置')}",
        "    return",
    ]
    return on_refusal(prompt(recipe, "去设置"))(recipe) | {"click": again}


def _loop_system(*, wait: int) -> Callable[[Recipe], Places]:
    def lines(recipe: Recipe) -> Places:
        again = f'self.request("{recipe.planted}")' if not wait else f'self.post_delayed(lambda: self.request("{recipe.planted}"), {wait})'
        return on_refusal('if self.app.prefs["no " + name] < 6:', f"    {again}")(recipe)

    return lines


LOOPS = [
    Fault("loop-system", "c5-dialog-loop", "violation", _loop_system(wait=0), _looped, with_function),
    Fault("loop-later", "c5-dialog-loop", "violation", _loop_system(wait=4), _looped, with_function),
    Fault("loop-prompt", "c5-dialog-loop", "violation", _loop_prompt, _looped, with_function),
]


def _again(truth: Truth, recipe: Recipe) -> str:
    count, seen = truth.after_denial(group_of(recipe), MARK)
    return "violation" if count >= 2 and seen else "suspected" if count else ""


PAGES = '("Detail", "Plain", "About", "Daily", "Comments")'


def _if_refused(recipe: Recipe, more: str, act: str) -> list[str]:
    return [f'if self.app.prefs.get("no {recipe.planted}"){more}:', f"    {act}"]


SESSIONS = [
    Fault("session-pages", "c5-asks-again-in-session", "violation",
     lambda r: {"page_create": _if_refused(r, f" and type(self).__name__ in {PAGES}", f'self.request("{r.planted}")')},
     _again, with_function),
    Fault("session-prompts", "c5-asks-again-in-session", "violation",
     lambda r: {"page_create": _if_refused(r, f" and type(self).__name__ in {PAGES}", prompt(r, "去设置"))}, _again, with_function),
    Fault("session-timer", "c5-asks-again-in-session", "violation",
     lambda r: (
         on_refusal('if not self.app.prefs.get("beats"):', '    self.app.prefs["beats"] = True', "    self.post_delayed(self.beat, 70)")(
             r
         )
         | {"page_members": ["def beat(self):", f"    {prompt(r, '去设置')}", "    self.post_delayed(self.beat, 70)", ""]}
     ), _again, with_function),
    Fault("session-returns", "c5-asks-again-in-session", "violation",
     lambda r: {
         "page_members": [
             "away = False",
             "",
             "def on_stop(self):",
             "    self.away = True",
             "",
             "def on_resume(self):",
             f'    if self.away and self.app.prefs.get("no {r.planted}"):',
             f"        {prompt(r, '去设置')}",
             "    self.away = False",
             "",
         ]
     },
     _again,
     lambda recipe, random: _without(with_function(recipe, random), "alarm_cancelled"), ),
]  # fmt: skip


def _without(recipe: Recipe, background: str) -> Recipe:
    return replace(recipe, background=tuple(each for each in recipe.background if each != background))


def _relaunch(outcome: str) -> Callable[[Truth, Recipe], str]:
    def seen(truth: Truth, recipe: Recipe) -> str:
        count, visible = truth.after_denial(group_of(recipe), MARK, relaunched=True)
        return outcome if visible else "suspected" if count else ""

    return seen


def _sheet(recipe: Recipe) -> list[str]:
    why = f"{recipe.function(recipe.planted).offer.why}，请开启{GROUP_NAMES[group_of(recipe)]}权限"
    buttons = 'Row(Button("暂不", id="b_no"), Button("继续", id="b_yes"))'
    return [f'    self.show_bottom_sheet(BottomSheet(Text("{MARK}"), Text("{why}"), {buttons}, id="why"))']


RELAUNCHES = [
    Fault("relaunch-system", "c5-asks-again-on-relaunch", "violation",
     lambda r: {"home_create": _if_refused(r, "", f'self.request("{r.planted}")')}, _relaunch("violation"), with_function),
    Fault("relaunch-prompt", "c5-asks-again-on-relaunch", "violation",
     lambda r: {"home_create": [*_if_refused(r, "", f'self.told = "{r.planted}"'), "if self.told:", f"    {prompt(r, '继续', '暂不')}"]},
     _relaunch("violation"), with_function),
    Fault("relaunch-sheet", "c5-asks-again-on-relaunch", "violation",
     lambda r: {"home_create": [*_if_refused(r, "", f'self.told = "{r.planted}"'), "if self.told:", *_sheet(r)], "tellings": ["sheet"]},
     _relaunch("violation"), with_function),
    Fault("relaunch-guide", "c5-asks-again-on-relaunch", "suspected",
     lambda r: {
         "home_create": _if_refused(
             r, "", f'self.show_dialog("{MARK}", "{GROUP_NAMES[group_of(r)]}权限未开启，请到系统设置中开启", "去设置", "取消")'
         )
     }, _relaunch("suspected"), with_function),
]  # fmt: skip


def _moved(truth: Truth, recipe: Recipe) -> str:
    count, seen = truth.after_denial(group_of(recipe), MARK, moved=True)
    return "violation" if count >= 2 and seen else "suspected" if count else ""


def _hour(keep: str) -> Callable[[Recipe], Places]:
    def lines(recipe: Recipe) -> Places:
        late = f'if name == "{recipe.planted}" and refusals and self.current_time_millis() - self.app.prefs["when"] > 3600000:'
        return on_refusal(keep)(recipe) | {"use": [late, "    self.request(name)", "    return"]}

    return lines


def _day(recipe: Recipe) -> Places:
    late = f'if self.app.prefs.get("no {recipe.planted}") and self.current_time_millis() - self.app.prefs["when"] > 86400000:'
    keep = 'self.app.prefs.setdefault("when", self.current_time_millis())'
    return on_refusal(keep)(recipe) | {"home_create": [late, f'    self.request("{recipe.planted}")']}


def _noted(recipe: Recipe, random: Random) -> Recipe:
    """Its purpose stands on the page, so that a refusal is always one of the system's dialog."""
    made = with_function(recipe, random)
    return replace(made, functions=(replace(made.functions[0], told="note", place="home"), *made.functions[1:]))


TWO_DAYS = [
    Fault("days-use", "c5-asks-within-48-hours", "violation", _hour('self.app.prefs.setdefault("when", self.current_time_millis())'),
     _moved, _noted, scope="48"),
    Fault("days-last", "c5-asks-within-48-hours", "suspected", _hour('self.app.prefs["when"] = self.current_time_millis()'),
     lambda truth, recipe: _moved(truth, recipe) and "suspected", _noted, scope="48"),
    Fault("days-launch", "c5-asks-within-48-hours", "violation", _day, _moved, _noted, scope="48"),
]  # fmt: skip


FAULTS = [*EXITS, *LOOPS, *SESSIONS, *RELAUNCHES, *TWO_DAYS]
