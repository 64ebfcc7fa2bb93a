"""Adverts that whoever stays near the first page never meets, innocent by construction.

``far``: three presses or more behind the first page. ``late``: over the first page when it was looked at for a while.
``back``: when the user comes back to the first page from one of the app's own. ``return``: when they come back to the
app. ``tab``: when they come back to the first tab. ``after``: behind the second to fourth of the app's pages.
``leaving``: in place of the first way out. ``pull``: when the first page is pulled down. ``film``: a card at the end of
a film that the user chose. ``depth``: a row of a long list, after 4 to 40 others. Each window comes once for each time
that the app is started, and its cross closes it.
"""

from random import Random

from tests.generated.adverts import offered
from tests.generated.lines import Slots, indented, quoted
from tests.generated.recipe import Recipe

KINDS = ("far", "late", "back", "return", "after", "leaving", "pull", "film", "depth")
TABBED = "tab"  # where the first page has tabs
LATE_SECONDS = 20
FILM_SECONDS = (15, 20, 30)
ROW, SEASON, STORY, QUIZ = "往期专题", "春季专题", "春分这一天", "每日一题"


def attributes(recipe: Recipe) -> list[str]:
    """Whether the window is up, was up, and where the user went."""
    return ["    over = raised = went = away = False", "    count = 0"] if _over(recipe) else []


def at_start(recipe: Recipe) -> list[str]:
    """What the first page sets going when it is made."""
    return [f"self.post_delayed(self.rise, {LATE_SECONDS})"] if recipe.deep == "late" else []


def members(recipe: Recipe) -> list[str]:
    if not _over(recipe):
        return []
    rises = ["def rise(self):", "    if not self.raised:", "        self.over = self.raised = True", "        self.draw()", ""]
    come = {"back": "self.went", "return": "self.away", "after": f"self.count == {2 + recipe.seed % 3}"}.get(recipe.deep, "")
    leaves = ["def on_back_pressed(self):", "    first = not self.raised", "    self.rise()", "    return first", ""]
    went = [
        "def follow(self, id, target):",
        '    self.went = bool(target) and not target.startswith("#")',
        "    super().follow(id, target)",
        "",
        "def on_stop(self):",
        "    self.away = not self.went",
        "",
        "def on_resume(self):",
        "    self.count += self.went",
        f"    if {come}:",
        "        self.rise()",
        "    self.went = self.away = False",
        "",
    ]
    pulled = ["def on_fling(self, id, x1, y1, x2, y2):", "    if y2 - y1 > 300:", "        self.rise()", ""]
    return [*rises, *(went if come else {"leaving": leaves, "pull": pulled}.get(recipe.deep, []))]


def at_tab(recipe: Recipe) -> list[str]:
    """What a press on a tab does besides."""
    return ["if self.tab == 0:", "    self.rise()"] if recipe.deep == TABBED else []


def layers(recipe: Recipe) -> list[str]:
    """The window."""
    if not _over(recipe):
        return []
    app = offered(recipe)
    cross = 'Row(Row(), Image("#616161", id="iv_over", width=96, height=96))'
    told = f'Text({quoted(app.name)}), Text("开发者：{app.developer}"), Button("去看看", id="over_go")'
    card = f'Column({cross}, Image("#90A4AE", height=520), {told}, background="#FFFFFFFF", clickable=True)'
    return [f'*([Column({card}, background="#99000000", gravity="center", clickable=True)] if self.over else [])']


def feed(recipe: Recipe, put: Slots) -> list[str]:
    """A long list on the first page, and in its depth an app that is offered."""
    if recipe.deep != "depth":
        return []
    app = offered(recipe)
    rows = 'Row(Column(Text(f"往期 {n}"), Text(f"{n} 天前")), Row(), Image("#CFD8DC", width=160, height=160), id="item_0", clickable=True)'
    told = f'Column(Text({quoted(app.name)}), Text("开发者：{app.developer}　版本 2.1.0"))'
    card = f'Row({told}, Row(), Button("下载", id="deep_load"))'
    depth = Random(f"depth {recipe.seed}").randint(4, 40)
    return [f"*({rows} for n in range(1, {depth}))", card, *put["feed_row"], f"*({rows} for n in range({depth}, {depth + 6}))"]


def pressed(recipe: Recipe, put: Slots) -> list[str]:
    if recipe.deep == "depth":
        return ['if id == "deep_load":', "    self.offer()", *put["feed_press"]]
    if not _over(recipe):
        return []
    closes = ['if id == "iv_over":', *indented(put["over_press"]), "    self.over = False", "    self.draw()"]
    return [*closes, 'elif id == "over_go":', '    self.start_activity("Landing")']


def mine_rows(recipe: Recipe) -> list[tuple[str, str]]:
    """The row behind which the way to the far page, or to the film, begins."""
    return {"far": [("far", ROW)], "film": [("quiz", QUIZ)]}.get(recipe.deep, [])


def mine_links(recipe: Recipe) -> list[str]:
    return {"far": ['"far": "Far"'], "film": ['"quiz": "Quiz"']}.get(recipe.deep, [])


def pages(recipe: Recipe, put: Slots) -> list[str]:
    """The pages on the way, every other app with one more, and the one with the advert."""
    if recipe.deep == "film":
        return _film(recipe, put)
    if recipe.deep != "far":
        return []
    app = offered(recipe)
    further = recipe.seed % 2 == 0
    lines = _list_of("Far", ROW, SEASON, "Season" if further else "Story")
    if further:
        lines += _list_of("Season", SEASON, STORY, "Story")
    told = f'Text({quoted(app.name)}), Text("开发者：{app.developer}　版本 2.1.0")'
    card = f'Column(Image("#FFCC80", height=300), {told}, Row(Text("广告"), Row(), Button("下载", id="far_load")))'
    shown = ['Text("昼夜均，寒暑平。这一天适合出门走走。"),', f"{card},", *(f"{each}," for each in put["far_body"])]
    press = ['if id == "far_load":', "    self.offer()", 'elif id == "下载":', "    self.load()", *put["far_press"]]
    return [
        *lines,
        "class Story(Page):",
        f"    title = {quoted(STORY)}",
        "",
        "    def body(self):",
        "        return [",
        *indented(shown, 3),
        "        ]",
        "",
        "    def pressed(self, id):",
        *indented(press, 2),
        "",
    ]


def _film(recipe: Recipe, put: Slots) -> list[str]:
    """A question whose answer a film unlocks, and the film, which counts its seconds in every other app."""
    app = offered(recipe)
    counts = ', Text(f"{self.left} 秒")' if recipe.seed % 2 else ""
    cross = 'Row(Row(), Image("#EEEEEE", id="film_shut", width=90, height=90))'
    told = f'Text({quoted(app.name)}), Text("开发者：{app.developer}　版本 2.1.0"), Button("下载", id="film_load")'
    return [
        "class Quiz(Page):",
        f"    title = {quoted(QUIZ)}",
        '    links = {"film": "Film"}',
        "",
        "    def body(self):",
        '        return [Text("三个开关控制三盏灯，只能进房间一次，怎么分辨？"), Button("看视频看答案", id="film")]',
        "",
        "class Film(Page):",
        f"    back, left = False, {FILM_SECONDS[recipe.seed % 3]}",
        "",
        "    def on_create(self):",
        "        self.draw()",
        "        self.post_delayed(self.tick, 1)",
        "",
        "    def tick(self):",
        "        self.left -= 1",
        "        self.draw()",
        "        if self.left > 0:",
        "            self.post_delayed(self.tick, 1)",
        "",
        "    def made(self):",
        "        if self.left > 0:",
        f'            return Frame(Image("#223322", height=1900), Row(Text("广告"), Row(){counts}))',
        f'        return Column({cross}, Image("#FFCC80", width=240, height=240), {told}, gravity="center", background="#FF223344")',
        "",
        "    def pressed(self, id):",
        '        if id == "film_shut":',
        *indented(put["film_press"], 3),
        "            self.finish()",
        '        elif id == "film_load":',
        "            self.offer()",
        '        elif id == "下载":',
        "            self.load()",
        "",
    ]


def _list_of(name: str, title: str, row: str, leads: str) -> list[str]:
    id = f"to_{leads.lower()}"
    return [
        f"class {name}(Page):",
        f"    title = {quoted(title)}",
        f'    links = {{"{id}": "{leads}"}}',
        "",
        "    def body(self):",
        f'        return [Row(Text({quoted(row)}), Row(), Text("›"), id="{id}", clickable=True)]',
        "",
    ]


def _over(recipe: Recipe) -> bool:
    return recipe.deep in ("late", "back", "return", "after", "leaving", "pull", TABBED)
