"""Faults of clause 7: loads nobody was told of, windows that stay, pages of others that nobody asked for, renewals."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generated.fault import Fault, Places
from tests.generated.lines import quoted
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth

PLANTED = "com.planted.app"
URL = "https://dl.example.com/planted.apk"
LOADS = f'self.enqueue_download("{URL}", title="加速包", file_name="{PLANTED}.apk", size=9_000_000)'
OWN = f'self.download("{URL}", file_name="{PLANTED}.apk", size=9_000_000, label="加速包")'
HIDDEN = f'self.download("{URL}", file_name="{PLANTED}.apk", size=9_000_000, folder="files")'
OPENS = f'self.open_market("{PLANTED}")'
LISTING = f'StoreListing("{PLANTED}", "加速包", developer="某网络科技有限公司"),'
CARD = 'Column({}, background="#FFFFFFFF", clickable=True)'
SCRIM = 'Column({}, background="#99000000", gravity="center", clickable=True)'


def with_adverts(recipe: Recipe, _random: Random) -> Recipe:
    """An app that has adverts that keep what they promise, and none that covers the home page."""
    kept = tuple(kind for kind in recipe.adverts if kind not in ("window", "promo", "whole", "shake"))
    extras = tuple(extra for extra in recipe.extras if extra not in ("back_twice", "coupon", "update", "rating"))
    return replace(recipe, adverts=kept or ("card",), advert=False, extras=extras)


def loaded(outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: outcome if any(row["what"] == "download" and row.get("url") == URL for row in truth.rows) else ""


def jumped(truth: Truth, _recipe: Recipe) -> str:
    return "violation" if any(row["what"] == "store_page" and row.get("package") == PLANTED for row in truth.rows) else ""


def home(outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: outcome if "Home" in truth.pages() else ""


def on_page(name: str, outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: outcome if name in truth.pages() else ""


def top(widget: str, id: str, act: str, *more: str) -> Callable[[Recipe], Places]:
    """A part at the top of the home page; a press on ``id`` does ``act``."""
    return lambda _recipe: {"home_top": [widget, *more], "home_press": [f'if id == "{id}":', f"    {act}"], "listings": [LISTING]}


def window(parts: str, press: list[str], *members: str) -> Callable[[Recipe], Places]:
    """A window over the home page, up at each start."""
    layer = f"*([{SCRIM.format(CARD.format(parts))}] if self.covers else [])"
    return lambda _recipe: {
        "home_layers": [layer],
        "home_members": ["covers = True", "", *members],
        "home_press": press,
        "listings": [LISTING],
    }


GOES = ["    self.covers = False", "    self.draw()"]
PICTURE = 'Image("#EF9A9A", height=480)'
WORDS = 'Text("限时好礼"), Text("今日剩余 86 份")'
CROSS = 'Row(Row(), Image("#424242", id="iv_x", width=96, height=96))'
STAYS = ["def on_back_pressed(self):", "    return self.covers", ""]
HOT = 'Image("#FFE0B2", height=260), Text("热门推荐")'
NAMED = 'Image("#B2DFDB", id="x_pic", height=300), Text("加速包"), Text("开发者：某网络科技有限公司")'
UNTOLD = [
    Fault("load-unnamed", "c7-download-without-notice", "violation",
     top(f'Column({HOT}, Button("下载", id="x_load"))', "x_load", LOADS), loaded("violation"), with_adverts, scope="7"),
    Fault("load-unnamed-web", "c7-download-without-notice", "violation",
     top(f'WebView({HOT}, Button("下载", id="x_load"))', "x_load", OWN), loaded("violation"), with_adverts, scope="7"),
    Fault("packet-loads", "c7-disguised-download", "violation",
     top('Row(Text("你有一个红包待领取"), Row(), Button("领取", id="x_take"))', "x_take", LOADS),
     loaded("violation"), with_adverts, scope="7"),
    Fault("game-loads", "c7-disguised-download", "violation",
     top('Column(Image("#C5CAE9", height=260), Text("翻牌大冒险"), Button("开始游戏", id="x_play"))', "x_play", OWN),
     loaded("violation"), with_adverts, scope="7"),
    Fault("game-loads-hidden", "c7-disguised-download", "suspected",
     top('Column(Image("#C5CAE9", height=260), Text("翻牌大冒险"), Button("开始游戏", id="x_play"))', "x_play", HIDDEN),
     loaded("suspected"), with_adverts, scope="7"),
    Fault("picture-loads", "c7-download-outside-button", "violation",
     top(f'Column({NAMED}, Row(Text("广告"), Row(), Button("下载", id="x_offer")))', "x_pic", LOADS),
     loaded("violation"), with_adverts, scope="7"),
    Fault("gap-loads", "c7-download-outside-button", "violation",
     top(f'Column({NAMED.replace(", id=" + quoted("x_pic"), "")}, Row(Text("广告"), Row(), Button("下载", id="x_offer")), '
          'id="x_card", clickable=True)', "x_card", OWN), loaded("violation"), with_adverts, scope="7"),
]  # fmt: skip
WINDOWS = [
    Fault("window-stays", "c7-window-cannot-close", "violation",
     window(f'{PICTURE}, {WORDS}, Button("立即参与", id="x_join")', ['if id == "x_join":', '    self.toast("活动太火爆了")'], *STAYS),
     home("violation"), with_adverts, scope="7"),
    Fault("window-back-only", "c7-window-cannot-close", "suspected",
     window(
         f'{PICTURE}, {WORDS}, Button("立即参与", id="x_join")',
         ['if id == "x_join":', '    self.toast("活动太火爆了")'],
         "def on_back_pressed(self):",
         "    if not self.covers:",
         "        return False",
         "    self.covers = False",
         "    self.draw()",
         "    return True",
         "",
     ), home("suspected"), with_adverts, scope="7"),
    Fault(
        "cross-loads",
        "c7-close-acts-as-confirm",
        "violation",
        window(f'{CROSS}, {PICTURE}, {WORDS}', ['if id == "iv_x":', f"    {LOADS}", *GOES]),
        loaded("violation"),
        with_adverts,
        scope="7",
    ),
    Fault("cross-opens", "c7-close-acts-as-confirm", "violation",
     window(f'{PICTURE}, {WORDS}, Text("关闭", id="x_shut")', ['if id == "x_shut":', f"    {OPENS}", *GOES]),
     jumped, with_adverts, scope="7"),
]  # fmt: skip


def _by_itself(_recipe: Recipe) -> Places:
    return {"home_create": [f"self.post_delayed(lambda: {OPENS}, 4)"], "listings": [LISTING]}


JUMPS = [
    Fault("picture-opens", "c7-jump", "violation",
     top(f'Column({NAMED}, Row(Text("广告"), Row(), Button("去应用商店查看", id="x_go")))', "x_pic", OPENS),
     jumped, with_adverts, scope="7"),
    Fault("swipe-opens", "c7-jump", "violation",
     window(
         f'{CROSS}, {PICTURE}, {WORDS}',
         ['if id == "iv_x":', *GOES],
         "def on_fling(self, id, x1, y1, x2, y2):",
         "    if self.covers:",
         f"        {OPENS}",
         "",
     ), jumped, lambda recipe, random: replace(with_adverts(recipe, random), deep=""), scope="7"),
    Fault("opens-itself", "c7-jump", "violation", _by_itself, jumped, with_adverts, scope="7"),
]  # fmt: skip


def deep(kind: str) -> Callable[[Recipe, Random], Recipe]:
    home = {"home": "tabs"} if kind == "tab" else {}
    return lambda recipe, random: replace(with_adverts(recipe, random), deep=kind, **home)


def over_press(act: str) -> Callable[[Recipe], Places]:
    return lambda _recipe: {"over_press": [act], "listings": [LISTING]}


def _far(_recipe: Recipe) -> Places:
    return {
        "far_body": [f'Column({HOT}, Button("下载", id="x_load"))'],
        "far_press": ['if id == "x_load":', f"    {LOADS}"],
        "listings": [LISTING],
    }


def _film_cross(_recipe: Recipe) -> Places:
    return {"film_press": [OPENS], "listings": [LISTING]}


CLOSING = "c7-close-acts-as-confirm"
DEEP = [
    Fault("far-loads", "c7-download-without-notice", "violation", _far, on_page("Story", "violation"), deep("far"), scope="7"),
    Fault("late-cross-loads", CLOSING, "violation", over_press(LOADS), home("violation"), deep("late"), scope="7"),
    Fault("back-cross-opens", CLOSING, "violation", over_press(OPENS), home("violation"), deep("back"), scope="7"),
    Fault("return-cross-loads", CLOSING, "violation", over_press(LOADS), home("violation"), deep("return"), scope="7"),
    Fault("tab-cross-loads", CLOSING, "violation", over_press(LOADS), home("violation"), deep("tab"), scope="7"),
    Fault("pull-cross-loads", CLOSING, "violation", over_press(LOADS), home("violation"), deep("pull"), scope="7"),
    Fault("film-cross-opens", CLOSING, "violation", _film_cross, on_page("Film", "violation"), deep("film"), scope="7"),
]


FAULTS = [*UNTOLD, *WINDOWS, *JUMPS, *DEEP]
