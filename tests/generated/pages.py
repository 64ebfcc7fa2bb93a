"""The pages of a generated app: home, more services, 我的, a detail page, and the small ones that every app has."""

from tests.generated import adverts, choices, consents, dangers, deep_adverts, extras, library, quiet_life
from tests.generated.lines import Slots, indented, quoted
from tests.generated.recipe import Function, Recipe
from tests.generated.words import GROUP_NAMES

TABBED = ("tabs", "pager")  # homes that have their other pages in themselves


def control(function: Function, number: int) -> list[str]:
    """The control of a function, as expressions of widgets; its id tells nothing where its face has no words."""
    id, words = control_id(function, number), quoted(function.caption)
    faces = {
        "row": f'Row(Text({words}), Row(), Text("›"), id={id}, clickable=True)',
        "button": f"Button({words}, id={id})",
        "tile": f'Column(Image("#90CAF9", width=96, height=96), Text({words}), id={id}, clickable=True)',
        "icon": f'Row(Row(), Image("#78909C", id={id}, width=96, height=96, content_description={words}))',
        "wordless": f'Row(Row(), Image("#78909C", id={id}, width=96, height=96))',
        "held": f'Row(Image("#B39DDB", width=120, height=120), Text("长按" + {words}), id={id}, long_clickable=True)',
        "choice": f'Row(Text("发布"), Row(), Text("＋"), id="open_{function.key}", clickable=True)',
        "web": f'WebView(Text("热门服务"), Button({words}, id={id}))',
    }
    if function.told == "whole" and function.place == "home":
        return whole(function)
    if function.told != "note":
        return [faces[function.face]]
    return [f"Column(Text({quoted(function.offer.why)}), {faces[function.face]})"]


def whole(function: Function) -> list[str]:
    """A page that explains what a permission is for, with the button that asks, and one that does not."""
    parts = [f"Text({quoted(function.offer.why)})", 'Text("不开启也可以先看看下面的资料")']
    parts += [f"Button({quoted('开启' + GROUP_NAMES[function.group])}, id={quoted('v_' + function.key)})"]
    return [*parts, 'Button("规格大全", id="specs")']


def intro_page(function: Function) -> list[str]:
    """The same as a page below another one."""
    return [
        f"class {function.key.title()}Intro(Page):",
        f"    title = {quoted(function.offer.opens)}",
        '    links = {"specs": "Plain?规格大全"}',
        f"    uses = {{{quoted('v_' + function.key)}: {quoted(function.key)}}}",
        "",
        "    def body(self):",
        f"        return [{', '.join(whole(function))}]",
        "",
    ]


def control_id(function: Function, number: int) -> str:
    return quoted(f"iv_{number}" if function.face in ("icon", "wordless") else f"v_{function.key}")


def _placed(recipe: Recipe, place: str) -> tuple[list[str], list[str], list[str]]:
    """Controls of a place, its ``uses`` and its ``links``."""
    widgets, uses, links = [], [], []
    for number, function in enumerate(recipe.functions):
        if function.place == place:
            widgets += control(function, number)
            id = control_id(function, number)
            if function.told == "whole":
                links.append('"specs": "Plain?规格大全"' if place == "home" else f"{id}: {quoted(function.key.title() + 'Intro')}")
            if function.told == "whole" and place == "home":
                uses.append(f"{quoted('v_' + function.key)}: {quoted(function.key)}")
            elif function.told == "page":
                links.append(f"{id}: {quoted(page_name(function))}")
            elif function.told != "whole":
                uses.append(f"{id}: {quoted(function.key)}")
    return widgets, uses, links


def page_name(function: Function) -> str:
    """The class of the page that asks by itself."""
    return f"{function.key.title()}Page"


def _entries(rows: tuple[tuple[str, str], ...]) -> list[str]:
    return [f'Row(Text({quoted(text)}), Row(), Text("›"), id={quoted(id)}, clickable=True)' for id, text in rows]


def _body(recipe: Recipe, name: str, widgets: list[str]) -> list[str]:
    inner = [f"{widget}," for widget in widgets]
    lines = [f"def {name}(self):", "    return [", *indented([f"{recipe.lists}(", *indented(inner), ")"], 2), "    ]", ""]
    return lines


def home(recipe: Recipe, put: Slots) -> list[str]:
    theme = recipe.theme
    widgets, uses, links = _placed(recipe, "home")
    more, more_uses, more_links = _placed(recipe, "second")
    tabs = recipe.home in TABBED
    links += [
        '"daily": "Daily"',
        *(f'"item_{n}": "Detail?{item}"' for n, item in enumerate(theme.items)),
        *extras.links(recipe),
        *library.links(recipe),
    ]
    items = [
        *choices.on_home(recipe),
        *(_item(recipe.home, n, item) for n, item in enumerate(theme.items)),
        *deep_adverts.feed(recipe, put),
    ]
    head = [f"Text({quoted(theme.slogan)})", *quiet_life.on_home(recipe), *adverts.on_home(recipe, put), *extras.on_home(recipe)]
    head += library.on_home(recipe)
    grid = [*widgets, *_entries((("daily", "成长任务"),))]
    if not tabs:
        grid += _entries((("second", theme.tabs[1]), ("mine", "我的"))) if recipe.home not in ("menu", "drawer") else []
        links += ['"second": "Second"', '"mine": "Mine"']
    parts = [*head, *grid, *items] if recipe.home != "feed" else [*head, *items[:2], *grid, *items[2:]]
    lines = ["class Home(Page):", f"    title, back = {quoted(recipe.label)}, False", f"    links = {{{', '.join(links)}}}"]
    lines += [f"    uses = {{{', '.join([*uses, *more_uses])}}}" if tabs else f"    uses = {{{', '.join(uses)}}}"]
    if tabs:
        lines[2] = f"    links = {{{', '.join([*links, *more_links, *_plain_links(recipe), *_mine_links(recipe)])}}}"
    lines += ["    tab, left, last_back = 0, 3600, -9000", *adverts.home_attributes(recipe), *deep_adverts.attributes(recipe), ""]
    lines += [
        "    def on_create(self):",
        '        self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1',
        "        self.draw()",
        *indented(extras.at_start(recipe), 2),
        *indented(quiet_life.at_start(recipe), 2),
        *indented(choices.at_start(recipe), 2),
        *indented(deep_adverts.at_start(recipe), 2),
        *indented(adverts.at_start(recipe), 2),
        *indented(put["home_create"], 2),
        "",
        *indented(deep_adverts.members(recipe)),
        *indented(put["home_members"]),
    ]
    lines += indented(_body(recipe, "front", parts))
    if tabs:
        shown = "*(Column(*shown()) for shown in (self.front, self.services, self.mine))"
        lines += indented(_body(recipe, "services", [*more, *_entries(tuple((f"plain_{n}", text) for n, text in enumerate(theme.plain)))]))
        lines += indented(_body(recipe, "mine", _mine_rows(recipe)))
        if recipe.home == "pager":
            names = ", ".join(quoted(name) for name in theme.tabs)
            lines += [
                "    def body(self):",
                f'        self.pager = ViewPager2({shown}, id="pager", current_item=self.tab)',
                f'        return [TabLayout(self.pager, {names}, id="tabs"), self.pager]',
                "",
                "    def on_page_selected(self, id, position):",
                "        self.tab = position",
                "",
            ]
        bar = [f'Column(Text({quoted(name)}), id="tab_{n}", clickable=True)' for n, name in enumerate(theme.tabs)]
        lines += (
            []
            if recipe.home == "pager"
            else [
                "    def body(self):",
                "        shown = [self.front, self.services, self.mine][self.tab]()",
                f"        return [Column(*shown, Row()), Row({', '.join(bar)})]",
                "",
            ]
        )
    else:
        lines += ["    def body(self):", "        return self.front()", ""]
    lines += [
        "    def layers(self):",
        f"        return [{', '.join([*extras.layers(recipe), *adverts.layers(recipe, put), *deep_adverts.layers(recipe)])}]",
        "",
        "    def pressed(self, id):",
        *indented(
            [
                'if id.startswith("tab_"):',
                "    self.tab = int(id[4:])",
                "    self.draw()",
                *indented([*deep_adverts.at_tab(recipe), *put["tab"]]),
                "    return",
            ]
            if recipe.home == "tabs"
            else [],
            2,
        ),
        *indented(extras.pressed(recipe), 2),
        *indented(adverts.pressed(recipe, put), 2),
        *indented(deep_adverts.pressed(recipe, put), 2),
        *indented(quiet_life.pressed(recipe), 2),
        "        self.told = self.told",
        "",
    ]
    lines += indented([*extras.home_members(recipe), *quiet_life.home_members(recipe)])
    return lines


def _item(home: str, number: int, item: str) -> str:
    id, words = quoted(f"item_{number}"), quoted(item)
    if home == "feed":
        return f'Column(Image("#CFD8DC", height=300), Text({words}), Text("{3 + number} 分钟前"), id={id}, clickable=True)'
    if home == "grid":
        return f'Row(Image("#CFD8DC", width=160, height=160), Column(Text({words}), Text("人气 {90 - number}")), id={id}, clickable=True)'
    return f'Row(Text({words}), Row(), Text("›"), id={id}, clickable=True)'


def _plain_links(recipe: Recipe) -> list[str]:
    return [f'"plain_{n}": "Plain?{text}"' for n, text in enumerate(recipe.theme.plain)]


def second(recipe: Recipe) -> list[str]:
    """More services, where they are no tab."""
    if recipe.home in TABBED:
        return []
    widgets, uses, links = _placed(recipe, "second")
    rows = _entries(tuple((f"plain_{n}", text) for n, text in enumerate(recipe.theme.plain)))
    return [
        "class Second(Page):",
        f"    title = {quoted(recipe.theme.tabs[1])}",
        f"    links = {{{', '.join([*links, *_plain_links(recipe)])}}}",
        f"    uses = {{{', '.join(uses)}}}",
        "",
        *indented(_body(recipe, "body", [*widgets, *rows])),
    ]


def _mine_rows(recipe: Recipe) -> list[str]:
    rows = [
        ("about", "关于我们"),
        *(("policy", "隐私政策") for _ in [0] if recipe.consent != "none" and not recipe.deep_policy),
        *choices.mine_rows(recipe),
        *extras.mine_rows(recipe),
        *adverts.mine_rows(recipe),
        *deep_adverts.mine_rows(recipe),
    ]
    return _entries(tuple(rows))


def _mine_links(recipe: Recipe) -> list[str]:
    return [
        '"about": "About"',
        '"policy": "Policy"',
        *choices.mine_links(recipe),
        *extras.mine_links(recipe),
        *adverts.mine_links(recipe),
        *deep_adverts.mine_links(recipe),
    ]


def mine(recipe: Recipe, _put: Slots) -> list[str]:
    if recipe.home in TABBED:
        return []
    return [
        "class Mine(Page):",
        '    title = "我的"',
        f"    links = {{{', '.join(_mine_links(recipe))}}}",
        "",
        *indented(_body(recipe, "body", _mine_rows(recipe))),
    ]


def detail(recipe: Recipe, put: Slots) -> list[str]:
    widgets, uses, links = _placed(recipe, "detail")
    held = ', id="cover", long_clickable=True' if "held_picture" in recipe.extras else ""
    cover = f'Image("#B0BEC5", height=420{held})'
    head = [cover, "Text(self.title)", f"Text({quoted(recipe.theme.slogan)})"]
    rows = _entries((("comments", "查看评论"),))
    links = [*links, '"comments": "Comments"', *extras.detail_links(recipe)]
    return [
        "class Detail(Page):",
        f"    title = {quoted(recipe.theme.detail)}",
        f"    links = {{{', '.join(links)}}}",
        f"    uses = {{{', '.join(uses)}}}",
        "",
        *indented(put["detail_members"]),
        *indented(_body(recipe, "body", [*head, *widgets, *rows, *extras.on_detail(recipe)])),
        *indented(extras.detail_members(recipe)),
    ]


def small_pages(recipe: Recipe, put: Slots) -> list[str]:
    return [
        "class Opened(Page):",
        "    def on_create(self):",
        '        self.name = self.intent.extras["name"]',
        "        self.title = USES[self.name][5]",
        "        self.draw()",
        "",
        "    def body(self):",
        '        return [Text(USES[self.name][6]), Button("完成", id="done")]',
        "",
        "    def pressed(self, id):",
        '        if id == "done":',
        "            self.finish()",
        "",
        "class Plain(Page):",
        "    def body(self):",
        '        return [Text(self.title + "暂无新内容"), Text("每周五更新")]',
        "",
        "class Comments(Page):",
        '    title = "评论"',
        "",
        "    def body(self):",
        '        return [Scroll(*(Text(f"{n} 楼：写得不错，支持一下") for n in range(1, 9)))]',
        "",
        "class Daily(Page):",
        '    title = "成长任务"',
        "",
        *indented(put["daily_members"]),
        "    def body(self):",
        '        return [Text("已连续签到 3 天"), Text("再签 4 天可得 20 积分"), Button("签到", id="x_sign")]',
        "",
        "    def pressed(self, id):",
        *indented(dangers.ANSWER, 2),
        "",
        "class About(Page):",
        '    title = "关于我们"',
        "",
        "    def body(self):",
        f'        return [Text({quoted(recipe.label)}), Text("版本 1.0"), Text("一个小团队的作品")]',
        "",
        *consents.policy_page(recipe),
    ]


def function_page(function: Function) -> list[str]:
    """A page that is the function and asks by itself when it is opened."""
    key, offer = quoted(function.key), function.offer
    closing = ["            self.finish()"] if function.after == "closes" else []
    by_hand = f'Text({quoted(offer.instead)}), EditText("在此输入", id="et_by_hand"), ' if function.after != "closes" else ""
    return [
        f"class {page_name(function)}(Page):",
        f"    title = {quoted(offer.opens)}",
        "    ready = False",
        "",
        "    def on_create(self):",
        "        self.draw()",
        f"        self.use({key})",
        "",
        "    def body(self):",
        f"        shown = [Text({quoted(offer.shows)})] if self.ready else []",
        f'        return [Text({quoted(offer.why)}), *shown, {by_hand}Button("完成", id="done")]',
        "",
        "    def answered(self, name, granted):",
        "        self.ready = granted",
        "        self.draw()",
        "        if not granted:",
        f"            self.toast({quoted(offer.instead)})",
        *closing,
        "",
        "    def pressed(self, id):",
        '        if id == "done":',
        "            self.finish()",
        "",
    ]
