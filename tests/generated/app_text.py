"""A recipe as an app file: plain Python in the device's vocabulary, which a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.generated import consents, extras, quiet_life
from tests.generated.lines import Slots, indented, quoted
from tests.generated.words import GROUP_NAMES, READS, permission_of

if TYPE_CHECKING:
    from tests.generated.recipe import Function, Recipe

IMPORTS = (
    "START_NOT_STICKY, START_STICKY, Activity, App, Button, Canvas, Checkbox, Column, EditText, Frame, Image, Job, ListView, Provider,",
    "Receiver, Row, Scroll, Sdk, Service, Switch, Text, WebView,",
)


def app_text(recipe: Recipe, slots: Slots | None = None) -> str:
    """The whole file. ``slots`` are the lines that a fault puts in at named places; an innocent app has none."""
    put = slots or Slots({})
    guilt = f"Guilty: {recipe.fault}." if recipe.fault else "Innocent."
    lines = [
        f'"""{recipe.label}, made from seed {recipe.seed} ({recipe.scope}). {guilt}"""',
        "",
        "from __future__ import annotations",
        "",
        "from device_farm.virtual import (",
        *indented(IMPORTS),
        ")",
        "",
        "# a function: its permission, how it is told, how often it asks, its explanation, where it leads, what is said without it",
        "USES = {",
        *indented(_use(each, recipe) for each in recipe.functions),
        *indented(put["uses"]),
        "}",
        "",
        *put["module"],
        "",
        *_page(recipe, put),
        "",
        "",
        f"class {recipe.theme.name.title()}(App):",
        *indented(_manifest(recipe, put)),
        *indented(quiet_life.members(recipe)),
        *indented(put["app"]),
        *indented(_launcher(recipe, put)),
        *indented(consents.first_steps(recipe)),
        *indented(_home(recipe, put)),
        *indented(_second(recipe)),
        *indented(_mine(recipe, put)),
        *indented(_detail(recipe, put)),
        *indented(_small_pages(recipe, put)),
        *indented(line for each in recipe.functions if each.told == "page" for line in _function_page(each)),
        *indented(extras.pages(recipe, put["login_members"])),
        *quiet_life.other_apps(recipe),
        *put["others"],
    ]
    return "\n".join(_squeezed(lines)) + "\n"


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
    words = [permission_of(offer.group, recipe.android), function.told, function.after, title, offer.why, offer.opens, offer.shows, offer.instead]
    return f"{quoted(function.key)}: ({', '.join(quoted(word) for word in words)}, {quoted(function.answers[0])}, {quoted(function.answers[1])}),"


def _page(recipe: Recipe, put: Slots) -> list[str]:
    """The base of all pages."""
    tellings = {function.told for function in recipe.functions} | set(put["tellings"])
    afters = {function.after for function in recipe.functions}
    lines = [
        "class Page(Activity):",
        '    """A page under a title. ``links``: a press opens a page, ``<`` goes back, ``#words`` is a toast; ``uses``: a function."""',
        "",
        '    title, back, links, uses, asking, told = "", True, {}, {}, "", ""',
        "",
        "    def body(self):",
        "        return []",
        "",
        "    def on_create(self):",
        '        self.title = self.intent.extras.get("title", self.title)',
        "        self.draw()",
        *indented(put["page_create"], 2),
        "",
        *indented(put["page_members"]),
        "    def draw(self, *layers):",
        '        bar = [Row(Image("#546E7A", id="iv_back", width=72, height=72), Text(self.title))] if self.back else [Text(self.title)]',
        "        page = Column(*bar, *self.body())",
        "        layers = (*self.layers(), *layers)",
        "        self.show(Frame(page, *layers) if layers else page)",
        "",
        "    def layers(self):",
        "        return []",
        "",
        "    def on_click(self, id):",
        *indented(put["click"], 2),
        "        if self.told and id in ANSWERS:",
        "            self.decided(ANSWERS[id])",
        *(['        elif self.told and id == "dim":', '            self.told = ""', "            self.draw()"] if "layer" in tellings else []),
        '        elif id == "iv_back":',
        "            self.finish()",
        "        elif id in self.uses:",
        "            self.use(self.uses[id])",
        '        elif id == "去设置":',
        "            self.open_settings()",
        "        else:",
        '            self.follow(id, self.links.get(id, ""))',
        "",
        "    def follow(self, id, target):",
        '        name, _, title = target.partition("?")',
        '        if target == "<":',
        "            self.finish()",
        '        elif target.startswith("#"):',
        "            self.toast(target[1:])",
        "        elif target:",
        "            self.start_activity(name, **({\"title\": title} if title else {}))",
        "        else:",
        "            self.pressed(id)",
        "",
        "    def pressed(self, id):",
        "        pass",
        "",
        "    def use(self, name):",
        "        permission, told, after, title, why, opens, shows, instead, yes, no = USES[name]",
        '        refusals = self.app.prefs.get("no " + name, 0)',
        *indented(put["use"], 2),
        '        if self.app.prefs.get("agreed") == "no":',
        '            self.toast("基本模式下不提供此功能")',
        "        elif self.check_self_permission(permission):",
        "            self.answered(name, True)",
        '        elif after in ("quiet", "closes") and refusals:',
        "            self.answered(name, False)",
    ]
    if "settings" in afters:
        lines += [
            '        elif after == "settings" and refusals >= 2:',
            '            self.show_dialog("", "该功能的权限已关闭，您可以在系统设置中开启", "去设置", "取消")',
        ]
    if "dialog" in tellings:
        lines += ['        elif told == "dialog":', "            self.told = name", "            self.show_dialog(title, why, yes, no)"]
    if "layer" in tellings:
        lines += [
            '        elif told == "layer":',
            "            self.told = name",
            "            card = Column(Text(title), Text(why), Row(Button(no, id=\"b_no\"), Button(yes, id=\"b_yes\")), background=\"#FFFFFFFF\", clickable=True)",
            "            self.draw(Column(card, background=\"#99000000\", gravity=\"bottom\", id=\"dim\", clickable=True))",
        ]
    lines += [
        "        else:",
        "            self.request(name)",
        "",
        "    def decided(self, yes):",
        '        name, self.told = self.told, ""',
        '        if USES[name][1] == "layer":',
        "            self.draw()",
        "        if yes:",
        "            self.request(name)",
        "        else:",
        "            self.refused(name)",
        "            self.answered(name, False)",
        "",
        "    def request(self, name):",
        "        self.asking = name",
        *indented(put["request"], 2),
        "        self.request_permissions(USES[name][0])",
        "",
        "    def refused(self, name):",
        '        self.app.prefs["no " + name] = self.app.prefs.get("no " + name, 0) + 1',
        "",
        "    def on_permission_result(self, results):",
        "        name, granted = self.asking, bool(results) and all(results.values())",
        "        if not granted:",
        "            self.refused(name)",
        *indented(put["refused"], 3),
        "        self.answered(name, granted)",
        "",
        "    def answered(self, name, granted):",
        *indented(put["answered"], 2),
        "        if granted:",
        *indented(_reads(recipe), 3),
        '            self.start_activity("Opened", name=name)',
        "        else:",
        "            self.toast(USES[name][7])",
        "",
        *indented(put["page_end"]),
        "",
        "ANSWERS = {",
        *(f"    {quoted(word)}: {answer}," for word, answer in _answers(recipe).items()),
        "}",
    ]
    return lines


def _answers(recipe: Recipe) -> dict[str, bool]:
    found = {"b_yes": True, "b_no": False, "继续": True, "暂不": False}
    for function in recipe.functions:
        found |= {function.answers[0]: True, function.answers[1]: False}
    return found


def _reads(recipe: Recipe) -> list[str]:
    """What a function does with what it was given."""
    return [
        line
        for function in recipe.functions
        if function.group in READS
        for line in (f"if name == {quoted(function.key)}:", f"    self.{READS[function.group]}()")
    ]


def _manifest(recipe: Recipe, put: Slots) -> list[str]:
    permissions = [permission_of(each.group, recipe.android) for each in recipe.functions]
    permissions += [] if recipe.consent == "none" else ["android.permission.INTERNET"]
    permissions = list(dict.fromkeys([*permissions, *put["permissions"]]))
    options = ["--clause", "6"] if recipe.scope == "6" else ["--clause", "1", "--clause", "5"]
    options += ["--clock"] if recipe.scope == "48" else []
    options += ["--consent", "refuse"] if recipe.answer == "refuse" else []
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
        *put["manifest"],
        "",
    ]


def _launcher(recipe: Recipe, put: Slots) -> list[str]:
    """The first page: the consent, the first steps, an advert, then home."""
    steps = [f'"{kind.title()}"' for kind in recipe.onboarding]
    lines = [
        "class Welcome(Page):",
        "    launcher, back = True, False",
        "",
        "    def on_create(self):",
        *indented(put["first"], 2),
    ]
    lines += (
        ["        self.enter()"]
        if recipe.consent == "none"
        else ['        if self.app.prefs.get("agreed"):', "            self.enter()", "        else:", "            self.consent()", *indented(put["over_consent"], 3)]
    )
    lines += [
        "",
        "    def enter(self):",
        f"        for step in [{', '.join(steps)}]:",
        "            if not self.app.prefs.get(step):",
        "                self.start_activity(step)",
        "                self.finish()",
        "                return",
        f"        self.start_activity({quoted('Advert' if recipe.advert else 'Home')})",
        "        self.finish()",
        "",
        *indented(consents.consent(recipe)),
    ]
    return lines


def control(function: Function, number: int) -> list[str]:
    """The control of a function, as expressions of widgets; its id tells nothing where its face has no words."""
    id, words = control_id(function, number), quoted(function.caption)
    faces = {
        "row": f'Row(Text({words}), Row(), Text("›"), id={id}, clickable=True)',
        "button": f"Button({words}, id={id})",
        "tile": f'Column(Image("#90CAF9", width=96, height=96), Text({words}), id={id}, clickable=True)',
        "icon": f'Row(Row(), Image("#78909C", id={id}, width=96, height=96, content_description={words}))',
        "wordless": f'Row(Row(), Image("#78909C", id={id}, width=96, height=96))',
        "web": f'WebView(Text("热门服务"), Button({words}, id={id}))',
    }
    if function.told != "note":
        return [faces[function.face]]
    return [f"Column(Text({quoted(function.offer.why)}), {faces[function.face]})"]


def control_id(function: Function, number: int) -> str:
    """The id of the control, quoted."""
    return quoted(f"iv_{number}" if function.face in ("icon", "wordless") else f"v_{function.key}")


def _placed(recipe: Recipe, place: str) -> tuple[list[str], list[str], list[str]]:
    """Controls of a place, its ``uses`` and its ``links``."""
    widgets, uses, links = [], [], []
    for number, function in enumerate(recipe.functions):
        if function.place == place:
            widgets += control(function, number)
            id = control_id(function, number)
            if function.told == "page":
                links.append(f"{id}: {quoted(page_name(function))}")
            else:
                uses.append(f"{id}: {quoted(function.key)}")
    return widgets, uses, links


def page_name(function: Function) -> str:
    """The class of the page that asks by itself."""
    return f"{function.key.title()}Page"


def _entries(rows: tuple[tuple[str, str], ...]) -> list[str]:
    return [f'Row(Text({quoted(text)}), Row(), Text("›"), id={quoted(id)}, clickable=True)' for id, text in rows]


def _body(name: str, widgets: list[str], *, scroll: bool = True) -> list[str]:
    inner = [f"{widget}," for widget in widgets]
    lines = [f"def {name}(self):", "    return [", *indented(["Scroll(", *indented(inner), ")"] if scroll else inner, 2), "    ]", ""]
    return lines


def _home(recipe: Recipe, put: Slots) -> list[str]:
    theme = recipe.theme
    widgets, uses, links = _placed(recipe, "home")
    more, more_uses, more_links = _placed(recipe, "second")
    tabs = recipe.home == "tabs"
    links += ['"daily": "Daily"', *(f'"item_{n}": "Detail?{item}"' for n, item in enumerate(theme.items)), *extras.links(recipe)]
    items = [_item(recipe.home, n, item) for n, item in enumerate(theme.items)]
    head = [f"Text({quoted(theme.slogan)})", *quiet_life.on_home(recipe), *extras.on_home(recipe)]
    grid = [*widgets, *_entries((("daily", "每日签到"),))]
    if recipe.home in ("grid", "list", "feed", "menu"):
        grid += _entries((("second", theme.tabs[1]), ("mine", "我的"))) if recipe.home != "menu" else []
        links += ['"second": "Second"', '"mine": "Mine"']
    parts = [*head, *grid, *items] if recipe.home != "feed" else [*head, *items[:2], *grid, *items[2:]]
    lines = ["class Home(Page):", f"    title, back = {quoted(recipe.label)}, False", f"    links = {{{', '.join(links)}}}"]
    lines += [f"    uses = {{{', '.join([*uses, *more_uses])}}}" if tabs else f"    uses = {{{', '.join(uses)}}}"]
    if tabs:
        lines[2] = f"    links = {{{', '.join([*links, *more_links, *_plain_links(recipe), *_mine_links(recipe)])}}}"
    lines += ["    tab, left, last_back = 0, 3600, -9000", ""]
    lines += [
        "    def on_create(self):",
        '        self.app.prefs["starts"] = self.app.prefs.get("starts", 0) + 1',
        "        self.draw()",
        *indented(extras.at_start(recipe), 2),
        *indented(quiet_life.at_start(recipe), 2),
        *indented(put["home_create"], 2),
        "",
        *indented(put["home_members"]),
    ]
    lines += indented(_body("front", parts))
    if tabs:
        lines += indented(_body("services", [*more, *_entries(tuple((f"plain_{n}", text) for n, text in enumerate(theme.plain)))]))
        lines += indented(_body("mine", _mine_rows(recipe)))
        bar = [f'Column(Text({quoted(name)}), id="tab_{n}", clickable=True)' for n, name in enumerate(theme.tabs)]
        lines += [
            "    def body(self):",
            "        shown = [self.front, self.services, self.mine][self.tab]()",
            f"        return [Column(*shown, Row()), Row({', '.join(bar)})]",
            "",
        ]
    else:
        lines += ["    def body(self):", "        return self.front()", ""]
    lines += [
        "    def layers(self):",
        f"        return [{', '.join(extras.layers(recipe))}]",
        "",
        "    def pressed(self, id):",
        *indented(["if id.startswith(\"tab_\"):", "    self.tab = int(id[4:])", "    self.draw()", *indented(put["tab"]), "    return"] if tabs else [], 2),
        *indented(extras.pressed(recipe), 2),
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


def _second(recipe: Recipe) -> list[str]:
    """More services, where they are no tab."""
    if recipe.home == "tabs":
        return []
    widgets, uses, links = _placed(recipe, "second")
    rows = _entries(tuple((f"plain_{n}", text) for n, text in enumerate(recipe.theme.plain)))
    return [
        "class Second(Page):",
        f"    title = {quoted(recipe.theme.tabs[1])}",
        f"    links = {{{', '.join([*links, *_plain_links(recipe)])}}}",
        f"    uses = {{{', '.join(uses)}}}",
        "",
        *indented(_body("body", [*widgets, *rows])),
    ]


def _mine_rows(recipe: Recipe) -> list[str]:
    rows = [("about", "关于我们"), *(("policy", "隐私政策") for _ in [0] if recipe.consent != "none"), *extras.mine_rows(recipe)]
    return _entries(tuple(rows))


def _mine_links(recipe: Recipe) -> list[str]:
    return ['"about": "About"', '"policy": "Policy"', *extras.mine_links(recipe)]


def _mine(recipe: Recipe, _put: Slots) -> list[str]:
    if recipe.home == "tabs":
        return []
    return ["class Mine(Page):", '    title = "我的"', f"    links = {{{', '.join(_mine_links(recipe))}}}", "", *indented(_body("body", _mine_rows(recipe)))]


def _detail(recipe: Recipe, put: Slots) -> list[str]:
    widgets, uses, links = _placed(recipe, "detail")
    head = ['Image("#B0BEC5", height=420)', "Text(self.title)", f"Text({quoted(recipe.theme.slogan)})"]
    rows = _entries((("comments", "查看评论"),))
    links = [*links, '"comments": "Comments"', *extras.detail_links(recipe)]
    return [
        "class Detail(Page):",
        f"    title = {quoted(recipe.theme.detail)}",
        f"    links = {{{', '.join(links)}}}",
        f"    uses = {{{', '.join(uses)}}}",
        "",
        *indented(put["detail_members"]),
        *indented(_body("body", [*head, *widgets, *rows, *extras.on_detail(recipe)])),
        *indented(extras.detail_members(recipe)),
    ]


def _small_pages(recipe: Recipe, put: Slots) -> list[str]:
    """Pages that every app has."""
    return [
        "class Opened(Page):",
        "    def on_create(self):",
        '        self.name = self.intent.extras["name"]',
        "        self.title = USES[self.name][5]",
        "        self.draw()",
        "",
        "    def body(self):",
        "        return [Text(USES[self.name][6]), Button(\"完成\", id=\"done\")]",
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
        '    title = "每日签到"',
        "",
        *indented(put["daily_members"]),
        "    def body(self):",
        '        return [Text("已连续签到 3 天"), Text("再签 4 天可得 20 积分"), Button("签到", id="sign")]',
        "",
        "    def pressed(self, id):",
        '        if id == "sign":',
        '            self.toast("签到成功")',
        "",
        "class About(Page):",
        '    title = "关于我们"',
        "",
        "    def body(self):",
        f"        return [Text({quoted(recipe.label)}), Text(\"版本 1.0\"), Text(\"一个小团队的作品\")]",
        "",
        *consents.policy_page(recipe),
    ]


def _function_page(function: Function) -> list[str]:
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
        f"        return [Text({quoted(offer.why)}), *shown, {by_hand}Button(\"完成\", id=\"done\")]",
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
