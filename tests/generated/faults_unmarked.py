"""Faults of clause 7: windows of their own, adverts that say nowhere that they are, jumps that the phone asks about."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.generated.adverts import veil
from tests.generated.fault import Fault, Places
from tests.generated.faults_adverts import (
    CLOSING,
    CROSS,
    GOES,
    LISTING,
    LOADS,
    OPENS,
    OWN,
    PICTURE,
    PLANTED,
    WORDS,
    deep,
    home,
    on_page,
    over_press,
    top,
    window,
    with_adverts,
)
from tests.generated.grammar import ASKING_PHONES
from tests.generated.recipe import Recipe
from tests.generated.truth import Truth

STUCK = "c7-window-cannot-close"
JOIN = 'Button("立即参与", id="x_join")'
BUSY = ['if id == "x_join":', '    self.toast("活动太火爆了")']


def _bare(recipe: Recipe, random: Random) -> Recipe:
    """Nothing but the fault comes over the home page."""
    made = with_adverts(recipe, random)
    return replace(made, deep="", adverts=tuple(kind for kind in made.adverts if kind not in ("refuse", "sheet", "veil")) or ("card",))


def _page(lines: list[str]) -> Callable[[Recipe], Places]:
    """A page that comes over the home page by itself."""
    name = lines[0].removeprefix("class ").partition("(")[0]
    come = f'self.post_delayed(lambda: self.start_activity("{name}"), 3)'
    return lambda _recipe: {"advert_pages": lines, "home_create": [come], "listings": [LISTING]}


def _sheet(parts: str, press: list[str], closes: str = "") -> Callable[[Recipe], Places]:
    sheet = f'self.show_bottom_sheet(BottomSheet({parts}, id="x_sheet", hideable={bool(closes)}), cancelable={bool(closes)})'
    return lambda _recipe: {"home_create": [sheet], "home_press": press, "listings": [LISTING]}


def _returns(_recipe: Recipe) -> Places:
    """Its button leads to a page; whoever comes back finds it again."""
    shows = 'self.show_dialog("限时好礼", "今日剩余 86 份", "立即参与", cancelable=False)'
    leads = ['if id == "立即参与":', '    self.start_activity("Fair")']
    return {"home_members": ["def on_resume(self):", f"    {shows}", ""], "home_press": leads}


PAINTED = [
    "class Painted(Page):",
    "    def on_create(self):",
    '        self.show(Canvas(self.paint, id="x_view"))',
    "",
    "    def paint(self, pen):",
    '        pen.rect(0, 0, pen.width, pen.height, colour="#E3F2FD")',
    '        pen.rect(900, 60, 1020, 180, colour="#333333", radius=60)',
    '        pen.text("×", 960, 88, size=64, colour="#FFFFFF", align="center")',
    '        pen.rect(90, 320, 990, 1180, colour="#F4A261", radius=24)',
    '        pen.text("加速包 手机飞起来", 540, 1300, size=60, colour="#222222", align="center")',
    '        pen.rect(190, 1560, 890, 1720, colour="#B23A00", radius=40)',
    '        pen.text("去应用商店查看", 540, 1612, size=50, colour="#FFFFFF", align="center")',
    "",
    "    def on_touch(self, id, x, y):",
    "        if 900 <= x <= 1020 and 178 <= y <= 298 or 190 <= x <= 890 and 1678 <= y <= 1838:",
    f"            {OPENS}",
    "            self.finish()",
    "",
]
OVER = [
    Fault("veil-stays", STUCK, "violation",
     _page(veil("Veiled", f"{PICTURE}, {WORDS}, {JOIN}", BUSY, "def on_back_pressed(self):", "    return True", "")),
     on_page("Veiled", "violation"), _bare, scope="7"),
    Fault("veil-cross-loads", CLOSING, "violation",
     _page(veil("Veiled", f"{CROSS}, {PICTURE}, {WORDS}", ['if id == "iv_x":', f"    {LOADS}", "    self.finish()"])),
     on_page("Veiled", "violation"), _bare, scope="7"),
    Fault("sheet-stays", STUCK, "violation", _sheet(f"{PICTURE}, {WORDS}, {JOIN}", BUSY), home("violation"), _bare, scope="7"),
    Fault("sheet-cross-loads", CLOSING, "violation",
     _sheet(f"{CROSS}, {PICTURE}, {WORDS}", ['if id == "iv_x":', f"    {LOADS}", "    self.dismiss_bottom_sheet()"], "closes"),
     home("violation"), _bare, scope="7"),
    Fault("dialog-returns", STUCK, "violation", _returns, home("violation"), _bare, scope="7"),
    Fault("web-window-stays", STUCK, "violation",
     window(f"WebView({PICTURE}, {WORDS}, {JOIN})", BUSY, "def on_back_pressed(self):", "    return self.covers", ""),
     home("violation"), _bare, scope="7"),
    Fault("painted-cross-opens", CLOSING, "violation", _page(PAINTED), on_page("Painted", "violation"), _bare, scope="7"),
    Fault("cruel-opens", CLOSING, "violation",
     window(f'{PICTURE}, {WORDS}, Row(Button("残忍拒绝", id="x_no"), Button("立即领取", id="x_yes"))',
            ['if id == "x_no":', f"    {OPENS}", *GOES, 'elif id == "x_yes":', *GOES]), home("violation"), _bare, scope="7"),
]  # fmt: skip


def _loading_page(_recipe: Recipe) -> Places:
    page = ["class Deals(Page):", '    title = "节气专栏"', "", "    def on_create(self):", "        self.draw()", f"        {LOADS}", "",
            "    def body(self):", '        return [Text("春分三候，一候元鸟至"), Image("#FFE0B2", height=460)]', ""]  # fmt: skip
    row = 'Row(Text("节气专栏"), Row(), Text("›"), id="x_deals", clickable=True)'
    return {"home_top": [row], "home_press": ['if id == "x_deals":', '    self.start_activity("Deals")'], "advert_pages": page}


def _feed_row(_recipe: Recipe) -> Places:
    row = 'Row(Image("#EF9A9A", width=160, height=160), Column(Text("热门推荐"), Text("万人在玩")), Row(), Button("下载", id="x_load"))'
    return {"feed_row": [row], "feed_press": ['if id == "x_load":', f"    {LOADS}"], "listings": [LISTING]}


STRIP = (
    'Row(Image("#80DEEA", width=120, height=120), Text("限时好礼"), Row(), '
    'Image("#9E9E9E", id="x_strip", width=96, height=96, content_description="关闭"))'
)
ROW = (
    'Row(Image("#B2DFDB", width=160, height=160), Column(Text("加速包"), Text("开发者：某网络科技有限公司")), Row(), '
    'Button("下载", id="x_offer"), id="x_row", clickable=True)'
)
UNMARKED = [
    Fault("strip-cross-loads", CLOSING, "violation", top(STRIP, "x_strip", LOADS), home("violation"), _bare, scope="7"),
    Fault("bare-opens", "c7-jump", "violation", top('Image("#F48FB1", id="x_bare", height=360)', "x_bare", OPENS), home("violation"),
     _bare, scope="7"),
    Fault("row-loads", "c7-download-outside-button", "violation", top(ROW, "x_row", OWN), home("violation"), _bare, scope="7"),
    Fault("page-loads", "c7-download-without-notice", "violation", _loading_page, home("violation"), _bare, scope="7"),
    Fault("depth-loads", "c7-download-without-notice", "violation", _feed_row, home("violation"), deep("depth"), scope="7"),
    Fault("after-cross-loads", CLOSING, "violation", over_press(LOADS), home("violation"), deep("after"), scope="7"),
    Fault("leaving-cross-opens", CLOSING, "violation", over_press(OPENS), home("violation"), deep("leaving"), scope="7"),
]  # fmt: skip


def _asking(recipe: Recipe, random: Random) -> Recipe:
    android, rom = random.choice(ASKING_PHONES)
    return replace(_bare(recipe, random), android=android, rom=rom)


def _asked(truth: Truth, _recipe: Recipe) -> str:
    return "suspected" if any(row["what"] == "confirm_start_asked" and row["package"] == PLANTED for row in truth.rows) else ""


OTHER = [
    "", "class Planted(App):", f'    package = "{PLANTED}"', '    label = "加速包"', "", "    class Main(Activity):",
    "        launcher = exported = True", "", "        def on_create(self):", '            self.show(Column(Text("加速包")))',
]  # fmt: skip
LEADS = f'self.start_activity("{PLANTED}/.Main")'


def _led(**places: list[str]) -> Callable[[Recipe], Places]:
    return lambda _recipe: {"others": OTHER, "manifest": [f'queries = ["{PLANTED}"]']} | places


QUESTIONS = [
    Fault("rom-asks-itself", "c7-jump", "suspected", _led(home_create=[f"self.post_delayed(lambda: {LEADS}, 4)"]), _asked, _asking,
     scope="7"),
    Fault("rom-asks-picture", "c7-jump", "suspected",
     _led(home_top=['Image("#F48FB1", id="x_bare", height=360)'], home_press=['if id == "x_bare":', f"    {LEADS}"]), _asked, _asking,
     scope="7"),
]  # fmt: skip
FAULTS = [*OVER, *UNMARKED, *QUESTIONS]
