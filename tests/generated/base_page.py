"""The class that all pages of a generated app come from: what a press does, how a function is told and asked for."""

from tests.generated import adverts
from tests.generated.extras import HELD, held
from tests.generated.lines import Slots, indented, quoted
from tests.generated.recipe import Recipe
from tests.generated.words import READS


def base_page(recipe: Recipe, put: Slots) -> list[str]:
    """The base of all pages."""
    tellings = {function.told for function in recipe.functions} | set(put["tellings"])
    choices = {function.key: function.caption for function in recipe.functions if function.face == "choice"}
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
        *indented(adverts.members(recipe, put)),
        "    def made(self):",
        '        bar = [Row(Image("#546E7A", id="iv_back", width=72, height=72), Text(self.title))] if self.back else [Text(self.title)]',
        "        return Column(*bar, *self.body())",
        "",
        "    def draw(self, *layers):",
        "        self.drawn = page = self.made()",
        "        layers = (*self.layers(), *layers)",
        *(
            [
                "        self.show(self.around(Frame(page, *layers) if layers else page))",
                "",
                "    def around(self, shown):",
                "        return shown",
            ]
            if recipe.home == "drawer"
            else ["        self.show(Frame(page, *layers) if layers else page)"]
        ),
        "",
        "    def layers(self):",
        "        return []",
        "",
        *indented(HELD if held(recipe) else []),
        "    def on_click(self, id):",
        *(["        self.dismiss_bottom_sheet()"] if choices or "sheet" in tellings else []),
        *indented(put["click"], 2),
        "        if self.told and id in ANSWERS:",
        "            self.decided(ANSWERS[id])",
        *(
            ['        elif self.told and id == "dim":', '            self.told = ""', "            self.draw()"]
            if {"layer", "obscure"} & tellings
            else []
        ),
        *(['        elif id.startswith("open_"):', "            self.choose_for(id[5:])"] if choices else []),
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
        '            self.start_activity(name, **({"title": title} if title else {}))',
        "        else:",
        "            self.pressed(id)",
        "",
        "    def pressed(self, id):",
        "        pass",
        "",
        *indented(_choosing() if choices else []),
        *indented(_closed() if "sheet" in tellings else []),
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
            '            buttons = Row(Button(no, id="b_no"), Button(yes, id="b_yes"))',
            '            card = Column(Text(title), Text(why), buttons, background="#FFFFFFFF", clickable=True)',
            '            self.draw(Column(card, background="#99000000", gravity="bottom", id="dim", clickable=True))',
        ]
    if "sheet" in tellings:
        lines += [
            '        elif told == "sheet":',
            "            self.told = name",
            '            buttons = Row(Button(no, id="b_no"), Button(yes, id="b_yes"))',
            '            self.show_bottom_sheet(BottomSheet(Text(title), Text(why), buttons, id="why"))',
        ]
    if "obscure" in tellings:
        lines += [
            '        elif told == "obscure":',
            "            self.told = name",
            '            answers = Row(Row(), Text(no, id="dbl"), Text(yes, id="dbo"))',
            '            card = Column(Column(Text(why, id="dbk")), answers, background="#FFFFFFFF", clickable=True)',
            '            self.draw(Column(card, background="#99000000", gravity="center", id="dim", clickable=True))',
        ]
    lines += [
        "        else:",
        "            self.request(name)",
        "",
        "    def decided(self, yes):",
        '        name, self.told = self.told, ""',
        '        if USES[name][1] in ("layer", "obscure"):' if "obscure" in tellings else '        if USES[name][1] == "layer":',
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
        *(["CHOICES = {", *(f"    {quoted(key)}: {quoted(words)}," for key, words in choices.items()), "}"] if choices else []),
    ]
    return lines


def _choosing() -> list[str]:
    """A sheet that the user's press opens, with the function among what it offers."""
    rows = 'Row(Text(CHOICES[name]), id="v_" + name, clickable=True), Row(Text("从模板中选"), id="template", clickable=True)'
    return [
        "def choose_for(self, name):",
        f'    rows = [{rows}, Row(Text("取消"), id="b_nothing", clickable=True)]',
        '    self.show_bottom_sheet(BottomSheet(*rows, id="choice"))',
        "",
    ]


def _closed() -> list[str]:
    return ["def on_state_changed(self, id, state):", '    if id == "why" and state == "hidden":', '        self.told = ""', ""]


def _answers(recipe: Recipe) -> dict[str, bool]:
    found = {"b_yes": True, "b_no": False, "继续": True, "暂不": False}
    if any(function.told == "obscure" for function in recipe.functions):
        found |= {"dbo": True, "dbl": False}
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
