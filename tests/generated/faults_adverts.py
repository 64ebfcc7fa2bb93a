"""Faults of clause 7: loads nobody was told of, windows that stay, pages of others that nobody asked for, renewals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.generated.fault import Fault
from tests.generated.lines import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.generated.fault import Places
    from tests.generated.recipe import Recipe
    from tests.generated.truth import Truth

PLANTED = "com.planted.app"
URL = "https://dl.example.com/planted.apk"
LOADS = f'self.enqueue_download("{URL}", title="加速包", file_name="{PLANTED}.apk", size=9_000_000)'
OWN = f'self.download("{URL}", file_name="{PLANTED}.apk", size=9_000_000)'
HIDDEN = f'self.download("{URL}", file_name="{PLANTED}.apk", size=9_000_000, folder="files")'
OPENS = f'self.open_market("{PLANTED}")'
LISTING = f'StoreListing("{PLANTED}", "加速包", developer="某网络科技有限公司"),'
CARD = 'Column({}, background="#FFFFFFFF", clickable=True)'
SCRIM = 'Column({}, background="#99000000", gravity="center", clickable=True)'


def _with_adverts(recipe: Recipe, _random: Random) -> Recipe:
    """An app that has adverts that keep what they promise, and none that covers the home page."""
    kept = tuple(kind for kind in recipe.adverts if kind not in ("window", "promo", "whole", "shake"))
    extras = tuple(extra for extra in recipe.extras if extra not in ("back_twice", "coupon", "update", "rating"))
    return replace(recipe, adverts=kept or ("card",), advert=False, extras=extras)


def _with_face(face: str) -> Callable[[Recipe, Random], Recipe]:
    return lambda recipe, random: replace(_with_adverts(recipe, random), advert_face=face)


def _loaded(outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: outcome if any(row["what"] == "download" and row.get("url") == URL for row in truth.rows) else ""


def _jumped(truth: Truth, _recipe: Recipe) -> str:
    return "violation" if any(row["what"] == "store_page" and row.get("package") == PLANTED for row in truth.rows) else ""


def _home(outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: outcome if "Home" in truth.pages() else ""


def _page(name: str, outcome: str) -> Callable[[Truth, Recipe], str]:
    return lambda truth, _recipe: outcome if name in truth.pages() else ""


def _top(widget: str, id: str, act: str, *more: str) -> Callable[[Recipe], Places]:
    """A part at the top of the home page; a press on ``id`` does ``act``."""
    return lambda _recipe: {"home_top": [widget, *more], "home_press": [f'if id == "{id}":', f"    {act}"], "listings": [LISTING]}


def _window(parts: str, press: list[str], *members: str) -> Callable[[Recipe], Places]:
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
    Fault(
        "load-unnamed",
        "c7-download-without-notice",
        "violation",
        _top(f'Column({HOT}, Button("下载", id="x_load"))', "x_load", LOADS),
        _loaded("violation"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "load-unnamed-web",
        "c7-download-without-notice",
        "violation",
        _top(f'WebView({HOT}, Button("下载", id="x_load"))', "x_load", OWN),
        _loaded("violation"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "packet-loads",
        "c7-disguised-download",
        "violation",
        _top('Row(Text("你有一个红包待领取"), Row(), Button("领取", id="x_take"))', "x_take", LOADS),
        _loaded("violation"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "game-loads",
        "c7-disguised-download",
        "violation",
        _top('Column(Image("#C5CAE9", height=260), Text("翻牌大冒险"), Button("开始游戏", id="x_play"))', "x_play", OWN),
        _loaded("violation"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "game-loads-hidden",
        "c7-disguised-download",
        "suspected",
        _top('Column(Image("#C5CAE9", height=260), Text("翻牌大冒险"), Button("开始游戏", id="x_play"))', "x_play", HIDDEN),
        _loaded("suspected"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "picture-loads",
        "c7-download-outside-button",
        "violation",
        _top(f'Column({NAMED}, Row(Text("广告"), Row(), Button("下载", id="x_offer")))', "x_pic", LOADS),
        _loaded("violation"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "gap-loads",
        "c7-download-outside-button",
        "violation",
        _top(f'Column({NAMED.replace(", id=" + quoted("x_pic"), "")}, Row(Text("广告"), Row(), Button("下载", id="x_offer")), '
             'id="x_card", clickable=True)', "x_card", OWN),
        _loaded("violation"),
        _with_adverts,
        scope="7",
    ),
]  # fmt: skip
WINDOWS = [
    Fault(
        "window-stays",
        "c7-window-cannot-close",
        "violation",
        _window(f'{PICTURE}, {WORDS}, Button("立即参与", id="x_join")', ['if id == "x_join":', '    self.toast("活动太火爆了")'], *STAYS),
        _home("violation"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "window-back-only",
        "c7-window-cannot-close",
        "suspected",
        _window(
            f'{PICTURE}, {WORDS}, Button("立即参与", id="x_join")',
            ['if id == "x_join":', '    self.toast("活动太火爆了")'],
            "def on_back_pressed(self):",
            "    if not self.covers:",
            "        return False",
            "    self.covers = False",
            "    self.draw()",
            "    return True",
            "",
        ),
        _home("suspected"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "cross-loads",
        "c7-close-acts-as-confirm",
        "violation",
        _window(f'{CROSS}, {PICTURE}, {WORDS}', ['if id == "iv_x":', f"    {LOADS}", *GOES]),
        _loaded("violation"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "cross-opens",
        "c7-close-acts-as-confirm",
        "violation",
        _window(f'{PICTURE}, {WORDS}, Text("关闭", id="x_shut")', ['if id == "x_shut":', f"    {OPENS}", *GOES]),
        _jumped,
        _with_adverts,
        scope="7",
    ),
]  # fmt: skip


def _by_itself(_recipe: Recipe) -> Places:
    return {"home_create": [f"self.post_delayed(lambda: {OPENS}, 4)"], "listings": [LISTING]}


JUMPS = [
    Fault(
        "picture-opens",
        "c7-jump",
        "violation",
        _top(f'Column({NAMED}, Row(Text("广告"), Row(), Button("去应用商店查看", id="x_go")))', "x_pic", OPENS),
        _jumped,
        _with_adverts,
        scope="7",
    ),
    Fault(
        "swipe-opens",
        "c7-jump",
        "violation",
        _window(
            f'{CROSS}, {PICTURE}, {WORDS}',
            ['if id == "iv_x":', *GOES],
            "def on_fling(self, id, x1, y1, x2, y2):",
            "    if self.covers:",
            f"        {OPENS}",
            "",
        ),
        _jumped,
        _with_adverts,
        scope="7",
    ),
    Fault("opens-itself", "c7-jump", "violation", _by_itself, _jumped, _with_adverts, scope="7"),
]  # fmt: skip


def _shaken(recipe: Recipe, _random: Random) -> Recipe:
    return replace(recipe, adverts=("shake",), advert=False)


def _eager(**limits: float) -> Callable[[Recipe], Recipe]:
    return lambda recipe: replace(recipe, limits=(limits.get("push", 15.0), limits.get("turn", 35.0), limits.get("last", 3.0)))


def _shake(truth: Truth, _recipe: Recipe) -> str:
    return "violation" if any(row["what"] == "jump" and row.get("cause") == "shake" for row in truth.rows) else ""


def _nothing(_recipe: Recipe) -> Places:
    return {}


SHAKES = [
    Fault("shake-soft", "c7-shake-jump", "violation", _nothing, _shake, _shaken, _eager(push=6.0), "7"),
    Fault("shake-still", "c7-shake-jump", "violation", _nothing, _shake, _shaken, _eager(turn=0.0), "7"),
    Fault("shake-short", "c7-shake-jump", "violation", _nothing, _shake, _shaken, _eager(last=0.4), "7"),
]
PACK = f'self.download("{URL}", file_name="planted.zip", size=60_000_000, bytes_per_second=300_000, resume=True)'
PACK_PAGE = [
    "class Pack(Page):",
    '    title = "高清素材"',
    "",
    "    def body(self):",
    '        return [Text("高清素材　60 MB"), Text(self.app.told()), Button(self.app.word(), id="pk_turn")]',
    "",
    "    def pressed(self, id):",
    '        if id == "pk_turn":',
    "            self.app.turn_pack()",
    "            self.draw()",
    "",
]
PACK_APP = [
    "got = None",
    "",
    "def told(self):",
    '    return "" if self.got is None else {"running": "下载中", "paused": "已暂停"}.get(self.got.state, "")',
    "",
    "def word(self):",
    '    return {"下载中": "暂停", "已暂停": "继续下载"}.get(self.told(), "下载素材")',
    "",
    "def turn_pack(self):",
    "    if self.got is None:",
    f"        self.got = {PACK}",
    '        self.prefs["pack"] = True',
    '    elif self.got.state == "running":',
    "        self.got.pause()",
    "    else:",
    "        self.got.resume()",
    "",
]
GOES_ON = ['if self.app.prefs.get("pack") and self.app.got is None:', f"    self.app.got = self.app.{PACK.removeprefix('self.')}"]


def _resumes(_recipe: Recipe) -> Places:
    row = 'Row(Text("高清素材"), Row(), Text("›"), id="pk_row", clickable=True)'
    return {
        "home_top": [row],
        "home_press": ['if id == "pk_row":', '    self.start_activity("Pack")'],
        "app": PACK_APP,
        "advert_pages": PACK_PAGE,
        "home_create": GOES_ON,
    }


def _resumed(truth: Truth, _recipe: Recipe) -> str:
    rows = [row for row in truth.rows if row.get("url") == URL or row["what"].startswith("download_")]
    paused = next((n for n, row in enumerate(rows) if row["what"] == "download_paused" and row.get("why") == "app"), None)
    again = [row for row in rows[paused or 0 :] if row["what"] == "download" and row.get("resumed_at")]
    return "violation" if paused is not None and again else ""


PROMISES = [
    Fault(
        "another-app",
        "c7-not-the-promised-app",
        "violation",
        _top(
            'Column(Image("#B2DFDB", height=300), Text("应用名称：口袋日历"), Text("开发者：晨光软件有限公司"), '
            'Button("立即下载", id="x_get"))',
            "x_get",
            f'self.enqueue_download("{URL}", title="口袋日历", file_name="{PLANTED}.apk", size=9_000_000, label="全能加速大师")',
        ),
        _loaded("violation"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "another-app-own",
        "c7-not-the-promised-app",
        "violation",
        _top(
            'WebView(Text("应用名称：口袋日历"), Text("开发者：晨光软件有限公司"), Button("下载口袋日历", id="x_get"))',
            "x_get",
            f'self.download("{URL}", file_name="calendar.apk", size=9_000_000, package="{PLANTED}", label="每日红包")',
        ),
        _loaded("violation"),
        _with_adverts,
        scope="7",
    ),
    Fault("resumes", "c7-download-resumes", "violation", _resumes, _resumed, _with_adverts, scope="7"),
    Fault(
        "resumes-tabs",
        "c7-download-resumes",
        "violation",
        _resumes,
        _resumed,
        lambda recipe, random: replace(_with_adverts(recipe, random), home="tabs"),
        scope="7",
    ),
]


def _walled(shown: str) -> Callable[[Recipe], Places]:
    page = [
        "class Story(Page):",
        '    title = "深度长文"',
        "",
        "    def body(self):",
        f"        return [{shown}]",
        "",
        "    def pressed(self, id):",
        '        if id == "x_more":',
        f"            {LOADS}",
        "",
    ]
    row = 'Row(Text("深度长文"), Row(), Text("›"), id="st_row", clickable=True)'
    return lambda _recipe: {
        "home_top": [row],
        "home_press": ['if id == "st_row":', '    self.start_activity("Story")'],
        "advert_pages": page,
    }


CUT = (
    'Text("他推开门，院子里的桂花落了一地，屋檐下的灯还亮着……"), Text("剩余 82% 内容需下载“加速包”App 后阅读"), '
    'Button("下载App阅读全文", id="x_more")'
)
WALLS = [
    Fault("wall", "c7-forced-download-wall", "violation", _walled(CUT), _page("Story", "violation"), _with_adverts, scope="7"),
    Fault("wall-web", "c7-forced-download-wall", "violation", _walled(f"WebView({CUT})"), _page("Story", "violation"), _with_adverts,
          scope="7"),
]  # fmt: skip


def _plans(box: str) -> Callable[[Recipe], Places]:
    page = [
        "class Deal(Page):",
        '    title = "超级会员"',
        "",
        "    def body(self):",
        f'        return [Text("首月 1 元"), Text("次月起 25 元/月，自动续费"), {box}, Button("1 元立即开通", id="x_pay")]',
        "",
    ]
    row = 'Row(Text("超级会员"), Row(), Text("›"), id="dl_row", clickable=True)'
    return lambda _recipe: {
        "home_top": [row],
        "home_press": ['if id == "dl_row":', '    self.start_activity("Deal")'],
        "advert_pages": page,
    }


RENEWALS = [
    Fault(
        "renewal-ticked",
        "c7-auto-renewal",
        "suspected",
        _plans('Checkbox("同意自动续费服务协议", id="cb_auto", checked=True)'),
        _page("Deal", "suspected"),
        _with_adverts,
        scope="7",
    ),
    Fault(
        "renewal-switched",
        "c7-auto-renewal",
        "suspected",
        _plans('Switch("到期自动续费", id="sw_auto", checked=True)'),
        _page("Deal", "suspected"),
        _with_adverts,
        scope="7",
    ),
]
FAULTS = [*UNTOLD, *WINDOWS, *JUMPS, *SHAKES, *PROMISES, *WALLS, *RENEWALS]
